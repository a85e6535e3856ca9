//! `DescribeDelegationToken`, key 41.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DescribeDelegationToken`, key 41.
pub(crate) static API: Api = Api {
    key: 41,
    name: "DescribeDelegationToken",
    request: MessageSchema {
        name: "DescribeDelegationTokenRequest",
        key: 41,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeDelegationTokenResponse",
        key: 41,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeDelegationTokenRequest",
    min_sizes: &[4, 2, 2],
    fields: &[FieldSchema::of(
        field::OWNERS,
        Kind::Array(&Kind::Struct(&REQUEST_DESCRIBE_DELEGATION_TOKEN_OWNER)),
        Versions::from(0),
    )
    .nullable(Versions::from(0))],
};

static REQUEST_DESCRIBE_DELEGATION_TOKEN_OWNER: StructSchema = StructSchema {
    name: "DescribeDelegationTokenOwner",
    min_sizes: &[4, 3, 3],
    fields: &[
        FieldSchema::of(field::PRINCIPAL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_NAME, Kind::String, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeDelegationTokenResponse",
    min_sizes: &[10, 8, 8],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::TOKENS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBED_DELEGATION_TOKEN)),
            Versions::from(0),
        ),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE_DESCRIBED_DELEGATION_TOKEN: StructSchema = StructSchema {
    name: "DescribedDelegationToken",
    min_sizes: &[38, 30, 32],
    fields: &[
        FieldSchema::of(field::PRINCIPAL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::TOKEN_REQUESTER_PRINCIPAL_TYPE, Kind::String, Versions::from(3)),
        FieldSchema::of(field::TOKEN_REQUESTER_PRINCIPAL_NAME, Kind::String, Versions::from(3)),
        FieldSchema::of(field::ISSUE_TIMESTAMP, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::EXPIRY_TIMESTAMP, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::MAX_TIMESTAMP, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::TOKEN_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::HMAC, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(
            field::RENEWERS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBED_DELEGATION_TOKEN_RENEWER)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBED_DELEGATION_TOKEN_RENEWER: StructSchema = StructSchema {
    name: "DescribedDelegationTokenRenewer",
    min_sizes: &[4, 3, 3],
    fields: &[
        FieldSchema::of(field::PRINCIPAL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PRINCIPAL_NAME, Kind::String, Versions::from(0)),
    ],
};
