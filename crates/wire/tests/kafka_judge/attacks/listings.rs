//! Listings: what is asked for without being named, and what an answer names beside what was asked.

use tidegate_wire::kafka::Fatal;
use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, id_of};
use crate::requests::{group_ids, ints, list, texts, tree};

fn named(names: &[&str]) -> Value {
    list(names.iter().map(|name| tree().with(f::NAME, *name)))
}

fn strings(
    tree: &Tree,
    array: tidegate_wire::kafka::codec::Field,
    name: tidegate_wire::kafka::codec::Field,
) -> Vec<String> {
    tree.structs(array).map(|element| element.string(name).unwrap().to_owned()).collect()
}

#[test]
fn all_topics_are_all_that_may_be_seen() {
    for version in 4..=13 {
        let mut bench = Bench::new(&["describe topic mine.*"]);
        let all = tree().with(f::TOPICS, Value::Null).with(f::ALLOW_AUTO_TOPIC_CREATION, false);
        let reply = tree().with(f::TOPICS, named(&["mine.a", "theirs", "__consumer_offsets", "mine.b"]));
        let answer = bench.exchange(key::METADATA, version, &all, &reply);
        assert_eq!(strings(&answer, f::TOPICS, f::NAME), ["mine.a", "mine.b"], "v{version}");
    }
}

#[test]
fn an_empty_list_stays_empty_when_everything_named_was_cut_out() {
    let mut bench = Bench::new(&[]);
    let request = tree().with(f::TOPICS, named(&["secret"])).with(f::ALLOW_AUTO_TOPIC_CREATION, false);
    bench.send(key::METADATA, 12, &request).unwrap();
    let sent = bench.only_upstream();
    // Null would be all topics.
    assert_eq!(sent.tree.get(f::TOPICS), Some(&Value::Array(Vec::new())));
    // An empty list of DescribeTopicPartitions is all topics, so nothing may go out there.
    let answer = bench_refuses_partitions(&["secret"]);
    assert_eq!(answer.structs(f::TOPICS).count(), 1);
}

fn bench_refuses_partitions(names: &[&str]) -> Tree {
    Bench::new(&[]).refused(key::DESCRIBE_TOPIC_PARTITIONS, 0, &tree().with(f::TOPICS, named(names)))
}

fn page(names: &[&str], next: Option<&str>) -> Tree {
    let cursor = next.map(|name| tree().with(f::TOPIC_NAME, name));
    tree().with(f::TOPICS, named(names)).with(f::NEXT_CURSOR, cursor)
}

#[test]
fn a_page_that_ends_on_a_hidden_topic_is_gone_on_with_until_one_ends_elsewhere() {
    let mut bench = Bench::new(&["describe topic mine.*"]);
    bench.send(key::DESCRIBE_TOPIC_PARTITIONS, 0, &tree()).unwrap();
    let sent = bench.only_upstream();
    bench.reply(&sent, &page(&["a.hidden", "mine.1"], Some("secret.1"))).unwrap();
    assert!(bench.client().is_empty(), "the page must not be told yet");
    let second = bench.only_upstream();
    let cursor = second.tree.structure(f::CURSOR).unwrap();
    assert_eq!(cursor.string(f::TOPIC_NAME), Some("secret.1"));
    bench.reply(&second, &page(&["secret.1", "mine.2"], Some("secret.2"))).unwrap();
    let third = bench.only_upstream();
    bench.reply(&third, &page(&["secret.2", "mine.3"], Some("mine.4"))).unwrap();
    let answer = bench.only_answer();
    assert_eq!(strings(&answer.tree, f::TOPICS, f::NAME), ["mine.1", "mine.2", "mine.3"]);
    let next = answer.tree.structure(f::NEXT_CURSOR).unwrap();
    assert_eq!(next.string(f::TOPIC_NAME), Some("mine.4"));
    assert!(!crate::bench::contains(&answer.wire, b"secret"));
}

#[test]
fn pages_have_a_limit() {
    let mut bench = Bench::new(&[]);
    bench.send(key::DESCRIBE_TOPIC_PARTITIONS, 0, &tree()).unwrap();
    for _ in 0..=256 {
        let sent = bench.only_upstream();
        let next = bench.reply(&sent, &page(&[], Some("secret")));
        if next.is_err() {
            assert_eq!(next, Err(Fatal::TooManyPages));
            return;
        }
    }
    panic!("the paging goes on for ever");
}

