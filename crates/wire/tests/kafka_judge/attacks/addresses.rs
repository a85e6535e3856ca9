//! Where the brokers are stays theirs: every place in which they say it.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, api, field as f};
use tidegate_wire::kafka::versions::key;
use tidegate_wire::kafka::{Route, Session, UpstreamIdentity};

use crate::bench::{BROKER, Bench, GATEWAY, contains, newest_broker, route, snapshot};
use crate::requests;
use crate::requests::{
    describe_broker_configs, fetch, group_ids, list, produce, share_acknowledge, share_fetch, tree,
};

const EVERYTHING: &[&str] = &[
    "describe cluster",
    "alter cluster",
    "describe_configs cluster",
    "administer_acls cluster",
    "read topic *",
    "write topic *",
    "create topic *",
    "read group *",
    "write transactional_id *",
];

fn bench() -> Bench {
    Bench::knowing(&["ok.topic"], EVERYTHING)
}

/// A node as the broker announces it.
fn node(id_field: tidegate_wire::kafka::codec::Field, id: i64) -> Tree {
    tree().with(id_field, id).with(f::HOST, BROKER).with(f::PORT, 9093)
}

/// Sends, answers with `reply`, and gives the answer, which may not name the broker.
fn ask(key: i16, version: i16, request: &Tree, reply: &Tree) -> Tree {
    let mut bench = bench();
    bench.send(key, version, request).unwrap();
    let sent = bench.only_upstream();
    bench.reply(&sent, reply).unwrap();
    let answer = bench.only_answer();
    assert!(!contains(&answer.wire, BROKER.as_bytes()), "{} v{version}: {:?}", answer.api.name, answer.tree);
    answer.tree
}

fn addresses(answer: &Tree, array: tidegate_wire::kafka::codec::Field) -> Vec<(String, i64)> {
    let address = |node: &Tree| (node.string(f::HOST).unwrap().to_owned(), node.int(f::PORT).unwrap());
    answer.structs(array).map(address).collect()
}

fn gateway(node: i64) -> (String, i64) {
    (GATEWAY.to_owned(), 19_090 + node)
}

#[test]
fn brokers_have_the_gateways_addresses_and_those_without_one_are_left_out() {
    for version in 4..=13 {
        let brokers = list([1, 9, 3].map(|id| node(f::NODE_ID, id)));
        let reply = tree().with(f::BROKERS, brokers).with(f::CONTROLLER_ID, 9);
        let answer = ask(key::METADATA, version, &requests::metadata(version, &[]), &reply);
        assert_eq!(addresses(&answer, f::BROKERS), [gateway(1), gateway(3)], "v{version}");
    }
    for version in 0..=2 {
        let reply = tree().with(f::BROKERS, list([2, 9, -1].map(|id| node(f::BROKER_ID, id))));
        let answer = ask(key::DESCRIBE_CLUSTER, version, &tree(), &reply);
        assert_eq!(addresses(&answer, f::BROKERS), [gateway(2)], "v{version}");
    }
}

#[test]
fn coordinators_have_the_gateways_addresses_in_both_forms_of_the_answer() {
    for version in 0..=6 {
        for (id, expected) in [(2, gateway(2)), (9, (String::new(), -1))] {
            let request = requests::group_coordinator(version, &["g"]);
            let reply = match version {
                ..4 => node(f::NODE_ID, id),
                _ => tree().with(f::COORDINATORS, list([node(f::NODE_ID, id).with(f::KEY, "g")])),
            };
            let answer = ask(key::FIND_COORDINATOR, version, &request, &reply);
            let told = if version < 4 { &answer } else { answer.structs(f::COORDINATORS).next().unwrap() };
            assert_eq!(told.string(f::HOST), Some(&*expected.0), "v{version}");
            assert_eq!(told.int(f::PORT), Some(expected.1), "v{version}");
            let error = if id == 9 { ErrorCode::COORDINATOR_NOT_AVAILABLE } else { ErrorCode::NONE };
            assert_eq!(told.int(f::ERROR_CODE), Some(i64::from(error.0)), "v{version}");
        }
    }
}

#[test]
fn leaders_beside_errors_have_the_gateways_addresses() {
    let reply = tree().with(f::NODE_ENDPOINTS, list([1, 9].map(|id| node(f::NODE_ID, id))));
    let check = |key, version, request: Tree| {
        let answer = ask(key, version, &request, &reply);
        assert_eq!(addresses(&answer, f::NODE_ENDPOINTS), [gateway(1)], "{key} v{version}");
    };
    (10..=13).for_each(|version| check(key::PRODUCE, version, produce(version, &["ok.topic"])));
    (16..=18).for_each(|version| check(key::FETCH, version, fetch(version, &["ok.topic"])));
    (1..=2).for_each(|version| check(key::SHARE_FETCH, version, share_fetch(version, &["ok.topic"])));
    (1..=2).for_each(|version| {
        check(key::SHARE_ACKNOWLEDGE, version, share_acknowledge(version, &["ok.topic"]))
    });
}

