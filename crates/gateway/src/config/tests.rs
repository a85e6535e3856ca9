use std::path::Path;
use std::time::Duration;

use super::*;

/// A configuration that is fine; tests change one thing and look at what is said about it.
const GOOD: &str = "\
admin: { socket: run/tidegate.sock, http: '127.0.0.1:9464' }
clusters:
  main:
    nodes: { 1: broker-1.internal:9093, 2: broker-2.internal:9093 }
    tls: { ca: file:ca.pem }
    identity:
      gateway: { mechanism: scram-sha-512, username: tidegate, password: env:UPSTREAM }
      mapped:
        orders-api: { mechanism: plain, username: orders, password: env:ORDERS }
listeners:
  - name: internal
    cluster: main
    bind: 0.0.0.0
    advertise: gateway.example
    ports: { bootstrap: 9092, nodes: { 1: 9093, 2: 9094 } }
    tls: { certificate: file:server.pem, key: file:server.key, client_certificate: optional, client_ca: file:clients.pem, client_crls: [file:clients.crl] }
    authentication:
      mode: terminate
      mechanisms: [mtls, scram-sha-512]
      certificate_rules:
        - spiffe: { trust_domain: prod.example, path: '/ns/{namespace}/sa/{account}', principal: '{account}' }
      users: file:run/users.yaml
    proxy_protocol: { from: [10.0.0.0/8] }
    limits: { connections: 50, handshake_timeout: 3s, request_frame: 2MiB }
";

fn load(text: &str) -> Result<Config, Vec<Problem>> {
    let environment = |name: &str| matches!(name, "UPSTREAM" | "ORDERS").then(|| "secret".to_owned());
    Config::from_text(FILE, text, Path::new("/bundle"), &environment)
}

