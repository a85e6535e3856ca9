//! `ElectLeaders`, key 43.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ElectLeaders`, key 43.
pub(crate) static API: Api = Api {
    key: 43,
    name: "ElectLeaders",
    request: MessageSchema {
        name: "ElectLeadersRequest",
        key: 43,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ElectLeadersResponse",
        key: 43,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ElectLeadersRequest",
    min_sizes: &[8, 9, 7],
    fields: &[
        FieldSchema::of(field::ELECTION_TYPE, Kind::Int8, Versions::from(1)),
        FieldSchema::of(
            field::TOPIC_PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_TOPIC_PARTITIONS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0)),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(60000)),
    ],
};

static REQUEST_TOPIC_PARTITIONS: StructSchema = StructSchema {
    name: "TopicPartitions",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ElectLeadersResponse",
    min_sizes: &[8, 10, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(1)),
        FieldSchema::of(
            field::REPLICA_ELECTION_RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_REPLICA_ELECTION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_REPLICA_ELECTION_RESULT: StructSchema = StructSchema {
    name: "ReplicaElectionResult",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITION_RESULT,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_RESULT: StructSchema = StructSchema {
    name: "PartitionResult",
    min_sizes: &[8, 8, 8],
    fields: &[
        FieldSchema::of(field::PARTITION_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
