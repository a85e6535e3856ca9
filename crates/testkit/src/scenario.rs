//! Other people's Kafka clients, unchanged, led through a script of steps.
//!
//! The programs live in `conformance/kafka`. Each reads a script and prints one line of JSON per step: whether it
//! worked, and if not, Kafka's name for the error. One process runs a whole script, because starting a Java process
//! costs more than most steps.
//!
//! ```no_run
//! use serde_json::json;
//! use tidegate_testkit::scenario::{Client, Script};
//! let mut script = Script::new();
//! script.caller("alice", json!({"mechanism": "NONE", "bootstrap": "localhost:9092"}));
//! script.step("hello", "alice", json!({"step": "produce", "topic": "greetings", "values": ["hello"]}));
//! assert!(Client::Python.run(&script)?.is_ok("hello"));
//! # anyhow::Ok(())
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use crate::kafka::{self, Version};
use crate::process::Program;
use crate::{clients, maven};

/// A client library in a version of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// Apache's Java client 4.3.1, with Kafka Streams and the command line tools.
    Java,
    /// The same of the older line, 3.9.2.
    OlderJava,
    /// librdkafka, through confluent-kafka.
    Python,
    /// kafkajs.
    Node,
    /// franz-go.
    Go,
}

impl Client {
    /// Every client there is a program for.
    pub const ALL: &[Self] = &[Self::Java, Self::OlderJava, Self::Python, Self::Node, Self::Go];

    /// A short name, fit for topics and groups.
    pub fn name(self) -> &'static str {
        match self {
            Self::Java => "java-4.3",
            Self::OlderJava => "java-3.9",
            Self::Python => "librdkafka",
            Self::Node => "kafkajs",
            Self::Go => "franz-go",
        }
    }

    /// Runs the whole script and returns what every step came to.
    pub fn run(self, script: &Script) -> Result<Answers> {
        let scratch = tempfile::tempdir()?;
        let file = scratch.path().join("script.json");
        fs::write(&file, script.text())?;
        let finished = self.program(scratch.path())?.arg(&file).timeout(RUN_TIMEOUT).run()?;
        let output = finished.output();
        let finished = finished.success()?;
        let answers = finished.stdout.lines().map(Answer::parse).collect::<Result<Vec<_>>>()?;
        Ok(Answers { client: self, answers, output })
    }

    /// Fetches and builds what the client needs, so that the first run is as quick as the others.
    pub fn prepare(self) -> Result<()> {
        self.program(Path::new(".")).map(drop)
    }

    fn program(self, scratch: &Path) -> Result<Program> {
        match self {
            Self::Java => java(Version::V4_3, &["src", "src-4.3"], scratch),
            Self::OlderJava => java(Version::V3_9, &["src"], scratch),
            Self::Python => Ok(Program::new(clients::python()?).arg(folder("python").join("scenario.py"))),
            Self::Node => {
                let modules = clients::node_modules(&folder("node"))?;
                Ok(Program::new("node").arg(folder("node").join("scenario.js")).env("NODE_PATH", modules))
            }
            Self::Go => Ok(Program::new(clients::go(&folder("go"))?)),
        }
    }
}

/// Who connects, and what they try, in order.
#[derive(Clone, Debug)]
pub struct Script(Value);

impl Script {
    /// A script without callers or steps.
    pub fn new() -> Self {
        Self(json!({"callers": {}, "steps": []}))
    }

    /// Adds a caller: `mechanism` (`NONE`, `MTLS` or a SASL mechanism), `bootstrap`, and as the mechanism needs
    /// `username`, `password`, `token_file`, `ca`, `certificate` and `key`, the last three as paths.
    pub fn caller(&mut self, name: &str, caller: Value) -> &mut Self {
        if let Some(callers) = self.0.get_mut("callers").and_then(Value::as_object_mut) {
            callers.insert(name.to_owned(), caller);
        }
        self
    }

    /// Adds a step called `name`, done as the caller `who`. What it is and does is in the wish's `step` and its
    /// other fields.
    pub fn step(&mut self, name: &str, who: &str, mut wish: Value) -> &mut Self {
        if let Some(fields) = wish.as_object_mut() {
            fields.insert("name".to_owned(), json!(name));
            fields.insert("as".to_owned(), json!(who));
        }
        if let Some(steps) = self.0.get_mut("steps").and_then(Value::as_array_mut) {
            steps.push(wish);
        }
        self
    }