#[test]
fn named_topics_are_not_paged_into_all_topics_when_one_is_hidden_meanwhile() {
    let mut bench = Bench::new(&["describe topic a", "describe topic b", "describe topic c"]);
    bench.send(key::DESCRIBE_TOPIC_PARTITIONS, 0, &tree().with(f::TOPICS, named(&["a", "b"]))).unwrap();
    let sent = bench.only_upstream();
    bench.regrant(&["describe topic a", "describe topic c"]);
    bench.reply(&sent, &page(&["a"], Some("b"))).unwrap();
    assert!(bench.upstream().is_empty());
    let answer = bench.only_answer().tree;
    assert_eq!(strings(&answer, f::TOPICS, f::NAME), ["a"]);
    assert_eq!(answer.get(f::NEXT_CURSOR), Some(&Value::Null));
}

#[test]
fn paging_does_not_start_at_a_hidden_topic() {
    let cursor = tree().with(f::TOPIC_NAME, "secret").with(f::PARTITION_INDEX, 0);
    let request = tree().with(f::TOPICS, named(&["mine"])).with(f::CURSOR, cursor);
    let answer = Bench::new(&["describe topic mine"]).refused(key::DESCRIBE_TOPIC_PARTITIONS, 0, &request);
    let error = answer.structs(f::TOPICS).next().unwrap().int(f::ERROR_CODE);
    assert_eq!(error, Some(i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0)));
}

#[test]
fn offsets_of_all_topics_are_those_of_topics_that_may_be_seen() {
    let grants = ["describe group g", "describe topic mine"];
    for version in 2..=10 {
        let partition = tree().with(f::COMMITTED_OFFSET, 5);
        let topic = |name: &str| {
            let topic = tree().with(f::PARTITIONS, list([partition.clone()]));
            if version < 10 { topic.with(f::NAME, name) } else { topic.with(f::TOPIC_ID, id_of(name)) }
        };
        let topics = list(["mine", "secret"].map(topic));
        let (request, reply) = if version < 8 {
            (tree().with(f::GROUP_ID, "g").with(f::TOPICS, Value::Null), tree().with(f::TOPICS, topics))
        } else {
            let asked = tree().with(f::GROUP_ID, "g").with(f::TOPICS, Value::Null);
            let told = tree().with(f::GROUP_ID, "g").with(f::TOPICS, topics);
            (tree().with(f::GROUPS, list([asked])), tree().with(f::GROUPS, list([told])))
        };
        let mut bench = Bench::knowing(&["mine", "secret"], &grants);
        let answer = bench.exchange(key::OFFSET_FETCH, version, &request, &reply);
        let around = if version < 8 { &answer } else { answer.structs(f::GROUPS).next().unwrap() };
        let shown: Vec<_> = around.structs(f::TOPICS).collect();
        assert_eq!(shown.len(), 1, "v{version}");
        match version {
            ..10 => assert_eq!(shown[0].string(f::NAME), Some("mine"), "v{version}"),
            _ => assert_eq!(shown[0].uuid(f::TOPIC_ID), Some(id_of("mine")), "v{version}"),
        }
    }
}

#[test]
fn share_group_offsets_of_all_topics_are_cut_down_as_well() {
    let topics = list(["mine", "secret"].map(|name| tree().with(f::TOPIC_NAME, name)));
    let request = tree().with(f::GROUPS, list([tree().with(f::GROUP_ID, "g").with(f::TOPICS, Value::Null)]));
    let reply = tree().with(f::GROUPS, list([tree().with(f::GROUP_ID, "g").with(f::TOPICS, topics)]));
    let mut bench = Bench::new(&["describe group g", "describe topic mine"]);
    let answer = bench.exchange(key::DESCRIBE_SHARE_GROUP_OFFSETS, 1, &request, &reply);
    let group = answer.structs(f::GROUPS).next().unwrap();
    assert_eq!(strings(group, f::TOPICS, f::TOPIC_NAME), ["mine"]);
}

