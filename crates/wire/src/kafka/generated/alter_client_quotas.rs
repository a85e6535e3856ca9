//! `AlterClientQuotas`, key 49.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AlterClientQuotas`, key 49.
pub(crate) static API: Api = Api {
    key: 49,
    name: "AlterClientQuotas",
    request: MessageSchema {
        name: "AlterClientQuotasRequest",
        key: 49,
        versions: Versions::new(0, 1),
        flexible: Versions::from(1),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterClientQuotasResponse",
        key: 49,
        versions: Versions::new(0, 1),
        flexible: Versions::from(1),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterClientQuotasRequest",
    min_sizes: &[5, 3],
    fields: &[
        FieldSchema::of(field::ENTRIES, Kind::Array(&Kind::Struct(&REQUEST_ENTRY_DATA)), Versions::from(0)),
        FieldSchema::of(field::VALIDATE_ONLY, Kind::Bool, Versions::from(0)),
    ],
};

static REQUEST_ENTRY_DATA: StructSchema = StructSchema {
    name: "EntryData",
    min_sizes: &[8, 3],
    fields: &[
        FieldSchema::of(field::ENTITY, Kind::Array(&Kind::Struct(&REQUEST_ENTITY_DATA)), Versions::from(0)),
        FieldSchema::of(field::OPS, Kind::Array(&Kind::Struct(&REQUEST_OP_DATA)), Versions::from(0)),
    ],
};

static REQUEST_ENTITY_DATA: StructSchema = StructSchema {
    name: "EntityData",
    min_sizes: &[4, 3],
    fields: &[
        FieldSchema::of(field::ENTITY_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::ENTITY_NAME, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};

static REQUEST_OP_DATA: StructSchema = StructSchema {
    name: "OpData",
    min_sizes: &[11, 11],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::from(0)),
        FieldSchema::of(field::VALUE, Kind::Float64, Versions::from(0)),
        FieldSchema::of(field::REMOVE, Kind::Bool, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterClientQuotasResponse",
    min_sizes: &[8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ENTRIES, Kind::Array(&Kind::Struct(&RESPONSE_ENTRY_DATA)), Versions::from(0)),
    ],
};

static RESPONSE_ENTRY_DATA: StructSchema = StructSchema {
    name: "EntryData",
    min_sizes: &[8, 5],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::ENTITY, Kind::Array(&Kind::Struct(&RESPONSE_ENTITY_DATA)), Versions::from(0)),
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
