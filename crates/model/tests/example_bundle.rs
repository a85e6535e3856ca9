//! The example bundle compiles, and its own tests pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod common;

use common::{compile, example};
use tidegate_model::{BundleSources, Expected, bundle, guardrail, run_tests};

#[test]
fn every_expectation_holds() {
    let outcomes = run_tests(&compile(&example()));
    let failures: Vec<String> = outcomes
        .iter()
        .filter_map(|outcome| {
            Some(format!("{}: {}: {:?}", outcome.place, outcome.failure.as_ref()?, outcome.reasons))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let refusals = outcomes.iter().filter(|outcome| outcome.expected == Expected::Refuse).count();
    assert!(refusals * 2 > outcomes.len(), "{refusals} of {} are refusals", outcomes.len());
}

#[test]
fn it_holds_every_ready_guardrail_as_shipped_and_tests_each() {
    let sources = example();
    let text = sources.text(bundle::GUARDRAILS).unwrap();
    let outcomes = run_tests(&compile(&sources));
    for ready in guardrail::READY {
        assert!(text.contains(ready.text), "`{}` differs from what is shipped", ready.id);
        let spoke = |reason: &std::sync::Arc<str>| reason.contains(&format!("guardrail `{}`", ready.id));
        let tested = outcomes.iter().any(|outcome| outcome.reasons.iter().any(spoke));
        assert!(tested, "no test is refused by `{}`", ready.id);
    }
}

#[test]
fn every_grant_decides_a_test() {
    let snapshot = compile(&example());
    let outcomes = run_tests(&snapshot);
    for grant in snapshot.grants() {
        let spoke = |reason: &std::sync::Arc<str>| reason.starts_with(&format!("grant `{}` ", grant.name));
        let tested = outcomes.iter().any(|outcome| outcome.reasons.iter().any(spoke));
        assert!(tested, "no test is allowed by `{}`", grant.name);
    }
}

#[test]
fn an_expectation_that_does_not_hold_fails() {
    let text = "tests:\n\
        - {name: a, principal: orders-service, action: write, topic: orders.created, expect: refuse}\n\
        - {name: b, principal: orders-service, action: write, topic: orders.created, expect: allow, because: luck}\n\
        - {name: c, principal: mallory, action: write, topic: orders.created, expect: allow}\n\
        - {name: d, principal: mallory, action: write, topic: orders.created, expect: refuse}\n";
    let sources = example();
    let mut changed = BundleSources::new();
    for path in bundle::FILES {
        changed.add(path, if path == bundle::TESTS { text } else { sources.text(path).unwrap() });
    }
    let failures: Vec<Option<String>> =
        run_tests(&compile(&changed)).into_iter().map(|outcome| outcome.failure).collect();
    let expected = [
        Some("expected `refuse`, got `allow`"),
        Some("no reason contains `luck`"),
        Some("expected `allow`, got `refuse`"),
        None,
    ];
    assert_eq!(failures.iter().map(Option::as_deref).collect::<Vec<_>>(), expected);
}
