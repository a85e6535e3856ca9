//! `DeleteShareGroupState`, key 86.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DeleteShareGroupState`, key 86.
pub(crate) static API: Api = Api {
    key: 86,
    name: "DeleteShareGroupState",
    request: MessageSchema {
        name: "DeleteShareGroupStateRequest",
        key: 86,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteShareGroupStateResponse",
        key: 86,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteShareGroupStateRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_DELETE_STATE_DATA)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_DELETE_STATE_DATA: StructSchema = StructSchema {
    name: "DeleteStateData",
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
    min_sizes: &[5],
    fields: &[FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteShareGroupStateResponse",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::RESULTS,
        Kind::Array(&Kind::Struct(&RESPONSE_DELETE_STATE_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_DELETE_STATE_RESULT: StructSchema = StructSchema {
    name: "DeleteStateResult",
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
