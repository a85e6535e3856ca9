//! `OffsetForLeaderEpoch`, key 23.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `OffsetForLeaderEpoch`, key 23.
pub(crate) static API: Api = Api {
    key: 23,
    name: "OffsetForLeaderEpoch",
    request: MessageSchema {
        name: "OffsetForLeaderEpochRequest",
        key: 23,
        versions: Versions::new(2, 4),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "OffsetForLeaderEpochResponse",
        key: 23,
        versions: Versions::new(2, 4),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "OffsetForLeaderEpochRequest",
    min_sizes: &[4, 8, 6],
    fields: &[
        FieldSchema::of(field::REPLICA_ID, Kind::Int32, Versions::from(3))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-2))
            .ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_FOR_LEADER_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_FOR_LEADER_TOPIC: StructSchema = StructSchema {
    name: "OffsetForLeaderTopic",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_FOR_LEADER_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_FOR_LEADER_PARTITION: StructSchema = StructSchema {
    name: "OffsetForLeaderPartition",
    min_sizes: &[12, 12, 13],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::CURRENT_LEADER_EPOCH, Kind::Int32, Versions::from(2))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "OffsetForLeaderEpochResponse",
    min_sizes: &[8, 8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(2)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FOR_LEADER_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_OFFSET_FOR_LEADER_TOPIC_RESULT: StructSchema = StructSchema {
    name: "OffsetForLeaderTopicResult",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_EPOCH_END_OFFSET)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_EPOCH_END_OFFSET: StructSchema = StructSchema {
    name: "EpochEndOffset",
    min_sizes: &[18, 18, 19],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::END_OFFSET, Kind::Int64, Versions::from(0)).default(DefaultValue::Int(-1)),
    ],
};
