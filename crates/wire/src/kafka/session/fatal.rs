//! Why a connection must end.

use std::fmt;

use crate::kafka::codec::{CodecError, EncodeError, api};
use crate::kafka::judge::clearance::Unjudged;

/// A session cannot go on. Each says whose doing it was and what the operator can look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fatal {
    /// The client's bytes are no request of the version they claim.
    Malformed(CodecError),
    /// A request that is not offered, or a version of it that is not.
    Unoffered {
        /// The API key.
        api: i16,
        /// The version.
        version: i16,
    },
    /// A Produce without acknowledgement was refused; closing is the only answer it can have, as in Kafka.
    UnansweredProduceRefused,
    /// The request was sent although the session was not ready for one.
    OutOfTurn,
    /// The broker's bytes are no answer to the request that is next.
    UpstreamMalformed(CodecError),
    /// The broker answered something that was not asked.
    UpstreamUnexpected {
        /// The correlation id it gave.
        correlation_id: i32,
    },
    /// A listing went on over hidden topics beyond the limit of pages.
    TooManyPages,
    /// An answer or request of the gateway's own could not be encoded.
    Encode(EncodeError),
    /// A rule let something pass without a permit; nothing was sent.
    Unjudged(Unjudged),
}

impl fmt::Display for Fatal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "the client sent a malformed request: {error}"),
            Self::Unoffered { api: key, version } => {
                let name = api(*key).map_or("request", |api| api.name);
                write!(f, "the client sent {name} (key {key}) in version {version}, which is not offered")
            }
            Self::UnansweredProduceRefused => {
                f.write_str("a produce without acknowledgement (acks=0) was refused, and has no other answer than closing")
            }
            Self::OutOfTurn => f.write_str("a request was read before the session was ready for it"),
            Self::UpstreamMalformed(error) => write!(f, "the broker sent a malformed answer: {error}"),
            Self::UpstreamUnexpected { correlation_id } => {
                write!(f, "the broker answered request {correlation_id}, which is not the next one")
            }
            Self::TooManyPages => f.write_str("a listing of topics needs more pages than the limit"),
            Self::Encode(error) => write!(f, "a message of the gateway's own could not be encoded: {error}"),
            Self::Unjudged(error) => write!(f, "refused, because a rule is missing: {error}"),
        }
    }
}

impl std::error::Error for Fatal {}
