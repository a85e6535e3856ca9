//! `OffsetDelete`, key 47.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `OffsetDelete`, key 47.
pub(crate) static API: Api = Api {
    key: 47,
    name: "OffsetDelete",
    request: MessageSchema {
        name: "OffsetDeleteRequest",
        key: 47,
        versions: Versions::new(0, 0),
        flexible: Versions::NONE,
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "OffsetDeleteResponse",
        key: 47,
        versions: Versions::new(0, 0),
        flexible: Versions::NONE,
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "OffsetDeleteRequest",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_DELETE_REQUEST_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_DELETE_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "OffsetDeleteRequestTopic",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_DELETE_REQUEST_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_OFFSET_DELETE_REQUEST_PARTITION: StructSchema = StructSchema {
    name: "OffsetDeleteRequestPartition",
    min_sizes: &[4],
    fields: &[FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "OffsetDeleteResponse",
    min_sizes: &[10],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_DELETE_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_OFFSET_DELETE_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "OffsetDeleteResponseTopic",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_DELETE_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_OFFSET_DELETE_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "OffsetDeleteResponsePartition",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)).map_key(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
