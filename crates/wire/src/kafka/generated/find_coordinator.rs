//! `FindCoordinator`, key 10.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `FindCoordinator`, key 10.
pub(crate) static API: Api = Api {
    key: 10,
    name: "FindCoordinator",
    request: MessageSchema {
        name: "FindCoordinatorRequest",
        key: 10,
        versions: Versions::new(0, 6),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "FindCoordinatorResponse",
        key: 10,
        versions: Versions::new(0, 6),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "FindCoordinatorRequest",
    min_sizes: &[2, 3, 3, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::new(0, 3)),
        FieldSchema::of(field::KEY_TYPE, Kind::Int8, Versions::from(1)),
        FieldSchema::of(field::COORDINATOR_KEYS, Kind::Array(&Kind::String), Versions::from(4)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "FindCoordinatorResponse",
    min_sizes: &[12, 18, 18, 17, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(1)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::new(0, 3)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::new(1, 3))
            .nullable(Versions::new(1, 3))
            .ignorable(),
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::new(0, 3)).entity(Entity::BrokerId),
        FieldSchema::of(field::HOST, Kind::String, Versions::new(0, 3)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::new(0, 3)),
        FieldSchema::of(
            field::COORDINATORS,
            Kind::Array(&Kind::Struct(&RESPONSE_COORDINATOR)),
            Versions::from(4),
        ),
    ],
};

static RESPONSE_COORDINATOR: StructSchema = StructSchema {
    name: "Coordinator",
    min_sizes: &[0, 0, 0, 1, 14, 14, 14],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::from(4)),
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(4)).entity(Entity::BrokerId),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(4)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(4)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(4)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(4))
            .nullable(Versions::from(4))
            .ignorable(),
    ],
};
