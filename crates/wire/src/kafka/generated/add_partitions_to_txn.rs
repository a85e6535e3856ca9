//! `AddPartitionsToTxn`, key 24.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AddPartitionsToTxn`, key 24.
pub(crate) static API: Api = Api {
    key: 24,
    name: "AddPartitionsToTxn",
    request: MessageSchema {
        name: "AddPartitionsToTxnRequest",
        key: 24,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AddPartitionsToTxnResponse",
        key: 24,
        versions: Versions::new(0, 5),
        flexible: Versions::from(3),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AddPartitionsToTxnRequest",
    min_sizes: &[16, 16, 16, 13, 2, 2],
    fields: &[
        FieldSchema::of(
            field::TRANSACTIONS,
            Kind::Array(&Kind::Struct(&REQUEST_ADD_PARTITIONS_TO_TXN_TRANSACTION)),
            Versions::from(4),
        ),
        FieldSchema::of(field::V3_AND_BELOW_TRANSACTIONAL_ID, Kind::String, Versions::new(0, 3))
            .entity(Entity::TransactionalId),
        FieldSchema::of(field::V3_AND_BELOW_PRODUCER_ID, Kind::Int64, Versions::new(0, 3))
            .entity(Entity::ProducerId),
        FieldSchema::of(field::V3_AND_BELOW_PRODUCER_EPOCH, Kind::Int16, Versions::new(0, 3)),
        FieldSchema::of(
            field::V3_AND_BELOW_TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_ADD_PARTITIONS_TO_TXN_TOPIC)),
            Versions::new(0, 3),
        ),
    ],
};

static REQUEST_ADD_PARTITIONS_TO_TXN_TRANSACTION: StructSchema = StructSchema {
    name: "AddPartitionsToTxnTransaction",
    min_sizes: &[0, 0, 0, 1, 14, 14],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(4))
            .entity(Entity::TransactionalId)
            .map_key(),
        FieldSchema::of(field::PRODUCER_ID, Kind::Int64, Versions::from(4)).entity(Entity::ProducerId),
        FieldSchema::of(field::PRODUCER_EPOCH, Kind::Int16, Versions::from(4)),
        FieldSchema::of(field::VERIFY_ONLY, Kind::Bool, Versions::from(4)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_ADD_PARTITIONS_TO_TXN_TOPIC)),
            Versions::from(4),
        ),
    ],
};

static REQUEST_ADD_PARTITIONS_TO_TXN_TOPIC: StructSchema = StructSchema {
    name: "AddPartitionsToTxnTopic",
    min_sizes: &[6, 6, 6, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AddPartitionsToTxnResponse",
    min_sizes: &[8, 8, 8, 6, 8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(4)).ignorable(),
        FieldSchema::of(
            field::RESULTS_BY_TRANSACTION,
            Kind::Array(&Kind::Struct(&RESPONSE_ADD_PARTITIONS_TO_TXN_RESULT)),
            Versions::from(4),
        ),
        FieldSchema::of(
            field::RESULTS_BY_TOPIC_V3_AND_BELOW,
            Kind::Array(&Kind::Struct(&RESPONSE_ADD_PARTITIONS_TO_TXN_TOPIC_RESULT)),
            Versions::new(0, 3),
        ),
    ],
};

static RESPONSE_ADD_PARTITIONS_TO_TXN_RESULT: StructSchema = StructSchema {
    name: "AddPartitionsToTxnResult",
    min_sizes: &[0, 0, 0, 1, 3, 3],
    fields: &[
        FieldSchema::of(field::TRANSACTIONAL_ID, Kind::String, Versions::from(4))
            .entity(Entity::TransactionalId)
            .map_key(),
        FieldSchema::of(
            field::TOPIC_RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_ADD_PARTITIONS_TO_TXN_TOPIC_RESULT)),
            Versions::from(4),
        ),
    ],
};

static RESPONSE_ADD_PARTITIONS_TO_TXN_TOPIC_RESULT: StructSchema = StructSchema {
    name: "AddPartitionsToTxnTopicResult",
    min_sizes: &[6, 6, 6, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(
            field::RESULTS_BY_PARTITION,
            Kind::Array(&Kind::Struct(&RESPONSE_ADD_PARTITIONS_TO_TXN_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ADD_PARTITIONS_TO_TXN_PARTITION_RESULT: StructSchema = StructSchema {
    name: "AddPartitionsToTxnPartitionResult",
    min_sizes: &[6, 6, 6, 7, 7, 7],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)).map_key(),
        FieldSchema::of(field::PARTITION_ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
