//! A running gateway: starting it, talking to it, stopping it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use arc_swap::ArcSwap;
use tidegate_connect::identity::Reloaded;
use tidegate_connect::identity::oidc::TokenVerifier;
use tidegate_model::{PrincipalName, Problem};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Notify, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::admin::{self, Status};
use crate::bundle;
use crate::clock;
use crate::config::{Config, Limits};
use crate::connection;
use crate::metrics::Metrics;
use crate::reload::{Order, ReloadReport, Reloader};
use crate::revocation::{Change, RevocationFile};
use crate::sessions::Sessions;
use crate::state::{ClusterState, ListenerState, Phase, Shared};
use crate::upstream::{self, Software};
use crate::watch::Watched;

/// A gateway that runs. Dropping it ends it at once; [`Gateway::stop`] lets open requests finish.
pub struct Gateway {
    control: Control,
    addresses: Vec<(Arc<str>, SocketAddr)>,
    tasks: JoinSet<()>,
}

/// A handle on a running gateway, for those who give it orders. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Control {
    pub(crate) shared: Arc<Shared>,
    orders: mpsc::Sender<Order>,
    pub(crate) drain_wanted: Arc<Notify>,
}

/// Why a gateway did not start.
#[derive(Debug)]
pub enum StartError {
    /// The bundle has problems.
    Bundle(Vec<Problem>),
    /// Something else that `tidegate.yaml` names cannot be used; every one of them.
    Unusable(Vec<String>),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = match self {
            Self::Bundle(problems) => problems.iter().map(Problem::to_string).collect(),
            Self::Unusable(problems) => problems.clone(),
        };
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for StartError {}

impl Gateway {
    /// Reads everything that `config` names, listens, and serves. Must be called inside a Tokio runtime.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let config = Arc::new(config);
        let shared = Arc::new(prepare(&config)?);
        prepare_keys(&shared).await;
        let mut tasks = JoinSet::new();
        let addresses = listen(&shared, &mut tasks).await.map_err(StartError::Unusable)?;
        for cluster in &shared.clusters {
            for node in cluster.nodes.keys() {
                tasks.spawn(keep_asking(Arc::clone(cluster), *node, shared.phase.subscribe()));
            }
        }
        tasks.spawn(watch_keys(Arc::clone(&shared)));
        let (orders, received) = mpsc::channel();
        let reloader = Reloader::new(Arc::clone(&shared), RevocationFile::new(&config.revocations));
        let unusable = |error: io::Error| StartError::Unusable(vec![error.to_string()]);
        std::thread::Builder::new()
            .name("tidegate-reload".to_owned())
            .spawn(move || reloader.run(&received))
            .map_err(unusable)?;
        let control = Control { shared, orders, drain_wanted: Arc::new(Notify::new()) };
        admin::serve(&control, &mut tasks).await.map_err(StartError::Unusable)?;
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "the gateway runs");
        Ok(Self { control, addresses, tasks })
    }

    /// Reads everything that `config` names, as starting does, and neither listens nor connects.
    pub fn rehearse(config: Config) -> Result<(), StartError> {
        prepare(&Arc::new(config)).map(drop)
    }

    /// Every address it listens on, with the listener's name.
    pub fn addresses(&self) -> &[(Arc<str>, SocketAddr)] {
        &self.addresses
    }

    /// What an operator wants to know.
    pub fn status(&self) -> Status {
        Status::of(&self.control.shared)
    }

    /// All metrics in Prometheus' text format.
    pub fn metrics(&self) -> String {
        self.control.shared.metrics.encode()
    }

    /// Reads policy, certificates, users and revocations again.
    pub async fn reload(&self) -> ReloadReport {
        self.control.reload().await
    }

    /// Refuses `principal` from now on and ends its sessions, or takes that back.
    pub async fn revoke(&self, principal: PrincipalName, change: Change) -> Result<(), String> {
        self.control.revoke(principal, change).await
    }

    /// Serves until SIGTERM, SIGINT or `drain`, reloading on SIGHUP; then stops gracefully.
    pub async fn run(self, mut signals: Signals) {
        loop {
            tokio::select! {
                _ = signals.terminate.recv() => break,
                _ = signals.interrupt.recv() => break,
                () = self.control.drain_wanted.notified() => break,
                _ = signals.hangup.recv() => {
                    self.reload().await;
                }
            }
        }
        self.stop().await;
    }

    /// Stops listening, lets open requests finish within the listeners' drain times, and ends.
    pub async fn stop(mut self) {
        let shared = &self.control.shared;
        let longest = shared.listeners.iter().map(|listener| listener.config.limits.drain_timeout).max();
        let until = Instant::now() + longest.unwrap_or_default();
        tracing::info!(sessions = shared.sessions.len(), "draining");
        shared.phase.send_replace(Phase::Draining(until));
        while shared.sessions.len() > 0 && Instant::now() < until + CLOSING_TIME {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.tasks.shutdown().await;
        tracing::info!("the gateway has stopped");
    }
}

