//! `WriteTxnMarkers`, key 27.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `WriteTxnMarkers`, key 27.
pub(crate) static API: Api = Api {
    key: 27,
    name: "WriteTxnMarkers",
    request: MessageSchema {
        name: "WriteTxnMarkersRequest",
        key: 27,
        versions: Versions::new(1, 2),
        flexible: Versions::from(1),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "WriteTxnMarkersResponse",
        key: 27,
        versions: Versions::new(1, 2),
        flexible: Versions::from(1),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "WriteTxnMarkersRequest",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::MARKERS,
        Kind::Array(&Kind::Struct(&REQUEST_WRITABLE_TXN_MARKER)),
        Versions::from(0),
    )],
};

static REQUEST_WRITABLE_TXN_MARKER: StructSchema = StructSchema {
    name: "WritableTxnMarker",
    min_sizes: &[17, 18],
    fields: &[
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::TRANSACTION_RESULT, Kind::Bool, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_WRITABLE_TXN_MARKER_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::COORDINATOR_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TRANSACTION_VERSION, Kind::Int8, Versions::from(2)).ignorable(),
    ],
};

static REQUEST_WRITABLE_TXN_MARKER_TOPIC: StructSchema = StructSchema {
    name: "WritableTxnMarkerTopic",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEXES, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "WriteTxnMarkersResponse",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::MARKERS,
        Kind::Array(&Kind::Struct(&RESPONSE_WRITABLE_TXN_MARKER_RESULT)),
        Versions::from(0),
    )],
};

static RESPONSE_WRITABLE_TXN_MARKER_RESULT: StructSchema = StructSchema {
    name: "WritableTxnMarkerResult",
    min_sizes: &[10, 10],
    fields: &[
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_WRITABLE_TXN_MARKER_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_WRITABLE_TXN_MARKER_TOPIC_RESULT: StructSchema = StructSchema {
    name: "WritableTxnMarkerTopicResult",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_WRITABLE_TXN_MARKER_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_WRITABLE_TXN_MARKER_PARTITION_RESULT: StructSchema = StructSchema {
    name: "WritableTxnMarkerPartitionResult",
    min_sizes: &[7, 7],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
