//! `Heartbeat`, key 12.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `Heartbeat`, key 12.
pub(crate) static API: Api = Api {
    key: 12,
    name: "Heartbeat",
    request: MessageSchema {
        name: "HeartbeatRequest",
        key: 12,
        versions: Versions::new(0, 4),
        flexible: Versions::from(4),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "HeartbeatResponse",
        key: 12,
        versions: Versions::new(0, 4),
        flexible: Versions::from(4),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "HeartbeatRequest",
    min_sizes: &[8, 8, 8, 10, 8],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GENERATION_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_INSTANCE_ID, Kind::String, Versions::from(3))
            .nullable(Versions::from(3))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "HeartbeatResponse",
    min_sizes: &[2, 6, 6, 6, 7],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
