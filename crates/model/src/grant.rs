//! Grants: the only source of allows, and the index that finds the ones about an operation.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bundle::Place;
use crate::decision::{Reason, ReasonClass};
use crate::identity::PrincipalName;
use crate::operation::{Action, Operation, Resource, ResourceKind};
use crate::pattern::{INTERNAL_PREFIX, Pattern};

/// Whom a grant is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One principal.
    Principal(PrincipalName),
    /// Everyone in a group.
    Group(Arc<str>),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal(name) => write!(f, "{name}"),
            Self::Group(name) => write!(f, "group:{name}"),
        }
    }
}

/// A set of actions, those they imply included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionSet(u32);

impl ActionSet {
    /// The set of these actions and everything they imply.
    pub fn closure(actions: impl IntoIterator<Item = Action>) -> Self {
        let mut set = Self::default();
        for action in actions {
            set.insert_closure(action);
        }
        set
    }

    fn insert_closure(&mut self, action: Action) {
        if !self.contains(action) {
            self.0 |= Self::bit(action);
            action.implies().iter().for_each(|implied| self.insert_closure(*implied));
        }
    }

    /// Whether it has the action.
    pub fn contains(self, action: Action) -> bool {
        self.0 & Self::bit(action) != 0
    }

    /// The actions in it.
    pub fn iter(self) -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().filter(move |action| self.contains(*action))
    }

    fn bit(action: Action) -> u32 {
        1 << (action as u8)
    }
}

impl fmt::Display for ActionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, action) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}", action.as_str())?;
        }
        Ok(())
    }
}

/// One grant.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Its name, unique in the bundle.
    pub name: Arc<str>,
    /// Where it is written.
    pub place: Place,
    /// Whom it is for.
    pub to: Vec<Subject>,
    /// The actions as written.
    pub actions: Vec<Action>,
    /// Those and what they imply.
    pub allows: ActionSet,
    /// What it is about.
    pub resources: Vec<(ResourceKind, Pattern)>,
    /// The clusters it is about; `None` for all.
    pub clusters: Option<Vec<Arc<str>>>,
    /// Says that it allows, for each action; shared by all decisions that it allows.
    pub(crate) reasons: Vec<(Action, Arc<[Reason]>)>,
}

impl Grant {
    /// Whether it is about this cluster.
    pub fn is_for_cluster(&self, cluster: &str) -> bool {
        self.clusters.as_ref().is_none_or(|clusters| clusters.iter().any(|name| **name == *cluster))
    }

    /// Whether it reaches this resource, for some action.
    pub fn reaches(&self, resource: &Resource<'_>) -> bool {
        self.resources.iter().any(|(kind, pattern)| *kind == resource.kind && pattern.grants(resource.name))
    }

    /// Whether it allows the operation on that cluster, to those it is for.
    pub fn allows(&self, cluster: &str, operation: &Operation<'_>) -> bool {
        self.allows.contains(operation.action)
            && self.is_for_cluster(cluster)
            && self.reaches(&operation.resource)
    }

    /// Fills in the reasons, once everything else is there.
    pub(crate) fn with_reasons(mut self) -> Self {
        let reason = |action: Action| {
            let text = format!("grant `{}` ({}) allows {}", self.name, self.place, action.as_str());
            (action, Arc::from([Reason { class: ReasonClass::Granted, text: Arc::from(text) }]))
        };
        self.reasons = self.allows.iter().map(reason).collect();
        self
    }

    pub(crate) fn reasons_for(&self, action: Action) -> Arc<[Reason]> {
        let found = self.reasons.iter().find(|(candidate, _)| *candidate == action);
        found.map_or_else(|| Arc::from([]), |(_, reasons)| reasons.clone())
    }
}

/// All grants, found by whom they are for.
#[derive(Debug, Default)]
pub(crate) struct GrantIndex {
    /// In the order they are written.
    pub(crate) all: Vec<Grant>,
    principals: FxHashMap<Arc<str>, SubjectGrants>,
    groups: FxHashMap<Arc<str>, SubjectGrants>,
}

