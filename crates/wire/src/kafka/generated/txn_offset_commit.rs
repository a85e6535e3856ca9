//! `TxnOffsetCommit`, key 28.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `TxnOffsetCommit`, key 28.
pub(crate) static API: Api = Api {
    key: 28,
    name: "TxnOffsetCommit",
    request: MessageSchema {
        name: "TxnOffsetCommitRequest",
        key: 28,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "TxnOffsetCommitResponse",
        key: 28,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "TxnOffsetCommitRequest",
    min_sizes: &[18, 18, 18, 20, 20, 20],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::GENERATION_ID, Kind::Int32, Versions::from(3)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(3)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_TXN_OFFSET_COMMIT_REQUEST_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_TXN_OFFSET_COMMIT_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "TxnOffsetCommitRequestTopic",
    min_sizes: &[6, 6, 6, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_TXN_OFFSET_COMMIT_REQUEST_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_TXN_OFFSET_COMMIT_REQUEST_PARTITION: StructSchema = StructSchema {
    name: "TxnOffsetCommitRequestPartition",
    min_sizes: &[14, 14, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::COMMITTED_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::COMMITTED_LEADER_EPOCH, Kind::Int32, Versions::from(2))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::COMMITTED_METADATA, Kind::String, Versions::from(0))
            .nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "TxnOffsetCommitResponse",
    min_sizes: &[8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_TXN_OFFSET_COMMIT_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TXN_OFFSET_COMMIT_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "TxnOffsetCommitResponseTopic",
    min_sizes: &[6, 6, 6, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_TXN_OFFSET_COMMIT_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TXN_OFFSET_COMMIT_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "TxnOffsetCommitResponsePartition",
    min_sizes: &[6, 6, 6, 7, 7, 7],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
