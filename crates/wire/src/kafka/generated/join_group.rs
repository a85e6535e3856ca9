//! `JoinGroup`, key 11.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `JoinGroup`, key 11.
pub(crate) static API: Api = Api {
    key: 11,
    name: "JoinGroup",
    request: MessageSchema {
        name: "JoinGroupRequest",
        key: 11,
        versions: Versions::new(0, 9),
        flexible: Versions::from(6),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "JoinGroupResponse",
        key: 11,
        versions: Versions::new(0, 9),
        flexible: Versions::from(6),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "JoinGroupRequest",
    min_sizes: &[14, 18, 18, 18, 18, 20, 14, 14, 15, 15],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::SESSION_TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REBALANCE_TIMEOUT_MS, Kind::Int32, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::PROTOCOLS,
            Kind::Array(&Kind::Struct(&REQUEST_JOIN_GROUP_REQUEST_PROTOCOL)),
            Versions::from(0),
        ),
        FieldSchema::of(field::REASON, Kind::String, Versions::from(8))
            .nullable(Versions::from(8))
            .default(DefaultValue::Null)
            .ignorable(),
    ],
};

static REQUEST_JOIN_GROUP_REQUEST_PROTOCOL: StructSchema = StructSchema {
    name: "JoinGroupRequestProtocol",
    min_sizes: &[6, 6, 6, 6, 6, 6, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::METADATA, Kind::Bytes, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "JoinGroupResponse",
    min_sizes: &[16, 16, 20, 20, 20, 20, 15, 16, 16, 17],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(2)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::GENERATION_ID, Kind::Int32, Versions::from(0)).default(DefaultValue::Int(-1)),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(7))
            .nullable(Versions::from(7))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::PROTOCOL_NAME, Kind::String, Versions::from(0)).nullable(Versions::from(7)),
        FieldSchema::of(field::LEADER, Kind::String, Versions::from(0)),
        FieldSchema::of(field::SKIP_ASSIGNMENT, Kind::Bool, Versions::from(9)),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::MEMBERS,
            Kind::Array(&Kind::Struct(&RESPONSE_JOIN_GROUP_RESPONSE_MEMBER)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_JOIN_GROUP_RESPONSE_MEMBER: StructSchema = StructSchema {
    name: "JoinGroupResponseMember",
    min_sizes: &[6, 6, 6, 6, 6, 8, 4, 4, 4, 4],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::METADATA, Kind::Bytes, Versions::from(0)),
    ],
};
