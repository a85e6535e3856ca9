//! `CreateAcls`, key 30.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `CreateAcls`, key 30.
pub(crate) static API: Api = Api {
    key: 30,
    name: "CreateAcls",
    request: MessageSchema {
        name: "CreateAclsRequest",
        key: 30,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "CreateAclsResponse",
        key: 30,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "CreateAclsRequest",
    min_sizes: &[4, 2, 2],
    fields: &[FieldSchema::of(
        field::CREATIONS,
        Kind::Array(&Kind::Struct(&REQUEST_ACL_CREATION)),
        Versions::from(0),
    )],
};

static REQUEST_ACL_CREATION: StructSchema = StructSchema {
    name: "AclCreation",
    min_sizes: &[10, 8, 8],
    fields: &[
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_PATTERN_TYPE, Kind::Int8, Versions::from(1))
            .default(DefaultValue::Int(3)),
        FieldSchema::of(field::PRINCIPAL, Kind::String, Versions::from(0)),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::OPERATION, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::PERMISSION_TYPE, Kind::Int8, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "CreateAclsResponse",
    min_sizes: &[8, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_ACL_CREATION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ACL_CREATION_RESULT: StructSchema = StructSchema {
    name: "AclCreationResult",
    min_sizes: &[4, 4, 4],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
