//! Judging requests: which resources a request names, whether policy allows each, and what goes out in its place.
//!
//! A request comes in as bytes that were found well-formed, and leaves as one of three things: a [`clearance::Outbound`] for the
//! broker with a [`draft::Plan`] for its answer, an answer of the gateway's own, or a question that must be asked first.

pub(crate) mod clearance;
pub(crate) mod cluster;
pub(crate) mod configs;
pub(crate) mod draft;
pub(crate) mod fetch;
pub(crate) mod groups;
pub(crate) mod mirror;
pub(crate) mod offsets;
pub(crate) mod policy;
pub(crate) mod produce;
pub(crate) mod rules;
pub(crate) mod topics;
pub(crate) mod transactions;

use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{CodecError, Tree};
use crate::kafka::session::fatal::Fatal;
use crate::kafka::topics::TopicId;

use clearance::Outbound;
use draft::Plan;

/// What becomes of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It goes out, perhaps without some of its parts.
    Forward { outbound: Outbound, plan: Plan },
    /// The gateway answers it.
    Answer(Tree),
}

/// What the gateway itself has to ask the broker, on the connection of the client whose request waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// The names of these topic ids.
    TopicNames(Vec<TopicId>),
    /// What the group has committed for these partitions.
    CommittedOffsets { group: String, partitions: Vec<(String, Vec<i32>)> },
}

/// Why judging ended before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The whole request is refused with this error.
    Refused(ErrorCode),
    /// The gateway's answer is ready.
    Answer(Tree),
    /// Something must be asked first.
    Ask(Question),
    /// The connection must end.
    Fatal(Fatal),
}

impl From<CodecError> for Stop {
    fn from(error: CodecError) -> Self {
        Self::Fatal(Fatal::Malformed(error))
    }
}

impl From<Fatal> for Stop {
    fn from(fatal: Fatal) -> Self {
        Self::Fatal(fatal)
    }
}
