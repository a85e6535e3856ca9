//! Asking Cedar about one operation.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
};

use super::words::Word;
use super::{Applicable, Guardrails, Words};
use crate::catalog::{Labels, PrincipalEntry};
use crate::identity::{Caller, UnixMillis};
use crate::operation::{Action, Operation, ResourceKind};

/// A principal as guardrails see it, built once per snapshot.
#[derive(Clone, Debug)]
pub(crate) struct PrincipalEntity(Entity);

/// What a guardrail may be asked about.
pub(crate) struct Asked<'a> {
    pub(crate) principal: &'a PrincipalEntity,
    pub(crate) caller: &'a Caller,
    pub(crate) operation: &'a Operation<'a>,
    /// What the catalog says of the topic, or of the cluster for anything else.
    pub(crate) labels: &'a Labels,
    pub(crate) break_glass: bool,
    pub(crate) now: UnixMillis,
}

/// What guardrails had to say.
#[derive(Debug, Default)]
pub(crate) struct Finding {
    /// Those that forbid, as indices.
    pub(crate) forbidding: Vec<usize>,
    /// Those that could not be evaluated, as indices, and why. `None` stands for all of them.
    pub(crate) failed: Vec<(Option<usize>, String)>,
    /// Until when the same question has the same answer; `None` for as long as the snapshot lives.
    pub(crate) valid_until: Option<UnixMillis>,
}

impl Guardrails {
    /// Evaluates what can apply to the operation.
    pub(crate) fn evaluate(&self, applicable: &Applicable, asked: &Asked<'_>) -> Finding {
        let valid_until = valid_until(applicable.words, asked);
        let mut finding = match request(asked, applicable.words) {
            Ok((request, entities)) => respond(applicable, &request, &entities),
            Err(error) => Finding { failed: vec![(None, error)], ..Finding::default() },
        };
        finding.forbidding.sort_unstable();
        finding.failed.sort_unstable();
        finding.valid_until = valid_until;
        finding
    }
}

fn respond(applicable: &Applicable, request: &Request, entities: &Entities) -> Finding {
    // Without a permit Cedar always denies; what tells is which policies made it, or failed.
    let response = Authorizer::new().is_authorized(request, &applicable.policies, entities);
    let index = |id: &cedar_policy::PolicyId| usize::from_str(id.to_string().as_str()).ok();
    let mut finding = Finding::default();
    for id in response.diagnostics().reason() {
        match index(id) {
            Some(index) => finding.forbidding.push(index),
            None => finding.failed.push((None, "a guardrail has lost its name".to_owned())),
        }
    }
    for error in response.diagnostics().errors() {
        let cedar_policy::AuthorizationError::PolicyEvaluationError(failure) = error;
        finding.failed.push((index(failure.policy_id()), failure.inner().to_string()));
    }
    finding
}

/// The names of types and actions, parsed once. `None` cannot happen, and if it did every question would be refused.
struct Names {
    principal: EntityTypeName,
    kinds: Vec<(ResourceKind, EntityTypeName)>,
    actions: Vec<(Action, EntityUid)>,
}

static NAMES: LazyLock<Option<Names>> = LazyLock::new(|| {
    let action_type = EntityTypeName::from_str("Action").ok()?;
    let uid = |action: Action| {
        EntityUid::from_type_name_and_id(action_type.clone(), EntityId::new(action.as_str()))
    };
    let kind = |kind: ResourceKind| Some((kind, EntityTypeName::from_str(kind.entity_type()).ok()?));
    Some(Names {
        principal: EntityTypeName::from_str("Principal").ok()?,
        kinds: ResourceKind::ALL.into_iter().map(kind).collect::<Option<_>>()?,
        actions: Action::ALL.iter().map(|action| (*action, uid(*action))).collect(),
    })
});

const BROKEN: &str = "the names of guardrail types cannot be read";

