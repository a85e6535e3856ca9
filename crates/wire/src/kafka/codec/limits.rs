//! Every bound on what a peer may send, by name.

use std::time::Duration;

/// The longest frame from a client that has not proved who it is: room for a token, not for a flood.
pub const FRAME_BEFORE_AUTHENTICATION: usize = 64 * 1024;

/// The longest frame afterwards; Kafka's own default (`socket.request.max.bytes`).
pub const FRAME_AFTER_AUTHENTICATION: usize = 100 * 1024 * 1024;

/// How long a frame may take from its first byte to its last.
pub const FRAME_TIME: Duration = Duration::from_secs(60);

/// The most elements in one array.
pub const ARRAY_ELEMENTS: usize = 1 << 20;

/// The most structures and array elements in one message, over all its arrays.
pub const MESSAGE_ELEMENTS: usize = 1 << 22;

/// The most elements in one request, over all its arrays: each may become a structure of half a kilobyte in memory.
pub const REQUEST_ELEMENTS: usize = 1 << 18;

/// The deepest nesting of structures. The definitions need six levels.
pub const DEPTH: usize = 16;

/// The most tagged fields in one structure.
pub const TAGGED_FIELDS: usize = 64;

/// The most tagged fields unknown to the tables in one message, over all its structures.
pub const UNKNOWN_TAGGED_FIELDS: usize = 1024;

/// The longest string in bytes; the protocol's own bound.
pub const STRING_BYTES: usize = i16::MAX as usize;

/// The longest message body; the frame length is a signed 32-bit integer.
pub const BODY_BYTES: usize = i32::MAX as usize;

/// The bounds of one walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The most elements in one array.
    pub array_len: usize,
    /// The most structures and array elements over all arrays.
    pub elements: usize,
    /// The deepest nesting of structures; the message itself is the first level.
    pub depth: usize,
    /// The most tagged fields in one structure.
    pub tagged_fields: usize,
    /// The most unknown tagged fields in the message.
    pub unknown_tagged_fields: usize,
}

impl Limits {
    /// For clients that have proved who they are.
    pub const REQUESTS: Self =
        Self { array_len: REQUEST_ELEMENTS, elements: REQUEST_ELEMENTS, ..Self::DEFAULT };

    /// For brokers, whose answers describe whole clusters.
    pub const DEFAULT: Self = Self {
        array_len: ARRAY_ELEMENTS,
        elements: MESSAGE_ELEMENTS,
        depth: DEPTH,
        tagged_fields: TAGGED_FIELDS,
        unknown_tagged_fields: UNKNOWN_TAGGED_FIELDS,
    };

    /// For the three requests that are parsed before that.
    pub const BEFORE_AUTHENTICATION: Self =
        Self { array_len: 64, elements: 64, depth: 4, tagged_fields: 16, unknown_tagged_fields: 16 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
