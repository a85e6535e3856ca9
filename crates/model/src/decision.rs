//! The answer to an operation, and the permit that forwarding consumes.

use std::sync::Arc;

use crate::identity::UnixMillis;
use crate::operation::{Action, Operation, Resource, ResourceKind};

/// One reason of a decision: the rule that spoke and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which class of rule it was; bounded, so that it can label a metric.
    pub class: ReasonClass,
    /// For the operator: which rule, where (`policy/grants.yaml:12`), and what would change the answer.
    pub text: Arc<str>,
}

/// The classes of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonClass {
    /// A grant allows it.
    Granted,
    /// No grant covers it.
    NoGrant,
    /// The principal is not in the catalog.
    UnknownPrincipal,
    /// A guardrail forbids it.
    Guardrail,
    /// A guardrail could not be evaluated, so the operation is refused.
    GuardrailError,
    /// The catalog disables the principal.
    Disabled,
    /// The principal is human and has not proven a second factor.
    SecondFactor,
}

impl ReasonClass {
    /// The name used in metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::NoGrant => "no_grant",
            Self::UnknownPrincipal => "unknown_principal",
            Self::Guardrail => "guardrail",
            Self::GuardrailError => "guardrail_error",
            Self::Disabled => "disabled",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// The answer to one operation.
#[derive(Debug)]
#[must_use]
pub struct Decision {
    /// Whether it may go on.
    pub verdict: Verdict,
    /// Why, the telling reason first.
    pub reasons: Arc<[Reason]>,
    /// The number of the snapshot that decided.
    pub policy_version: u64,
    /// Until when the same question has the same answer under that snapshot; `None` for as long as it is in force.
    pub valid_until: Option<UnixMillis>,
}

/// Whether an operation may go on.
#[derive(Debug)]
pub enum Verdict {
    /// It may, once: here is the permit.
    Allow(Permit),
    /// It may not.
    Refuse,
}

impl Decision {
    /// Whether the verdict is `Allow`. Forwarding needs the permit itself.
    pub fn is_allow(&self) -> bool {
        matches!(self.verdict, Verdict::Allow(_))
    }
}

/// Proof that exactly one operation was allowed. Only deciding makes one; forwarding consumes it.
///
/// It cannot be built or copied outside this crate:
/// ```compile_fail
/// let forged = tidegate_model::Permit { action: todo!(), kind: todo!(), name: todo!(), policy_version: 0 };
/// ```
/// ```compile_fail
/// fn twice(permit: tidegate_model::Permit) -> (tidegate_model::Permit, tidegate_model::Permit) { (permit.clone(), permit) }
/// ```
#[derive(Debug)]
#[must_use]
pub struct Permit {
    action: Action,
    kind: ResourceKind,
    name: Arc<str>,
    policy_version: u64,
}

impl Permit {
    /// Issued by deciding alone.
    pub(crate) fn issue(action: Action, kind: ResourceKind, name: Arc<str>, policy_version: u64) -> Self {
        Self { action, kind, name, policy_version }
    }

    /// The operation it allows.
    pub fn operation(&self) -> Operation<'_> {
        Operation::new(self.action, Resource { kind: self.kind, name: &self.name })
    }

    /// The number of the snapshot that allowed it.
    pub fn policy_version(&self) -> u64 {
        self.policy_version
    }

    /// Spends the permit on `operation`. A permit for any other operation is an error, and is spent all the same.
    pub fn redeem(self, operation: &Operation<'_>) -> Result<(), WrongPermit> {
        if self.operation() == *operation { Ok(()) } else { Err(WrongPermit) }
    }
}

/// A permit was offered for an operation that it does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongPermit;

impl std::fmt::Display for WrongPermit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the permit names another operation")
    }
}

impl std::error::Error for WrongPermit {}
