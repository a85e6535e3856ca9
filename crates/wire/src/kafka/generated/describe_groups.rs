//! `DescribeGroups`, key 15.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeGroups`, key 15.
pub(crate) static API: Api = Api {
    key: 15,
    name: "DescribeGroups",
    request: MessageSchema {
        name: "DescribeGroupsRequest",
        key: 15,
        versions: Versions::new(0, 6),
        flexible: Versions::from(5),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeGroupsResponse",
        key: 15,
        versions: Versions::new(0, 6),
        flexible: Versions::from(5),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeGroupsRequest",
    min_sizes: &[4, 4, 4, 5, 5, 3, 3],
    fields: &[
        FieldSchema::of(field::GROUPS, Kind::Array(&Kind::String), Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::INCLUDE_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::from(3)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeGroupsResponse",
    min_sizes: &[4, 8, 8, 8, 8, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(
            field::GROUPS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBED_GROUP)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBED_GROUP: StructSchema = StructSchema {
    name: "DescribedGroup",
    min_sizes: &[14, 14, 14, 18, 18, 12, 13],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(6))
            .nullable(Versions::from(6))
            .default(DefaultValue::Null),
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GROUP_STATE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PROTOCOL_DATA, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::MEMBERS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBED_GROUP_MEMBER)),
            Versions::from(0),
        ),
        FieldSchema::of(field::AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(3))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_DESCRIBED_GROUP_MEMBER: StructSchema = StructSchema {
    name: "DescribedGroupMember",
    min_sizes: &[14, 14, 14, 14, 16, 7, 7],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(4))
            .nullable(Versions::from(4))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::CLIENT_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::CLIENT_HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_METADATA, Kind::Bytes, Versions::from(0)),
        FieldSchema::of(field::MEMBER_ASSIGNMENT, Kind::Bytes, Versions::from(0)),
    ],
};
