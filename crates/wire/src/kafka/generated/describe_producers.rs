//! `DescribeProducers`, key 61.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeProducers`, key 61.
pub(crate) static API: Api = Api {
    key: 61,
    name: "DescribeProducers",
    request: MessageSchema {
        name: "DescribeProducersRequest",
        key: 61,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeProducersResponse",
        key: 61,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeProducersRequest",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::TOPICS,
        Kind::Array(&Kind::Struct(&REQUEST_TOPIC_REQUEST)),
        Versions::from(0),
    )],
};

static REQUEST_TOPIC_REQUEST: StructSchema = StructSchema {
    name: "TopicRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEXES, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeProducersResponse",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "TopicResponse",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_RESPONSE: StructSchema = StructSchema {
    name: "PartitionResponse",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::ACTIVE_PRODUCERS,
            Kind::Array(&Kind::Struct(&RESPONSE_PRODUCER_STATE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PRODUCER_STATE: StructSchema = StructSchema {
    name: "ProducerState",
    min_sizes: &[37],
    fields: &[
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LAST_SEQUENCE, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::LAST_TIMESTAMP, Kind::Int64, Versions::from(0)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::COORDINATOR_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::CURRENT_TXN_START_OFFSET, Kind::Int64, Versions::from(0))
            .default(DefaultValue::Int(-1)),
    ],
};
