//! Fetch and its kin: replicas, fetch sessions, and what changes while an answer is awaited.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, Message, guarded, id_of};
use crate::requests::{fetch, leader_epochs, list, list_offsets, share_acknowledge, share_fetch, tree};
use crate::shapes::{Shape, shape};

const FETCHED: Shape = shape(&[f::RESPONSES, f::PARTITIONS], f::TOPIC);
const SHARED: Shape = shape(&[f::RESPONSES, f::PARTITIONS], f::TOPIC_NAME);
const GRANTS: &[&str] = &["read topic ok.topic", "alter cluster", "describe cluster"];

fn root_error(answer: &Tree) -> ErrorCode {
    ErrorCode(i16::try_from(answer.int(f::ERROR_CODE).unwrap()).unwrap())
}

/// The replica id of tools, which may ask for offsets and not for records.
const TOOL: i64 = -2;

#[test]
fn nobody_fetches_as_a_replica() {
    let refused = ErrorCode::CLUSTER_AUTHORIZATION_FAILED;
    // Below zero stands one consumer, and others that brokers show what is not committed yet.
    for replica in [0, 1, i64::from(i32::MAX), TOOL, -3, i64::from(i32::MIN)] {
        for version in 4..=18 {
            let request = match version {
                ..15 => fetch(version, &["ok.topic"]).with(f::REPLICA_ID, replica),
                _ => {
                    let state = tree().with(f::REPLICA_ID, replica).with(f::REPLICA_EPOCH, 1);
                    fetch(version, &["ok.topic"]).with(f::REPLICA_STATE, state)
                }
            };
            let answer = Bench::knowing(&["ok.topic"], GRANTS).refused(key::FETCH, version, &request);
            assert_eq!(FETCHED.read(&answer), [("ok.topic".into(), i64::from(refused.0))], "v{version}");
        }
        if replica == TOOL {
            continue;
        }
        for version in 1..=11 {
            let request = list_offsets(version, &["ok.topic"]).with(f::REPLICA_ID, replica);
            Bench::new(GRANTS).refused(key::LIST_OFFSETS, version, &request);
        }
        for version in 3..=4 {
            let request = leader_epochs(version, &["ok.topic"]).with(f::REPLICA_ID, replica);
            Bench::new(GRANTS).refused(key::OFFSET_FOR_LEADER_EPOCH, version, &request);
        }
    }
}

/// Opens fetch session 77 and leaves the bench after its first answer.
fn in_session(grants: &[&str], version: i16) -> Bench {
    let mut bench = Bench::knowing(&["ok.topic", "no.topic"], grants);
    let request = fetch(version, &["ok.topic"]).with(f::SESSION_EPOCH, 0);
    bench.exchange(key::FETCH, version, &request, &tree().with(f::SESSION_ID, 77));
    bench
}

fn next_of(session: i64, version: i16) -> Tree {
    fetch(version, &[]).with(f::SESSION_ID, session).with(f::SESSION_EPOCH, 1)
}

#[test]
fn a_fetch_session_goes_on_where_it_was_opened_and_nowhere_else() {
    for version in 7..=18 {
        let mut bench = in_session(GRANTS, version);
        bench.exchange(key::FETCH, version, &next_of(77, version), &tree().with(f::SESSION_ID, 77));
        let answer = bench.refused(key::FETCH, version, &next_of(78, version));
        assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND, "v{version}");
        let answer = Bench::new(GRANTS).refused(key::FETCH, version, &next_of(77, version));
        assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND, "v{version}");
    }
}

#[test]
fn nobody_ends_the_fetch_session_of_another_connection() {
    for epoch in [0, -1] {
        let ending = |session: i64| {
            fetch(12, &["ok.topic"]).with(f::SESSION_ID, session).with(f::SESSION_EPOCH, epoch)
        };
        let answer = Bench::new(GRANTS).refused(key::FETCH, 12, &ending(77));
        assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
        let mut bench = in_session(GRANTS, 12);
        bench.send(key::FETCH, 12, &ending(77)).unwrap();
        assert_eq!(bench.upstream().len(), 1);
    }
}

