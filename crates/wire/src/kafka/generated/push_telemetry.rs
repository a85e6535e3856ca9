//! `PushTelemetry`, key 72.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `PushTelemetry`, key 72.
pub(crate) static API: Api = Api {
    key: 72,
    name: "PushTelemetry",
    request: MessageSchema {
        name: "PushTelemetryRequest",
        key: 72,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "PushTelemetryResponse",
        key: 72,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "PushTelemetryRequest",
    min_sizes: &[24],
    fields: &[
        FieldSchema::of(field::CLIENT_INSTANCE_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::SUBSCRIPTION_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TERMINATING, Kind::Bool, Versions::from(0)),
        FieldSchema::of(field::COMPRESSION_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::METRICS, Kind::Bytes, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "PushTelemetryResponse",
    min_sizes: &[7],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
