//! Guardrails: Cedar policies that only forbid, and that no grant may break.
//!
//! Each is compiled for the actions and kinds of resource it can speak about, so that a decision asks Cedar about those
//! alone, and not at all where there are none.

mod compile;
mod evaluate;
mod ready;
mod split;
mod words;

use std::sync::Arc;

use cedar_policy::PolicySet;
use rustc_hash::FxHashMap;

use crate::bundle::Place;
use crate::operation::{Action, ResourceKind};

pub(crate) use compile::compile;
pub(crate) use evaluate::{Asked, Finding, PrincipalEntity};
pub use ready::{READY, ReadyGuardrail};
pub(crate) use words::Words;

/// The Cedar schema that every guardrail is checked against.
pub const SCHEMA: &str = include_str!("../../schemas/guardrails.cedarschema");

/// One guardrail.
#[derive(Clone, Debug)]
pub struct Guardrail {
    /// Its `@id`.
    pub id: Arc<str>,
    /// Where it is written.
    pub place: Place,
    /// Its `@reason`: why it forbids.
    pub reason: Option<Arc<str>>,
    /// Its `@fix`: what the caller can do about it.
    pub fix: Option<Arc<str>>,
}

/// All guardrails of a snapshot.
#[derive(Debug, Default)]
pub(crate) struct Guardrails {
    /// In the order they are written; a policy's id in Cedar is its index here.
    pub(crate) all: Vec<Guardrail>,
    /// What can apply to an action on a kind of resource; absent where nothing can.
    applicable: FxHashMap<(Action, ResourceKind), Applicable>,
    /// What any of them mentions.
    pub(crate) words: Words,
}

#[derive(Debug, Default)]
pub(crate) struct Applicable {
    policies: PolicySet,
    /// Indices into [`Guardrails::all`].
    pub(crate) members: Vec<usize>,
    /// What they mention.
    words: Words,
}

impl Guardrails {
    pub(crate) fn applicable(&self, action: Action, kind: ResourceKind) -> Option<&Applicable> {
        self.applicable.get(&(action, kind))
    }
}
