//! `WriteShareGroupState`, key 85.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `WriteShareGroupState`, key 85.
pub(crate) static API: Api = Api {
    key: 85,
    name: "WriteShareGroupState",
    request: MessageSchema {
        name: "WriteShareGroupStateRequest",
        key: 85,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "WriteShareGroupStateResponse",
        key: 85,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "WriteShareGroupStateRequest",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_WRITE_STATE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_WRITE_STATE_DATA: StructSchema = StructSchema {
    name: "WriteStateData",
    min_sizes: &[18, 18],
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
    min_sizes: &[22, 26],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::STATE_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_COMPLETE_COUNT, Kind::Int32, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::STATE_BATCHES,
            Kind::Array(&Kind::Struct(&REQUEST_STATE_BATCH)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_STATE_BATCH: StructSchema = StructSchema {
    name: "StateBatch",
    min_sizes: &[20, 20],
    fields: &[
        FieldSchema::of(field::FIRST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_STATE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_COUNT, Kind::Int16, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "WriteShareGroupStateResponse",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::RESULTS,
        Kind::Array(&Kind::Struct(&RESPONSE_WRITE_STATE_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_WRITE_STATE_RESULT: StructSchema = StructSchema {
    name: "WriteStateResult",
    min_sizes: &[18, 18],
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
    min_sizes: &[8, 8],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
