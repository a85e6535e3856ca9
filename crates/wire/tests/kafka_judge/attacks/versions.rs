//! What is offered, and what becomes of those who do not keep to it.

use tidegate_wire::kafka::codec::{CodecError, ErrorCode, Frame, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;
use tidegate_wire::kafka::{Fatal, Session, UpstreamIdentity, VersionTable};

use crate::bench::{Bench, IDENTITIES, broker, newest_broker, route, snapshot};
use crate::requests::{list, tree};

fn api_key(key: i64, min: i64, max: i64) -> Tree {
    tree().with(f::API_KEY, key).with(f::MIN_VERSION, min).with(f::MAX_VERSION, max)
}

fn table(keys: &[(i64, i64, i64)]) -> VersionTable {
    let keys = keys.iter().map(|(key, min, max)| api_key(*key, *min, *max));
    VersionTable::from_tree(tree().with(f::API_KEYS, list(keys))).unwrap()
}

#[test]
fn what_is_offered_is_what_both_sides_know() {
    let offered = |keys: &[(i64, i64, i64)]| {
        table(keys).advertised(UpstreamIdentity::AsClient).ranges().collect::<Vec<_>>()
    };
    assert_eq!(offered(&[(1, 0, 99)]), [(1, 4, 18)]);
    assert_eq!(offered(&[(1, 6, 8)]), [(1, 6, 8)]);
    // Too old, too new, unknown, of brokers, of telemetry, nonsense.
    let none =
        [(1, 0, 3), (3, 0, 3), (3, 14, 15), (24, 4, 5), (4, 0, 3), (71, 0, 0), (85, 0, 1), (999, 0, 1)];
    for one in none {
        assert_eq!(offered(&[one]), [], "{one:?}");
    }
    assert_eq!(offered(&[(-1, 0, 1), (1, 8, 4), (1, -1, 5)]), []);
}

#[test]
fn old_versions_of_produce_are_named_and_not_taken() {
    let offered = newest_broker().advertised(UpstreamIdentity::AsClient);
    for version in 0..=4 {
        let answer = offered.to_tree(version);
        let produce = answer.structs(f::API_KEYS).find(|api| api.int(f::API_KEY) == Some(0)).unwrap();
        assert_eq!((produce.int(f::MIN_VERSION), produce.int(f::MAX_VERSION)), (Some(0), Some(13)));
    }
    assert_eq!(offered.range(key::PRODUCE), Some((3, 13)));
    assert!(!offered.contains(key::PRODUCE, 2));
}

#[test]
fn asking_again_in_the_middle_gets_the_same_cut_down_answer() {
    let feature =
        |name: &str, min: i64| tree().with(f::NAME, name).with(f::MIN_VERSION, min).with(f::MAX_VERSION, 2);
    for identity in IDENTITIES {
        for version in 0..=4 {
            let session = Session::new(route(identity, &[]), newest_broker());
            let mut bench = Bench::with(session, snapshot(&[], 1));
            let features = list([feature("group.version", 0), feature("metadata.version", 1)]);
            let mut reply =
                tree().with(f::API_KEYS, list([api_key(0, 0, 13), api_key(68, 0, 1), api_key(1000, 0, 1)]));
            if version >= 3 {
                reply.set(f::SUPPORTED_FEATURES, features);
            }
            let request = match version {
                ..3 => tree(),
                _ => tree().with(f::CLIENT_SOFTWARE_NAME, "c").with(f::CLIENT_SOFTWARE_VERSION, "1"),
            };
            let answer = bench.exchange(key::API_VERSIONS, version, &request, &reply);
            let keys: Vec<_> = answer
                .structs(f::API_KEYS)
                .map(|api| (api.int(f::API_KEY).unwrap(), api.int(f::MAX_VERSION).unwrap()))
                .collect();
            let heartbeat = if identity == UpstreamIdentity::AsGateway { 0 } else { 1 };
            assert_eq!(keys, [(0, 13), (68, heartbeat)], "v{version}");
            let expected = match version {
                ..3 => 0,
                3 => 1,
                _ => 2,
            };
            assert_eq!(answer.structs(f::SUPPORTED_FEATURES).count(), expected, "v{version}");
        }
    }
}

#[test]
fn a_broker_that_refuses_to_say_is_heard() {
    let mut bench = Bench::new(&[]);
    let request = tree().with(f::CLIENT_SOFTWARE_NAME, "-");
    let invalid = tree().with(f::ERROR_CODE, ErrorCode::INVALID_REQUEST);
    let answer = bench.exchange(key::API_VERSIONS, 3, &request, &invalid);
    assert_eq!(answer.int(f::ERROR_CODE), Some(i64::from(ErrorCode::INVALID_REQUEST.0)));
    assert_eq!(answer.structs(f::API_KEYS).count(), 0);
}

#[test]
fn an_unknown_version_of_the_question_itself_has_an_answer() {
    let mut bench = Bench::new(&[]);
    for version in [5, 100, i16::MAX, -1] {
        let mut payload = Vec::new();
        payload.extend_from_slice(&key::API_VERSIONS.to_be_bytes());
        payload.extend_from_slice(&version.to_be_bytes());
        payload.extend_from_slice(&42_i32.to_be_bytes());
        payload.extend_from_slice(b"whatever a later version has");
        let mut wire = i32::try_from(payload.len()).unwrap().to_be_bytes().to_vec();
        wire.extend(payload);
        let frame = Frame::from_wire(wire.into()).unwrap();
        let context = tidegate_wire::kafka::Context {
            snapshot: &bench.snapshot,
            caller: &bench.caller,
            now: bench.now,
        };
        bench.session.on_request(frame, &context).unwrap();
        assert!(bench.session.next_to_upstream().is_none());
        let answer = bench.session.next_to_client().unwrap();
        let answer = crate::bench::read_response(tidegate_wire::kafka::codec::api(18).unwrap(), 0, answer);
        assert_eq!(answer.correlation_id, 42);
        assert_eq!(answer.tree.int(f::ERROR_CODE), Some(i64::from(ErrorCode::UNSUPPORTED_VERSION.0)));
        let keys: Vec<_> = answer.tree.structs(f::API_KEYS).map(|api| api.int(f::MAX_VERSION)).collect();
        assert_eq!(keys, [Some(4)]);
    }
}

#[test]
fn a_version_the_broker_lacks_is_not_taken() {
    let old = broker(|api, (min, max)| Some(if api == key::FETCH { (min, 11) } else { (min, max) }));
    let session = Session::new(route(UpstreamIdentity::AsClient, &[]), old);
    let mut bench = Bench::with(session, snapshot(&["read topic *"], 1));
    let unoffered = Fatal::Unoffered { api: key::FETCH, version: 12 };
    assert_eq!(bench.send(key::FETCH, 12, &crate::requests::fetch(12, &["t"])), Err(unoffered));
}

#[test]
fn second_generation_transactions_are_offered_only_with_the_produce_that_has_them() {
    let features = |produce: i64| {
        let supported =
            tree().with(f::NAME, "transaction.version").with(f::MIN_VERSION, 0).with(f::MAX_VERSION, 2);
        let finalized = tree()
            .with(f::NAME, "transaction.version")
            .with(f::MIN_VERSION_LEVEL, 2)
            .with(f::MAX_VERSION_LEVEL, 2);
        let other = tree().with(f::NAME, "group.version").with(f::MAX_VERSION, 2);
        let answer = tree()
            .with(f::API_KEYS, list([api_key(0, 0, produce)]))
            .with(f::SUPPORTED_FEATURES, list([supported, other]))
            .with(f::FINALIZED_FEATURES, list([finalized]));
        let told = VersionTable::from_tree(answer).unwrap().advertised(UpstreamIdentity::AsClient).to_tree(4);
        let max = |array, level| -> Vec<i64> {
            told.structs(array).map(|feature: &Tree| feature.int(level).unwrap_or(0)).collect()
        };
        (max(f::SUPPORTED_FEATURES, f::MAX_VERSION), max(f::FINALIZED_FEATURES, f::MAX_VERSION_LEVEL))
    };
    assert_eq!(features(11), (vec![1, 2], vec![1]));
    assert_eq!(features(12), (vec![2, 2], vec![2]));
    assert_eq!(features(13), (vec![2, 2], vec![2]));
}

/// `frame` with `more` behind its message, inside its length.
fn with_end(frame: &Frame, more: &[u8]) -> Frame {
    let payload = [&frame.payload()[..], more].concat();
    let length = i32::try_from(payload.len()).unwrap().to_be_bytes();
    Frame::from_wire([&length[..], &payload].concat().into()).unwrap()
}

#[test]
fn a_metadata_request_of_debians_kcat_goes_on_without_what_was_forgotten_behind_it() {
    let mut bench = Bench::new(&["read topic *"]);
    for version in [4, 9, 12] {
        let request = tree().with(f::TOPICS, Value::Null).with(f::ALLOW_AUTO_TOPIC_CREATION, false);
        let frame = bench.encode(key::METADATA, version, &request);
        bench.send_frame(with_end(&frame, &[0, 0, 0])).unwrap();
        assert_eq!(bench.session.next_to_upstream().unwrap(), *frame.wire(), "v{version}");
    }
}

#[test]
fn nothing_else_may_stand_behind_a_request() {
    let mut bench = Bench::new(&["read topic *"]);
    let metadata = bench.encode(key::METADATA, 9, &tree().with(f::TOPICS, Value::Null));
    let others = bench.encode(key::LIST_GROUPS, 4, &tree());
    for (frame, more) in [(&metadata, 4), (&metadata, 1000), (&others, 1), (&others, 3)] {
        let refused = bench.send_frame(with_end(frame, &vec![0; more]));
        assert_eq!(refused, Err(Fatal::Malformed(CodecError::Trailing { bytes: more })));
        assert!(bench.session.next_to_upstream().is_none());
    }
}
