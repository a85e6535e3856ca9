//! Ports, names, brokers that are away, and stopping, against a gateway before a real broker.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod common;

use std::time::{Duration, Instant};

use common::client::Client;
use common::{Addressing, Fixture, PASSWORD, Wish, broker};
use serde_json::json;
use tidegate_wire::kafka::codec::{Tree, Value, field};
use tidegate_wire::sasl::scram::Algorithm;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_the_handshake_says_which_node_is_meant() {
    let fixture = Fixture::start(Wish { addressing: Addressing::Names, ..Wish::default() }).await;
    let by_name = async |name: &str| {
        let socket = TcpStream::connect(("127.0.0.1", fixture.port)).await?;
        Client::over(socket, fixture.servers.client_config(None).unwrap(), name).await
    };
    for name in ["kafka.test", "one.kafka.test"] {
        let mut client = by_name(name).await.unwrap();
        assert!(client.scram(Algorithm::Sha512, "orders", PASSWORD).await.unwrap().is_success(), "{name}");
        let told = client.metadata().await.unwrap().1;
        assert_eq!(told, ("one.kafka.test".to_owned(), i64::from(fixture.port)));
    }
    // An address in place of a name sends no name at all.
    for name in ["nobody.kafka.test", "127.0.0.1"] {
        if let Ok(mut client) = by_name(name).await {
            assert!(client.handshake("PLAIN").await.is_err(), "{name}");
        }
    }
    let refused = r#"tidegate_connections_refused_total{listener="internal",reason="unknown_name"}"#;
    assert_eq!(fixture.metric(refused), 2.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_pass_through_after_they_were_verified_here() {
    let wish = Wish { mode: "relay", mechanisms: "[oauthbearer]", broker_tokens: true, ..Wish::default() };
    let fixture = Fixture::start(wish).await;
    let mint = broker().mint();
    let mut client = Client::connect(&fixture, None).await.unwrap();
    let verdict = client.token(&mint.token("orders", json!({})).unwrap()).await.unwrap();
    assert!(verdict.is_success() && verdict.lifetime_ms > 0, "{verdict:?}");
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);

    let now = tidegate_testkit::oauth::unix_now();
    let claims = |more| mint.claims("orders", more);
    for (what, token) in [
        ("expired", mint.sign(&claims(json!({ "exp": now - 10 }))).unwrap()),
        ("other audience", mint.sign(&claims(json!({ "aud": "else" }))).unwrap()),
        ("other issuer", mint.sign(&claims(json!({ "iss": "https://else.test" }))).unwrap()),
        ("unsigned", tidegate_testkit::oauth::unsigned(&claims(json!({})))),
        ("nobody", mint.token("nobody", json!({})).unwrap()),
        ("foreign key", fixture.mint.sign(&claims(json!({}))).unwrap()),
    ] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        assert!(!client.token(&token).await.unwrap().is_success(), "{what}");
        client.closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_is_away_is_no_failed_authentication() {
    let fixture = Fixture::start(Wish { addressing: Addressing::PortsWithDeadNode, ..Wish::default() }).await;
    fixture.until(|| fixture.gateway.status().clusters[0].nodes[1].problem.is_some()).await;
    // It is not known what the broker speaks, so the client is sent away to try again.
    let mut client = Client::connect_to(&fixture, fixture.dead_port, None).await.unwrap();
    let versions = tidegate_wire::kafka::auth::api_versions_request(1, None, ("a", "1")).unwrap();
    client.send(&versions).await.unwrap();
    client.closed().await;
    // Even with the right password: the end, and no refusal that a client would take for final.
    let mut client = Client::connect_to(&fixture, fixture.dead_port, None).await.unwrap();
    assert!(client.plain("orders", PASSWORD).await.is_err());
    let unavailable =
        r#"tidegate_authentications_total{listener="internal",mechanism="plain",outcome="unavailable"}"#;
    fixture.until(|| fixture.metric(unavailable) == 1.0).await;
    assert_eq!(fixture.metric(r#"tidegate_upstream_up{cluster="main",node="2"}"#), 0.0);
    // First contact goes where somebody is.
    for _ in 0..3 {
        Client::log_in(&fixture, "orders").await.metadata().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_before_the_gateway_stops() {
    let fixture = Fixture::start(Wish { limits: "drain_timeout: 10s", ..Wish::default() }).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    client.metadata().await.unwrap();
    let partition = Tree::new()
        .with(field::PARTITION, 0i64)
        .with(field::FETCH_OFFSET, 0i64)
        .with(field::PARTITION_MAX_BYTES, 1_000_000i64);
    let topic = Tree::new()
        .with(field::TOPIC, Value::String("orders.created".into()))
        .with(field::PARTITIONS, Value::Array(vec![Value::Struct(partition)]));
    let fetch = Tree::new()
        .with(field::REPLICA_ID, -1i64)
        .with(field::MAX_WAIT_MS, 2_000i64)
        .with(field::MIN_BYTES, 1_000_000i64)
        .with(field::MAX_BYTES, 1_000_000i64)
        .with(field::SESSION_EPOCH, -1i64)
        .with(field::TOPICS, Value::Array(vec![Value::Struct(topic)]));
    let begun = Instant::now();
    let waiting = tokio::spawn(async move {
        let answer = client.request(1, 11, &fetch).await.unwrap();
        let answered = begun.elapsed();
        client.closed().await;
        (answer.int(field::ERROR_CODE), answered)
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let Fixture { gateway, folder, .. } = fixture;
    gateway.stop().await;
    let (error, answered) = waiting.await.unwrap();
    assert_eq!(error, Some(0));
    assert!(answered > Duration::from_millis(1_500), "the broker waited for records: {answered:?}");
    drop(folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_address_tells_metrics_and_health_and_takes_no_orders() {
    let fixture = Fixture::start(Wish::default()).await;
    let ask = async |request: &str| {
        let mut socket = TcpStream::connect(("127.0.0.1", fixture.http_port)).await.unwrap();
        let request =
            format!("{request} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        // Whoever refuses a request may hang up before it has read all of it.
        let _ = socket.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    };
    assert!(ask("GET /healthz").await.starts_with("HTTP/1.1 200"));
    assert!(ask("GET /readyz").await.contains("\r\n\r\nready"));
    assert!(ask("GET /metrics").await.contains("tidegate_upstream_up{cluster=\"main\",node=\"1\"} 1"));
    for order in
        ["POST /revoke", "POST /reload", "POST /drain", "GET /status", "GET /sessions", "DELETE /metrics"]
    {
        let answer = ask(order).await;
        assert!(answer.starts_with("HTTP/1.1 40"), "{order}: {answer}");
    }
    // Beside silence, nothing much can be had by a long head.
    let long = format!("GET /{}", "a".repeat(100_000));
    assert!(!ask(&long).await.starts_with("HTTP/1.1 200"));
}
