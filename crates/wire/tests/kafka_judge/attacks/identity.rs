//! What a broker would do for the gateway that it would not do for the client.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;
use tidegate_wire::kafka::{Fatal, UpstreamIdentity};

use crate::bench::{Bench, IDENTITIES, route};
use crate::requests::{heartbeat, list, metadata, streams_of, texts, tree};

fn bench(identity: UpstreamIdentity, grants: &[&str]) -> Bench {
    Bench::over(route(identity, &[]), grants)
}

const NOT_ENOUGH: &[&str] = &[
    "alter cluster",
    "describe cluster",
    "describe_configs cluster",
    "alter_configs cluster",
    "abort_transactions cluster",
    "read topic *",
    "write topic *",
    "create topic *",
];

#[test]
fn administration_around_the_gateway_is_a_grant_of_its_own() {
    let administers = [
        (key::CREATE_DELEGATION_TOKEN, "delegation_tokens"),
        (key::RENEW_DELEGATION_TOKEN, "delegation_tokens"),
        (key::EXPIRE_DELEGATION_TOKEN, "delegation_tokens"),
        (key::DESCRIBE_DELEGATION_TOKEN, "delegation_tokens"),
        (key::DESCRIBE_ACLS, "describe_acls"),
        (key::CREATE_ACLS, "administer_acls"),
        (key::DELETE_ACLS, "administer_acls"),
        (key::ALTER_CLIENT_QUOTAS, "administer_quotas"),
        (key::ALTER_USER_SCRAM_CREDENTIALS, "administer_scram"),
    ];
    for identity in IDENTITIES {
        for (api, action) in administers {
            let version = tidegate_wire::kafka::codec::api(api).unwrap().request.versions.max;
            bench(identity, NOT_ENOUGH).refused(api, version, &tree());
            let others = administers.iter().map(|(_, other)| *other).filter(|other| *other != action);
            // The right to change access control lists includes the right to read them.
            let others = others.filter(|other| !(action == "describe_acls" && *other == "administer_acls"));
            let others: Vec<String> = others.map(|other| format!("{other} cluster")).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            bench(identity, &others).refused(api, version, &tree());
            let grant = format!("{action} cluster");
            let mut bench = bench(identity, &[&grant]);
            bench.send(api, version, &tree()).unwrap();
            assert_eq!(bench.upstream().len(), 1, "{api} {action}");
        }
    }
}

#[test]
fn a_topic_pattern_is_resolved_by_the_broker_only_as_the_client() {
    let grants = ["read group ok.group"];
    let request = tree().with(f::GROUP_ID, "ok.group").with(f::SUBSCRIBED_TOPIC_REGEX, ".*");
    let mut as_client = bench(UpstreamIdentity::AsClient, &grants);
    as_client.send(key::CONSUMER_GROUP_HEARTBEAT, 1, &request).unwrap();
    assert_eq!(as_client.upstream().len(), 1);
    let mut as_gateway = bench(UpstreamIdentity::AsGateway, &grants);
    let unoffered = Fatal::Unoffered { api: key::CONSUMER_GROUP_HEARTBEAT, version: 1 };
    assert_eq!(as_gateway.send(key::CONSUMER_GROUP_HEARTBEAT, 1, &request), Err(unoffered));
    let mut as_gateway = bench(UpstreamIdentity::AsGateway, &grants);
    as_gateway.send(key::CONSUMER_GROUP_HEARTBEAT, 0, &heartbeat(0, &[])).unwrap();
    assert_eq!(as_gateway.upstream().len(), 1);
}

