//! What becomes of live sessions when what they stand on changes, against a gateway before a real broker.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod common;

use std::fs;
use std::time::{Duration, Instant};

use common::client::Client;
use common::{Fixture, PASSWORD, Wish};
use serde_json::json;
use tidegate_connect::identity::users::Standing;
use tidegate_gateway::admin::{AdminClient, RevokeRequest};
use tidegate_model::UnixMillis;
use tidegate_testkit::pki::Subject;
use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field};
use tidegate_wire::sasl::Secret;
use tidegate_wire::sasl::scram::Algorithm;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Within what time a session must end that has lost its footing.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A session of `orders` ends at once when `cut` is done, and one of `payments` goes on.
async fn check_cut(fixture: &Fixture, reason: &str, cut: impl AsyncFnOnce(&Fixture)) {
    let mut struck = Client::log_in(fixture, "orders").await;
    let mut other = Client::log_in(fixture, "payments").await;
    struck.metadata().await.unwrap();
    let before = fixture.metric(&ended(reason));
    cut(fixture).await;
    let waited = struck.closed().await;
    assert!(waited < AT_ONCE, "{reason}: {waited:?}");
    assert_eq!(fixture.metric(&ended(reason)), before + 1.0, "{reason}");
    assert_eq!(other.metadata().await.unwrap().0, ["payments.settled"], "{reason}");
}

