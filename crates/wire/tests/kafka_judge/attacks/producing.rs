//! Produce: transactions, control batches, internal topics and requests without an answer.

use bytes::{Bytes, BytesMut};
use tidegate_wire::kafka::Fatal;
use tidegate_wire::kafka::codec::{ErrorCode, Tree, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, id_of};
use crate::requests::{CONTROL, TRANSACTIONAL, batch, list, marker, produce, produce_of, tree};
use crate::shapes::shape;

const PRODUCED: crate::shapes::Shape = shape(&[f::RESPONSES, f::PARTITION_RESPONSES], f::NAME);
const GRANTS: &[&str] = &["write topic ok.topic", "write transactional_id ok.txn"];

fn errors(answer: &Tree) -> Vec<ErrorCode> {
    PRODUCED.read(answer).into_iter().map(|(_, code)| ErrorCode(i16::try_from(code).unwrap())).collect()
}

fn refused_with(request: &Tree, expected: ErrorCode) {
    for version in 3..=13 {
        let mut request = request.clone();
        name_topics(version, &mut request);
        let answer = Bench::knowing(&["ok.topic"], GRANTS).refused(key::PRODUCE, version, &request);
        assert_eq!(errors(&answer), [expected], "v{version}");
    }
}

fn name_topics(version: i16, request: &mut Tree) {
    for topic in request.structs_mut(f::TOPIC_DATA) {
        topic.remove(f::NAME);
        topic.remove(f::TOPIC_ID);
        match version {
            ..13 => topic.set(f::NAME, "ok.topic"),
            _ => topic.set(f::TOPIC_ID, id_of("ok.topic")),
        };
    }
}

#[test]
fn a_transactional_batch_needs_the_transactional_id_that_the_request_gives() {
    let smuggled = produce_of(3, &["ok.topic"], batch(TRANSACTIONAL));
    refused_with(&smuggled, ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    refused_with(
        &smuggled.clone().with(f::TRANSACTIONAL_ID, "no.txn"),
        ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    );
    let plain = produce(3, &["ok.topic"]);
    refused_with(
        &plain.clone().with(f::TRANSACTIONAL_ID, "no.txn"),
        ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    );
    refused_with(&plain.with(f::TRANSACTIONAL_ID, "ok.txn"), ErrorCode::INVALID_RECORD);
}

#[test]
fn a_partition_takes_one_batch_of_the_current_format_and_no_control_batch() {
    let refused = |records: Bytes| {
        refused_with(&produce_of(3, &["ok.topic"], records), ErrorCode::INVALID_RECORD);
    };
    let joined = |parts: &[&[u8]]| Bytes::from(parts.concat());
    let good = batch(0);
    refused(batch(CONTROL));
    refused(Bytes::new());
    refused(joined(&[&good, &good]));
    refused(joined(&[&good, &batch(TRANSACTIONAL)]));
    refused(joined(&[&good, &[0]]));
    refused(good.slice(..good.len() - 1));
    refused(good.slice(..60));
    for magic in [0, 1, 3, 0xff] {
        let mut old = BytesMut::from(&good[..]);
        old[16] = magic;
        refused(old.freeze());
    }
    let transactional_control = produce_of(3, &["ok.topic"], batch(TRANSACTIONAL | CONTROL));
    refused_with(&transactional_control.with(f::TRANSACTIONAL_ID, "ok.txn"), ErrorCode::INVALID_RECORD);
}

#[test]
fn the_client_id_of_kafkas_own_tools_opens_no_internal_topic() {
    for grant in ["write topic *", "write topic _*"] {
        for version in 3..=13 {
            let mut bench = Bench::knowing(&["__consumer_offsets"], &[grant]);
            bench.client_id = Some("__admin_client");
            let answer = bench.refused(key::PRODUCE, version, &produce(version, &["__consumer_offsets"]));
            let expected = i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0);
            let topic = answer.structs(f::RESPONSES).next().unwrap();
            let partition = topic.structs(f::PARTITION_RESPONSES).next().unwrap();
            assert_eq!(partition.int(f::ERROR_CODE), Some(expected), "v{version}");
        }
    }
}

