//! `DescribeTransactions`, key 65.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `DescribeTransactions`, key 65.
pub(crate) static API: Api = Api {
    key: 65,
    name: "DescribeTransactions",
    request: MessageSchema {
        name: "DescribeTransactionsRequest",
        key: 65,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeTransactionsResponse",
        key: 65,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeTransactionsRequest",
    min_sizes: &[2],
    fields: &[FieldSchema::of(field::TRANSACTIONAL_IDS, Kind::Array(&Kind::String), Versions::from(0))
        .entity(Entity::TransactionalId)],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeTransactionsResponse",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::TRANSACTION_STATES,
            Kind::Array(&Kind::Struct(&RESPONSE_TRANSACTION_STATE)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TRANSACTION_STATE: StructSchema = StructSchema {
    name: "TransactionState",
    min_sizes: &[28],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(0))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::TRANSACTION_STATE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::TRANSACTION_TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TRANSACTION_START_TIME_MS, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(0)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::TOPICS, Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_DATA)), Versions::from(0)),
    ],
};

static RESPONSE_TOPIC_DATA: StructSchema = StructSchema {
    name: "TopicData",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};
