//! A script for one client, with what each step must come to.

use serde_json::Value;
use tidegate_testkit::scenario::{Answer, Answers, Client, Script};

use crate::world::{Target, World};

type Check = Box<dyn Fn(&Answer) -> Result<(), String>>;

/// What one client does, and what must come of it.
pub(crate) struct Plan {
    pub(crate) client: Client,
    script: Script,
    expected: Vec<(String, Check)>,
    label: String,
}

impl Plan {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, script: Script::new(), expected: Vec::new(), label: String::new() }
    }

    /// From here on, steps are about `target`.
    pub(crate) fn about(&mut self, target: &Target) {
        self.label = target.name();
    }

    /// Adds a caller whose name steps use, distinct per target.
    pub(crate) fn caller(&mut self, name: &str, caller: Value) {
        let name = self.named(name);
        self.script.caller(&name, caller);
    }

    /// A topic, group or transactional id of this client at this target.
    pub(crate) fn id(&self, stem: &str, rest: &str) -> String {
        let label = self.label.replace('.', "");
        let client = self.client.name().replace('.', "");
        format!("{stem}-{client}-{label}{}{rest}", if rest.is_empty() { "" } else { "-" })
    }

    /// The step must work.
    pub(crate) fn works(&mut self, name: &str, who: &str, wish: Value) {
        self.check(name, who, wish, |_| Ok(()));
    }

    /// The step must work and read exactly these values.
    pub(crate) fn reads(&mut self, name: &str, who: &str, wish: Value, values: &[&str]) {
        let mut values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
        values.sort();
        self.check(name, who, wish, move |answer| match answer.values() {
            read if read == values => Ok(()),
            read => Err(format!("read {read:?} instead of {values:?}")),
        });
    }

    /// The step must work and pass `check`.
    pub(crate) fn check(
        &mut self,
        name: &str,
        who: &str,
        wish: Value,
        check: impl Fn(&Answer) -> Result<(), String> + 'static,
    ) {
        self.step(name, who, wish, move |answer| match answer.ok {
            true => check(answer),
            false => Err(format!("failed with {}: {}", answer.error, answer.detail)),
        });
    }

    /// The step must fail with one of these errors, in Kafka's words.
    pub(crate) fn fails(&mut self, name: &str, who: &str, wish: Value, errors: &'static [&'static str]) {
        self.step(name, who, wish, move |answer| match answer.ok {
            true => Err(format!("worked, with {}", answer.detail)),
            false if errors.iter().any(|error| *error == in_kafkas_words(&answer.error, error)) => Ok(()),
            false => Err(format!("failed with {} instead of {errors:?}: {}", answer.error, answer.detail)),
        });
    }

    /// The step is done, and its answer passes `check` whether or not it worked.
    pub(crate) fn step(
        &mut self,
        name: &str,
        who: &str,
        wish: Value,
        check: impl Fn(&Answer) -> Result<(), String> + 'static,
    ) {
        let name = format!("{}: {who}: {name}", self.label);
        assert!(self.expected.iter().all(|(known, _)| *known != name), "two steps are called `{name}`");
        let who = self.named(who);
        self.script.step(&name, &who, wish);
        self.expected.push((name, Box::new(check)));
    }

    /// Runs everything and fails with all that came out otherwise.
    pub(crate) fn run(self, world: &World) -> Answers {
        let answers = self.client.run(&self.script).unwrap_or_else(|error| {
            panic!("{error:#}\n--- gateway\n{}", world.gateway_log());
        });
        let mut wrong = Vec::new();
        for (name, check) in &self.expected {
            let answer = answers.of(name).unwrap();
            if let Err(why) = check(answer) {
                wrong.push(format!("{name}: {why} ({:?})", answer.time));
            }
        }
        assert!(
            wrong.is_empty(),
            "{}: {} of {} steps came out otherwise:\n{}\n--- gateway\n{}",
            self.client.name(),
            wrong.len(),
            self.expected.len(),
            wrong.join("\n"),
            world.gateway_log(),
        );
        world.assert_no_upstream_address(&answers.output);
        answers
    }

    fn named(&self, name: &str) -> String {
        format!("{}/{name}", self.label)
    }
}

/// Clients have names of their own for some errors; what stands for `expected` is translated to it.
fn in_kafkas_words<'a>(error: &'a str, expected: &'a str) -> &'a str {
    match (error, expected) {
        ("_AUTHENTICATION" | "KafkaJSSASLAuthenticationError", "SASL_AUTHENTICATION_FAILED")
        // kafkajs keeps to itself why it was told no coordinator.
        | (
            "KafkaJSGroupCoordinatorNotFound",
            "GROUP_AUTHORIZATION_FAILED" | "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        )
        // librdkafka looks for the leader of a partition it was told nothing about.
        | ("_NOENT", "TOPIC_AUTHORIZATION_FAILED") => expected,
        _ => error,
    }
}
