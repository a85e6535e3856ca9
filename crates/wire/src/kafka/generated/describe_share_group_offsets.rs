//! `DescribeShareGroupOffsets`, key 90.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeShareGroupOffsets`, key 90.
pub(crate) static API: Api = Api {
    key: 90,
    name: "DescribeShareGroupOffsets",
    request: MessageSchema {
        name: "DescribeShareGroupOffsetsRequest",
        key: 90,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeShareGroupOffsetsResponse",
        key: 90,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsRequest",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::GROUPS,
        Kind::Array(&Kind::Struct(&REQUEST_DESCRIBE_SHARE_GROUP_OFFSETS_REQUEST_GROUP)),
        Versions::from(0),
    )],
};

static REQUEST_DESCRIBE_SHARE_GROUP_OFFSETS_REQUEST_GROUP: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsRequestGroup",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_DESCRIBE_SHARE_GROUP_OFFSETS_REQUEST_TOPIC)),
            Versions::from(0),
        )
        .nullable(Versions::from(0)),
    ],
};

static REQUEST_DESCRIBE_SHARE_GROUP_OFFSETS_REQUEST_TOPIC: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsRequestTopic",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsResponse",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::GROUPS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_GROUP)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_GROUP: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsResponseGroup",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};

static RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_TOPIC: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsResponseTopic",
    min_sizes: &[19, 19],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_SHARE_GROUP_OFFSETS_RESPONSE_PARTITION: StructSchema = StructSchema {
    name: "DescribeShareGroupOffsetsResponsePartition",
    min_sizes: &[20, 28],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::START_OFFSET, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::LEADER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::LAG, Kind::Int64, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
    ],
};