#[test]
fn controllers_are_neither_described_nor_named() {
    let controllers = tree().with(f::ENDPOINT_TYPE, 2);
    for version in 1..=2 {
        let answer = bench().refused(key::DESCRIBE_CLUSTER, version, &controllers);
        let mismatched = i64::from(ErrorCode::MISMATCHED_ENDPOINT_TYPE.0);
        assert_eq!(answer.int(f::ERROR_CODE), Some(mismatched), "v{version}");
        for other in [0, 3, 127, -1] {
            bench().refused(key::DESCRIBE_CLUSTER, version, &tree().with(f::ENDPOINT_TYPE, other));
        }
    }
    let listener = tree().with(f::NAME, "CONTROLLER").with(f::HOST, BROKER).with(f::PORT, 9094);
    let voter = tree().with(f::NODE_ID, 1).with(f::LISTENERS, list([listener]));
    let answer =
        ask(key::DESCRIBE_QUORUM, 2, &requests::quorum(2, &[]), &tree().with(f::NODES, list([voter])));
    let voter = answer.structs(f::NODES).next().unwrap();
    assert_eq!((voter.int(f::NODE_ID), voter.structs(f::LISTENERS).count()), (Some(1), 0));
}

#[test]
fn settings_that_name_addresses_have_no_value() {
    let setting = |name: &str, value: &str| tree().with(f::NAME, name).with(f::VALUE, value);
    let address = format!("SASL_SSL://{BROKER}:9093");
    let hidden = [
        setting("listeners", &address),
        setting("advertised.listeners", BROKER),
        setting("controller.quorum.voters", "1@somewhere:9094"),
        setting("controller.quorum.bootstrap.servers", BROKER),
        setting("host.name", BROKER),
        setting("some.plugins.endpoint", &address),
        setting("some.plugins.address", "10.1.2.3"),
    ];
    let shown = [
        setting("log.retention.hours", "168"),
        setting("listener.security.protocol.map", "INTERNAL:SASL_SSL,CONTROLLER:SSL"),
        setting("leader.replication.throttled.replicas", "0:101,1:102"),
    ];
    for version in 1..=4 {
        let synonym = setting("listeners", &address).with(f::SOURCE, 1);
        let configs = hidden.iter().chain(&shown).cloned();
        let configs = configs.map(|config| config.with(f::SYNONYMS, list([synonym.clone()])));
        let result =
            tree().with(f::RESOURCE_TYPE, 4).with(f::RESOURCE_NAME, "1").with(f::CONFIGS, list(configs));
        let request = describe_broker_configs(version, &[]);
        let mut bench = bench();
        bench.send(key::DESCRIBE_CONFIGS, version, &request).unwrap();
        let sent = bench.only_upstream();
        bench.reply(&sent, &tree().with(f::RESULTS, list([result]))).unwrap();
        let answer = bench.only_answer().tree;
        let configs: Vec<Tree> =
            answer.structs(f::RESULTS).next().unwrap().structs(f::CONFIGS).cloned().collect();
        for (at, config) in configs.iter().enumerate() {
            let name = config.string(f::NAME).unwrap();
            let is_hidden = at < hidden.len();
            assert_eq!(config.get(f::VALUE) == Some(&Value::Null), is_hidden, "v{version} {name}");
            assert_eq!(config.bool(f::IS_SENSITIVE), Some(is_hidden), "v{version} {name}");
        }
        let synonyms = configs[..hidden.len()].iter().flat_map(|config| config.structs(f::SYNONYMS));
        assert!(synonyms.map(|synonym| synonym.get(f::VALUE)).all(|value| value == Some(&Value::Null)));
    }
}

