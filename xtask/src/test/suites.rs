//! The test programs: which are quick and self-contained, and which need brokers.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tidegate_testkit::kafka::{self as brokers, Version};
use tidegate_testkit::scenario::Client;

use super::{cargo, cargo_command};

/// Integration tests whose names start with this run real brokers, and belong to the part `kafka`.
const BROKER_TESTS: &str = "kafka_";

/// Except in these packages, which only compute and could not reach a broker.
const PURE: &[&str] = &["tidegate-model", "tidegate-wire"];

/// Documentation tests, then unit and property tests.
pub(super) fn unit(root: &Path) -> Result<()> {
    let targets = test_targets(root)?;
    let own = targets.iter().filter(|target| !target.needs_brokers());
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast", "--lib", "--bins"];
    for target in own {
        arguments.extend(["--test", &target.name]);
    }
    // Both run whatever the first comes to, so that one failure does not hide others.
    let documentation = cargo(root, &["test", "--workspace", "--no-fail-fast", "--doc"]);
    let rest = cargo(root, &arguments);
    documentation.and(rest)
}

/// Everything that starts brokers.
pub(super) fn kafka(root: &Path) -> Result<()> {
    let mut targets = test_targets(root)?;
    targets.retain(Target::needs_brokers);
    if targets.is_empty() {
        bail!("there is no test called `{BROKER_TESTS}*`");
    }
    fetch()?;
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast"];
    for target in &targets {
        arguments.extend(["--test", &target.name]);
    }
    cargo(root, &arguments)
}

/// Brings everything the tests start into the cache, so that a failed download is reported as one.
fn fetch() -> Result<()> {
    for version in [Version::CURRENT, Version::OLDER] {
        brokers::classpath(version)
            .with_context(|| format!("cannot fetch Apache Kafka {}", version.number()))?;
    }
    for client in Client::ALL {
        client.prepare().with_context(|| format!("cannot fetch the client `{}`", client.name()))?;
    }
    Ok(())
}

/// An integration test.
#[derive(Debug)]
struct Target {
    package: String,
    name: String,
}

impl Target {
    fn needs_brokers(&self) -> bool {
        self.name.starts_with(BROKER_TESTS) && !PURE.contains(&self.package.as_str())
    }
}

/// All integration tests of the workspace.
fn test_targets(root: &Path) -> Result<Vec<Target>> {
    let metadata = cargo_command(root, &["metadata", "--no-deps", "--format-version", "1"]).output()?;
    if !metadata.status.success() {
        bail!(
            "`cargo metadata` ended with {}: {}",
            metadata.status,
            String::from_utf8_lossy(&metadata.stderr)
        );
    }
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    let mut found = Vec::new();
    for package in list(&metadata, "packages")? {
        for target in list(package, "targets")? {
            if list(target, "kind")?.iter().any(|kind| kind == "test") {
                found.push(Target { package: name_of(package)?, name: name_of(target)? });
            }
        }
    }
    Ok(found)
}

fn name_of(value: &Value) -> Result<String> {
    Ok(value
        .get("name")
        .and_then(Value::as_str)
        .context("`cargo metadata` has something without a name")?
        .to_owned())
}

fn list<'a>(value: &'a Value, field: &str) -> Result<&'a Vec<Value>> {
    value.get(field).and_then(Value::as_array).with_context(|| format!("`cargo metadata` has no `{field}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_with_brokers_are_told_from_the_others() {
        for (package, name, expected) in [
            ("tidegate", "kafka_clients", true),
            ("tidegate-gateway", "kafka_attacks", true),
            ("tidegate", "commands", false),
            ("tidegate-wire", "kafka_judge", false),
        ] {
            let target = Target { package: package.to_owned(), name: name.to_owned() };
            assert_eq!(target.needs_brokers(), expected, "{target:?}");
        }
    }

    #[test]
    fn the_workspace_has_tests_with_brokers_and_others() {
        let targets = test_targets(&crate::root().unwrap()).unwrap();
        assert!(targets.iter().any(Target::needs_brokers), "{targets:?}");
        assert!(!targets.iter().all(Target::needs_brokers), "{targets:?}");
    }
}