#[test]
fn a_fetch_session_ends_with_the_policy_under_which_it_was_opened() {
    let mut bench = in_session(GRANTS, 12);
    bench.regrant(GRANTS);
    let answer = bench.refused(key::FETCH, 12, &next_of(77, 12));
    assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
    // The client starts afresh, and every topic is judged again.
    let mut bench = in_session(GRANTS, 12);
    bench.regrant(&[]);
    bench.refused(key::FETCH, 12, &next_of(77, 12));
    bench.send(key::FETCH, 12, &fetch(12, &["ok.topic"]).with(f::SESSION_EPOCH, 0)).unwrap();
    assert_eq!(bench.only_upstream().tree.structs(f::TOPICS).count(), 0);
}

#[test]
fn a_fetch_session_opened_while_the_policy_changed_is_not_gone_on_with() {
    let mut bench = Bench::new(GRANTS);
    bench.send(key::FETCH, 12, &fetch(12, &["ok.topic"]).with(f::SESSION_EPOCH, 0)).unwrap();
    let sent = bench.only_upstream();
    bench.regrant(GRANTS);
    bench.reply(&sent, &tree().with(f::SESSION_ID, 77)).unwrap();
    bench.client();
    let answer = bench.refused(key::FETCH, 12, &next_of(77, 12));
    assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND);
}

#[test]
fn a_fetch_with_nothing_left_still_goes_out_so_that_epochs_stay_in_step() {
    for version in 4..=18 {
        let mut bench = Bench::knowing(&["no.topic"], GRANTS);
        bench.send(key::FETCH, version, &fetch(version, &["no.topic"])).unwrap();
        let sent = bench.only_upstream();
        assert_eq!(sent.tree.structs(f::TOPICS).count(), 0, "v{version}");
        bench.reply(&sent, &tree()).unwrap();
        let answer = bench.only_answer().tree;
        let refused = i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0);
        assert_eq!(FETCHED.read(&answer), [("no.topic".into(), refused)], "v{version}");
    }
}

#[test]
fn forgetting_a_topic_needs_no_grant() {
    let forgotten = tree().with(f::TOPIC, "no.topic");
    let request = next_of(77, 12).with(f::FORGOTTEN_TOPICS_DATA, list([forgotten]));
    let mut bench = in_session(GRANTS, 12);
    bench.send(key::FETCH, 12, &request).unwrap();
    assert_eq!(bench.only_upstream().tree.structs(f::FORGOTTEN_TOPICS_DATA).count(), 1);
}

/// The broker's answer with records in every partition.
fn full(sent: &Message, shape: &Shape, names: &[&str]) -> Tree {
    let mut reply = shape.write(sent.api.response.root, sent.version, names);
    for topic in reply.structs_mut(f::RESPONSES) {
        for partition in topic.structs_mut(f::PARTITIONS) {
            if partition.get(f::RECORDS).is_some() {
                partition.set(f::RECORDS, bytes::Bytes::from_static(b"the records"));
            }
        }
    }
    reply
}

#[test]
fn records_are_withheld_when_the_grant_went_while_the_answer_was_awaited() {
    let check = |api, version, request: Tree, shape: Shape| {
        let mut bench = Bench::knowing(
            &["ok.topic", "no.topic"],
            &["read group ok.group", "read topic ok.topic", "read topic no.topic"],
        );
        bench.send(api, version, &request).unwrap();
        let sent = bench.only_upstream();
        bench.regrant(&["read group ok.group", "read topic ok.topic"]);
        bench.reply(&sent, &full(&sent, &shape, &["ok.topic", "no.topic"])).unwrap();
        let answer = bench.only_answer();
        let refused = i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0);
        let expected = [("ok.topic".into(), 0), ("no.topic".into(), refused)];
        assert_eq!(shape.read(&answer.tree), expected, "{} v{version}", answer.api.name);
        let shown = answer.wire.windows(11).filter(|window| *window == b"the records").count();
        let has_records = api != key::SHARE_ACKNOWLEDGE;
        assert_eq!(shown, usize::from(has_records), "{} v{version}", answer.api.name);
    };
    let names = &["ok.topic", "no.topic"];
    (4..=18).for_each(|version| check(key::FETCH, version, fetch(version, names), FETCHED));
    (1..=2).for_each(|version| check(key::SHARE_FETCH, version, share_fetch(version, names), SHARED));
    (1..=2).for_each(|version| {
        check(key::SHARE_ACKNOWLEDGE, version, share_acknowledge(version, names), SHARED);
    });
}

