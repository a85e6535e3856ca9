//! What a session tells the shell for logs and metrics.

use std::sync::Arc;

use tidegate_model::{Action, Operation, Reason, ReasonClass, ResourceKind};

/// Something worth a line in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An operation was refused.
    Refused {
        /// What was to be done.
        action: Action,
        /// To what kind of thing.
        kind: ResourceKind,
        /// Its name.
        resource: String,
        /// The class of the telling reason.
        class: ReasonClass,
        /// The telling reason: which rule, where it is written, what would change it.
        reason: Arc<str>,
        /// The request's name in Kafka's definitions.
        api: &'static str,
    },
    /// Events were dropped because the shell did not take them in time.
    Lost {
        /// How many.
        count: u64,
    },
}

impl Event {
    pub(crate) fn refused(operation: &Operation<'_>, reasons: &[Reason], api: &'static str) -> Self {
        let telling = reasons.first();
        Self::Refused {
            action: operation.action,
            kind: operation.resource.kind,
            resource: operation.resource.name.to_owned(),
            class: telling.map_or(ReasonClass::GuardrailError, |reason| reason.class),
            reason: telling
                .map_or_else(|| Arc::from("no reason was given"), |reason| Arc::clone(&reason.text)),
            api,
        }
    }
}

/// The events and counts since the shell last took them.
#[derive(Debug)]
pub struct Events {
    events: Vec<Event>,
    lost: u64,
    allowed: [u64; Action::ALL.len()],
}

impl Default for Events {
    fn default() -> Self {
        Self { events: Vec::new(), lost: 0, allowed: [0; Action::ALL.len()] }
    }
}

impl Events {
    /// How many events are kept until taken. A request that is refused on more resources is told in part, with the count.
    pub const MAX_EVENTS: usize = 256;

    pub(crate) fn push(&mut self, event: Event) {
        if self.events.len() < Self::MAX_EVENTS {
            self.events.push(event);
        } else {
            self.lost += 1;
        }
    }

    pub(crate) fn allowed(&mut self, action: Action) {
        if let Some(count) = self.allowed.get_mut(action as usize) {
            *count += 1;
        }
    }

    /// The events, oldest first; nothing is left behind.
    pub fn take(&mut self) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.events);
        if self.lost > 0 {
            events.push(Event::Lost { count: std::mem::take(&mut self.lost) });
        }
        events
    }

    /// How many operations of each action were allowed since last asked.
    pub fn take_allowed(&mut self) -> impl Iterator<Item = (Action, u64)> + use<> {
        let counts = std::mem::replace(&mut self.allowed, [0; Action::ALL.len()]);
        Action::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_were_lost_past_the_limit() {
        let mut events = Events::default();
        for _ in 0..=Events::MAX_EVENTS {
            events.push(Event::Lost { count: 0 });
        }
        let taken = events.take();
        assert_eq!(taken.len(), Events::MAX_EVENTS + 1);
        assert_eq!(taken.last(), Some(&Event::Lost { count: 1 }));
        assert!(events.take().is_empty());
    }

    #[test]
    fn counts_every_action_under_its_own_name() {
        let mut events = Events::default();
        for action in Action::ALL {
            events.allowed(*action);
        }
        assert_eq!(events.take_allowed().map(|(action, _)| action).collect::<Vec<_>>(), Action::ALL);
        assert_eq!(events.take_allowed().count(), 0);
    }
}
