//! `UpdateFeatures`, key 57.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `UpdateFeatures`, key 57.
pub(crate) static API: Api = Api {
    key: 57,
    name: "UpdateFeatures",
    request: MessageSchema {
        name: "UpdateFeaturesRequest",
        key: 57,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "UpdateFeaturesResponse",
        key: 57,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "UpdateFeaturesRequest",
    min_sizes: &[6, 7, 7],
    fields: &[
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(60000)),
        FieldSchema::of(
            field::FEATURE_UPDATES,
            Kind::Array(&Kind::Struct(&REQUEST_FEATURE_UPDATE_KEY)),
            Versions::from(0),
        ),
        FieldSchema::of(field::VALIDATE_ONLY, Kind::Bool, Versions::from(1)),
    ],
};

static REQUEST_FEATURE_UPDATE_KEY: StructSchema = StructSchema {
    name: "FeatureUpdateKey",
    min_sizes: &[5, 5, 5],
    fields: &[
        FieldSchema::of(field::FEATURE, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::MAX_VERSION_LEVEL, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ALLOW_DOWNGRADE, Kind::Bool, Versions::new(0, 0)),
        FieldSchema::of(field::UPGRADE_TYPE, Kind::Int8, Versions::from(1)).default(DefaultValue::Int(1)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "UpdateFeaturesResponse",
    min_sizes: &[9, 9, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_UPDATABLE_FEATURE_RESULT)),
            Versions::new(0, 1),
        )
        .ignorable(),
    ],
};

static RESPONSE_UPDATABLE_FEATURE_RESULT: StructSchema = StructSchema {
    name: "UpdatableFeatureResult",
    min_sizes: &[5, 5, 5],
    fields: &[
        FieldSchema::of(field::FEATURE, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
