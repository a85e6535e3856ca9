//! The example bundle and small ones made up in tests.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::net::IpAddr;
use std::sync::Arc;

use tidegate_model::{
    BundleSources, Caller, Mechanism, PrincipalName, Proof, Snapshot, UnixMillis, WorkloadIdentity, bundle,
};

/// `2026-01-07T12:00:00Z`, a Wednesday.
pub(crate) const NOON: UnixMillis = UnixMillis(1_767_787_200_000);

/// The example bundle.
pub(crate) fn example() -> BundleSources {
    BundleSources::new()
        .with(bundle::PRINCIPALS, include_str!("../../../../examples/bundle/catalog/principals.yaml"))
        .with(bundle::STREAMS, include_str!("../../../../examples/bundle/catalog/streams.yaml"))
        .with(bundle::GRANTS, include_str!("../../../../examples/bundle/policy/grants.yaml"))
        .with(bundle::GUARDRAILS, include_str!("../../../../examples/bundle/policy/guardrails.cedar"))
        .with(bundle::TESTS, include_str!("../../../../examples/bundle/policy/tests.yaml"))
}

/// A bundle of these texts, and no tests.
pub(crate) fn bundle_of(principals: &str, streams: &str, grants: &str, guardrails: &str) -> BundleSources {
    BundleSources::new()
        .with(bundle::PRINCIPALS, principals)
        .with(bundle::STREAMS, streams)
        .with(bundle::GRANTS, grants)
        .with(bundle::GUARDRAILS, guardrails)
}

/// Compiles a bundle that must be good.
pub(crate) fn compile(sources: &BundleSources) -> Snapshot {
    Snapshot::compile(sources, 1).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the bundle is refused:\n{}", lines.join("\n"))
    })
}

/// The problems of a bundle that must be bad, one per line.
pub(crate) fn problems(sources: &BundleSources) -> Vec<String> {
    let problems = Snapshot::compile(sources, 1).expect_err("the bundle is accepted");
    problems.iter().map(ToString::to_string).collect()
}

/// A caller by mutual TLS from this machine.
pub(crate) fn caller(principal: &str) -> Caller {
    Caller {
        identity: WorkloadIdentity {
            principal: PrincipalName::new(principal).unwrap(),
            proof: Proof::new(Mechanism::Mtls, NOON),
        },
        cluster: Arc::from("main"),
        listener: Arc::from("main"),
        peer: IpAddr::from([127, 0, 0, 1]),
    }
}
