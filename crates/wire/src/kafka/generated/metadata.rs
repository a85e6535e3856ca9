//! `Metadata`, key 3.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `Metadata`, key 3.
pub(crate) static API: Api = Api {
    key: 3,
    name: "Metadata",
    request: MessageSchema {
        name: "MetadataRequest",
        key: 3,
        versions: Versions::new(0, 13),
        flexible: Versions::from(9),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "MetadataResponse",
        key: 3,
        versions: Versions::new(0, 13),
        flexible: Versions::from(9),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "MetadataRequest",
    min_sizes: &[4, 4, 4, 4, 5, 5, 5, 5, 7, 5, 5, 4, 4, 4],
    fields: &[
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_METADATA_REQUEST_TOPIC)),
            Versions::from(0),
        )
        .nullable(Versions::from(1)),
        FieldSchema::of(field::ALLOW_AUTO_TOPIC_CREATION, Kind::Bool, Versions::from(4))
            .default(DefaultValue::Bool(true)),
        FieldSchema::of(field::INCLUDE_CLUSTER_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::new(8, 10)),
        FieldSchema::of(field::INCLUDE_TOPIC_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::from(8)),
    ],
};

static REQUEST_METADATA_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "MetadataRequestTopic",
    min_sizes: &[2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0))
            .nullable(Versions::from(10))
            .entity(Entity::TopicName),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "MetadataResponse",
    min_sizes: &[8, 12, 14, 18, 18, 18, 18, 18, 22, 16, 16, 12, 12, 14],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(3)).ignorable(),
        FieldSchema::of(
            field::BROKERS,
            Kind::Array(&Kind::Struct(&RESPONSE_METADATA_RESPONSE_BROKER)),
            Versions::from(0),
        ),
        FieldSchema::of(field::CLUSTER_ID, Kind::String, Versions::from(2))
            .nullable(Versions::from(2))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::CONTROLLER_ID, Kind::Int32, Versions::from(1))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_METADATA_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::CLUSTER_AUTHORIZED_OPERATIONS, Kind::Int32, Versions::new(8, 10))
            .default(DefaultValue::Int(-2147483648)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(13)).ignorable(),
    ],
};

static RESPONSE_METADATA_RESPONSE_BROKER: StructSchema = StructSchema {
    name: "MetadataResponseBroker",
    min_sizes: &[10, 12, 12, 12, 12, 12, 12, 12, 12, 11, 11, 11, 11, 11],
    fields: &[
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::RACK, Kind::String, Versions::from(1))
            .nullable(Versions::from(1))
            .default(DefaultValue::Null)
            .ignorable(),
    ],
};

static RESPONSE_METADATA_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "MetadataResponseTopic",
    min_sizes: &[8, 9, 9, 9, 9, 9, 9, 9, 13, 10, 26, 26, 26, 26],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0))
            .nullable(Versions::from(12))
            .entity(Entity::TopicName)
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(field::IS_INTERNAL, Kind::Bool, Versions::from(1)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_METADATA_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TOPIC_AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(8))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_METADATA_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "MetadataResponsePartition",
    min_sizes: &[18, 18, 18, 18, 18, 22, 22, 26, 26, 18, 18, 18, 18, 18],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(7))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::REPLICA_NODES, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::ISR_NODES, Kind::Array(&Kind::Int32), Versions::from(0))
            .entity(Entity::BrokerId),
        FieldSchema::of(field::OFFLINE_REPLICAS, Kind::Array(&Kind::Int32), Versions::from(5))
            .entity(Entity::BrokerId)
            .ignorable(),
    ],
};
