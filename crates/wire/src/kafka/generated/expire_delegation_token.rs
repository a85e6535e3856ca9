//! `ExpireDelegationToken`, key 40.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `ExpireDelegationToken`, key 40.
pub(crate) static API: Api = Api {
    key: 40,
    name: "ExpireDelegationToken",
    request: MessageSchema {
        name: "ExpireDelegationTokenRequest",
        key: 40,
        versions: Versions::new(1, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ExpireDelegationTokenResponse",
        key: 40,
        versions: Versions::new(1, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ExpireDelegationTokenRequest",
    min_sizes: &[12, 10],
    fields: &[
        FieldSchema::of(field::HMAC, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(field::EXPIRY_TIME_PERIOD_MS, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ExpireDelegationTokenResponse",
    min_sizes: &[14, 15],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::EXPIRY_TIMESTAMP_MS, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
    ],
};
