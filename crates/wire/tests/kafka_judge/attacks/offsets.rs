//! Moving a group back, which delivers old records again.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, Message};
use crate::requests::{commit_at, list, tree, txn_commit_at};
use crate::shapes::{Shape, shape};

const PARTITIONS: Shape = shape(&[f::TOPICS, f::PARTITIONS], f::NAME);
const GRANTS: &[&str] =
    &["read group ok.group", "read topic ok.topic", "write transactional_id ok.txn", "delete group other"];

fn bench() -> Bench {
    Bench::knowing(&["ok.topic"], GRANTS)
}

/// The broker's answer to the gateway's question: what is committed for partition 0, -1 for nothing.
fn committed(offset: i64) -> Tree {
    let partition = tree().with(f::PARTITION_INDEX, 0).with(f::COMMITTED_OFFSET, offset);
    let topic = tree().with(f::NAME, "ok.topic").with(f::PARTITIONS, list([partition]));
    tree().with(f::TOPICS, list([topic]))
}

fn asks_for_offsets(sent: &Message) {
    assert_eq!(sent.api.key, key::OFFSET_FETCH);
    assert_eq!(sent.tree.string(f::GROUP_ID), Some("ok.group"));
    let topics: Vec<_> = sent.tree.structs(f::TOPICS).map(|topic| topic.string(f::NAME)).collect();
    assert_eq!(topics, [Some("ok.topic")]);
}

/// Commits `offset` where the broker has `known`, and says whether it goes out.
fn goes_out(api: i16, version: i16, request: &Tree, known: i64) -> bool {
    let mut bench = bench();
    bench.send(api, version, request).unwrap();
    let question = bench.only_upstream();
    asks_for_offsets(&question);
    bench.reply(&question, &committed(known)).unwrap();
    let Some(sent) = bench.upstream().pop() else {
        let answer = bench.only_answer().tree;
        let refused = i64::from(ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
        assert_eq!(PARTITIONS.read(&answer), [("ok.topic".to_owned(), refused)], "v{version}");
        return false;
    };
    assert_eq!((sent.api.key, sent.version), (api, version));
    true
}

#[test]
fn a_group_is_moved_forward_and_not_back() {
    for (offset, known, expected) in
        [(49, 50, false), (-1, 50, false), (0, 1, false), (50, 50, true), (51, 50, true), (0, -1, true)]
    {
        for version in 2..=10 {
            let request = commit_at(version, &["ok.topic"], offset);
            let out = goes_out(key::OFFSET_COMMIT, version, &request, known);
            assert_eq!(out, expected, "OffsetCommit v{version}: {offset} over {known}");
        }
        for version in 0..=5 {
            let request = txn_commit_at(&["ok.topic"], offset);
            let out = goes_out(key::TXN_OFFSET_COMMIT, version, &request, known);
            assert_eq!(out, expected, "TxnOffsetCommit v{version}: {offset} over {known}");
        }
    }
}

#[test]
fn who_may_rewind_is_not_asked_about() {
    let mut bench = Bench::new(&["read group ok.group", "read topic ok.topic", "rewind group ok.group"]);
    bench.send(key::OFFSET_COMMIT, 8, &commit_at(8, &["ok.topic"], 0)).unwrap();
    assert_eq!(bench.only_upstream().api.key, key::OFFSET_COMMIT);
}

#[test]
fn a_partition_named_twice_does_not_slip_by() {
    let partition = |offset: i64| tree().with(f::PARTITION_INDEX, 0).with(f::COMMITTED_OFFSET, offset);
    let topic = |offsets: &[i64]| {
        tree()
            .with(f::NAME, "ok.topic")
            .with(f::PARTITIONS, list(offsets.iter().map(|offset| partition(*offset))))
    };
    let commit = |topics: Vec<Tree>| tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(topics));
    for request in [
        commit(vec![topic(&[100, 10])]),
        commit(vec![topic(&[100]), topic(&[10])]),
        commit(vec![topic(&[10]), topic(&[100])]),
    ] {
        let mut bench = bench();
        bench.send(key::OFFSET_COMMIT, 8, &request).unwrap();
        let question = bench.only_upstream();
        bench.reply(&question, &committed(50)).unwrap();
        for sent in bench.upstream() {
            let offsets = sent.tree.structs(f::TOPICS).flat_map(|topic| topic.structs(f::PARTITIONS));
            let back = offsets.filter_map(|partition| partition.int(f::COMMITTED_OFFSET)).any(|at| at < 50);
            assert!(!back, "{:?}", sent.tree);
        }
    }
}

