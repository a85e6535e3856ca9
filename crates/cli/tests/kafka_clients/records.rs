//! Producing and consuming in every manner the client has, on the listener whose answers are searched.

use serde_json::json;
use tidegate_testkit::kafka::Admin;
use tidegate_testkit::scenario::Client;

use crate::plan::Plan;
use crate::world::{Mode, Target, World};

const TOPIC: &[&str] = &["TOPIC_AUTHORIZATION_FAILED"];
const GROUP: &[&str] = &["GROUP_AUTHORIZATION_FAILED"];
const TRANSACTION: &[&str] = &["TRANSACTIONAL_ID_AUTHORIZATION_FAILED"];

/// What alice owns, what she may not know of, and what she knows of and may not touch.
pub(crate) struct Topics {
    pub(crate) own: String,
    pub(crate) copy: String,
    pub(crate) hidden: String,
    pub(crate) known: String,
}

impl Topics {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            own: plan.id("a", ""),
            copy: plan.id("a", "copy"),
            hidden: plan.id("b", ""),
            known: plan.id("c", ""),
        }
    }

    fn create(&self, admin: &Admin) {
        for topic in [&self.own, &self.copy, &self.hidden, &self.known] {
            admin.create_topic(topic, 1).unwrap();
        }
    }
}

/// Adds the callers on the listener whose answers are searched, for these steps and those of the other modules.
pub(crate) fn callers(plan: &mut Plan, world: &World, target: &Target) {
    for principal in ["alice", "bob", "admin"] {
        plan.caller(principal, world.tapped(target, principal));
    }
}

/// Adds the steps for `target`.
pub(crate) fn add(plan: &mut Plan, world: &World, target: &Target) {
    let topics = Topics::of(plan);
    topics.create(world.cluster(target.version).admin().unwrap());
    produce(plan, &topics);
    consume(plan, &topics);
    transactions(plan, &topics);
    if target.is_current() {
        // kafkajs has no such groups. librdkafka has them in the second version of the protocol only, which the gateway
        // does not offer where it logs in as itself: the broker would resolve regular expressions with its rights.
        let known = match plan.client {
            Client::Node => false,
            Client::Python => target.mode == Mode::Relay,
            _ => true,
        };
        if known {
            consumer_protocol(plan, &topics);
        }
        share(plan, &topics, world, target);
    }
    if matches!(plan.client, Client::Java | Client::OlderJava) {
        streams(plan, &topics, target);
    }
}

fn produce(plan: &mut Plan, topics: &Topics) {
    let wish = |topic: &str, value: &str| json!({"step": "produce", "topic": topic, "values": [value]});
    let with = |mut wish: serde_json::Value, field: &str, value: serde_json::Value| {
        wish[field] = value;
        wish
    };
    plan.works("produces", "alice", wish(&topics.own, "v1"));
    plan.works(
        "produces without acknowledgement",
        "alice",
        with(wish(&topics.own, "v2"), "acks", json!("0")),
    );
    plan.works("produces for the leader alone", "alice", with(wish(&topics.own, "v3"), "acks", json!("1")));
    plan.works("produces idempotently", "alice", with(wish(&topics.own, "v4"), "idempotent", json!(true)));
    plan.works("produces compressed", "alice", with(wish(&topics.own, "v5"), "compression", json!("gzip")));
    plan.works("the operator produces", "admin", wish(&topics.hidden, "secret"));
    plan.works("the operator produces for whom it may concern", "admin", wish(&topics.known, "secret"));
    for topic in [&topics.hidden, &topics.known] {
        plan.fails(&format!("produces to {topic}"), "alice", wish(topic, "x"), TOPIC);
        let idempotent = with(wish(topic, "x"), "idempotent", json!(true));
        plan.fails(&format!("produces idempotently to {topic}"), "alice", idempotent, TOPIC);
    }
    plan.fails("bob produces", "bob", wish(&topics.own, "x"), TOPIC);
    // Nobody can be told, because no answer was asked for: whether it was written, the test asks afterwards.
    let unanswered = with(wish(&topics.known, "unanswered"), "acks", json!("0"));
    plan.step("produces without acknowledgement to a known topic", "alice", unanswered, |_| Ok(()));
}

fn consume(plan: &mut Plan, topics: &Topics) {
    let group = plan.id("a", "group");
    let wish = |topic: &str, group: &str, count: usize| json!({"step": "consume", "topic": topic, "group": group, "count": count, "timeout_ms": 15000});
    plan.reads("consumes", "alice", wish(&topics.own, &group, 5), &["v1", "v2", "v3", "v4", "v5"]);
    let other = plan.id("a", "bob");
    plan.reads("bob consumes", "bob", wish(&topics.own, &other, 5), &["v1", "v2", "v3", "v4", "v5"]);
    let others = plan.id("b", "group");
    plan.reads("the operator consumes", "admin", wish(&topics.hidden, &others, 1), &["secret"]);
    plan.fails("consumes a hidden topic", "alice", wish(&topics.hidden, &group, 1), TOPIC);
    plan.fails("consumes a known topic", "alice", wish(&topics.known, &group, 1), TOPIC);
    plan.fails("consumes as another's group", "alice", wish(&topics.own, &others, 1), GROUP);
}

