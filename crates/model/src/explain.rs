//! Why a decision came out as it did, and who may do something to a stream.

use std::sync::Arc;

use crate::bundle::Place;
use crate::catalog::{GroupSource, Labels};
use crate::decide::{Acting, decide};
use crate::decision::Reason;
use crate::expectation::Expected;
use crate::grant::{Grant, Subject};
use crate::guardrail::{Finding, Guardrail};
use crate::identity::{Caller, PrincipalName, UnixMillis};
use crate::operation::{Action, Operation, Resource, ResourceKind};
use crate::snapshot::Snapshot;

/// A decision with everything that was considered for it. It is for reading; it carries no permit.
#[derive(Clone, Debug)]
pub struct Explanation<'s> {
    /// The answer, by [`decide`] itself.
    pub verdict: Expected,
    /// Why, the telling reason first.
    pub reasons: Arc<[Reason]>,
    /// Until when the answer holds; `None` for as long as the policy does.
    pub valid_until: Option<UnixMillis>,
    /// The groups of the caller that count.
    pub groups: Vec<Arc<str>>,
    /// The groups its token asserts that do not count, because the catalog does not let them come from tokens.
    pub ignored_groups: Vec<String>,
    /// What the catalog says of the resource.
    pub labels: Labels,
    /// Every grant of the caller, then those of others that would allow the operation.
    pub grants: Vec<ConsideredGrant<'s>>,
    /// Every guardrail.
    pub guardrails: Vec<ConsideredGuardrail<'s>>,
}

/// One grant and how it bears on the operation.
#[derive(Clone, Debug)]
pub struct ConsideredGrant<'s> {
    /// The grant.
    pub grant: &'s Grant,
    /// Whose it is: the caller's, one of its groups', or somebody else's.
    pub subjects: Vec<Subject>,
    /// How it bears on the operation.
    pub bearing: Bearing,
}

/// How a grant bears on an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// It allows it.
    Allows,
    /// It reaches the resource, but gives other actions.
    OtherActions,
    /// It is about other clusters.
    OtherCluster,
    /// It would reach the resource, were its name not internal: prefixes and wildcards do not reach those.
    InternalName,
    /// It is about other resources.
    OtherResources,
    /// It would allow it, but to somebody else.
    OtherSubjects,
}

impl Bearing {
    /// For the operator: what it means.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allows => "allows it",
            Self::OtherActions => "reaches it, for other actions",
            Self::OtherCluster => "is for other clusters",
            Self::InternalName => "does not reach internal names",
            Self::OtherResources => "is about something else",
            Self::OtherSubjects => "would allow it to others",
        }
    }
}

/// One guardrail and what it said.
#[derive(Clone, Debug)]
pub struct ConsideredGuardrail<'s> {
    /// The guardrail.
    pub guardrail: &'s Guardrail,
    /// What it said.
    pub saying: Saying,
}

/// What a guardrail says about an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saying {
    /// It forbids it.
    Forbids,
    /// It has nothing against it.
    Nothing,
    /// It is about other actions or other kinds of resource, so it was not asked.
    NotAsked,
    /// It could not be evaluated, which refuses the operation.
    Failed(String),
}

/// Explains what [`decide`] decides.
pub fn explain<'s>(
    snapshot: &'s Snapshot,
    caller: &Caller,
    operation: &Operation<'_>,
    now: UnixMillis,
) -> Explanation<'s> {
    let decision = decide(snapshot, caller, operation, now);
    let acting = Acting::find(snapshot, caller).ok();
    let groups: Vec<Arc<str>> = acting.iter().flat_map(|acting| acting.groups().cloned()).collect();
    let asserted = caller.identity.proof.groups.iter();
    let ignored_groups = asserted.filter(|group| groups.iter().all(|counted| **counted != ***group)).cloned();
    let finding = acting.as_ref().and_then(|acting| acting.guardrails(operation, now));
    Explanation {
        verdict: if decision.is_allow() { Expected::Allow } else { Expected::Refuse },
        reasons: decision.reasons.clone(),
        valid_until: decision.valid_until,
        ignored_groups: ignored_groups.collect(),
        labels: snapshot.labels_of(&caller.cluster, &operation.resource),
        grants: consider_grants(snapshot, caller, &groups, operation),
        guardrails: consider_guardrails(snapshot, operation, finding.as_ref()),
        groups,
    }
}

