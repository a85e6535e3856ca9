//! `ListPartitionReassignments`, key 46.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ListPartitionReassignments`, key 46.
pub(crate) static API: Api = Api {
    key: 46,
    name: "ListPartitionReassignments",
    request: MessageSchema {
        name: "ListPartitionReassignmentsRequest",
        key: 46,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ListPartitionReassignmentsResponse",
        key: 46,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ListPartitionReassignmentsRequest",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(60000)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_LIST_PARTITION_REASSIGNMENTS_TOPICS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
    ],
};

static REQUEST_LIST_PARTITION_REASSIGNMENTS_TOPICS: StructSchema = StructSchema {
    name: "ListPartitionReassignmentsTopics",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEXES, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ListPartitionReassignmentsResponse",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_ONGOING_TOPIC_REASSIGNMENT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ONGOING_TOPIC_REASSIGNMENT: StructSchema = StructSchema {
    name: "OngoingTopicReassignment",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_ONGOING_PARTITION_REASSIGNMENT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ONGOING_PARTITION_REASSIGNMENT: StructSchema = StructSchema {
    name: "OngoingPartitionReassignment",
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::ADDING_REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::REMOVING_REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
    ],
};
