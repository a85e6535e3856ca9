//! `CreatePartitions`, key 37.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `CreatePartitions`, key 37.
pub(crate) static API: Api = Api {
    key: 37,
    name: "CreatePartitions",
    request: MessageSchema {
        name: "CreatePartitionsRequest",
        key: 37,
        versions: Versions::new(0, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "CreatePartitionsResponse",
        key: 37,
        versions: Versions::new(0, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "CreatePartitionsRequest",
    min_sizes: &[9, 9, 7, 7],
    fields: &[
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATE_PARTITIONS_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::VALIDATE_ONLY, Kind::Bool, Versions::from(0)),
    ],
};

static REQUEST_CREATE_PARTITIONS_TOPIC: StructSchema = StructSchema {
    name: "CreatePartitionsTopic",
    min_sizes: &[10, 10, 7, 7],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::COUNT, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::ASSIGNMENTS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATE_PARTITIONS_ASSIGNMENT)),
            Versions::from(0),
        )
        .nullable(Versions::from(0)),
    ],
};

static REQUEST_CREATE_PARTITIONS_ASSIGNMENT: StructSchema = StructSchema {
    name: "CreatePartitionsAssignment",
    min_sizes: &[4, 4, 2, 2],
    fields: &[FieldSchema::of(field::BROKER_IDS, Kind::Array(&Kind::Int32), Versions::from(0))
        .entity(Entity::BrokerId)],
};

static RESPONSE: StructSchema = StructSchema {
    name: "CreatePartitionsResponse",
    min_sizes: &[8, 8, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_CREATE_PARTITIONS_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_CREATE_PARTITIONS_TOPIC_RESULT: StructSchema = StructSchema {
    name: "CreatePartitionsTopicResult",
    min_sizes: &[6, 6, 5, 5],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
