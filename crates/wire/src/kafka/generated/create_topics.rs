//! `CreateTopics`, key 19.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `CreateTopics`, key 19.
pub(crate) static API: Api = Api {
    key: 19,
    name: "CreateTopics",
    request: MessageSchema {
        name: "CreateTopicsRequest",
        key: 19,
        versions: Versions::new(2, 7),
        flexible: Versions::from(5),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "CreateTopicsResponse",
        key: 19,
        versions: Versions::new(2, 7),
        flexible: Versions::from(5),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "CreateTopicsRequest",
    min_sizes: &[9, 9, 9, 7, 7, 7],
    fields: &[
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATABLE_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(60000)),
        FieldSchema::of(field::VALIDATE_ONLY, Kind::Bool, Versions::from(1)),
    ],
};

static REQUEST_CREATABLE_TOPIC: StructSchema = StructSchema {
    name: "CreatableTopic",
    min_sizes: &[16, 16, 16, 10, 10, 10],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::NUM_PARTITIONS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICATION_FACTOR, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::ASSIGNMENTS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATABLE_REPLICA_ASSIGNMENT)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::CONFIGS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATABLE_TOPIC_CONFIG)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_CREATABLE_REPLICA_ASSIGNMENT: StructSchema = StructSchema {
    name: "CreatableReplicaAssignment",
    min_sizes: &[8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)).map_key(),
        FieldSchema::of(field::BROKER_IDS, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
    ],
};

static REQUEST_CREATABLE_TOPIC_CONFIG: StructSchema = StructSchema {
    name: "CreatableTopicConfig",
    min_sizes: &[4, 4, 4, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "CreateTopicsResponse",
    min_sizes: &[8, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(2)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_CREATABLE_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_CREATABLE_TOPIC_RESULT: StructSchema = StructSchema {
    name: "CreatableTopicResult",
    min_sizes: &[6, 6, 6, 12, 12, 28],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(7)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(1))
            .nullable(Versions::from(0))
            .ignorable(),
        FieldSchema::of(field::TOPIC_CONFIG_ERROR_CODE, Kind::Int16, Versions::from(5))
            .tag(0, Versions::from(5))
            .ignorable(),
        FieldSchema::of(field::NUM_PARTITIONS, Kind::Int32, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::REPLICATION_FACTOR, Kind::Int16, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::CONFIGS,
            Kind::Array(&Kind::Struct(&RESPONSE_CREATABLE_TOPIC_CONFIGS)),
            Versions::from(5),
        )
        .nullable(Versions::from(5))
        .ignorable(),
    ],
};

static RESPONSE_CREATABLE_TOPIC_CONFIGS: StructSchema = StructSchema {
    name: "CreatableTopicConfigs",
    min_sizes: &[0, 0, 0, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(5)),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(5)).nullable(Versions::from(5)),
        FieldSchema::of(field::READ_ONLY, Kind::Bool, Versions::from(5)),
        FieldSchema::of(field::CONFIG_SOURCE, Kind::Int8, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::IS_SENSITIVE, Kind::Bool, Versions::from(5)),
    ],
};