#[test]
fn groups_and_transactional_ids_are_listed_one_by_one() {
    let groups = list(["mine", "secret"].map(|name| tree().with(f::GROUP_ID, name)));
    let groups = tree().with(f::GROUPS, groups);
    let check_groups = |grants: &[&str], expected: &[&str]| {
        let answer = Bench::new(grants).exchange(key::LIST_GROUPS, 5, &tree(), &groups);
        assert_eq!(strings(&answer, f::GROUPS, f::GROUP_ID), expected, "{grants:?}");
    };
    check_groups(&[], &[]);
    check_groups(&["describe group mine"], &["mine"]);
    check_groups(&["describe topic secret", "describe transactional_id secret"], &[]);
    check_groups(&["describe cluster"], &["mine", "secret"]);
    let ids = list(["mine", "secret"].map(|name| tree().with(f::TRANSACTIONAL_ID, name)));
    let ids = tree().with(f::TRANSACTION_STATES, ids);
    let check_ids = |grants: &[&str], expected: &[&str]| {
        let answer = Bench::new(grants).exchange(key::LIST_TRANSACTIONS, 2, &tree(), &ids);
        assert_eq!(strings(&answer, f::TRANSACTION_STATES, f::TRANSACTIONAL_ID), expected, "{grants:?}");
    };
    check_ids(&[], &[]);
    check_ids(&["describe cluster", "describe group secret"], &[]);
    check_ids(&["write transactional_id mine"], &["mine"]);
}

#[test]
fn configuration_resources_are_listed_one_by_one() {
    let resource = |kind: i64, name: &str| tree().with(f::RESOURCE_TYPE, kind).with(f::RESOURCE_NAME, name);
    let reply = list([resource(2, "mine"), resource(2, "secret"), resource(32, "secret"), resource(4, "1")]);
    let reply = tree().with(f::CONFIG_RESOURCES, reply);
    let request = tree().with(f::RESOURCE_TYPES, ints(&[]));
    let mut bench = Bench::new(&["describe_configs cluster", "describe_configs topic mine"]);
    let answer = bench.exchange(key::LIST_CONFIG_RESOURCES, 1, &request, &reply);
    assert_eq!(strings(&answer, f::CONFIG_RESOURCES, f::RESOURCE_NAME), ["mine", "1"]);
}

#[test]
fn cluster_rights_show_no_hidden_topic() {
    let grants = ["describe cluster", "alter cluster", "describe topic mine"];
    let topics = |name| ["mine", "secret"].map(|text| tree().with(name, text));
    let check = |api, version, request: Tree, reply: Tree| {
        let mut bench = Bench::new(&grants);
        bench.send(api, version, &request).unwrap();
        let sent = bench.only_upstream();
        bench.reply(&sent, &reply).unwrap();
        let answer = bench.only_answer();
        assert!(crate::bench::contains(&answer.wire, b"mine"), "{}", answer.api.name);
        assert!(!crate::bench::contains(&answer.wire, b"secret"), "{}", answer.api.name);
    };
    let dir = tree().with(f::LOG_DIR, "/data").with(f::TOPICS, list(topics(f::NAME)));
    for version in 1..=5 {
        let reply = tree().with(f::RESULTS, list([dir.clone()]));
        check(key::DESCRIBE_LOG_DIRS, version, tree().with(f::TOPICS, Value::Null), reply);
    }
    let reply = tree().with(f::TOPICS, list(topics(f::NAME)));
    check(key::LIST_PARTITION_REASSIGNMENTS, 0, tree().with(f::TOPICS, Value::Null), reply);
    for version in 0..=2 {
        let reply = tree().with(f::REPLICA_ELECTION_RESULTS, list(topics(f::TOPIC)));
        check(key::ELECT_LEADERS, version, tree().with(f::TOPIC_PARTITIONS, Value::Null), reply);
    }
}

#[test]
fn a_transaction_is_described_without_the_topics_that_may_not_be_seen() {
    let topics = list(["mine", "secret"].map(|name| tree().with(f::TOPIC, name)));
    let state = tree().with(f::TRANSACTIONAL_ID, "t").with(f::TOPICS, topics);
    let mut bench = Bench::new(&["describe transactional_id t", "describe topic mine"]);
    let request = tree().with(f::TRANSACTIONAL_IDS, texts(&["t"]));
    let reply = tree().with(f::TRANSACTION_STATES, list([state]));
    let answer = bench.exchange(key::DESCRIBE_TRANSACTIONS, 0, &request, &reply);
    let state = answer.structs(f::TRANSACTION_STATES).next().unwrap();
    assert_eq!(strings(state, f::TOPICS, f::TOPIC), ["mine"]);
}

