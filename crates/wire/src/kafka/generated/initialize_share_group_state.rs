//! `InitializeShareGroupState`, key 83.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `InitializeShareGroupState`, key 83.
pub(crate) static API: Api = Api {
    key: 83,
    name: "InitializeShareGroupState",
    request: MessageSchema {
        name: "InitializeShareGroupStateRequest",
        key: 83,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "InitializeShareGroupStateResponse",
        key: 83,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "InitializeShareGroupStateRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_INITIALIZE_STATE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_INITIALIZE_STATE_DATA: StructSchema = StructSchema {
    name: "InitializeStateData",
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
    min_sizes: &[17],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::STATE_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "InitializeShareGroupStateResponse",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::RESULTS,
        Kind::Array(&Kind::Struct(&RESPONSE_INITIALIZE_STATE_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_INITIALIZE_STATE_RESULT: StructSchema = StructSchema {
    name: "InitializeStateResult",
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
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
