//! A gateway before a real broker, and a Kafka client that does what no honest client would.
#![allow(dead_code, unreachable_pub, reason = "every test program uses another part of it")]

pub mod client;

use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tidegate_connect::identity::users::{Standing, UserFile, Users};
use tidegate_gateway::Gateway;
use tidegate_gateway::config::Config;
use tidegate_model::{PrincipalName, UnixMillis};
use tidegate_testkit::kafka::{Cluster, Listener};
use tidegate_testkit::oauth::Mint;
use tidegate_testkit::pki::Authority;
use tidegate_testkit::process::free_port;
use tidegate_wire::sasl::Secret;

/// The broker all tests of one program share.
pub fn broker() -> &'static Cluster {
    static BROKER: OnceLock<Cluster> = OnceLock::new();
    BROKER.get_or_init(|| {
        // `RUST_LOG=info` shows what the gateways say.
        let filter = tracing_subscriber::EnvFilter::from_default_env();
        tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().init();
        let cluster = Cluster::builder()
            .secured()
            .nodes(1)
            .user("orders", PASSWORD)
            .user("payments", PASSWORD)
            .user("gateway", PASSWORD)
            .super_user("User:gateway")
            .super_user("User:orders")
            .property("connections.max.reauth.ms", "3600000")
            // Logins by PLAIN at the broker last three seconds.
            .property("listener.name.sasl.plain.connections.max.reauth.ms", "3000")
            .start()
            .unwrap();
        for topic in ["orders.created", "payments.settled"] {
            cluster.admin().unwrap().create_topic(topic, 1).unwrap();
        }
        cluster
    })
}

/// The password of every user, at the broker and at the gateway.
pub const PASSWORD: &str = "a-long-enough-password";

/// A running gateway with everything it was made of.
pub struct Fixture {
    pub gateway: Gateway,
    pub port: u16,
    pub node_port: u16,
    /// Stands for a node that does not exist, where the test wished for one.
    pub dead_port: u16,
    pub http_port: u16,
    pub folder: TempDir,
    pub servers: Authority,
    pub clients: Authority,
    pub mint: Mint,
}

/// What a test wants different.
pub struct Wish {
    pub mode: &'static str,
    pub mechanisms: &'static str,
    pub client_certificate: &'static str,
    pub limits: &'static str,
    pub more: &'static str,
    pub bound_only: bool,
    pub identity: &'static str,
    pub addressing: Addressing,
    /// Take the broker's tokens instead of the fixture's own.
    pub broker_tokens: bool,
}

/// How nodes are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    Ports,
    Names,
    /// By ports, with a second node behind which nobody listens.
    PortsWithDeadNode,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            mode: "terminate",
            mechanisms: "[scram-sha-256, scram-sha-512, plain, oauthbearer]",
            client_certificate: "optional",
            limits: "",
            more: "",
            bound_only: false,
            addressing: Addressing::Ports,
            broker_tokens: false,
            identity: "gateway: { mechanism: scram-sha-512, username: gateway, password: 'file:upstream.password' }",
        }
    }
}

impl Fixture {
    /// Starts a gateway.
    pub async fn start(wish: Wish) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let servers = Authority::new("Gateway CA").unwrap();
        let clients = Authority::new("Client CA").unwrap();
        let mint = Mint::es256("key-1", "https://issuer.test", "kafka").unwrap();
        let root = folder.path();
        write_bundle(root);
        servers
            .server(&["localhost", "127.0.0.1", "kafka.test", "one.kafka.test", "nobody.kafka.test"])
            .unwrap()
            .write(root, "server")
            .unwrap();
        clients.write(root.join("clients.pem")).unwrap();
        fs::write(root.join("clients.crl"), clients.revoke(&[]).unwrap()).unwrap();
        let keys = if wish.broker_tokens { broker().mint().jwks() } else { mint.jwks() };
        fs::write(root.join("jwks.json"), keys.to_string()).unwrap();
        fs::write(root.join("upstream.password"), PASSWORD).unwrap();
        write_users(&root.join("users"));
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let [port, node_port, dead_port, http_port] = [(); 4].map(|()| free_port(local).unwrap());
        let text = configuration(&wish, [port, node_port, dead_port, http_port]);
        let config = Config::from_text("tidegate.yaml", &text, root, &|_| None);
        let config = config.unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        let gateway = Gateway::start(config).await.unwrap_or_else(|error| panic!("{error}"));
        let fixture = Self { gateway, port, node_port, dead_port, http_port, folder, servers, clients, mint };
        fixture.until(|| fixture.gateway.status().clusters[0].nodes[0].up).await;
        fixture
    }

    /// Starts another gateway over the same bundle, with ports and an admin socket of its own, and gives its port.
    pub async fn beside(&self) -> (Gateway, u16) {
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let ports = [(); 4].map(|()| free_port(local).unwrap());
        let text = configuration(&Wish::default(), ports).replace("run/admin.sock", "run/beside.sock");
        let config = Config::from_text("tidegate.yaml", &text, self.folder.path(), &|_| None);
        let config = config.unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"));
        let gateway = Gateway::start(config).await.unwrap_or_else(|error| panic!("{error}"));
        self.until(|| gateway.status().clusters[0].nodes[0].up).await;
        (gateway, ports[0])
    }

    /// A file of the bundle.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes a text file in place.
    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        fs::write(self.path(name), text.replace(from, to)).unwrap();
    }

    /// Changes the store of users.
    pub fn users(&self, change: impl FnOnce(&mut Users)) {
        UserFile::new(self.path("users"))
            .update(|users| {
                change(users);
                Ok(())
            })
            .unwrap();
    }

    /// Waits for something to become true.
    pub async fn until(&self, condition: impl Fn() -> bool) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while !condition() {
            assert!(Instant::now() < deadline, "did not become true\n{:#?}", self.gateway.status());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The value of a metric's line that begins with `line`.
    pub fn metric(&self, line: &str) -> f64 {
        let text = self.gateway.metrics();
        let found = text.lines().find_map(|candidate| candidate.strip_prefix(line)?.trim().parse().ok());
        found.unwrap_or(0.0)
    }
}

