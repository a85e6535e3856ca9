//! The `clusters` section: where the brokers are, how they prove themselves, and who the gateway is to them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use tidegate_model::{Mechanism, PrincipalName};
use tidegate_wire::sasl::Secret;

use super::document::{Node, Problems, Section};
use super::reading::{Reading, mechanism, mechanism_names};
use super::units::parse_host_port;

/// One broker cluster.
#[derive(Debug)]
pub struct ClusterConfig {
    /// Its name: what policies and logs call it.
    pub name: Arc<str>,
    /// The environment it belongs to. A catalog that says otherwise is refused: it was written for another gateway.
    pub environment: Option<Arc<str>>,
    /// Node id to address. The only addresses the gateway ever connects to: what a broker announces changes nothing.
    pub nodes: BTreeMap<i32, NodeAddress>,
    /// How the connection to a broker is protected.
    pub transport: UpstreamTransport,
    /// Who the gateway is to the brokers, for listeners that terminate authentication.
    pub identity: UpstreamIdentityConfig,
}

impl ClusterConfig {
    /// The names by which brokers could be found, which no client is to learn.
    pub fn hosts(&self) -> impl Iterator<Item = String> {
        let expected = match &self.transport {
            UpstreamTransport::Tls(tls) => tls.server_name.clone(),
            UpstreamTransport::DangerousPlaintext => None,
        };
        self.nodes.values().map(|node| node.host.clone()).chain(expected)
    }
}

/// Where one broker listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeAddress {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// How connections to brokers are protected.
#[derive(Debug)]
pub enum UpstreamTransport {
    /// TLS; brokers prove who they are.
    Tls(UpstreamTls),
    /// None at all (`dangerous_plaintext`).
    DangerousPlaintext,
}

/// The TLS settings towards brokers.
#[derive(Debug, Clone)]
pub struct UpstreamTls {
    /// The authorities that brokers' certificates come from.
    pub ca: PathBuf,
    /// The name to expect in every broker's certificate instead of the host connected to.
    pub server_name: Option<String>,
    /// The gateway's own certificate chain and key.
    pub client_certificate: Option<CertificateFiles>,
}

/// A certificate chain and its key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Who the gateway is to the brokers once it has authenticated a client itself.
#[derive(Debug, Default)]
pub struct UpstreamIdentityConfig {
    /// A credential per principal.
    pub mapped: BTreeMap<PrincipalName, UpstreamCredential>,
    /// The gateway's own identity, for principals without a mapped credential.
    pub gateway: GatewayIdentity,
}

/// The gateway's own identity.
#[derive(Debug, Default)]
pub enum GatewayIdentity {
    /// It has none: principals without a mapped credential are refused.
    #[default]
    None,
    /// The client certificate of the TLS settings.
    Certificate,
    /// A SASL login.
    Sasl(UpstreamCredential),
    /// The broker asks nobody who they are (`dangerous_no_upstream_identity`).
    DangerousAnonymous,
}

/// A SASL login at a broker.
#[derive(Clone)]
pub struct UpstreamCredential {
    /// PLAIN or SCRAM.
    pub mechanism: Mechanism,
    /// The user name.
    pub username: String,
    /// The password.
    pub password: Arc<Secret>,
}

impl std::fmt::Debug for UpstreamCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} as `{}`", self.mechanism.as_str(), self.username)
    }
}

/// The clusters by name; `None` for one that has problems, so that listeners which name it do not cause another.
pub(super) type Clusters = BTreeMap<String, Option<Arc<ClusterConfig>>>;

