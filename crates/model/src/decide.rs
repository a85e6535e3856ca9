//! The one rule: an operation is allowed when a grant allows it and no guardrail forbids it.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::catalog::GroupSource;
use crate::decision::{Decision, Permit, Reason, ReasonClass, Verdict};
use crate::grant::{ActionSet, Grant, SubjectGrants};
use crate::guardrail::{Asked, Finding, PrincipalEntity};
use crate::identity::{Caller, UnixMillis};
use crate::operation::{Action, Operation, ResourceKind};
use crate::snapshot::{KnownPrincipal, Snapshot};
use crate::text::one_line;

/// Decides one operation of a caller at a moment.
pub fn decide(snapshot: &Snapshot, caller: &Caller, operation: &Operation<'_>, now: UnixMillis) -> Decision {
    let acting = match Acting::find(snapshot, caller) {
        Ok(acting) => acting,
        Err(reason) => return refuse(snapshot, vec![reason], None),
    };
    let Some(grant) = acting.grant(operation) else {
        return refuse(snapshot, vec![acting.no_grant(operation)], None);
    };
    let Some(finding) = acting.guardrails(operation, now) else {
        return allow(snapshot, grant, operation, None);
    };
    let reasons = acting.forbidden(operation, &finding);
    if reasons.is_empty() {
        allow(snapshot, grant, operation, finding.valid_until)
    } else {
        refuse(snapshot, reasons, finding.valid_until)
    }
}

fn refuse(snapshot: &Snapshot, reasons: Vec<Reason>, valid_until: Option<UnixMillis>) -> Decision {
    Decision {
        verdict: Verdict::Refuse,
        reasons: Arc::from(reasons),
        policy_version: snapshot.version(),
        valid_until,
    }
}

fn allow(
    snapshot: &Snapshot,
    grant: &Grant,
    operation: &Operation<'_>,
    until: Option<UnixMillis>,
) -> Decision {
    let Operation { action, resource } = *operation;
    let permit = Permit::issue(action, resource.kind, Arc::from(resource.name), snapshot.version());
    Decision {
        verdict: Verdict::Allow(permit),
        reasons: grant.reasons_for(action),
        policy_version: snapshot.version(),
        valid_until: until,
    }
}

/// A caller that may act within policy: known, not disabled, and with a second factor if it is human.
pub(crate) struct Acting<'a> {
    snapshot: &'a Snapshot,
    caller: &'a Caller,
    known: &'a KnownPrincipal,
    /// Groups that count because the token asserts them and the catalog lets it; never those of the catalog.
    token_groups: SmallVec<[&'a Arc<str>; 2]>,
}

impl<'a> Acting<'a> {
    pub(crate) fn find(snapshot: &'a Snapshot, caller: &'a Caller) -> Result<Self, Reason> {
        let name = &caller.identity.principal;
        let Some(known) = snapshot.principals.get(name.as_str()) else {
            let text = format!("principal `{name}` is not in the catalog; add it to catalog/principals.yaml");
            return Err(reason(ReasonClass::UnknownPrincipal, text));
        };
        if known.entry.is_disabled() {
            let text = format!("principal `{name}` is disabled ({}); remove `disabled`", known.entry.place);
            return Err(reason(ReasonClass::Disabled, text));
        }
        let acting = Self { snapshot, caller, known, token_groups: token_groups(snapshot, caller, known) };
        if known.entry.is_human() && !acting.has_second_factor() {
            return Err(acting.needs_second_factor());
        }
        Ok(acting)
    }

    fn has_second_factor(&self) -> bool {
        let amr = &self.caller.identity.proof.amr;
        let access = self.snapshot.human_access.as_ref();
        access.is_some_and(|access| access.required_amr.iter().any(|required| amr.contains(&**required)))
    }

    fn needs_second_factor(&self) -> Reason {
        let required = self.snapshot.human_access.iter().flat_map(|access| &access.required_amr);
        let required: Vec<&str> = required.map(|amr| &**amr).collect();
        let name = &self.known.entry.name;
        let text = format!(
            "principal `{name}` is human ({}) and has not proven a second factor; sign in so that `amr` has one of `{}`",
            self.known.entry.place,
            required.join("`, `"),
        );
        reason(ReasonClass::SecondFactor, text)
    }

    /// Break-glass is for humans with a second factor, in the group that the catalog names.
    fn break_glass(&self) -> bool {
        let group = self.snapshot.human_access.as_ref().and_then(|access| access.break_glass_group.as_ref());
        self.known.entry.is_human()
            && self.has_second_factor()
            && group.is_some_and(|group| self.groups().any(|candidate| candidate == group))
    }