impl GrantIndex {
    pub(crate) fn new(all: Vec<Grant>) -> Self {
        let mut index = Self { all, ..Self::default() };
        for (number, grant) in index.all.iter().enumerate() {
            for subject in &grant.to {
                let grants = match subject {
                    Subject::Principal(name) => index.principals.entry(Arc::from(name.as_str())).or_default(),
                    Subject::Group(name) => index.groups.entry(name.clone()).or_default(),
                };
                for (kind, pattern) in &grant.resources {
                    grants.add(*kind, pattern, Held { grant: number, allows: grant.allows });
                }
            }
        }
        index
    }

    pub(crate) fn of_principal(&self, name: &PrincipalName) -> Option<&SubjectGrants> {
        self.principals.get(name.as_str())
    }

    pub(crate) fn of_group(&self, name: &str) -> Option<&SubjectGrants> {
        self.groups.get(name)
    }

    /// A grant of this subject that allows the operation: the most specific, then the first written.
    pub(crate) fn find(
        &self,
        held: &SubjectGrants,
        cluster: &str,
        operation: &Operation<'_>,
    ) -> Option<&Grant> {
        held.reaching(&operation.resource).find_map(|held| {
            let allows = held.allows.contains(operation.action);
            self.all.get(held.grant).filter(|grant| allows && grant.is_for_cluster(cluster))
        })
    }

    /// Whether this subject may do the action to some resource of the kind.
    pub(crate) fn any(
        &self,
        held: &SubjectGrants,
        cluster: &str,
        action: Action,
        kind: ResourceKind,
    ) -> bool {
        let mut grants = held.by_kind(kind).grants.iter();
        grants.any(|held| {
            let grant = self.all.get(held.grant);
            held.allows.contains(action) && grant.is_some_and(|grant| grant.is_for_cluster(cluster))
        })
    }
}

/// The grants of one principal or group.
#[derive(Debug, Default)]
pub(crate) struct SubjectGrants {
    topics: KindGrants,
    groups: KindGrants,
    transactional_ids: KindGrants,
    cluster: KindGrants,
}

#[derive(Debug, Default)]
struct KindGrants {
    literal: FxHashMap<Arc<str>, Vec<Held>>,
    /// By length of the prefix, longest last; `*` is the prefix of length 0.
    prefixes: BTreeMap<usize, FxHashMap<Arc<str>, Vec<Held>>>,
    grants: Vec<Held>,
}

/// A grant and what it allows, side by side so that most are passed over without looking further.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) grant: usize,
    allows: ActionSet,
}

impl SubjectGrants {
    fn by_kind(&self, kind: ResourceKind) -> &KindGrants {
        match kind {
            ResourceKind::Topic => &self.topics,
            ResourceKind::Group => &self.groups,
            ResourceKind::TransactionalId => &self.transactional_ids,
            ResourceKind::Cluster => &self.cluster,
        }
    }

    fn add(&mut self, kind: ResourceKind, pattern: &Pattern, held: Held) {
        let grants = match kind {
            ResourceKind::Topic => &mut self.topics,
            ResourceKind::Group => &mut self.groups,
            ResourceKind::TransactionalId => &mut self.transactional_ids,
            ResourceKind::Cluster => &mut self.cluster,
        };
        let slot = match pattern {
            Pattern::Literal(name) => grants.literal.entry(name.clone()).or_default(),
            Pattern::Prefix(prefix) => {
                grants.prefixes.entry(prefix.len()).or_default().entry(prefix.clone()).or_default()
            }
            Pattern::All => grants.prefixes.entry(0).or_default().entry(Arc::from("")).or_default(),
        };
        slot.push(held);
        grants.grants.push(held);
    }

    /// What reaches the resource for some action, most specific first: one look-up for the literal name and one per
    /// distinct length of prefix, whatever the number of grants.
    pub(crate) fn reaching<'s>(&'s self, resource: &Resource<'s>) -> impl Iterator<Item = &'s Held> {
        let grants = self.by_kind(resource.kind);
        let name = resource.name;
        let internal = name.starts_with(INTERNAL_PREFIX);
        let prefixes = grants.prefixes.iter().rev().filter(move |_| !internal);
        let prefixes = prefixes.filter_map(move |(length, map)| map.get(name.get(..*length)?));
        grants.literal.get(name).into_iter().chain(prefixes).flatten()
    }
}