fn ended(reason: &str) -> String {
    format!(r#"tidegate_sessions_ended_total{{reason="{reason}"}}"#)
}

async fn is_refused(fixture: &Fixture, username: &str, password: &str) -> bool {
    let mut client = Client::connect(fixture, None).await.unwrap();
    !client.scram(Algorithm::Sha512, username, password).await.unwrap().is_success()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_rotated_or_removed_user_is_cut_off_at_once() {
    let fixture = Fixture::start(Wish::default()).await;
    check_cut(&fixture, "user", async |fixture| {
        fixture.users(|users| users.set_standing("orders", Standing::Disabled).unwrap());
    })
    .await;
    assert!(is_refused(&fixture, "orders", PASSWORD).await);
    fixture.users(|users| users.set_standing("orders", Standing::Active).unwrap());
    fixture.gateway.reload().await;
    check_cut(&fixture, "user", async |fixture| {
        fixture.users(|users| {
            users.rotate("orders", &Secret::copy_of("another-long-password"), UnixMillis(9)).unwrap()
        });
    })
    .await;
    assert!(is_refused(&fixture, "orders", PASSWORD).await);
    assert!(!is_refused(&fixture, "orders", "another-long-password").await);
    fixture.users(|users| users.rotate("orders", &Secret::copy_of(PASSWORD), UnixMillis(10)).unwrap());
    fixture.gateway.reload().await;
    check_cut(&fixture, "user", async |fixture| fixture.users(|users| users.remove("orders").unwrap())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_principal_that_policy_no_longer_lets_in_is_cut_off_at_once() {
    let fixture = Fixture::start(Wish::default()).await;
    check_cut(&fixture, "disabled_principal", async |fixture| {
        fixture.edit("catalog/principals.yaml", "- name: orders\n", "- name: orders\n  disabled: true\n");
    })
    .await;
    assert!(is_refused(&fixture, "orders", PASSWORD).await);
    fixture.edit("catalog/principals.yaml", "  disabled: true\n", "");
    fixture.gateway.reload().await;
    check_cut(&fixture, "unknown_principal", async |fixture| {
        fixture.edit(
            "policy/grants.yaml",
            "- { name: orders, to: [orders], actions: [read, write], topics: ['orders.*'] }\n",
            "",
        );
        fixture.edit("catalog/principals.yaml", "- name: orders\n", "");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_taken_away_is_gone_with_the_next_request_of_a_live_session() {
    let fixture = Fixture::start(Wish::default()).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    fixture.edit("policy/grants.yaml", "topics: ['orders.*']", "topics: ['other.*']");
    let version = fixture.gateway.status().policy_version;
    fixture.until(|| fixture.gateway.status().policy_version > version).await;
    assert!(client.metadata().await.unwrap().0.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_bundle_is_refused_whole_and_the_old_one_stays() {
    let fixture = Fixture::start(Wish::default()).await;
    let before = fixture.gateway.status();
    // The first change is fine; together they are not.
    fixture.edit("catalog/principals.yaml", "- name: idle\n", "");
    fixture.edit("policy/grants.yaml", "to: [orders]", "to: [odrers]");
    fixture.until(|| !fixture.gateway.status().problems.is_empty()).await;
    let after = fixture.gateway.status();
    assert_eq!((after.policy_version, &after.policy_digest), (before.policy_version, &before.policy_digest));
    assert!(after.problems.concat().contains("policy/grants.yaml:2:"), "{:?}", after.problems);
    assert_eq!(fixture.metric(r#"tidegate_reload_failing{what="bundle"}"#), 1.0);
    let mut client = Client::log_in(&fixture, "orders").await;
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    fixture.edit("policy/grants.yaml", "to: [odrers]", "to: [orders]");
    fixture.until(|| fixture.gateway.status().problems.is_empty()).await;
    assert_eq!(fixture.gateway.status().policy_version, before.policy_version + 1);
    assert_eq!(fixture.metric(r#"tidegate_reload_failing{what="bundle"}"#), 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_principal_is_cut_off_and_stays_out_until_undone() {
    let fixture = Fixture::start(Wish::default()).await;
    let admin = AdminClient::new(fixture.path("run/admin.sock"));
    let order =
        |undo| RevokeRequest { principal: "orders".into(), reason: Some("left the company".into()), undo };
    check_cut(&fixture, "revoked", async |_| {
        let report = admin.revoke(&order(false)).await.unwrap();
        assert_eq!((report.revoked, report.sessions), (true, 1));
    })
    .await;
    assert!(is_refused(&fixture, "orders", PASSWORD).await);
    assert_eq!(admin.status().await.unwrap().revoked, ["orders"]);
    admin.revoke(&order(true)).await.unwrap();
    assert!(!is_refused(&fixture, "orders", PASSWORD).await);
    // Another gateway of the same bundle writes the list.
    check_cut(&fixture, "revoked", async |fixture| {
        fs::write(fixture.path("run/revocations.yaml"), "revoked: { orders: { at: 1 } }\n").unwrap();
    })
    .await;
    // A list that cannot be read revokes nobody less.
    fs::write(fixture.path("run/revocations.yaml"), "revoked: {").unwrap();
    fixture.until(|| !fixture.gateway.status().problems.is_empty()).await;
    assert!(is_refused(&fixture, "orders", PASSWORD).await);
    for principal in ["", "with\ncontrol"] {
        let order = RevokeRequest { principal: principal.into(), reason: None, undo: false };
        assert!(admin.revoke(&order).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gateways_side_by_side_follow_the_same_bundle_and_the_same_revocations() {
    let fixture = Fixture::start(Wish::default()).await;
    let (beside, port) = fixture.beside().await;
    let mut here = Client::log_in(&fixture, "orders").await;
    let mut there = Client::connect_to(&fixture, port, None).await.unwrap();
    assert!(there.scram(Algorithm::Sha512, "orders", PASSWORD).await.unwrap().is_success());
    for client in [&mut here, &mut there] {
        assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    }
    let before = [fixture.gateway.status().policy_version, beside.status().policy_version];
    fixture.edit("policy/grants.yaml", "topics: ['orders.*']", "topics: ['orders.other']");
    fixture.until(|| fixture.gateway.status().policy_version > before[0]).await;
    fixture.until(|| beside.status().policy_version > before[1]).await;
    for client in [&mut here, &mut there] {
        assert!(client.metadata().await.unwrap().0.is_empty());
    }
    let admin = AdminClient::new(fixture.path("run/admin.sock"));
    admin.revoke(&RevokeRequest { principal: "orders".into(), reason: None, undo: false }).await.unwrap();
    let waited = there.closed().await;
    assert!(waited < AT_ONCE, "{waited:?}");
    here.closed().await;
    beside.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_does_not_outlive_its_token() {
    let fixture = Fixture::start(Wish::default()).await;
    let exp = tidegate_testkit::oauth::unix_now() + 3;
    let token = fixture.mint.token("orders", json!({ "exp": exp })).unwrap();
    let mut client = Client::connect(&fixture, None).await.unwrap();
    let verdict = client.token(&token).await.unwrap();
    assert!(verdict.is_success() && (1..=3_000).contains(&verdict.lifetime_ms), "{verdict:?}");
    client.metadata().await.unwrap();
    client.closed().await;
    let overdue = tidegate_testkit::oauth::unix_now() - exp;
    assert!(overdue <= 1, "{overdue}");
    assert_eq!(fixture.metric(&ended("expired")), 1.0);

    // With a newer token in time it goes on.
    let short =
        fixture.mint.token("orders", json!({ "exp": tidegate_testkit::oauth::unix_now() + 3 })).unwrap();
    let long = fixture.mint.token("orders", json!({})).unwrap();
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert!(client.token(&short).await.unwrap().is_success());
    assert!(client.token(&long).await.unwrap().lifetime_ms > 100_000);
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);

    // The key that signed it is withdrawn.
    let other = tidegate_testkit::oauth::Mint::es256("key-2", "https://issuer.test", "kafka").unwrap();
    fs::write(fixture.path("jwks.json"), other.jwks().to_string()).unwrap();
    let waited = client.closed().await;
    assert!(waited < AT_ONCE, "{waited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_trust_and_revocation_lists_reload_under_live_sessions() {
    let fixture =
        Fixture::start(Wish { mechanisms: "[mtls]", client_certificate: "required", ..Wish::default() })
            .await;
    let subject = |account| Subject::spiffe(&format!("spiffe://prod.test/sa/{account}"));
    let stolen = fixture.clients.client(&subject("orders")).unwrap();
    let kept = fixture.clients.client(&subject("payments")).unwrap();
    let mut struck = Client::connect(&fixture, Some(&stolen)).await.unwrap();
    let mut other = Client::connect(&fixture, Some(&kept)).await.unwrap();
    struck.metadata().await.unwrap();
    other.metadata().await.unwrap();

    let shown = |client: &Client| client.stream.get_ref().1.peer_certificates().unwrap()[0].as_ref().to_vec();
    let renewed = fixture.servers.server(&["localhost"]).unwrap();
    renewed.write(fixture.folder.path(), "server").unwrap();
    assert_eq!(fixture.gateway.reload().await.problems, Vec::<String>::new());
    let newer = Client::connect(&fixture, Some(&kept)).await.unwrap();
    assert_eq!(shown(&newer), renewed.chain()[0].as_ref());
    assert_ne!(shown(&other), shown(&newer));
    struck.metadata().await.unwrap();
    other.metadata().await.unwrap();

    fs::write(fixture.path("clients.crl"), fixture.clients.revoke(&[&stolen]).unwrap()).unwrap();
    let waited = struck.closed().await;
    assert!(waited < AT_ONCE, "{waited:?}");
    assert_eq!(fixture.metric(&ended("certificate")), 1.0);
    if let Ok(mut again) = Client::connect(&fixture, Some(&stolen)).await {
        assert!(again.metadata().await.is_err());
    }
    other.metadata().await.unwrap();

    // Files that cannot be used leave everything as it is.
    fs::write(fixture.path("server.crt"), "nonsense").unwrap();
    assert!(!fixture.gateway.reload().await.problems.is_empty());
    Client::connect(&fixture, Some(&kept)).await.unwrap().metadata().await.unwrap();
    renewed.write(fixture.folder.path(), "server").unwrap();

    // Another authority: nobody of the old one stays.
    let authority = tidegate_testkit::pki::Authority::new("Other clients").unwrap();
    authority.write(fixture.path("clients.pem")).unwrap();
    fs::write(fixture.path("clients.crl"), authority.revoke(&[]).unwrap()).unwrap();
    let waited = other.closed().await;
    assert!(waited < AT_ONCE, "{waited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_through_is_proven_by_the_broker() {
    let fixture = Fixture::start(Wish {
        mode: "relay",
        mechanisms: "[scram-sha-256, scram-sha-512, plain]",
        ..Wish::default()
    })
    .await;
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        assert!(client.scram(algorithm, "orders", PASSWORD).await.unwrap().is_success());
        let (topics, address) = client.metadata().await.unwrap();
        assert_eq!((topics, address.1), (vec!["orders.created".to_owned()], i64::from(fixture.node_port)));
        // A broker takes no second authentication within a second of the first.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert!(client.scram(algorithm, "orders", PASSWORD).await.unwrap().is_success());
        client.metadata().await.unwrap();
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert!(!client.scram(algorithm, "payments", PASSWORD).await.unwrap().is_success());
        client.closed().await;
    }
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert!(client.plain("orders", PASSWORD).await.unwrap().is_success());
    client.metadata().await.unwrap();
    for (username, password) in [("orders", "not-the-password"), ("nobody", PASSWORD), ("gateway", PASSWORD)]
    {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        let verdict = client.plain(username, password).await.unwrap();
        assert_eq!(verdict.message.as_deref(), Some("Authentication failed"), "{username}");
        client.closed().await;
        assert!(is_refused(&fixture, username, password).await, "{username}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_broker_wants_to_see_again_is_shown_again() {
    // The client's own login ends when the broker says so.
    let fixture = Fixture::start(Wish { mode: "relay", mechanisms: "[plain]", ..Wish::default() }).await;
    let mut client = Client::connect(&fixture, None).await.unwrap();
    let verdict = client.plain("orders", PASSWORD).await.unwrap();
    assert!((1..=3_000).contains(&verdict.lifetime_ms), "{verdict:?}");
    client.metadata().await.unwrap();
    let waited = client.closed().await;
    assert!(waited < Duration::from_secs(4), "{waited:?}");
    assert_eq!(fixture.metric(&ended("expired")), 1.0);

    // The gateway's own is renewed by the gateway, under the client's session.
    let identity = "gateway: { mechanism: plain, username: gateway, password: 'file:upstream.password' }";
    let fixture = Fixture::start(Wish { identity, ..Wish::default() }).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_sasl_message_does_not_reach_the_broker() {
    let limits = "frame_before_authentication: 1MiB";
    let fixture = Fixture::start(Wish {
        mode: "relay",
        mechanisms: "[scram-sha-512, plain]",
        limits,
        ..Wish::default()
    })
    .await;
    for (mechanism, message) in [
        ("SCRAM-SHA-512", format!("n,,n={},r=abc", "a".repeat(400_000))),
        ("SCRAM-SHA-512", format!("n,,n=orders,r={}", ",".repeat(400_000))),
        ("PLAIN", format!("\0orders\0{}", "p".repeat(400_000))),
    ] {
        let mut client = Client::connect(&fixture, None).await.unwrap();
        client.handshake(mechanism).await.unwrap();
        let answer = client.sasl(message.as_bytes()).await.unwrap();
        assert_eq!(answer.message.as_deref(), Some("Authentication failed"));
        client.closed().await;
    }
    let mut client = Client::connect(&fixture, None).await.unwrap();
    assert!(client.plain("orders", PASSWORD).await.unwrap().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapped_credential_is_used_and_nobody_else_comes_through() {
    let identity =
        "mapped: { orders: { mechanism: plain, username: orders, password: 'file:upstream.password' } }";
    let fixture = Fixture::start(Wish { identity, ..Wish::default() }).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    assert_eq!(client.metadata().await.unwrap().0, ["orders.created"]);
    assert!(is_refused(&fixture, "payments", PASSWORD).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_reads_none_of_its_answers_is_cut_off() {
    let limits = "client_buffer: 64KiB, write_stall: 1s";
    let fixture = Fixture::start(Wish { limits, ..Wish::default() }).await;
    // Little room in this client's system, so that little has to be sent.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let socket = socket.connect(([127, 0, 0, 1], fixture.port).into()).await.unwrap();
    let config = fixture.servers.client_config(None).unwrap();
    let mut client = Client::over(socket, config, "localhost").await.unwrap();
    assert!(client.scram(Algorithm::Sha512, "orders", PASSWORD).await.unwrap().is_success());
    let request = tidegate_wire::kafka::auth::api_versions_request(1, None, ("a", "1")).unwrap();
    let many = request.repeat(1_000);
    let asking = tokio::spawn(async move {
        // Sending ends, too, once the gateway reads no more.
        for _ in 0..100 {
            if client.send(&many).await.is_err() {
                break;
            }
        }
        client
    });
    fixture.until(|| fixture.metric(&ended("client_stalled")) == 1.0).await;
    drop(asking.await.unwrap());
    let passed = fixture.metric(r#"tidegate_bytes_total{direction="downstream"}"#);
    assert!(passed < 32e6, "{passed} bytes were made for somebody who reads none");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_named_balancers_are_believed_about_addresses() {
    let believed =
        Fixture::start(Wish { more: "    proxy_protocol: { from: [127.0.0.0/8] }\n", ..Wish::default() })
            .await;
    let header = |source: [u8; 4]| {
        let mut bytes = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
        bytes.extend_from_slice(&source);
        bytes.extend_from_slice(&[10, 0, 0, 1, 0x30, 0x39, 0x23, 0x84]);
        bytes
    };
    let over = async |fixture: &Fixture, first: &[u8]| {
        let mut socket = TcpStream::connect(("127.0.0.1", fixture.port)).await?;
        socket.write_all(first).await?;
        Client::over(socket, fixture.servers.client_config(None).unwrap(), "localhost").await
    };
    let mut client = over(&believed, &header([203, 0, 113, 9])).await.unwrap();
    assert!(client.scram(Algorithm::Sha512, "orders", PASSWORD).await.unwrap().is_success());
    client.metadata().await.unwrap();
    let sessions = AdminClient::new(believed.path("run/admin.sock")).sessions().await.unwrap();
    assert_eq!(sessions[0].peer.to_string(), "203.0.113.9");
    assert!(over(&believed, b"").await.is_err(), "the header is missing");
    let refused = r#"tidegate_connections_refused_total{listener="internal",reason="proxy_protocol"}"#;
    assert_eq!(believed.metric(refused), 1.0);

    let unbelieved =
        Fixture::start(Wish { more: "    proxy_protocol: { from: [10.0.0.0/8] }\n", ..Wish::default() })
            .await;
    assert!(over(&unbelieved, &header([203, 0, 113, 9])).await.is_err());
    assert!(over(&unbelieved, b"").await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_stops_lets_sessions_go_and_takes_no_more() {
    let fixture = Fixture::start(Wish { limits: "drain_timeout: 5s", ..Wish::default() }).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    client.metadata().await.unwrap();
    let socket = fixture.path("run/admin.sock");
    let Fixture { gateway, port, folder, .. } = fixture;
    let begun = Instant::now();
    gateway.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "nothing was under way");
    client.closed().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    assert!(!socket.exists());
    drop(folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_socket_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::start(Wish::default()).await;
    let path = fixture.path("run/admin.sock");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let admin = AdminClient::new(&path);
    let mut client = Client::log_in(&fixture, "orders").await;
    client.metadata().await.unwrap();
    let status = admin.status().await.unwrap();
    assert_eq!(status.sessions.get("orders"), Some(&1));
    assert!(status.running && status.problems.is_empty());
    let report = admin.reload().await.unwrap();
    assert_eq!(report.policy_digest, status.policy_digest);
    assert!(AdminClient::new(fixture.path("nowhere")).status().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn names_never_seen_are_in_no_metric() {
    let fixture = Fixture::start(Wish::default()).await;
    let mut client = Client::log_in(&fixture, "orders").await;
    client.metadata().await.unwrap();
    let hidden = Tree::new().with(field::NAME, Value::String("payments.settled".into()));
    let body = Tree::new().with(field::TOPICS, Value::Array(vec![Value::Struct(hidden)]));
    let answer = client.request(3, 9, &body).await.unwrap();
    let error = answer.structs(field::TOPICS).next().unwrap().int(field::ERROR_CODE);
    assert_eq!(error, Some(i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0)));
    let denied = r#"queue_authz_denies_total{action="describe",reason="no_grant"}"#;
    assert_eq!(fixture.metric(denied), 1.0);
    let text = fixture.gateway.metrics();
    for secret in ["orders", "payments", PASSWORD, "127.0.77."] {
        assert!(!text.contains(secret), "{secret}");
    }
}
