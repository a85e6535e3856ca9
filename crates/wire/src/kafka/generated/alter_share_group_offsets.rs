//! `AlterShareGroupOffsets`, key 91.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `AlterShareGroupOffsets`, key 91.
pub(crate) static API: Api = Api {
    key: 91,
    name: "AlterShareGroupOffsets",
    request: MessageSchema {
        name: "AlterShareGroupOffsetsRequest",
        key: 91,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterShareGroupOffsetsResponse",
        key: 91,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_ALTER_SHARE_GROUP_OFFSETS_REQUEST_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ALTER_SHARE_GROUP_OFFSETS_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsRequestTopic",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0))
            .entity(Entity::TopicName)
            .map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_ALTER_SHARE_GROUP_OFFSETS_REQUEST_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ALTER_SHARE_GROUP_OFFSETS_REQUEST_PARTITION: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsRequestPartition",
    min_sizes: &[13],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsResponse",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsResponseTopic",
    min_sizes: &[19],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0))
            .entity(Entity::TopicName)
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_SHARE_GROUP_OFFSETS_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_SHARE_GROUP_OFFSETS_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "AlterShareGroupOffsetsResponsePartition",
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
