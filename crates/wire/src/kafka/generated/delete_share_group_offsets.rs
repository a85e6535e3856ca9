//! `DeleteShareGroupOffsets`, key 92.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DeleteShareGroupOffsets`, key 92.
pub(crate) static API: Api = Api {
    key: 92,
    name: "DeleteShareGroupOffsets",
    request: MessageSchema {
        name: "DeleteShareGroupOffsetsRequest",
        key: 92,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteShareGroupOffsetsResponse",
        key: 92,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteShareGroupOffsetsRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_DELETE_SHARE_GROUP_OFFSETS_REQUEST_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_DELETE_SHARE_GROUP_OFFSETS_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "DeleteShareGroupOffsetsRequestTopic",
    min_sizes: &[2],
    fields: &[FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName)],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteShareGroupOffsetsResponse",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETE_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETE_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "DeleteShareGroupOffsetsResponseTopic",
    min_sizes: &[21],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
