//! `LeaveGroup`, key 13.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `LeaveGroup`, key 13.
pub(crate) static API: Api = Api {
    key: 13,
    name: "LeaveGroup",
    request: MessageSchema {
        name: "LeaveGroupRequest",
        key: 13,
        versions: Versions::new(0, 5),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "LeaveGroupResponse",
        key: 13,
        versions: Versions::new(0, 5),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "LeaveGroupRequest",
    min_sizes: &[4, 4, 4, 6, 3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::new(0, 2)),
        FieldSchema::of(
            field::MEMBERS,
            Kind::Array(&Kind::Struct(&REQUEST_MEMBER_IDENTITY)),
            Versions::from(3),
        ),
    ],
};

static REQUEST_MEMBER_IDENTITY: StructSchema = StructSchema {
    name: "MemberIdentity",
    min_sizes: &[0, 0, 0, 4, 3, 4],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(3)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3))
            .default(DefaultValue::Null),
        FieldSchema::of(field::REASON, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "LeaveGroupResponse",
    min_sizes: &[2, 6, 6, 10, 8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::MEMBERS,
            Kind::Array(&Kind::Struct(&RESPONSE_MEMBER_RESPONSE)),
            Versions::from(3),
        ),
    ],
};

static RESPONSE_MEMBER_RESPONSE: StructSchema = StructSchema {
    name: "MemberResponse",
    min_sizes: &[0, 0, 0, 6, 5, 5],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(3)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(3)),
    ],
};
