//! `ShareAcknowledge`, key 79.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ShareAcknowledge`, key 79.
pub(crate) static API: Api = Api {
    key: 79,
    name: "ShareAcknowledge",
    request: MessageSchema {
        name: "ShareAcknowledgeRequest",
        key: 79,
        versions: Versions::new(1, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ShareAcknowledgeResponse",
        key: 79,
        versions: Versions::new(1, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ShareAcknowledgeRequest",
    min_sizes: &[8, 9],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::GroupId)
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::SHARE_SESSION_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::IS_RENEW_ACK, Kind::Bool, Versions::from(2)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_ACKNOWLEDGE_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ACKNOWLEDGE_TOPIC: StructSchema = StructSchema {
    name: "AcknowledgeTopic",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_ACKNOWLEDGE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ACKNOWLEDGE_PARTITION: StructSchema = StructSchema {
    name: "AcknowledgePartition",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::ACKNOWLEDGEMENT_BATCHES,
            Kind::Array(&Kind::Struct(&REQUEST_ACKNOWLEDGEMENT_BATCH)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ACKNOWLEDGEMENT_BATCH: StructSchema = StructSchema {
    name: "AcknowledgementBatch",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::FIRST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::ACKNOWLEDGE_TYPES, Kind::Array(&Kind::Int8), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ShareAcknowledgeResponse",
    min_sizes: &[10, 14],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::ACQUISITION_LOCK_TIMEOUT_MS, Kind::Int32, Versions::from(2)).ignorable(),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_SHARE_ACKNOWLEDGE_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::NODE_ENDPOINTS,
            Kind::Array(&Kind::Struct(&RESPONSE_NODE_ENDPOINT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_SHARE_ACKNOWLEDGE_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "ShareAcknowledgeTopicResponse",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_PARTITION_DATA)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_PARTITION_DATA: StructSchema = StructSchema {
    name: "PartitionData",
    min_sizes: &[17, 17],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::CURRENT_LEADER,
            Kind::Struct(&RESPONSE_LEADER_ID_AND_EPOCH),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_LEADER_ID_AND_EPOCH: StructSchema = StructSchema {
    name: "LeaderIdAndEpoch",
    min_sizes: &[9, 9],
    fields: &[
        FieldSchema::of(field::LEADER_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
    ],
};

static RESPONSE_NODE_ENDPOINT: StructSchema = StructSchema {
    name: "NodeEndpoint",
    min_sizes: &[11, 11],
    fields: &[
        FieldSchema::of(field::NODE_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::RACK, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
