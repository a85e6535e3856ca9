//! The table: for every request what it needs, and how Kafka says that it is missing.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, field as f};
use tidegate_wire::kafka::versions::key;

use crate::requests as ask;
use crate::shapes::{Shape, shape};

/// How a refusal looks.
#[derive(Clone, Copy)]
pub(crate) enum Refusal {
    /// The answer's own error.
    Root(ErrorCode),
    /// Every element has the error, and nothing goes out.
    Whole(Shape, ErrorCode),
    /// Each refused element has the error; the others go out.
    Each(Shape, ErrorCode),
    /// Each refused element has the error; beside one, none goes out.
    AllOrNothing(Shape, ErrorCode),
    /// Kafka's answer of that version has no place for an error.
    Silent,
}

type Needs = Vec<(&'static str, Refusal)>;

pub(crate) struct Case {
    pub(crate) label: &'static str,
    pub(crate) key: i16,
    pub(crate) versions: (i16, i16),
    /// What the request names where the case says "each": granted, and not.
    pub(crate) names: [&'static str; 2],
    pub(crate) request: fn(i16, &[&str]) -> Tree,
    /// The grants it needs and what follows where one is missing, in the order they are asked for.
    pub(crate) needs: fn(i16) -> Needs,
    /// Grants that the request does not need but that keep the gateway from asking questions of its own.
    pub(crate) beside: &'static [&'static str],
    /// Where the broker's answer names what was asked.
    pub(crate) reply: fn(i16) -> Option<Shape>,
}

impl Case {
    pub(crate) fn grants(&self, version: i16) -> Vec<&'static str> {
        (self.needs)(version).into_iter().map(|(grant, _)| grant).chain(self.beside.iter().copied()).collect()
    }
}

const ANY: (i16, i16) = (0, i16::MAX);
const TOPICS: [&str; 2] = ["ok.topic", "no.topic"];
const GROUPS: [&str; 2] = ["ok.group", "no.group"];
const TXNS: [&str; 2] = ["ok.txn", "no.txn"];

const TOPIC: ErrorCode = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
const GROUP: ErrorCode = ErrorCode::GROUP_AUTHORIZATION_FAILED;
const TXN: ErrorCode = ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
const CLUSTER: ErrorCode = ErrorCode::CLUSTER_AUTHORIZATION_FAILED;

const PRODUCED: Shape = shape(&[f::RESPONSES, f::PARTITION_RESPONSES], f::NAME);
const FETCHED: Shape = shape(&[f::RESPONSES, f::PARTITIONS], f::TOPIC);
const SHARED: Shape = shape(&[f::RESPONSES, f::PARTITIONS], f::TOPIC_NAME);
const PARTITIONS: Shape = shape(&[f::TOPICS, f::PARTITIONS], f::NAME);
const NAMED: Shape = shape(&[f::TOPICS], f::NAME);
const COORDINATORS: Shape = shape(&[f::COORDINATORS], f::KEY);
const GROUP_LIST: Shape = shape(&[f::GROUPS], f::GROUP_ID);
const GROUP_ERRORS: Shape = GROUP_LIST.nameless();
const IN_GROUP: Shape =
    shape(&[f::GROUPS, f::TOPICS, f::PARTITIONS], f::NAME).inside(f::GROUP_ID, "ok.group");
const SHARE_IN_GROUP: Shape =
    shape(&[f::GROUPS, f::TOPICS, f::PARTITIONS], f::TOPIC_NAME).inside(f::GROUP_ID, "ok.group");
const ADDED: Shape = shape(&[f::RESULTS_BY_TOPIC_V3_AND_BELOW, f::RESULTS_BY_PARTITION], f::NAME)
    .error(f::PARTITION_ERROR_CODE);
const MARKED: Shape = Shape { named: Some(1), ..shape(&[f::MARKERS, f::TOPICS, f::PARTITIONS], f::NAME) };
const CONFIGURED: Shape = shape(&[f::RESULTS], f::RESOURCE_NAME);
const RECONFIGURED: Shape = shape(&[f::RESPONSES], f::RESOURCE_NAME);
const REASSIGNED: Shape = shape(&[f::RESPONSES, f::PARTITIONS], f::NAME);
const ELECTED: Shape = shape(&[f::REPLICA_ELECTION_RESULTS, f::PARTITION_RESULT], f::TOPIC);

