//! Apache's command line tools, each as its own main class, as alice and as the operator.

use tidegate_testkit::scenario::{Answer, Client};

use crate::plan::Plan;
use crate::records::Topics;
use crate::world::Target;

/// Adds what must be long past when the other steps are done, because every broker has to learn of a new topic.
pub(crate) fn begin(plan: &mut Plan, target: &Target) {
    if Tools::of(plan, target).is_some() {
        let made = plan.id("a", "tool");
        let create = ["--create", "--topic", &made, "--partitions", "1"];
        tool(plan, "kafka-topics creates", "alice", TOPICS, &create, prints(&[]));
    }
}

/// Adds the steps for `target`, after those of [`crate::records::add`].
pub(crate) fn add(plan: &mut Plan, target: &Target) {
    let Some(tools) = Tools::of(plan, target) else { return };
    let topics = Topics::of(plan);
    topic_tools(plan, &topics);
    console(plan, &tools, &topics);
    group_tools(plan, &tools, &topics);
    cluster_tools(plan, &tools);
}

/// Main classes that moved between the versions.
struct Tools {
    acls: &'static str,
    producer: &'static str,
    versions: &'static str,
    shares: Option<&'static str>,
}

impl Tools {
    /// The tools come with the Java client of the brokers' own version.
    fn of(plan: &Plan, target: &Target) -> Option<Self> {
        match plan.client {
            Client::Java if target.is_current() => Some(Self::NEWER),
            Client::OlderJava if !target.is_current() => Some(Self::OLDER),
            _ => None,
        }
    }

    const NEWER: Self = Self {
        acls: "org.apache.kafka.tools.AclCommand",
        producer: "org.apache.kafka.tools.ConsoleProducer",
        versions: "org.apache.kafka.tools.BrokerApiVersionsCommand",
        shares: Some("org.apache.kafka.tools.consumer.group.ShareGroupCommand"),
    };
    const OLDER: Self = Self {
        acls: "kafka.admin.AclCommand",
        producer: "kafka.tools.ConsoleProducer",
        versions: "kafka.admin.BrokerApiVersionsCommand",
        shares: None,
    };
}

const TOPICS: &str = "org.apache.kafka.tools.TopicCommand";
const CONSUMER: &str = "org.apache.kafka.tools.consumer.ConsoleConsumer";
const GROUPS: &str = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
const CONFIGS: &str = "kafka.admin.ConfigCommand";

fn topic_tools(plan: &mut Plan, topics: &Topics) {
    let made = plan.id("a", "tool");
    let refused = plan.id("b", "tool");
    let create = ["--create", "--topic", &refused, "--partitions", "1"];
    tool(
        plan,
        "kafka-topics creates another's",
        "alice",
        TOPICS,
        &create,
        prints(&["TopicAuthorizationException"]),
    );
    tool(plan, "kafka-topics lists", "alice", TOPICS, &["--list"], {
        let hidden = topics.hidden.clone();
        let shown = prints(&[&made, &topics.own]);
        move |answer| shown(answer).and_then(|()| lacks(answer, &hidden))
    });
    tool(
        plan,
        "kafka-topics describes",
        "alice",
        TOPICS,
        &["--describe", "--topic", &made],
        prints(&[&made]),
    );
    let describe = ["--describe", "--topic", &topics.hidden];
    tool(plan, "kafka-topics describes another's", "alice", TOPICS, &describe, prints(&["does not exist"]));
    let describe = ["--describe", "--entity-type", "topics", "--entity-name", &made];
    tool(plan, "kafka-configs describes", "alice", CONFIGS, &describe, prints(&[&made]));
    let describe = ["--describe", "--entity-type", "brokers", "--entity-name", "1", "--all"];
    tool(
        plan,
        "kafka-configs describes a broker",
        "alice",
        CONFIGS,
        &describe,
        prints(&["ClusterAuthorizationException"]),
    );
    tool(plan, "kafka-configs describes a broker", "admin", CONFIGS, &describe, prints(&["log.retention"]));
    let offsets = ["--topic", topics.copy.as_str()];
    tool(
        plan,
        "kafka-get-offsets",
        "alice",
        "org.apache.kafka.tools.GetOffsetShell",
        &offsets,
        prints(&[&topics.copy]),
    );
    tool(plan, "kafka-topics deletes", "alice", TOPICS, &["--delete", "--topic", &made], prints(&[]));
}