pub(super) fn read_clusters(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Clusters {
    let entries = node.entries("`clusters`", problems).unwrap_or_default();
    if entries.is_empty() {
        problems.add(node.place, "`clusters` is empty", "name at least one cluster");
    }
    let mut clusters = Clusters::new();
    for (key, value) in entries {
        let Some(name) = reading.name(key, "cluster name", problems) else { continue };
        let cluster = read_cluster(&name, value, reading, problems).map(Arc::new);
        clusters.insert(name, cluster);
    }
    clusters
}

fn read_cluster(
    name: &str,
    node: &Node,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<ClusterConfig> {
    let mut section = node.section(&format!("clusters.{name}"), problems)?;
    let environment =
        section.take("environment").and_then(|node| reading.name(node, "environment name", problems));
    let nodes = section
        .require("nodes", "add `nodes: { 1: broker-1.internal:9093 }`, one entry per broker", problems)
        .and_then(|node| read_nodes(node, problems));
    let transport = read_transport(&mut section, reading, problems);
    let identity = match section.take("identity") {
        Some(node) => read_identity(node, reading, problems),
        None => Some(UpstreamIdentityConfig::default()),
    };
    if let (Some(UpstreamTransport::Tls(tls)), Some(identity)) = (&transport, &identity)
        && matches!(identity.gateway, GatewayIdentity::Certificate)
        && tls.client_certificate.is_none()
    {
        let fix = "add `certificate` and `key` under `tls`";
        problems.add(section.place(), "the gateway's identity is its certificate, and there is none", fix);
    }
    section.finish(problems);
    Some(ClusterConfig {
        name: Arc::from(name),
        environment: environment.map(Arc::from),
        nodes: nodes?,
        transport: transport?,
        identity: identity?,
    })
}

fn read_nodes(node: &Node, problems: &mut Problems) -> Option<BTreeMap<i32, NodeAddress>> {
    let entries = node.entries("`nodes`", problems)?;
    if entries.is_empty() {
        problems.add(node.place, "`nodes` is empty", "add one entry per broker: `1: broker-1.internal:9093`");
    }
    let mut nodes = BTreeMap::new();
    let mut all_read = true;
    for (key, value) in entries {
        let id =
            key.parse("node id", "the broker's `node.id`, a whole number from 0", problems, parse_node_id);
        let address = value.parse("broker address", "`host:port`", problems, parse_host_port);
        let (Some(id), Some((host, port))) = (id, address) else {
            all_read = false;
            continue;
        };
        let address = NodeAddress { host, port };
        if nodes.values().any(|known| *known == address) {
            problems.add(
                value.place,
                format!("`{}:{}` stands for two nodes", address.host, address.port),
                "give each node its own address",
            );
        }
        if nodes.insert(id, address).is_some() {
            problems.add(key.place, format!("node {id} is listed twice"), "keep one of them");
        }
    }
    // Half a list would make problems elsewhere that are none.
    all_read.then_some(nodes)
}

pub(super) fn parse_node_id(text: &str) -> Option<i32> {
    text.parse().ok().filter(|id| *id >= 0)
}

fn read_transport(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<UpstreamTransport> {
    let plaintext = section.dangerous("dangerous_plaintext", problems);
    match (section.take("tls"), plaintext) {
        (Some(node), false) => read_tls(node, reading, problems).map(UpstreamTransport::Tls),
        (None, true) => Some(UpstreamTransport::DangerousPlaintext),
        (Some(node), true) => {
            problems.add(
                node.place,
                "`tls` and `dangerous_plaintext` exclude each other",
                "remove one of them",
            );
            None
        }
        (None, false) => {
            let fix = "add `tls: { ca: file:... }`, the authority of the brokers' certificates";
            problems.add(section.place(), "nothing says how brokers prove who they are", fix);
            None
        }
    }
}

fn read_tls(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<UpstreamTls> {
    let mut section = node.section("tls", problems)?;
    let ca = section
        .require("ca", "add `ca: file:ca.pem`, the authority of the brokers' certificates", problems)
        .and_then(|node| reading.file(node, problems));
    let server_name = section.take("server_name").and_then(|node| reading.host(node, problems));
    let client_certificate = read_certificate(&mut section, reading, problems);
    section.finish(problems);
    Some(UpstreamTls { ca: ca?, server_name, client_certificate })
}

/// `certificate` and `key`, which come together or not at all.
pub(super) fn read_certificate(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<CertificateFiles> {
    match (section.take("certificate"), section.take("key")) {
        (Some(certificate), Some(key)) => {
            let (certificate, key) = (reading.file(certificate, problems), reading.file(key, problems));
            Some(CertificateFiles { certificate: certificate?, key: key? })
        }
        (None, None) => None,
        (Some(node), None) | (None, Some(node)) => {
            problems.add(node.place, "`certificate` and `key` come together", "add the other one");
            None
        }
    }
}

fn read_identity(
    node: &Node,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<UpstreamIdentityConfig> {
    let mut section = node.section("identity", problems)?;
    let anonymous = section.dangerous("dangerous_no_upstream_identity", problems);
    let gateway = match (section.take("gateway"), anonymous) {
        (Some(node), false) => read_gateway_identity(node, reading, problems)?,
        (None, true) => GatewayIdentity::DangerousAnonymous,
        (None, false) => GatewayIdentity::None,
        (Some(node), true) => {
            let message = "`gateway` and `dangerous_no_upstream_identity` exclude each other";
            problems.add(node.place, message, "remove one of them");
            return None;
        }
    };
    let mut mapped = BTreeMap::new();
    let entries =
        section.take("mapped").and_then(|node| node.entries("`mapped`", problems)).unwrap_or_default();
    for (key, value) in entries {
        let what = "principal name";
        let name = key.parse(what, "1 to 249 bytes without control characters", problems, |text| {
            PrincipalName::new(text).ok()
        });
        let credential = read_credential(value, reading, problems);
        if let (Some(name), Some(credential)) = (name, credential)
            && mapped.insert(name, credential).is_some()
        {
            problems.add(key.place, "the principal is mapped twice", "keep one of them");
        }
    }
    section.finish(problems);
    Some(UpstreamIdentityConfig { mapped, gateway })
}

fn read_gateway_identity(
    node: &Node,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<GatewayIdentity> {
    let mut section = node.section("gateway", problems)?;
    let named = section.take("mechanism").and_then(|node| node.text("`mechanism`", problems));
    if named == Some(Mechanism::Mtls.as_str()) {
        section.finish(problems);
        return Some(GatewayIdentity::Certificate);
    }
    read_credential(node, reading, problems).map(GatewayIdentity::Sasl)
}

fn read_credential(
    node: &Node,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<UpstreamCredential> {
    let mut section = node.section("identity", problems)?;
    let known = [Mechanism::ScramSha512, Mechanism::ScramSha256, Mechanism::Plain];
    let mechanism = section
        .require("mechanism", &format!("add `mechanism:`, one of {}", mechanism_names(&known)), problems)
        .and_then(|node| mechanism(node, &known, problems));
    let username = section
        .require("username", "add the user's name at the broker", problems)
        .and_then(|node| node.text("`username`", problems))
        .map(str::to_owned);
    let password = section
        .require("password", "add `password: file:...` or `env:...`", problems)
        .and_then(|node| reading.secret(node, problems));
    section.finish(problems);
    Some(UpstreamCredential { mechanism: mechanism?, username: username?, password: password? })
}