#[test]
fn a_streams_topology_names_what_it_reads_and_what_is_created_for_it() {
    let topic = |name: &str| list([tree().with(f::NAME, name)]);
    let hidden = [
        tree().with(f::SOURCE_TOPICS, texts(&["ok.topic", "no.topic"])),
        tree().with(f::REPARTITION_SINK_TOPICS, texts(&["no.topic"])),
        tree().with(f::STATE_CHANGELOG_TOPICS, topic("no.topic")),
        tree().with(f::REPARTITION_SOURCE_TOPICS, topic("no.topic")),
        // Seen, but not to be created.
        tree().with(f::STATE_CHANGELOG_TOPICS, topic("seen.topic")),
        tree().with(f::REPARTITION_SOURCE_TOPICS, topic("seen.topic")),
        tree().with(f::SOURCE_TOPIC_REGEX, texts(&["ok.*"])),
    ];
    let grants = [
        "read group ok.group",
        "describe topic ok.topic",
        "create topic ok.topic",
        "describe topic seen.topic",
        "create topic no.topic",
    ];
    for identity in IDENTITIES {
        for subtopology in &hidden {
            let request = streams_of(subtopology.clone());
            let answer = bench(identity, &grants).refused(key::STREAMS_GROUP_HEARTBEAT, 0, &request);
            let refused = i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0);
            assert_eq!(answer.int(f::ERROR_CODE), Some(refused), "{subtopology:?}");
        }
        let allowed = tree()
            .with(f::SOURCE_TOPICS, texts(&["ok.topic", "seen.topic"]))
            .with(f::REPARTITION_SOURCE_TOPICS, topic("ok.topic"));
        let mut bench = bench(identity, &grants);
        bench.send(key::STREAMS_GROUP_HEARTBEAT, 0, &streams_of(allowed)).unwrap();
        assert_eq!(bench.upstream().len(), 1);
    }
}

#[test]
fn topics_are_created_on_the_way_only_by_those_who_may_create_every_one_of_them() {
    let asked = |grants: &[&str], request: &Tree| {
        let mut bench = bench(UpstreamIdentity::AsGateway, grants);
        bench.send(key::METADATA, 12, request).unwrap();
        bench.only_upstream().tree.bool(f::ALLOW_AUTO_TOPIC_CREATION)
    };
    let creating = metadata(12, &["a", "b"]).with(f::ALLOW_AUTO_TOPIC_CREATION, true);
    let describes = ["describe topic a", "describe topic b"];
    assert_eq!(asked(&describes, &creating), Some(false));
    assert_eq!(asked(&[&describes[..], &["create topic a"]].concat(), &creating), Some(false));
    assert_eq!(
        asked(&[&describes[..], &["create topic a", "create topic b"]].concat(), &creating),
        Some(true)
    );
    let all = tree().with(f::TOPICS, Value::Null).with(f::ALLOW_AUTO_TOPIC_CREATION, true);
    assert_eq!(asked(&["create topic *", "describe topic *"], &all), Some(false));
    // The oldest version that has the flag, and its default: yes.
    let mut bench = bench(UpstreamIdentity::AsGateway, &describes);
    bench.send(key::METADATA, 4, &tree().with(f::TOPICS, list([tree().with(f::NAME, "a")]))).unwrap();
    assert_eq!(bench.only_upstream().tree.bool(f::ALLOW_AUTO_TOPIC_CREATION), Some(false));
}

/// The bits of Kafka's `AclOperation` codes.
fn bits(codes: &[u32]) -> i64 {
    codes.iter().fold(0, |bits, code| bits | 1 << code)
}

const ALL: i64 = 0x1fff;
const NOT_ASKED: i64 = i32::MIN as i64;