/// The signals that a gateway obeys. Watched from before it starts, so that none comes too early and ends it the hard way.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Watches for them. Must be called inside a Tokio runtime.
    pub fn watch() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.control.orders.send(Order::Stop);
        admin::remove_socket(&self.control.shared.config.admin.socket);
    }
}

impl Control {
    pub(crate) async fn reload(&self) -> ReloadReport {
        let (answer, report) = oneshot::channel();
        let stopped =
            || ReloadReport { problems: vec!["the gateway is stopping".to_owned()], ..Default::default() };
        match self.orders.send(Order::Reload(answer)) {
            Ok(()) => report.await.unwrap_or_else(|_| stopped()),
            Err(_) => stopped(),
        }
    }

    pub(crate) async fn revoke(&self, principal: PrincipalName, change: Change) -> Result<(), String> {
        let (answer, outcome) = oneshot::channel();
        let stopped = || Err("the gateway is stopping".to_owned());
        match self.orders.send(Order::Revoke(principal, change, answer)) {
            Ok(()) => outcome.await.unwrap_or_else(|_| stopped()),
            Err(_) => stopped(),
        }
    }
}

/// Reads everything for the first time.
fn prepare(config: &Arc<Config>) -> Result<Shared, StartError> {
    let policy = bundle::load_for(config, 1).map_err(StartError::Bundle)?;
    let metrics = Arc::new(Metrics::default());
    let mut problems = Vec::new();
    let revocations = RevocationFile::new(&config.revocations).load().unwrap_or_else(|error| {
        problems.push(error.to_string());
        Default::default()
    });
    let mut clusters: Vec<Arc<ClusterState>> = Vec::new();
    for cluster in &config.clusters {
        match ClusterState::new(Arc::clone(cluster), &metrics) {
            Ok(state) => clusters.push(Arc::new(state)),
            Err(problem) => problems.push(problem),
        }
    }
    let mut listeners = Vec::new();
    for listener in &config.listeners {
        let cluster = clusters.iter().find(|cluster| cluster.config.name == listener.cluster.name);
        let Some(cluster) = cluster else { continue };
        match ListenerState::new(Arc::clone(listener), Arc::clone(cluster), &metrics) {
            Ok(state) => listeners.push(Arc::new(state)),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(StartError::Unusable(problems));
    }
    metrics.policy_version(policy.version());
    metrics.revocations(revocations.len());
    let shared = Shared {
        config: Arc::clone(config),
        policy: ArcSwap::from_pointee(policy),
        revocations: ArcSwap::from_pointee(revocations),
        problems: ArcSwap::default(),
        metrics,
        sessions: Arc::new(Sessions::default()),
        clusters,
        listeners,
        changes: watch::Sender::new(0),
        phase: watch::Sender::new(Phase::Running),
    };
    shared.note_expiries();
    Ok(shared)
}

/// Fetches the keys of every provider of tokens. A provider that is away keeps nobody else out.
async fn prepare_keys(shared: &Shared) {
    for listener in &shared.listeners {
        if let Some(oauth) = &listener.config.authentication.oauth
            && let Err(error) = oauth.verifier.prepare(clock::now()).await
        {
            tracing::warn!(listener = %listener.config.name, %error, "tokens cannot be verified yet");
        }
    }
}

/// Keeps the key sets of all providers current, and looks at the sessions when one has changed.
async fn watch_keys(shared: Arc<Shared>) {
    let verifiers = shared
        .listeners
        .iter()
        .filter_map(|listener| listener.config.authentication.oauth.as_ref())
        .map(|oauth| oauth.verifier.clone());
    let mut watched: Vec<(TokenVerifier, Watched)> = verifiers
        .map(|verifier| {
            let files = verifier.key_file().map(Path::to_owned).into_iter().collect();
            (verifier, Watched::new(files, Vec::new()))
        })
        .collect();
    while !watched.is_empty() {
        tokio::time::sleep(KEYS_EVERY).await;
        for (verifier, file) in &mut watched {
            let now = clock::now();
            let outcome = match file.has_changed() {
                true => verifier.reload(now).await,
                false => verifier.refresh_if_due(now).await,
            };
            // A failure is told where a token needs the keys, and in the provider's status.
            if matches!(outcome, Ok(Reloaded::Changed)) {
                shared.metrics.reload("keys", true);
                tracing::info!(issuer = verifier.policy().issuer(), "the provider's keys have changed");
                shared.changed();
            }
        }
    }
}

/// Listens on every address of every listener, or says everything that stands in the way.
async fn listen(
    shared: &Arc<Shared>,
    tasks: &mut JoinSet<()>,
) -> Result<Vec<(Arc<str>, SocketAddr)>, Vec<String>> {
    let mut problems = Vec::new();
    let mut bound = Vec::new();
    for listener in &shared.listeners {
        for (port, node) in listener.config.addressing.ports() {
            let address = SocketAddr::new(listener.config.bind, port);
            match TcpListener::bind(address).await {
                Ok(socket) => bound.push((Arc::clone(listener), address, node, socket)),
                Err(error) => problems.push(format!(
                    "listener `{}`: cannot listen on {address}: {error}",
                    listener.config.name
                )),
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut addresses = Vec::new();
    for (listener, address, node, socket) in bound {
        addresses.push((Arc::clone(&listener.config.name), address));
        tasks.spawn(accept(Arc::clone(shared), listener, socket, node));
    }
    Ok(addresses)
}

/// Accepts the connections of one port until the gateway drains.
async fn accept(shared: Arc<Shared>, listener: Arc<ListenerState>, socket: TcpListener, node: Option<i32>) {
    let mut phase = shared.phase.subscribe();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = socket.accept() => match accepted {
                Ok((connection, remote)) => {
                    let (shared, listener) = (Arc::clone(&shared), Arc::clone(&listener));
                    connections.spawn(connection::serve(shared, listener, connection, remote.ip(), node));
                }
                Err(error) => {
                    // Mostly that there are no file descriptors left; trying at once would only burn the processor.
                    tracing::warn!(listener = %listener.config.name, %error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = draining(&mut phase) => break,
        }
    }
    drop(socket);
    while connections.join_next().await.is_some() {}
}

/// Returns once the gateway drains.
async fn draining(phase: &mut watch::Receiver<Phase>) {
    // A gateway that is gone drains as well.
    let _ = phase.wait_for(|phase| *phase != Phase::Running).await;
}

/// Asks a node for its versions now and then, so that they are known before a client asks, and its state is.
async fn keep_asking(cluster: Arc<ClusterState>, node: i32, mut phase: watch::Receiver<Phase>) {
    let limits = Limits::default();
    loop {
        let pause = match upstream::connect(&cluster, node, Software::GATEWAY, &limits).await {
            Ok(upstream) => {
                upstream.link.close().await;
                ASK_EVERY
            }
            Err(_) => ASK_AGAIN,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = draining(&mut phase) => return,
        }
    }
}

/// How long after a failure the next connection is accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How often the keys of token providers are looked at.
const KEYS_EVERY: Duration = Duration::from_millis(200);
/// How often a node is asked that answers.
const ASK_EVERY: Duration = Duration::from_secs(15);
/// How soon a node is asked again that did not.
const ASK_AGAIN: Duration = Duration::from_secs(1);
/// How long after the drain time the last goodbyes may take.
const CLOSING_TIME: Duration = Duration::from_secs(1);