#[test]
fn records_are_withheld_when_the_hour_struck_while_the_answer_was_awaited() {
    let mut bench = Bench::new(&[]);
    let closing = "@id(\"office-hours\") forbid(principal, action, resource) when { context.hour >= 13 };";
    let Ok(policy) = std::panic::catch_unwind(|| guarded(&["read topic ok.topic"], closing, 1)) else {
        panic!("the guardrail is not understood");
    };
    bench.snapshot = std::sync::Arc::new(policy);
    bench.send(key::FETCH, 12, &fetch(12, &["ok.topic"])).unwrap();
    let sent = bench.only_upstream();
    bench.now.0 += 3_600_000;
    bench.reply(&sent, &full(&sent, &FETCHED, &["ok.topic"])).unwrap();
    let answer = bench.only_answer();
    assert!(!crate::bench::contains(&answer.wire, b"the records"));
}

#[test]
fn topics_of_a_fetch_session_that_no_request_names_are_judged_in_the_answer() {
    let mut bench = in_session(&["read topic ok.topic"], 12);
    bench.send(key::FETCH, 12, &next_of(77, 12)).unwrap();
    let sent = bench.only_upstream();
    bench.reply(&sent, &full(&sent, &FETCHED, &["no.topic"])).unwrap();
    assert!(!crate::bench::contains(&bench.only_answer().wire, b"the records"));
}

#[test]
fn share_sessions_go_on_only_where_they_were_opened_and_under_the_same_policy() {
    let grants = ["read group ok.group", "read topic ok.topic"];
    let next = |api, version| {
        let request = if api == key::SHARE_FETCH {
            share_fetch(version, &["ok.topic"])
        } else {
            share_acknowledge(version, &["ok.topic"])
        };
        request.with(f::SHARE_SESSION_EPOCH, 1)
    };
    for api in [key::SHARE_FETCH, key::SHARE_ACKNOWLEDGE] {
        for version in 1..=2 {
            let answer = Bench::knowing(&["ok.topic"], &grants).refused(api, version, &next(api, version));
            assert_eq!(root_error(&answer), ErrorCode::SHARE_SESSION_NOT_FOUND);
            let mut bench = Bench::knowing(&["ok.topic"], &grants);
            bench.exchange(key::SHARE_FETCH, version, &share_fetch(version, &["ok.topic"]), &tree());
            bench.send(api, version, &next(api, version)).unwrap();
            let sent = bench.only_upstream();
            bench.reply(&sent, &tree()).unwrap();
            bench.client();
            bench.regrant(&grants);
            let answer = bench.refused(api, version, &next(api, version));
            assert_eq!(root_error(&answer), ErrorCode::SHARE_SESSION_NOT_FOUND);
        }
    }
}

#[test]
fn a_share_session_that_was_ended_is_not_gone_on_with() {
    let grants = ["read group ok.group", "read topic ok.topic"];
    let mut bench = Bench::knowing(&["ok.topic"], &grants);
    bench.exchange(key::SHARE_FETCH, 1, &share_fetch(1, &["ok.topic"]), &tree());
    bench.exchange(key::SHARE_ACKNOWLEDGE, 1, &share_acknowledge(1, &["ok.topic"]), &tree());
    let next = share_fetch(1, &["ok.topic"]).with(f::SHARE_SESSION_EPOCH, 1);
    let answer = bench.refused(key::SHARE_FETCH, 1, &next);
    assert_eq!(root_error(&answer), ErrorCode::SHARE_SESSION_NOT_FOUND);
}

