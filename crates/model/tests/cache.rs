//! What a session remembers, and what makes it forget. That it answers as deciding does, on random sessions, is in
//! `oracle.rs`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::sync::Arc;

use common::{NOON, bundle_of, caller};
use tidegate_model::{
    Action, Caller, Decision, DecisionCache, Operation, Resource, Snapshot, UnixMillis, Verdict,
};

const PRINCIPALS: &str = "principals: [{name: a}, {name: b}]";
const GRANTS: &str = "grants: [{name: g, to: [a], actions: [read], topics: ['t*']}]";

fn snapshot(grants: &str, version: u64) -> Snapshot {
    Snapshot::compile(&bundle_of(PRINCIPALS, "", grants, ""), version).unwrap()
}

fn read<'n>(name: &'n str) -> Operation<'n> {
    Operation::new(Action::Read, Resource::topic(name))
}

fn ask(
    cache: &mut DecisionCache,
    snapshot: &Snapshot,
    caller: &Caller,
    operation: &Operation<'_>,
) -> Decision {
    cache.decide(snapshot, caller, operation, NOON)
}

#[test]
fn it_forgets_at_another_snapshot() {
    let mut cache = DecisionCache::new();
    let asker = caller("a");
    assert!(ask(&mut cache, &snapshot(GRANTS, 1), &asker, &read("t")).is_allow());
    assert!(!ask(&mut cache, &snapshot("", 2), &asker, &read("t")).is_allow());
    assert!(ask(&mut cache, &snapshot(GRANTS, 3), &asker, &read("t")).is_allow());
    // Even where somebody counts versions wrongly.
    assert!(!ask(&mut cache, &snapshot("", 3), &asker, &read("t")).is_allow());
}

#[test]
fn it_forgets_at_another_caller() {
    let snapshot = snapshot(GRANTS, 1);
    let changes: [fn(&mut Caller); 6] = [
        |caller| caller.identity.principal = tidegate_model::PrincipalName::new("b").unwrap(),
        |caller| caller.identity.proof.authenticated_at = UnixMillis(5),
        |caller| caller.identity.proof.amr = ["mfa".to_owned()].into(),
        |caller| caller.cluster = Arc::from("other"),
        |caller| caller.listener = Arc::from("other"),
        |caller| caller.peer = "10.0.0.1".parse().unwrap(),
    ];
    for change in changes {
        let mut cache = DecisionCache::new();
        let mut asker = caller("a");
        let _ = ask(&mut cache, &snapshot, &asker, &read("t"));
        let _ = ask(&mut cache, &snapshot, &asker, &read("t2"));
        assert_eq!(cache.len(), 2);
        change(&mut asker);
        let _ = ask(&mut cache, &snapshot, &asker, &read("t"));
        assert_eq!(cache.len(), 1);
    }
}

#[test]
fn it_forgets_when_told() {
    let mut cache = DecisionCache::new();
    let _ = ask(&mut cache, &snapshot(GRANTS, 1), &caller("a"), &read("t"));
    assert!(!cache.is_empty());
    cache.clear();
    assert!(cache.is_empty());
}

#[test]
fn an_answer_holds_from_when_it_was_given_until_what_it_read_changes() {
    let rule = "@id(\"r\") forbid (principal, action, resource) when { context.minute == 1 };";
    let snapshot = Snapshot::compile(&bundle_of(PRINCIPALS, "", GRANTS, rule), 1).unwrap();
    let mut cache = DecisionCache::new();
    let mut allowed = |after: i64| {
        let now = UnixMillis(NOON.0 + after);
        cache.decide(&snapshot, &caller("a"), &read("t"), now).is_allow()
    };
    assert!(allowed(0));
    assert!(allowed(59_999));
    assert!(!allowed(60_000));
    assert!(!allowed(119_999));
    // A clock that is set back brings the answer of that moment back with it.
    assert!(allowed(59_999));
    assert!(!allowed(60_000));
    assert!(allowed(120_000));
}

#[test]
fn every_hit_has_a_permit_of_its_own() {
    let snapshot = snapshot(GRANTS, 1);
    let mut cache = DecisionCache::new();
    for _ in 0..3 {
        match ask(&mut cache, &snapshot, &caller("a"), &read("t")).verdict {
            Verdict::Allow(permit) => assert!(permit.redeem(&read("t")).is_ok()),
            Verdict::Refuse => panic!("refused"),
        }
    }
    assert_eq!(cache.len(), 1);
}

#[test]
fn the_same_name_of_another_kind_or_for_another_action_is_another_question() {
    let snapshot = snapshot(GRANTS, 1);
    let mut cache = DecisionCache::new();
    assert!(ask(&mut cache, &snapshot, &caller("a"), &read("t")).is_allow());
    let others = [
        Operation::new(Action::Read, Resource::group("t")),
        Operation::new(Action::Write, Resource::topic("t")),
    ];
    for other in others {
        assert!(!ask(&mut cache, &snapshot, &caller("a"), &other).is_allow());
    }
    assert_eq!(cache.len(), 3);
}

#[test]
fn it_holds_no_more_than_its_limits() {
    let snapshot = snapshot(GRANTS, 1);
    let mut cache = DecisionCache::new();
    for number in 0..DecisionCache::MAX_ENTRIES {
        assert!(ask(&mut cache, &snapshot, &caller("a"), &read(&format!("t{number}"))).is_allow());
    }
    assert_eq!(cache.len(), DecisionCache::MAX_ENTRIES);
    assert!(ask(&mut cache, &snapshot, &caller("a"), &read("t, and it starts over")).is_allow());
    assert_eq!(cache.len(), 1);

    let longest = "t".repeat(DecisionCache::MAX_NAME_BYTES);
    assert!(ask(&mut cache, &snapshot, &caller("a"), &read(&longest)).is_allow());
    assert_eq!(cache.len(), 2);
    assert!(ask(&mut cache, &snapshot, &caller("a"), &read(&format!("{longest}t"))).is_allow());
    assert_eq!(cache.len(), 2);
}

#[test]
fn names_that_peers_choose_cannot_break_a_line() {
    let decision =
        ask(&mut DecisionCache::new(), &snapshot(GRANTS, 1), &caller("a"), &read("x\n\u{1b}[2J forged"));
    assert!(decision.reasons.iter().all(|reason| !reason.text.chars().any(char::is_control)));
}
