//! Attacks on authentication, against a gateway before a real broker.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod common;

use std::time::{Duration, Instant};

use common::client::{Client, metadata_request};
use common::{Fixture, PASSWORD, Wish};
use serde_json::json;
use tidegate_testkit::pki::{Subject, Validity};
use tidegate_wire::kafka::codec::ErrorCode;
use tidegate_wire::sasl::scram::Algorithm;
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn every_mechanism_lets_the_right_client_in_and_shows_it_its_own_topics() {
    let fixture = Fixture::start(Wish::default()).await;
    let token = fixture.mint.token("orders", json!({})).unwrap();
    for mechanism in ["plain", "scram-sha-256", "scram-sha-512", "oauthbearer"] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        let verdict = match mechanism {
            "plain" => client.plain("orders", PASSWORD).await,
            "scram-sha-256" => client.scram(Algorithm::Sha256, "orders", PASSWORD).await,
            "scram-sha-512" => client.scram(Algorithm::Sha512, "orders", PASSWORD).await,
            _ => client.token(&token).await,
        };
        let verdict = verdict.unwrap();
        assert!(verdict.is_success(), "{mechanism}: {verdict:?}");
        let (topics, address) = client.metadata().await.unwrap();
        assert_eq!(topics, ["orders.created"], "{mechanism}");
        assert_eq!(address, ("localhost".to_owned(), i64::from(fixture.node_port)));
        let line = format!(
            r#"tidegate_authentications_total{{listener="internal",mechanism="{mechanism}",outcome="success"}}"#
        );
        assert_eq!(fixture.metric(&line), 1.0, "{mechanism}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_before_authentication_is_not_answered() {
    let fixture = Fixture::start(Wish::default()).await;
    let mut client = Client::connect(&fixture, None).await.unwrap();
    client.send(&metadata_request()).await.unwrap();
    client.closed().await;
    // Nor is one after a conversation that was begun only.
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert_eq!(client.handshake("PLAIN").await.unwrap().error, ErrorCode::NONE);
    client.send(&metadata_request()).await.unwrap();
    client.closed().await;
    // Nor a SASL message without a handshake.
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert!(client.sasl(b"\0orders\0a-long-enough-password").await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn mechanisms_that_are_not_offered_are_refused_by_name() {
    let fixture = Fixture::start(Wish { mechanisms: "[scram-sha-512]", ..Wish::default() }).await;
    for mechanism in ["PLAIN", "SCRAM-SHA-256", "OAUTHBEARER", "GSSAPI", "scram-sha-512", ""] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        let answer = client.handshake(mechanism).await.unwrap();
        assert_eq!(answer.error, ErrorCode::UNSUPPORTED_SASL_MECHANISM, "{mechanism}");
        assert_eq!(answer.mechanisms, ["SCRAM-SHA-512"]);
        client.closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_and_unknown_cannot_be_told_apart() {
    let fixture =
        Fixture::start(Wish { limits: "authentication_failure_delay: 200ms", ..Wish::default() }).await;
    let foreign = tidegate_testkit::oauth::Mint::es256("key-1", "https://issuer.test", "kafka").unwrap();
    let token = foreign.token("orders", json!({})).unwrap();
    for (mechanism, username) in [
        ("plain", "orders"),
        ("plain", "nobody"),
        ("scram", "orders"),
        ("scram", "nobody"),
        ("token", "orders"),
        // In the store with this very password, and not in the catalog.
        ("plain known", "stranger"),
    ] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        let begun = Instant::now();
        let verdict = match mechanism {
            "plain" => client.plain(username, "not-the-password").await,
            "plain known" => client.plain(username, PASSWORD).await,
            "scram" => client.scram(Algorithm::Sha512, username, "not-the-password").await,
            _ => client.token(&token).await,
        };
        let verdict = verdict.unwrap();
        assert_eq!(verdict.error, ErrorCode::SASL_AUTHENTICATION_FAILED, "{mechanism} {username}");
        assert_eq!(verdict.message.as_deref(), Some("Authentication failed"));
        assert!(
            begun.elapsed() >= Duration::from_millis(190),
            "{mechanism} {username}: {:?}",
            begun.elapsed()
        );
        client.closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_have_limits_before_and_after_authentication() {
    let limits = "frame_before_authentication: 32KiB, request_frame: 64KiB, frame_time: 300ms";
    let fixture = Fixture::start(Wish { limits, ..Wish::default() }).await;
    for length in [32 * 1024 + 1, i32::MAX, -1] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        client.send(&length.to_be_bytes()).await.unwrap();
        assert!(client.closed().await < Duration::from_millis(280), "{length}");
    }
    // One that is begun and not finished is not waited for.
    let mut client = Client::connect(&fixture, None).await.unwrap();
    client.send(&100i32.to_be_bytes()).await.unwrap();
    let waited = client.closed().await;
    assert!((Duration::from_millis(250)..Duration::from_secs(5)).contains(&waited), "{waited:?}");

    let mut client = Client::log_in(&fixture, "orders").await;
    client.metadata().await.unwrap();
    client.send(&(64 * 1024 + 1i32).to_be_bytes()).await.unwrap();
    client.closed().await;
    let mut client = Client::log_in(&fixture, "orders").await;
    client.send(&(64 * 1024i32).to_be_bytes()).await.unwrap();
    let waited = client.closed().await;
    assert!(waited >= Duration::from_millis(250), "at the limit it is waited for: {waited:?}");
    assert_eq!(fixture.metric(r#"tidegate_sessions_ended_total{reason="slow_frame"}"#), 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_too_long_or_talks_too_much_is_cut_off() {
    let limits = "handshake_timeout: 300ms, authentication_timeout: 500ms, authentication_requests: 4";
    let fixture = Fixture::start(Wish { limits, ..Wish::default() }).await;
    // No TLS at all.
    let socket = TcpStream::connect(("127.0.0.1", fixture.port)).await.unwrap();
    let mut byte = [0; 1];
    let read = tokio::time::timeout(Duration::from_secs(5), async {
        socket.readable().await.unwrap();
        socket.try_read(&mut byte)
    });
    assert!(matches!(read.await.unwrap(), Ok(0) | Err(_)));
    // TLS, and then silence.
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert!(client.closed().await < Duration::from_secs(5));
    // The fifth request.
    let mut client = Client::connect(&fixture, None).await.unwrap();
    for _ in 0..4 {
        let id = tidegate_wire::kafka::auth::api_versions_request(1, None, ("a", "1")).unwrap();
        client.send(&id).await.unwrap();
        client.frame().await.unwrap();
    }
    client
        .send(&tidegate_wire::kafka::auth::api_versions_request(1, None, ("a", "1")).unwrap())
        .await
        .unwrap();
    client.closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_gets_only_so_many_connections_and_failures() {
    let limits = "connections_per_address: 3, failed_authentications_per_address: 4, authentication_failure_delay: 0ms";
    let fixture = Fixture::start(Wish { limits, ..Wish::default() }).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(Client::connect(&fixture, None).await.unwrap());
    }
    assert!(Client::connect(&fixture, None).await.is_err(), "the fourth");
    drop(open.pop());
    fixture.until(|| fixture.metric(r#"tidegate_connections{listener="internal"}"#) < 3.0).await;
    open.clear();
    fixture.until(|| fixture.metric(r#"tidegate_connections{listener="internal"}"#) == 0.0).await;
    for _ in 0..4 {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        assert!(!client.plain("orders", "not-the-password").await.unwrap().is_success());
    }
    assert!(Client::connect(&fixture, None).await.is_err(), "after four failures");
    let refused =
        r#"tidegate_connections_refused_total{listener="internal",reason="too_many_failed_authentications"}"#;
    assert_eq!(fixture.metric(refused), 1.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_enough_where_they_are_offered_and_name_somebody() {
    let fixture =
        Fixture::start(Wish { mechanisms: "[mtls]", client_certificate: "required", ..Wish::default() })
            .await;
    let good = fixture.clients.client(&Subject::spiffe("spiffe://prod.test/sa/orders")).unwrap();
    let mut client = Client::connect(&fixture, Some(&good)).await.unwrap();
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);

    let nobody = fixture.clients.client(&Subject::cn("orders")).unwrap();
    let unknown = fixture.clients.client(&Subject::spiffe("spiffe://prod.test/sa/nobody")).unwrap();
    let elsewhere = fixture.clients.client(&Subject::spiffe("spiffe://other.test/sa/orders")).unwrap();
    let foreign = fixture.servers.client(&Subject::spiffe("spiffe://prod.test/sa/orders")).unwrap();
    let ended = fixture
        .clients
        .client(&Subject::spiffe("spiffe://prod.test/sa/orders").validity(Validity::Expired))
        .unwrap();
    for (what, identity) in [
        ("no rule", Some(&nobody)),
        ("not in the catalog", Some(&unknown)),
        ("other trust domain", Some(&elsewhere)),
        ("other authority", Some(&foreign)),
        ("expired", Some(&ended)),
        ("none", None),
    ] {
        // TLS 1.3 lets a client believe for a moment that its certificate was taken.
        if let Ok(mut client) = Client::connect(&fixture, identity).await {
            assert!(client.metadata().await.is_err(), "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_bound_token_is_worth_nothing_on_another_connection() {
    let fixture = Fixture::start(Wish { mechanisms: "[oauthbearer]", ..Wish::default() }).await;
    let owner = fixture.clients.client(&Subject::cn("owner")).unwrap();
    let thief = fixture.clients.client(&Subject::cn("thief")).unwrap();
    let token = fixture.mint.token("orders", json!({ "cnf": { "x5t#S256": owner.thumbprint() } })).unwrap();
    for (identity, success) in [(Some(&owner), true), (Some(&thief), false), (None, false)] {
        let mut client = Client::connect(&fixture, identity).await.unwrap();
        assert_eq!(client.token(&token).await.unwrap().is_success(), success);
    }
    let strict =
        Fixture::start(Wish { mechanisms: "[oauthbearer]", bound_only: true, ..Wish::default() }).await;
    let unbound = strict.mint.token("orders", json!({})).unwrap();
    let mut client = Client::connect(&strict, None).await.unwrap();
    assert!(!client.token(&unbound).await.unwrap().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn authenticating_again_renews_the_session_and_changes_nobody() {
    let fixture = Fixture::start(Wish::default()).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    for _ in 0..2 {
        assert!(client.scram(Algorithm::Sha512, "orders", PASSWORD).await.unwrap().is_success());
        assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    }
    // Another principal, with its right password.
    let verdict = client.scram(Algorithm::Sha512, "payments", PASSWORD).await.unwrap();
    assert_eq!(verdict.error, ErrorCode::SASL_AUTHENTICATION_FAILED);
    client.closed().await;
    // Another mechanism.
    let mut client = Client::log_in(&fixture, "orders").await;
    assert!(!client.plain("orders", PASSWORD).await.unwrap().is_success());
    client.closed().await;
    // The wrong password.
    let mut client = Client::log_in(&fixture, "orders").await;
    assert!(!client.scram(Algorithm::Sha512, "orders", "not-the-password").await.unwrap().is_success());
    client.closed().await;
    // A request in the middle of it.
    let mut client = Client::log_in(&fixture, "orders").await;
    client.handshake("SCRAM-SHA-512").await.unwrap();
    client.send(&metadata_request()).await.unwrap();
    client.closed().await;
    assert_eq!(fixture.metric(r#"tidegate_sessions_ended_total{reason="reauthentication"}"#), 4.0);
}
