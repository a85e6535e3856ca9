//! The live sessions: who is connected, and how long already.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tidegate_model::{Caller, PrincipalName};

/// What an operator sees of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Its number, unique while the gateway runs.
    pub id: u64,
    /// Who acts.
    pub principal: String,
    /// How that was proven.
    pub mechanism: String,
    /// The listener.
    pub listener: String,
    /// The client's address.
    pub peer: IpAddr,
    /// The broker node it talks to.
    pub node: i32,
    /// What the client calls itself.
    pub software: String,
    /// When it was authenticated, in milliseconds since 1970.
    pub since: i64,
}

/// Every live session.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    next_id: AtomicU64,
    live: Mutex<HashMap<u64, SessionInfo>>,
}

/// A session's place in the register; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Registered {
    id: u64,
    sessions: Arc<Sessions>,
}

impl Registered {
    pub(crate) fn id(&self) -> u64 {
        self.id
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.sessions.lock().remove(&self.id);
    }
}

impl Sessions {
    pub(crate) fn register(self: &Arc<Self>, caller: &Caller, node: i32, software: &str) -> Registered {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed) + 1;
        let proof = &caller.identity.proof;
        let info = SessionInfo {
            id,
            principal: caller.identity.principal.to_string(),
            mechanism: proof.mechanism.as_str().to_owned(),
            listener: caller.listener.to_string(),
            peer: caller.peer,
            node,
            software: software.to_owned(),
            since: proof.authenticated_at.0,
        };
        self.lock().insert(id, info);
        Registered { id, sessions: Arc::clone(self) }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// The number of sessions of one principal.
    pub(crate) fn count_of(&self, principal: &PrincipalName) -> usize {
        self.lock().values().filter(|session| session.principal == principal.as_str()).count()
    }

    /// All sessions, oldest first.
    pub(crate) fn list(&self) -> Vec<SessionInfo> {
        let mut sessions: Vec<_> = self.lock().values().cloned().collect();
        sessions.sort_by_key(|session| session.id);
        sessions
    }

    /// The number of sessions by principal.
    pub(crate) fn by_principal(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for session in self.lock().values() {
            *counts.entry(session.principal.clone()).or_default() += 1;
        }
        counts
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, SessionInfo>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
