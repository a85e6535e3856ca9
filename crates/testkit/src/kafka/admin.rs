//! The super user's tool: one Java process that takes commands as long as the cluster lives.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use super::config::Plan;
use super::node;
use crate::process::tail;

/// Commands go to the brokers directly, as super user, past any gateway.
#[derive(Debug)]
pub struct Admin {
    // INVARIANT: one command is answered before the next is sent, so the lock spans both.
    conversation: Mutex<Conversation>,
}

impl Admin {
    pub(super) fn start(plan: &Plan, classpath: &str) -> Result<Self> {
        let log = plan.home.join("admin.log");
        let mut child = Command::new("java")
            .args(node::QUICK_START)
            .arg("-Xmx96m")
            .arg(format!("-Dlog4j.configuration=file:{}", plan.home.join("log4j.properties").display()))
            .args(["-cp", classpath, "Admin"])
            .arg(plan.home.join("admin.properties"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .context("cannot start `java`")?;
        let commands = child.stdin.take().context("no way to send commands")?;
        let answers = BufReader::new(child.stdout.take().context("no way to read answers")?);
        Ok(Self { conversation: Mutex::new(Conversation { child, commands, answers, log }) })
    }

    /// Creates a topic with one replica per partition, waits for its leaders, and returns its id as Kafka prints it.
    pub fn create_topic(&self, name: &str, partitions: u32) -> Result<String> {
        self.create_topic_with(name, partitions, 1, &[])
    }

    /// As [`Admin::create_topic`], with replicas and topic configuration.
    pub fn create_topic_with(
        &self,
        name: &str,
        partitions: u32,
        replicas: u16,
        configs: &[(&str, &str)],
    ) -> Result<String> {
        let configs: serde_json::Map<_, _> =
            configs.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
        text(self.ask(
            &json!({"do": "create-topic", "name": name, "partitions": partitions, "replicas": replicas, "configs": configs}),
        )?)
    }

    /// Deletes a topic.
    pub fn delete_topic(&self, name: &str) -> Result<()> {
        self.tell(&json!({"do": "delete-topic", "name": name}))
    }

    /// The names of all topics that are not internal.
    pub fn topics(&self) -> Result<Vec<String>> {
        list(self.ask(&json!({"do": "topics"}))?, text)
    }

    /// The names of the topics somebody else sees, over a connection of their own with these Java client properties.
    ///
    /// Fails when they cannot log in. The properties need a `bootstrap.servers`.
    pub fn topics_as(&self, properties: &str) -> Result<Vec<String>> {
        list(self.ask(&json!({"do": "topics-as", "properties": properties}))?, text)
    }

    /// The id of a topic, as Kafka prints it.
    pub fn topic_id(&self, name: &str) -> Result<String> {
        let topic = self.ask(&json!({"do": "describe-topic", "name": name}))?;
        text(topic.get("id").cloned().unwrap_or_default())
    }

    /// The node that leads each partition of a topic; -1 where none does.
    pub fn leaders(&self, topic: &str) -> Result<Vec<i64>> {
        let topic = self.ask(&json!({"do": "describe-topic", "name": topic}))?;
        list(topic.get("leaders").cloned().unwrap_or_default(), number)
    }

    /// Adds a native access control entry.
    pub fn add_acl(&self, acl: &Acl<'_>) -> Result<()> {
        self.tell(&acl.command("add-acl"))
    }

    /// Removes a native access control entry.
    pub fn remove_acl(&self, acl: &Acl<'_>) -> Result<()> {
        self.tell(&acl.command("remove-acl"))
    }

    /// Lets a user log in with SCRAM, or changes the password.
    pub fn put_user(&self, name: &str, password: &str) -> Result<()> {
        self.tell(&json!({"do": "put-user", "name": name, "password": password}))
    }

    /// Takes a user's SCRAM credentials away.
    pub fn delete_user(&self, name: &str) -> Result<()> {
        self.tell(&json!({"do": "delete-user", "name": name}))
    }

    /// Sets one configuration of a `TOPIC`, `BROKER`, `GROUP` or `CLIENT_METRICS` resource.
    pub fn set_config(&self, resource: &str, name: &str, key: &str, value: &str) -> Result<()> {
        self.tell(
            &json!({"do": "set-config", "resource": resource, "name": name, "key": key, "value": value}),
        )
    }

    /// All configurations of a resource, as a JSON object.
    pub fn configs(&self, resource: &str, name: &str) -> Result<Value> {
        self.ask(&json!({"do": "configs", "resource": resource, "name": name}))
    }

    /// The offset after the last record of each partition.
    pub fn end_offsets(&self, topic: &str) -> Result<Vec<i64>> {
        list(self.ask(&json!({"do": "end-offsets", "name": topic}))?, number)
    }

    /// The names of all groups.
    pub fn groups(&self) -> Result<Vec<String>> {
        list(self.ask(&json!({"do": "groups"}))?, text)
    }

    /// Writes one record and returns its offset.
    pub fn produce(&self, topic: &str, key: Option<&str>, value: &str) -> Result<i64> {
        number(self.ask(&json!({"do": "produce", "name": topic, "key": key, "value": value}))?)
    }

    /// Every record a topic holds.
    pub fn records(&self, topic: &str) -> Result<Vec<Record>> {
        list(self.ask(&json!({"do": "records", "name": topic, "from": 0}))?, |record| {
            let field = |name: &str| record.get(name).cloned().unwrap_or_default();
            Ok(Record {
                partition: number(field("partition"))?,
                offset: number(field("offset"))?,
                key: field("key").as_str().map(str::to_owned),
                value: field("value").as_str().map(str::to_owned),
            })
        })
    }

    /// The id of the active controller, as brokers name it to clients.
    pub fn controller(&self) -> Result<i64> {
        number(self.ask(&json!({"do": "controller"}))?)
    }

    /// Sends one command of `java/Admin.java` and returns its answer.
    pub fn ask(&self, command: &Value) -> Result<Value> {
        let mut conversation = self.conversation.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answer = conversation.exchange(command)?;
        match answer.get("error").and_then(Value::as_str) {
            Some(error) => bail!("`{command}`: {error}"),
            None => Ok(answer.get_mut("ok").map(Value::take).unwrap_or_default()),
        }
    }

    fn tell(&self, command: &Value) -> Result<()> {
        self.ask(command).map(drop)
    }
}

/// A native access control entry.
#[derive(Clone, Copy, Debug)]
pub struct Acl<'a> {
    /// Who, for example `User:alice`.
    pub principal: &'a str,
    /// What kind of thing.
    pub resource: Resource,
    /// Its name, or how its name starts.
    pub name: &'a str,
    /// How to read `name`.
    pub pattern: Pattern,
    /// What may be done with it, in Kafka's words: `READ`, `WRITE`, `DESCRIBE`, `ALL` and so on.
    pub operation: &'a str,
    /// `ALLOW` or `DENY`.
    pub permission: &'a str,
}

impl<'a> Acl<'a> {
    /// Allows `principal` the `operation` on the resource of exactly this name.
    pub fn allow(principal: &'a str, operation: &'a str, resource: Resource, name: &'a str) -> Self {
        Self { principal, resource, name, pattern: Pattern::Literal, operation, permission: "ALLOW" }
    }

