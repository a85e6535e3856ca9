//! One request of every kind, naming what the test wants named.

use bytes::Bytes;
use tidegate_wire::kafka::codec::{Field, Tree, Value, api, field as f};
use tidegate_wire::kafka::versions::key;

pub(crate) use crate::records::{CONTROL, TRANSACTIONAL, batch};
use crate::shapes::set_name;

pub(crate) fn tree() -> Tree {
    Tree::new()
}

pub(crate) fn list(elements: impl IntoIterator<Item = Tree>) -> Value {
    Value::Array(elements.into_iter().map(Value::Struct).collect())
}

pub(crate) fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|text| Value::from(*text)).collect())
}

pub(crate) fn ints(ints: &[i64]) -> Value {
    Value::Array(ints.iter().map(|int| Value::Int(*int)).collect())
}

/// Elements of an array of the request of `key`, each naming a topic as that version does, with `inside` beside.
pub(crate) fn topics(
    key: i16,
    version: i16,
    array: Field,
    name: Field,
    names: &[&str],
    inside: Tree,
) -> Value {
    let schema = api(key).unwrap().request.root.field(array).unwrap().kind.structure().unwrap();
    list(names.iter().map(|text| {
        let mut element = inside.clone();
        set_name(&mut element, schema, version, name, text);
        element
    }))
}

pub(crate) fn produce_of(version: i16, names: &[&str], records: Bytes) -> Tree {
    let partition = tree().with(f::INDEX, 0).with(f::RECORDS, records);
    let inside = tree().with(f::PARTITION_DATA, list([partition]));
    let topics = topics(key::PRODUCE, version, f::TOPIC_DATA, f::NAME, names, inside);
    tree().with(f::ACKS, -1).with(f::TIMEOUT_MS, 1000).with(f::TOPIC_DATA, topics)
}

pub(crate) fn produce(version: i16, names: &[&str]) -> Tree {
    produce_of(version, names, batch(0))
}

pub(crate) fn produce_in_transaction(version: i16, names: &[&str]) -> Tree {
    produce_of(version, names, batch(TRANSACTIONAL)).with(f::TRANSACTIONAL_ID, "ok.txn")
}

fn indexed(partition: Field) -> Tree {
    tree().with(f::PARTITIONS, list([tree().with(partition, 0)]))
}

fn indexes(field: Field) -> Tree {
    tree().with(field, ints(&[0]))
}

pub(crate) fn fetch(version: i16, names: &[&str]) -> Tree {
    let topics = topics(key::FETCH, version, f::TOPICS, f::TOPIC, names, indexed(f::PARTITION));
    tree().with(f::MAX_WAIT_MS, 500).with(f::MIN_BYTES, 1).with(f::TOPICS, topics)
}

pub(crate) fn list_offsets(version: i16, names: &[&str]) -> Tree {
    let topics = topics(key::LIST_OFFSETS, version, f::TOPICS, f::NAME, names, indexed(f::PARTITION_INDEX));
    tree().with(f::REPLICA_ID, -1).with(f::TOPICS, topics)
}

pub(crate) fn metadata(_: i16, names: &[&str]) -> Tree {
    let topics = names.iter().map(|name| tree().with(f::NAME, *name));
    tree().with(f::TOPICS, list(topics)).with(f::ALLOW_AUTO_TOPIC_CREATION, false)
}

pub(crate) fn commit_at(version: i16, names: &[&str], offset: i64) -> Tree {
    let partition = tree().with(f::PARTITION_INDEX, 0).with(f::COMMITTED_OFFSET, offset);
    let inside = tree().with(f::PARTITIONS, list([partition]));
    let topics = topics(key::OFFSET_COMMIT, version, f::TOPICS, f::NAME, names, inside);
    tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, topics)
}

pub(crate) fn offset_commit(version: i16, names: &[&str]) -> Tree {
    commit_at(version, names, 5)
}

