//! Decisions remembered by one session.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::decide::decide;
use crate::decision::{Decision, Permit, Reason, Verdict};
use crate::identity::{Caller, UnixMillis};
use crate::operation::{Action, Operation, ResourceKind};
use crate::snapshot::Snapshot;

/// The decisions of one session. It answers exactly as [`decide`] does, and forgets everything when the snapshot or the
/// caller is another than before.
///
/// What it returns on a hit is a new decision with a permit of its own: a cached permit is never handed out twice.
#[derive(Debug, Default)]
pub struct DecisionCache {
    /// Whose decisions these are. Compared with every question, so that no re-authentication, reload or reuse for
    /// another connection can meet the answers of the one before.
    scope: Option<Scope>,
    names: FxHashMap<Arc<str>, SmallVec<[Remembered; 1]>>,
    count: usize,
}

#[derive(Debug)]
struct Scope {
    caller: Caller,
    version: u64,
    digest: [u8; 32],
}

#[derive(Debug)]
struct Remembered {
    action: Action,
    kind: ResourceKind,
    answer: Answer,
    reasons: Arc<[Reason]>,
    /// From when and until when the answer holds; `None` for as long as the snapshot does.
    window: Option<(UnixMillis, UnixMillis)>,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    Allow,
    Refuse,
}

impl DecisionCache {
    /// How many decisions it remembers at most. A session that asks about more streams than that starts over.
    pub const MAX_ENTRIES: usize = 4096;

    /// The longest name it remembers a decision about, in bytes; longer ones are decided afresh each time. Topic names
    /// are shorter, and a peer that makes up longer names must not fill memory with them.
    pub const MAX_NAME_BYTES: usize = 255;

    /// An empty cache. It takes no memory until the first decision.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many decisions it remembers.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it remembers none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Decides as [`decide`] does, from memory where it can.
    pub fn decide(
        &mut self,
        snapshot: &Snapshot,
        caller: &Caller,
        operation: &Operation<'_>,
        now: UnixMillis,
    ) -> Decision {
        self.enter(snapshot, caller);
        if let Some(decision) = self.recall(snapshot, operation, now) {
            return decision;
        }
        let decision = decide(snapshot, caller, operation, now);
        if operation.resource.name.len() <= Self::MAX_NAME_BYTES {
            self.remember(operation, &decision, now);
        }
        decision
    }

    /// Makes sure that what is remembered is about this snapshot and this caller.
    fn enter(&mut self, snapshot: &Snapshot, caller: &Caller) {
        let same = self.scope.as_ref().is_some_and(|scope| {
            scope.version == snapshot.version() && scope.digest == snapshot.digest && scope.caller == *caller
        });
        if !same {
            self.clear();
            let (version, digest) = (snapshot.version(), snapshot.digest);
            self.scope = Some(Scope { caller: caller.clone(), version, digest });
        }
    }

    fn recall(&self, snapshot: &Snapshot, operation: &Operation<'_>, now: UnixMillis) -> Option<Decision> {
        let Operation { action, resource } = *operation;
        let (name, remembered) = self.names.get_key_value(resource.name)?;
        let found = remembered.iter().find(|entry| entry.action == action && entry.kind == resource.kind)?;
        if found.window.is_some_and(|(from, until)| now < from || now >= until) {
            return None;
        }
        let verdict = match found.answer {
            Answer::Allow => {
                Verdict::Allow(Permit::issue(action, resource.kind, name.clone(), snapshot.version()))
            }
            Answer::Refuse => Verdict::Refuse,
        };
        Some(Decision {
            verdict,
            reasons: found.reasons.clone(),
            policy_version: snapshot.version(),
            valid_until: found.window.map(|(_, until)| until),
        })
    }

    fn remember(&mut self, operation: &Operation<'_>, decision: &Decision, now: UnixMillis) {
        if self.count >= Self::MAX_ENTRIES {
            self.names.clear();
            self.count = 0;
        }
        let Operation { action, resource } = *operation;
        let answer = if decision.is_allow() { Answer::Allow } else { Answer::Refuse };
        let window = decision.valid_until.map(|until| (now, until));
        let entry =
            Remembered { action, kind: resource.kind, answer, reasons: decision.reasons.clone(), window };
        let entries = self.names.entry(Arc::from(resource.name)).or_default();
        match entries.iter_mut().find(|old| old.action == action && old.kind == resource.kind) {
            Some(old) => *old = entry,
            None => {
                entries.push(entry);
                self.count += 1;
            }
        }
    }
}
