//! `ListTransactions`, key 66.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ListTransactions`, key 66.
pub(crate) static API: Api = Api {
    key: 66,
    name: "ListTransactions",
    request: MessageSchema {
        name: "ListTransactionsRequest",
        key: 66,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ListTransactionsResponse",
        key: 66,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ListTransactionsRequest",
    min_sizes: &[3, 11, 12],
    fields: &[
        FieldSchema::of(field::STATE_FILTERS, Kind::Array(&Kind::String), Versions::from(0)),
        FieldSchema::of(field::PRODUCER_ID_FILTERS, Kind::Array(&Kind::Int64), Versions::from(0))
            .entity(Entity::ProducerId),
        FieldSchema::of(field::DURATION_FILTER, Kind::Int64, Versions::from(1))
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::TRANSACTIONAL_ID_PATTERN, Kind::String, Versions::from(2))
            .nullable(Versions::from(2))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ListTransactionsResponse",
    min_sizes: &[9, 9, 9],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::UNKNOWN_STATE_FILTERS, Kind::Array(&Kind::String), Versions::from(0)),
        FieldSchema::of(
            field::TRANSACTION_STATES,
            Kind::Array(&Kind::Struct(&RESPONSE_TRANSACTION_STATE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TRANSACTION_STATE: StructSchema = StructSchema {
    name: "TransactionState",
    min_sizes: &[11, 11, 11],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::TRANSACTION_STATE, Kind::String, Versions::from(0)),
    ],
};
