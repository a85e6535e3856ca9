//! `ConsumerGroupHeartbeat`, key 68.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ConsumerGroupHeartbeat`, key 68.
pub(crate) static API: Api = Api {
    key: 68,
    name: "ConsumerGroupHeartbeat",
    request: MessageSchema {
        name: "ConsumerGroupHeartbeatRequest",
        key: 68,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ConsumerGroupHeartbeatResponse",
        key: 68,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ConsumerGroupHeartbeatRequest",
    min_sizes: &[16, 17],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::INSTANCE_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::REBALANCE_TIMEOUT_MS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::SUBSCRIBED_TOPIC_NAMES, Kind::Array(&Kind::String), Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::TopicName)
            .default(DefaultValue::Null),
        FieldSchema::of(field::SUBSCRIBED_TOPIC_REGEX, Kind::String, Versions::from(1))
            .nullable(Versions::from(1))
            .default(DefaultValue::Null),
        FieldSchema::of(field::SERVER_ASSIGNOR, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::TOPIC_PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_TOPIC_PARTITIONS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
    ],
};

static REQUEST_TOPIC_PARTITIONS: StructSchema = StructSchema {
    name: "TopicPartitions",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ConsumerGroupHeartbeatResponse",
    min_sizes: &[18, 18],
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
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::TOPIC_PARTITIONS,
        Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PARTITIONS)),
        Versions::from(0),
    )],
};

static RESPONSE_TOPIC_PARTITIONS: StructSchema = StructSchema {
    name: "TopicPartitions",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};