fn open(_: i16) -> Needs {
    Vec::new()
}

fn no_shape(_: i16) -> Option<Shape> {
    None
}

const fn case(label: &'static str, key: i16, request: fn(i16, &[&str]) -> Tree) -> Case {
    Case { label, key, versions: ANY, names: TOPICS, request, needs: open, beside: &[], reply: no_shape }
}

impl Case {
    const fn from(self, min: i16, max: i16) -> Self {
        Self { versions: (min, max), ..self }
    }

    const fn naming(self, names: [&'static str; 2]) -> Self {
        Self { names, ..self }
    }

    const fn needs(self, needs: fn(i16) -> Needs) -> Self {
        Self { needs, ..self }
    }

    const fn beside(self, beside: &'static [&'static str]) -> Self {
        Self { beside, ..self }
    }

    const fn reply(self, reply: fn(i16) -> Option<Shape>) -> Self {
        Self { reply, ..self }
    }
}

const REWIND: &[&str] = &["rewind group ok.group"];

fn read_group(_: i16) -> Needs {
    vec![("read group ok.group", Refusal::Root(GROUP))]
}

fn alter_cluster(_: i16) -> Needs {
    vec![("alter cluster", Refusal::Root(CLUSTER))]
}

fn describe_cluster(_: i16) -> Needs {
    vec![("describe cluster", Refusal::Root(CLUSTER))]
}

fn read_cluster_configs(_: i16) -> Needs {
    vec![("describe_configs cluster", Refusal::Root(CLUSTER))]
}

fn delegation(_: i16) -> Needs {
    vec![("delegation_tokens cluster", Refusal::Root(ErrorCode::DELEGATION_TOKEN_AUTHORIZATION_FAILED))]
}

fn heartbeat(_: i16) -> Needs {
    vec![("read group ok.group", Refusal::Root(GROUP)), ("describe topic ok.topic", Refusal::Root(TOPIC))]
}

fn describe_each_group(_: i16) -> Needs {
    vec![("describe group ok.group", Refusal::Each(GROUP_LIST, GROUP))]
}