/// Every problem of `text` as `line: message`.
fn problems(text: &str) -> Vec<String> {
    let found = load(text).err().unwrap_or_default();
    assert!(found.iter().all(|problem| !problem.fix.is_empty() && &*problem.file == FILE));
    found.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

/// Changing `from` to `to` in the good configuration gives exactly one problem.
fn check(from: &str, to: &str, expected: &str) {
    assert!(GOOD.contains(from), "{from}");
    assert_eq!(problems(&GOOD.replacen(from, to, 1)), [expected], "{from} -> {to}");
}

#[test]
fn reads_a_whole_configuration() {
    let config = load(GOOD).unwrap();
    assert_eq!(config.bundle, Path::new("/bundle"));
    assert_eq!(config.revocations, Path::new("/bundle/run/revocations.yaml"));
    assert_eq!(config.admin.socket, Path::new("/bundle/run/tidegate.sock"));
    let cluster = &config.clusters[0];
    assert_eq!(cluster.nodes[&2], NodeAddress { host: "broker-2.internal".into(), port: 9093 });
    assert!(
        matches!(&cluster.identity.gateway, GatewayIdentity::Sasl(login) if login.username == "tidegate")
    );
    assert_eq!(cluster.identity.mapped.len(), 1);
    let listener = &config.listeners[0];
    assert_eq!(listener.addressing.ports(), [(9092, None), (9093, Some(1)), (9094, Some(2))]);
    assert_eq!(listener.addressing.advertised()[1], (2, "gateway.example".to_owned(), 9094));
    assert!(listener.authentication.certificate_rules.is_some());
    assert_eq!(listener.limits.connections, 50);
    assert_eq!(listener.limits.handshake_timeout, Duration::from_secs(3));
    assert_eq!(listener.limits.request_frame, 2 << 20);
    assert_eq!(listener.limits.connections_per_address, Limits::default().connections_per_address);
    assert_eq!(config.dangers(), []);
}

#[test]
fn reads_names_instead_of_ports() {
    let sni =
        "sni: { port: 9092, bootstrap: Kafka.example, nodes: { 1: b1.kafka.example, 2: b2.kafka.example } }";
    let text = GOOD
        .replace("ports: { bootstrap: 9092, nodes: { 1: 9093, 2: 9094 } }", sni)
        .replace("    advertise: gateway.example\n", "");
    let listener = &load(&text).unwrap().listeners[0];
    assert_eq!(listener.addressing.ports(), [(9092, None)]);
    assert_eq!(listener.addressing.advertised()[0], (1, "b1.kafka.example".to_owned(), 9092));
    let doubled = text.replace("b1.kafka", "b2.kafka");
    assert_eq!(problems(&doubled), ["14: one name stands for two nodes"]);
}

#[test]
fn unknown_keys_are_refused_everywhere() {
    check("admin: {", "admin: { port: 1,", "1: unknown key `port` in `admin`");
    check("clusters:", "log: debug\nclusters:", "2: unknown key `log` in `tidegate.yaml`");
    check("tls: { ca", "tls: { verify: false, ca", "5: unknown key `verify` in `tls`");
    check(
        "mode: terminate",
        "mode: terminate\n      anonymous: true",
        "19: unknown key `anonymous` in `authentication`",
    );
    check("connections: 50", "conections: 50", "24: unknown key `conections` in `limits`");
    check("username: tidegate", "user: x, username: tidegate", "7: unknown key `user` in `identity`");
}

#[test]
fn missing_security_settings_are_problems() {
    check("    tls: { ca: file:ca.pem }\n", "", "4: nothing says how brokers prove who they are");
    check("client_certificate: optional, ", "", "16: `tls` needs `client_certificate`");
    check("      mode: terminate\n", "", "18: `authentication` needs `mode`");
    check("      users: file:run/users.yaml\n", "", "18: these mechanisms need `users`");
    check("[mtls, scram-sha-512]", "[scram-sha-512]", "21: no mechanism here uses `certificate_rules`");
    check("[mtls, scram-sha-512]", "[mtls, scram-sha-512, oauthbearer]", "18: these mechanisms need `oauth`");
    let without_tls = GOOD
        .lines()
        .filter(|line| !line.starts_with("    tls: { certificate"))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(problems(&without_tls), ["11: the listener has no `tls`"]);
}

#[test]
fn secrets_are_references() {
    check("env:UPSTREAM", "hunter2", "7: a secret is given by reference, never by value");
    check("env:UPSTREAM", "env:NOT_SET", "7: the environment variable `NOT_SET` is not set");
    assert!(
        problems(&GOOD.replace("env:UPSTREAM", "file:nowhere"))[0]
            .starts_with("7: cannot read `/bundle/nowhere`")
    );
    assert!(!problems(&GOOD.replace("env:UPSTREAM", "hunter2")).concat().contains("hunter2"));
}

#[test]
fn nonsense_is_refused_with_its_place() {
    check("broker-2.internal:9093", "broker-2.internal", "4: `broker-2.internal` is no broker address");
    check(
        "broker-2.internal:9093",
        "broker-1.internal:9093",
        "4: `broker-1.internal:9093` stands for two nodes",
    );
    check("cluster: main", "cluster: other", "12: `other` is no known cluster");
    check(
        "nodes: { 1: 9093, 2: 9094 }",
        "nodes: { 1: 9093 }",
        "11: listener `internal` does not show node 2",
    );
    check(
        "2: 9094 }",
        "2: 9094, 3: 9095 }",
        "11: listener `internal` shows node 3, which cluster `main` does not have",
    );
    check(
        "2: 9094 }",
        "2: 9092 }",
        "1: listener `internal` and listener `internal` both listen on port 9092",
    );
    check(
        "127.0.0.1:9464",
        "127.0.0.1:9093",
        "1: listener `internal` and `admin.http` both listen on port 9093",
    );
    check("10.0.0.0/8", "10.0.0.1/8", "23: `10.0.0.1/8` is no network");
    check("handshake_timeout: 3s", "handshake_timeout: 3", "24: `3` is no value for `handshake_timeout`");
    check("handshake_timeout: 3s", "handshake_timeout: 0s", "24: `0s` is no value for `handshake_timeout`");
    check("connections: 50", "connections: 0", "24: `0` is no value for `connections`");
    check("request_frame: 2MiB", "request_frame: 2GiB", "24: `2GiB` is no value for `request_frame`");
    let relayed = problems(&GOOD.replace("mode: terminate", "mode: relay"));
    let expected = [
        "18: a client certificate cannot be relayed: the broker never sees it",
        "22: no mechanism here uses `users`",
    ];
    assert_eq!(relayed, expected);
    check("[mtls, scram-sha-512]", "[mtls, kerberos, scram-sha-512]", "19: `kerberos` is no mechanism here");
    check(
        "'{account}' }",
        "'{nobody}' }",
        "21: `{nobody}` uses `{nobody}`, which the pattern does not capture",
    );
}

#[test]
fn every_problem_is_reported_at_once() {
    let text = GOOD
        .replace("name: internal", "name: ''")
        .replace("bind: 0.0.0.0", "bind: everywhere")
        .replace("connections: 50", "connections: many");
    assert_eq!(problems(&text).len(), 3, "{:?}", problems(&text));
    assert_eq!(problems("").len(), 1);
    assert_eq!(problems("{}").len(), 3, "{:?}", problems("{}"));
    assert_eq!(problems("a: [").len(), 1);
    assert!(!problems("admin: { socket: a }\nadmin: { socket: b }").is_empty());
}

#[test]
fn what_weakens_a_protection_is_named() {
    let text = "\
admin: { socket: run/tidegate.sock }
clusters:
  main:
    nodes: { 1: 127.0.0.1:9093 }
    dangerous_plaintext: true
    identity: { dangerous_no_upstream_identity: true }
listeners:
  - name: bare
    cluster: main
    bind: 127.0.0.1
    advertise: localhost
    ports: { bootstrap: 9092, nodes: { 1: 19093 } }
    dangerous_plaintext: true
    authentication: { mode: terminate, mechanisms: [plain], users: file:users.yaml, dangerous_plain_without_tls: true }
";
    let dangers: Vec<_> =
        load(text).unwrap().dangers().iter().map(|danger| (danger.setting, danger.owner.clone())).collect();
    let expected = [
        ("dangerous_plaintext", "cluster main"),
        ("dangerous_no_upstream_identity", "cluster main"),
        ("dangerous_plaintext", "listener bare"),
        ("dangerous_plain_without_tls", "listener bare"),
    ];
    assert_eq!(dangers, expected.map(|(setting, owner)| (setting, owner.to_owned())));
    let without = text.replace(", dangerous_plain_without_tls: true", "");
    assert_eq!(problems(&without), ["14: passwords or tokens would cross the network in the clear"]);
    let nobody = text.replace("    identity: { dangerous_no_upstream_identity: true }\n", "");
    assert_eq!(problems(&nobody).len(), 1);
}

#[test]
fn the_example_is_fine_and_weakens_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/bundle");
    let config = Config::load(&folder.join(FILE), &|_| Some("secret".to_owned())).unwrap();
    assert_eq!(config.dangers(), []);
    assert_eq!(config.listeners.len(), 2);
}

#[test]
fn schema_and_reference_name_every_limit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = std::fs::read_to_string(folder.join("schemas/tidegate.schema.json")).unwrap();
    let reference = std::fs::read_to_string(folder.join("../../docs/configuration.md")).unwrap();
    for name in Limits::NAMES {
        assert!(schema.contains(&format!("\"{name}\"")), "{name}");
        assert!(reference.contains(&format!("| `{name}` |")), "{name}");
    }
}
