//! `EndTxn`, key 26.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `EndTxn`, key 26.
pub(crate) static API: Api = Api {
    key: 26,
    name: "EndTxn",
    request: MessageSchema {
        name: "EndTxnRequest",
        key: 26,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "EndTxnResponse",
        key: 26,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "EndTxnRequest",
    min_sizes: &[13, 13, 13, 13, 13, 13],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::COMMITTED, Kind::Bool, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "EndTxnResponse",
    min_sizes: &[6, 6, 6, 7, 7, 17],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(5))
            .entity(Entity::ProducerId)
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(5))
            .default(DefaultValue::Int(-1))
            .ignorable(),
    ],
};
