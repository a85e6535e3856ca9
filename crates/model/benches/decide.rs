//! What a decision costs, remembered and not, with a thousand grants and twenty guardrails.
//!
//! `cargo bench -p tidegate-model` prints the median over batches, in nanoseconds per decision.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use tidegate_model::{
    Action, BundleSources, Caller, DecisionCache, Mechanism, Operation, PrincipalName, Proof, Resource,
    Snapshot, UnixMillis, WorkloadIdentity, bundle, decide, guardrail,
};

const GRANTS: usize = 1000;
const GUARDRAILS: usize = 20;
const BATCHES: usize = 51;
const NOW: UnixMillis = UnixMillis(1_767_787_200_000);

fn main() {
    println!("{GRANTS} grants, {GUARDRAILS} guardrails; ns per decision, median of {BATCHES} batches");
    let snapshot = Snapshot::compile(&sources(GRANTS, GUARDRAILS), 1).expect("the bundle is good");
    let caller = caller();
    let operation = Operation::new(Action::Read, Resource::topic("team500.orders.created"));
    let refused = Operation::new(Action::Write, Resource::topic("team499.orders.created"));
    assert!(decide(&snapshot, &caller, &operation, NOW).is_allow());
    assert!(!decide(&snapshot, &caller, &refused, NOW).is_allow());

    let mut cache = DecisionCache::new();
    measure("cached, allowed", 10_000, || cache.decide(&snapshot, &caller, &operation, NOW));
    measure("cached, refused", 10_000, || cache.decide(&snapshot, &caller, &refused, NOW));
    measure("uncached, allowed", 200, || decide(&snapshot, &caller, &operation, NOW));
    measure("uncached, refused", 200, || decide(&snapshot, &caller, &refused, NOW));
    let plain = Snapshot::compile(&sources(GRANTS, 0), 2).expect("the bundle is good");
    measure("uncached, allowed, no guardrail", 1000, || decide(&plain, &caller, &operation, NOW));
    let small = Snapshot::compile(&sources(1, 0), 3).expect("the bundle is good");
    measure("the same with one grant", 1000, || decide(&small, &caller, &operation, NOW));
    compile_time();
}

fn measure<T>(what: &str, rounds: u32, mut decide: impl FnMut() -> T) {
    let mut batches: Vec<f64> = (0..BATCHES)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..rounds {
                black_box(decide());
            }
            start.elapsed().as_nanos() as f64 / f64::from(rounds)
        })
        .collect();
    batches.sort_by(f64::total_cmp);
    let median = batches.get(BATCHES / 2).copied().unwrap_or_default();
    println!("{what:<34} {median:>10.0}");
}

fn compile_time() {
    let sources = sources(GRANTS, GUARDRAILS);
    let start = Instant::now();
    black_box(Snapshot::compile(&sources, 4).expect("the bundle is good"));
    println!("{:<34} {:>10.1} ms", "compiling the bundle", start.elapsed().as_secs_f64() * 1000.0);
}

fn caller() -> Caller {
    let mut proof = Proof::new(Mechanism::OauthBearer, NOW);
    proof.credential_issued_at = Some(NOW);
    Caller {
        identity: WorkloadIdentity { principal: PrincipalName::new("service500").unwrap(), proof },
        cluster: Arc::from("main"),
        listener: Arc::from("internal"),
        peer: IpAddr::from([10, 0, 0, 1]),
    }
}

/// A thousand services, each with a grant; the one that asks is there whatever the number.
fn sources(grants: usize, guardrails: usize) -> BundleSources {
    let numbers: Vec<usize> =
        (0..grants.max(1)).map(|number| if grants == 1 { 500 } else { number }).collect();
    let mut principals = String::from("principals:\n");
    let mut grants = String::from("grants:\n");
    for number in numbers {
        let attributes = "tenant: acme, environment: production, groups: [services]";
        principals.push_str(&format!("- {{name: service{number}, team: team{number}, {attributes}}}\n"));
        grants.push_str(&format!(
            "- {{name: grant{number}, to: [service{number}], actions: [read, write], topics: [team{number}.*]}}\n"
        ));
    }
    let streams = "streams:\n- {name: team*, tenant: acme, environment: production, kind: event}\n";
    BundleSources::new()
        .with(bundle::PRINCIPALS, principals)
        .with(bundle::STREAMS, streams)
        .with(bundle::GRANTS, grants)
        .with(bundle::GUARDRAILS, rules(guardrails))
}

/// The ready guardrails that do not read the clock, over and over under new names.
fn rules(count: usize) -> String {
    let ready =
        guardrail::READY.iter().filter(|ready| ready.id != "credential-age" && ready.id != "device-posture");
    let endless = ready.collect::<Vec<_>>().into_iter().cycle().enumerate();
    let renamed =
        endless.map(|(number, ready)| ready.text.replacen(ready.id, &format!("{}-{number}", ready.id), 1));
    // Each must be able to apply to what is asked, or there would be fewer than it says.
    let about_reading = renamed.map(|text| {
        let text = text.replace("action == Action::\"write\", ", "action, ");
        text.split("forbid").next().map(str::to_owned).unwrap_or_default()
            + "forbid (principal, action, resource) when"
            + text.split_once("when").map_or(" {false};", |(_, rest)| rest)
    });
    about_reading.take(count).collect::<Vec<_>>().join("\n")
}