impl Names {
    fn find() -> Result<&'static Self, String> {
        NAMES.as_ref().ok_or_else(|| BROKEN.to_owned())
    }

    fn action(&self, action: Action) -> Result<EntityUid, String> {
        let found = self.actions.iter().find(|(candidate, _)| *candidate == action);
        found.map(|(_, uid)| uid.clone()).ok_or_else(|| BROKEN.to_owned())
    }

    fn kind(&self, kind: ResourceKind) -> Result<EntityTypeName, String> {
        let found = self.kinds.iter().find(|(candidate, _)| *candidate == kind);
        found.map(|(_, name)| name.clone()).ok_or_else(|| BROKEN.to_owned())
    }
}

/// Attributes by name, those alone that are mentioned.
struct Attributes {
    words: Words,
    pairs: Vec<(String, RestrictedExpression)>,
}

impl Attributes {
    fn new(words: Words) -> Self {
        Self { words, pairs: Vec::new() }
    }

    fn with(mut self, word: Word, value: impl FnOnce() -> RestrictedExpression) -> Self {
        if self.words.contains(word) {
            self.pairs.push((word.as_str().to_owned(), value()));
        }
        self
    }

    fn with_text(self, word: Word, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(word, || text(value)),
            None => self,
        }
    }

    /// The entity that has them, and these tags.
    fn entity(self, uid: EntityUid, tags: &BTreeMap<Arc<str>, Arc<str>>) -> Result<Entity, String> {
        let tags =
            tags.iter().filter(|_| self.words.tags()).map(|(key, value)| (key.to_string(), text(value)));
        Entity::new_with_tags(uid, self.pairs, [], tags).map_err(|error| error.to_string())
    }
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn texts<'t>(values: impl IntoIterator<Item = &'t str>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.into_iter().map(text))
}

impl PrincipalEntity {
    /// Builds it from the catalog's entry and the groups that count, in whatever way they were proven.
    pub(crate) fn new<'g>(
        entry: &PrincipalEntry,
        groups: impl IntoIterator<Item = &'g str>,
        words: Words,
    ) -> Result<Self, String> {
        let names = Names::find()?;
        let attributes = Attributes::new(words)
            .with_text(Word::Name, Some(entry.name.as_str()))
            .with_text(Word::Kind, Some(entry.kind.as_str()))
            .with(Word::Groups, || texts(groups))
            .with_text(Word::Team, entry.team.as_deref())
            .with_text(Word::Tenant, entry.tenant.as_deref())
            .with_text(Word::Environment, entry.environment.as_deref());
        let uid =
            EntityUid::from_type_name_and_id(names.principal.clone(), EntityId::new(entry.name.as_str()));
        attributes.entity(uid, &entry.tags).map(Self)
    }
}

fn request(asked: &Asked<'_>, words: Words) -> Result<(Request, Entities), String> {
    let names = Names::find()?;
    let resource = resource(names, asked, words)?;
    let request = Request::new(
        asked.principal.0.uid(),
        names.action(asked.operation.action)?,
        resource.uid(),
        context(asked, words)?,
        None,
    );
    let request = request.map_err(|error| error.to_string())?;
    let entities = Entities::from_entities([asked.principal.0.clone(), resource], None);
    Ok((request, entities.map_err(|error| error.to_string())?))
}

fn resource(names: &Names, asked: &Asked<'_>, words: Words) -> Result<Entity, String> {
    let resource = asked.operation.resource;
    let cluster: &str = &asked.caller.cluster;
    let name = if resource.kind == ResourceKind::Cluster { cluster } else { resource.name };
    let labels = asked.labels;
    let mut attributes = Attributes::new(words)
        .with_text(Word::Name, Some(name))
        .with_text(Word::Cluster, Some(cluster))
        .with_text(Word::Tenant, labels.tenant.as_deref())
        .with_text(Word::Environment, labels.environment.as_deref());
    if resource.kind == ResourceKind::Topic {
        attributes = attributes
            .with_text(Word::Owner, labels.owner.as_deref())
            .with_text(Word::Kind, labels.kind.map(|kind| kind.as_str()))
            .with_text(Word::Producer, labels.producer.as_deref())
            .with_text(Word::Classification, labels.classification.map(|class| class.as_str()))
            .with(Word::Regulation, || texts(labels.regulation.iter().map(|name| &**name)));
    }
    let uid = EntityUid::from_type_name_and_id(names.kind(resource.kind)?, EntityId::new(name));
    attributes.entity(uid, &labels.tags)
}

