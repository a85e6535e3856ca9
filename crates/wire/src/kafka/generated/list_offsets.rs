//! `ListOffsets`, key 2.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ListOffsets`, key 2.
pub(crate) static API: Api = Api {
    key: 2,
    name: "ListOffsets",
    request: MessageSchema {
        name: "ListOffsetsRequest",
        key: 2,
        versions: Versions::new(1, 11),
        flexible: Versions::from(6),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ListOffsetsResponse",
        key: 2,
        versions: Versions::new(1, 11),
        flexible: Versions::from(6),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ListOffsetsRequest",
    min_sizes: &[8, 9, 9, 9, 9, 7, 7, 7, 7, 11, 11],
    fields: &[
        FieldSchema::of(field::REPLICA_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId),
        FieldSchema::of(field::ISOLATION_LEVEL, Kind::Int8, Versions::from(2)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_LIST_OFFSETS_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(10)).ignorable(),
    ],
};

static REQUEST_LIST_OFFSETS_TOPIC: StructSchema = StructSchema {
    name: "ListOffsetsTopic",
    min_sizes: &[6, 6, 6, 6, 6, 3, 3, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_LIST_OFFSETS_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_LIST_OFFSETS_PARTITION: StructSchema = StructSchema {
    name: "ListOffsetsPartition",
    min_sizes: &[12, 12, 12, 16, 16, 17, 17, 17, 17, 17, 17],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::CURRENT_LEADER_EPOCH, Kind::Int32, Versions::from(4))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::TIMESTAMP, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ListOffsetsResponse",
    min_sizes: &[4, 8, 8, 8, 8, 6, 6, 6, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(2)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_LIST_OFFSETS_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_LIST_OFFSETS_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "ListOffsetsTopicResponse",
    min_sizes: &[6, 6, 6, 6, 6, 3, 3, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_LIST_OFFSETS_PARTITION_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_LIST_OFFSETS_PARTITION_RESPONSE: StructSchema = StructSchema {
    name: "ListOffsetsPartitionResponse",
    min_sizes: &[22, 22, 22, 26, 26, 27, 27, 27, 27, 27, 27],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::TIMESTAMP, Kind::Int64, Versions::from(1)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::OFFSET, Kind::Int64, Versions::from(1)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(4)).default(DefaultValue::Int(-1)),
    ],
};
