//! `AlterConfigs`, key 33.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AlterConfigs`, key 33.
pub(crate) static API: Api = Api {
    key: 33,
    name: "AlterConfigs",
    request: MessageSchema {
        name: "AlterConfigsRequest",
        key: 33,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterConfigsResponse",
        key: 33,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterConfigsRequest",
    min_sizes: &[5, 5, 3],
    fields: &[
        FieldSchema::of(
            field::RESOURCES,
            Kind::Array(&Kind::Struct(&REQUEST_ALTER_CONFIGS_RESOURCE)),
            Versions::from(0),
        ),
        FieldSchema::of(field::VALIDATE_ONLY, Kind::Bool, Versions::from(0)),
    ],
};

static REQUEST_ALTER_CONFIGS_RESOURCE: StructSchema = StructSchema {
    name: "AlterConfigsResource",
    min_sizes: &[7, 7, 4],
    fields: &[
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)).map_key(),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::CONFIGS,
            Kind::Array(&Kind::Struct(&REQUEST_ALTERABLE_CONFIG)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ALTERABLE_CONFIG: StructSchema = StructSchema {
    name: "AlterableConfig",
    min_sizes: &[4, 4, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterConfigsResponse",
    min_sizes: &[8, 8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_CONFIGS_RESOURCE_RESPONSE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_CONFIGS_RESOURCE_RESPONSE: StructSchema = StructSchema {
    name: "AlterConfigsResourceResponse",
    min_sizes: &[7, 7, 6],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
    ],
};
