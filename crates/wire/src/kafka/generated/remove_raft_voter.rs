//! `RemoveRaftVoter`, key 81.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::{Api, FieldSchema, Kind, MessageSchema, StructSchema, Versions};
use crate::kafka::generated::field;

/// `RemoveRaftVoter`, key 81.
pub(crate) static API: Api = Api {
    key: 81,
    name: "RemoveRaftVoter",
    request: MessageSchema {
        name: "RemoveRaftVoterRequest",
        key: 81,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &REQUEST,
    },
    response: MessageSchema {
        name: "RemoveRaftVoterResponse",
        key: 81,
        versions: Versions::new(0, 0),
        flexible: Versions::from(0),
        root: &RESPONSE,
    },
};

static REQUEST: StructSchema = StructSchema {
    name: "RemoveRaftVoterRequest",
    min_sizes: &[22],
    fields: &[
        FieldSchema::of(field::CLUSTER_ID, Kind::String, Versions::from(0)).nullable(Versions::from(0)),
        FieldSchema::of(field::VOTER_ID, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::VOTER_DIRECTORY_ID, Kind::Uuid, Versions::from(0)),
    ],
};

static RESPONSE: StructSchema = StructSchema {
    name: "RemoveRaftVoterResponse",
    min_sizes: &[8],
    fields: &[
        FieldSchema::of(field::THROTTLE_TIME_MS, Kind::Int32, Versions::from(0)),
        FieldSchema::of(field::ERROR_CODE, Kind::Int16, Versions::from(0)),
        FieldSchema::of(field::ERROR_MESSAGE, Kind::String, Versions::from(0))
            .nullable(Versions::from(0))
            .ignorable(),
    ],
};