#[test]
fn a_group_that_reads_a_hidden_topic_is_not_described() {
    let member = |name: &str| {
        let partitions = tree().with(f::TOPIC_NAME, name);
        let assignment = tree().with(f::TOPIC_PARTITIONS, list([partitions]));
        tree().with(f::ASSIGNMENT, assignment)
    };
    let subscribed = |name: &str| tree().with(f::SUBSCRIBED_TOPIC_NAMES, texts(&[name]));
    let topology = |name: &str| {
        let source = tree().with(f::STATE_CHANGELOG_TOPICS, list([tree().with(f::NAME, name)]));
        tree().with(f::TOPOLOGY, tree().with(f::SUBTOPOLOGIES, list([source])))
    };
    let check = |api, version, group: &dyn Fn(&str) -> Tree| {
        for (topic, expected) in
            [("mine", ErrorCode::NONE), ("secret", ErrorCode::TOPIC_AUTHORIZATION_FAILED)]
        {
            let mut bench = Bench::new(&["describe group g", "describe topic mine"]);
            let reply = tree().with(f::GROUPS, list([group(topic).with(f::GROUP_ID, "g")]));
            let answer = bench.exchange(api, version, &group_ids(version, &["g"]), &reply);
            let group = answer.structs(f::GROUPS).next().unwrap();
            assert_eq!(group.int(f::ERROR_CODE), Some(i64::from(expected.0)), "{api} {topic}: {group:?}");
            assert_eq!(group.string(f::GROUP_ID), Some("g"));
        }
    };
    for api in [key::CONSUMER_GROUP_DESCRIBE, key::SHARE_GROUP_DESCRIBE] {
        check(api, 1, &|topic| tree().with(f::MEMBERS, list([member(topic)])));
        check(api, 1, &|topic| tree().with(f::MEMBERS, list([subscribed(topic)])));
    }
    check(key::STREAMS_GROUP_DESCRIBE, 0, &topology);
}

#[test]
fn endpoints_of_a_streams_application_stay_and_hidden_topics_beside_them_go() {
    let topics = list(["mine", "secret"].map(|name| tree().with(f::TOPIC, name)));
    let endpoint = tree().with(f::HOST, "app-1.example").with(f::PORT, 7070);
    let served = tree()
        .with(f::USER_ENDPOINT, endpoint)
        .with(f::ACTIVE_PARTITIONS, topics.clone())
        .with(f::STANDBY_PARTITIONS, topics);
    let mut bench = Bench::new(&["read group g", "describe topic mine"]);
    let reply = tree().with(f::PARTITIONS_BY_USER_ENDPOINT, list([served]));
    let request = tree().with(f::GROUP_ID, "g");
    let answer = bench.exchange(key::STREAMS_GROUP_HEARTBEAT, 0, &request, &reply);
    let served = answer.structs(f::PARTITIONS_BY_USER_ENDPOINT).next().unwrap();
    assert_eq!(served.structure(f::USER_ENDPOINT).unwrap().string(f::HOST), Some("app-1.example"));
    for partitions in [f::ACTIVE_PARTITIONS, f::STANDBY_PARTITIONS] {
        assert_eq!(strings(served, partitions, f::TOPIC), ["mine"]);
    }
}

#[test]
fn internal_topics_are_granted_by_their_full_name_only() {
    let describe = |grants: &[&str], name: &str| {
        let request = tree().with(f::TOPICS, named(&[name]));
        let mut bench = Bench::new(grants);
        bench.send(key::DESCRIBE_TOPIC_PARTITIONS, 0, &request).unwrap();
        !bench.upstream().is_empty()
    };
    for grant in ["read topic *", "read topic _*"] {
        assert!(!describe(&[grant], "__consumer_offsets"), "{grant}");
        assert!(!describe(&[grant], "__transaction_state"), "{grant}");
    }
    assert!(describe(&["read topic __consumer_offsets"], "__consumer_offsets"));
    assert!(!describe(&["read topic __consumer_offsets"], "__transaction_state"));
}

