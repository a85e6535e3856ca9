//! The `listeners` section: where clients connect, what they see, and how they prove who they are.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use super::addressing::{Addressing, read_addressing};
use super::authentication::{AuthenticationConfig, read_authentication};
use super::cluster::{CertificateFiles, ClusterConfig, Clusters, read_certificate};
use super::document::{Node, Problems, Section};
use super::limits::Limits;
use super::reading::Reading;
use super::units::Network;

/// One listener: the gateway's side of one cluster for one audience.
#[derive(Debug)]
pub struct ListenerConfig {
    /// Its name: what policies and logs call it.
    pub name: Arc<str>,
    /// The cluster behind it.
    pub cluster: Arc<ClusterConfig>,
    /// The local address it listens on.
    pub bind: IpAddr,
    /// How the broker nodes are told apart, and the addresses clients see.
    pub addressing: Addressing,
    /// How connections are protected.
    pub transport: ListenerTransport,
    /// How clients prove who they are.
    pub authentication: AuthenticationConfig,
    /// Load balancers whose PROXY protocol header is believed, and required; nobody else's is read.
    pub proxy_protocol: Vec<Network>,
    /// What it takes from clients and brokers.
    pub limits: Limits,
}

/// How connections of clients are protected.
#[derive(Clone, Debug)]
pub enum ListenerTransport {
    /// TLS.
    Tls(ListenerTls),
    /// None at all (`dangerous_plaintext`).
    DangerousPlaintext,
}

/// The TLS settings of a listener.
#[derive(Clone, Debug)]
pub struct ListenerTls {
    /// The gateway's certificate chain and key.
    pub certificate: CertificateFiles,
    /// Whether clients present certificates, and from which authority.
    pub clients: ClientCertificates,
    /// The oldest protocol version.
    pub oldest_version: TlsVersion,
}

/// Whether clients present certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientCertificates {
    /// They are not asked.
    NotAsked,
    /// Who presents one must prove it; who has none goes on without.
    Optional(ClientTrust),
    /// Nobody gets past the handshake without.
    Required(ClientTrust),
}

/// Which client certificates are good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientTrust {
    /// The authorities.
    pub ca: PathBuf,
    /// Their revocation lists.
    pub crls: Vec<PathBuf>,
}

/// A TLS protocol version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsVersion {
    /// TLS 1.2, with ephemeral key exchange only.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

