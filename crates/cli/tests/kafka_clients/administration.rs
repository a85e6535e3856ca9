//! Administration: what the operator may do works, and alice is refused everything that is not hers.

use serde_json::{Value, json};
use tidegate_testkit::kafka::{Listener, Version};
use tidegate_testkit::scenario::{Answer, Client};

use crate::plan::Plan;
use crate::records::Topics;
use crate::world::{Target, World};

const TOPIC: &[&str] = &["TOPIC_AUTHORIZATION_FAILED"];
const GROUP: &[&str] = &["GROUP_AUTHORIZATION_FAILED"];
const TRANSACTION: &[&str] = &["TRANSACTIONAL_ID_AUTHORIZATION_FAILED"];
const CLUSTER: &[&str] = &["CLUSTER_AUTHORIZATION_FAILED"];

/// Adds what must be long past when the other steps are done, because every broker has to learn of a new topic.
pub(crate) fn begin(plan: &mut Plan) {
    let topic = plan.id("a", "made");
    plan.works("creates a topic", "alice", json!({"step": "create_topic", "topic": topic}));
}

/// Adds the steps for `target`, after those of [`crate::records::add`].
pub(crate) fn add(plan: &mut Plan, world: &World, target: &Target) {
    let topics = Topics::of(plan);
    listings(plan, world, target, &topics);
    own_topics(plan);
    other_topics(plan, &topics);
    groups(plan, &topics);
    if matches!(plan.client, Client::Java | Client::OlderJava) {
        java_only(plan, &topics);
        cluster(plan, target, &topics);
        security(plan, &topics);
    }
    if plan.client == Client::Java && target.is_current() {
        newer_groups(plan);
    }
}

fn listings(plan: &mut Plan, world: &World, target: &Target, topics: &Topics) {
    plan.check("lists topics", "alice", json!({"step": "list_topics"}), {
        let wanted = [topics.own.clone(), topics.known.clone()];
        move |answer| names(answer, &wanted, &|name| name.starts_with("a-") || name.starts_with("c-"))
    });
    plan.check("lists topics", "admin", json!({"step": "list_topics"}), {
        let wanted = [topics.own.clone(), topics.hidden.clone()];
        move |answer| names(answer, &wanted, &|name| !name.starts_with("__"))
    });
    plan.check("lists groups", "alice", json!({"step": "list_groups"}), {
        let wanted = [plan.id("a", "group")];
        move |answer| names(answer, &wanted, &|name| name.starts_with("a-"))
    });
    plan.check("lists groups", "admin", json!({"step": "list_groups"}), {
        let wanted = [plan.id("a", "group"), plan.id("b", "group")];
        move |answer| names(answer, &wanted, &|_| true)
    });
    let nodes = world.cluster(target.version).addresses(Listener::Sasl).len();
    plan.check("describes the cluster", "alice", json!({"step": "describe_cluster"}), move |answer| {
        let seen = answer.detail["nodes"].as_array().map(Vec::len);
        match seen == Some(nodes) && !answer.detail.to_string().contains("127.0.77.") {
            true => Ok(()),
            false => Err(format!("sees {}", answer.detail)),
        }
    });
}

/// All of `wanted` must be listed, and nothing that is not `allowed`.
fn names(answer: &Answer, wanted: &[String], allowed: &dyn Fn(&str) -> bool) -> Result<(), String> {
    let listed: Vec<&str> =
        answer.detail.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if let Some(missing) = wanted.iter().find(|name| !listed.contains(&name.as_str())) {
        return Err(format!("`{missing}` is missing in {listed:?}"));
    }
    match listed.iter().find(|name| !allowed(name)) {
        Some(hidden) => Err(format!("`{hidden}` is shown")),
        None => Ok(()),
    }
}

fn own_topics(plan: &mut Plan) {
    let topic = plan.id("a", "made");
    let on = |step: &str| json!({"step": step, "topic": topic, "resource": topic});
    plan.works("describes her topic", "alice", on("describe_topic"));
    let mut more = on("create_partitions");
    more["partitions"] = json!(3);
    plan.works("adds partitions to her topic", "alice", more);
    plan.works("asks for offsets of her topic", "alice", on("list_offsets"));
    plan.works("describes her topic's configuration", "alice", on("describe_config"));
    let mut retention = on("alter_config");
    retention["key"] = json!("retention.ms");
    retention["value"] = json!("86400000");
    plan.works("changes her topic's retention", "alice", retention);
    for (who, step) in [("bob", "create_partitions"), ("bob", "delete_topic"), ("bob", "alter_config")] {
        let mut wish = on(step);
        wish["partitions"] = json!(9);
        wish["key"] = json!("max.message.bytes");
        wish["value"] = json!("1000");
        plan.fails(&format!("tries {step} on alice's topic"), who, wish, TOPIC);
    }
    plan.works("deletes her topic", "alice", on("delete_topic"));
}

