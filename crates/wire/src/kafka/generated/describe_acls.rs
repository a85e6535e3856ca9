//! `DescribeAcls`, key 29.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeAcls`, key 29.
pub(crate) static API: Api = Api {
    key: 29,
    name: "DescribeAcls",
    request: MessageSchema {
        name: "DescribeAclsRequest",
        key: 29,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeAclsResponse",
        key: 29,
        versions: Versions::new(1, 3),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeAclsRequest",
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
    name: "DescribeAclsResponse",
    min_sizes: &[12, 9, 9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(
            field::RESOURCES,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_ACLS_RESOURCE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_ACLS_RESOURCE: StructSchema = StructSchema {
    name: "DescribeAclsResource",
    min_sizes: &[8, 5, 5],
    fields: &[
        FieldSchema::of(field::RESOURCE_TYPE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::RESOURCE_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PATTERN_TYPE, Kind::Int8, Versions::from(1)).default(DefaultValue::Int(3)),
        FieldSchema::of(
            field::ACLS,
            Kind::Array(&Kind::Struct(&RESPONSE_ACL_DESCRIPTION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ACL_DESCRIPTION: StructSchema = StructSchema {
    name: "AclDescription",
    min_sizes: &[6, 5, 5],
    fields: &[
        FieldSchema::of(field::PRINCIPAL, Kind::String, Versions::from(0)),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::OPERATION, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::PERMISSION_TYPE, Kind::Int8, Versions::from(0)),
    ],
};