pub(super) fn read_listeners(
    node: &Node,
    clusters: &Clusters,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Vec<Arc<ListenerConfig>> {
    let items = node.list("`listeners`", problems).unwrap_or_default();
    if items.is_empty() {
        problems.add(node.place, "`listeners` is empty", "add at least one listener");
    }
    let mut names = BTreeSet::new();
    let mut listeners = Vec::new();
    for item in items {
        let Some(listener) = read_listener(item, clusters, reading, problems) else { continue };
        if !names.insert(listener.name.clone()) {
            problems.add(
                item.place,
                format!("two listeners are named `{}`", listener.name),
                "rename one of them",
            );
        }
        listeners.push(Arc::new(listener));
    }
    listeners
}

fn read_listener(
    node: &Node,
    clusters: &Clusters,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<ListenerConfig> {
    let mut section = node.section("listeners", problems)?;
    let name = section
        .require("name", "add `name:`, which logs and policies use", problems)
        .and_then(|node| reading.name(node, "listener name", problems));
    let cluster = section
        .require("cluster", "add `cluster:`, one of those under `clusters`", problems)
        .and_then(|node| find_cluster(node, clusters, problems));
    let bind = section
        .require("bind", "add `bind: 0.0.0.0`, or the one address to listen on", problems)
        .and_then(|node| {
            node.parse("network address", "an address such as `0.0.0.0`", problems, |text| text.parse().ok())
        });
    let addressing = read_addressing(&mut section, reading, problems);
    let transport = read_transport(&mut section, reading, problems);
    let authentication = section
        .require("authentication", "add `authentication:` with `mode` and `mechanisms`", problems)
        .and_then(|node| read_authentication(node, transport.as_ref(), reading, problems));
    let proxy_protocol = read_proxy_protocol(&mut section, problems);
    let limits = section.take("limits").map_or_else(Limits::default, |node| Limits::read(node, problems));
    let place = section.place();
    section.finish(problems);
    let listener = ListenerConfig {
        name: Arc::from(name?),
        cluster: cluster?,
        bind: bind?,
        addressing: addressing?,
        transport: transport?,
        authentication: authentication?,
        proxy_protocol,
        limits,
    };
    check_nodes(&listener, place, problems);
    super::authentication::check_upstream(&listener, place, problems);
    Some(listener)
}

fn find_cluster(node: &Node, clusters: &Clusters, problems: &mut Problems) -> Option<Arc<ClusterConfig>> {
    let known = clusters.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    node.parse("known cluster", &format!("one of: {known}"), problems, |text| clusters.get(text).cloned())?
}

fn check_nodes(listener: &ListenerConfig, place: super::document::Place, problems: &mut Problems) {
    let shown = listener.addressing.node_ids();
    let real: BTreeSet<i32> = listener.cluster.nodes.keys().copied().collect();
    for id in real.difference(&shown) {
        let fix = format!("give node {id} a port or a name: clients are sent to every broker");
        problems.add(place, format!("listener `{}` does not show node {id}", listener.name), fix);
    }
    for id in shown.difference(&real) {
        let message = format!(
            "listener `{}` shows node {id}, which cluster `{}` does not have",
            listener.name, listener.cluster.name
        );
        problems.add(place, message, "remove it, or add the node to the cluster");
    }
}

fn read_transport(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<ListenerTransport> {
    let plaintext = section.dangerous("dangerous_plaintext", problems);
    match (section.take("tls"), plaintext) {
        (Some(node), false) => read_tls(node, reading, problems).map(ListenerTransport::Tls),
        (None, true) => Some(ListenerTransport::DangerousPlaintext),
        (Some(node), true) => {
            problems.add(
                node.place,
                "`tls` and `dangerous_plaintext` exclude each other",
                "remove one of them",
            );
            None
        }
        (None, false) => {
            problems.add(
                section.place(),
                "the listener has no `tls`",
                "add `tls:` with `certificate` and `key`",
            );
            None
        }
    }
}

fn read_tls(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<ListenerTls> {
    let mut section = node.section("tls", problems)?;
    let certificate = read_certificate(&mut section, reading, problems);
    if section.take("certificate").is_none() {
        problems.add(
            section.place(),
            "`tls` needs `certificate` and `key`",
            "add `certificate: file:...` and `key: file:...`",
        );
    }
    let clients = read_clients(&mut section, reading, problems);
    let oldest_version = match section.take("oldest_version") {
        Some(node) => node.parse("TLS version", "`1.2` or `1.3`", problems, |text| match text {
            "1.2" => Some(TlsVersion::Tls12),
            "1.3" => Some(TlsVersion::Tls13),
            _ => None,
        }),
        None => Some(TlsVersion::Tls12),
    };
    section.finish(problems);
    Some(ListenerTls { certificate: certificate?, clients: clients?, oldest_version: oldest_version? })
}

fn read_clients(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<ClientCertificates> {
    let ca = section.take("client_ca");
    let crls = section
        .take("client_crls")
        .and_then(|node| node.list("`client_crls`", problems))
        .unwrap_or_default()
        .iter()
        .filter_map(|node| reading.file(node, problems))
        .collect::<Vec<_>>();
    let fix = "add `client_certificate: none`, `optional` or `required`";
    let asked = section.require("client_certificate", fix, problems)?;
    let wanted = asked.text("`client_certificate`", problems)?;
    let Some(ca) = ca else {
        if wanted == "none" && crls.is_empty() {
            return Some(ClientCertificates::NotAsked);
        }
        problems.add(asked.place, "client certificates need `client_ca`", "add `client_ca: file:...`");
        return None;
    };
    let trust = ClientTrust { ca: reading.file(ca, problems)?, crls };
    match wanted {
        "optional" => return Some(ClientCertificates::Optional(trust)),
        "required" => return Some(ClientCertificates::Required(trust)),
        "none" => {
            let message = "`client_ca` has no meaning where no client certificate is asked for";
            problems.add(ca.place, message, "remove it");
        }
        _ => {
            let message = format!("`{wanted}` is no `client_certificate`");
            problems.add(asked.place, message, "write `none`, `optional` or `required`");
        }
    }
    None
}

fn read_proxy_protocol(section: &mut Section<'_>, problems: &mut Problems) -> Vec<Network> {
    let Some(mut inner) =
        section.take("proxy_protocol").and_then(|node| node.section("proxy_protocol", problems))
    else {
        return Vec::new();
    };
    let networks = inner
        .require("from", "add `from: [10.0.0.0/8]`, the load balancers to believe", problems)
        .and_then(|node| node.list("`from`", problems))
        .unwrap_or_default()
        .iter()
        .filter_map(|node| node.parse("network", "a network such as `10.0.0.0/8`", problems, Network::parse))
        .collect();
    inner.finish(problems);
    networks
}

/// Every address the gateway will listen on, with the listener's name.
pub(super) fn addresses(listener: &ListenerConfig) -> impl Iterator<Item = SocketAddr> + '_ {
    listener.addressing.ports().into_iter().map(|(port, _)| SocketAddr::new(listener.bind, port))
}
