//! The stage: the cluster, the gateway in front of it, and every client of the story.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tidegate_gateway::Gateway;
use tidegate_gateway::admin::{AdminClient, RevokeRequest};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::client::{Access, Outcome};
use super::cluster::Cluster;
use super::folder::Folder;
use super::journal::{Journal, Mark};
use super::story::{Observed, PROFILE};
use crate::bundle;
use crate::output::Screen;

/// The topics of the story.
pub(crate) mod topics {
    pub(crate) const ORDERS: &str = "orders.placed";
    pub(crate) const PAYMENTS: &str = "payments.approved";
    pub(crate) const CUSTOMERS: &str = "customers.profiles";
    pub(crate) const SHIPPING: &str = "shipping.labels";
    pub(crate) const ITEMS: &str = "catalog.items";
    pub(crate) const ALL: [&str; 5] = [ORDERS, PAYMENTS, CUSTOMERS, SHIPPING, ITEMS];
}

/// Everything the story needs.
pub(crate) struct Stage {
    /// What the gateway logs.
    pub(crate) journal: Journal,
    /// The right producer, by certificate.
    pub(crate) orders_api: Access,
    /// The right consumer, by password.
    pub(crate) billing_worker: Access,
    /// The right approver of payouts, by token on its own certificate.
    pub(crate) payments_worker: Access,
    /// A workload taken over by an attacker, by its own certificate.
    pub(crate) search_indexer: Access,
    /// Nobody.
    pub(crate) anonymous: Access,
    /// The token of `payments-worker`, on the certificate of `search-indexer`.
    pub(crate) stolen_token: Access,
    /// The same token, on no certificate.
    pub(crate) stolen_token_without_certificate: Access,
    cluster: Cluster,
    folder: Folder,
    gateway: Gateway,
    /// Becomes true when the story is to end early.
    interrupted: watch::Receiver<bool>,
    runtime: Runtime,
    // Last: the folder goes when everything that uses it is gone.
    directory: TempDir,
}

impl Stage {
    /// Makes authority, credentials and bundle, and starts the gateway.
    pub(crate) fn set(cluster: Cluster) -> Result<Self> {
        let runtime = Runtime::new().context("cannot start the runtime")?;
        let interrupted = runtime.block_on(async { watch_for_signals() })?;
        let directory = tempfile::Builder::new().prefix("tidegate-demo-").tempdir()?;
        let folder = Folder::create(directory.path(), &cluster)?;
        let journal = Journal::install(&folder.file("gateway.log"))?;
        let gateway = runtime.block_on(start(&folder.configuration()))?;
        Ok(Self {
            journal,
            orders_api: folder.with_certificate("orders-api"),
            billing_worker: folder.with_password(),
            payments_worker: folder.with_token(folder.with_certificate("payments-worker"))?,
            search_indexer: folder.with_certificate("search-indexer"),
            anonymous: folder.anonymous(),
            stolen_token: folder.with_token(folder.with_certificate("search-indexer"))?,
            stolen_token_without_certificate: folder.with_token(folder.anonymous())?,
            cluster,
            folder,
            gateway,
            interrupted,
            runtime,
            directory,
        })
    }

    /// Creates the topics, and puts into one of them what must not get out.
    pub(crate) fn prepare(&self) -> Result<()> {
        let names: Vec<_> = topics::ALL.iter().map(|topic| self.topic(topic)).collect();
        self.cluster.create_topics(&self.runtime, &names)?;
        match self.direct().produce(&self.topic(topics::CUSTOMERS), "c-1", PROFILE) {
            Outcome::Succeeded(_) => Ok(()),
            Outcome::Refused(text) | Outcome::Disconnected(text) | Outcome::Unclear(text) => {
                bail!("cannot write to the cluster with the given credential: {text}")
            }
        }
    }

    /// Takes everything down. Topics of a real cluster that cannot be deleted are named.
    pub(crate) fn strike(self, screen: &mut Screen) {
        if let Err(error) = self.clear() {
            screen.note(format_args!(
                "topics beginning with `{}` are left over: {error:#}",
                self.cluster.prefix
            ));
        }
        self.runtime.block_on(self.gateway.stop());
        // Whatever still runs serves no purpose any more.
        self.runtime.shutdown_timeout(SHUTDOWN_LIMIT);
    }

    fn clear(&self) -> Result<()> {
        let names: Vec<_> = topics::ALL.iter().map(|topic| self.topic(topic)).collect();
        self.cluster.delete_topics(&self.runtime, &names)
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.cluster.is_sandbox()
    }

    /// The name of a topic or group of the story on this cluster.
    pub(crate) fn topic(&self, name: &str) -> String {
        self.cluster.name(name)
    }

    /// A client of the cluster without the gateway.
    pub(crate) fn direct(&self) -> &Access {
        &self.cluster.direct
    }

    /// The same, without any credential.
    pub(crate) fn direct_anonymous(&self) -> Access {
        self.cluster.direct.without_credentials()
    }