fn other_topics(plan: &mut Plan, topics: &Topics) {
    let mut steps = vec![
        "describe_topic",
        "create_partitions",
        "list_offsets",
        "describe_config",
        "alter_config",
        "delete_topic",
    ];
    if plan.client != Client::Node {
        steps.push("delete_records");
    }
    for topic in [&topics.hidden, &topics.known] {
        for step in &steps {
            // To see that a known topic exists and where it ends is what she may.
            if topic == &topics.known && ["describe_topic", "list_offsets"].contains(step) {
                continue;
            }
            let wish = json!({
                "step": step, "topic": topic, "resource": topic, "partitions": 2, "offset": 1,
                "key": "retention.ms", "value": "1000",
            });
            plan.fails(&format!("tries {step} on {topic}"), "alice", wish, TOPIC);
        }
    }
    plan.works("describes a known topic", "alice", json!({"step": "describe_topic", "topic": topics.known}));
    let create = json!({"step": "create_topic", "topic": plan.id("b", "made")});
    plan.fails("creates another's topic", "alice", create, TOPIC);
    plan.works(
        "describes a hidden topic",
        "admin",
        json!({"step": "describe_topic", "topic": topics.hidden}),
    );
}

fn groups(plan: &mut Plan, topics: &Topics) {
    let (own, others) = (plan.id("a", "group"), plan.id("b", "group"));
    let on =
        |step: &str, group: &str| json!({"step": step, "group": group, "topic": topics.own, "offset": 0});
    for step in ["describe_group", "group_offsets", "alter_group_offsets"] {
        plan.fails(&format!("tries {step} on another's group"), "alice", on(step, &others), GROUP);
        // kafkajs moves offsets by consuming for five seconds, and never says that it was refused while doing so.
        if step != "alter_group_offsets" || plan.client != Client::Node {
            plan.works(&format!("tries {step}"), "alice", on(step, &own));
        }
    }
    if plan.client != Client::Node {
        // Back to the beginning: the offset is 0, and bob's group has read all there is.
        let backwards = on("alter_group_offsets", &plan.id("a", "bob"));
        plan.fails("moves his group back", "bob", backwards, GROUP);
    }
    plan.fails("deletes another's group", "alice", on("delete_group", &others), GROUP);
    plan.fails("deletes his group", "bob", on("delete_group", &plan.id("a", "bob")), GROUP);
    plan.works("deletes her group", "alice", on("delete_group", &own));
}

fn java_only(plan: &mut Plan, topics: &Topics) {
    let on = |step: &str, topic: &str| json!({"step": step, "topic": topic, "offset": 1});
    plan.works("describes producers", "alice", on("describe_producers", &topics.own));
    plan.works("purges her topic", "alice", on("delete_records", &topics.own));
    plan.fails("purges alice's topic", "bob", on("delete_records", &topics.own), TOPIC);
    plan.fails("describes hidden producers", "alice", on("describe_producers", &topics.hidden), TOPIC);
    let id = plan.id("b", "transaction");
    let with = |step: &str, id: &str| json!({"step": step, "transactional_id": id});
    plan.fails("describes another's transaction", "alice", with("describe_transaction", &id), TRANSACTION);
    plan.fails("fences another's producer", "alice", with("fence_producer", &id), TRANSACTION);
    let own = plan.id("a", "transaction");
    plan.works("describes her transaction", "alice", with("describe_transaction", &own));
    plan.works("fences her producer", "alice", with("fence_producer", &own));
    plan.fails("aborts her own by its marker", "alice", on("abort_transaction", &topics.own), CLUSTER);
    plan.check("lists transactions", "alice", json!({"step": "list_transactions"}), {
        let wanted = [own];
        move |answer| names(answer, &wanted, &|name| name.starts_with("a-"))
    });
    let deleted =
        json!({"step": "delete_group_offsets", "group": plan.id("b", "group"), "topic": topics.own});
    plan.fails("deletes offsets of another's group", "alice", deleted, GROUP);
}

