//! `Fetch`, key 1.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `Fetch`, key 1.
pub(crate) static API: Api = Api {
    key: 1,
    name: "Fetch",
    request: MessageSchema {
        name: "FetchRequest",
        key: 1,
        versions: Versions::new(4, 18),
        flexible: Versions::from(12),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "FetchResponse",
        key: 1,
        versions: Versions::new(4, 18),
        flexible: Versions::from(12),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "FetchRequest",
    min_sizes: &[21, 21, 21, 33, 33, 33, 33, 35, 29, 29, 29, 25, 25, 25, 25],
    fields: &[
        FieldSchema::of(field::CLUSTER_ID, Kind::String, Versions::from(12))
            .nullable(Versions::from(12))
            .tag(0, Versions::from(12))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::REPLICA_ID, Kind::Int32, Versions::new(0, 14))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::REPLICA_STATE, Kind::Struct(&REQUEST_REPLICA_STATE), Versions::from(15))
            .tag(1, Versions::from(15)),
        FieldSchema::of(field::MAX_WAIT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MIN_BYTES, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MAX_BYTES, Kind::Int32, Versions::from(3))
            .default(DefaultValue::Int(2147483647))
            .ignorable(),
        FieldSchema::of(field::ISOLATION_LEVEL, Kind::Int8, Versions::from(4)).ignorable(),
        FieldSchema::of(field::SESSION_ID, Kind::Int32, Versions::from(7)).ignorable(),
        FieldSchema::of(field::SESSION_EPOCH, Kind::Int32, Versions::from(7))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::TOPICS, Kind::Array(&Kind::Struct(&REQUEST_FETCH_TOPIC)), Versions::from(0)),
        FieldSchema::of(
            field::FORGOTTEN_TOPICS_DATA,
            Kind::Array(&Kind::Struct(&REQUEST_FORGOTTEN_TOPIC)),
            Versions::from(7),
        ),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(11)).ignorable(),
    ],
};

static REQUEST_REPLICA_STATE: StructSchema = StructSchema {
    name: "ReplicaState",
    min_sizes: &[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 13, 13, 13, 13],
    fields: &[
        FieldSchema::of(field::REPLICA_ID, Kind::Int32, Versions::from(15))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::REPLICA_EPOCH, Kind::Int64, Versions::from(15)).default(DefaultValue::Int(-1)),
    ],
};

static REQUEST_FETCH_TOPIC: StructSchema = StructSchema {
    name: "FetchTopic",
    min_sizes: &[6, 6, 6, 6, 6, 6, 6, 6, 3, 18, 18, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::new(0, 12))
            .entity(Entity::TopicName)
            .ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(13)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_FETCH_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_FETCH_PARTITION: StructSchema = StructSchema {
    name: "FetchPartition",
    min_sizes: &[16, 24, 24, 24, 24, 28, 28, 28, 33, 33, 33, 33, 33, 33, 33],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::CURRENT_LEADER_EPOCH, Kind::Int32, Versions::from(9))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::FETCH_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_FETCHED_EPOCH, Kind::Int32, Versions::from(12))
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::LOG_START_OFFSET, Kind::Int64, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::PARTITION_MAX_BYTES, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICA_DIRECTORY_ID, Kind::Uuid, Versions::from(17))
            .tag(0, Versions::from(17))
            .ignorable(),
        FieldSchema::of(field::HIGH_WATERMARK, Kind::Int64, Versions::from(18))
            .tag(1, Versions::from(18))
            .default(DefaultValue::Int(9223372036854775807))
            .ignorable(),
    ],
};

