//! The error codes that Kafka answers with.

use std::fmt;

use crate::kafka::generated::error_code::ERRORS;

/// An error code of the protocol; constants for all of Kafka's are generated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(pub i16);

impl ErrorCode {
    /// From a field of a message; a number that does not fit is no success.
    pub fn from_wire(code: i64) -> Self {
        i16::try_from(code).map_or(Self::UNKNOWN_SERVER_ERROR, Self)
    }

    /// Kafka's name for it, for example `TOPIC_AUTHORIZATION_FAILED`; `None` for a number that Kafka does not use.
    pub fn name(self) -> Option<&'static str> {
        self.entry().map(|(_, name, _)| *name)
    }

    /// Whether Kafka's own client tries again by itself.
    pub fn retriable(self) -> bool {
        self.entry().is_some_and(|(.., retriable)| *retriable)
    }

    /// All that Kafka uses, in order of the number.
    pub fn all() -> impl Iterator<Item = Self> {
        ERRORS.iter().map(|(code, ..)| Self(*code))
    }

    fn entry(self) -> Option<&'static (i16, &'static str, bool)> {
        let at = ERRORS.binary_search_by_key(&self.0, |(code, ..)| *code).ok()?;
        ERRORS.get(at)
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
