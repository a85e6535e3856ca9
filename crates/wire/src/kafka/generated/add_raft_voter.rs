//! `AddRaftVoter`, key 80.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{
    Api, DefaultValue, FieldSchema, Kind, MessageSchema, StructSchema, Versions,
};
use crate::kafka::generated::field;

/// `AddRaftVoter`, key 80.
pub(crate) static API: Api = Api {
    key: 80,
    name: "AddRaftVoter",
    request: MessageSchema {
        name: "AddRaftVoterRequest",
        key: 80,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "AddRaftVoterResponse",
        key: 80,
        versions: Versions::new(0, 1),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "AddRaftVoterRequest",
    min_sizes: &[27, 28],
    fields: &[
        FieldSchema::of(field::CLUSTER_ID, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::TIMEOUT_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::VOTER_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::VOTER_DIRECTORY_ID, Kind::Uuid, Versions::from(0)),
        FieldSchema::of(field::LISTENERS, Kind::Array(&Kind::Struct(&REQUEST_LISTENER)), Versions::from(0)),
        FieldSchema::of(field::ACK_WHEN_COMMITTED, Kind::Bool, Versions::from(1))
            .default(DefaultValue::Bool(true)),
    ],
};

static REQUEST_LISTENER: StructSchema = StructSchema {
    name: "Listener",
    min_sizes: &[5, 5],
    fields: &[
        FieldSchema::of(field::NAME, Kind::String, Versions::from(0)).map_key(),
        FieldSchema::of(field::HOST, Kind::String, Versions::from(0)),
        FieldSchema::of(field::PORT, Kind::Uint16, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "AddRaftVoterResponse",
    min_sizes: &[8, 8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .ignorable(),
    ],
};
