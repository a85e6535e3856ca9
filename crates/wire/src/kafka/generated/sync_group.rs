//! `SyncGroup`, key 14.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `SyncGroup`, key 14.
pub(crate) static API: Api = Api {
    key: 14,
    name: "SyncGroup",
    request: MessageSchema {
        name: "SyncGroupRequest",
        key: 14,
        versions: Versions::new(0, 5),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "SyncGroupResponse",
        key: 14,
        versions: Versions::new(0, 5),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "SyncGroupRequest",
    min_sizes: &[12, 12, 12, 14, 9, 11],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GENERATION_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3))
            .default(DefaultValue::Null),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::PROTOCOL_NAME, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(
            field::ASSIGNMENTS,
            Kind::Array(&Kind::Struct(&REQUEST_SYNC_GROUP_REQUEST_ASSIGNMENT)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_SYNC_GROUP_REQUEST_ASSIGNMENT: StructSchema = StructSchema {
    name: "SyncGroupRequestAssignment",
    min_sizes: &[6, 6, 6, 6, 3, 3],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::ASSIGNMENT, Kind::Bytes, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "SyncGroupResponse",
    min_sizes: &[6, 10, 10, 10, 8, 10],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::PROTOCOL_NAME, Kind::String, Versions::from(5))
            .nullable(Versions::from(5))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::ASSIGNMENT, Kind::Bytes, Versions::from(0)),
    ],
};
