//! `AlterUserScramCredentials`, key 51.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AlterUserScramCredentials`, key 51.
pub(crate) static API: Api = Api {
    key: 51,
    name: "AlterUserScramCredentials",
    request: MessageSchema {
        name: "AlterUserScramCredentialsRequest",
        key: 51,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterUserScramCredentialsResponse",
        key: 51,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterUserScramCredentialsRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(
            field::DELETIONS,
            Kind::Array(&Kind::Struct(&REQUEST_SCRAM_CREDENTIAL_DELETION)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::UPSERTIONS,
            Kind::Array(&Kind::Struct(&REQUEST_SCRAM_CREDENTIAL_UPSERTION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_SCRAM_CREDENTIAL_DELETION: StructSchema = StructSchema {
    name: "ScramCredentialDeletion",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MECHANISM, Kind::Int8, Versions::from(0)),
    ],
};

static REQUEST_SCRAM_CREDENTIAL_UPSERTION: StructSchema = StructSchema {
    name: "ScramCredentialUpsertion",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MECHANISM, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::ITERATIONS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::SALT, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(field::SALTED_PASSWORD, Kind::Bytes, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterUserScramCredentialsResponse",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_USER_SCRAM_CREDENTIALS_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_USER_SCRAM_CREDENTIALS_RESULT: StructSchema = StructSchema {
    name: "AlterUserScramCredentialsResult",
    min_sizes: &[5],
    fields: &[
        FieldSchema::of(field::USER, Kind::String, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
