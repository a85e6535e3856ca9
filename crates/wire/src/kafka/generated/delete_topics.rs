//! `DeleteTopics`, key 20.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DeleteTopics`, key 20.
pub(crate) static API: Api = Api {
    key: 20,
    name: "DeleteTopics",
    request: MessageSchema {
        name: "DeleteTopicsRequest",
        key: 20,
        versions: Versions::new(1, 6),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteTopicsResponse",
        key: 20,
        versions: Versions::new(1, 6),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteTopicsRequest",
    min_sizes: &[8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_DELETE_TOPIC_STATE)),
            Versions::from(6),
        ),
        FieldSchema::of(field::TOPIC_NAMES, Kind::Array(&Kind::String), Versions::new(0, 5))
            .entity(Entity::TopicName)
            .ignorable(),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)),
    ],
};

static REQUEST_DELETE_TOPIC_STATE: StructSchema = StructSchema {
    name: "DeleteTopicState",
    min_sizes: &[0, 0, 0, 1, 1, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(6))
            .nullable(Versions::from(6))
            .entity(Entity::TopicName)
            .default(DefaultValue::Null),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(6)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteTopicsResponse",
    min_sizes: &[8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETABLE_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETABLE_TOPIC_RESULT: StructSchema = StructSchema {
    name: "DeletableTopicResult",
    min_sizes: &[4, 4, 4, 4, 5, 21],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0))
            .nullable(Versions::from(6))
            .entity(Entity::TopicName)
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(6)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
    ],
};
