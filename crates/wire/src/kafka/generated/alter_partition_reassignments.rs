//! `AlterPartitionReassignments`, key 45.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `AlterPartitionReassignments`, key 45.
pub(crate) static API: Api = Api {
    key: 45,
    name: "AlterPartitionReassignments",
    request: MessageSchema {
        name: "AlterPartitionReassignmentsRequest",
        key: 45,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterPartitionReassignmentsResponse",
        key: 45,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterPartitionReassignmentsRequest",
    min_sizes: &[6, 7],
    fields: &[
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(60000)),
        FieldSchema::of(field::ALLOW_REPLICATION_FACTOR_CHANGE, Kind::Bool, Versions::from(1))
            .default(DefaultValue::Bool(true)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_REASSIGNABLE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_REASSIGNABLE_TOPIC: StructSchema = StructSchema {
    name: "ReassignableTopic",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_REASSIGNABLE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_REASSIGNABLE_PARTITION: StructSchema = StructSchema {
    name: "ReassignablePartition",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Null),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterPartitionReassignmentsResponse",
    min_sizes: &[9, 10],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ALLOW_REPLICATION_FACTOR_CHANGE, Kind::Bool, Versions::from(1))
            .default(DefaultValue::Bool(true))
            .ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_REASSIGNABLE_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_REASSIGNABLE_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "ReassignableTopicResponse",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_REASSIGNABLE_PARTITION_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_REASSIGNABLE_PARTITION_RESPONSE: StructSchema = StructSchema {
    name: "ReassignablePartitionResponse",
    min_sizes: &[8, 8],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
