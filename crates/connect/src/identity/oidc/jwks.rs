//! A key set kept current: refreshed as it ages, fetched again when a token names a key it lacks, kept through an
//! outage of the provider for a while, and then no longer.
//!
//! However many tokens name unknown keys, the provider is asked at most once per [`Timing::min_refetch_ms`], by one
//! request at a time.

use std::sync::{Arc, Mutex, PoisonError};

use tidegate_model::UnixMillis;

use super::super::Reloaded;
use super::KeySet;
use super::fetch::KeySource;

/// When a key set is refreshed and when it is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timing {
    /// From this age a key set is refreshed while it is still used; from twice this age it is refreshed first.
    pub(super) refresh_ms: u64,
    /// The shortest time between two attempts to read it.
    pub(super) min_refetch_ms: u64,
    /// From this age it is no longer used.
    pub(super) outage_limit_ms: u64,
}

/// What is known of a key set, for metrics and health.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyStatus {
    /// How many usable keys there are; 0 if none were ever read.
    pub keys: usize,
    /// When they were last read.
    pub read_at: Option<UnixMillis>,
    /// Why the last attempt to read them failed, if it did.
    pub problem: Option<String>,
}

/// What looking for a key beyond those known came to.
pub(super) enum Newer {
    /// There is a key set that the caller has not seen.
    Keys(Arc<KeySet>),
    /// There is none: the provider was asked, at the given time.
    NoneSince(UnixMillis),
    /// The provider could not be asked.
    Unavailable(String),
}

pub(super) struct Jwks {
    source: KeySource,
    timing: Timing,
    state: Mutex<State>,
    /// Held while the provider is asked.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Clone, Default)]
struct State {
    keys: Option<(Arc<KeySet>, UnixMillis)>,
    attempted_at: Option<UnixMillis>,
    problem: Option<String>,
}

impl Jwks {
    pub(super) fn new(source: KeySource, timing: Timing) -> Self {
        Self { source, timing, state: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    pub(super) fn status(&self) -> KeyStatus {
        let state = self.state();
        KeyStatus {
            keys: state.keys.as_ref().map_or(0, |(keys, _)| keys.len()),
            read_at: state.keys.as_ref().map(|(_, read_at)| *read_at),
            problem: state.problem,
        }
    }

    /// The key set to verify with now, or why there is none.
    pub(super) async fn current(self: &Arc<Self>, now: UnixMillis) -> Result<Arc<KeySet>, String> {
        if let Some((keys, read_at)) = self.state().keys {
            let age = elapsed(read_at, now);
            if age < self.timing.refresh_ms {
                return Ok(keys);
            }
            if age < self.timing.refresh_ms.saturating_mul(2) && age < self.timing.outage_limit_ms {
                self.read_meanwhile(now);
                return Ok(keys);
            }
        }
        self.read(now).await;
        let state = self.state();
        match state.keys {
            Some((keys, read_at)) if elapsed(read_at, now) < self.timing.outage_limit_ms => Ok(keys),
            _ => Err(state.problem.unwrap_or_else(|| "the key set is too old".to_owned())),
        }
    }

    /// Reads the keys now, because an operator or a changed file asks for it.
    pub(super) async fn reload(&self, now: UnixMillis) -> Result<Reloaded, String> {
        let _turn = self.asking.lock().await;
        let before = self.state().keys;
        let outcome = self.source.read().await;
        self.keep(outcome, now);
        self.compare(before)
    }

    /// Reads the keys if they are old enough to be refreshed.
    pub(super) async fn refresh_if_due(&self, now: UnixMillis) -> Result<Reloaded, String> {
        let before = self.state().keys;
        let fresh =
            before.as_ref().is_some_and(|(_, read_at)| elapsed(*read_at, now) < self.timing.refresh_ms);
        if fresh {
            return Ok(Reloaded::Unchanged);
        }
        self.read(now).await;
        self.compare(before)
    }

    fn compare(&self, before: Option<(Arc<KeySet>, UnixMillis)>) -> Result<Reloaded, String> {
        let state = self.state();
        if let Some(problem) = state.problem {
            return Err(problem);
        }
        match (before, state.keys) {
            (Some((before, _)), Some((after, _))) if Arc::ptr_eq(&before, &after) => Ok(Reloaded::Unchanged),
            _ => Ok(Reloaded::Changed),
        }
    }

    pub(super) fn source(&self) -> &KeySource {
        &self.source
    }

    /// Looks for a key that `seen` lacks.
    pub(super) async fn newer_than(&self, seen: &Arc<KeySet>, now: UnixMillis) -> Newer {
        self.read_unless(now, |state| state.is_newer_than(seen)).await;
        let state = self.state();
        match (state.keys, state.problem) {
            (Some((keys, _)), _) if !Arc::ptr_eq(&keys, seen) => Newer::Keys(keys),
            (_, Some(problem)) => Newer::Unavailable(problem),
            (Some((_, read_at)), None) => Newer::NoneSince(read_at),
            (None, None) => Newer::Unavailable("the key set was never read".to_owned()),
        }
    }

    /// Asks the provider without making anybody wait, unless it is being asked already or was a moment ago.
    fn read_meanwhile(self: &Arc<Self>, now: UnixMillis) {
        if self.asked_recently(&self.state(), now) || self.asking.try_lock().is_err() {
            return;
        }
        let this = Arc::clone(self);
        tokio::spawn(async move { this.read(now).await });
    }

    fn asked_recently(&self, state: &State, now: UnixMillis) -> bool {
        state.attempted_at.is_some_and(|attempted_at| elapsed(attempted_at, now) < self.timing.min_refetch_ms)
    }

    async fn read(&self, now: UnixMillis) {
        self.read_unless(now, |_| false).await;
    }

    /// Asks the provider, unless that happened a moment ago, perhaps while waiting for the turn.
    async fn read_unless(&self, now: UnixMillis, answered: impl Fn(&State) -> bool) {
        if answered(&self.state()) {
            return;
        }
        let _turn = self.asking.lock().await;
        let state = self.state();
        if self.asked_recently(&state, now) || answered(&state) {
            return;
        }
        let outcome = self.source.read().await;
        self.keep(outcome, now);
    }

    fn keep(&self, outcome: Result<KeySet, String>, now: UnixMillis) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.attempted_at = Some(now);
        match outcome {
            Ok(new) => {
                // The same keys stay the same set, so that whoever has seen them knows.
                let old = state.keys.take().map(|(old, _)| old).filter(|old| old.says_the_same_as(&new));
                state.keys = Some((old.unwrap_or_else(|| Arc::new(new)), now));
                state.problem = None;
            }
            Err(problem) => {
                tracing::warn!(%problem, "the keys of the token issuer could not be read");
                state.problem = Some(problem);
            }
        }
    }

    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl State {
    fn is_newer_than(&self, seen: &Arc<KeySet>) -> bool {
        self.keys.as_ref().is_some_and(|(keys, _)| !Arc::ptr_eq(keys, seen))
    }
}

/// The time between two moments, in either direction: after the clock was put back, an old reading ages as well.
fn elapsed(then: UnixMillis, now: UnixMillis) -> u64 {
    now.0.abs_diff(then.0)
}