/// What a consumer of a classic group tells the group: a version, topics, and its own data (`ConsumerProtocolSubscription`).
fn subscription(topics: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0, 1];
    bytes.extend((topics.len() as i32).to_be_bytes());
    for topic in topics {
        bytes.extend((topic.len() as i16).to_be_bytes());
        bytes.extend(topic.as_bytes());
    }
    bytes.extend((-1_i32).to_be_bytes());
    bytes.extend(0_i32.to_be_bytes());
    bytes
}

/// What it is given: a version, topics with partitions, and the leader's own data (`ConsumerProtocolAssignment`).
fn assignment(topics: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0, 1];
    bytes.extend((topics.len() as i32).to_be_bytes());
    for topic in topics {
        bytes.extend((topic.len() as i16).to_be_bytes());
        bytes.extend(topic.as_bytes());
        bytes.extend([0, 0, 0, 1, 0, 0, 0, 7]);
    }
    bytes.extend((-1_i32).to_be_bytes());
    bytes
}

#[test]
fn what_consumers_of_a_classic_group_read_is_shown_to_those_who_may_see_it() {
    let shown = |protocol: &str, metadata: Vec<u8>, given: Vec<u8>| {
        let member = tree()
            .with(f::MEMBER_ID, "m")
            .with(f::MEMBER_METADATA, bytes::Bytes::from(metadata))
            .with(f::MEMBER_ASSIGNMENT, bytes::Bytes::from(given));
        let group =
            tree().with(f::GROUP_ID, "g").with(f::PROTOCOL_TYPE, protocol).with(f::MEMBERS, list([member]));
        let mut bench = Bench::new(&["describe group g", "describe topic mine.*"]);
        let reply = tree().with(f::GROUPS, list([group]));
        let answer = bench.exchange(key::DESCRIBE_GROUPS, 5, &tree().with(f::GROUPS, texts(&["g"])), &reply);
        let group = answer.structs(f::GROUPS).next().unwrap();
        let member = group.structs(f::MEMBERS).next().unwrap();
        let filled = |field| member.bytes(field).is_some_and(|bytes| !bytes.is_empty());
        (filled(f::MEMBER_METADATA), filled(f::MEMBER_ASSIGNMENT))
    };
    let mine: &[&str] = &["mine.a", "mine.b"];
    let mixed: &[&str] = &["mine.a", "secret"];
    assert_eq!(shown("consumer", subscription(mine), assignment(mine)), (true, true));
    assert_eq!(shown("consumer", subscription(mixed), assignment(mine)), (false, true));
    assert_eq!(shown("consumer", subscription(mine), assignment(mixed)), (true, false));
    assert_eq!(shown("consumer", subscription(&[]), Vec::new()), (true, false));
    // What cannot be read is not shown.
    let whole = subscription(mixed);
    for length in 1..whole.len() - 8 {
        assert_eq!(shown("consumer", whole[..length].to_vec(), Vec::new()), (false, false), "{length}");
    }
    let huge = [&[0, 1][..], &i32::MAX.to_be_bytes()].concat();
    assert_eq!(shown("consumer", huge.clone(), huge), (false, false));
    // Other protocols are the application's own, and name nothing that Kafka knows.
    assert_eq!(shown("connect", subscription(mixed), assignment(mixed)), (true, true));
}

#[test]
fn coordinators_of_what_only_brokers_have_are_not_found() {
    // Share-group state (KIP-932), and whatever comes after it.
    for key_type in [2, 3, 127, -1] {
        for version in 1..=6 {
            let request = tree().with(f::KEY_TYPE, key_type);
            let request = match version {
                ..4 => request.with(f::KEY, "g:topic:0"),
                _ => request.with(f::COORDINATOR_KEYS, texts(&["g:topic:0"])),
            };
            let mut bench = Bench::new(&["describe group *", "describe transactional_id *", "alter cluster"]);
            let answer = bench.refused(key::FIND_COORDINATOR, version, &request);
            let told = if version < 4 { &answer } else { answer.structs(f::COORDINATORS).next().unwrap() };
            let refused = i64::from(ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0);
            assert_eq!(told.int(f::ERROR_CODE), Some(refused), "v{version}");
        }
    }
}