fn cluster(plan: &mut Plan, target: &Target, topics: &Topics) {
    let elect = json!({"step": "elect_leaders", "topic": topics.own});
    plan.fails("tries elect_leaders", "alice", elect.clone(), CLUSTER);
    plan.fails("tries elect_leaders", "admin", elect, &["ELECTION_NOT_NEEDED"]);
    let allowed: &[(&str, Value)] = &[
        ("describe_quorum", json!({})),
        ("describe_log_dirs", json!({})),
        ("describe_config", json!({"type": "BROKER", "resource": "1"})),
        ("list_reassignments", json!({"topic": topics.own})),
        ("reassign_partition", json!({"topic": topics.own, "replicas": ["1"]})),
    ];
    for (step, wish) in allowed {
        let mut wish = wish.clone();
        wish["step"] = json!(step);
        plan.fails(&format!("tries {step}"), "alice", wish.clone(), CLUSTER);
        plan.works(&format!("tries {step}"), "admin", wish);
    }
    let unregister = json!({"step": "unregister_broker"});
    plan.fails("unregisters a broker", "alice", unregister.clone(), CLUSTER);
    plan.fails("unregisters a broker", "admin", unregister, &["BROKER_ID_NOT_REGISTERED"]);
    let feature = json!({"step": "update_feature", "feature": "group.version", "level": 1});
    plan.fails("updates a feature", "alice", feature, CLUSTER);
    let settings = json!({"step": "alter_config", "type": "BROKER", "resource": "", "key": "log.cleaner.threads", "value": "1"});
    plan.fails("changes the brokers", "alice", settings, CLUSTER);
    plan.works("describes features", "alice", json!({"step": "describe_features"}));
    if target.version == Version::CURRENT && plan.client == Client::Java {
        plan.fails("lists configured things", "alice", json!({"step": "list_config_resources"}), CLUSTER);
        plan.works("lists configured things", "admin", json!({"step": "list_config_resources"}));
    }
}

/// The broker's own security, which nobody here has a grant for: the gateway is no way around it.
fn security(plan: &mut Plan, topics: &Topics) {
    let steps: &[(&str, &'static [&'static str])] = &[
        ("describe_acls", CLUSTER),
        ("create_acl", CLUSTER),
        ("delete_acl", CLUSTER),
        ("describe_scram", CLUSTER),
        ("alter_scram", CLUSTER),
        ("alter_quota", CLUSTER),
        ("create_token", &["DELEGATION_TOKEN_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"]),
        ("renew_token", &["DELEGATION_TOKEN_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"]),
        ("expire_token", &["DELEGATION_TOKEN_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED"]),
    ];
    for who in ["alice", "admin"] {
        for (step, error) in steps {
            let wish = json!({
                "step": step, "topic": topics.own, "principal": "alice", "user": "alice", "password": "taken over",
            });
            // Reading what quotas and credentials there are is part of describing the cluster.
            if who == "admin" && *step == "describe_scram" {
                continue;
            }
            plan.fails(&format!("tries {step}"), who, wish, error);
        }
    }
}

fn newer_groups(plan: &mut Plan) {
    let (own, others) = (plan.id("a", "share"), plan.id("b", "share"));
    let shared = plan.id("a", "shared");
    for step in ["describe_share_group", "share_offsets", "alter_share_offsets", "delete_share_offsets"] {
        let on = |group: &str| json!({"step": step, "group": group, "topic": shared});
        plan.works(&format!("tries {step}"), "alice", on(&own));
        plan.fails(&format!("tries {step} on another's"), "alice", on(&others), GROUP);
    }
    plan.fails(
        "deletes another's share group",
        "alice",
        json!({"step": "delete_share_group", "group": others}),
        GROUP,
    );
    plan.works("deletes her share group", "alice", json!({"step": "delete_share_group", "group": own}));
    let (own, others) = (plan.id("a", "app4"), plan.id("b", "app4"));
    for step in ["describe_streams_group", "streams_offsets"] {
        plan.works(&format!("tries {step}"), "alice", json!({"step": step, "group": own}));
        plan.fails(
            &format!("tries {step} on another's"),
            "alice",
            json!({"step": step, "group": others}),
            GROUP,
        );
    }
    let terminate = json!({"step": "terminate_transaction", "transactional_id": plan.id("b", "transaction")});
    plan.fails("terminates another's transaction", "alice", terminate, TRANSACTION);
    let group_config = json!({
        "step": "alter_config", "type": "GROUP", "resource": plan.id("b", "group"),
        "key": "share.auto.offset.reset", "value": "earliest",
    });
    plan.fails("configures another's group", "alice", group_config, GROUP);
}
