//! The bundle of the gateway under test.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use tidegate_testkit::kafka::{self, Cluster, Version};
use tidegate_testkit::process::free_port;

use crate::world::{Mode, password};

/// Who the gateway is to the brokers.
pub(crate) const GATEWAY_USER: &str = "gateway";

/// How clients reach a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Tls,
    /// Without TLS, through a [`crate::tap::Tap`] that sits at the address clients are told.
    Tapped,
}

/// Where the gateway itself listens when a tap sits in front of it, on the same port.
pub(crate) const BEHIND_TAP: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A listener of the gateway.
pub(crate) struct Listener {
    version: Version,
    mode: Mode,
    transport: Transport,
    bootstrap: u16,
    nodes: Vec<(i32, u16)>,
}

impl Listener {
    pub(crate) fn new(version: Version, mode: Mode, transport: Transport, ids: &[i32]) -> Self {
        let free = || free_port(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
        let nodes = ids.iter().map(|id| (*id, free())).collect();
        Self { version, mode, transport, bootstrap: free(), nodes }
    }

    pub(crate) fn bootstrap(&self) -> String {
        format!("127.0.0.1:{}", self.bootstrap)
    }

    pub(crate) fn ports(&self) -> impl Iterator<Item = u16> {
        self.nodes.iter().map(|(_, port)| *port).chain([self.bootstrap])
    }

    fn text(&self) -> String {
        let nodes: Vec<_> = self.nodes.iter().map(|(id, port)| format!("{id}: {port}")).collect();
        let (bind, transport) = match self.transport {
            Transport::Tls => (Ipv4Addr::LOCALHOST, tls(self.mode)),
            Transport::Tapped => (BEHIND_TAP, "dangerous_plaintext: true"),
        };
        format!(
            "  - name: {}\n    cluster: {}\n    bind: {bind}\n    advertise: 127.0.0.1\n    \
             ports: {{ bootstrap: {}, nodes: {{ {} }} }}\n    {transport}\n    authentication:\n{}",
            name(self.version, self.mode, self.transport),
            cluster_name(self.version),
            self.bootstrap,
            nodes.join(", "),
            authentication(self.mode, self.transport),
        )
    }
}

/// The name of a listener in the configuration.
pub(crate) fn name(version: Version, mode: Mode, transport: Transport) -> String {
    format!("{}-{mode:?}-{transport:?}", cluster_name(version)).to_lowercase()
}

/// Writes the whole bundle into `home`.
pub(crate) fn write(home: &Path, http: SocketAddr, clusters: &[(&str, &Cluster)], listeners: &[Listener]) {
    let put = |path: &str, text: &str| {
        let path = home.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut text = format!("bundle: .\nadmin: {{ socket: run/tidegate.sock, http: '{http}' }}\nclusters:\n");
    for (name, cluster) in clusters {
        text += &cluster_text(name, cluster);
    }
    text += "listeners:\n";
    text.extend(listeners.iter().map(Listener::text));
    put("tidegate.yaml", &text);
    put("upstream.password", &password(GATEWAY_USER));
    put("run/.keep", "");
    put("catalog/principals.yaml", PRINCIPALS);
    put("catalog/streams.yaml", STREAMS);
    put("policy/grants.yaml", GRANTS);
    put("policy/guardrails.cedar", "");
}

fn cluster_name(version: Version) -> &'static str {
    match version {
        Version::V4_3 => "current",
        Version::V3_9 => "older",
    }
}

fn cluster_text(name: &str, cluster: &Cluster) -> String {
    let addresses = cluster.addresses(kafka::Listener::Sasl);
    let nodes: Vec<_> = cluster.ids().iter().zip(addresses).map(|(id, at)| format!("{id}: '{at}'")).collect();
    format!(
        "  {name}:\n    nodes: {{ {} }}\n    tls: {{ ca: 'file:{}' }}\n    identity:\n      \
         gateway: {{ mechanism: scram-sha-512, username: {GATEWAY_USER}, password: 'file:upstream.password' }}\n",
        nodes.join(", "),
        cluster.authority_file().display(),
    )
}

fn tls(mode: Mode) -> &'static str {
    match mode {
        Mode::Relay => {
            "tls: { certificate: file:server.crt, key: file:server.key, client_certificate: none }"
        }
        Mode::Terminate => {
            "tls: { certificate: file:server.crt, key: file:server.key, client_certificate: optional, client_ca: file:ca.pem }"
        }
    }
}

fn authentication(mode: Mode, transport: Transport) -> String {
    let mut lines = vec![format!("mode: {mode:?}").to_lowercase()];
    let mechanisms = match (mode, transport) {
        (_, Transport::Tapped) => "scram-sha-512",
        (Mode::Relay, Transport::Tls) => "scram-sha-256, scram-sha-512, plain, oauthbearer",
        (Mode::Terminate, Transport::Tls) => "mtls, scram-sha-256, scram-sha-512, plain, oauthbearer",
    };
    lines.push(format!("mechanisms: [{mechanisms}]"));
    if mode == Mode::Terminate {
        lines.push("users: file:run/users.yaml".to_owned());
    }
    if transport == Transport::Tls {
        lines.push(
            "oauth: { token: { issuer: 'https://tokens.example', audiences: [kafka], algorithms: [ES256] }, \
             keys: { file: 'file:tokens.jwks' } }"
                .to_owned(),
        );
    }
    if (mode, transport) == (Mode::Terminate, Transport::Tls) {
        lines.push("certificate_rules: [{ cn: { pattern: '{name}', principal: '{name}' } }]".to_owned());
    }
    lines.iter().map(|line| format!("      {line}\n")).collect()
}

const PRINCIPALS: &str = "\
principals:
  - { name: alice, kind: workload, team: a, environment: test }
  - { name: bob, kind: workload, team: a, environment: test }
  - { name: admin, kind: workload, team: platform, environment: test }
";

const STREAMS: &str = "\
clusters:
  - { name: current, environment: test }
  - { name: older, environment: test }
streams: []
";

const GRANTS: &str = "\
grants:
  - name: alice does what she likes with her topics
    to: [alice]
    actions: [read, write, create, delete, describe_configs, alter_configs, alter_retention, create_partitions, purge]
    topics: ['a-*']
  - name: alice has groups
    to: [alice]
    actions: [read, delete, describe_configs, alter_configs, rewind]
    consumer_groups: ['a-*']
  - name: alice has transactions
    to: [alice]
    actions: [write]
    transactional_ids: ['a-*']
  - name: alice knows of others
    to: [alice]
    actions: [describe]
    topics: ['c-*']
  - name: bob reads
    to: [bob]
    actions: [read]
    topics: ['a-*']
    consumer_groups: ['a-*']
  - name: the operator works on all topics
    to: [admin]
    actions: [read, write, create, delete, describe_configs, alter_configs, alter_retention, create_partitions, purge]
    topics: ['*']
  - name: the operator works on all groups
    to: [admin]
    actions: [read, delete, describe_configs, alter_configs, rewind]
    consumer_groups: ['*']
  - name: the operator works on all transactions
    to: [admin]
    actions: [write]
    transactional_ids: ['*']
  - name: the operator works on the cluster
    to: [admin]
    actions: [alter, describe_configs, alter_configs, abort_transactions]
    cluster: true
";
