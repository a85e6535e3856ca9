//! `OffsetFetch`, key 9.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `OffsetFetch`, key 9.
pub(crate) static API: Api = Api {
    key: 9,
    name: "OffsetFetch",
    request: MessageSchema {
        name: "OffsetFetchRequest",
        key: 9,
        versions: Versions::new(1, 10),
        flexible: Versions::from(6),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "OffsetFetchResponse",
        key: 9,
        versions: Versions::new(1, 10),
        flexible: Versions::from(6),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "OffsetFetchRequest",
    min_sizes: &[6, 6, 6, 6, 6, 3, 4, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::new(0, 7)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_FETCH_REQUEST_TOPIC)),
            Versions::new(0, 7),
        )
        .nullable(Versions::new(2, 7)),
        FieldSchema::of(
            field::GROUPS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_FETCH_REQUEST_GROUP)),
            Versions::from(8),
        ),
        FieldSchema::of(field::REQUIRE_STABLE, Kind::Bool, Versions::from(7)),
    ],
};

static REQUEST_OFFSET_FETCH_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "OffsetFetchRequestTopic",
    min_sizes: &[6, 6, 6, 6, 6, 3, 3, 1, 1, 1],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 7)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITION_INDEXES, Kind::Array(&Kind::Int32), Versions::new(0, 7)),
    ],
};

static REQUEST_OFFSET_FETCH_REQUEST_GROUP: StructSchema = StructSchema {
    name: "OffsetFetchRequestGroup",
    min_sizes: &[0, 0, 0, 0, 0, 1, 1, 3, 8, 8],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(8)).entity(Entity::GroupId),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(9))
            .nullable(Versions::from(9))
            .default(DefaultValue::Null)
            .ignorable(),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(9))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_OFFSET_FETCH_REQUEST_TOPICS)),
            Versions::from(8),
        )
        .nullable(Versions::from(8)),
    ],
};

static REQUEST_OFFSET_FETCH_REQUEST_TOPICS: StructSchema = StructSchema {
    name: "OffsetFetchRequestTopics",
    min_sizes: &[0, 0, 0, 0, 0, 1, 1, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(8, 9)).entity(Entity::TopicName).ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(field::PARTITION_INDEXES, Kind::Array(&Kind::Int32), Versions::from(8)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "OffsetFetchResponse",
    min_sizes: &[4, 6, 10, 10, 10, 8, 8, 6, 6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(3)).ignorable(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FETCH_RESPONSE_TOPIC)),
            Versions::new(0, 7),
        ),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::new(2, 7)).ignorable(),
        FieldSchema::of(
            field::GROUPS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FETCH_RESPONSE_GROUP)),
            Versions::from(8),
        ),
    ],
};

static RESPONSE_OFFSET_FETCH_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "OffsetFetchResponseTopic",
    min_sizes: &[6, 6, 6, 6, 6, 3, 3, 1, 1, 1],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(0, 7)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FETCH_RESPONSE_PARTITION)),
            Versions::new(0, 7),
        ),
    ],
};

static RESPONSE_OFFSET_FETCH_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "OffsetFetchResponsePartition",
    min_sizes: &[16, 16, 16, 16, 20, 20, 20, 1, 1, 1],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::new(0, 7)),
        FieldSchema::of(field::COMMITTED_OFFSET, Kind::Int64, Versions::new(0, 7)),
        FieldSchema::of(field::COMMITTED_LEADER_EPOCH, Kind::Int32, Versions::new(5, 7))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::METADATA, Kind::String, Versions::new(0, 7)).nullable(Versions::new(0, 7)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::new(0, 7)),
    ],
};

static RESPONSE_OFFSET_FETCH_RESPONSE_GROUP: StructSchema = StructSchema {
    name: "OffsetFetchResponseGroup",
    min_sizes: &[0, 0, 0, 0, 0, 1, 1, 5, 5, 5],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(8)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FETCH_RESPONSE_TOPICS)),
            Versions::from(8),
        ),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(8)),
    ],
};

static RESPONSE_OFFSET_FETCH_RESPONSE_TOPICS: StructSchema = StructSchema {
    name: "OffsetFetchResponseTopics",
    min_sizes: &[0, 0, 0, 0, 0, 1, 1, 3, 3, 18],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::new(8, 9)).entity(Entity::TopicName).ignorable(),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(10)).ignorable(),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_OFFSET_FETCH_RESPONSE_PARTITIONS)),
            Versions::from(8),
        ),
    ],
};

static RESPONSE_OFFSET_FETCH_RESPONSE_PARTITIONS: StructSchema = StructSchema {
    name: "OffsetFetchResponsePartitions",
    min_sizes: &[0, 0, 0, 0, 0, 1, 1, 20, 20, 20],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(8)),
        FieldSchema::of(field::COMMITTED_OFFSET, Kind::Int64, Versions::from(8)),
        FieldSchema::of(field::COMMITTED_LEADER_EPOCH, Kind::Int32, Versions::from(8))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::METADATA, Kind::String, Versions::from(8)).nullable(Versions::from(8)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(8)),
    ],
};