pub(crate) fn offset_fetch(version: i16, names: &[&str]) -> Tree {
    if version < 8 {
        let inside = indexes(f::PARTITION_INDEXES);
        let topics = topics(key::OFFSET_FETCH, version, f::TOPICS, f::NAME, names, inside);
        return tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, topics);
    }
    let schema = api(key::OFFSET_FETCH).unwrap().request.root.field(f::GROUPS).unwrap();
    let schema = schema.kind.structure().unwrap().field(f::TOPICS).unwrap().kind.structure().unwrap();
    let topics = names.iter().map(|text| {
        let mut topic = indexes(f::PARTITION_INDEXES);
        set_name(&mut topic, schema, version, f::NAME, text);
        topic
    });
    let group = tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(topics));
    tree().with(f::GROUPS, list([group]))
}

fn coordinator(version: i16, key_type: i64, names: &[&str]) -> Tree {
    let request = if version >= 1 { tree().with(f::KEY_TYPE, key_type) } else { tree() };
    match version {
        ..4 => request.with(f::KEY, names[0]),
        _ => request.with(f::COORDINATOR_KEYS, texts(names)),
    }
}

pub(crate) fn group_coordinator(version: i16, names: &[&str]) -> Tree {
    coordinator(version, 0, names)
}

pub(crate) fn transaction_coordinator(version: i16, names: &[&str]) -> Tree {
    coordinator(version, 1, names)
}

pub(crate) fn of_group(_: i16, _: &[&str]) -> Tree {
    tree().with(f::GROUP_ID, "ok.group")
}

pub(crate) fn nothing(_: i16, _: &[&str]) -> Tree {
    tree()
}

pub(crate) fn describe_groups(_: i16, names: &[&str]) -> Tree {
    tree().with(f::GROUPS, texts(names))
}

pub(crate) fn group_ids(_: i16, names: &[&str]) -> Tree {
    tree().with(f::GROUP_IDS, texts(names))
}

