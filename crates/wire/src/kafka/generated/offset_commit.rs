//! `OffsetCommit`, key 8.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `OffsetCommit`, key 8.
pub(crate) static API: Api = Api {
    key: 8,
    name: "OffsetCommit",
    request: MessageSchema {
        name: "OffsetCommitRequest",
        key: 8,
        versions: Versions::new(2, 10),
        flexible: Versions::from(8),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "OffsetCommitResponse",
        key: 8,
        versions: Versions::new(2, 10),
        flexible: Versions::from(8),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "OffsetCommitRequest",
    min_sizes: &[20, 20, 20, 12, 12, 14, 9, 9, 9],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GENERATION_ID_OR_MEMBER_EPOCH, Kind::Int32, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(1)).ignorable(),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(7))
            .nullable(Versions::from(7))
            .default(DefaultValue::Null),
        FieldSchema::of(field::RETENTION_TIME_MS, Kind::Int64, Versions::new(2, 4))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_COMMIT_REQUEST_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_COMMIT_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "OffsetCommitRequestTopic",
    min_sizes: &[6, 6, 6, 6, 6, 6, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 9)).entity(Entity::TopicName).ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_COMMIT_REQUEST_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_COMMIT_REQUEST_PARTITION: StructSchema = StructSchema {
    name: "OffsetCommitRequestPartition",
    min_sizes: &[14, 14, 14, 14, 18, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::COMMITTED_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::COMMITTED_LEADER_EPOCH, Kind::Int32, Versions::from(6))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::COMMITTED_METADATA, Kind::String, Versions::from(0))
            .nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "OffsetCommitResponse",
    min_sizes: &[4, 8, 8, 8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(3)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_COMMIT_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_OFFSET_COMMIT_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "OffsetCommitResponseTopic",
    min_sizes: &[6, 6, 6, 6, 6, 6, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 9)).entity(Entity::TopicName).ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_COMMIT_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_OFFSET_COMMIT_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "OffsetCommitResponsePartition",
    min_sizes: &[6, 6, 6, 6, 6, 6, 7, 7, 7],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
