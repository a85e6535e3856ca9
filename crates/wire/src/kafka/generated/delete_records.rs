//! `DeleteRecords`, key 21.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DeleteRecords`, key 21.
pub(crate) static API: Api = Api {
    key: 21,
    name: "DeleteRecords",
    request: MessageSchema {
        name: "DeleteRecordsRequest",
        key: 21,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteRecordsResponse",
        key: 21,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteRecordsRequest",
    min_sizes: &[8, 8, 6],
    fields: &[
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_DELETE_RECORDS_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)),
    ],
};

static REQUEST_DELETE_RECORDS_TOPIC: StructSchema = StructSchema {
    name: "DeleteRecordsTopic",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_DELETE_RECORDS_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_DELETE_RECORDS_PARTITION: StructSchema = StructSchema {
    name: "DeleteRecordsPartition",
    min_sizes: &[12, 12, 13],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::OFFSET, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteRecordsResponse",
    min_sizes: &[8, 8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETE_RECORDS_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETE_RECORDS_TOPIC_RESULT: StructSchema = StructSchema {
    name: "DeleteRecordsTopicResult",
    min_sizes: &[6, 6, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETE_RECORDS_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETE_RECORDS_PARTITION_RESULT: StructSchema = StructSchema {
    name: "DeleteRecordsPartitionResult",
    min_sizes: &[14, 14, 15],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)).map_key(),
        FieldSchema::of(field::LOW_WATERMARK, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
