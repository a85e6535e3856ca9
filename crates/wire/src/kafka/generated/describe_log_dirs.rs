//! `DescribeLogDirs`, key 35.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeLogDirs`, key 35.
pub(crate) static API: Api = Api {
    key: 35,
    name: "DescribeLogDirs",
    request: MessageSchema {
        name: "DescribeLogDirsRequest",
        key: 35,
        versions: Versions::new(1, 5),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeLogDirsResponse",
        key: 35,
        versions: Versions::new(1, 5),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeLogDirsRequest",
    min_sizes: &[4, 2, 2, 2, 2],
    fields: &[FieldSchema::of(
        field::TOPICS,
        Kind::Array(&Kind::Struct(&REQUEST_DESCRIBABLE_LOG_DIR_TOPIC)),
        Versions::from(0),
    )
    .nullable(Versions::from(0))],
};

static REQUEST_DESCRIBABLE_LOG_DIR_TOPIC: StructSchema = StructSchema {
    name: "DescribableLogDirTopic",
    min_sizes: &[6, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::TOPIC, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeLogDirsResponse",
    min_sizes: &[8, 6, 8, 8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(3)).ignorable(),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_LOG_DIRS_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_LOG_DIRS_RESULT: StructSchema = StructSchema {
    name: "DescribeLogDirsResult",
    min_sizes: &[8, 5, 5, 21, 22],
    fields: &[
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::LOG_DIR, Kind::String, Versions::from(0)),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_LOG_DIRS_TOPIC)),
            Versions::from(0),
        ),
        FieldSchema::of(field::TOTAL_BYTES, Kind::Int64, Versions::from(4))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::USABLE_BYTES, Kind::Int64, Versions::from(4))
            .default(DefaultValue::Int(-1))
            .ignorable(),
        FieldSchema::of(field::IS_CORDONED, Kind::Bool, Versions::from(5)).ignorable(),
    ],
};

static RESPONSE_DESCRIBE_LOG_DIRS_TOPIC: StructSchema = StructSchema {
    name: "DescribeLogDirsTopic",
    min_sizes: &[6, 3, 3, 3, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_LOG_DIRS_PARTITION)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_DESCRIBE_LOG_DIRS_PARTITION: StructSchema = StructSchema {
    name: "DescribeLogDirsPartition",
    min_sizes: &[21, 22, 22, 22, 22],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::PARTITION_SIZE, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::OFFSET_LAG, Kind::Int64, Versions::from(0)),
        FieldSchema::of(field::IS_FUTURE_KEY, Kind::Bool, Versions::from(0)),
    ],
};
