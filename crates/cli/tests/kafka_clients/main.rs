//! Other people's Kafka clients, unchanged, through the gateway to real brokers.
//!
//! One gateway stands in front of a cluster of the current version and of the older line, and shows each twice: with
//! authentication relayed to the brokers and with authentication that ends at the gateway. What is allowed works; what
//! is not fails with Kafka's own errors; and no answer names an upstream address.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod administration;
mod bundle;
mod kcat;
mod mechanisms;
mod plan;
mod records;
mod tap;
mod tools;
mod world;

use tidegate_testkit::scenario::{Answers, Client};

use plan::Plan;
use world::world;

#[test]
fn java_4_3() {
    everything(Client::Java);
}

#[test]
fn java_3_9() {
    everything(Client::OlderJava);
}

#[test]
fn librdkafka() {
    everything(Client::Python);
}

#[test]
fn kafkajs() {
    everything(Client::Node);
}

#[test]
fn franz_go() {
    everything(Client::Go);
}

/// One process of the client runs all there is, at every target.
fn everything(client: Client) -> Answers {
    let world = world();
    let mut plan = Plan::new(client);
    for target in &world.targets {
        plan.about(target);
        records::callers(&mut plan, world, target);
        administration::begin(&mut plan);
        tools::begin(&mut plan, target);
        mechanisms::add(&mut plan, world, target);
        records::add(&mut plan, world, target);
        administration::add(&mut plan, world, target);
        tools::add(&mut plan, target);
    }
    let unwritten: Vec<_> = world.targets.iter().map(|target| (target, plan_id(&mut plan, target))).collect();
    let answers = plan.run(world);
    for (target, topic) in unwritten {
        let records = world.cluster(target.version).admin().unwrap().records(&topic).unwrap();
        let values: Vec<_> = records.iter().map(|record| record.value.as_deref()).collect();
        assert_eq!(values, [Some("secret")], "{topic} was written to");
    }
    assert!(world.searched() > 10_000, "the taps saw nothing");
    answers
}

/// The topic that alice knows of and may not write.
fn plan_id(plan: &mut Plan, target: &world::Target) -> String {
    plan.about(target);
    plan.id("c", "")
}