#[test]
fn authorized_operations_are_those_of_this_policy() {
    let grants = ["write topic t", "create topic t", "read group g", "describe cluster"];
    let told = |identity, key: i16, version: i16, value: i64| {
        let mut bench = bench(identity, &grants);
        let topic = tree().with(f::NAME, "t").with(f::TOPIC_AUTHORIZED_OPERATIONS, value);
        let group = tree().with(f::GROUP_ID, "g").with(f::AUTHORIZED_OPERATIONS, value);
        let (request, reply) = match key {
            key::METADATA | key::DESCRIBE_TOPIC_PARTITIONS => (
                tree().with(f::TOPICS, list([tree().with(f::NAME, "t")])),
                tree().with(f::TOPICS, list([topic])),
            ),
            key::DESCRIBE_GROUPS => {
                (tree().with(f::GROUPS, texts(&["g"])), tree().with(f::GROUPS, list([group])))
            }
            key::DESCRIBE_CLUSTER => (tree(), tree().with(f::CLUSTER_AUTHORIZED_OPERATIONS, value)),
            _ => (tree().with(f::GROUP_IDS, texts(&["g"])), tree().with(f::GROUPS, list([group]))),
        };
        let reply = if key == key::METADATA && version <= 10 {
            reply.with(f::CLUSTER_AUTHORIZED_OPERATIONS, value)
        } else {
            reply
        };
        bench.send(key, version, &request).unwrap();
        let sent = bench.only_upstream();
        bench.reply(&sent, &reply).unwrap();
        let answer = bench.only_answer().tree;
        let of_topic = answer.structs(f::TOPICS).next().and_then(|t| t.int(f::TOPIC_AUTHORIZED_OPERATIONS));
        let of_group = answer.structs(f::GROUPS).next().and_then(|g| g.int(f::AUTHORIZED_OPERATIONS));
        (of_topic.or(of_group), answer.int(f::CLUSTER_AUTHORIZED_OPERATIONS))
    };
    // Write implies describe, read implies describe.
    let (topic, group, cluster) = (bits(&[4, 5, 8]), bits(&[3, 8]), bits(&[8]));
    for identity in IDENTITIES {
        for version in 8..=10 {
            assert_eq!(told(identity, key::METADATA, version, ALL), (Some(topic), Some(cluster)));
        }
        assert_eq!(told(identity, key::METADATA, 13, ALL), (Some(topic), None));
        assert_eq!(told(identity, key::METADATA, 13, NOT_ASKED), (Some(NOT_ASKED), None));
        assert_eq!(told(identity, key::DESCRIBE_TOPIC_PARTITIONS, 0, ALL).0, Some(topic));
        for api in [key::CONSUMER_GROUP_DESCRIBE, key::SHARE_GROUP_DESCRIBE] {
            assert_eq!(told(identity, api, 1, ALL).0, Some(group));
        }
        assert_eq!(told(identity, key::STREAMS_GROUP_DESCRIBE, 0, ALL).0, Some(group));
        assert_eq!(told(identity, key::DESCRIBE_GROUPS, 6, ALL).0, Some(group));
        assert_eq!(told(identity, key::DESCRIBE_CLUSTER, 2, ALL).1, Some(cluster));
    }
    // As the client, what the broker itself denies stays denied.
    let denied = bits(&[3, 8]);
    assert_eq!(told(UpstreamIdentity::AsClient, key::METADATA, 13, denied).0, Some(bits(&[8])));
    assert_eq!(told(UpstreamIdentity::AsGateway, key::METADATA, 13, denied).0, Some(topic));
}

#[test]
fn the_configuration_of_a_new_topic_is_for_those_who_may_read_it() {
    let config = tree().with(f::NAME, "retention.ms").with(f::VALUE, "604800000");
    let topic = tree().with(f::NAME, "t").with(f::NUM_PARTITIONS, 6).with(f::CONFIGS, list([config]));
    for version in 5..=7 {
        let request = crate::requests::create_topics(version, &["t"]);
        let reply = tree().with(f::TOPICS, list([topic.clone()]));
        let told = |grants: &[&str]| {
            let mut bench = Bench::new(grants);
            let answer = bench.exchange(key::CREATE_TOPICS, version, &request, &reply);
            let topic = answer.structs(f::TOPICS).next().unwrap();
            let error = topic.int(f::TOPIC_CONFIG_ERROR_CODE).unwrap_or(0);
            (topic.structs(f::CONFIGS).count(), topic.int(f::NUM_PARTITIONS), error)
        };
        let refused = i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0);
        assert_eq!(told(&["create topic t"]), (0, Some(-1), refused), "v{version}");
        assert_eq!(told(&["create topic t", "describe_configs topic t"]), (1, Some(6), 0), "v{version}");
    }
}