fn console(plan: &mut Plan, tools: &Tools, topics: &Topics) {
    let config = ["--producer.config", "{config}"];
    let typed = |topic: &str| {
        [["--topic", topic].as_slice(), &config]
            .concat()
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    for (name, topic, expected) in [
        ("kafka-console-producer", &topics.own, vec![]),
        ("kafka-console-producer to another's", &topics.known, vec!["TopicAuthorizationException"]),
    ] {
        let arguments =
            [vec!["--bootstrap-server".to_owned(), "{bootstrap}".to_owned()], typed(topic)].concat();
        let wish = serde_json::json!({"step": "tool", "main": tools.producer, "args": arguments, "stdin": "typed\n"});
        plan.step(name, "alice", wish, prints(&expected));
    }
    let reading = |group: &str, topic: &str| {
        let words = [
            "--bootstrap-server",
            "{bootstrap}",
            "--topic",
            topic,
            "--group",
            group,
            "--from-beginning",
            "--max-messages",
            "3",
            "--timeout-ms",
            "10000",
            "--consumer.config",
            "{config}",
        ];
        serde_json::json!({"step": "tool", "main": CONSUMER, "args": words})
    };
    let own = reading(&plan.id("a", "console"), &topics.copy);
    plan.step("kafka-console-consumer", "alice", own, prints(&["w1", "total of 3 messages"]));
    let others = reading(&plan.id("b", "console"), &topics.copy);
    plan.step(
        "kafka-console-consumer as another's group",
        "alice",
        others,
        prints(&["GroupAuthorizationException"]),
    );
    let known = reading(&plan.id("a", "console"), &topics.known);
    plan.step(
        "kafka-console-consumer of a known topic",
        "alice",
        known,
        prints(&["TopicAuthorizationException"]),
    );
}

fn group_tools(plan: &mut Plan, tools: &Tools, topics: &Topics) {
    let (own, others) = (plan.id("a", "console"), plan.id("b", "group"));
    tool(plan, "kafka-consumer-groups lists", "alice", GROUPS, &["--list"], {
        let (own, others) = (own.clone(), others.clone());
        move |answer| prints(&[&own])(answer).and_then(|()| lacks(answer, &others))
    });
    let describe = |group: &str| ["--describe".to_owned(), "--group".to_owned(), group.to_owned()];
    let arguments = describe(&own);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    tool(plan, "kafka-consumer-groups describes", "alice", GROUPS, &arguments, prints(&[&own, &topics.copy]));
    let arguments = describe(&others);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let refused = prints(&["GroupAuthorizationException"]);
    tool(plan, "kafka-consumer-groups describes another's", "alice", GROUPS, &arguments, refused);
    if let Some(shares) = tools.shares {
        tool(plan, "kafka-share-groups lists", "admin", shares, &["--list"], prints(&[]));
    }
}

fn cluster_tools(plan: &mut Plan, tools: &Tools) {
    let refused = ["ClusterAuthorizationException"];
    let (transactions, own) = ("org.apache.kafka.tools.TransactionsCommand", plan.id("a", "transaction"));
    tool(plan, "kafka-transactions lists", "alice", transactions, &["list"], prints(&[&own]));
    for who in ["alice", "admin"] {
        tool(plan, "kafka-acls lists", who, tools.acls, &["--list"], prints(&refused));
    }
    let directories = "org.apache.kafka.tools.LogDirsCommand";
    tool(plan, "kafka-log-dirs", "alice", directories, &["--describe"], prints(&refused));
    tool(plan, "kafka-log-dirs", "admin", directories, &["--describe"], prints(&["logDirs"]));
    let quorum = "org.apache.kafka.tools.MetadataQuorumCommand";
    tool(plan, "kafka-metadata-quorum", "alice", quorum, &["describe", "--status"], prints(&refused));
    tool(plan, "kafka-metadata-quorum", "admin", quorum, &["describe", "--status"], prints(&["LeaderId"]));
    tool(
        plan,
        "kafka-features",
        "alice",
        "org.apache.kafka.tools.FeatureCommand",
        &["describe"],
        prints(&["metadata.version"]),
    );
    tool(
        plan,
        "kafka-broker-api-versions",
        "alice",
        tools.versions,
        &[],
        prints(&["Produce(0)", "Fetch(1)"]),
    );
}

/// A run of a tool that takes its address and configuration the usual way.
fn tool(
    plan: &mut Plan,
    name: &str,
    who: &str,
    main: &str,
    arguments: &[&str],
    check: impl Fn(&Answer) -> Result<(), String> + 'static,
) {
    let words = [["--bootstrap-server", "{bootstrap}", "--command-config", "{config}"].as_slice(), arguments]
        .concat();
    plan.step(name, who, serde_json::json!({"step": "tool", "main": main, "args": words}), check);
}

/// The tool must have printed all of `texts`, and nothing of an exception when that is not among them.
fn prints(texts: &[&str]) -> impl Fn(&Answer) -> Result<(), String> + 'static {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    move |answer| {
        let printed = answer.detail.to_string();
        let failing = texts.iter().any(|text| text.ends_with("Exception") || text == "does not exist");
        if let Some(missing) = texts.iter().find(|text| !printed.contains(text.as_str())) {
            return Err(format!("did not print `{missing}` but {printed}"));
        }
        match failing || answer.ok && !printed.contains("Exception") {
            true => Ok(()),
            false => Err(format!("printed {printed}")),
        }
    }
}

fn lacks(answer: &Answer, text: &str) -> Result<(), String> {
    match answer.detail.to_string().contains(text) {
        true => Err(format!("printed `{text}`")),
        false => Ok(()),
    }
}
