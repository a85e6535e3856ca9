//! The example bundle compiles, and its own tests pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod common;

use common::{compile, example};
use tidegate_model::{Expected, bundle, guardrail, run_tests};

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
