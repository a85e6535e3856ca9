//! `CreateDelegationToken`, key 38.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `CreateDelegationToken`, key 38.
pub(crate) static API: Api = Api {
    key: 38,
    name: "CreateDelegationToken",
    request: MessageSchema {
        name: "CreateDelegationTokenRequest",
        key: 38,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "CreateDelegationTokenResponse",
        key: 38,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "CreateDelegationTokenRequest",
    min_sizes: &[12, 10, 12],
    fields: &[
        FieldSchema::of(field::OWNER_PRINCIPAL_TYPE, Kind::String, Versions::from(3))
            .nullable(Versions::from(3)),
        FieldSchema::of(field::OWNER_PRINCIPAL_NAME, Kind::String, Versions::from(3))
            .nullable(Versions::from(3)),
        FieldSchema::of(
            field::RENEWERS,
            Kind::Array(&Kind::Struct(&REQUEST_CREATABLE_RENEWERS)),
            Versions::from(0),
        ),
        FieldSchema::of(field::MAX_LIFETIME_MS, Kind::Int64, Versions::from(0)),
    ],
};

static REQUEST_CREATABLE_RENEWERS: StructSchema = StructSchema {
    name: "CreatableRenewers",
    min_sizes: &[4, 3, 3],
    fields: &[
        FieldSchema::of(field::PRINCIPAL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_NAME, Kind::String, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "CreateDelegationTokenResponse",
    min_sizes: &[40, 35, 37],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::TOKEN_REQUESTER_PRINCIPAL_TYPE, Kind::String, Versions::from(3)),
        FieldSchema::of(field::TOKEN_REQUESTER_PRINCIPAL_NAME, Kind::String, Versions::from(3)),
        FieldSchema::of(field::ISSUE_TIMESTAMP_MS, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::EXPIRY_TIMESTAMP_MS, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::MAX_TIMESTAMP_MS, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::TOKEN_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::HMAC, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
    ],
};
