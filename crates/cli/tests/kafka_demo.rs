//! The story of `tidegate demo` on a real cluster with security of its own.
#![cfg(feature = "sandbox")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod story;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use story::{Line, check_order, lines};
use tempfile::TempDir;
use tidegate_testkit::kafka::{self, Cluster, Listener, SUPER_USER, SUPER_USER_PASSWORD};

/// A file of librdkafka properties for the secured cluster.
fn upstream(folder: &TempDir, cluster: &Cluster) -> PathBuf {
    let path = folder.path().join("cluster.properties");
    let text = format!(
        "# The super user of the test cluster\nsecurity.protocol=SASL_SSL\nssl.ca.location={}\n\
         sasl.mechanism=SCRAM-SHA-512\nsasl.username={SUPER_USER}\nsasl.password={SUPER_USER_PASSWORD}\n",
        cluster.authority_file().display()
    );
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_story_comes_out_the_same_on_a_secured_cluster() {
    let cluster = kafka::shared_secured().unwrap();
    let folder = TempDir::new().unwrap();
    let told = lines(
        Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["demo", "--output", "json", "--bootstrap", &cluster.bootstrap(Listener::Sasl)])
            .arg("--upstream-config")
            .arg(upstream(&folder, cluster)),
    );
    for Line { scenario, expected, observed, ok } in &told {
        assert!(ok, "{scenario}: expected `{expected}`, observed `{observed}`");
    }
    check_order(&told);
    let observed = |scenario: &str| &told.iter().find(|line| line.scenario == scenario).unwrap().observed;
    // What needs no credential at all is stopped by the cluster itself; what a shared credential may do is not.
    for (attack, answer) in [
        ("spoofed-producer", "succeeded"),
        ("unauthorised-consumer", "succeeded"),
        ("lateral-move", "succeeded"),
        ("anonymous-client", "refused"),
        ("stolen-token", "refused"),
    ] {
        let observed = observed(&format!("{attack}/bare-broker"));
        assert!(observed.starts_with(answer), "{attack}: {observed}");
    }
    let left = cluster.admin().unwrap().topics().unwrap();
    assert!(!left.iter().any(|topic| topic.starts_with("tidegate-demo-")), "{left:?}");
}

#[test]
fn a_wrong_password_for_the_cluster_is_said_and_never_shown() {
    let cluster = kafka::shared_secured().unwrap();
    let folder = TempDir::new().unwrap();
    let path = upstream(&folder, cluster);
    let text = fs::read_to_string(&path).unwrap().replace(SUPER_USER_PASSWORD, "not-the-password");
    fs::write(&path, text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["demo", "--bootstrap", &cluster.bootstrap(Listener::Sasl), "--upstream-config"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(error.contains("cannot reach the cluster"), "{error}");
    assert!(!out.contains("not-the-password") && !error.contains("not-the-password"));
}
