//! `DescribeQuorum`, key 55.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeQuorum`, key 55.
pub(crate) static API: Api = Api {
    key: 55,
    name: "DescribeQuorum",
    request: MessageSchema {
        name: "DescribeQuorumRequest",
        key: 55,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeQuorumResponse",
        key: 55,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeQuorumRequest",
    min_sizes: &[2, 2, 2],
    fields: &[FieldSchema::of(
        field::TOPICS,
        Kind::Array(&Kind::Struct(&REQUEST_TOPIC_DATA)),
        Versions::from(0),
    )],
};

static REQUEST_TOPIC_DATA: StructSchema = StructSchema {
    name: "TopicData",
    min_sizes: &[3, 3, 3],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_PARTITION_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_PARTITION_DATA: StructSchema = StructSchema {
    name: "PartitionData",
    min_sizes: &[5, 5, 5],
    fields: &[FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeQuorumResponse",
    min_sizes: &[4, 4, 6],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(2))
            .nullable(Versions::from(2))
            .ignorable(),
        FieldSchema::of(field::TOPICS, Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_DATA)), Versions::from(0)),
        FieldSchema::of(field::NODES, Kind::Array(&Kind::Struct(&RESPONSE_NODE)), Versions::from(2)),
    ],
};

static RESPONSE_TOPIC_DATA: StructSchema = StructSchema {
    name: "TopicData",
    min_sizes: &[3, 3, 3],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_DATA)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_DATA: StructSchema = StructSchema {
    name: "PartitionData",
    min_sizes: &[25, 25, 26],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(2))
            .nullable(Versions::from(2))
            .ignorable(),
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::HIGH_WATERMARK, Kind::Int64, Versions::from(0)),
        FieldSchema::of(
            field::CURRENT_VOTERS,
            Kind::Array(&Kind::Struct(&RESPONSE_REPLICA_STATE)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::OBSERVERS,
            Kind::Array(&Kind::Struct(&RESPONSE_REPLICA_STATE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_NODE: StructSchema = StructSchema {
    name: "Node",
    min_sizes: &[1, 1, 6],
    fields: &[
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(2)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::LISTENERS, Kind::Array(&Kind::Struct(&RESPONSE_LISTENER)), Versions::from(2)),
    ],
};

static RESPONSE_LISTENER: StructSchema = StructSchema {
    name: "Listener",
    min_sizes: &[1, 1, 5],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(2)).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(2)),
        FieldSchema::of(field::PORT, Kind::Uint16, Versions::from(2)),
    ],
};

static RESPONSE_REPLICA_STATE: StructSchema = StructSchema {
    name: "ReplicaState",
    min_sizes: &[13, 29, 45],
    fields: &[
        FieldSchema::of(field::REPLICA_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId),
        FieldSchema::of(field::REPLICA_DIRECTORY_ID, Kind::Uuid, Versions::from(2)),
        FieldSchema::of(field::LOG_END_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_FETCH_TIMESTAMP, Kind::Int64, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::LAST_CAUGHT_UP_TIMESTAMP, Kind::Int64, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
    ],
};
