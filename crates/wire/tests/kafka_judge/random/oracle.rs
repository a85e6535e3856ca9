//! A second opinion on what may go out and what may be seen, that knows nothing of the judge's rules.

use tidegate_model::{Action, ResourceKind};
use tidegate_wire::kafka::codec::{Entity, Field, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;

use super::{NAMES, marked};
use crate::bench::{Message, id_of};

/// Grants as they are written: an action, on a kind of thing, of that name or prefix.
pub(crate) struct Grants(pub(crate) Vec<(Action, ResourceKind, &'static str)>);

impl Grants {
    pub(crate) fn allow(&self, action: Action, kind: ResourceKind, name: &str) -> bool {
        self.0.iter().any(|(granted, on, pattern)| {
            let reaches = match pattern.strip_suffix('*') {
                _ if kind == ResourceKind::Cluster => true,
                Some(prefix) => name.starts_with(prefix) && !name.starts_with("__"),
                None => name == *pattern,
            };
            *on == kind && reaches && (*granted == action || included(*granted).contains(&action))
        })
    }

    fn on_cluster(&self, action: Action) -> bool {
        self.allow(action, ResourceKind::Cluster, "")
    }

    fn sees(&self, name: &str) -> bool {
        self.allow(Action::Describe, ResourceKind::Topic, name)
    }
}

/// As in Kafka's own authorizer.
fn included(granted: Action) -> &'static [Action] {
    match granted {
        Action::Read
        | Action::Write
        | Action::Delete
        | Action::Alter
        | Action::CreatePartitions
        | Action::Purge => &[Action::Describe],
        Action::AlterConfigs => &[Action::DescribeConfigs],
        Action::AdministerAcls => &[Action::DescribeAcls],
        _ => &[],
    }
}

/// What it takes to name a topic, a group or a transactional id in a request of that key; nothing where the cluster's right covers it.
fn rights(api_key: i16, entity: Entity) -> Option<Action> {
    use Action::{Create, CreatePartitions, Delete, Describe, Purge, Read, Write};
    match entity {
        Entity::TopicName => Some(match api_key {
            key::PRODUCE | key::ADD_PARTITIONS_TO_TXN => Write,
            key::FETCH | key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE | key::DESCRIBE_PRODUCERS => Read,
            key::OFFSET_COMMIT | key::TXN_OFFSET_COMMIT | key::OFFSET_DELETE => Read,
            key::ALTER_SHARE_GROUP_OFFSETS | key::DELETE_SHARE_GROUP_OFFSETS => Read,
            key::CREATE_TOPICS => Create,
            key::DELETE_TOPICS => Delete,
            key::DELETE_RECORDS => Purge,
            key::CREATE_PARTITIONS => CreatePartitions,
            key::LIST_OFFSETS
            | key::METADATA
            | key::OFFSET_FETCH
            | key::OFFSET_FOR_LEADER_EPOCH
            | key::CONSUMER_GROUP_HEARTBEAT
            | key::SHARE_GROUP_HEARTBEAT
            | key::STREAMS_GROUP_HEARTBEAT
            | key::DESCRIBE_TOPIC_PARTITIONS
            | key::DESCRIBE_SHARE_GROUP_OFFSETS => Describe,
            _ => return None,
        }),
        Entity::GroupId => Some(match api_key {
            key::OFFSET_FETCH
            | key::DESCRIBE_GROUPS
            | key::CONSUMER_GROUP_DESCRIBE
            | key::SHARE_GROUP_DESCRIBE
            | key::STREAMS_GROUP_DESCRIBE
            | key::DESCRIBE_SHARE_GROUP_OFFSETS => Describe,
            key::DELETE_GROUPS | key::OFFSET_DELETE | key::DELETE_SHARE_GROUP_OFFSETS => Delete,
            _ => Read,
        }),
        Entity::TransactionalId => Some(if api_key == key::DESCRIBE_TRANSACTIONS { Describe } else { Write }),
        _ => None,
    }
}

fn cluster_right(api_key: i16) -> Option<Action> {
    Some(match api_key {
        key::WRITE_TXN_MARKERS => Action::AbortTransactions,
        key::ALTER_REPLICA_LOG_DIRS
        | key::ELECT_LEADERS
        | key::ALTER_PARTITION_REASSIGNMENTS
        | key::UPDATE_FEATURES
        | key::UNREGISTER_BROKER
        | key::ADD_RAFT_VOTER
        | key::REMOVE_RAFT_VOTER => Action::Alter,
        key::DESCRIBE_LOG_DIRS
        | key::LIST_PARTITION_REASSIGNMENTS
        | key::DESCRIBE_QUORUM
        | key::DESCRIBE_USER_SCRAM_CREDENTIALS => Action::Describe,
        key::DESCRIBE_CLIENT_QUOTAS | key::LIST_CONFIG_RESOURCES => Action::DescribeConfigs,
        key::DESCRIBE_ACLS => Action::DescribeAcls,
        key::CREATE_ACLS | key::DELETE_ACLS => Action::AdministerAcls,
        key::ALTER_CLIENT_QUOTAS => Action::AdministerQuotas,
        key::ALTER_USER_SCRAM_CREDENTIALS => Action::AdministerScram,
        38..=41 => Action::DelegationTokens,
        _ => return None,
    })
}

fn kind_of(entity: Entity) -> ResourceKind {
    match entity {
        Entity::TopicName => ResourceKind::Topic,
        Entity::GroupId => ResourceKind::Group,
        _ => ResourceKind::TransactionalId,
    }
}

/// Everything that a request on its way out names must be granted.
pub(crate) fn check_request(sent: &Message, grants: &Grants) {
    let label = || format!("{} v{} {:?}: {:?}", sent.api.name, sent.version, grants.0, sent.tree);
    let own_question = sent.client_id.as_deref() == Some("tidegate");
    if let Some(action) = cluster_right(sent.api.key) {
        assert!(grants.on_cluster(action), "{action:?} on the cluster: {}", label());
    }
    let mut names = Vec::new();
    let mut tree = sent.tree.clone();
    // What is only let go of gives nothing.
    tree.remove(f::FORGOTTEN_TOPICS_DATA);
    marked(sent.api.request.root, &tree, &mut names);
    for (entity, name) in names {
        if own_question && sent.api.key == key::DESCRIBE_TOPIC_PARTITIONS {
            // Where to go on is what the broker said.
            continue;
        }
        if let Some(action) = rights(sent.api.key, entity) {
            assert!(grants.allow(action, kind_of(entity), &name), "{action:?} {name}: {}", label());
        }
    }
    if sent.api.key != key::METADATA && sent.api.key != key::CONSUMER_GROUP_HEARTBEAT {
        let action = rights(sent.api.key, Entity::TopicName);
        let mut ids = Vec::new();
        topic_ids(&tree, &mut ids);
        for id in ids {
            let name = NAMES.iter().find(|name| id_of(name) == id);
            let allowed = name.is_some_and(|name| grants.allow(action.unwrap(), ResourceKind::Topic, name));
            assert!(allowed, "id of {name:?}: {}", label());
        }
    }
    check_unmarked(sent, grants, &label);
}

fn topic_ids(tree: &Tree, found: &mut Vec<[u8; 16]>) {
    for (field, value) in tree.fields() {
        match value {
            Value::Uuid(id) if field == f::TOPIC_ID => found.push(*id),
            Value::Struct(inside) => topic_ids(inside, found),
            Value::Array(values) => {
                for value in values {
                    if let Value::Struct(inside) = value {
                        topic_ids(inside, found);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Names that the definitions do not mark, and what must never go out.
fn check_unmarked(sent: &Message, grants: &Grants, label: &dyn Fn() -> String) {
    let tree = &sent.tree;
    match sent.api.key {
        key::FIND_COORDINATOR => {
            let kind = match tree.int(f::KEY_TYPE).unwrap_or(0) {
                0 => ResourceKind::Group,
                1 => ResourceKind::TransactionalId,
                other => panic!("key type {other}: {}", label()),
            };
            let keys = tree.array(f::COORDINATOR_KEYS).into_iter().flatten();
            let keys = keys.map(|key| if let Value::String(key) = key { key.as_str() } else { "" });
            for name in tree.string(f::KEY).into_iter().chain(keys) {
                assert!(grants.allow(Action::Describe, kind, name), "{name}: {}", label());
            }
        }
        key::DESCRIBE_CONFIGS | key::ALTER_CONFIGS | key::INCREMENTAL_ALTER_CONFIGS => {
            let reads = sent.api.key == key::DESCRIBE_CONFIGS;
            let action = if reads { Action::DescribeConfigs } else { Action::AlterConfigs };
            for resource in tree.structs(f::RESOURCES) {
                let name = resource.string(f::RESOURCE_NAME).unwrap();
                let kind = match resource.int(f::RESOURCE_TYPE) {
                    Some(2) => ResourceKind::Topic,
                    Some(32) => ResourceKind::Group,
                    _ => ResourceKind::Cluster,
                };
                assert!(grants.allow(action, kind, name), "{name}: {}", label());
            }
        }
        key::FETCH | key::LIST_OFFSETS | key::OFFSET_FOR_LEADER_EPOCH => {
            let state = tree.structure(f::REPLICA_STATE).and_then(|state| state.int(f::REPLICA_ID));
            for replica in tree.int(f::REPLICA_ID).into_iter().chain(state) {
                assert!(replica < 0, "as replica {replica}: {}", label());
            }
        }
        key::WRITE_TXN_MARKERS => {
            let commits =
                tree.structs(f::MARKERS).any(|marker| marker.bool(f::TRANSACTION_RESULT) == Some(true));
            assert!(!commits, "a commit marker: {}", label());
        }
        key::INIT_PRODUCER_ID if tree.string(f::TRANSACTIONAL_ID).is_none() => {
            let writes = grants.0.iter().any(|(a, k, _)| (*a, *k) == (Action::Write, ResourceKind::Topic));
            assert!(writes, "{}", label());
        }
        _ => {}
    }
}

/// Where answers list what was not asked for by name.
const LISTS: &[(i16, &[Field], Field, ResourceKind)] = &[
    (key::METADATA, &[f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::DESCRIBE_TOPIC_PARTITIONS, &[f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::OFFSET_FETCH, &[f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::OFFSET_FETCH, &[f::GROUPS, f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::DESCRIBE_SHARE_GROUP_OFFSETS, &[f::GROUPS, f::TOPICS], f::TOPIC_NAME, ResourceKind::Topic),
    (key::DESCRIBE_LOG_DIRS, &[f::RESULTS, f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::DESCRIBE_TRANSACTIONS, &[f::TRANSACTION_STATES, f::TOPICS], f::TOPIC, ResourceKind::Topic),
    (key::LIST_PARTITION_REASSIGNMENTS, &[f::TOPICS], f::NAME, ResourceKind::Topic),
    (key::LIST_GROUPS, &[f::GROUPS], f::GROUP_ID, ResourceKind::Group),
    (key::LIST_TRANSACTIONS, &[f::TRANSACTION_STATES], f::TRANSACTIONAL_ID, ResourceKind::TransactionalId),
];

/// An answer lists only what was asked for by name or may be seen, and has records only of what may be read.
pub(crate) fn check_answer(answer: &Message, request: &Tree, grants: &Grants) {
    let label = || format!("{} v{} {:?}: {:?}", answer.api.name, answer.version, grants.0, answer.tree);
    let mut asked = Vec::new();
    marked(answer.api.request.root, request, &mut asked);
    for (key, path, name, kind) in LISTS.iter().filter(|(key, ..)| *key == answer.api.key) {
        if *key == key::LIST_GROUPS && grants.on_cluster(Action::Describe) {
            continue;
        }
        let mut told = Vec::new();
        names_at(&answer.tree, path, *name, &mut told);
        for name in
            told.iter().filter(|name| !name.is_empty() && !asked.iter().any(|(_, asked)| asked == *name))
        {
            assert!(grants.allow(Action::Describe, *kind, name), "{name} is hidden: {}", label());
        }
    }
    let cursor = answer.tree.structure(f::NEXT_CURSOR).and_then(|cursor| cursor.string(f::TOPIC_NAME));
    assert!(cursor.is_none_or(|name| grants.sees(name)), "the cursor is hidden: {}", label());
    if matches!(answer.api.key, key::FETCH | key::SHARE_FETCH) {
        for topic in answer.tree.structs(f::RESPONSES) {
            let by_id = || NAMES.iter().copied().find(|name| Some(id_of(name)) == topic.uuid(f::TOPIC_ID));
            let name = topic.string(f::TOPIC).or_else(by_id);
            let may_read = name.is_some_and(|name| grants.allow(Action::Read, ResourceKind::Topic, name));
            for partition in topic.structs(f::PARTITIONS) {
                let records = partition.bytes(f::RECORDS).map_or(0, bytes::Bytes::len);
                assert!(may_read || records == 0, "records of {name:?}: {}", label());
            }
        }
    }
}

fn names_at(tree: &Tree, path: &[Field], name: Field, found: &mut Vec<String>) {
    let Some((first, rest)) = path.split_first() else {
        return found.extend(tree.string(name).map(str::to_owned));
    };
    tree.structs(*first).for_each(|element| names_at(element, rest, name, found));
}
