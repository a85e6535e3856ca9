//! `InitProducerId`, key 22.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `InitProducerId`, key 22.
pub(crate) static API: Api = Api {
    key: 22,
    name: "InitProducerId",
    request: MessageSchema {
        name: "InitProducerIdRequest",
        key: 22,
        versions: Versions::new(0, 5),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "InitProducerIdResponse",
        key: 22,
        versions: Versions::new(0, 5),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "InitProducerIdRequest",
    min_sizes: &[6, 6, 6, 16, 16, 16],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::TRANSACTION_TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(3))
            .entity(Entity::ProducerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(3)).default(DefaultValue::Int(-1)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "InitProducerIdResponse",
    min_sizes: &[16, 16, 17, 17, 17, 17],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)).ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0))
            .entity(Entity::ProducerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
    ],
};
