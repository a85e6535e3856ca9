//! `ReadShareGroupStateSummary`, key 87.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ReadShareGroupStateSummary`, key 87.
pub(crate) static API: Api = Api {
    key: 87,
    name: "ReadShareGroupStateSummary",
    request: MessageSchema {
        name: "ReadShareGroupStateSummaryRequest",
        key: 87,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ReadShareGroupStateSummaryResponse",
        key: 87,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ReadShareGroupStateSummaryRequest",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_READ_STATE_SUMMARY_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_READ_STATE_SUMMARY_DATA: StructSchema = StructSchema {
    name: "ReadStateSummaryData",
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
    min_sizes: &[9, 9],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ReadShareGroupStateSummaryResponse",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::RESULTS,
        Kind::Array(&Kind::Struct(&RESPONSE_READ_STATE_SUMMARY_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_READ_STATE_SUMMARY_RESULT: StructSchema = StructSchema {
    name: "ReadStateSummaryResult",
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
    min_sizes: &[24, 28],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::STATE_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_COMPLETE_COUNT, Kind::Int32, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
    ],
};