fn context(asked: &Asked<'_>, words: Words) -> Result<Context, String> {
    let proof = &asked.caller.identity.proof;
    let clock = Clock::at(asked.now);
    let long = RestrictedExpression::new_long;
    // An IPv4 client on a dual-stack socket has an IPv4-mapped address, which no IPv4 range would contain.
    let peer = asked.caller.peer.to_canonical();
    let mut attributes = Attributes::new(words)
        .with(Word::PeerIp, || RestrictedExpression::new_ip(peer.to_string()))
        .with_text(Word::Listener, Some(&asked.caller.listener))
        .with_text(Word::Cluster, Some(&asked.caller.cluster))
        .with_text(Word::Mechanism, Some(proof.mechanism.as_str()))
        .with(Word::Amr, || texts(proof.amr.iter().map(String::as_str)))
        .with(Word::BreakGlass, || RestrictedExpression::new_bool(asked.break_glass))
        .with(Word::Now, || long(clock.second))
        .with(Word::Hour, || long(clock.hour))
        .with(Word::Minute, || long(clock.minute))
        .with_text(Word::Weekday, Some(clock.weekday))
        .with_text(Word::DevicePosture, proof.device_posture.as_deref());
    if let Some(age) = credential_age(asked) {
        attributes = attributes.with(Word::CredentialAge, || long(age));
    }
    Context::from_pairs(attributes.pairs).map_err(|error| error.to_string())
}

fn credential_age(asked: &Asked<'_>) -> Option<i64> {
    let issued = asked.caller.identity.proof.credential_issued_at?;
    Some(asked.now.0.saturating_sub(issued.0).div_euclid(SECOND))
}