fn consider_grants<'s>(
    snapshot: &'s Snapshot,
    caller: &Caller,
    groups: &[Arc<str>],
    operation: &Operation<'_>,
) -> Vec<ConsideredGrant<'s>> {
    let held = |subject: &Subject| match subject {
        Subject::Principal(name) => *name == caller.identity.principal,
        Subject::Group(name) => groups.contains(name),
    };
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for grant in snapshot.grants() {
        let bearing = bearing(grant, &caller.cluster, operation);
        let subjects: Vec<Subject> = grant.to.iter().filter(|subject| held(subject)).cloned().collect();
        if !subjects.is_empty() {
            own.push(ConsideredGrant { grant, subjects, bearing });
        } else if bearing == Bearing::Allows {
            let subjects = grant.to.clone();
            others.push(ConsideredGrant { grant, subjects, bearing: Bearing::OtherSubjects });
        }
    }
    own.append(&mut others);
    own
}

fn bearing(grant: &Grant, cluster: &str, operation: &Operation<'_>) -> Bearing {
    let Resource { kind, name } = operation.resource;
    let covers = grant.resources.iter().any(|(own, pattern)| *own == kind && pattern.covers(name));
    if !covers {
        Bearing::OtherResources
    } else if !grant.reaches(&operation.resource) {
        Bearing::InternalName
    } else if !grant.is_for_cluster(cluster) {
        Bearing::OtherCluster
    } else if !grant.allows.contains(operation.action) {
        Bearing::OtherActions
    } else {
        Bearing::Allows
    }
}

fn consider_guardrails<'s>(
    snapshot: &'s Snapshot,
    operation: &Operation<'_>,
    finding: Option<&Finding>,
) -> Vec<ConsideredGuardrail<'s>> {
    let applicable = snapshot.guardrails.applicable(operation.action, operation.resource.kind);
    let saying = |index: usize| {
        let Some(finding) = finding else { return Saying::NotAsked };
        if !applicable.is_some_and(|applicable| applicable.members.contains(&index)) {
            return Saying::NotAsked;
        }
        let failed = finding.failed.iter().find(|(which, _)| which.is_none_or(|which| which == index));
        match failed {
            Some((_, error)) => Saying::Failed(error.clone()),
            None if finding.forbidding.contains(&index) => Saying::Forbids,
            None => Saying::Nothing,
        }
    };
    let all = snapshot.guardrails().iter().enumerate();
    all.map(|(index, guardrail)| ConsideredGuardrail { guardrail, saying: saying(index) }).collect()
}

/// Someone a grant lets do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The principal or group that the grant names.
    pub subject: Subject,
    /// The grant's name.
    pub grant: Arc<str>,
    /// Where the grant is written.
    pub place: Place,
    /// The principals behind the subject, those that are disabled left out.
    pub principals: Vec<PrincipalName>,
    /// Whether a token may make others members of the group.
    pub open_to_tokens: bool,
}

/// Whom grants let do `action` to a stream, in the order the grants are written. With [`Action::Read`]: who can read it.
/// Guardrails may still refuse some of them, depending on circumstances; [`explain`] says so for one caller.
pub fn readers(snapshot: &Snapshot, cluster: &str, stream: &str, action: Action) -> Vec<Reader> {
    let operation = Operation::new(action, Resource { kind: ResourceKind::Topic, name: stream });
    let mut readers = Vec::new();
    for grant in snapshot.grants().iter().filter(|grant| grant.allows(cluster, &operation)) {
        for subject in &grant.to {
            readers.push(Reader {
                subject: subject.clone(),
                grant: grant.name.clone(),
                place: grant.place.clone(),
                principals: members(snapshot, subject),
                open_to_tokens: open_to_tokens(snapshot, subject),
            });
        }
    }
    readers
}

fn members(snapshot: &Snapshot, subject: &Subject) -> Vec<PrincipalName> {
    let entries = snapshot.principals().into_iter().filter(|entry| !entry.is_disabled());
    let behind = entries.filter(|entry| match subject {
        Subject::Principal(name) => entry.name == *name,
        Subject::Group(group) => entry.groups.contains(group),
    });
    behind.map(|entry| entry.name.clone()).collect()
}

fn open_to_tokens(snapshot: &Snapshot, subject: &Subject) -> bool {
    match subject {
        Subject::Principal(_) => false,
        Subject::Group(group) => snapshot.groups.get(group) == Some(&GroupSource::CatalogOrToken),
    }
}
