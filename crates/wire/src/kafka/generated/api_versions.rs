//! `ApiVersions`, key 18.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ApiVersions`, key 18.
pub(crate) static API: Api = Api {
    key: 18,
    name: "ApiVersions",
    request: MessageSchema {
        name: "ApiVersionsRequest",
        key: 18,
        versions: Versions::new(0, 4),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ApiVersionsResponse",
        key: 18,
        versions: Versions::new(0, 4),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ApiVersionsRequest",
    min_sizes: &[0, 0, 0, 3, 3],
    fields: &[
        FieldSchema::of(field::CLIENT_SOFTWARE_NAME, Kind::String, Versions::from(3)).ignorable(),
        FieldSchema::of(field::CLIENT_SOFTWARE_VERSION, Kind::String, Versions::from(3)).ignorable(),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ApiVersionsResponse",
    min_sizes: &[6, 10, 10, 8, 8],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::API_KEYS,
            Kind::Array(&Kind::Struct(&RESPONSE_API_VERSION)),
            Versions::from(0),
        ),
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(
            field::SUPPORTED_FEATURES,
            Kind::Array(&Kind::Struct(&RESPONSE_SUPPORTED_FEATURE_KEY)),
            Versions::from(3),
        )
        .tag(0, Versions::from(3))
        .ignorable(),
        FieldSchema::of(field::FINALIZED_FEATURES_EPOCH, Kind::Int64, Versions::from(3))
            .tag(1, Versions::from(3))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::FINALIZED_FEATURES,
            Kind::Array(&Kind::Struct(&RESPONSE_FINALIZED_FEATURE_KEY)),
            Versions::from(3),
        )
        .tag(2, Versions::from(3))
        .ignorable(),
        FieldSchema::of(field::ZK_MIGRATION_READY, Kind::Bool, Versions::from(3))
            .tag(3, Versions::from(3))
            .ignorable(),
    ],
};

static RESPONSE_API_VERSION: StructSchema = StructSchema {
    name: "ApiVersion",
    min_sizes: &[6, 6, 6, 7, 7],
    fields: &[
        FieldSchema::of(field::API_KEY, Kind::Int16, Versions::from(0)).map_key(),
        FieldSchema::of(field::MIN_VERSION, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::MAX_VERSION, Kind::Int16, Versions::from(0)),
    ],
};

static RESPONSE_SUPPORTED_FEATURE_KEY: StructSchema = StructSchema {
    name: "SupportedFeatureKey",
    min_sizes: &[0, 0, 0, 6, 6],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(3)).map_key(),
        FieldSchema::of(field::MIN_VERSION, Kind::Int16, Versions::from(3)),
        FieldSchema::of(field::MAX_VERSION, Kind::Int16, Versions::from(3)),
    ],
};

static RESPONSE_FINALIZED_FEATURE_KEY: StructSchema = StructSchema {
    name: "FinalizedFeatureKey",
    min_sizes: &[0, 0, 0, 6, 6],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(3)).map_key(),
        FieldSchema::of(field::MAX_VERSION_LEVEL, Kind::Int16, Versions::from(3)),
        FieldSchema::of(field::MIN_VERSION_LEVEL, Kind::Int16, Versions::from(3)),
    ],
};
