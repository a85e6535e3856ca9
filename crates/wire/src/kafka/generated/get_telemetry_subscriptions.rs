//! `GetTelemetrySubscriptions`, key 71.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `GetTelemetrySubscriptions`, key 71.
pub(crate) static API: Api = Api {
    key: 71,
    name: "GetTelemetrySubscriptions",
    request: MessageSchema {
        name: "GetTelemetrySubscriptionsRequest",
        key: 71,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "GetTelemetrySubscriptionsResponse",
        key: 71,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "GetTelemetrySubscriptionsRequest",
    min_sizes: &[17],
    fields: &[FieldSchema::of(field::CLIENT_INSTANCE_ID, Kind::Uuid, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "GetTelemetrySubscriptionsResponse",
    min_sizes: &[38],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::CLIENT_INSTANCE_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::SUBSCRIPTION_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ACCEPTED_COMPRESSION_TYPES, Kind::Array(&Kind::Int8), Versions::from(0)),
        FieldSchema::of(field::PUSH_INTERVAL_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TELEMETRY_MAX_BYTES, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::DELTA_TEMPORALITY, Kind::Bool, Versions::from(0)),
        FieldSchema::of(field::REQUESTED_METRICS, Kind::Array(&Kind::String), Versions::from(0)),
    ],
};
