//! `DescribeCluster`, key 60.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `DescribeCluster`, key 60.
pub(crate) static API: Api = Api {
    key: 60,
    name: "DescribeCluster",
    request: MessageSchema {
        name: "DescribeClusterRequest",
        key: 60,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "DescribeClusterResponse",
        key: 60,
        versions: Versions::new(0, 2),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "DescribeClusterRequest",
    min_sizes: &[2, 3, 4],
    fields: &[
        FieldSchema::of(field::INCLUDE_CLUSTER_AUTHORIZED_OPERATIONS, Kind::Bool, Versions::from(0)),
        FieldSchema::of(field::ENDPOINT_TYPE, Kind::Int8, Versions::from(1)).default(DefaultValue::Int(1)),
        FieldSchema::of(field::INCLUDE_FENCED_BROKERS, Kind::Bool, Versions::from(2)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "DescribeClusterResponse",
    min_sizes: &[18, 19, 19],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::ENDPOINT_TYPE, Kind::Int8, Versions::from(1)).default(DefaultValue::Int(1)),
        FieldSchema::of(field::CLUSTER_ID, Kind::String, Versions::from(0)),
        FieldSchema::of(field::CONTROLLER_ID, Kind::Int32, Versions::from(0))
            .entity(Entity::BrokerId)
            .default(DefaultValue::Int(-1)),
        FieldSchema::of(
            field::BROKERS,
            Kind::Array(&Kind::Struct(&RESPONSE_DESCRIBE_CLUSTER_BROKER)),
            Versions::from(0),
        ),
        FieldSchema::of(field::CLUSTER_AUTHORIZED_OPERATIONS, Kind::Int32, Versions::from(0))
            .default(DefaultValue::Int(-2147483648)),
    ],
};

static RESPONSE_DESCRIBE_CLUSTER_BROKER: StructSchema = StructSchema {
    name: "DescribeClusterBroker",
    min_sizes: &[11, 11, 12],
    fields: &[
        FieldSchema::of(field::BROKER_ID, Kind::Int32, Versions::from(0)).entity(Entity::BrokerId).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::RACK, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .default(DefaultValue::Null),
        FieldSchema::of(field::IS_FENCED, Kind::Bool, Versions::from(2)),
    ],
};
