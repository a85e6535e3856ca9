//! `DescribeTopicPartitions`, key 75.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeTopicPartitions`, key 75.
pub(crate) static API: Api = Api {
    key: 75,
    name: "DescribeTopicPartitions",
    request: MessageSchema {
        name: "DescribeTopicPartitionsRequest",
        key: 75,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeTopicPartitionsResponse",
        key: 75,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeTopicPartitionsRequest",
    min_sizes: &[7],
    fields: &[
        FieldSchema::of(field::TOPICS, Kind::Array(&Kind::Struct(&REQUEST_TOPIC_REQUEST)), Versions::from(0)),
        FieldSchema::of(field::RESPONSE_PARTITION_LIMIT, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(2000)),
        FieldSchema::of(field::CURSOR, Kind::Struct(&REQUEST_CURSOR), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static REQUEST_TOPIC_REQUEST: StructSchema = StructSchema {
    name: "TopicRequest",
    min_sizes: &[2],
    fields: &[FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName)],
};

static REQUEST_CURSOR: StructSchema = StructSchema {
    name: "Cursor",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeTopicPartitionsResponse",
    min_sizes: &[7],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_TOPIC_PARTITIONS_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::NEXT_CURSOR, Kind::Struct(&RESPONSE_CURSOR), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE_DESCRIBE_TOPIC_PARTITIONS_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "DescribeTopicPartitionsResponseTopic",
    min_sizes: &[26],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::TopicName)
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)).ignorable(),
        FieldSchema::of(field::IS_INTERNAL, Kind::Bool, Versions::from(0)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_TOPIC_PARTITIONS_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TOPIC_AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_DESCRIBE_TOPIC_PARTITIONS_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "DescribeTopicPartitionsResponsePartition",
    min_sizes: &[20],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::REPLICA_NODES, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::ISR_NODES, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::ELIGIBLE_LEADER_REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Null),
        FieldSchema::of(field::LAST_KNOWN_ELR, Kind::Array(&Kind::Int32), Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Null),
        FieldSchema::of(field::OFFLINE_REPLICAS, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId)
            .ignorable(),
    ],
};

static RESPONSE_CURSOR: StructSchema = StructSchema {
    name: "Cursor",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
    ],
};
