//! `SaslHandshake`, key 17.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `SaslHandshake`, key 17.
pub(crate) static API: Api = Api {
    key: 17,
    name: "SaslHandshake",
    request: MessageSchema {
        name: "SaslHandshakeRequest",
        key: 17,
        versions: Versions::new(0, 1),
        flexible: Versions::NONE,
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "SaslHandshakeResponse",
        key: 17,
        versions: Versions::new(0, 1),
        flexible: Versions::NONE,
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "SaslHandshakeRequest",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(field::MECHANISM, Kind::String, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "SaslHandshakeResponse",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::MECHANISMS, Kind::Array(&Kind::String), Versions::from(0)),
    ],
};
