//! Bytes to fields and back, for every request and response between a client and a broker.
//!
//! Bytes of a peer go one way: a [`Framer`] cuts them into frames, [`request_header`] or [`response_header`] reads what
//! stands before the body, [`validate`] walks the body once under [`Limits`], and a [`View`] reads single fields where
//! they lie. A body that must change is either cut with a [`Splice`] or copied into a [`Tree`] and encoded anew. Nothing
//! here does I/O, reads a clock, or keeps state beyond one message.
//!
//! ```
//! use tidegate_wire::kafka::codec::{Limits, api, field, validate};
//!
//! // DescribeGroups, version 0: one group, `audit`.
//! let body = b"\0\0\0\x01\0\x05audit";
//! let schema = &api(15).expect("a client may send it").request;
//! let groups = validate(schema, 0, body, &Limits::REQUESTS)?.root(body)?.array(field::GROUPS)?;
//! let names = groups.into_iter().flat_map(|groups| groups.strings()).collect::<Result<Vec<_>, _>>()?;
//! assert_eq!(names, ["audit"]);
//! # Ok::<(), tidegate_wire::kafka::codec::CodecError>(())
//! ```
//!
//! # Where the tables come from
//!
//! `cargo xtask codegen` writes them from the message definitions inside Apache Kafka's own client library; the release
//! and the digest of every definition are in `crates/wire/src/kafka/generated/SOURCE.md`. They hold every API of a broker's
//! client listener in all its stable versions, what brokers only send each other over that listener included. A version
//! that Kafka marks as unstable is left out, and so are fields that no stable version has.
//!
//! # What is accepted
//!
//! Whatever Kafka's own classes write, and of what they would also read, not everything. Where Kafka is lax, two readers
//! could see two messages in the same bytes, so these are refused here:
//!
//! * bytes behind the end of a message;
//! * strings that are not UTF-8 (Kafka puts replacement characters in their place);
//! * truth values other than 0 and 1, presence marks of structures other than -1 and 1, and negative lengths other than -1;
//! * variable-length integers of more than 32 bits (Kafka drops the rest); a padded spelling within five bytes is accepted;
//! * tagged fields that are repeated, out of order, or not as long as they say.
//!
//! Tagged fields that the tables do not know are accepted and remembered; [`Validated::strip_unknown_tags`] cuts them out.
//! What is inside bytes and records is not looked at; [`batch`] reads the headers of record batches.
//!
//! # Limits
//!
//! No length is believed before it was compared with a limit and with the bytes that are there, and nothing is allocated
//! by it before. Structures nest as deep as the definitions say, which is checked all the same. Values are in [`limits`].
//!
//! | what | limit |
//! |---|---|
//! | frame, before and after authentication | [`limits::FRAME_BEFORE_AUTHENTICATION`], [`limits::FRAME_AFTER_AUTHENTICATION`] |
//! | time from the first byte of a frame to its last | [`limits::FRAME_TIME`] |
//! | body | [`limits::BODY_BYTES`] |
//! | elements of an array, and of all arrays together | [`limits::ARRAY_ELEMENTS`], [`limits::MESSAGE_ELEMENTS`] |
//! | elements of all arrays of a request together | [`limits::REQUEST_ELEMENTS`] |
//! | string | [`limits::STRING_BYTES`] |
//! | nesting | [`limits::DEPTH`] |
//! | tagged fields of a structure, unknown ones of a message | [`limits::TAGGED_FIELDS`], [`limits::UNKNOWN_TAGGED_FIELDS`] |
//!
//! [`Limits::BEFORE_AUTHENTICATION`], [`Limits::REQUESTS`] and [`Limits::DEFAULT`] put them together, by how far a peer is
//! trusted.
//!
//! # What is written
//!
//! The bytes that Kafka's own classes would write: compact lengths in the fewest bytes, tagged fields in order and only
//! where they differ from their default. A message that would lose a value in its version is not written at all, unless
//! the definitions call that field ignorable.

pub mod batch;
pub mod error_code;
pub mod limits;
pub mod schema;

mod decode;
mod encode;
mod error;
pub mod frame;
mod header;
mod reader;
mod splice;
mod tree;
mod view;
mod walk;

pub use crate::kafka::generated::field;

pub use encode::{encode, encode_structure};
pub use error::{CodecError, EncodeError};
pub use error_code::ErrorCode;
pub use frame::{Frame, FrameError, Framer};
pub use header::{
    RequestHeader, ResponseHeader, encode_request, encode_response, peek_correlation_id,
    peek_key_and_version, peek_response_correlation_id, request_header, response_header,
};
pub use limits::Limits;
pub use schema::{
    Api, DefaultValue, Entity, Field, FieldSchema, Kind, MessageSchema, StructSchema, Versions, api,
};
pub use splice::Splice;
pub use tree::{Tree, Value};
pub use view::{Array, View};
pub use walk::{Validated, validate};

/// Every API that a client may send to a broker, in order of its key.
pub static APIS: &[&Api] = crate::kafka::generated::APIS;
