//! `SaslAuthenticate`, key 36.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `SaslAuthenticate`, key 36.
pub(crate) static API: Api = Api {
    key: 36,
    name: "SaslAuthenticate",
    request: MessageSchema {
        name: "SaslAuthenticateRequest",
        key: 36,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "SaslAuthenticateResponse",
        key: 36,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "SaslAuthenticateRequest",
    min_sizes: &[4, 4, 2],
    fields: &[FieldSchema::of(field::AUTH_BYTES, Kind::Bytes, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "SaslAuthenticateResponse",
    min_sizes: &[8, 16, 13],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::AUTH_BYTES, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(field::SESSION_LIFETIME_MS, Kind::Int64, Versions::from(1)).ignorable(),
    ],
};
