//! `DeleteAcls`, key 31.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DeleteAcls`, key 31.
pub(crate) static API: Api = Api {
    key: 31,
    name: "DeleteAcls",
    request: MessageSchema {
        name: "DeleteAclsRequest",
        key: 31,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteAclsResponse",
        key: 31,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteAclsRequest",
    min_sizes: &[4, 2, 2],
    fields: &[FieldSchema::of(
        field::FILTERS,
        Kind::Array(&Kind::Struct(&REQUEST_DELETE_ACLS_FILTER)),
        Versions::from(0),
    )],
};

static REQUEST_DELETE_ACLS_FILTER: StructSchema = StructSchema {
    name: "DeleteAclsFilter",
    min_sizes: &[10, 8, 8],
    fields: &[
        FieldSchema::of(field::RESOURCE_TYPE_FILTER, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME_FILTER, Kind::String, Versions::from(0))
            .nullable(Versions::from(0)),
        FieldSchema::of(field::PATTERN_TYPE_FILTER, Kind::Int8, Versions::from(1))
            .default(DefaultValue::Int(3)),
        FieldSchema::of(field::PRINCIPAL_FILTER, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::HOST_FILTER, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::OPERATION, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::PERMISSION_TYPE, Kind::Int8, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteAclsResponse",
    min_sizes: &[8, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::FILTER_RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETE_ACLS_FILTER_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETE_ACLS_FILTER_RESULT: StructSchema = StructSchema {
    name: "DeleteAclsFilterResult",
    min_sizes: &[8, 5, 5],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::MATCHING_ACLS,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETE_ACLS_MATCHING_ACL)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETE_ACLS_MATCHING_ACL: StructSchema = StructSchema {
    name: "DeleteAclsMatchingAcl",
    min_sizes: &[14, 11, 11],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PATTERN_TYPE, Kind::Int8, Versions::from(1)).default(DefaultValue::Int(3)),
        FieldSchema::of(field::PRINCIPAL, Kind::String, Versions::from(0)),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::OPERATION, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::PERMISSION_TYPE, Kind::Int8, Versions::from(0)),
    ],
};