    /// Adds a run of one of Apache's command line tools, by its main class. In the arguments `{bootstrap}` stands
    /// for the address and `{config}` for a file with the caller's properties.
    pub fn tool(&mut self, name: &str, who: &str, main: &str, args: &[&str], stdin: &str) -> &mut Self {
        self.step(name, who, json!({"step": "tool", "main": main, "args": args, "stdin": stdin}))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl Default for Script {
    fn default() -> Self {
        Self::new()
    }
}

/// What the steps of one run came to.
#[derive(Clone, Debug)]
pub struct Answers {
    client: Client,
    answers: Vec<Answer>,
    /// Everything the program wrote, to be searched for what must not be there.
    pub output: String,
}

impl Answers {
    /// The answer to the step called `name`.
    pub fn of(&self, name: &str) -> Result<&Answer> {
        let found = self.answers.iter().find(|answer| answer.name == name);
        found.ok_or_else(|| anyhow!("{}: no answer to `{name}`", self.client.name()))
    }

    /// Whether the step called `name` was answered and worked.
    pub fn is_ok(&self, name: &str) -> bool {
        self.of(name).is_ok_and(|answer| answer.ok)
    }

    /// Every answer, in the order of the steps.
    pub fn iter(&self) -> impl Iterator<Item = &Answer> {
        self.answers.iter()
    }
}

/// What one step came to.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The step's name.
    pub name: String,
    /// Whether it worked.
    pub ok: bool,
    /// Kafka's name for the error, or what the client calls its own; empty when it worked.
    pub error: String,
    /// What the step found out, or the error's text.
    pub detail: Value,
    /// How long it took.
    pub time: Duration,
}

impl Answer {
    fn parse(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line).with_context(|| format!("not an answer: `{line}`"))?;
        let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self {
            name: text("step"),
            ok: value.get("ok").and_then(Value::as_bool).context("an answer without `ok`")?,
            error: text("error"),
            detail: value.get("detail").cloned().unwrap_or_default(),
            time: Duration::from_millis(value.get("millis").and_then(Value::as_u64).unwrap_or_default()),
        })
    }

    /// The values that a step read, sorted.
    pub fn values(&self) -> Vec<String> {
        let values =
            self.detail.get("values").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn java(version: Version, sources: &[&str], scratch: &Path) -> Result<Program> {
    let number = version.number();
    let streams = format!("org.apache.kafka:kafka-streams:{number}");
    let mut path = format!("{}:{}", kafka::classpath(version)?, maven::classpath(&[&streams])?);
    for folder_name in sources {
        let classes = maven::compile(&folder("java").join(folder_name), &path)?;
        path = format!("{}:{path}", classes.display());
    }
    let options = [
        "-Xmx384m".to_owned(),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error".to_owned(),
        format!("-Dlog4j.configuration=file:{}", folder("java").join("log4j.properties").display()),
        format!("-Djava.io.tmpdir={}", scratch.display()),
    ];
    Ok(kafka::java(&path, &options, "scenario.Main"))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/kafka").join(name)
}

/// A whole script, with every step waiting as long as it may, should not take longer.
const RUN_TIMEOUT: Duration = Duration::from_secs(400);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_from_its_line() {
        let line = r#"{"step":"read","ok":true,"detail":{"values":["a","b"]},"millis":12}"#;
        let answer = Answer::parse(line).unwrap();
        assert!(answer.ok);
        assert_eq!(answer.values(), ["a", "b"]);
    }

    #[test]
    fn an_answer_that_does_not_say_how_it_went_is_an_error() {
        assert!(Answer::parse(r#"{"step":"read"}"#).is_err());
        assert!(Answer::parse("Exception in thread main").is_err());
    }

    #[test]
    fn a_step_nobody_answered_did_not_work() {
        let answers = Answers { client: Client::Go, answers: Vec::new(), output: String::new() };
        assert!(!answers.is_ok("read"));
        assert!(answers.of("read").unwrap_err().to_string().contains("franz-go"));
    }
}
