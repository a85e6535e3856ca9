//! `DescribeUserScramCredentials`, key 50.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DescribeUserScramCredentials`, key 50.
pub(crate) static API: Api = Api {
    key: 50,
    name: "DescribeUserScramCredentials",
    request: MessageSchema {
        name: "DescribeUserScramCredentialsRequest",
        key: 50,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeUserScramCredentialsResponse",
        key: 50,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeUserScramCredentialsRequest",
    min_sizes: &[2],
    fields: &[FieldSchema::of(
        field::USERS,
        Kind::Array(&Kind::Struct(&REQUEST_USER_NAME)),
        Versions::from(0),
    )
    .nullable(Versions::from(0))],
};

static REQUEST_USER_NAME: StructSchema = StructSchema {
    name: "UserName",
    min_sizes: &[2],
    fields: &[FieldSchema::of(field::NAME, Kind::String, Versions::from(0))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeUserScramCredentialsResponse",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_USER_SCRAM_CREDENTIALS_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_USER_SCRAM_CREDENTIALS_RESULT: StructSchema = StructSchema {
    name: "DescribeUserScramCredentialsResult",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::USER, Kind::String, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::CREDENTIAL_INFOS,
            Kind::Array(&Kind::Struct(&RESPONSE_CREDENTIAL_INFO)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_CREDENTIAL_INFO: StructSchema = StructSchema {
    name: "CredentialInfo",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::MECHANISM, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::ITERATIONS, Kind::Int32, Versions::from(0)),
    ],
};
