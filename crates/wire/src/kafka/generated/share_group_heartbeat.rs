//! `ShareGroupHeartbeat`, key 76.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ShareGroupHeartbeat`, key 76.
pub(crate) static API: Api = Api {
    key: 76,
    name: "ShareGroupHeartbeat",
    request: MessageSchema {
        name: "ShareGroupHeartbeatRequest",
        key: 76,
        versions: Versions::new(1, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ShareGroupHeartbeatResponse",
        key: 76,
        versions: Versions::new(1, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ShareGroupHeartbeatRequest",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::SUBSCRIBED_TOPIC_NAMES, Kind::Array(&Kind::String), Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::TopicName)
            .default(DefaultValue::Null),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ShareGroupHeartbeatResponse",
    min_sizes: &[18],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::HEARTBEAT_INTERVAL_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ASSIGNMENT, Kind::Struct(&RESPONSE_ASSIGNMENT), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE_ASSIGNMENT: StructSchema = StructSchema {
    name: "Assignment",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::TOPIC_PARTITIONS,
        Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PARTITIONS)),
        Versions::from(0),
    )],
};

static RESPONSE_TOPIC_PARTITIONS: StructSchema = StructSchema {
    name: "TopicPartitions",
    min_sizes: &[18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};