pub fn name(text: &str) -> PrincipalName {
    PrincipalName::new(text).unwrap()
}

fn configuration(wish: &Wish, [port, node_port, dead_port, http_port]: [u16; 4]) -> String {
    let Wish { mode, mechanisms, client_certificate, limits, more, bound_only, identity, .. } = wish;
    let broker = broker();
    let address = broker.addresses(Listener::Sasl)[0];
    let ca = broker.authority_file().display().to_string();
    let trust = match *client_certificate {
        "none" => "",
        _ => ", client_ca: 'file:clients.pem', client_crls: ['file:clients.crl']",
    };
    let users = match mode.starts_with("terminate")
        && (mechanisms.contains("scram") || mechanisms.contains("plain"))
    {
        true => "      users: file:users\n",
        false => "",
    };
    let rules = match mechanisms.contains("mtls") {
        true => {
            "      certificate_rules:\n        - spiffe: { trust_domain: prod.test, path: '/sa/{account}', principal: '{account}' }\n"
        }
        false => "",
    };
    let issuer = if wish.broker_tokens { broker.mint().issuer() } else { "https://issuer.test" };
    let oauth = match mechanisms.contains("oauthbearer") {
        true => format!(
            "      oauth:\n        token: {{ issuer: '{issuer}', audiences: [kafka], algorithms: [ES256], require_bound_tokens: {bound_only}, clock_skew_seconds: 0 }}\n        keys: {{ file: 'file:jwks.json' }}\n"
        ),
        false => String::new(),
    };
    let (nodes, ways) = match wish.addressing {
        Addressing::Ports => (
            String::new(),
            format!("advertise: localhost\n    ports: {{ bootstrap: {port}, nodes: {{ 1: {node_port} }} }}"),
        ),
        Addressing::PortsWithDeadNode => (
            // Port 1 of this machine: nobody listens, and nobody will.
            ", 2: '127.0.0.1:1'".to_owned(),
            format!(
                "advertise: localhost\n    ports: {{ bootstrap: {port}, nodes: {{ 1: {node_port}, 2: {dead_port} }} }}"
            ),
        ),
        Addressing::Names => (
            String::new(),
            format!("sni: {{ port: {port}, bootstrap: kafka.test, nodes: {{ 1: one.kafka.test }} }}"),
        ),
    };
    format!(
        "\
admin: {{ socket: run/admin.sock, http: '127.0.0.1:{http_port}' }}
clusters:
  main:
    nodes: {{ 1: '{address}'{nodes} }}
    tls: {{ ca: 'file:{ca}' }}
    identity: {{ {identity} }}
listeners:
  - name: internal
    cluster: main
    bind: 127.0.0.1
    {ways}
    tls: {{ certificate: 'file:server.crt', key: 'file:server.key', client_certificate: {client_certificate}{trust} }}
    authentication:
      mode: {mode}
      mechanisms: {mechanisms}
{users}{rules}{oauth}    limits: {{ {limits} }}
{more}"
    )
}

fn write_bundle(root: &Path) {
    for (path, text) in [
        ("catalog/principals.yaml", "principals:\n- name: orders\n- name: payments\n- name: idle\n"),
        ("catalog/streams.yaml", "streams: []\n"),
        (
            "policy/grants.yaml",
            "grants:\n- { name: orders, to: [orders], actions: [read, write], topics: ['orders.*'] }\n- { name: payments, to: [payments], actions: [read], topics: ['payments.*'] }\n",
        ),
        ("policy/guardrails.cedar", ""),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn write_users(path: &Path) {
    // Hashing a password is slow on purpose, so the store is made once.
    static TEXT: OnceLock<Vec<u8>> = OnceLock::new();
    let text = TEXT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = UserFile::new(folder.path().join("users"));
        file.update(|users| {
            for user in ["orders", "payments", "stranger"] {
                users.add(&name(user), &Secret::copy_of(PASSWORD), UnixMillis(1))?;
            }
            users.set_standing("stranger", Standing::Active)
        })
        .unwrap();
        fs::read(file.path()).unwrap()
    });
    fs::write(path, text).unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(path, private).unwrap();
}
