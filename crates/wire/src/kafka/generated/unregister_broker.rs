//! `UnregisterBroker`, key 64.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `UnregisterBroker`, key 64.
pub(crate) static API: Api = Api {
    key: 64,
    name: "UnregisterBroker",
    request: MessageSchema {
        name: "UnregisterBrokerRequest",
        key: 64,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "UnregisterBrokerResponse",
        key: 64,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "UnregisterBrokerRequest",
    min_sizes: &[5],
    fields: &[FieldSchema::of(field::BROKER_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId)],
};

static RESPONSE: StructSchema = StructSchema {
    name: "UnregisterBrokerResponse",
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
    ],
};
