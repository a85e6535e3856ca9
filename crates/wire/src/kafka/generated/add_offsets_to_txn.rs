//! `AddOffsetsToTxn`, key 25.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AddOffsetsToTxn`, key 25.
pub(crate) static API: Api = Api {
    key: 25,
    name: "AddOffsetsToTxn",
    request: MessageSchema {
        name: "AddOffsetsToTxnRequest",
        key: 25,
        versions: Versions::new(0, 4),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AddOffsetsToTxnResponse",
        key: 25,
        versions: Versions::new(0, 4),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AddOffsetsToTxnRequest",
    min_sizes: &[14, 14, 14, 13, 13],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AddOffsetsToTxnResponse",
    min_sizes: &[6, 6, 6, 7, 7],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
