//! `DeleteGroups`, key 42.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DeleteGroups`, key 42.
pub(crate) static API: Api = Api {
    key: 42,
    name: "DeleteGroups",
    request: MessageSchema {
        name: "DeleteGroupsRequest",
        key: 42,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DeleteGroupsResponse",
        key: 42,
        versions: Versions::new(0, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DeleteGroupsRequest",
    min_sizes: &[4, 4, 2],
    fields: &[FieldSchema::of(field::GROUPS_NAMES, Kind::Array(&Kind::String), Versions::from(0))
        .entity(Entity::GroupId)],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DeleteGroupsResponse",
    min_sizes: &[8, 8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_DELETABLE_GROUP_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DELETABLE_GROUP_RESULT: StructSchema = StructSchema {
    name: "DeletableGroupResult",
    min_sizes: &[4, 4, 4],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId).map_key(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
