//! What a session asks for, in broker-neutral terms.

use std::fmt;

/// The kind of thing an operation acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum ResourceKind {
    /// A stream; in Kafka a topic.
    Topic,
    /// A consumer group (classic, consumer, share or streams).
    Group,
    /// A Kafka transactional id.
    TransactionalId,
    /// The broker cluster itself.
    Cluster,
}

impl ResourceKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Topic, Self::Group, Self::TransactionalId, Self::Cluster];

    /// The name used in policy files, metrics and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Group => "group",
            Self::TransactionalId => "transactional_id",
            Self::Cluster => "cluster",
        }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal on [$($kind:ident),+] implies [$($implied:ident),*];)+) => {
        /// What an operation does to its resource.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Action { $($(#[$doc])* $variant,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name used in policy files, metrics and messages.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The kinds of resource it can be granted on.
            pub fn kinds(self) -> &'static [ResourceKind] {
                match self { $(Self::$variant => &[$(ResourceKind::$kind),+],)+ }
            }

            /// The actions that a grant of this one includes, as Kafka's own authorizer does.
            pub fn implies(self) -> &'static [Self] {
                match self { $(Self::$variant => &[$(Self::$implied),*],)+ }
            }
        }
    };
}

actions! {
    /// Fetch records, join a group, commit its offsets forward.
    Read = "read" on [Topic, Group] implies [Describe];
    /// Produce records; use a transactional id.
    Write = "write" on [Topic, TransactionalId] implies [Describe];
    /// Create a topic.
    Create = "create" on [Topic] implies [];
    /// Delete a topic, or a group or its offsets.
    Delete = "delete" on [Topic, Group] implies [Describe];
    /// Change the cluster: elections, reassignments, features, brokers, voters.
    Alter = "alter" on [Cluster] implies [Describe];
    /// See that it exists and how it is laid out.
    Describe = "describe" on [Topic, Group, TransactionalId, Cluster] implies [];
    /// Read configuration.
    DescribeConfigs = "describe_configs" on [Topic, Group, Cluster] implies [];
    /// Change configuration, retention excepted.
    AlterConfigs = "alter_configs" on [Topic, Group, Cluster] implies [DescribeConfigs];
    /// Change how long, or how much, a topic keeps.
    AlterRetention = "alter_retention" on [Topic] implies [];
    /// Add partitions to a topic, which moves keys to other partitions.
    CreatePartitions = "create_partitions" on [Topic] implies [Describe];
    /// Delete records before an offset.
    Purge = "purge" on [Topic] implies [Describe];
    /// Move a group's committed offsets back, so that records are delivered again.
    Rewind = "rewind" on [Group] implies [];
    /// Abort somebody's hanging transaction by writing its marker.
    AbortTransactions = "abort_transactions" on [Cluster] implies [];
    /// Create and delete native access control lists.
    AdministerAcls = "administer_acls" on [Cluster] implies [DescribeAcls];
    /// Read native access control lists.
    DescribeAcls = "describe_acls" on [Cluster] implies [];
    /// Change SCRAM credentials at the broker.
    AdministerScram = "administer_scram" on [Cluster] implies [];
    /// Change client quotas at the broker.
    AdministerQuotas = "administer_quotas" on [Cluster] implies [];
    /// Create, renew, expire and list delegation tokens.
    DelegationTokens = "delegation_tokens" on [Cluster] implies [];
}

impl Action {
    /// The action of that name in policy files.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == name)
    }
}

/// One resource, named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Resource<'a> {
    /// Its kind.
    pub kind: ResourceKind,
    /// Its name; for the cluster, [`Resource::CLUSTER_NAME`].
    pub name: &'a str,
}

impl<'a> Resource<'a> {
    /// The name that stands for the cluster, as in Kafka's own access control lists.
    pub const CLUSTER_NAME: &'static str = "kafka-cluster";

    /// A topic.
    pub fn topic(name: &'a str) -> Self {
        Self { kind: ResourceKind::Topic, name }
    }

    /// A consumer group.
    pub fn group(name: &'a str) -> Self {
        Self { kind: ResourceKind::Group, name }
    }

    /// A transactional id.
    pub fn transactional_id(name: &'a str) -> Self {
        Self { kind: ResourceKind::TransactionalId, name }
    }

    /// The cluster.
    pub fn cluster() -> Resource<'static> {
        Resource { kind: ResourceKind::Cluster, name: Resource::CLUSTER_NAME }
    }
}

impl fmt::Display for Resource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ResourceKind::Cluster => f.write_str("the cluster"),
            kind => write!(f, "{} `{}`", kind.as_str(), self.name),
        }
    }
}

/// What a session asks: an action on a resource. The caller and the time are given beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operation<'a> {
    /// What is to be done.
    pub action: Action,
    /// To what.
    pub resource: Resource<'a>,
}

impl<'a> Operation<'a> {
    /// An operation.
    pub fn new(action: Action, resource: Resource<'a>) -> Self {
        Self { action, resource }
    }
}

impl fmt::Display for Operation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.action.as_str(), self.resource)
    }
}
