//! `Produce`, key 0.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `Produce`, key 0.
pub(crate) static API: Api = Api {
    key: 0,
    name: "Produce",
    request: MessageSchema {
        name: "ProduceRequest",
        key: 0,
        versions: Versions::new(3, 13),
        flexible: Versions::from(9),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ProduceResponse",
        key: 0,
        versions: Versions::new(3, 13),
        flexible: Versions::from(9),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ProduceRequest",
    min_sizes: &[12, 12, 12, 12, 12, 12, 9, 9, 9, 9, 9],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3))
            .entity(Entity::TransactionalId)
            .default(DefaultValue::Null),
        FieldSchema::of(field::ACKS, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::TOPIC_DATA,
            Kind::Array(&Kind::Struct(&REQUEST_TOPIC_PRODUCE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_TOPIC_PRODUCE_DATA: StructSchema = StructSchema {
    name: "TopicProduceData",
    min_sizes: &[6, 6, 6, 6, 6, 6, 3, 3, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 12))
            .entity(Entity::TopicName)
            .ignorable()
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(13)).ignorable().map_key(),
        FieldSchema::of(
            field::PARTITION_DATA,
            Kind::Array(&Kind::Struct(&REQUEST_PARTITION_PRODUCE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_PARTITION_PRODUCE_DATA: StructSchema = StructSchema {
    name: "PartitionProduceData",
    min_sizes: &[8, 8, 8, 8, 8, 8, 6, 6, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::RECORDS, Kind::Records, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ProduceResponse",
    min_sizes: &[8, 8, 8, 8, 8, 8, 6, 6, 6, 6, 6],
    fields: &[
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PRODUCE_RESPONSE)),
            Versions::from(0),
        ),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(
            field::NODE_ENDPOINTS,
            Kind::Array(&Kind::Struct(&RESPONSE_NODE_ENDPOINT)),
            Versions::from(10),
        )
        .tag(0, Versions::from(10)),
    ],
};

static RESPONSE_TOPIC_PRODUCE_RESPONSE: StructSchema = StructSchema {
    name: "TopicProduceResponse",
    min_sizes: &[6, 6, 6, 6, 6, 6, 3, 3, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 12))
            .entity(Entity::TopicName)
            .ignorable()
            .map_key(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(13)).ignorable().map_key(),
        FieldSchema::of(
            field::PARTITION_RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_PRODUCE_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_PRODUCE_RESPONSE: StructSchema = StructSchema {
    name: "PartitionProduceResponse",
    min_sizes: &[22, 22, 30, 30, 30, 36, 33, 33, 33, 33, 33],
    fields: &[
        FieldSchema::of(field::INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::BASE_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LOG_APPEND_TIME_MS, Kind::Int64, Versions::from(2))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::LOG_START_OFFSET, Kind::Int64, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::RECORD_ERRORS,
            Kind::Array(&Kind::Struct(&RESPONSE_BATCH_INDEX_AND_ERROR_MESSAGE)),
            Versions::from(8),
        )
        .ignorable(),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(8))
            .nullable(Versions::from(8))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(
            field::CURRENT_LEADER,
            Kind::Struct(&RESPONSE_LEADER_ID_AND_EPOCH),
            Versions::from(10),
        )
        .tag(0, Versions::from(10)),
    ],
};

static RESPONSE_BATCH_INDEX_AND_ERROR_MESSAGE: StructSchema = StructSchema {
    name: "BatchIndexAndErrorMessage",
    min_sizes: &[0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::BATCH_INDEX, Kind::Int32, Versions::from(8)),
        FieldSchema::of(field::BATCH_INDEX_ERROR_MESSAGE, Kind::String, Versions::from(8))
            .nullable(Versions::from(8))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE_LEADER_ID_AND_EPOCH: StructSchema = StructSchema {
    name: "LeaderIdAndEpoch",
    min_sizes: &[0, 0, 0, 0, 0, 0, 1, 9, 9, 9, 9],
    fields: &[
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(10))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(10)).default(DefaultValue::Int(-1)),
    ],
};

static RESPONSE_NODE_ENDPOINT: StructSchema = StructSchema {
    name: "NodeEndpoint",
    min_sizes: &[0, 0, 0, 0, 0, 0, 1, 11, 11, 11, 11],
    fields: &[
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(10)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(10)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(10)),
        FieldSchema::of(field::RACK, Kind::String, Versions::from(10))
            .nullable(Versions::from(10))
            .default(DefaultValue::Null),
    ],
};
