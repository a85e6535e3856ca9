//! `tidegate demo`, as a newcomer runs it: every attempt must come out as told.
#![cfg(feature = "sandbox")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod story;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use story::{Line, check_order, lines};

#[test]
fn every_attempt_on_the_sandbox_comes_out_as_told() {
    let told = lines(Command::new(env!("CARGO_BIN_EXE_tidegate")).args(["demo", "--output", "json"]));
    for Line { scenario, expected, observed, ok } in &told {
        assert!(ok, "{scenario}: expected `{expected}`, observed `{observed}`");
    }
    check_order(&told);
    let observed = |scenario: &str| &told.iter().find(|line| line.scenario == scenario).unwrap().observed;
    // The sandbox has no security of its own, so every attack works there: otherwise the demo shows nothing.
    for line in told.iter().filter(|line| line.scenario.ends_with("/bare-broker")) {
        assert!(line.observed.starts_with("succeeded: "), "{}: {}", line.scenario, line.observed);
    }
    // Each refusal is for the reason that the story tells, and not for some other.
    for (scenario, reason) in [
        ("spoofed-producer/gateway", "guardrail `command-producer`"),
        ("unauthorised-consumer/gateway", "no grant lets `search-indexer`"),
        ("lateral-move/gateway", "no grant lets `billing-worker`"),
        ("anonymous-client/gateway", "before authentication"),
        ("stolen-token/gateway", "certificate"),
        ("stolen-token-without-certificate/gateway", "certificate"),
        ("revoked-principal/gateway", "revoked"),
        ("revoked-principal-again/gateway", "revoked"),
    ] {
        assert!(observed(scenario).contains(reason), "{scenario}: {}", observed(scenario));
    }
}

#[test]
fn a_cluster_that_is_not_there_is_an_error_and_no_wait_without_end() {
    let output = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["demo", "--bootstrap", "127.0.0.1:1", "--output", "json"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("cannot reach the cluster at `127.0.0.1:1`"), "{error}");
}

#[test]
fn keep_stays_up_with_commands_to_try_and_leaves_nothing_behind() {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["demo", "--keep", "--output", "json"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    for line in BufReader::new(demo.stderr.take().unwrap()).lines() {
        told += &line.unwrap();
        told.push('\n');
        if told.contains("--readers") {
            break;
        }
    }
    // Configurations that are named must be there, and the gateway must answer.
    let words = || told.split_whitespace();
    let named: Vec<_> =
        words().filter(|word| word.ends_with(".kcat") || word.ends_with(".properties")).collect();
    assert!(named.len() >= 5, "{told}");
    for file in &named {
        assert!(PathBuf::from(file).is_file(), "{file}");
    }
    let configuration = words().find(|word| word.ends_with("/tidegate.yaml")).unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["status", "--config", configuration])
        .output()
        .unwrap();
    let kill = format!("kill -TERM {}", demo.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    assert!(demo.wait().unwrap().success());
    assert!(status.status.success(), "{status:?}");
    assert!(!PathBuf::from(configuration).parent().unwrap().exists(), "the folder is left over");
}
