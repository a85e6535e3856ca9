//! Bytes to fields and back, for every request and response between a client and a broker.

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
