//! Principals, streams, operations and the policy over them: the pure core of every decision.
//!
//! Nothing here opens a socket or a file, reads a clock or draws a random number: text and time come in, values go out.

pub mod bundle;
mod cache;
pub mod catalog;
mod decide;
pub mod decision;
mod expectation;
mod explain;
mod grant;
pub mod guardrail;
pub mod identity;
pub mod operation;
mod pattern;
mod snapshot;
mod text;

pub use bundle::{BundleSources, Place, Problem};
pub use cache::DecisionCache;
pub use catalog::PrincipalEntry;
pub use decide::decide;
pub use decision::{Decision, Permit, Reason, ReasonClass, Verdict, WrongPermit};
pub use expectation::{Expectation, Expected, TestOutcome, run_tests};
pub use explain::{
    Bearing, ConsideredGrant, ConsideredGuardrail, Explanation, Reader, Saying, explain, readers,
};
pub use grant::{ActionSet, Grant, Subject};
pub use identity::{Caller, Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};
pub use operation::{Action, Operation, Resource, ResourceKind};
pub use pattern::{INTERNAL_PREFIX, InvalidPattern, Pattern};
pub use snapshot::Snapshot;
