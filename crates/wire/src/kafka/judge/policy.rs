//! The judge's way to ask policy, and the record of what it answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use tidegate_model::{
    Action, Caller, DecisionCache, Operation, Resource, ResourceKind, Snapshot, UnixMillis, Verdict,
};

use super::clearance::{Cleared, Name};
use crate::kafka::session::event::{Event, Events};
use crate::kafka::topics::{TopicId, TopicNames};

/// Everything a decision is made from, for one caller at one moment.
pub(crate) struct Policy<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) caller: &'a Caller,
    pub(crate) now: UnixMillis,
    pub(crate) cache: &'a mut DecisionCache,
    pub(crate) events: &'a mut Events,
    pub(crate) topics: &'a TopicNames,
    /// Topic ids that the broker was asked about for this request, known to it or not.
    pub(crate) asked: &'a BTreeSet<TopicId>,
    pub(crate) offsets: &'a mut super::offsets::KnownOffsets,
    /// The request's name, for the record.
    pub(crate) api: &'static str,
}

impl Policy<'_> {
    /// Decides and, where allowed, spends the permit into `cleared`. A refusal is recorded.
    pub(crate) fn clear<'n>(
        &mut self,
        cleared: &mut Cleared<'n>,
        action: Action,
        kind: ResourceKind,
        name: Name<'n>,
    ) -> bool {
        let shared = match &name {
            Name::Borrowed(text) => NameRef::Borrowed(text),
            Name::OfId(_, text) => NameRef::Shared(Arc::clone(text)),
        };
        let operation = Operation::new(action, Resource { kind, name: shared.as_str() });
        let decision = self.cache.decide(self.snapshot, self.caller, &operation, self.now);
        match decision.verdict {
            Verdict::Allow(permit) => {
                self.events.allowed(action);
                cleared.spend(permit, &operation, name)
            }
            Verdict::Refuse => {
                self.events.push(Event::refused(&operation, &decision.reasons, self.api));
                false
            }
        }
    }

    /// Whether the caller may do this, where nothing is forwarded on the strength of it: hiding and showing parts of answers.
    pub(crate) fn may(&mut self, action: Action, kind: ResourceKind, name: &str) -> bool {
        let operation = Operation::new(action, Resource { kind, name });
        self.cache.decide(self.snapshot, self.caller, &operation, self.now).is_allow()
    }

    /// Like [`Policy::may`], for parts of answers whose refusal is worth a record.
    pub(crate) fn may_recorded(&mut self, action: Action, kind: ResourceKind, name: &str) -> bool {
        let operation = Operation::new(action, Resource { kind, name });
        let decision = self.cache.decide(self.snapshot, self.caller, &operation, self.now);
        if !decision.is_allow() {
            self.events.push(Event::refused(&operation, &decision.reasons, self.api));
        }
        decision.is_allow()
    }

    pub(crate) fn may_cluster(&mut self, action: Action) -> bool {
        self.may(action, ResourceKind::Cluster, Resource::CLUSTER_NAME)
    }

    pub(crate) fn topic_name(&self, id: &TopicId) -> Option<Arc<str>> {
        self.topics.name(id)
    }

    pub(crate) fn has_asked(&self, id: &TopicId) -> bool {
        self.asked.contains(id)
    }
}

enum NameRef<'a> {
    Borrowed(&'a str),
    Shared(Arc<str>),
}

impl NameRef<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(name) => name,
            Self::Shared(name) => name,
        }
    }
}
