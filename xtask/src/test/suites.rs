//! The test programs: which are quick and self-contained, and which need brokers.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{cargo, cargo_command};

/// Integration tests whose names start with this run real brokers, and belong to the part `kafka`.
const BROKER_TESTS: &str = "kafka_";

/// Documentation tests, then unit and property tests.
pub(super) fn unit(root: &Path) -> Result<()> {
    let (_, own): (Vec<_>, Vec<_>) = test_targets(root)?.into_iter().partition(|name| is_broker_test(name));
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast", "--lib", "--bins"];
    for name in &own {
        arguments.extend(["--test", name]);
    }
    // Both run whatever the first comes to, so that one failure does not hide others.
    let documentation = cargo(root, &["test", "--workspace", "--no-fail-fast", "--doc"]);
    let rest = cargo(root, &arguments);
    documentation.and(rest)
}

/// Everything that starts brokers.
pub(super) fn kafka(root: &Path) -> Result<()> {
    let names: Vec<_> = test_targets(root)?.into_iter().filter(|name| is_broker_test(name)).collect();
    if names.is_empty() {
        bail!("there is no test called `{BROKER_TESTS}*`");
    }
    let mut arguments = vec!["test", "--workspace", "--no-fail-fast"];
    for name in &names {
        arguments.extend(["--test", name]);
    }
    cargo(root, &arguments)
}

fn is_broker_test(name: &str) -> bool {
    name.starts_with(BROKER_TESTS)
}

/// The names of all integration tests of the workspace.
fn test_targets(root: &Path) -> Result<Vec<String>> {
    let metadata = cargo_command(root, &["metadata", "--no-deps", "--format-version", "1"]).output()?;
    if !metadata.status.success() {
        bail!(
            "`cargo metadata` ended with {}: {}",
            metadata.status,
            String::from_utf8_lossy(&metadata.stderr)
        );
    }
    let metadata: Value = serde_json::from_slice(&metadata.stdout)?;
    let mut names = Vec::new();
    for package in list(&metadata, "packages")? {
        for target in list(package, "targets")? {
            if list(target, "kind")?.iter().any(|kind| kind == "test") {
                let name = target.get("name").and_then(Value::as_str).context("a target without a name")?;
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn list<'a>(value: &'a Value, field: &str) -> Result<&'a Vec<Value>> {
    value.get(field).and_then(Value::as_array).with_context(|| format!("`cargo metadata` has no `{field}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_has_tests_with_brokers_and_they_are_told_apart() {
        let names = test_targets(&crate::root().unwrap()).unwrap();
        assert!(names.iter().any(|name| is_broker_test(name)), "{names:?}");
    }
}
