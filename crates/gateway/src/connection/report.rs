//! What becomes of a session, for metrics and logs. Never a payload, never a secret.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use std::hash::{BuildHasher, Hash, RandomState};
use tidegate_model::{Caller, ReasonClass};
use tidegate_wire::kafka::session::{Event, Events, Fatal};
use tokio::time::Instant;

use super::auth::AuthFailure;
use crate::io::LinkError;
use crate::metrics::{Direction, Metrics};
use crate::standing::Fallen;

/// Why a session ended.
#[derive(Debug)]
pub(super) enum End {
    /// The client's side: mostly that it hung up.
    Client(LinkError),
    /// The broker's side.
    Upstream(LinkError),
    /// One side sent what cannot be, or a refusal has no other answer.
    Fatal(Fatal),
    /// What it stood on is gone.
    Fallen(Fallen),
    /// The proof ended and was not renewed.
    Expired,
    /// Authenticating again failed.
    Reauthentication(AuthFailure),
    /// The broker did not let the gateway in again.
    UpstreamLogin(String),
    /// No request for too long.
    Idle,
    /// The gateway stops, and nothing was under way.
    Drained,
    /// The gateway stops, and requests were still under way when the time was over.
    NotDrained,
    /// The gateway is gone.
    Stopped,
}

impl End {
    /// For metrics.
    fn class(&self) -> &'static str {
        match self {
            Self::Client(LinkError::Closed) => "closed_by_client",
            Self::Client(LinkError::Broken(_)) => "client_lost",
            Self::Client(LinkError::Frame(_)) => "frame",
            Self::Client(LinkError::SlowFrame) => "slow_frame",
            Self::Client(LinkError::Stalled) => "client_stalled",
            Self::Upstream(_) => "upstream",
            Self::Fatal(_) => "protocol",
            Self::Fallen(fallen) => fallen.class(),
            Self::Expired => "expired",
            Self::Reauthentication(_) => "reauthentication",
            Self::UpstreamLogin(_) => "upstream_login",
            Self::Idle => "idle",
            Self::Drained => "drained",
            Self::NotDrained => "drain_timeout",
            Self::Stopped => "stopped",
        }
    }

    fn is_ordinary(&self) -> bool {
        matches!(
            self,
            Self::Client(LinkError::Closed | LinkError::Broken(_))
                | Self::Idle
                | Self::Drained
                | Self::Stopped
        )
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client(error) => write!(f, "client: {error}"),
            Self::Upstream(error) => write!(f, "broker: {error}"),
            Self::Fatal(fatal) => fatal.fmt(f),
            Self::Fallen(fallen) => fallen.fmt(f),
            Self::Expired => f.write_str("the proof of identity ended and was not renewed"),
            Self::Reauthentication(failure) => write!(f, "authenticating again failed: {failure}"),
            Self::UpstreamLogin(why) => write!(f, "the broker did not let the gateway in again: {why}"),
            Self::Idle => f.write_str("no request for longer than the limit"),
            Self::Drained => f.write_str("the gateway stops"),
            Self::NotDrained => f.write_str("the gateway stops, and requests were still under way"),
            Self::Stopped => f.write_str("the gateway has stopped"),
        }
    }
}

/// Tells metrics and log about one session.
pub(super) struct Reporter {
    metrics: Arc<Metrics>,
    session: u64,
    principal: String,
    begun: Instant,
    /// Refusals that were logged already, by action and resource; hashes, so that names cost no memory.
    told: FxHashSet<u64>,
    seed: RandomState,
}

impl Reporter {
    pub(super) fn new(metrics: Arc<Metrics>, session: u64, caller: &Caller, software: &str) -> Self {
        let principal = caller.identity.principal.to_string();
        let mechanism = caller.identity.proof.mechanism.as_str();
        tracing::info!(session, %principal, mechanism, software, "session begins");
        Self {
            metrics,
            session,
            principal,
            begun: Instant::now(),
            told: FxHashSet::default(),
            seed: RandomState::new(),
        }
    }

    pub(super) fn bytes(&self, direction: Direction, count: u64) {
        if count > 0 {
            self.metrics.bytes(direction, count);
        }
    }

    pub(super) fn latency(&self, direction: Direction, entered: Option<Instant>) {
        if let Some(entered) = entered {
            self.metrics.added_latency(direction, entered.elapsed());
        }
    }

    /// Counts decisions and logs refusals, each (action, resource) once.
    pub(super) fn events(&mut self, events: &mut Events) {
        for (action, count) in events.take_allowed() {
            self.metrics.decisions(action, ReasonClass::Granted, count);
        }
        for event in events.take() {
            match event {
                Event::Refused { action, kind, resource, class, reason, api } => {
                    self.metrics.decisions(action, class, 1);
                    if self.is_new(&(action, kind, &resource)) {
                        let (session, principal) = (self.session, &self.principal);
                        let (action, kind, class) = (action.as_str(), kind.as_str(), class.as_str());
                        tracing::warn!(session, %principal, action, kind, resource, class, %reason, api, "refused");
                    }
                }
                Event::Lost { count } => {
                    tracing::warn!(
                        session = self.session,
                        count,
                        "refusals beyond the limit were not told one by one"
                    );
                }
            }
        }
    }

    fn is_new(&mut self, refusal: &impl Hash) -> bool {
        if self.told.len() == MAX_TOLD {
            return false;
        }
        // Seeded for this session: whoever chooses the names must not choose ones that look told already.
        let is_new = self.told.insert(self.seed.hash_one(refusal));
        if is_new && self.told.len() == MAX_TOLD {
            let (session, principal) = (self.session, &self.principal);
            tracing::warn!(session, %principal, MAX_TOLD, "further refusals of this session are counted and not logged");
        }
        is_new
    }

    pub(super) fn ended(&self, end: &End, requested: u64, answered: u64) {
        self.metrics.session_ended(end.class());
        if let End::Fatal(Fatal::UnansweredProduceRefused) = end {
            self.metrics.produce_dropped();
        }
        let (session, principal, reason) = (self.session, &self.principal, end.class());
        let seconds = self.begun.elapsed().as_secs();
        if end.is_ordinary() {
            tracing::info!(session, %principal, reason, seconds, requested, answered, "session ends: {end}");
        } else {
            tracing::warn!(session, %principal, reason, seconds, requested, answered, "session ends: {end}");
        }
    }
}

/// How many different refusals of one session are logged.
const MAX_TOLD: usize = 256;