#[test]
fn without_an_answer_a_refusal_closes_the_connection_and_nothing_goes_out() {
    let unanswered = |names: &[&str]| produce(9, names).with(f::ACKS, 0);
    let closes = |request: &Tree| {
        let mut bench = Bench::new(GRANTS);
        assert_eq!(bench.send(key::PRODUCE, 9, request), Err(Fatal::UnansweredProduceRefused));
        assert!(bench.upstream().is_empty());
    };
    closes(&unanswered(&["no.topic"]));
    closes(&unanswered(&["ok.topic", "no.topic"]));
    closes(&unanswered(&["ok.topic"]).with(f::TRANSACTIONAL_ID, "no.txn"));
    closes(&produce_of(9, &["ok.topic"], batch(CONTROL)).with(f::ACKS, 0));
}

#[test]
fn without_an_answer_the_next_request_is_answered_in_its_place() {
    let mut bench = Bench::new(&["write topic ok.topic"]);
    for _ in 0..100 {
        let frame = bench.encode(key::PRODUCE, 9, &produce(9, &["ok.topic"]).with(f::ACKS, 0));
        let context = tidegate_wire::kafka::Context {
            snapshot: &bench.snapshot,
            caller: &bench.caller,
            now: bench.now,
        };
        bench.session.on_request(frame, &context).unwrap();
    }
    assert_eq!(bench.session.in_flight(), 0);
    bench.send(key::DESCRIBE_CLUSTER, 1, &tree()).unwrap();
    let sent = bench.upstream();
    assert_eq!(sent.len(), 101);
    bench.reply(sent.last().unwrap(), &tree()).unwrap();
    assert_eq!(bench.only_answer().api.key, key::DESCRIBE_CLUSTER);
}

#[test]
fn a_marker_may_abort_and_never_commit() {
    let grants = ["abort_transactions cluster", "alter cluster", "describe cluster"];
    for version in 1..=2 {
        let markers = |commits: &[bool]| {
            tree().with(f::MARKERS, list(commits.iter().map(|commit| marker(*commit, &["ok.topic"]))))
        };
        for commits in [&[true][..], &[false, true], &[true, false]] {
            let answer = Bench::new(&grants).refused(key::WRITE_TXN_MARKERS, version, &markers(commits));
            let read = Shape::read(&answer);
            assert_eq!(read, vec![i64::from(ErrorCode::CLUSTER_AUTHORIZATION_FAILED.0); commits.len()]);
        }
        let mut bench = Bench::new(&["alter cluster", "describe cluster", "administer_acls cluster"]);
        bench.refused(key::WRITE_TXN_MARKERS, version, &markers(&[false]));
        let mut bench = Bench::new(&grants);
        bench.send(key::WRITE_TXN_MARKERS, version, &markers(&[false])).unwrap();
        assert_eq!(bench.upstream().len(), 1);
    }
}

struct Shape;

impl Shape {
    fn read(answer: &Tree) -> Vec<i64> {
        let marked = crate::shapes::Shape {
            named: Some(1),
            ..shape(&[f::MARKERS, f::TOPICS, f::PARTITIONS], f::NAME)
        };
        marked.read(answer).into_iter().map(|(_, code)| code).collect()
    }
}

