//! Which crate may depend on which. Dependencies point inwards, and this list is the only way to add one.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Each crate with those of ours it may use in what ships.
const ALLOWED: &[(&str, &[&str])] = &[
    ("tidegate-model", &[]),
    ("tidegate-wire", &["tidegate-model"]),
    ("tidegate-connect", &["tidegate-model", "tidegate-wire"]),
    ("tidegate-gateway", &["tidegate-model", "tidegate-wire", "tidegate-connect"]),
    ("tidegate", &["tidegate-model", "tidegate-wire", "tidegate-connect", "tidegate-gateway"]),
    ("tidegate-testkit", &[]),
    ("xtask", &["tidegate-testkit"]),
];

/// The crate tests may use on top of that.
const FOR_TESTS: &str = "tidegate-testkit";

/// Crates that only compute: no sockets, files, clock, randomness or async. None of these may be among what they use.
const PURE: &[&str] = &["tidegate-model", "tidegate-wire"];
const IMPURE: &[&str] = &[
    "tokio",
    "hyper",
    "hyper-util",
    "rustls",
    "tokio-rustls",
    "rustix",
    "rdkafka",
    "tempfile",
    "arc-swap",
    "tracing",
];

pub(super) fn check(root: &Path) -> Result<Vec<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .context("cannot start `cargo`")?;
    if !output.status.success() {
        bail!("`cargo metadata` ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(problems(&serde_json::from_slice(&output.stdout)?))
}

fn problems(metadata: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for package in items(metadata, "packages") {
        let name = word(package, "name");
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("crate `{name}` is not in the list of allowed edges"));
            continue;
        };
        for dependency in items(package, "dependencies") {
            let target = word(dependency, "name");
            let in_tests = word(dependency, "kind") == "dev";
            let ours = ALLOWED.iter().any(|(known, _)| *known == target);
            if ours && !allowed.contains(&target) && !(in_tests && target == FOR_TESTS) {
                problems.push(format!("crate `{name}` must not depend on `{target}`"));
            }
            if PURE.contains(&name) && !in_tests && IMPURE.contains(&target) {
                problems.push(format!("crate `{name}` only computes and must not depend on `{target}`"));
            }
        }
    }
    problems
}

fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn word<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check_edge(from: &str, to: &str, kind: Option<&str>, refused: bool) {
        let dependency = json!({"name": to, "kind": kind});
        let found = problems(&json!({"packages": [{"name": from, "dependencies": [dependency]}]}));
        assert_eq!(!found.is_empty(), refused, "{from} -> {to}: {found:?}");
    }

    #[test]
    fn edges_that_point_outwards_are_refused() {
        check_edge("tidegate-model", "tidegate-wire", None, true);
        check_edge("tidegate-wire", "tidegate-gateway", None, true);
        check_edge("tidegate-gateway", "tidegate", None, true);
        check_edge("tidegate", "tidegate-testkit", None, true);
        check_edge("tidegate-model", "tidegate-wire", Some("dev"), true);
        check_edge("tidegate-wire", "tokio", None, true);
        check_edge("something-new", "serde", None, true);
    }

    #[test]
    fn edges_that_point_inwards_are_allowed() {
        check_edge("tidegate-wire", "tidegate-model", None, false);
        check_edge("tidegate", "tidegate-testkit", Some("dev"), false);
        check_edge("tidegate-gateway", "tokio", None, false);
        check_edge("tidegate-wire", "tempfile", Some("dev"), false);
    }
}
