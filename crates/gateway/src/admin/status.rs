//! What goes over the operator's interface.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::state::{Phase, Shared};

/// The state of a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The program's version.
    pub version: String,
    /// Whether it takes connections.
    pub running: bool,
    /// The number of the policy in force.
    pub policy_version: u64,
    /// The digest of its files.
    pub policy_digest: String,
    /// What was refused when last read; the earlier state of it is in force.
    pub problems: Vec<String>,
    /// The settings that weaken a protection.
    pub dangers: Vec<String>,
    /// The listeners.
    pub listeners: Vec<ListenerStatus>,
    /// The clusters.
    pub clusters: Vec<ClusterStatus>,
    /// The number of sessions by principal.
    pub sessions: BTreeMap<String, usize>,
    /// The revoked principals.
    pub revoked: Vec<String>,
}

/// The state of a listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListenerStatus {
    /// Its name.
    pub name: String,
    /// The cluster behind it.
    pub cluster: String,
    /// The local addresses.
    pub addresses: Vec<String>,
    /// The mechanisms offered.
    pub mechanisms: Vec<String>,
}

/// The state of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterStatus {
    /// Its name.
    pub name: String,
    /// Its nodes.
    pub nodes: Vec<NodeStatus>,
}

/// The state of a broker node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// Its id.
    pub id: i32,
    /// Where it is.
    pub address: String,
    /// Whether it answered when last asked.
    pub up: bool,
    /// Why it did not.
    pub problem: Option<String>,
}

/// An order to revoke a principal, or to take that back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeRequest {
    /// Who.
    pub principal: String,
    /// Why, in the operator's words.
    #[serde(default)]
    pub reason: Option<String>,
    /// Take an earlier revocation back.
    #[serde(default)]
    pub undo: bool,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeReport {
    /// Who.
    pub principal: String,
    /// Whether the principal is revoked now.
    pub revoked: bool,
    /// How many sessions it had at this gateway; they end within a second.
    pub sessions: usize,
}

impl Status {
    pub(crate) fn of(shared: &Shared) -> Self {
        let policy = shared.policy.load();
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            running: *shared.phase.borrow() == Phase::Running,
            policy_version: policy.version(),
            policy_digest: policy.digest(),
            problems: shared.problems.load().to_vec(),
            dangers: shared.config.dangers().iter().map(ToString::to_string).collect(),
            listeners: shared.listeners.iter().map(|listener| listener_status(&listener.config)).collect(),
            clusters: shared.clusters.iter().map(|cluster| cluster_status(cluster)).collect(),
            sessions: shared.sessions.by_principal(),
            revoked: shared.revocations.load().iter().map(|(name, _)| name.to_owned()).collect(),
        }
    }
}

fn listener_status(config: &crate::config::ListenerConfig) -> ListenerStatus {
    let address = |(port, _)| std::net::SocketAddr::new(config.bind, port).to_string();
    ListenerStatus {
        name: config.name.to_string(),
        cluster: config.cluster.name.to_string(),
        addresses: config.addressing.ports().into_iter().map(address).collect(),
        mechanisms: config
            .authentication
            .mechanisms
            .iter()
            .map(|mechanism| mechanism.as_str().to_owned())
            .collect(),
    }
}

fn cluster_status(cluster: &crate::state::ClusterState) -> ClusterStatus {
    let nodes = cluster.nodes.iter().map(|(id, node)| NodeStatus {
        id: *id,
        address: format!("{}:{}", node.address.host, node.address.port),
        up: node.versions().is_some() && node.problem().is_none(),
        problem: node.problem().map(|problem| problem.to_string()),
    });
    ClusterStatus { name: cluster.config.name.to_string(), nodes: nodes.collect() }
}
