//! `AlterReplicaLogDirs`, key 34.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `AlterReplicaLogDirs`, key 34.
pub(crate) static API: Api = Api {
    key: 34,
    name: "AlterReplicaLogDirs",
    request: MessageSchema {
        name: "AlterReplicaLogDirsRequest",
        key: 34,
        versions: Versions::new(1, 2),
        flexible: Versions::from(2),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AlterReplicaLogDirsResponse",
        key: 34,
        versions: Versions::new(1, 2),
        flexible: Versions::from(2),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AlterReplicaLogDirsRequest",
    min_sizes: &[4, 2],
    fields: &[FieldSchema::of(
        field::DIRS,
        Kind::Array(&Kind::Struct(&REQUEST_ALTER_REPLICA_LOG_DIR)),
        Versions::from(0),
    )],
};

static REQUEST_ALTER_REPLICA_LOG_DIR: StructSchema = StructSchema {
    name: "AlterReplicaLogDir",
    min_sizes: &[6, 3],
    fields: &[
        FieldSchema::of(field::PATH, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(
            field::TOPICS,
            Kind::Array(&Kind::Struct(&REQUEST_ALTER_REPLICA_LOG_DIR_TOPIC)),
            Versions::from(0),
        ),
    ],
};

static REQUEST_ALTER_REPLICA_LOG_DIR_TOPIC: StructSchema = StructSchema {
    name: "AlterReplicaLogDirTopic",
    min_sizes: &[6, 3],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName).map_key(),
        FieldSchema::of(field::PARTITIONS, Kind::Array(&Kind::Int32), Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AlterReplicaLogDirsResponse",
    min_sizes: &[8, 6],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(
            field::RESULTS,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_REPLICA_LOG_DIR_TOPIC_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_REPLICA_LOG_DIR_TOPIC_RESULT: StructSchema = StructSchema {
    name: "AlterReplicaLogDirTopicResult",
    min_sizes: &[6, 3],
    fields: &[
        FieldSchema::of(field::TOPIC_NAME, Kind::String, Versions::from(0)).entity(Entity::TopicName),
        FieldSchema::of(
            field::PARTITIONS,
            Kind::Array(&Kind::Struct(&RESPONSE_ALTER_REPLICA_LOG_DIR_PARTITION_RESULT)),
            Versions::from(0),
        ),
    ],
};

static RESPONSE_ALTER_REPLICA_LOG_DIR_PARTITION_RESULT: StructSchema = StructSchema {
    name: "AlterReplicaLogDirPartitionResult",
    min_sizes: &[6, 7],
    fields: &[
        FieldSchema::of(field::PARTITION_INDEX, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
    ],
};