#[test]
fn every_message_of_a_broker_that_names_an_address_is_withheld() {
    let message = format!("Unexpected error from controller {BROKER}:9093 (id: 1 rack: null)");
    let told = || tree().with(f::ERROR_MESSAGE, &*message).with(f::ERROR_CODE, 41);
    let check = |key: i16, request: fn(i16, &[&str]) -> Tree, reply: &dyn Fn(i16) -> Option<Tree>| {
        let offered = newest_broker().advertised(UpstreamIdentity::AsClient).range(key).unwrap();
        let mut tried = 0;
        for version in offered.0..=offered.1 {
            let Some(reply) = reply(version) else { continue };
            ask(key, version, &request(version, &["ok.topic"]), &reply);
            tried += 1;
        }
        assert!(tried > 0, "{}", api(key).unwrap().name);
    };
    check(key::CREATE_ACLS, requests::create_acls, &|_| Some(tree().with(f::RESULTS, list([told()]))));
    check(key::DELETE_ACLS, requests::delete_acls, &|_| {
        let acls = told().with(f::MATCHING_ACLS, list([told()]));
        Some(tree().with(f::FILTER_RESULTS, list([acls])))
    });
    check(key::CREATE_TOPICS, requests::create_topics, &|_| {
        Some(tree().with(f::TOPICS, list([told().with(f::NAME, "ok.topic")])))
    });
    check(key::DESCRIBE_CLUSTER, requests::nothing, &|_| Some(told()));
    check(key::ELECT_LEADERS, requests::elect_leaders, &|_| {
        let result = tree().with(f::TOPIC, "t").with(f::PARTITION_RESULT, list([told()]));
        Some(tree().with(f::REPLICA_ELECTION_RESULTS, list([result])))
    });
    check(key::FIND_COORDINATOR, requests::group_coordinator, &|version| match version {
        0 => None,
        1..4 => Some(told()),
        _ => Some(tree().with(f::COORDINATORS, list([told().with(f::KEY, "g")]))),
    });
    check(key::PRODUCE, produce, &|version| {
        if version < 8 {
            return None;
        }
        let record = tree().with(f::BATCH_INDEX_ERROR_MESSAGE, &*message);
        let partition = told().with(f::RECORD_ERRORS, list([record]));
        Some(tree().with(f::RESPONSES, list([tree().with(f::PARTITION_RESPONSES, list([partition]))])))
    });
    check(key::SHARE_FETCH, share_fetch, &|_| {
        let partition =
            told().with(f::ACKNOWLEDGE_ERROR_MESSAGE, &*message).with(f::RECORDS, bytes::Bytes::new());
        let topic = tree().with(f::TOPIC_ID, crate::bench::id_of("ok.topic"));
        Some(told().with(f::RESPONSES, list([topic.with(f::PARTITIONS, list([partition]))])))
    });
    check(key::STREAMS_GROUP_HEARTBEAT, requests::of_group, &|_| {
        let status = tree().with(f::STATUS_CODE, 1).with(f::STATUS_DETAIL, &*message);
        Some(told().with(f::STATUS, list([status])))
    });
    check(key::CONSUMER_GROUP_DESCRIBE, |_, _| group_ids(0, &["g"]), &|_| {
        Some(tree().with(f::GROUPS, list([told().with(f::GROUP_ID, "g")])))
    });
}

#[test]
fn a_hosts_bare_name_is_withheld_where_it_is_known() {
    let known = route(UpstreamIdentity::AsClient, &[]);
    let addresses = known.addresses.clone().hiding([BROKER.to_owned()]);
    let route = Route { addresses, topics: known.topics.clone(), ..*known };
    let session = Session::new(std::sync::Arc::new(route), newest_broker());
    let mut bench = Bench::with(session, snapshot(EVERYTHING, 1));
    let message = format!("Connection to {BROKER} was lost.");
    bench.send(key::CREATE_ACLS, 3, &requests::create_acls(3, &["t"])).unwrap();
    let sent = bench.only_upstream();
    let result = tree().with(f::ERROR_CODE, 41).with(f::ERROR_MESSAGE, &*message);
    bench.reply(&sent, &tree().with(f::RESULTS, list([result]))).unwrap();
    assert!(!contains(&bench.only_answer().wire, BROKER.as_bytes()));
}

#[test]
fn a_message_without_an_address_passes_as_it_is() {
    let mut bench = bench();
    bench.send(key::CREATE_TOPICS, 7, &requests::create_topics(7, &["ok.topic"])).unwrap();
    let sent = bench.only_upstream();
    let message = "Topic 'ok.topic' already exists.";
    let topic = tree().with(f::NAME, "ok.topic").with(f::ERROR_CODE, 36).with(f::ERROR_MESSAGE, message);
    bench.reply(&sent, &tree().with(f::TOPICS, list([topic]))).unwrap();
    let answer = bench.only_answer().tree;
    assert_eq!(answer.structs(f::TOPICS).next().unwrap().string(f::ERROR_MESSAGE), Some(message));
}

#[test]
fn where_the_broker_sees_the_members_of_a_group_is_left_out() {
    let member = tree().with(f::MEMBER_ID, "m").with(f::CLIENT_HOST, format!("/{BROKER}"));
    let group = tree().with(f::GROUP_ID, "g").with(f::MEMBERS, list([member]));
    let reply = tree().with(f::GROUPS, list([group]));
    let check = |key, version, request: Tree| {
        let answer = ask(key, version, &request, &reply);
        let group = answer.structs(f::GROUPS).next().unwrap();
        assert_eq!(group.structs(f::MEMBERS).next().unwrap().string(f::MEMBER_ID), Some("m"));
    };
    (0..=6)
        .for_each(|version| check(key::DESCRIBE_GROUPS, version, requests::describe_groups(version, &["g"])));
    (0..=1).for_each(|version| check(key::CONSUMER_GROUP_DESCRIBE, version, group_ids(version, &["g"])));
    check(key::SHARE_GROUP_DESCRIBE, 1, group_ids(1, &["g"]));
    check(key::STREAMS_GROUP_DESCRIBE, 0, group_ids(0, &["g"]));
}
