//! Every way to log in, over TLS: the right caller works, an impostor does not, and a stranger to the policy may nothing.

use serde_json::json;
use tidegate_testkit::scenario::Client;

use crate::plan::Plan;
use crate::world::{Target, World};

/// Adds the steps for `target`.
pub(crate) fn add(plan: &mut Plan, world: &World, target: &Target) {
    let topic = plan.id("a", "login");
    world.cluster(target.version).admin().unwrap().create_topic(&topic, 2).unwrap();
    let mut sent = Vec::new();
    for mechanism in target.mechanisms() {
        plan.caller(mechanism, world.caller(target, "alice", mechanism));
        sent.push(mechanism);
        let produce = json!({"step": "produce", "topic": topic, "values": [mechanism], "idempotent": true});
        plan.works("produces", mechanism, produce);
        let group = plan.id("a", mechanism);
        let consume = json!({"step": "consume", "topic": topic, "group": group, "count": sent.len()});
        plan.reads("consumes", mechanism, consume, &sent);
        let secret = json!({"step": "produce", "topic": plan.id("b", "login"), "values": ["x"]});
        plan.fails("produces to another's topic", mechanism, secret, &["TOPIC_AUTHORIZATION_FAILED"]);
        refuse_impostor(plan, world, target, mechanism);
    }
    // The password is right, but the policy does not know the name.
    plan.caller("mallory", world.caller(target, "mallory", "SCRAM-SHA-512"));
    plan.fails(
        "logs in",
        "mallory",
        json!({"step": "login", "timeout_ms": 4000}),
        &["SASL_AUTHENTICATION_FAILED"],
    );
}

fn refuse_impostor(plan: &mut Plan, world: &World, target: &Target, mechanism: &str) {
    let who = format!("impostor with {mechanism}");
    plan.caller(&who, world.impostor(target, mechanism));
    let login = json!({"step": "login", "timeout_ms": 3000});
    if mechanism == "MTLS" {
        // The handshake fails, for which every client has words of its own.
        plan.step("logs in", &who, login, |answer| match answer.ok {
            true => Err("was let in".to_owned()),
            false => Ok(()),
        });
        return;
    }
    let error: &[&str] = match (plan.client, mechanism) {
        // The refusal is the further challenge that RFC 7628 wants and Kafka sends, which these two do not expect.
        (Client::Go, "OAUTHBEARER") => &["SASL_AUTHENTICATION_FAILED", "*errors.errorString"],
        (Client::Node, "OAUTHBEARER") => &["SASL_AUTHENTICATION_FAILED", "KafkaJSConnectionClosedError"],
        _ => &["SASL_AUTHENTICATION_FAILED"],
    };
    plan.fails("logs in", &who, login, error);
}
