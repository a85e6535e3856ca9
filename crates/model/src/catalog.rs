//! What the catalog says: principals, groups, clusters and streams, checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bundle::Place;
use crate::identity::PrincipalName;
use crate::pattern::Pattern;

/// What kind of principal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PrincipalKind {
    /// A program.
    Workload,
    /// A person, who needs a second factor for everything.
    Human,
}

impl PrincipalKind {
    /// The name used in the catalog and in guardrails.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Human => "human",
        }
    }
}

/// Whether a principal may act at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It may, within policy.
    Active,
    /// It may not, whatever policy says.
    Disabled,
}

/// One principal of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalEntry {
    /// Its name.
    pub name: PrincipalName,
    /// Program or person.
    pub kind: PrincipalKind,
    /// Whether it may act at all.
    pub standing: Standing,
    /// The team that answers for it.
    pub team: Option<Arc<str>>,
    /// The tenant it belongs to.
    pub tenant: Option<Arc<str>>,
    /// The environment it belongs to.
    pub environment: Option<Arc<str>>,
    /// The groups the catalog puts it into.
    pub groups: BTreeSet<Arc<str>>,
    /// Free-form labels, which guardrails can read.
    pub tags: BTreeMap<Arc<str>, Arc<str>>,
    /// Where it is written.
    pub place: Place,
}

impl PrincipalEntry {
    /// Whether the catalog disables it: its sessions end, its operations are refused.
    pub fn is_disabled(&self) -> bool {
        self.standing == Standing::Disabled
    }

    /// Whether it is a person.
    pub fn is_human(&self) -> bool {
        self.kind == PrincipalKind::Human
    }
}

/// Where membership of a group may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupSource {
    /// The catalog alone.
    Catalog,
    /// The catalog, or a token that asserts it.
    CatalogOrToken,
}

/// How humans may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HumanAccess {
    /// The group whose members have break-glass access.
    pub break_glass_group: Option<Arc<str>>,
    /// A human's proof carries at least one of these authentication method references.
    pub required_amr: BTreeSet<Arc<str>>,
}

/// Whether a stream carries orders to do something, or news of what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StreamKind {
    /// Orders; written by one producer alone.
    Command,
    /// News.
    Event,
}

impl StreamKind {
    /// The name used in the catalog and in guardrails.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Event => "event",
        }
    }
}

/// How far a stream's content may spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Classification {
    /// Anyone may have it.
    Public,
    /// For the organisation.
    Internal,
    /// For those who need it.
    Confidential,
    /// For few, under conditions.
    Restricted,
}

impl Classification {
    /// The name used in the catalog and in guardrails.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
            Self::Confidential => "confidential",
            Self::Restricted => "restricted",
        }
    }
}

/// One entry of the stream catalog: a stream, or every stream of a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEntry {
    /// Which streams it describes.
    pub pattern: Pattern,
    /// The cluster it is about; `None` for all.
    pub cluster: Option<Arc<str>>,
    /// Where it is written.
    pub place: Place,
    /// What it says about them.
    pub labels: Labels,
}

/// What the catalog says about a stream. An absent label is inherited from the next wider entry that has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The team that answers for it.
    pub owner: Option<Arc<str>>,
    /// Command or event.
    pub kind: Option<StreamKind>,
    /// Its one producer.
    pub producer: Option<Arc<str>>,
    /// The tenant it belongs to.
    pub tenant: Option<Arc<str>>,
    /// The environment it belongs to.
    pub environment: Option<Arc<str>>,
    /// How far its content may spread.
    pub classification: Option<Classification>,
    /// The regulations it is under.
    pub regulation: BTreeSet<Arc<str>>,
    /// How long it is kept.
    pub retention: Option<Arc<str>>,
    /// The schema of its records.
    pub schema: Option<Arc<str>>,
    /// What its records are keyed by.
    pub key: Option<Arc<str>>,
    /// Free-form labels, which guardrails can read.
    pub tags: BTreeMap<Arc<str>, Arc<str>>,
}

