//! Expected decisions, and running them.

use std::sync::Arc;

use crate::bundle::Place;
use crate::decide::decide;
use crate::decision::Decision;
use crate::identity::{Caller, UnixMillis};
use crate::operation::{Action, Operation, Resource, ResourceKind};
use crate::snapshot::Snapshot;

/// What a test expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The operation is allowed.
    Allow,
    /// It is refused.
    Refuse,
}

impl Expected {
    /// The word used in `policy/tests.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Refuse => "refuse",
        }
    }
}

/// One expectation of `policy/tests.yaml`.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Its name, unique in the bundle.
    pub name: Arc<str>,
    /// Where it is written.
    pub place: Place,
    /// Who asks.
    pub caller: Caller,
    /// To do what.
    pub action: Action,
    /// To what kind of thing.
    pub kind: ResourceKind,
    /// Of what name.
    pub resource: Arc<str>,
    /// When.
    pub now: UnixMillis,
    /// The answer expected.
    pub expected: Expected,
    /// What the telling reason must contain.
    pub because: Option<Arc<str>>,
}

impl Expectation {
    /// The operation it asks for.
    pub fn operation(&self) -> Operation<'_> {
        Operation::new(self.action, Resource { kind: self.kind, name: &self.resource })
    }

    fn run(&self, snapshot: &Snapshot) -> TestOutcome {
        let decision = decide(snapshot, &self.caller, &self.operation(), self.now);
        let observed = if decision.is_allow() { Expected::Allow } else { Expected::Refuse };
        TestOutcome {
            name: self.name.clone(),
            place: self.place.clone(),
            expected: self.expected,
            observed,
            failure: self.failure(observed, &decision),
            reasons: decision.reasons.iter().map(|reason| reason.text.clone()).collect(),
        }
    }

    fn failure(&self, observed: Expected, decision: &Decision) -> Option<String> {
        if observed != self.expected {
            return Some(format!("expected `{}`, got `{}`", self.expected.as_str(), observed.as_str()));
        }
        let because = self.because.as_ref()?;
        let given = decision.reasons.iter().any(|reason| reason.text.contains(&**because));
        (!given).then(|| format!("no reason contains `{because}`"))
    }
}

/// How one expectation came out.
#[derive(Clone, Debug)]
pub struct TestOutcome {
    /// The expectation's name.
    pub name: Arc<str>,
    /// Where it is written.
    pub place: Place,
    /// The answer expected.
    pub expected: Expected,
    /// The answer given.
    pub observed: Expected,
    /// What is wrong; `None` when it came out as expected.
    pub failure: Option<String>,
    /// The reasons of the decision.
    pub reasons: Vec<Arc<str>>,
}

impl TestOutcome {
    /// Whether it came out as expected.
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

/// Runs every expectation of the snapshot's bundle.
pub fn run_tests(snapshot: &Snapshot) -> Vec<TestOutcome> {
    snapshot.expectations().iter().map(|expectation| expectation.run(snapshot)).collect()
}