fn transactions(plan: &mut Plan, topics: &Topics) {
    let (own, known) = (topics.copy.as_str(), topics.known.as_str());
    let (id, others) = (plan.id("a", "transaction"), plan.id("b", "transaction"));
    let wish = |topic: &str, id: &str, values: &[&str]| json!({"step": "produce", "topic": topic, "transactional_id": id, "values": values});
    plan.works("commits", "alice", wish(own, &id, &["w1", "w2"]));
    let mut aborted = wish(own, &id, &["w3"]);
    aborted["abort"] = json!(true);
    plan.works("aborts", "alice", aborted);
    plan.works("commits again", "alice", wish(own, &id, &["w4"]));
    plan.fails("uses another's transactional id", "alice", wish(own, &others, &["x"]), TRANSACTION);
    let mut refused = wish(known, &plan.id("a", "known"), &["x"]);
    refused["timeout_ms"] = json!(4000);
    plan.fails("writes to a known topic in a transaction", "alice", refused, TOPIC);
    let mut committed =
        json!({"step": "consume", "topic": own, "group": plan.id("a", "committed"), "count": 3});
    committed["isolation"] = json!("read_committed");
    plan.reads("reads what was committed", "alice", committed, &["w1", "w2", "w4"]);
    let copy = |to: &str, group: &str| {
        json!({
            "step": "copy", "from": own, "to": to, "group": group, "transactional_id": group,
            "isolation": "read_committed", "count": 3,
        })
    };
    plan.reads(
        "copies exactly once",
        "alice",
        copy(&topics.own, &plan.id("a", "exactly")),
        &["w1", "w2", "w4"],
    );
    plan.fails("copies to a known topic", "alice", copy(known, &plan.id("a", "exactly2")), TOPIC);
    let offsets = json!({"step": "group_offsets", "group": plan.id("a", "exactly"), "topic": own});
    // Two values, a marker, an aborted value, its marker, a value: the copy must have moved the group behind all that.
    let partition = format!("{own}-0");
    plan.check("has copied", "alice", offsets, move |answer| match answer.detail[&partition].as_i64() {
        Some(6..) => Ok(()),
        _ => Err(format!("the group is at {}", answer.detail)),
    });
}

/// KIP-848 groups.
fn consumer_protocol(plan: &mut Plan, topics: &Topics) {
    let wish = |topic: &str, group: &str| {
        json!({
            "step": "consume", "topic": topic, "group": group, "count": 3, "protocol": "consumer",
            "isolation": "read_committed", "timeout_ms": 15000,
        })
    };
    let group = plan.id("a", "new-protocol");
    plan.reads("consumes by the new protocol", "alice", wish(&topics.copy, &group), &["w1", "w2", "w4"]);
    plan.fails(
        "consumes a known topic by the new protocol",
        "alice",
        wish(&topics.known, &plan.id("a", "n2")),
        TOPIC,
    );
    plan.fails(
        "consumes a hidden topic by the new protocol",
        "alice",
        wish(&topics.hidden, &plan.id("a", "n3")),
        TOPIC,
    );
    plan.fails(
        "is another's group by the new protocol",
        "alice",
        wish(&topics.copy, &plan.id("b", "n4")),
        GROUP,
    );
}

fn share(plan: &mut Plan, topics: &Topics, world: &World, target: &Target) {
    if plan.client != Client::Java && plan.client != Client::Python && plan.client != Client::Go {
        return;
    }
    let group = plan.id("a", "share");
    let admin = world.cluster(target.version).admin().unwrap();
    admin.set_config("GROUP", &group, "share.auto.offset.reset", "earliest").unwrap();
    let wish = |topic: &str, group: &str, count: usize| json!({"step": "share", "topic": topic, "group": group, "count": count, "timeout_ms": 15000});
    let topic = plan.id("a", "shared");
    admin.create_topic(&topic, 1).unwrap();
    plan.works(
        "produces to share",
        "alice",
        json!({"step": "produce", "topic": topic, "values": ["s1", "s2"]}),
    );
    plan.reads("shares", "alice", wish(&topic, &group, 2), &["s1", "s2"]);
    let mut known = wish(&topics.known, &group, 1);
    known["timeout_ms"] = json!(4000);
    // franz-go asks again and again for a partition whose fetch is refused, and never says so.
    let errors: &[&str] = if plan.client == Client::Go { &["Timeout"] } else { TOPIC };
    plan.fails("shares a known topic", "alice", known, errors);
    plan.fails("shares a hidden topic", "alice", wish(&topics.hidden, &group, 1), TOPIC);
    plan.fails("shares as another's group", "alice", wish(&topic, &plan.id("b", "share"), 1), GROUP);
}

fn streams(plan: &mut Plan, topics: &Topics, target: &Target) {
    let wish = |application: &str, more: &[(&str, &str)]| {
        let mut wish = json!({
            "step": "streams", "from": topics.copy, "to": topics.own, "application": application, "count": 3,
            "timeout_ms": 15000,
        });
        for (field, value) in more {
            wish[*field] = json!(value);
        }
        wish
    };
    plan.works("runs a Streams application", "alice", wish(&plan.id("a", "app"), &[]));
    let exactly = wish(&plan.id("a", "app2"), &[("guarantee", "exactly_once_v2")]);
    plan.works("runs a Streams application exactly once", "alice", exactly);
    let errors = &["TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED"];
    plan.fails("runs another's Streams application", "alice", wish(&plan.id("b", "app"), &[]), errors);
    let mut known = wish(&plan.id("a", "app3"), &[]);
    known["from"] = json!(topics.known);
    plan.fails("runs a Streams application on a known topic", "alice", known, TOPIC);
    if target.is_current() && plan.client == Client::Java {
        let protocol = wish(&plan.id("a", "app4"), &[("protocol", "streams")]);
        plan.works("runs a Streams application by its own protocol", "alice", protocol);
        let others = wish(&plan.id("b", "app4"), &[("protocol", "streams")]);
        plan.fails("runs another's Streams application by its own protocol", "alice", others, errors);
    }
}
