//! `DescribeClientQuotas`, key 48.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DescribeClientQuotas`, key 48.
pub(crate) static API: Api = Api {
    key: 48,
    name: "DescribeClientQuotas",
    request: MessageSchema {
        name: "DescribeClientQuotasRequest",
        key: 48,
        versions: Versions::new(0, 1),
        flexible: Versions::from(1),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeClientQuotasResponse",
        key: 48,
        versions: Versions::new(0, 1),
        flexible: Versions::from(1),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeClientQuotasRequest",
    min_sizes: &[5, 3],
    fields: &[
        FieldSchema::of(
            field::COMPONENTS,
            Kind::Array(&Kind::Struct(&REQUEST_COMPONENT_DATA)),
            Versions::from(0),
        ),
        FieldSchema::of(field::STRICT, Kind::Bool, Versions::from(0)),
    ],
};

static REQUEST_COMPONENT_DATA: StructSchema = StructSchema {
    name: "ComponentData",
    min_sizes: &[5, 4],
    fields: &[
        FieldSchema::of(field::ENTITY_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MATCH_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::MATCH, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeClientQuotasResponse",
    min_sizes: &[12, 9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::ENTRIES, Kind::Array(&Kind::Struct(&RESPONSE_ENTRY_DATA)), Versions::from(0))
            .nullable(Versions::from(0)),
    ],
};

static RESPONSE_ENTRY_DATA: StructSchema = StructSchema {
    name: "EntryData",
    min_sizes: &[8, 3],
    fields: &[
        FieldSchema::of(field::ENTITY, Kind::Array(&Kind::Struct(&RESPONSE_ENTITY_DATA)), Versions::from(0)),
        FieldSchema::of(field::VALUES, Kind::Array(&Kind::Struct(&RESPONSE_VALUE_DATA)), Versions::from(0)),
    ],
};

static RESPONSE_ENTITY_DATA: StructSchema = StructSchema {
    name: "EntityData",
    min_sizes: &[4, 3],
    fields: &[
        FieldSchema::of(field::ENTITY_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::ENTITY_NAME, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};

static RESPONSE_VALUE_DATA: StructSchema = StructSchema {
    name: "ValueData",
    min_sizes: &[10, 10],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::from(0)),
        FieldSchema::of(field::VALUE, Kind::Float64, Versions::from(0)),
    ],
};
