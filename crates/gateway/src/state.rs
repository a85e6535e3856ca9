//! What all tasks of one gateway share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arc_swap::{ArcSwap, ArcSwapOption};
use tidegate_connect::identity::users::{LiveUsers, UserFile};
use tidegate_model::{PrincipalName, Snapshot};
use tidegate_wire::kafka::addresses::AddressMap;
use tidegate_wire::kafka::session::{Route, UpstreamIdentity};
use tidegate_wire::kafka::topics::TopicNames;
use tidegate_wire::kafka::versions::VersionTable;
use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;

use crate::admission::Admissions;
use crate::config::{
    Addressing, AuthenticationMode, ClusterConfig, Config, GatewayIdentity, ListenerConfig,
    ListenerTransport, NodeAddress, UpstreamCredential, UpstreamTransport,
};
use crate::metrics::Metrics;
use crate::revocation::Revocations;
use crate::sessions::Sessions;
use crate::tls::{ClientTls, ServerTls};
use crate::upstream::UpstreamError;

/// What all tasks share.
pub(crate) struct Shared {
    pub(crate) config: Arc<Config>,
    pub(crate) policy: ArcSwap<Snapshot>,
    pub(crate) revocations: ArcSwap<Revocations>,
    /// What was refused when it was last read; the earlier state of it is in force.
    pub(crate) problems: ArcSwap<Vec<String>>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) clusters: Vec<Arc<ClusterState>>,
    pub(crate) listeners: Vec<Arc<ListenerState>>,
    /// Counts up whenever something has changed that a session may stand on.
    pub(crate) changes: watch::Sender<u64>,
    pub(crate) phase: watch::Sender<Phase>,
}

/// Whether the gateway takes connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Running,
    /// No new connections and requests; what is under way may finish until then.
    Draining(Instant),
}

impl Shared {
    /// Makes every session look again at what it stands on.
    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Tells metrics when the gateway's certificates end.
    pub(crate) fn note_expiries(&self) {
        for listener in &self.listeners {
            if let Some(tls) = &listener.tls {
                let name = &listener.config.name;
                self.metrics.certificate_expiry("listener", name, tls.certificate_expires_at().0 / 1000);
                if let Some(end) = tls.revocations_end_at() {
                    self.metrics.certificate_expiry("listener_crl", name, end.0 / 1000);
                }
            }
        }
        for cluster in &self.clusters {
            if let Some(end) = cluster.tls.as_ref().and_then(|tls| tls.certificate_expires_at()) {
                self.metrics.certificate_expiry("cluster", &cluster.config.name, end.0 / 1000);
            }
        }
    }
}

/// One cluster, as the gateway knows it.
pub(crate) struct ClusterState {
    pub(crate) config: Arc<ClusterConfig>,
    pub(crate) tls: Option<ClientTls>,
    pub(crate) nodes: BTreeMap<i32, NodeState>,
    pub(crate) topics: Arc<TopicNames>,
    turn: AtomicUsize,
}

/// One node, as the gateway knows it.
pub(crate) struct NodeState {
    pub(crate) address: NodeAddress,
    cluster: Arc<str>,
    id: i32,
    /// What it spoke when last asked; kept while it is away.
    versions: ArcSwapOption<VersionTable>,
    /// Why it could not be used when last tried.
    problem: ArcSwapOption<String>,
    metrics: Arc<Metrics>,
}

impl NodeState {
    /// The node is there and speaks `versions`.
    pub(crate) fn answered(&self, versions: VersionTable) {
        self.versions.store(Some(Arc::new(versions)));
        if self.problem.swap(None).is_some() {
            tracing::info!(cluster = %self.cluster, node = self.id, "the broker answers again");
        }
        self.metrics.upstream_up(&self.cluster, self.id, true);
    }

    /// The node could not be used.
    pub(crate) fn failed(&self, error: &UpstreamError) {
        self.metrics.upstream_failure(&self.cluster, self.id, error.class());
        self.metrics.upstream_up(&self.cluster, self.id, false);
        // Said once, not for every client that waits for the broker to come back.
        if self.problem.swap(Some(Arc::new(error.to_string()))).is_none() {
            tracing::warn!(cluster = %self.cluster, node = self.id, %error, "a broker cannot be used");
        }
    }

    pub(crate) fn versions(&self) -> Option<Arc<VersionTable>> {
        self.versions.load_full()
    }

    pub(crate) fn problem(&self) -> Option<Arc<String>> {
        self.problem.load_full()
    }
}

impl ClusterState {
    pub(crate) fn new(config: Arc<ClusterConfig>, metrics: &Arc<Metrics>) -> Result<Self, String> {
        let tls = match &config.transport {
            UpstreamTransport::Tls(settings) => Some(
                ClientTls::load(settings).map_err(|error| format!("cluster `{}`: {error}", config.name))?,
            ),
            UpstreamTransport::DangerousPlaintext => None,
        };
        let node = |(id, address): (&i32, &NodeAddress)| {
            let state = NodeState {
                address: address.clone(),
                cluster: Arc::clone(&config.name),
                id: *id,
                versions: ArcSwapOption::empty(),
                problem: ArcSwapOption::empty(),
                metrics: Arc::clone(metrics),
            };
            (*id, state)
        };
        let nodes = config.nodes.iter().map(node).collect();
        Ok(Self { tls, nodes, topics: Arc::new(TopicNames::new()), turn: AtomicUsize::new(0), config })
    }

