//! `ShareFetch`, key 78.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ShareFetch`, key 78.
pub(crate) static API: Api = Api {
    key: 78,
    name: "ShareFetch",
    request: MessageSchema {
        name: "ShareFetchRequest",
        key: 78,
        versions: Versions::new(1, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ShareFetchResponse",
        key: 78,
        versions: Versions::new(1, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ShareFetchRequest",
    min_sizes: &[29, 31],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .entity(Entity::GroupId)
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::SHARE_SESSION_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MAX_WAIT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MIN_BYTES, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::MAX_BYTES, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(2147483647)),
        FieldSchema::of(field::MAX_RECORDS, Kind::Int32, Versions::from(1)),
        FieldSchema::of(field::BATCH_SIZE, Kind::Int32, Versions::from(1)),
        FieldSchema::of(field::SHARE_ACQUIRE_MODE, Kind::Int8, Versions::from(2)).ignorable(),
        FieldSchema::of(field::IS_RENEW_ACK, Kind::Bool, Versions::from(2)),
        FieldSchema::of(field::TOPICS, Kind::Array(&Kind::Struct(&REQUEST_FETCH_TOPIC)), Versions::from(0)),
        FieldSchema::of(
            field::FORGOTTEN_TOPICS_DATA,
            Kind::Array(&Kind::Struct(&REQUEST_FORGOTTEN_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_FETCH_TOPIC: StructSchema = StructSchema {
    name: "FetchTopic",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&REQUEST_FETCH_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_FETCH_PARTITION: StructSchema = StructSchema {
    name: "FetchPartition",
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

static REQUEST_FORGOTTEN_TOPIC: StructSchema = StructSchema {
    name: "ForgottenTopic",
    min_sizes: &[18, 18],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ShareFetchResponse",
    min_sizes: &[14, 14],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::ACQUISITION_LOCK_TIMEOUT_MS, Kind::Int32, Versions::from(1)),
        FieldSchema::of(
            field::RESPONSES,
            Kind::Array(&Kind::Struct(&RESPONSE_SHARE_FETCHABLE_TOPIC_RESPONSE)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::NODE_ENDPOINTS,
            Kind::Array(&Kind::Struct(&RESPONSE_NODE_ENDPOINT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_SHARE_FETCHABLE_TOPIC_RESPONSE: StructSchema = StructSchema {
    name: "ShareFetchableTopicResponse",
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
    min_sizes: &[22, 22],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::ACKNOWLEDGE_ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ACKNOWLEDGE_ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::CURRENT_LEADER,
            Kind::Struct(&RESPONSE_LEADER_ID_AND_EPOCH),
            Versions::from(0),
        ),
        FieldSchema::of(field::RECORDS, Kind::Records, Versions::from(0))
            .nullable(Versions::new(0, 0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::ACQUIRED_RECORDS,
            Kind::Array(&Kind::Struct(&RESPONSE_ACQUIRED_RECORDS)),
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

static RESPONSE_ACQUIRED_RECORDS: StructSchema = StructSchema {
    name: "AcquiredRecords",
    min_sizes: &[19, 19],
    fields: &[
        FieldSchema::of(field::FIRST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LAST_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::DELIVERY_COUNT, Kind::Int16, Versions::from(0)),
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