pub(crate) fn create_topics(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| tree().with(f::NAME, *name).with(f::NUM_PARTITIONS, 1);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn delete_topics(version: i16, names: &[&str]) -> Tree {
    match version {
        ..6 => tree().with(f::TOPIC_NAMES, texts(names)),
        _ => tree().with(f::TOPICS, list(names.iter().map(|name| tree().with(f::NAME, *name)))),
    }
}

pub(crate) fn delete_topics_by_id(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| tree().with(f::TOPIC_ID, crate::bench::id_of(name)).with(f::NAME, Value::Null);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn delete_records(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexed(f::PARTITION_INDEX).with(f::NAME, *name);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn init_transaction(_: i16, _: &[&str]) -> Tree {
    tree().with(f::TRANSACTIONAL_ID, "ok.txn")
}

pub(crate) fn init_idempotence(_: i16, _: &[&str]) -> Tree {
    tree().with(f::TRANSACTIONAL_ID, Value::Null)
}

pub(crate) fn leader_epochs(version: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexed(f::PARTITION).with(f::TOPIC, *name);
    let request = tree().with(f::TOPICS, list(names.iter().map(topic)));
    if version < 3 { request } else { request.with(f::REPLICA_ID, -1) }
}

pub(crate) fn add_partitions(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITIONS).with(f::NAME, *name);
    tree()
        .with(f::V3_AND_BELOW_TRANSACTIONAL_ID, "ok.txn")
        .with(f::V3_AND_BELOW_TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn add_offsets(_: i16, _: &[&str]) -> Tree {
    tree().with(f::TRANSACTIONAL_ID, "ok.txn").with(f::GROUP_ID, "ok.group")
}

pub(crate) fn marker(committed: bool, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITION_INDEXES).with(f::NAME, *name);
    tree().with(f::TRANSACTION_RESULT, committed).with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn abort_marker(_: i16, names: &[&str]) -> Tree {
    tree().with(f::MARKERS, list([marker(false, names)]))
}

pub(crate) fn txn_commit_at(names: &[&str], offset: i64) -> Tree {
    let partition = tree().with(f::PARTITION_INDEX, 0).with(f::COMMITTED_OFFSET, offset);
    let topic = |name: &&str| tree().with(f::PARTITIONS, list([partition.clone()])).with(f::NAME, *name);
    add_offsets(0, &[]).with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn txn_offset_commit(_: i16, names: &[&str]) -> Tree {
    txn_commit_at(names, 5)
}

pub(crate) fn acl_filter(_: i16, _: &[&str]) -> Tree {
    tree().with(f::OPERATION, 1).with(f::PERMISSION_TYPE, 1)
}

pub(crate) fn create_acls(_: i16, names: &[&str]) -> Tree {
    let acl = |name: &&str| {
        tree().with(f::RESOURCE_TYPE, 2).with(f::RESOURCE_NAME, *name).with(f::PRINCIPAL, "User:mallory")
    };
    tree().with(f::CREATIONS, list(names.iter().map(acl)))
}

pub(crate) fn delete_acls(_: i16, names: &[&str]) -> Tree {
    let filter = |name: &&str| acl_filter(0, &[]).with(f::RESOURCE_NAME_FILTER, *name);
    tree().with(f::FILTERS, list(names.iter().map(filter)))
}

/// Configuration resources of one type (`ConfigResource.Type`).
pub(crate) fn config_resources(kind: i64, names: &[&str], inside: Tree) -> Tree {
    let resource = |name: &&str| inside.clone().with(f::RESOURCE_TYPE, kind).with(f::RESOURCE_NAME, *name);
    tree().with(f::RESOURCES, list(names.iter().map(resource)))
}

fn all_settings() -> Tree {
    tree().with(f::CONFIGURATION_KEYS, Value::Null)
}

pub(crate) fn setting(name: &str) -> Tree {
    tree().with(f::CONFIGS, list([tree().with(f::NAME, name).with(f::VALUE, "1")]))
}

pub(crate) fn describe_topic_configs(_: i16, names: &[&str]) -> Tree {
    config_resources(2, names, all_settings())
}

pub(crate) fn describe_group_configs(_: i16, names: &[&str]) -> Tree {
    config_resources(32, names, all_settings())
}

pub(crate) fn describe_broker_configs(_: i16, _: &[&str]) -> Tree {
    config_resources(4, &["1"], all_settings())
}

pub(crate) fn alter_topic_configs(_: i16, names: &[&str]) -> Tree {
    config_resources(2, names, setting("max.message.bytes"))
}

pub(crate) fn alter_group_configs(_: i16, names: &[&str]) -> Tree {
    config_resources(32, names, setting("consumer.session.timeout.ms"))
}

pub(crate) fn alter_broker_configs(_: i16, _: &[&str]) -> Tree {
    config_resources(4, &["1"], setting("log.cleaner.threads"))
}

pub(crate) fn move_replicas(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITIONS).with(f::NAME, *name);
    let dir = tree().with(f::PATH, "/data/1").with(f::TOPICS, list(names.iter().map(topic)));
    tree().with(f::DIRS, list([dir]))
}

pub(crate) fn all_log_dirs(_: i16, _: &[&str]) -> Tree {
    tree().with(f::TOPICS, Value::Null)
}

pub(crate) fn create_partitions(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| tree().with(f::NAME, *name).with(f::COUNT, 8).with(f::ASSIGNMENTS, Value::Null);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn delete_groups(_: i16, names: &[&str]) -> Tree {
    tree().with(f::GROUPS_NAMES, texts(names))
}

pub(crate) fn elect_leaders(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITIONS).with(f::TOPIC, *name);
    tree().with(f::TOPIC_PARTITIONS, list(names.iter().map(topic)))
}

pub(crate) fn reassign(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexed(f::PARTITION_INDEX).with(f::NAME, *name);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn reassignments(_: i16, _: &[&str]) -> Tree {
    tree().with(f::TOPICS, Value::Null)
}

pub(crate) fn offset_delete(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexed(f::PARTITION_INDEX).with(f::NAME, *name);
    tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn alter_quotas(_: i16, names: &[&str]) -> Tree {
    let entry = |name: &&str| {
        let entity = tree().with(f::ENTITY_TYPE, "user").with(f::ENTITY_NAME, *name);
        tree().with(f::ENTITY, list([entity]))
    };
    tree().with(f::ENTRIES, list(names.iter().map(entry)))
}

pub(crate) fn alter_scram(_: i16, names: &[&str]) -> Tree {
    let half = names.len() / 2;
    let user = |name: &&str| tree().with(f::NAME, *name).with(f::MECHANISM, 1);
    tree()
        .with(f::DELETIONS, list(names[..half].iter().map(user)))
        .with(f::UPSERTIONS, list(names[half..].iter().map(user)))
}

pub(crate) fn quorum(_: i16, _: &[&str]) -> Tree {
    let topic = indexed(f::PARTITION_INDEX).with(f::TOPIC_NAME, "__cluster_metadata");
    tree().with(f::TOPICS, list([topic]))
}

pub(crate) fn producers(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITION_INDEXES).with(f::NAME, *name);
    tree().with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn transactions(_: i16, names: &[&str]) -> Tree {
    tree().with(f::TRANSACTIONAL_IDS, texts(names))
}

pub(crate) fn heartbeat(_: i16, names: &[&str]) -> Tree {
    tree().with(f::GROUP_ID, "ok.group").with(f::SUBSCRIBED_TOPIC_NAMES, texts(names))
}

pub(crate) fn topic_partitions(_: i16, names: &[&str]) -> Tree {
    tree().with(f::TOPICS, list(names.iter().map(|name| tree().with(f::NAME, *name))))
}

pub(crate) fn share_fetch(version: i16, names: &[&str]) -> Tree {
    let topics = topics(key::SHARE_FETCH, version, f::TOPICS, f::NAME, names, indexed(f::PARTITION_INDEX));
    tree()
        .with(f::GROUP_ID, "ok.group")
        .with(f::MEMBER_ID, "m")
        .with(f::MAX_RECORDS, 500)
        .with(f::TOPICS, topics)
}

pub(crate) fn share_acknowledge(version: i16, names: &[&str]) -> Tree {
    let inside = indexed(f::PARTITION_INDEX);
    let topics = topics(key::SHARE_ACKNOWLEDGE, version, f::TOPICS, f::NAME, names, inside);
    tree()
        .with(f::GROUP_ID, "ok.group")
        .with(f::MEMBER_ID, "m")
        .with(f::SHARE_SESSION_EPOCH, -1)
        .with(f::TOPICS, topics)
}

/// A heartbeat with one subtopology.
pub(crate) fn streams_of(subtopology: Tree) -> Tree {
    let topology = tree().with(f::SUBTOPOLOGIES, list([subtopology]));
    tree().with(f::GROUP_ID, "ok.group").with(f::TOPOLOGY, topology)
}

pub(crate) fn streams(_: i16, names: &[&str]) -> Tree {
    streams_of(
        tree()
            .with(f::SOURCE_TOPICS, texts(names))
            .with(f::STATE_CHANGELOG_TOPICS, list([tree().with(f::NAME, "ok.created")])),
    )
}

pub(crate) fn share_offsets(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexes(f::PARTITIONS).with(f::TOPIC_NAME, *name);
    let group = tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(names.iter().map(topic)));
    tree().with(f::GROUPS, list([group]))
}

pub(crate) fn alter_share_offsets(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| indexed(f::PARTITION_INDEX).with(f::TOPIC_NAME, *name);
    tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(names.iter().map(topic)))
}

pub(crate) fn delete_share_offsets(_: i16, names: &[&str]) -> Tree {
    let topic = |name: &&str| tree().with(f::TOPIC_NAME, *name);
    tree().with(f::GROUP_ID, "ok.group").with(f::TOPICS, list(names.iter().map(topic)))
}
