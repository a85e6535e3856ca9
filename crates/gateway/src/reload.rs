//! Keeping up with the files: policy, certificates, users and revocations.
//!
//! One thread owns this. It looks at the files every [`LOOK_EVERY`] and does what it is told in between; so two reloads never
//! overlap, and no worker of the runtime waits for a disk.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tidegate_connect::identity::users;
use tidegate_model::{PrincipalName, Problem};
use tokio::sync::oneshot;

use crate::bundle;
use crate::clock;
use crate::config::{ClientCertificates, ListenerTls, UpstreamTls};
use crate::revocation::{Change, RevocationFile};
use crate::state::{ListenerState, Shared};
use crate::tls;
use crate::watch::Watched;

/// What a reload came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReloadReport {
    /// The policy now in force.
    pub policy_version: u64,
    /// The digest of its files.
    pub policy_digest: String,
    /// Everything that was refused, the earlier state of it being still in force.
    pub problems: Vec<String>,
}

/// What the reloading thread is told to do.
pub(crate) enum Order {
    /// Read everything again.
    Reload(oneshot::Sender<ReloadReport>),
    /// Change the list of revoked principals.
    Revoke(PrincipalName, Change, oneshot::Sender<Result<(), String>>),
    /// End.
    Stop,
}

/// The thread's own state.
pub(crate) struct Reloader {
    shared: Arc<Shared>,
    revocations: RevocationFile,
    last_version: u64,
    watched_bundle: Watched,
    watched_revocations: Watched,
    watched_tls: Watched,
    watched_users: Watched,
    watched_config: Watched,
    /// Listeners whose revocation lists had ended at the last look.
    ended_lists: Vec<Arc<str>>,
    problems: Problems,
}

/// What is wrong at the moment, by part.
#[derive(Default)]
struct Problems {
    bundle: Vec<String>,
    revocations: Vec<String>,
    tls: Vec<String>,
    users: Vec<String>,
    config: Vec<String>,
}