    /// Every group that counts.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &'a Arc<str>> {
        self.known.entry.groups.iter().chain(self.token_groups.iter().copied())
    }

    fn subjects(&self) -> impl Iterator<Item = &'a SubjectGrants> {
        let grants = &self.snapshot.grants;
        let own = grants.of_principal(&self.known.entry.name);
        own.into_iter().chain(self.groups().filter_map(|group| grants.of_group(group)))
    }

    /// The grant that allows the operation, if there is one.
    pub(crate) fn grant(&self, operation: &Operation<'_>) -> Option<&'a Grant> {
        let grants = &self.snapshot.grants;
        self.subjects().find_map(|held| grants.find(held, &self.caller.cluster, operation))
    }

    /// Whether some grant allows the action on some resource of the kind.
    pub(crate) fn any(&self, action: Action, kind: ResourceKind) -> bool {
        let grants = &self.snapshot.grants;
        self.subjects().any(|held| grants.any(held, &self.caller.cluster, action, kind))
    }

    fn no_grant(&self, operation: &Operation<'_>) -> Reason {
        let name = &self.known.entry.name;
        let mut text = format!("no grant lets `{name}` {operation} on cluster `{}`", self.caller.cluster);
        match self.nearest(operation) {
            Some(near) => text.push_str(&format!(
                "; grant `{}` ({}) reaches it for {} only, so add `{}` there if it is wanted",
                near.name,
                near.place,
                near.allows,
                operation.action.as_str(),
            )),
            None => text.push_str("; add one to policy/grants.yaml if it is wanted"),
        }
        reason(ReasonClass::NoGrant, text)
    }

    /// A grant that reaches the resource for other actions.
    fn nearest(&self, operation: &Operation<'_>) -> Option<&'a Grant> {
        let grants = &self.snapshot.grants;
        self.subjects().find_map(|held| {
            let mut reaching =
                held.reaching(&operation.resource).filter_map(|held| grants.all.get(held.grant));
            reaching.find(|grant| {
                grant.is_for_cluster(&self.caller.cluster) && grant.allows != ActionSet::default()
            })
        })
    }

    /// Asks the guardrails that can apply; `None` where none can.
    pub(crate) fn guardrails(&self, operation: &Operation<'_>, now: UnixMillis) -> Option<Finding> {
        let guardrails = &self.snapshot.guardrails;
        let applicable = guardrails.applicable(operation.action, operation.resource.kind)?;
        let labels = self.snapshot.labels_of(&self.caller.cluster, &operation.resource);
        let own;
        let principal = if self.token_groups.is_empty() {
            &self.known.entity
        } else {
            match PrincipalEntity::new(
                &self.known.entry,
                self.groups().map(|group| &**group),
                guardrails.words,
            ) {
                Ok(entity) => {
                    own = entity;
                    &own
                }
                Err(error) => return Some(Finding { failed: vec![(None, error)], ..Finding::default() }),
            }
        };
        let break_glass = self.break_glass();
        let asked = Asked { principal, caller: self.caller, operation, labels: &labels, break_glass, now };
        Some(guardrails.evaluate(applicable, &asked))
    }

    /// Why the guardrails refuse; nothing if they do not.
    pub(crate) fn forbidden(&self, operation: &Operation<'_>, finding: &Finding) -> Vec<Reason> {
        let all = &self.snapshot.guardrails.all;
        let name = &self.known.entry.name;
        let mut reasons = Vec::with_capacity(finding.forbidding.len() + finding.failed.len());
        for guardrail in finding.forbidding.iter().filter_map(|index| all.get(*index)) {
            let mut text =
                format!("guardrail `{}` ({}) forbids `{name}` to {operation}", guardrail.id, guardrail.place);
            if let Some(why) = &guardrail.reason {
                text.push_str(&format!(": {why}"));
            }
            if let Some(fix) = &guardrail.fix {
                text.push_str(&format!("; {fix}"));
            }
            reasons.push(reason(ReasonClass::Guardrail, text));
        }
        for (index, error) in &finding.failed {
            let text = match index.and_then(|index| all.get(index)) {
                Some(guardrail) => format!(
                    "guardrail `{}` ({}) cannot be evaluated: {error}; correct it",
                    guardrail.id, guardrail.place
                ),
                None => format!("guardrails cannot be evaluated: {error}"),
            };
            reasons.push(reason(ReasonClass::GuardrailError, text));
        }
        reasons
    }
}

fn token_groups<'a>(
    snapshot: &'a Snapshot,
    caller: &'a Caller,
    known: &'a KnownPrincipal,
) -> SmallVec<[&'a Arc<str>; 2]> {
    let asserted = caller.identity.proof.groups.iter();
    let declared = asserted.filter_map(|group| snapshot.groups.get_key_value(group.as_str()));
    let accepted = declared.filter(|(_, source)| **source == GroupSource::CatalogOrToken);
    accepted.map(|(name, _)| name).filter(|name| !known.entry.groups.contains(*name)).collect()
}

/// The text may have a name in it that a peer chose.
fn reason(class: ReasonClass, text: String) -> Reason {
    Reason { class, text: Arc::from(one_line(&text)) }
}

impl Snapshot {
    /// Whether the caller may do `action` to some resource of `kind`, as far as grants say: guardrails speak about single
    /// resources and are asked when one is named. For requests that name none, as an idempotent producer's first.
    pub fn may_any(&self, caller: &Caller, action: Action, kind: ResourceKind, _now: UnixMillis) -> bool {
        Acting::find(self, caller).is_ok_and(|acting| acting.any(action, kind))
    }
}