/// When the answer may change by the passing of time alone: the next moment at which a value that was read changes.
fn valid_until(words: Words, asked: &Asked<'_>) -> Option<UnixMillis> {
    let now = asked.now.0;
    let next = |step: i64, from: i64| from.saturating_add(step.saturating_sub(from.rem_euclid(step)));
    let second = words.contains(Word::Now).then(|| next(SECOND, now));
    let by_minute = [Word::Hour, Word::Minute, Word::Weekday].iter().any(|word| words.contains(*word));
    let minute = by_minute.then(|| next(MINUTE, now));
    let issued =
        asked.caller.identity.proof.credential_issued_at.filter(|_| words.contains(Word::CredentialAge));
    let age = issued.map(|issued| {
        let lived = now.saturating_sub(issued.0);
        now.saturating_add(next(SECOND, lived).saturating_sub(lived))
    });
    [second, minute, age].into_iter().flatten().min().map(UnixMillis)
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The parts of a moment that guardrails read, in UTC.
struct Clock {
    second: i64,
    hour: i64,
    minute: i64,
    weekday: &'static str,
}

impl Clock {
    fn at(now: UnixMillis) -> Self {
        // The first day of 1970 was a Thursday.
        let weekday = match now.0.div_euclid(DAY).rem_euclid(7) {
            0 => "thursday",
            1 => "friday",
            2 => "saturday",
            3 => "sunday",
            4 => "monday",
            5 => "tuesday",
            _ => "wednesday",
        };
        Self {
            second: now.0.div_euclid(SECOND),
            hour: now.0.rem_euclid(DAY).div_euclid(HOUR),
            minute: now.0.rem_euclid(HOUR).div_euclid(MINUTE),
            weekday,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::net::IpAddr;

    use super::*;
    use crate::bundle::Place;
    use crate::catalog::{Classification, PrincipalKind, Standing, StreamKind};
    use crate::guardrail::compile::schema;
    use crate::identity::{Mechanism, PrincipalName, Proof, WorkloadIdentity};
    use crate::operation::Resource;

    fn full_labels() -> Labels {
        let text = |text: &str| Some(Arc::from(text));
        Labels {
            owner: text("team"),
            kind: Some(StreamKind::Command),
            producer: text("p"),
            tenant: text("t"),
            environment: text("e"),
            classification: Some(Classification::Restricted),
            regulation: BTreeSet::from([Arc::from("GDPR")]),
            tags: [(Arc::from("k"), Arc::from("v"))].into(),
            ..Labels::default()
        }
    }

    fn entry(text: Option<Arc<str>>) -> PrincipalEntry {
        PrincipalEntry {
            name: PrincipalName::new("p").unwrap(),
            kind: PrincipalKind::Human,
            standing: Standing::Active,
            team: text.clone(),
            tenant: text.clone(),
            environment: text.clone(),
            groups: text.iter().cloned().collect(),
            tags: text.iter().map(|text| (text.clone(), text.clone())).collect(),
            place: Place { file: Arc::from("f"), line: 1 },
        }
    }

    fn caller() -> Caller {
        let mut proof = Proof::new(Mechanism::OauthBearer, UnixMillis(0));
        proof.credential_issued_at = Some(UnixMillis(0));
        proof.device_posture = Some("managed".to_owned());
        proof.amr.insert("mfa".to_owned());
        let identity = WorkloadIdentity { principal: PrincipalName::new("p").unwrap(), proof };
        Caller {
            identity,
            cluster: Arc::from("c"),
            listener: Arc::from("l"),
            peer: IpAddr::from([127, 0, 0, 1]),
        }
    }

    /// Requests are built without asking Cedar to check them, for speed; here every action on every kind is checked.
    #[test]
    fn what_cedar_is_given_fits_the_schema() {
        let caller = caller();
        for (labels, text) in [(full_labels(), Some(Arc::from("x"))), (Labels::default(), None)] {
            let entry = entry(text);
            let words = Words::all();
            let groups = entry.groups.iter().map(|group| &**group);
            let principal = PrincipalEntity::new(&entry, groups, words).unwrap();
            for action in Action::ALL {
                for kind in action.kinds() {
                    let labels = if *kind == ResourceKind::Topic {
                        labels.clone()
                    } else {
                        Labels { tenant: labels.tenant.clone(), ..Labels::default() }
                    };
                    let operation = &Operation::new(*action, Resource { kind: *kind, name: "n" });
                    let asked = Asked {
                        principal: &principal,
                        caller: &caller,
                        operation,
                        labels: &labels,
                        break_glass: true,
                        now: UnixMillis(1),
                    };
                    let (request, entities) = request(&asked, words).unwrap();
                    let schema = Some(schema());
                    let (who, what) = (request.principal().unwrap(), request.action().unwrap());
                    let (on, context) = (request.resource().unwrap(), context(&asked, words).unwrap());
                    Request::new(who.clone(), what.clone(), on.clone(), context, schema).unwrap();
                    Entities::from_entities(entities.iter().cloned(), schema).unwrap();
                }
            }
        }
    }

    #[test]
    fn the_schema_lets_no_action_on_a_kind_that_it_does_not_have() {
        let mut known: BTreeSet<(Action, ResourceKind)> = BTreeSet::new();
        for env in schema().request_envs() {
            let action = Action::from_name(env.action().id().unescaped()).unwrap();
            let kind =
                ResourceKind::ALL.into_iter().find(|kind| kind.entity_type() == env.resource().basename());
            known.insert((action, kind.unwrap()));
        }
        let ours: BTreeSet<_> = Action::ALL
            .iter()
            .flat_map(|action| action.kinds().iter().map(|kind| (*action, *kind)))
            .collect();
        assert_eq!(known, ours);
    }

    #[test]
    fn the_clock_reads_utc() {
        let check = |millis: i64, weekday: &str, hour: i64, minute: i64| {
            let clock = Clock::at(UnixMillis(millis));
            assert_eq!((clock.weekday, clock.hour, clock.minute), (weekday, hour, minute), "at {millis}");
        };
        check(0, "thursday", 0, 0);
        check(-1, "wednesday", 23, 59);
        check(1_767_787_200_000, "wednesday", 12, 0);
        check(1_767_787_200_000 - 3 * DAY, "sunday", 12, 0);
        check(1_767_787_200_000 + 2 * DAY + 59 * MINUTE, "friday", 12, 59);
        check(1_767_787_200_000 + 5 * DAY, "monday", 12, 0);
    }
}