#[test]
fn what_was_seen_committed_lets_commits_pass_for_a_while_and_own_commits_do_not_lengthen_it() {
    let mut bench = bench();
    let commit = |bench: &mut Bench, offset: i64, asked: bool| {
        bench.send(key::OFFSET_COMMIT, 8, &commit_at(8, &["ok.topic"], offset)).unwrap();
        let sent = bench.only_upstream();
        assert_eq!(sent.api.key == key::OFFSET_FETCH, asked, "{offset}");
        let sent = if asked {
            bench.reply(&sent, &committed(offset)).unwrap();
            bench.only_upstream()
        } else {
            sent
        };
        bench.reply(&sent, &tree()).unwrap();
        bench.client();
    };
    commit(&mut bench, 10, true);
    for offset in 11..=19 {
        bench.now.0 += 1_000;
        commit(&mut bench, offset, false);
    }
    bench.now.0 += 1_000;
    // Another member may have committed meanwhile, so the broker is asked again.
    commit(&mut bench, 20, true);
}

#[test]
fn when_the_broker_cannot_say_nothing_is_committed() {
    let mut bench = bench();
    bench.send(key::OFFSET_COMMIT, 8, &commit_at(8, &["ok.topic"], 5)).unwrap();
    let question = bench.only_upstream();
    let loading = ErrorCode::COORDINATOR_LOAD_IN_PROGRESS;
    bench.reply(&question, &tree().with(f::ERROR_CODE, loading)).unwrap();
    assert!(bench.upstream().is_empty());
    assert_eq!(PARTITIONS.read(&bench.only_answer().tree), [("ok.topic".into(), i64::from(loading.0))]);
    // An answer that leaves the partition out proves nothing either.
    bench.send(key::OFFSET_COMMIT, 8, &commit_at(8, &["ok.topic"], 5)).unwrap();
    let question = bench.only_upstream();
    bench.reply(&question, &tree()).unwrap();
    assert!(bench.upstream().is_empty());
}

#[test]
fn many_partitions_are_committed_at_once() {
    let count = 12_000;
    let partitions = (0..count).map(|at| tree().with(f::PARTITION_INDEX, at).with(f::COMMITTED_OFFSET, 7));
    let topic = tree().with(f::NAME, "ok.topic").with(f::PARTITIONS, list(partitions));
    let request = tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list([topic]));
    let mut bench = bench();
    bench.send(key::OFFSET_COMMIT, 8, &request).unwrap();
    let question = bench.only_upstream();
    let told = (0..count).map(|at| tree().with(f::PARTITION_INDEX, at).with(f::COMMITTED_OFFSET, 7));
    let told = tree().with(f::NAME, "ok.topic").with(f::PARTITIONS, list(told));
    bench.reply(&question, &tree().with(f::TOPICS, list([told]))).unwrap();
    assert_eq!(bench.only_upstream().api.key, key::OFFSET_COMMIT);
}

#[test]
fn start_offsets_of_share_groups_are_set_by_those_who_may_rewind() {
    let request = crate::requests::alter_share_offsets(0, &["ok.topic"]);
    let answer = bench().refused(key::ALTER_SHARE_GROUP_OFFSETS, 0, &request);
    let refused = i64::from(ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
    assert_eq!(answer.int(f::ERROR_CODE), Some(refused));
    // Deleting offsets starts the group over, and is the right to delete the group.
    let request = crate::requests::offset_delete(0, &["ok.topic"]);
    assert_eq!(bench().refused(key::OFFSET_DELETE, 0, &request).int(f::ERROR_CODE), Some(refused));
    let request = crate::requests::delete_share_offsets(0, &["ok.topic"]);
    let answer = bench().refused(key::DELETE_SHARE_GROUP_OFFSETS, 0, &request);
    assert_eq!(answer.int(f::ERROR_CODE), Some(refused));
}

#[test]
fn a_commit_is_not_forgotten_before_its_time_by_those_who_may_not_rewind() {
    for version in 2..=4 {
        let request = commit_at(version, &["ok.topic"], 5).with(f::RETENTION_TIME_MS, 1);
        let mut bench = bench();
        bench.send(key::OFFSET_COMMIT, version, &request).unwrap();
        let question = bench.only_upstream();
        asks_for_offsets(&question);
        bench.reply(&question, &committed(5)).unwrap();
        assert_eq!(bench.only_upstream().tree.int(f::RETENTION_TIME_MS), Some(-1), "v{version}");
    }
}

#[test]
fn deleting_a_groups_offsets_is_moving_it_back() {
    let grants = ["read group ok.group", "delete group ok.group", "read topic ok.topic"];
    let refused = i64::from(ErrorCode::GROUP_AUTHORIZATION_FAILED.0);
    let requests = [
        (key::OFFSET_DELETE, crate::requests::offset_delete(0, &["ok.topic"])),
        (key::DELETE_SHARE_GROUP_OFFSETS, crate::requests::delete_share_offsets(0, &["ok.topic"])),
    ];
    for (api, request) in requests {
        let answer = Bench::new(&grants).refused(api, 0, &request);
        assert_eq!(answer.int(f::ERROR_CODE), Some(refused), "{api}");
    }
}