impl Labels {
    /// Lays the labels of a narrower entry over these.
    fn overlay(&mut self, narrower: &Self) {
        fn lay<T: Clone>(wide: &mut Option<T>, narrow: &Option<T>) {
            if narrow.is_some() {
                wide.clone_from(narrow);
            }
        }
        lay(&mut self.owner, &narrower.owner);
        lay(&mut self.kind, &narrower.kind);
        lay(&mut self.producer, &narrower.producer);
        lay(&mut self.tenant, &narrower.tenant);
        lay(&mut self.environment, &narrower.environment);
        lay(&mut self.classification, &narrower.classification);
        lay(&mut self.retention, &narrower.retention);
        lay(&mut self.schema, &narrower.schema);
        lay(&mut self.key, &narrower.key);
        // Obligations add up: a narrower entry cannot shed a regulation.
        self.regulation.extend(narrower.regulation.iter().cloned());
        self.tags.extend(narrower.tags.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

/// What is true of everything in a cluster that does not say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterEntry {
    /// The tenant it belongs to.
    pub tenant: Option<Arc<str>>,
    /// The environment it belongs to.
    pub environment: Option<Arc<str>>,
}

/// The stream catalog, indexed by name.
#[derive(Debug, Default)]
pub(crate) struct StreamCatalog {
    pub(crate) clusters: FxHashMap<Arc<str>, ClusterEntry>,
    /// In the order they are written.
    pub(crate) entries: Vec<StreamEntry>,
    literal: FxHashMap<Arc<str>, Vec<usize>>,
    /// By length of the prefix, shortest first; `*` is the prefix of length 0.
    prefixes: BTreeMap<usize, FxHashMap<Arc<str>, Vec<usize>>>,
}

impl StreamCatalog {
    pub(crate) fn new(clusters: FxHashMap<Arc<str>, ClusterEntry>, entries: Vec<StreamEntry>) -> Self {
        let mut catalog = Self { clusters, entries, ..Self::default() };
        // Entries for one cluster are laid over those for all, so they come last.
        let mut order: Vec<usize> = (0..catalog.entries.len()).collect();
        order.sort_by_key(|index| catalog.entries.get(*index).is_some_and(|entry| entry.cluster.is_some()));
        for index in order {
            let Some(entry) = catalog.entries.get(index) else { continue };
            let slot = match &entry.pattern {
                Pattern::Literal(name) => catalog.literal.entry(name.clone()).or_default(),
                Pattern::Prefix(prefix) => {
                    catalog.prefixes.entry(prefix.len()).or_default().entry(prefix.clone()).or_default()
                }
                Pattern::All => catalog.prefixes.entry(0).or_default().entry(Arc::from("")).or_default(),
            };
            slot.push(index);
        }
        catalog
    }

    /// The entries about a stream, widest first.
    pub(crate) fn matching(&self, cluster: &str, name: &str) -> impl Iterator<Item = &StreamEntry> {
        let prefixes = self.prefixes.iter().filter_map(|(length, map)| map.get(name.get(..*length)?));
        let indices = prefixes.chain(self.literal.get(name)).flatten();
        let entries = indices.filter_map(|index| self.entries.get(*index));
        entries.filter(move |entry| entry.cluster.as_deref().is_none_or(|only| only == cluster))
    }

    /// What is true of everything in a cluster.
    pub(crate) fn cluster_labels(&self, cluster: &str) -> Labels {
        let defaults = self.clusters.get(cluster).cloned().unwrap_or_default();
        Labels { tenant: defaults.tenant, environment: defaults.environment, ..Labels::default() }
    }

    /// All that is known about a stream.
    pub(crate) fn labels(&self, cluster: &str, name: &str) -> Labels {
        let mut labels = self.cluster_labels(cluster);
        for entry in self.matching(cluster, name) {
            labels.overlay(&entry.labels);
        }
        labels
    }
}