static REQUEST_FORGOTTEN_TOPIC: StructSchema = StructSchema {
    name: "ForgottenTopic",
    min_sizes: &[0, 0, 0, 6, 6, 6, 6, 6, 3, 18, 18, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::new(7, 12))
            .entity(Entity::TopicName)
            .ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(13)).ignorable(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(7)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "FetchResponse",
    min_sizes: &[8, 8, 8, 14, 14, 14, 14, 14, 12, 12, 12, 12, 12, 12, 12],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(7)).ignorable(),
        FieldSchema::of(field::SESSION_ID, Kind::Int32, Versions::from(7)),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_FETCHABLE_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::NODE_ENDPOINTS,
            Kind::Array(&Kind::Struct(&RESPONSE_NODE_ENDPOINT)),
            Versions::from(16),
        )
        .tag(0, Versions::from(16)),
    ],
};

static RESPONSE_FETCHABLE_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "FetchableTopicResponse",
    min_sizes: &[6, 6, 6, 6, 6, 6, 6, 6, 3, 18, 18, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::new(0, 12))
            .entity(Entity::TopicName)
            .ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(13)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_DATA)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_DATA: StructSchema = StructSchema {
    name: "PartitionData",
    min_sizes: &[30, 38, 38, 38, 38, 38, 38, 42, 37, 37, 37, 37, 37, 37, 37],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::HIGH_WATERMARK, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_STABLE_OFFSET, Kind::Int64, Versions::from(4))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::LOG_START_OFFSET, Kind::Int64, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::DIVERGING_EPOCH, Kind::Struct(&RESPONSE_EPOCH_END_OFFSET), Versions::from(12))
            .tag(0, Versions::from(12)),
        FieldSchema::of(
            field::CURRENT_LEADER,
            Kind::Struct(&RESPONSE_LEADER_ID_AND_EPOCH),
            Versions::from(12),
        )
        .tag(1, Versions::from(12)),
        FieldSchema::of(field::SNAPSHOT_ID, Kind::Struct(&RESPONSE_SNAPSHOT_ID), Versions::from(12))
            .tag(2, Versions::from(12)),
        FieldSchema::of(
            field::ABORTED_TRANSACTIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_ABORTED_TRANSACTION)),
            Versions::from(4),
        )
        .nullable(Versions::from(4))
        .ignorable(),
        FieldSchema::of(field::PREFERRED_READ_REPLICA, Kind::Int32, Versions::from(11))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::RECORDS, Kind::Records, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE_EPOCH_END_OFFSET: StructSchema = StructSchema {
    name: "EpochEndOffset",
    min_sizes: &[0, 0, 0, 0, 0, 0, 0, 0, 13, 13, 13, 13, 13, 13, 13],
    fields: &[
        FieldSchema::of(field::EPOCH, Kind::Int32, Versions::from(12)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::END_OFFSET, Kind::Int64, Versions::from(12)).default(DefaultValue::Int(-1)),
    ],
};

static RESPONSE_LEADER_ID_AND_EPOCH: StructSchema = StructSchema {
    name: "LeaderIdAndEpoch",
    min_sizes: &[0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9],
    fields: &[
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(12))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(12)).default(DefaultValue::Int(-1)),
    ],
};

static RESPONSE_SNAPSHOT_ID: StructSchema = StructSchema {
    name: "SnapshotId",
    min_sizes: &[12, 12, 12, 12, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13],
    fields: &[
        FieldSchema::of(field::END_OFFSET, Kind::Int64, Versions::from(0)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::EPOCH, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(-1)),
    ],
};

static RESPONSE_ABORTED_TRANSACTION: StructSchema = StructSchema {
    name: "AbortedTransaction",
    min_sizes: &[16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 17, 17],
    fields: &[
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(4)).entity(Entity::ProducerId),
        FieldSchema::of(field::FIRST_OFFSET, Kind::Int64, Versions::from(4)),
    ],
};

static RESPONSE_NODE_ENDPOINT: StructSchema = StructSchema {
    name: "NodeEndpoint",
    min_sizes: &[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 11, 11, 11],
    fields: &[
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(16)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(16)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(16)),
        FieldSchema::of(field::RACK, Kind::String, Versions::from(16))
            .nullable(Versions::from(16))
            .default(DefaultValue::Null),
    ],
};
