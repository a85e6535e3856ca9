//! `StreamsGroupDescribe`, key 89.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `StreamsGroupDescribe`, key 89.
pub(crate) static API: Api = Api {
    key: 89,
    name: "StreamsGroupDescribe",
    request: MessageSchema {
        name: "StreamsGroupDescribeRequest",
        key: 89,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "StreamsGroupDescribeResponse",
        key: 89,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "StreamsGroupDescribeRequest",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::GROUP_IDS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::GroupId),
        FieldSchema::of(field::INCLUDE_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "StreamsGroupDescribeResponse",
    min_sizes: &[6],
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
    min_sizes: &[20],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::GROUP_STATE, Kind::String, Versions::from(0)),
        FieldSchema::of(field::GROUP_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ASSIGNMENT_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TOPOLOGY, Kind::Struct(&RESPONSE_TOPOLOGY), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBERS, Kind::Array(&Kind::Struct(&RESPONSE_MEMBER)), Versions::from(0)),
        FieldSchema::of(field::AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_TOPOLOGY: StructSchema = StructSchema {
    name: "Topology",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::SUBTOPOLOGIES,
            Kind::Array(&Kind::Struct(&RESPONSE_SUBTOPOLOGY)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
    ],
};

static RESPONSE_SUBTOPOLOGY: StructSchema = StructSchema {
    name: "Subtopology",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::SOURCE_TOPICS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::TopicName),
        FieldSchema::of(field::REPARTITION_SINK_TOPICS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::TopicName),
        FieldSchema::of(
            field::STATE_CHANGELOG_TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_INFO)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::REPARTITION_SOURCE_TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_INFO)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_MEMBER: StructSchema = StructSchema {
    name: "Member",
    min_sizes: &[28],
    fields: &[
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::INSTANCE_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::CLIENT_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::CLIENT_HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::TOPOLOGY_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::PROCESS_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::USER_ENDPOINT, Kind::Struct(&RESPONSE_ENDPOINT), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::CLIENT_TAGS,
            Kind::Array(&Kind::Struct(&RESPONSE_KEY_VALUE)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::TASK_OFFSETS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_OFFSET)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::TASK_END_OFFSETS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_OFFSET)),
            Versions::from(0),
        ),
        FieldSchema::of(field::ASSIGNMENT, Kind::Struct(&RESPONSE_ASSIGNMENT), Versions::from(0)),
        FieldSchema::of(field::TARGET_ASSIGNMENT, Kind::Struct(&RESPONSE_ASSIGNMENT), Versions::from(0)),
        FieldSchema::of(field::IS_CLASSIC, Kind::Bool, Versions::from(0)),
    ],
};

static RESPONSE_ENDPOINT: StructSchema = StructSchema {
    name: "Endpoint",
    min_sizes: &[4],
    fields: &[
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Uint16, Versions::from(0)),
    ],
};

static RESPONSE_TASK_OFFSET: StructSchema = StructSchema {
    name: "TaskOffset",
    min_sizes: &[14],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::OFFSET, Kind::Int64, Versions::from(0)),
    ],
};

static RESPONSE_ASSIGNMENT: StructSchema = StructSchema {
    name: "Assignment",
    min_sizes: &[4],
    fields: &[
        FieldSchema::of(
            field::ACTIVE_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::STANDBY_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::WARMUP_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_TASK_IDS: StructSchema = StructSchema {
    name: "TaskIds",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE_KEY_VALUE: StructSchema = StructSchema {
    name: "KeyValue",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::from(0)),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(0)),
    ],
};

static RESPONSE_TOPIC_INFO: StructSchema = StructSchema {
    name: "TopicInfo",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITIONS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICATION_FACTOR, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::TOPIC_CONFIGS,
            Kind::Array(&Kind::Struct(&RESPONSE_KEY_VALUE)),
            Versions::from(0),
        ),
    ],
};
