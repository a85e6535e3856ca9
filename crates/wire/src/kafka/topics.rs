//! Which name a topic id stands for.
//!
//! Requests of newer versions name topics by id (KIP-516), and policy speaks of names. A topic id never changes its name, so what
//! was learnt once stays true; a name can move to a new id when a topic is created again, which is why nothing here goes from
//! name to id.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

/// A topic id as it stands on the wire.
pub type TopicId = [u8; 16];

/// The id that means "none" (KIP-516).
pub const NO_TOPIC_ID: TopicId = [0; 16];

/// The ids of one cluster's topics and their names, learnt from the broker's own answers and shared by its sessions.
#[derive(Debug, Default)]
pub struct TopicNames {
    // Owned by this type alone; held for one look-up or one insertion, never across a call out.
    names: RwLock<FxHashMap<TopicId, Arc<str>>>,
}

impl TopicNames {
    /// How many topics are remembered. Beyond that the memory starts afresh, and sessions ask the broker again.
    pub const MAX_TOPICS: usize = 200_000;

    /// An empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// The name of `id`, where the broker has told it.
    pub fn name(&self, id: &TopicId) -> Option<Arc<str>> {
        self.names.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Remembers what a broker's answer said.
    pub fn learn(&self, id: TopicId, name: &str) {
        if id == NO_TOPIC_ID || name.is_empty() || self.name(&id).is_some() {
            return;
        }
        let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= Self::MAX_TOPICS {
            names.clear();
        }
        names.insert(id, Arc::from(name));
    }

    /// How many topics are remembered.
    pub fn len(&self) -> usize {
        self.names.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether nothing is remembered yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> TopicId {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&(number as u64 + 1).to_be_bytes());
        id
    }

    #[test]
    fn keeps_the_first_name_of_an_id() {
        let topics = TopicNames::new();
        topics.learn(id(1), "orders");
        topics.learn(id(1), "payments");
        assert_eq!(topics.name(&id(1)).as_deref(), Some("orders"));
        assert_eq!(topics.name(&id(2)), None);
    }

    #[test]
    fn never_learns_the_empty_id_or_an_empty_name() {
        let topics = TopicNames::new();
        topics.learn(NO_TOPIC_ID, "orders");
        topics.learn(id(1), "");
        assert!(topics.is_empty());
    }

    #[test]
    fn starts_afresh_one_topic_past_the_limit() {
        let topics = TopicNames::new();
        for number in 0..TopicNames::MAX_TOPICS {
            topics.learn(id(number), "t");
        }
        assert_eq!(topics.len(), TopicNames::MAX_TOPICS);
        topics.learn(id(TopicNames::MAX_TOPICS), "t");
        assert_eq!(topics.len(), 1);
    }
}
