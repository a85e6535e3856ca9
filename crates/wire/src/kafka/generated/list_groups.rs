//! `ListGroups`, key 16.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `ListGroups`, key 16.
pub(crate) static API: Api = Api {
    key: 16,
    name: "ListGroups",
    request: MessageSchema {
        name: "ListGroupsRequest",
        key: 16,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ListGroupsResponse",
        key: 16,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ListGroupsRequest",
    min_sizes: &[0, 0, 0, 1, 2, 3],
    fields: &[
        FieldSchema::of(field::STATES_FILTER, Kind::Array(&Kind::String), Versions::from(4)),
        FieldSchema::of(field::TYPES_FILTER, Kind::Array(&Kind::String), Versions::from(5)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ListGroupsResponse",
    min_sizes: &[6, 10, 10, 8, 8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::GROUPS, Kind::Array(&Kind::Struct(&RESPONSE_LISTED_GROUP)), Versions::from(0)),
    ],
};

static RESPONSE_LISTED_GROUP: StructSchema = StructSchema {
    name: "ListedGroup",
    min_sizes: &[4, 4, 4, 3, 4, 5],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::PROTOCOL_TYPE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_STATE, Kind::String, Versions::from(4)).ignorable(),
        FieldSchema::of(field::GROUP_TYPE, Kind::String, Versions::from(5)).ignorable(),
    ],
};