impl Problems {
    fn all(&self) -> Vec<String> {
        [&self.bundle, &self.revocations, &self.tls, &self.users, &self.config]
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

impl Reloader {
    pub(crate) fn new(shared: Arc<Shared>, revocations: RevocationFile) -> Self {
        let config = &shared.config;
        let parts = bundle::PARTS.iter().map(|part| config.bundle.join(part)).collect();
        let users =
            config.listeners.iter().filter_map(|listener| listener.authentication.users.clone()).collect();
        Self {
            last_version: shared.policy.load().version(),
            watched_bundle: Watched::new(Vec::new(), parts),
            watched_revocations: Watched::new(vec![revocations.path().to_owned()], Vec::new()),
            watched_tls: Watched::new(tls_files(&shared), Vec::new()),
            watched_users: Watched::new(users, Vec::new()),
            watched_config: Watched::new(vec![config.file.clone()], Vec::new()),
            ended_lists: ended_lists(&shared),
            problems: Problems::default(),
            revocations,
            shared,
        }
    }

    /// Runs until it is told to stop.
    pub(crate) fn run(mut self, orders: &Receiver<Order>) {
        loop {
            match orders.recv_timeout(LOOK_EVERY) {
                Ok(Order::Reload(answer)) => {
                    self.reload_all();
                    // Whoever asked may have gone.
                    let _ = answer.send(self.report());
                }
                Ok(Order::Revoke(principal, change, answer)) => {
                    let _ = answer.send(self.revoke(&principal, change));
                }
                Err(RecvTimeoutError::Timeout) => self.look(),
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn look(&mut self) {
        // The list of revocations first: it is the most urgent, and written in one piece.
        if self.watched_revocations.has_changed() {
            self.reload_revocations();
        }
        if self.watched_users.has_changed() {
            self.reload_users();
        }
        if self.watched_tls.has_changed() {
            self.reload_tls();
        }
        if self.watched_bundle.has_changed() {
            self.reload_bundle();
        }
        let ended = ended_lists(&self.shared);
        if ended != self.ended_lists {
            tracing::warn!(listeners = ?ended, "revocation lists that have ended: no client certificate is accepted there");
            self.ended_lists = ended;
            self.shared.changed();
        }
        if self.watched_config.has_changed() {
            let message = format!(
                "`{}` has changed: restart the gateway for it to take effect",
                self.shared.config.file.display()
            );
            tracing::warn!("{message}");
            self.problems.config = vec![message];
            self.publish_problems();
        }
    }

    fn reload_all(&mut self) {
        for watched in [
            &mut self.watched_bundle,
            &mut self.watched_revocations,
            &mut self.watched_tls,
            &mut self.watched_users,
        ] {
            watched.settle();
        }
        self.reload_revocations();
        self.reload_users();
        self.reload_tls();
        self.reload_bundle();
    }

    fn report(&self) -> ReloadReport {
        let policy = self.shared.policy.load();
        ReloadReport {
            policy_version: policy.version(),
            policy_digest: policy.digest(),
            problems: self.problems.all(),
        }
    }

    fn reload_bundle(&mut self) {
        let loaded = bundle::load_for(&self.shared.config, self.last_version + 1);
        self.shared.metrics.reload("bundle", loaded.is_ok());
        match loaded {
            Ok(snapshot) => {
                self.problems.bundle.clear();
                if snapshot.digest() == self.shared.policy.load().digest() {
                    return self.publish_problems();
                }
                self.last_version += 1;
                self.shared.metrics.policy_version(self.last_version);
                tracing::info!(version = self.last_version, digest = snapshot.digest(), "policy in force");
                self.shared.policy.store(Arc::new(snapshot));
                self.shared.changed();
            }
            Err(problems) => {
                tracing::error!(
                    count = problems.len(),
                    "the bundle is refused; the earlier policy stays in force"
                );
                for problem in &problems {
                    tracing::error!(%problem, "bundle");
                }
                self.problems.bundle = problems.iter().map(Problem::to_string).collect();
            }
        }
        self.publish_problems();
    }

    fn reload_revocations(&mut self) {
        let loaded = self.revocations.load_again(&self.shared.revocations.load());
        self.shared.metrics.reload("revocations", loaded.is_ok());
        match loaded {
            Ok(revocations) => {
                self.problems.revocations.clear();
                self.shared.metrics.revocations(revocations.len());
                self.shared.revocations.store(Arc::new(revocations));
                self.shared.changed();
            }
            Err(error) => self.complain("revocations", error.to_string()),
        }
        self.publish_problems();
    }

    fn reload_users(&mut self) {
        self.problems.users.clear();
        let shared = Arc::clone(&self.shared);
        for listener in &shared.listeners {
            let Some(users) = &listener.users else { continue };
            let reloaded = users.reload();
            shared.metrics.reload("users", reloaded.is_ok());
            match reloaded {
                Ok(users::Reloaded::Changed) => {
                    tracing::info!(listener = %listener.config.name, "users in force");
                    shared.changed();
                }
                Ok(users::Reloaded::Unchanged) => {}
                Err(error) => self.complain("users", format!("listener `{}`: {error}", listener.config.name)),
            }
        }
        self.publish_problems();
    }

    fn reload_tls(&mut self) {
        self.problems.tls.clear();
        let shared = Arc::clone(&self.shared);
        let listeners = shared.listeners.iter().filter_map(|listener| {
            Some((format!("listener `{}`", listener.config.name), listener.tls.as_ref()?.reload()))
        });
        let clusters = shared.clusters.iter().filter_map(|cluster| {
            Some((format!("cluster `{}`", cluster.config.name), cluster.tls.as_ref()?.reload()))
        });
        let outcomes: Vec<_> = listeners.chain(clusters).collect();
        for (owner, outcome) in outcomes {
            shared.metrics.reload("tls", outcome.is_ok());
            match outcome {
                Ok(tls::Reloaded::Changed) => {
                    tracing::info!(owner, "certificates and trust in force");
                    shared.changed();
                }
                Ok(tls::Reloaded::Unchanged) => {}
                Err(error) => self.complain("tls", format!("{owner}: {error}")),
            }
        }
        shared.note_expiries();
        self.publish_problems();
    }

    fn revoke(&mut self, principal: &PrincipalName, change: Change) -> Result<(), String> {
        let named = |error: std::io::Error| format!("`{}`: {error}", self.revocations.path().display());
        let revocations = self.revocations.update(principal, change.clone(), clock::now()).map_err(named)?;
        match change {
            Change::Revoke { reason } => {
                tracing::warn!(%principal, reason = reason.as_deref().unwrap_or(""), "revoked")
            }
            Change::Undo => tracing::warn!(%principal, "revocation taken back"),
        }
        self.shared.metrics.revocations(revocations.len());
        self.shared.revocations.store(Arc::new(revocations));
        self.shared.changed();
        Ok(())
    }

    fn complain(&mut self, part: &'static str, problem: String) {
        tracing::error!(part, %problem, "refused; the earlier state stays in force");
        match part {
            "revocations" => self.problems.revocations = vec![problem],
            "users" => self.problems.users.push(problem),
            _ => self.problems.tls.push(problem),
        }
    }

    fn publish_problems(&self) {
        self.shared.problems.store(Arc::new(self.problems.all()));
    }
}

/// The listeners with a revocation list that is past its end. It says nothing any more about who is good, so live sessions are
/// judged by that too.
fn ended_lists(shared: &Shared) -> Vec<Arc<str>> {
    let now = clock::now();
    let ended = |listener: &&Arc<ListenerState>| {
        listener.tls.as_ref().and_then(|tls| tls.revocations_end_at()).is_some_and(|end| now > end)
    };
    shared.listeners.iter().filter(ended).map(|listener| Arc::clone(&listener.config.name)).collect()
}

/// Every file that TLS is made of.
fn tls_files(shared: &Shared) -> Vec<PathBuf> {
    let listeners = shared.listeners.iter().filter_map(|listener| listener.tls.as_ref());
    let clusters = shared.clusters.iter().filter_map(|cluster| cluster.tls.as_ref());
    let mut files: Vec<PathBuf> = listeners.flat_map(|tls| listener_files(tls.settings())).collect();
    files.extend(clusters.flat_map(|tls| cluster_files(tls.settings())));
    files
}

fn listener_files(settings: &ListenerTls) -> Vec<PathBuf> {
    let mut files = vec![settings.certificate.certificate.clone(), settings.certificate.key.clone()];
    if let ClientCertificates::Optional(trust) | ClientCertificates::Required(trust) = &settings.clients {
        files.push(trust.ca.clone());
        files.extend(trust.crls.iter().cloned());
    }
    files
}

fn cluster_files(settings: &UpstreamTls) -> Vec<PathBuf> {
    let own = settings.client_certificate.iter().flat_map(|own| [own.certificate.clone(), own.key.clone()]);
    own.chain([settings.ca.clone()]).collect()
}

/// How often the files are looked at. A change takes effect at the second look after it.
const LOOK_EVERY: Duration = Duration::from_millis(200);
