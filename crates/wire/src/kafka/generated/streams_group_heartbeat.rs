//! `StreamsGroupHeartbeat`, key 88.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `StreamsGroupHeartbeat`, key 88.
pub(crate) static API: Api = Api {
    key: 88,
    name: "StreamsGroupHeartbeat",
    request: MessageSchema {
        name: "StreamsGroupHeartbeatRequest",
        key: 88,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "StreamsGroupHeartbeatResponse",
        key: 88,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "StreamsGroupHeartbeatRequest",
    min_sizes: &[27],
    fields: &[
        FieldSchema::of(field::GROUP_ID, Kind::String, Versions::from(0)).entity(Entity::GroupId),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ENDPOINT_INFORMATION_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::INSTANCE_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::RACK_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::REBALANCE_TIMEOUT_MS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(field::TOPOLOGY, Kind::Struct(&REQUEST_TOPOLOGY), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::ACTIVE_TASKS,
            Kind::Array(&Kind::Struct(&REQUEST_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::STANDBY_TASKS,
            Kind::Array(&Kind::Struct(&REQUEST_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::WARMUP_TASKS,
            Kind::Array(&Kind::Struct(&REQUEST_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(field::PROCESS_ID, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::USER_ENDPOINT, Kind::Struct(&REQUEST_ENDPOINT), Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(
            field::CLIENT_TAGS,
            Kind::Array(&Kind::Struct(&REQUEST_KEY_VALUE)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::TASK_OFFSETS,
            Kind::Array(&Kind::Struct(&REQUEST_TASK_OFFSET)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::TASK_END_OFFSETS,
            Kind::Array(&Kind::Struct(&REQUEST_TASK_OFFSET)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(field::SHUTDOWN_APPLICATION, Kind::Bool, Versions::from(0)),
    ],
};

static REQUEST_TOPOLOGY: StructSchema = StructSchema {
    name: "Topology",
    min_sizes: &[6],
    fields: &[
        FieldSchema::of(field::EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::SUBTOPOLOGIES,
            Kind::Array(&Kind::Struct(&REQUEST_SUBTOPOLOGY)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_SUBTOPOLOGY: StructSchema = StructSchema {
    name: "Subtopology",
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::SOURCE_TOPICS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::TopicName),
        FieldSchema::of(field::SOURCE_TOPIC_REGEX, Kind::Array(&Kind::String), Versions::from(0)),
        FieldSchema::of(
            field::STATE_CHANGELOG_TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_TOPIC_INFO)),
            Versions::from(0),
        ),
        FieldSchema::of(field::REPARTITION_SINK_TOPICS, Kind::Array(&Kind::String), Versions::from(0))
            .entity(Entity::TopicName),
        FieldSchema::of(
            field::REPARTITION_SOURCE_TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_TOPIC_INFO)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::COPARTITION_GROUPS,
            Kind::Array(&Kind::Struct(&REQUEST_COPARTITION_GROUP)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_COPARTITION_GROUP: StructSchema = StructSchema {
    name: "CopartitionGroup",
    min_sizes: &[4],
    fields: &[
        FieldSchema::of(field::SOURCE_TOPICS, Kind::Array(&Kind::Int16), Versions::from(0)),
        FieldSchema::of(field::SOURCE_TOPIC_REGEX, Kind::Array(&Kind::Int16), Versions::from(0)),
        FieldSchema::of(field::REPARTITION_SOURCE_TOPICS, Kind::Array(&Kind::Int16), Versions::from(0)),
    ],
};

static REQUEST_KEY_VALUE: StructSchema = StructSchema {
    name: "KeyValue",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::KEY, Kind::String, Versions::from(0)),
        FieldSchema::of(field::VALUE, Kind::String, Versions::from(0)),
    ],
};

static REQUEST_TOPIC_INFO: StructSchema = StructSchema {
    name: "TopicInfo",
    min_sizes: &[9],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITIONS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::REPLICATION_FACTOR, Kind::Int16, Versions::from(0)),
        FieldSchema::of(
            field::TOPIC_CONFIGS,
            Kind::Array(&Kind::Struct(&REQUEST_KEY_VALUE)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ENDPOINT: StructSchema = StructSchema {
    name: "Endpoint",
    min_sizes: &[4],
    fields: &[
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Uint16, Versions::from(0)),
    ],
};

static REQUEST_TASK_OFFSET: StructSchema = StructSchema {
    name: "TaskOffset",
    min_sizes: &[14],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PARTITION, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::OFFSET, Kind::Int64, Versions::from(0)),
    ],
};

static REQUEST_TASK_IDS: StructSchema = StructSchema {
    name: "TaskIds",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::SUBTOPOLOGY_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "StreamsGroupHeartbeatResponse",
    min_sizes: &[34],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::MEMBER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::MEMBER_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::HEARTBEAT_INTERVAL_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ACCEPTABLE_RECOVERY_LAG, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::TASK_OFFSET_INTERVAL_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::STATUS, Kind::Array(&Kind::Struct(&RESPONSE_STATUS)), Versions::from(0))
            .nullable(Versions::from(0)),
        FieldSchema::of(
            field::ACTIVE_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::STANDBY_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(
            field::WARMUP_TASKS,
            Kind::Array(&Kind::Struct(&RESPONSE_TASK_IDS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
        FieldSchema::of(field::ENDPOINT_INFORMATION_EPOCH, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::PARTITIONS_BY_USER_ENDPOINT,
            Kind::Array(&Kind::Struct(&RESPONSE_ENDPOINT_TO_PARTITIONS)),
            Versions::from(0),
        )
        .nullable(Versions::from(0))
        .default(DefaultValue::Null),
    ],
};

static RESPONSE_ENDPOINT_TO_PARTITIONS: StructSchema = StructSchema {
    name: "EndpointToPartitions",
    min_sizes: &[7],
    fields: &[
        FieldSchema::of(field::USER_ENDPOINT, Kind::Struct(&RESPONSE_ENDPOINT), Versions::from(0)),
        FieldSchema::of(
            field::ACTIVE_PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PARTITION)),
            Versions::from(0),
        ),
        FieldSchema::of(
            field::STANDBY_PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_TOPIC_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_STATUS: StructSchema = StructSchema {
    name: "Status",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::STATUS_CODE, Kind::Int8, Versions::from(0)),
        FieldSchema::of(field::STATUS_DETAIL, Kind::String, Versions::from(0)),
    ],
};

static RESPONSE_TOPIC_PARTITION: StructSchema = StructSchema {
    name: "TopicPartition",
    min_sizes: &[3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
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

static RESPONSE_ENDPOINT: StructSchema = StructSchema {
    name: "Endpoint",
    min_sizes: &[4],
    fields: &[
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Uint16, Versions::from(0)),
    ],
};