pub(crate) static CASES: &[Case] = &[
    case("Produce", key::PRODUCE, ask::produce)
        .needs(|_| vec![("write topic ok.topic", Refusal::Each(PRODUCED, TOPIC))])
        .reply(|_| Some(PRODUCED)),
    case("Produce in a transaction", key::PRODUCE, ask::produce_in_transaction)
        .needs(|_| {
            vec![
                ("write transactional_id ok.txn", Refusal::Whole(PRODUCED, TXN)),
                ("write topic ok.topic", Refusal::Each(PRODUCED, TOPIC)),
            ]
        })
        .reply(|_| Some(PRODUCED)),
    case("Fetch", key::FETCH, ask::fetch)
        .needs(|_| vec![("read topic ok.topic", Refusal::Each(FETCHED, TOPIC))])
        .reply(|_| Some(FETCHED)),
    case("ListOffsets", key::LIST_OFFSETS, ask::list_offsets)
        .needs(|_| vec![("describe topic ok.topic", Refusal::Each(PARTITIONS, TOPIC))])
        .reply(|_| Some(PARTITIONS)),
    case("Metadata", key::METADATA, ask::metadata)
        .needs(|_| vec![("describe topic ok.topic", Refusal::Each(NAMED, TOPIC))])
        .reply(|_| Some(NAMED)),
    case("OffsetCommit", key::OFFSET_COMMIT, ask::offset_commit)
        .needs(|_| {
            vec![
                ("read group ok.group", Refusal::Whole(PARTITIONS, GROUP)),
                ("read topic ok.topic", Refusal::Each(PARTITIONS, TOPIC)),
            ]
        })
        .beside(REWIND)
        .reply(|_| Some(PARTITIONS)),
    case("OffsetFetch of one group", key::OFFSET_FETCH, ask::offset_fetch)
        .from(0, 7)
        .needs(|version| {
            let group = if version < 2 { Refusal::Whole(PARTITIONS, GROUP) } else { Refusal::Root(GROUP) };
            vec![
                ("describe group ok.group", group),
                ("describe topic ok.topic", Refusal::Each(PARTITIONS, TOPIC)),
            ]
        })
        .reply(|_| Some(PARTITIONS)),
    case("OffsetFetch of groups, their topics", key::OFFSET_FETCH, ask::offset_fetch)
        .from(8, i16::MAX)
        .needs(|_| {
            vec![
                ("describe group ok.group", Refusal::Whole(GROUP_ERRORS, GROUP)),
                ("describe topic ok.topic", Refusal::Each(IN_GROUP, TOPIC)),
            ]
        })
        .reply(|_| Some(IN_GROUP)),
    case("OffsetFetch of groups", key::OFFSET_FETCH, |_, groups| {
        let group = |name: &&str| {
            ask::tree().with(f::GROUP_ID, *name).with(f::TOPICS, tidegate_wire::kafka::codec::Value::Null)
        };
        ask::tree().with(f::GROUPS, ask::list(groups.iter().map(group)))
    })
    .from(8, i16::MAX)
    .naming(GROUPS)
    .needs(describe_each_group)
    .reply(|_| Some(GROUP_LIST)),
    case("FindCoordinator of a group", key::FIND_COORDINATOR, ask::group_coordinator)
        .from(0, 3)
        .naming(GROUPS)
        .needs(|_| vec![("describe group ok.group", Refusal::Root(GROUP))]),
    case("FindCoordinator of a transaction", key::FIND_COORDINATOR, ask::transaction_coordinator)
        .from(1, 3)
        .naming(TXNS)
        .needs(|_| vec![("describe transactional_id ok.txn", Refusal::Root(TXN))]),
    case("FindCoordinator of groups", key::FIND_COORDINATOR, ask::group_coordinator)
        .from(4, i16::MAX)
        .naming(GROUPS)
        .needs(|_| vec![("describe group ok.group", Refusal::Each(COORDINATORS, GROUP))])
        .reply(|_| Some(COORDINATORS)),
    case("FindCoordinator of transactions", key::FIND_COORDINATOR, ask::transaction_coordinator)
        .from(4, i16::MAX)
        .naming(TXNS)
        .needs(|_| vec![("describe transactional_id ok.txn", Refusal::Each(COORDINATORS, TXN))])
        .reply(|_| Some(COORDINATORS)),
    case("JoinGroup", key::JOIN_GROUP, ask::of_group).needs(read_group),
    case("Heartbeat", key::HEARTBEAT, ask::of_group).needs(read_group),
    case("LeaveGroup", key::LEAVE_GROUP, ask::of_group).needs(read_group),
    case("SyncGroup", key::SYNC_GROUP, ask::of_group).needs(read_group),
    case("DescribeGroups", key::DESCRIBE_GROUPS, ask::describe_groups)
        .naming(GROUPS)
        .needs(describe_each_group)
        .reply(|_| Some(GROUP_LIST)),
    case("ListGroups", key::LIST_GROUPS, ask::nothing),
    case("ApiVersions", key::API_VERSIONS, ask::nothing),
    case("CreateTopics", key::CREATE_TOPICS, ask::create_topics)
        .needs(|_| vec![("create topic ok.topic", Refusal::Each(NAMED, TOPIC))])
        .reply(|_| Some(NAMED)),
    case("DeleteTopics", key::DELETE_TOPICS, ask::delete_topics)
        .needs(|_| vec![("delete topic ok.topic", Refusal::Each(shape(&[f::RESPONSES], f::NAME), TOPIC))])
        .reply(|_| Some(shape(&[f::RESPONSES], f::NAME))),
    case("DeleteTopics by id", key::DELETE_TOPICS, ask::delete_topics_by_id)
        .from(6, i16::MAX)
        .needs(|_| vec![("delete topic ok.topic", Refusal::Each(shape(&[f::RESPONSES], f::NAME), TOPIC))])
        .reply(|_| Some(shape(&[f::RESPONSES], f::NAME))),
    case("DeleteRecords", key::DELETE_RECORDS, ask::delete_records)
        .needs(|_| vec![("purge topic ok.topic", Refusal::Each(PARTITIONS, TOPIC))])
        .reply(|_| Some(PARTITIONS)),
    case("InitProducerId of a transaction", key::INIT_PRODUCER_ID, ask::init_transaction)
        .needs(|_| vec![("write transactional_id ok.txn", Refusal::Root(TXN))]),
    case("InitProducerId for idempotence", key::INIT_PRODUCER_ID, ask::init_idempotence)
        .needs(|_| vec![("write topic anything.else", Refusal::Root(CLUSTER))]),
    case("OffsetForLeaderEpoch", key::OFFSET_FOR_LEADER_EPOCH, ask::leader_epochs)
        .needs(|_| {
            let shape = shape(&[f::TOPICS, f::PARTITIONS], f::TOPIC);
            vec![("describe topic ok.topic", Refusal::Each(shape, TOPIC))]
        })
        .reply(|_| Some(shape(&[f::TOPICS, f::PARTITIONS], f::TOPIC))),
    case("AddPartitionsToTxn", key::ADD_PARTITIONS_TO_TXN, ask::add_partitions)
        .needs(|_| {
            vec![
                ("write transactional_id ok.txn", Refusal::Whole(ADDED, TXN)),
                ("write topic ok.topic", Refusal::AllOrNothing(ADDED, TOPIC)),
            ]
        })
        .reply(|_| Some(ADDED)),
    case("AddOffsetsToTxn", key::ADD_OFFSETS_TO_TXN, ask::add_offsets).needs(|_| {
        vec![
            ("write transactional_id ok.txn", Refusal::Root(TXN)),
            ("read group ok.group", Refusal::Root(GROUP)),
        ]
    }),
    case("EndTxn", key::END_TXN, ask::init_transaction)
        .needs(|_| vec![("write transactional_id ok.txn", Refusal::Root(TXN))]),
    case("WriteTxnMarkers", key::WRITE_TXN_MARKERS, ask::abort_marker)
        .needs(|_| vec![("abort_transactions cluster", Refusal::Whole(MARKED, CLUSTER))])
        .reply(|_| Some(MARKED)),
    case("TxnOffsetCommit", key::TXN_OFFSET_COMMIT, ask::txn_offset_commit)
        .needs(|_| {
            vec![
                ("write transactional_id ok.txn", Refusal::Whole(PARTITIONS, TXN)),
                ("read group ok.group", Refusal::Whole(PARTITIONS, GROUP)),
                ("read topic ok.topic", Refusal::Each(PARTITIONS, TOPIC)),
            ]
        })
        .beside(REWIND)
        .reply(|_| Some(PARTITIONS)),
    case("DescribeAcls", key::DESCRIBE_ACLS, ask::acl_filter)
        .needs(|_| vec![("describe_acls cluster", Refusal::Root(CLUSTER))]),
    case("CreateAcls", key::CREATE_ACLS, ask::create_acls)
        .needs(|_| {
            vec![(
                "administer_acls cluster",
                Refusal::Whole(shape(&[f::RESULTS], f::NAME).nameless(), CLUSTER),
            )]
        })
        .reply(|_| Some(shape(&[f::RESULTS], f::NAME).nameless())),
    case("DeleteAcls", key::DELETE_ACLS, ask::delete_acls)
        .needs(|_| {
            let shape = shape(&[f::FILTER_RESULTS], f::NAME).nameless();
            vec![("administer_acls cluster", Refusal::Whole(shape, CLUSTER))]
        })
        .reply(|_| Some(shape(&[f::FILTER_RESULTS], f::NAME).nameless())),
    case("DescribeConfigs of topics", key::DESCRIBE_CONFIGS, ask::describe_topic_configs)
        .needs(|_| vec![("describe_configs topic ok.topic", Refusal::Each(CONFIGURED, TOPIC))])
        .reply(|_| Some(CONFIGURED)),
    case("DescribeConfigs of groups", key::DESCRIBE_CONFIGS, ask::describe_group_configs)
        .naming(GROUPS)
        .needs(|_| vec![("describe_configs group ok.group", Refusal::Each(CONFIGURED, GROUP))])
        .reply(|_| Some(CONFIGURED)),
    case("DescribeConfigs of brokers", key::DESCRIBE_CONFIGS, ask::describe_broker_configs)
        .naming(["1", "2"])
        .needs(|_| vec![("describe_configs cluster", Refusal::Whole(CONFIGURED, CLUSTER))])
        .reply(|_| Some(CONFIGURED)),
    case("AlterConfigs of topics", key::ALTER_CONFIGS, ask::alter_topic_configs)
        .needs(|_| {
            vec![
                ("alter_configs topic ok.topic", Refusal::Each(RECONFIGURED, TOPIC)),
                ("alter_retention topic ok.topic", Refusal::Each(RECONFIGURED, TOPIC)),
            ]
        })
        .reply(|_| Some(RECONFIGURED)),
    case("IncrementalAlterConfigs of topics", key::INCREMENTAL_ALTER_CONFIGS, ask::alter_topic_configs)
        .needs(|_| vec![("alter_configs topic ok.topic", Refusal::Each(RECONFIGURED, TOPIC))])
        .reply(|_| Some(RECONFIGURED)),
    case("IncrementalAlterConfigs of groups", key::INCREMENTAL_ALTER_CONFIGS, ask::alter_group_configs)
        .naming(GROUPS)
        .needs(|_| vec![("alter_configs group ok.group", Refusal::Each(RECONFIGURED, GROUP))])
        .reply(|_| Some(RECONFIGURED)),
    case("IncrementalAlterConfigs of brokers", key::INCREMENTAL_ALTER_CONFIGS, ask::alter_broker_configs)
        .naming(["1", "2"])
        .needs(|_| vec![("alter_configs cluster", Refusal::Whole(RECONFIGURED, CLUSTER))])
        .reply(|_| Some(RECONFIGURED)),
    case("AlterReplicaLogDirs", key::ALTER_REPLICA_LOG_DIRS, ask::move_replicas)
        .needs(|_| {
            let shape = shape(&[f::RESULTS, f::PARTITIONS], f::TOPIC_NAME);
            vec![("alter cluster", Refusal::Whole(shape, CLUSTER))]
        })
        .reply(|_| Some(shape(&[f::RESULTS, f::PARTITIONS], f::TOPIC_NAME))),
    case("DescribeLogDirs", key::DESCRIBE_LOG_DIRS, ask::all_log_dirs).needs(|version| {
        let refusal = if version < 3 { Refusal::Silent } else { Refusal::Root(CLUSTER) };
        vec![("describe cluster", refusal)]
    }),
    case("CreatePartitions", key::CREATE_PARTITIONS, ask::create_partitions)
        .needs(|_| {
            let shape = shape(&[f::RESULTS], f::NAME);
            vec![("create_partitions topic ok.topic", Refusal::Each(shape, TOPIC))]
        })
        .reply(|_| Some(shape(&[f::RESULTS], f::NAME))),
    case("CreateDelegationToken", key::CREATE_DELEGATION_TOKEN, ask::nothing).needs(delegation),
    case("RenewDelegationToken", key::RENEW_DELEGATION_TOKEN, ask::nothing).needs(delegation),
    case("ExpireDelegationToken", key::EXPIRE_DELEGATION_TOKEN, ask::nothing).needs(delegation),
    case("DescribeDelegationToken", key::DESCRIBE_DELEGATION_TOKEN, ask::nothing).needs(delegation),
    case("DeleteGroups", key::DELETE_GROUPS, ask::delete_groups)
        .naming(GROUPS)
        .needs(|_| {
            let shape = shape(&[f::RESULTS], f::GROUP_ID);
            vec![("delete group ok.group", Refusal::Each(shape, GROUP))]
        })
        .reply(|_| Some(shape(&[f::RESULTS], f::GROUP_ID))),
    case("ElectLeaders", key::ELECT_LEADERS, ask::elect_leaders)
        .needs(|_| vec![("alter cluster", Refusal::Whole(ELECTED, CLUSTER))])
        .reply(|_| Some(ELECTED)),
    case("AlterPartitionReassignments", key::ALTER_PARTITION_REASSIGNMENTS, ask::reassign)
        .needs(|_| vec![("alter cluster", Refusal::Whole(REASSIGNED, CLUSTER))])
        .reply(|_| Some(REASSIGNED)),
    case("ListPartitionReassignments", key::LIST_PARTITION_REASSIGNMENTS, ask::reassignments)
        .needs(describe_cluster),
    case("OffsetDelete", key::OFFSET_DELETE, ask::offset_delete)
        .needs(|_| {
            vec![
                ("delete group ok.group", Refusal::Root(GROUP)),
                ("rewind group ok.group", Refusal::Root(GROUP)),
                ("read topic ok.topic", Refusal::Each(PARTITIONS, TOPIC)),
            ]
        })
        .reply(|_| Some(PARTITIONS)),
    case("DescribeClientQuotas", key::DESCRIBE_CLIENT_QUOTAS, ask::nothing).needs(read_cluster_configs),
    case("AlterClientQuotas", key::ALTER_CLIENT_QUOTAS, ask::alter_quotas)
        .needs(|_| {
            let shape = shape(&[f::ENTRIES], f::NAME).nameless();
            vec![("administer_quotas cluster", Refusal::Whole(shape, CLUSTER))]
        })
        .reply(|_| Some(shape(&[f::ENTRIES], f::NAME).nameless())),
    case("DescribeUserScramCredentials", key::DESCRIBE_USER_SCRAM_CREDENTIALS, ask::nothing)
        .needs(describe_cluster),
    case("AlterUserScramCredentials", key::ALTER_USER_SCRAM_CREDENTIALS, ask::alter_scram)
        .needs(|_| vec![("administer_scram cluster", Refusal::Whole(shape(&[f::RESULTS], f::USER), CLUSTER))])
        .reply(|_| Some(shape(&[f::RESULTS], f::USER))),
    case("DescribeQuorum", key::DESCRIBE_QUORUM, ask::quorum).needs(describe_cluster),
    case("UpdateFeatures", key::UPDATE_FEATURES, ask::nothing).needs(alter_cluster),
    case("DescribeCluster", key::DESCRIBE_CLUSTER, ask::nothing),
    case("DescribeProducers", key::DESCRIBE_PRODUCERS, ask::producers)
        .needs(|_| vec![("read topic ok.topic", Refusal::Each(PARTITIONS, TOPIC))])
        .reply(|_| Some(PARTITIONS)),
    case("UnregisterBroker", key::UNREGISTER_BROKER, ask::nothing).needs(alter_cluster),
    case("DescribeTransactions", key::DESCRIBE_TRANSACTIONS, ask::transactions)
        .naming(TXNS)
        .needs(|_| {
            let shape = shape(&[f::TRANSACTION_STATES], f::TRANSACTIONAL_ID);
            vec![("describe transactional_id ok.txn", Refusal::Each(shape, TXN))]
        })
        .reply(|_| Some(shape(&[f::TRANSACTION_STATES], f::TRANSACTIONAL_ID))),
    case("ListTransactions", key::LIST_TRANSACTIONS, ask::nothing),
    case("ConsumerGroupHeartbeat", key::CONSUMER_GROUP_HEARTBEAT, ask::heartbeat).needs(heartbeat),
    case("ConsumerGroupDescribe", key::CONSUMER_GROUP_DESCRIBE, ask::group_ids)
        .naming(GROUPS)
        .needs(describe_each_group)
        .reply(|_| Some(GROUP_LIST)),
    case("ListConfigResources", key::LIST_CONFIG_RESOURCES, ask::nothing).needs(read_cluster_configs),
    case("DescribeTopicPartitions", key::DESCRIBE_TOPIC_PARTITIONS, ask::topic_partitions)
        .needs(|_| vec![("describe topic ok.topic", Refusal::Each(NAMED, TOPIC))])
        .reply(|_| Some(NAMED)),
    case("ShareGroupHeartbeat", key::SHARE_GROUP_HEARTBEAT, ask::heartbeat).needs(heartbeat),
    case("ShareGroupDescribe", key::SHARE_GROUP_DESCRIBE, ask::group_ids)
        .naming(GROUPS)
        .needs(describe_each_group)
        .reply(|_| Some(GROUP_LIST)),
    case("ShareFetch", key::SHARE_FETCH, ask::share_fetch)
        .needs(|_| {
            vec![
                ("read group ok.group", Refusal::Root(GROUP)),
                ("read topic ok.topic", Refusal::Each(SHARED, TOPIC)),
            ]
        })
        .reply(|_| Some(SHARED)),
    case("ShareAcknowledge", key::SHARE_ACKNOWLEDGE, ask::share_acknowledge)
        .needs(|_| {
            vec![
                ("read group ok.group", Refusal::Root(GROUP)),
                ("read topic ok.topic", Refusal::Each(SHARED, TOPIC)),
            ]
        })
        .reply(|_| Some(SHARED)),
    case("AddRaftVoter", key::ADD_RAFT_VOTER, ask::nothing).needs(alter_cluster),
    case("RemoveRaftVoter", key::REMOVE_RAFT_VOTER, ask::nothing).needs(alter_cluster),
    case("StreamsGroupHeartbeat", key::STREAMS_GROUP_HEARTBEAT, ask::streams).needs(|_| {
        vec![
            ("read group ok.group", Refusal::Root(GROUP)),
            ("describe topic ok.topic", Refusal::Root(TOPIC)),
            ("describe topic ok.created", Refusal::Root(TOPIC)),
            ("create topic ok.created", Refusal::Root(TOPIC)),
        ]
    }),
    case("StreamsGroupDescribe", key::STREAMS_GROUP_DESCRIBE, ask::group_ids)
        .naming(GROUPS)
        .needs(describe_each_group)
        .reply(|_| Some(GROUP_LIST)),
    case("DescribeShareGroupOffsets", key::DESCRIBE_SHARE_GROUP_OFFSETS, ask::share_offsets)
        .needs(|_| {
            vec![
                ("describe group ok.group", Refusal::Whole(GROUP_ERRORS, GROUP)),
                ("describe topic ok.topic", Refusal::Each(SHARE_IN_GROUP, TOPIC)),
            ]
        })
        .reply(|_| Some(SHARE_IN_GROUP)),
    case("DescribeShareGroupOffsets of groups", key::DESCRIBE_SHARE_GROUP_OFFSETS, |_, groups| {
        let group = |name: &&str| ask::tree().with(f::GROUP_ID, *name);
        ask::tree().with(f::GROUPS, ask::list(groups.iter().map(group)))
    })
    .naming(GROUPS)
    .needs(describe_each_group)
    .reply(|_| Some(GROUP_LIST)),
    case("AlterShareGroupOffsets", key::ALTER_SHARE_GROUP_OFFSETS, ask::alter_share_offsets)
        .needs(|_| {
            vec![
                ("read group ok.group", Refusal::Root(GROUP)),
                ("rewind group ok.group", Refusal::Root(GROUP)),
                ("read topic ok.topic", Refusal::Each(SHARED, TOPIC)),
            ]
        })
        .reply(|_| Some(SHARED)),
    case("DeleteShareGroupOffsets", key::DELETE_SHARE_GROUP_OFFSETS, ask::delete_share_offsets)
        .needs(|_| {
            let shape = shape(&[f::RESPONSES], f::TOPIC_NAME);
            vec![
                ("delete group ok.group", Refusal::Root(GROUP)),
                ("rewind group ok.group", Refusal::Root(GROUP)),
                ("read topic ok.topic", Refusal::Each(shape, TOPIC)),
            ]
        })
        .reply(|_| Some(shape(&[f::RESPONSES], f::TOPIC_NAME))),
];