    fn command(&self, verb: &str) -> Value {
        json!({
            "do": verb,
            "principal": self.principal,
            "resource": self.resource.word(),
            "name": self.name,
            "pattern": self.pattern.word(),
            "operation": self.operation,
            "permission": self.permission,
        })
    }
}

/// What an access control entry is about.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "Kafka's own words")]
pub enum Resource {
    Topic,
    Group,
    Cluster,
    TransactionalId,
    DelegationToken,
    User,
}

impl Resource {
    fn word(self) -> &'static str {
        match self {
            Self::Topic => "TOPIC",
            Self::Group => "GROUP",
            Self::Cluster => "CLUSTER",
            Self::TransactionalId => "TRANSACTIONAL_ID",
            Self::DelegationToken => "DELEGATION_TOKEN",
            Self::User => "USER",
        }
    }
}

/// How the name in an access control entry is read.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// The whole name; `*` means any.
    Literal,
    /// The beginning of a name.
    Prefixed,
}

impl Pattern {
    fn word(self) -> &'static str {
        match self {
            Self::Literal => "LITERAL",
            Self::Prefixed => "PREFIXED",
        }
    }
}

/// A stored record, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "Kafka's own words")]
pub struct Record {
    pub partition: i64,
    pub offset: i64,
    pub key: Option<String>,
    pub value: Option<String>,
}

#[derive(Debug)]
struct Conversation {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    log: PathBuf,
}

impl Conversation {
    fn exchange(&mut self, command: &Value) -> Result<Value> {
        writeln!(self.commands, "{command}").context("the administrator is gone")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| {
            let log = fs::read_to_string(&self.log).unwrap_or_default();
            format!("the administrator said `{line}`\n{}", tail(&log))
        })
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(value: Value) -> Result<String> {
    value.as_str().map(str::to_owned).ok_or_else(|| anyhow!("`{value}` is not a text"))
}

fn number(value: Value) -> Result<i64> {
    value.as_i64().ok_or_else(|| anyhow!("`{value}` is not a number"))
}

fn list<T>(value: Value, read: impl Fn(Value) -> Result<T>) -> Result<Vec<T>> {
    match value {
        Value::Array(items) => items.into_iter().map(read).collect(),
        other => Err(anyhow!("`{other}` is not a list")),
    }
}
