//! Principals, streams, operations and the policy over them: the pure core of every decision.
//!
//! Nothing here opens a socket or a file, reads a clock or draws a random number: text and time come in, values go out.

pub mod decision;
pub mod identity;
pub mod operation;

pub use decision::{Decision, Permit, Reason, ReasonClass, Verdict, WrongPermit};
pub use identity::{Caller, Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};
pub use operation::{Action, Operation, Resource, ResourceKind};
