//! `ReadShareGroupState`, key 84.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ReadShareGroupState`, key 84.
pub(crate) static API: Api = Api {
    key: 84,
    name: "ReadShareGroupState",
    request: MessageSchema {
        name: "ReadShareGroupStateRequest",
        key: 84,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ReadShareGroupStateResponse",
        key: 84,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ReadShareGroupStateRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_READ_STATE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_READ_STATE_DATA: StructSchema = StructSchema {
    name: "ReadStateData",
    min_sizes: &[18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_PARTITION_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_PARTITION_DATA: StructSchema = StructSchema {
    name: "PartitionData",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ReadShareGroupStateResponse",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::RESULTS,
        Kind::Array(&Kind::Struct(&RESPONSE_READ_STATE_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_READ_STATE_RESULT: StructSchema = StructSchema {
    name: "ReadStateResult",
    min_sizes: &[18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_RESULT: StructSchema = StructSchema {
    name: "PartitionResult",
    min_sizes: &[21],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::STATE_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(
            field::STATE_BATCHES,
            Kind::Array(&Kind::Struct(&RESPONSE_STATE_BATCH)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_STATE_BATCH: StructSchema = StructSchema {
    name: "StateBatch",
    min_sizes: &[20],
    fields: &[
        FieldSchema::of(field::FIRST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_STATE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_COUNT, Kind::Int16, Versions::from(0)),
    ],
};