#[test]
fn purging_partitions_and_retention_are_rights_of_their_own() {
    let everything_else = [
        "read topic ok.topic",
        "write topic ok.topic",
        "create topic ok.topic",
        "delete topic ok.topic",
        "describe_configs topic ok.topic",
        "alter_configs topic ok.topic",
        "alter cluster",
    ];
    let refused = |api, version, request: Tree| {
        Bench::new(&everything_else).refused(api, version, &request);
    };
    refused(key::DELETE_RECORDS, 2, crate::requests::delete_records(2, &["ok.topic"]));
    refused(key::CREATE_PARTITIONS, 3, crate::requests::create_partitions(3, &["ok.topic"]));
    refused(key::ALTER_CONFIGS, 2, crate::requests::alter_topic_configs(2, &["ok.topic"]));
    let settings = [
        "retention.ms",
        "retention.bytes",
        "local.retention.ms",
        "local.retention.bytes",
        "cleanup.policy",
        "delete.retention.ms",
        "min.compaction.lag.ms",
        "max.compaction.lag.ms",
        "remote.storage.enable",
        "remote.log.delete.on.disable",
    ];
    for setting in settings {
        let request = crate::requests::config_resources(2, &["ok.topic"], crate::requests::setting(setting));
        refused(key::INCREMENTAL_ALTER_CONFIGS, 1, request);
    }
    let grants = [&everything_else[..], &["alter_retention topic ok.topic"]].concat();
    let request =
        crate::requests::config_resources(2, &["ok.topic"], crate::requests::setting("retention.ms"));
    let mut bench = Bench::new(&grants);
    bench.send(key::INCREMENTAL_ALTER_CONFIGS, 1, &request).unwrap();
    assert_eq!(bench.upstream().len(), 1);
}

#[test]
fn the_brokers_defaults_of_retention_need_the_right_over_every_topic() {
    let request =
        |setting: &str| crate::requests::config_resources(4, &[""], crate::requests::setting(setting));
    let settings = [
        "log.retention.ms",
        "log.retention.bytes",
        "log.retention.hours",
        "log.local.retention.ms",
        "log.cleanup.policy",
        "log.cleaner.delete.retention.ms",
        "log.cleaner.min.compaction.lag.ms",
        "offsets.retention.minutes",
    ];
    let goes_out = |grants: &[&str], api: i16, version: i16, request: &Tree| {
        let mut bench = Bench::new(grants);
        bench.send(api, version, request).unwrap();
        !bench.upstream().is_empty()
    };
    let some = ["alter_configs cluster", "alter_retention topic orders.*", "alter_retention topic a"];
    let every = ["alter_configs cluster", "alter_retention topic *"];
    for setting in settings {
        let request = request(setting);
        assert!(!goes_out(&some, key::INCREMENTAL_ALTER_CONFIGS, 1, &request), "{setting}");
        assert!(goes_out(&every, key::INCREMENTAL_ALTER_CONFIGS, 1, &request), "{setting}");
    }
    let other = request("log.cleaner.threads");
    assert!(goes_out(&some, key::INCREMENTAL_ALTER_CONFIGS, 1, &other));
    // Replacing all settings resets those that are not named.
    assert!(!goes_out(&some, key::ALTER_CONFIGS, 2, &other));
    assert!(goes_out(&every, key::ALTER_CONFIGS, 2, &other));
}

#[test]
fn without_an_answer_an_id_that_stands_for_nothing_closes_the_connection() {
    let request = produce(13, &["ok.topic"]).with(f::ACKS, 0);
    for (told, goes_out) in [("ok.topic", true), ("no.topic", false)] {
        let mut bench = Bench::new(GRANTS);
        bench.send(key::PRODUCE, 13, &request).unwrap();
        let question = bench.only_upstream();
        let topic = tree().with(f::NAME, told).with(f::TOPIC_ID, id_of("ok.topic"));
        let end = bench.reply(&question, &tree().with(f::TOPICS, list([topic])));
        let expected = if goes_out { Ok(()) } else { Err(Fatal::UnansweredProduceRefused) };
        assert_eq!(end, expected, "{told}");
        assert_eq!(bench.upstream().len(), usize::from(goes_out), "{told}");
    }
    let mut bench = Bench::new(GRANTS);
    bench.send(key::PRODUCE, 13, &request).unwrap();
    let question = bench.only_upstream();
    assert_eq!(bench.reply(&question, &tree()), Err(Fatal::UnansweredProduceRefused));
}
