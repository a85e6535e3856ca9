//! `ConsumerGroupDescribe`, key 69.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `ConsumerGroupDescribe`, key 69.
pub(crate) static API: Api = Api {
    key: 69,
    name: "ConsumerGroupDescribe",
    request: MessageSchema {
        name: "ConsumerGroupDescribeRequest",
        key: 69,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "ConsumerGroupDescribeResponse",
        key: 69,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "ConsumerGroupDescribeRequest",
    min_sizes: &[3, 3],
    fields: &[
        FieldSchema::of(field::GROUP_IDS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::GroupId),
        FieldSchema::of(field::INCLUDE_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "ConsumerGroupDescribeResponse",
    min_sizes: &[6, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::GROUPS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBED_GROUP)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBED_GROUP: StructSchema = StructSchema {
    name: "DescribedGroup",
    min_sizes: &[20, 20],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GROUP_STATE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ASSIGNMENT_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ASSIGNOR_NAME, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBERS, Kind::Array(&Kind::Struct(&RESPONSE_MEMBER)), Versions::from(0)),
        FieldSchema::of(field::AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_MEMBER: StructSchema = StructSchema {
    name: "Member",
    min_sizes: &[16, 17],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::INSTANCE_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::CLIENT_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::CLIENT_HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::SUBSCRIBED_TOPIC_NAMES, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::TopicName),
        FieldSchema::of(field::SUBSCRIBED_TOPIC_REGEX, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::ASSIGNMENT, Kind::Struct(&RESPONSE_ASSIGNMENT), Versions::from(0)),
        FieldSchema::of(field::TARGET_ASSIGNMENT, Kind::Struct(&RESPONSE_ASSIGNMENT), Versions::from(0)),
        FieldSchema::of(field::MEMBER_TYPE, Kind::Int8, Versions::from(1))
            .default(DefaultValue::Int(-1))
            .ignorable(),
    ],
};

static RESPONSE_TOPIC_PARTITIONS: StructSchema = StructSchema {
    name: "TopicPartitions",
    min_sizes: &[19, 19],
    fields: &[
        FieldSchema::of(field::TOPIC_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE_ASSIGNMENT: StructSchema = StructSchema {
    name: "Assignment",
    min_sizes: &[2, 2],
    fields: &[FieldSchema::of(
        field::TOPIC_PARTITIONS,
        Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PARTITIONS)),
        Versions::from(0),
    )],
};