    /// The same, with the stolen token instead of a credential. In the sandbox nobody asks for one.
    pub(crate) fn direct_with_token(&self) -> Access {
        let mut access = self.direct_anonymous();
        let protocol = match self.cluster.direct.property("security.protocol").unwrap_or_default() {
            "sasl_ssl" | "SASL_SSL" | "ssl" | "SSL" => "sasl_ssl",
            "sasl_plaintext" | "SASL_PLAINTEXT" => "sasl_plaintext",
            _ => return access,
        };
        access.set("security.protocol", protocol);
        access.set("sasl.mechanism", "OAUTHBEARER");
        access.token = self.stolen_token.token.clone();
        access
    }

    /// The gateway's address for first contact.
    pub(crate) fn bootstrap(&self) -> String {
        self.folder.bootstrap()
    }

    /// A file of the demo's folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.file(name)
    }

    /// The gateway's configuration.
    pub(crate) fn configuration(&self) -> PathBuf {
        self.folder.configuration()
    }

    /// The demo's folder, which is a bundle.
    pub(crate) fn folder(&self) -> &Path {
        self.directory.path()
    }

    /// Whether somebody wants the story to end, so that everything is taken down as it should be.
    pub(crate) fn is_interrupted(&self) -> bool {
        *self.interrupted.borrow()
    }

    /// Waits until somebody wants it to end.
    pub(crate) fn wait_for_interruption(&self) {
        let mut interrupted = self.interrupted.clone();
        // A task that is gone can tell of no signal, so there is nothing to wait for.
        let _ = self.runtime.block_on(interrupted.wait_for(|interrupted| *interrupted));
    }

    /// Writes what kcat and Kafka's own tools need.
    pub(crate) fn write_client_configurations(&self) -> Result<()> {
        self.folder.write_client_configurations()
    }

    /// An attempt through the gateway, with the reason it gave for a refusal.
    pub(crate) fn through_gateway(&self, attempt: impl FnOnce() -> Outcome) -> Observed {
        let mark = self.journal.mark();
        match attempt() {
            Outcome::Succeeded(text) => Observed::Succeeded(text),
            Outcome::Refused(told) | Outcome::Disconnected(told) => {
                Observed::Refused { told, reason: self.reason_since(mark) }
            }
            Outcome::Unclear(text) => Observed::Unclear(match self.reason_since(mark) {
                Some(reason) => format!("{text}: {reason}"),
                None => text,
            }),
        }
    }

    /// Revokes a principal as `tidegate revoke` does.
    pub(crate) fn revoke(&self, principal: &str) -> Result<()> {
        let socket = bundle::configuration(&self.configuration())?.admin.socket;
        let order = RevokeRequest { principal: principal.to_owned(), reason: None, undo: false };
        self.runtime.block_on(AdminClient::new(socket).revoke(&order))?;
        Ok(())
    }

    /// The first reason for a refusal that the gateway logged after `mark`.
    pub(crate) fn reason_since(&self, mark: Mark) -> Option<String> {
        self.journal.find(mark, |entry| {
            let message = entry.field("message")?;
            if let Some(why) = message.strip_prefix("session ends: ") {
                // Others end by themselves, or for want of a broker, which refuses nobody.
                return (entry.field("reason") == Some("revoked")).then(|| why.to_owned());
            }
            let refusal = ["refused", "authentication failed"].contains(&message);
            entry.field("reason").filter(|_| refusal).map(str::to_owned)
        })
    }
}

/// Watches for SIGINT and SIGTERM. Must be called inside the runtime.
fn watch_for_signals() -> Result<watch::Receiver<bool>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot watch for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot watch for SIGTERM")?;
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        // Nobody listens any more only when everything is over anyway.
        let _ = sender.send(true);
    });
    Ok(receiver)
}

/// Starts the gateway and waits until it has heard of every broker.
async fn start(configuration: &Path) -> Result<Gateway> {
    let gateway =
        Gateway::start(bundle::configuration(configuration)?).await.context("the gateway cannot start")?;
    let deadline = Instant::now() + READY_LIMIT;
    loop {
        let status = gateway.status();
        let mut nodes = status.clusters.iter().flat_map(|cluster| &cluster.nodes);
        match nodes.find(|node| !node.up) {
            None => return Ok(gateway),
            Some(node) if Instant::now() > deadline => {
                let problem = node.problem.as_deref().unwrap_or("no answer");
                bail!("the gateway cannot use node {} at {}: {problem}", node.id, node.address)
            }
            Some(_) => tokio::time::sleep(READY_PAUSE).await,
        }
    }
}

/// A prefix that no topic of a real cluster has.
pub(crate) fn own_prefix() -> Result<String> {
    Ok(format!("tidegate-demo-{}.", crate::clock::now()?.0))
}

const READY_LIMIT: Duration = Duration::from_secs(15);
const READY_PAUSE: Duration = Duration::from_millis(20);
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(2);
