//! `ListConfigResources`, key 74.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ListConfigResources`, key 74.
pub(crate) static API: Api = Api {
    key: 74,
    name: "ListConfigResources",
    request: MessageSchema {
        name: "ListConfigResourcesRequest",
        key: 74,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ListConfigResourcesResponse",
        key: 74,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ListConfigResourcesRequest",
    min_sizes: &[1, 2],
    fields: &[FieldSchema::of(field::RESOURCE_TYPES, Kind::Array(&Kind::Int8), Versions::from(1))],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ListConfigResourcesResponse",
    min_sizes: &[8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::CONFIG_RESOURCES,
            Kind::Array(&Kind::Struct(&RESPONSE_CONFIG_RESOURCE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_CONFIG_RESOURCE: StructSchema = StructSchema {
    name: "ConfigResource",
    min_sizes: &[2, 3],
    fields: &[
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(1))
            .default(DefaultValue::Int(16))
            .ignorable(),
    ],
};