    /// The node for a first contact: each in turn, those that answered last before those that did not.
    pub(crate) fn any_node(&self) -> Option<i32> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let up: Vec<i32> =
            self.nodes.iter().filter(|(_, node)| node.problem().is_none()).map(|(id, _)| *id).collect();
        let choice: Vec<i32> = if up.is_empty() { self.nodes.keys().copied().collect() } else { up };
        choice.get(turn.checked_rem(choice.len())?).copied()
    }

    /// Who the gateway is to the brokers for `principal`; `None` where it is nobody.
    pub(crate) fn upstream_login(&self, principal: &PrincipalName) -> Option<UpstreamLogin<'_>> {
        let identity = &self.config.identity;
        if let Some(credential) = identity.mapped.get(principal) {
            return Some(UpstreamLogin {
                identity: UpstreamIdentity::AsClient,
                credential: Some(credential),
            });
        }
        let credential = match &identity.gateway {
            GatewayIdentity::None => return None,
            GatewayIdentity::Certificate | GatewayIdentity::DangerousAnonymous => None,
            GatewayIdentity::Sasl(credential) => Some(credential),
        };
        Some(UpstreamLogin { identity: UpstreamIdentity::AsGateway, credential })
    }
}

/// As whom to log in at a broker.
pub(crate) struct UpstreamLogin<'a> {
    pub(crate) identity: UpstreamIdentity,
    /// `None` where the connection itself is enough.
    pub(crate) credential: Option<&'a UpstreamCredential>,
}

/// One listener, as the gateway runs it.
pub(crate) struct ListenerState {
    pub(crate) config: Arc<ListenerConfig>,
    pub(crate) cluster: Arc<ClusterState>,
    pub(crate) tls: Option<ServerTls>,
    pub(crate) users: Option<LiveUsers>,
    pub(crate) admissions: Arc<Admissions>,
    /// How many passwords may be hashed at once: hashing is slow, and anybody can ask for it.
    pub(crate) hashing: Semaphore,
    as_client: Arc<Route>,
    as_gateway: Arc<Route>,
}

impl ListenerState {
    pub(crate) fn new(
        config: Arc<ListenerConfig>,
        cluster: Arc<ClusterState>,
        metrics: &Metrics,
    ) -> Result<Self, String> {
        let named = |error: &dyn std::fmt::Display| format!("listener `{}`: {error}", config.name);
        let tls = match &config.transport {
            ListenerTransport::Tls(settings) => {
                Some(ServerTls::load(settings).map_err(|error| named(&error))?)
            }
            ListenerTransport::DangerousPlaintext => None,
        };
        let users = match &config.authentication.users {
            Some(path) => Some(LiveUsers::open(UserFile::new(path)).map_err(|error| named(&error))?),
            None => None,
        };
        let route = |upstream_identity| {
            Arc::new(Route {
                upstream_identity,
                addresses: AddressMap::new(config.addressing.advertised()).hiding(cluster.config.hosts()),
                topics: Arc::clone(&cluster.topics),
                limits: Default::default(),
            })
        };
        Ok(Self {
            tls,
            users,
            admissions: Arc::new(Admissions::new(&config.limits, metrics.connections(&config.name))),
            hashing: Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)),
            as_client: route(UpstreamIdentity::AsClient),
            as_gateway: route(UpstreamIdentity::AsGateway),
            cluster,
            config,
        })
    }

    pub(crate) fn route(&self, identity: UpstreamIdentity) -> Arc<Route> {
        match identity {
            UpstreamIdentity::AsClient => Arc::clone(&self.as_client),
            UpstreamIdentity::AsGateway => Arc::clone(&self.as_gateway),
        }
    }

    /// As whom the gateway will speak, as far as that is known before anybody is authenticated.
    pub(crate) fn expected_identity(&self) -> UpstreamIdentity {
        let no_own = matches!(self.cluster.config.identity.gateway, GatewayIdentity::None);
        match self.config.authentication.mode {
            AuthenticationMode::Relay => UpstreamIdentity::AsClient,
            AuthenticationMode::Terminate if no_own => UpstreamIdentity::AsClient,
            // Offers fewer versions than a mapped credential could use, never more.
            AuthenticationMode::Terminate => UpstreamIdentity::AsGateway,
        }
    }

    /// The node that a connection with this name in its TLS handshake means: `Some(None)` for first contact, `None` for
    /// a name nobody has.
    pub(crate) fn node_by_name(&self, name: Option<&str>) -> Option<Option<i32>> {
        let Addressing::Names { bootstrap, nodes, .. } = &self.config.addressing else { return Some(None) };
        let name = name?.to_ascii_lowercase();
        if name == *bootstrap {
            return Some(None);
        }
        nodes.iter().find(|(_, known)| **known == name).map(|(id, _)| Some(*id))
    }
}