#[test]
fn the_outcome_of_an_acknowledgement_is_told_though_the_records_are_withheld() {
    let grants = ["read group ok.group", "read topic ok.topic"];
    let mut bench = Bench::knowing(&["ok.topic"], &grants);
    bench.send(key::SHARE_FETCH, 2, &share_fetch(2, &["ok.topic"])).unwrap();
    let sent = bench.only_upstream();
    bench.regrant(&["read group ok.group"]);
    let failed = i64::from(ErrorCode::INVALID_RECORD_STATE.0);
    let partition = tree()
        .with(f::ACKNOWLEDGE_ERROR_CODE, failed)
        .with(f::RECORDS, bytes::Bytes::from_static(b"the records"));
    let topic = tree().with(f::TOPIC_ID, id_of("ok.topic")).with(f::PARTITIONS, list([partition]));
    bench.reply(&sent, &tree().with(f::RESPONSES, list([topic]))).unwrap();
    let answer = bench.only_answer().tree;
    let partition = answer.structs(f::RESPONSES).next().unwrap().structs(f::PARTITIONS).next().unwrap();
    assert_eq!(partition.int(f::ACKNOWLEDGE_ERROR_CODE), Some(failed));
    assert_eq!(partition.get(f::RECORDS), Some(&Value::Bytes(bytes::Bytes::new())));
}

#[test]
fn a_decision_is_forgotten_with_the_policy_that_made_it() {
    let mut bench = Bench::new(&["write topic ok.topic"]);
    let request = crate::requests::produce(9, &["ok.topic"]);
    bench.exchange(key::PRODUCE, 9, &request, &tree());
    bench.regrant(&[]);
    bench.refused(key::PRODUCE, 9, &request);
    bench.regrant(&["write topic ok.topic"]);
    bench.exchange(key::PRODUCE, 9, &request, &tree());
}

#[test]
fn beside_a_refused_topic_no_fetch_session_is_kept_so_that_the_refusal_is_told_every_time() {
    let names = &["ok.topic", "no.topic"];
    for version in 7..=18 {
        let mut bench = Bench::knowing(names, GRANTS);
        bench.send(key::FETCH, version, &fetch(version, names).with(f::SESSION_EPOCH, 0)).unwrap();
        let sent = bench.only_upstream();
        assert_eq!(sent.tree.int(f::SESSION_EPOCH), Some(-1), "v{version}");
        assert_eq!(sent.tree.structs(f::TOPICS).count(), 1, "v{version}");
        // A session that was opened with granted topics takes in no refused one.
        let mut bench = in_session(GRANTS, version);
        let more = fetch(version, &["no.topic"]).with(f::SESSION_ID, 77).with(f::SESSION_EPOCH, 1);
        let answer = bench.refused(key::FETCH, version, &more);
        assert_eq!(root_error(&answer), ErrorCode::FETCH_SESSION_ID_NOT_FOUND, "v{version}");
    }
}

#[test]
fn a_share_session_is_its_members() {
    let grants = ["read group ok.group", "read group other", "read topic ok.topic"];
    let others = [("ok.group", "m2"), ("other", "m")];
    for (group, member) in others {
        let mut bench = Bench::knowing(&["ok.topic"], &grants);
        bench.exchange(key::SHARE_FETCH, 1, &share_fetch(1, &["ok.topic"]), &tree());
        let next = share_fetch(1, &["ok.topic"])
            .with(f::SHARE_SESSION_EPOCH, 1)
            .with(f::GROUP_ID, group)
            .with(f::MEMBER_ID, member);
        let answer = bench.refused(key::SHARE_FETCH, 1, &next);
        assert_eq!(root_error(&answer), ErrorCode::SHARE_SESSION_NOT_FOUND, "{group} {member}");
    }
}
