//! The brokers the other tests rely on: that they start, know their users, say no, and never outlive a test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;
use tidegate_testkit::kafka::{self, Acl, Cluster, Listener, Resource, SUPER_USER, SUPER_USER_PASSWORD};
use tidegate_testkit::oauth::Mint;
use tidegate_testkit::pki::Subject;
use tidegate_testkit::process::wait_for;

#[test]
fn a_plain_cluster_stores_what_is_written() {
    for cluster in [kafka::shared_plain().unwrap(), kafka::shared_plain_older().unwrap()] {
        let admin = cluster.admin().unwrap();
        admin.create_topic("orders", 2).unwrap();
        let offset = admin.produce("orders", Some("key"), "value").unwrap();
        assert_eq!(offset, 0);
        assert_eq!(admin.end_offsets("orders").unwrap().iter().sum::<i64>(), 1);
        assert_eq!(admin.records("orders").unwrap()[0].value.as_deref(), Some("value"));
    }
}

#[test]
fn a_secured_cluster_takes_its_users_by_every_mechanism() {
    for cluster in [kafka::shared_secured().unwrap(), kafka::shared_secured_older().unwrap()] {
        let authority = cluster.authority_file();
        for mechanism in ["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"] {
            let good = kafka::sasl_properties(&authority, mechanism, SUPER_USER, SUPER_USER_PASSWORD);
            topics(cluster, Listener::Sasl, &good).unwrap();
            let bad = kafka::sasl_properties(&authority, mechanism, SUPER_USER, "guess");
            let refused = topics(cluster, Listener::Sasl, &bad).unwrap_err();
            assert!(refused.contains("Authentication failed"), "{mechanism}: {refused}");
        }
    }
}

#[test]
fn kafkas_own_tools_run_against_it() {
    let cluster = kafka::shared_plain().unwrap();
    let listed = cluster
        .java("org.apache.kafka.tools.TopicCommand")
        .args(["--bootstrap-server", &cluster.bootstrap(Listener::Plain), "--list"])
        .run()
        .unwrap();
    listed.success().unwrap();
}

#[test]
fn a_secured_cluster_takes_tokens_of_its_mint_and_no_others() {
    for cluster in [kafka::shared_secured().unwrap(), kafka::shared_secured_older().unwrap()] {
        let stranger = Mint::es256("upstream", cluster.mint().issuer(), cluster.mint().audience()).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let properties = kafka::token_properties(&cluster.authority_file(), file.path());
        let list = |token: String| {
            std::fs::write(file.path(), token).unwrap();
            topics(cluster, Listener::Sasl, &properties)
        };
        list(cluster.mint().token(SUPER_USER, json!({})).unwrap()).unwrap();
        for bad in [
            stranger.token(SUPER_USER, json!({})).unwrap(),
            cluster.mint().token(SUPER_USER, json!({"aud": "something else"})).unwrap(),
        ] {
            let refused = list(bad).unwrap_err();
            assert!(
                refused.contains("Authentication failed") || refused.contains("invalid_token"),
                "{refused}"
            );
        }
    }
}

#[test]
fn a_secured_cluster_takes_client_certificates_and_asks_its_access_control() {
    let cluster = kafka::shared_secured().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let carol = cluster.authority().client(&Subject::cn("carol")).unwrap();
    let store = carol.write(scratch.path(), "carol").unwrap().both;
    let properties = kafka::certificate_properties(&cluster.authority_file(), &store);
    let admin = cluster.admin().unwrap();
    admin.create_topic("ledger", 1).unwrap();
    let before = topics(cluster, Listener::Mtls, &properties).unwrap();
    assert!(!before.contains(&"ledger".to_owned()));
    admin.add_acl(&Acl::allow("User:carol", "DESCRIBE", Resource::Topic, "ledger")).unwrap();
    wait_for(Duration::from_secs(20), || {
        Ok(topics(cluster, Listener::Mtls, &properties).unwrap().contains(&"ledger".to_owned()))
    })
    .unwrap();
}

#[test]
fn a_node_comes_back_where_it_was() {
    let cluster = Cluster::builder().start().unwrap();
    let before = cluster.addresses(Listener::Plain);
    cluster.kill(2).unwrap();
    assert!(TcpStream::connect(before[1]).is_err());
    cluster.restart(2).unwrap();
    assert!(TcpStream::connect(before[1]).is_ok());
    assert_eq!(cluster.admin().unwrap().ask(&json!({"do": "nodes"})).unwrap(), 3);
}

#[test]
fn a_broker_that_cannot_start_is_reported_with_its_log() {
    let failed = Cluster::builder().nodes(1).property("log.retention.ms", "not-a-number").start();
    let report = format!("{:#}", failed.unwrap_err());
    assert!(report.contains("not-a-number"), "{report}");
}

#[test]
fn no_broker_survives_a_test_that_panics() {
    let (announce, announced) = mpsc::channel();
    let test = thread::spawn(move || {
        let cluster = Cluster::builder().nodes(1).start().unwrap();
        announce.send(cluster.addresses(Listener::Plain)[0]).unwrap();
        panic!("as a failing test does");
    });
    let address = announced.recv().unwrap();
    assert!(test.join().is_err());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn no_broker_survives_a_test_that_is_killed() {
    let mut parent = Command::new(env!("CARGO_BIN_EXE_test-cluster"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(parent.stdout.take().unwrap()).lines();
    let addresses: Vec<SocketAddr> =
        lines.next().unwrap().unwrap().split(',').map(|address| address.parse().unwrap()).collect();
    assert_eq!(addresses.len(), 3);
    assert!(addresses.iter().all(|address| TcpStream::connect(address).is_ok()));
    // SIGKILL: the process can clean up nothing itself.
    parent.kill().unwrap();
    parent.wait().unwrap();
    wait_for(Duration::from_secs(10), || {
        Ok(addresses.iter().all(|address| TcpStream::connect(address).is_err()))
    })
    .unwrap();
    // The next start removes what the killed process could not.
    let authority_file = PathBuf::from(lines.next().unwrap().unwrap());
    drop(Cluster::builder().nodes(1).start().unwrap());
    assert!(!authority_file.exists());
}

/// The topics somebody sees who logs in at `listener` with `properties`.
fn topics(cluster: &Cluster, listener: Listener, properties: &str) -> Result<Vec<String>, String> {
    let bootstrap = cluster.bootstrap(listener);
    let seen = cluster.admin().unwrap().topics_as(&format!("bootstrap.servers={bootstrap}\n{properties}"));
    seen.map_err(|refused| refused.to_string())
}
