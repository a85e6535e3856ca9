//! `DescribeConfigs`, key 32.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeConfigs`, key 32.
pub(crate) static API: Api = Api {
    key: 32,
    name: "DescribeConfigs",
    request: MessageSchema {
        name: "DescribeConfigsRequest",
        key: 32,
        versions: Versions::new(1, 4),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeConfigsResponse",
        key: 32,
        versions: Versions::new(1, 4),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeConfigsRequest",
    min_sizes: &[5, 5, 6, 4],
    fields: &[
        FieldSchema::of(
            field::RESOURCES,
            Kind::Array(&Kind::Struct(&REQUEST_DESCRIBE_CONFIGS_RESOURCE)),
            Versions::from(0),
        ),
        FieldSchema::of(field::INCLUDE_SYNONYMS, Kind::Bool, Versions::from(1)),
        FieldSchema::of(field::INCLUDE_DOCUMENTATION, Kind::Bool, Versions::from(3)),
    ],
};

static REQUEST_DESCRIBE_CONFIGS_RESOURCE: StructSchema = StructSchema {
    name: "DescribeConfigsResource",
    min_sizes: &[7, 7, 7, 4],
    fields: &[
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::CONFIGURATION_KEYS, Kind::Array(&Kind::String), Versions::from(0))
            .nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeConfigsResponse",
    min_sizes: &[8, 8, 8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_CONFIGS_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_CONFIGS_RESULT: StructSchema = StructSchema {
    name: "DescribeConfigsResult",
    min_sizes: &[11, 11, 11, 7],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::CONFIGS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_CONFIGS_RESOURCE_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_CONFIGS_RESOURCE_RESULT: StructSchema = StructSchema {
    name: "DescribeConfigsResourceResult",
    min_sizes: &[11, 11, 14, 9],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::READ_ONLY, Kind::Bool, Versions::from(0)),
        FieldSchema::of(field::CONFIG_SOURCE, Kind::Int8, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::IS_SENSITIVE, Kind::Bool, Versions::from(0)),
        FieldSchema::of(
            field::SYNONYMS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_CONFIGS_SYNONYM)),
            Versions::from(1),
        )
        .ignorable(),
        FieldSchema::of(field::CONFIG_TYPE, Kind::Int8, Versions::from(3)).ignorable(),
        FieldSchema::of(field::DOCUMENTATION, Kind::String, Versions::from(3))
            .nullable(Versions::from(0))
            .ignorable(),
    ],
};

static RESPONSE_DESCRIBE_CONFIGS_SYNONYM: StructSchema = StructSchema {
    name: "DescribeConfigsSynonym",
    min_sizes: &[5, 5, 5, 4],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(1)),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(1)).nullable(Versions::from(0)),
        FieldSchema::of(field::SOURCE, Kind::Int8, Versions::from(1)),
    ],
};
