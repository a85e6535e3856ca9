//! What stands before the body of a request or response, and whole frames of our own.

use std::ops::Range;

use bytes::{BufMut, Bytes, BytesMut};

use super::encode::{encode, put_uvarint};
use super::error::{CodecError, EncodeError};
use super::limits::TAGGED_FIELDS;
use super::reader::Reader;
use super::schema::{Api, api};
use super::tree::Tree;

/// The header of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestHeader<'a> {
    /// The API key.
    pub key: i16,
    /// The version of the API, which may be one that the tables do not have.
    pub version: i16,
    /// The number that the response repeats.
    pub correlation_id: i32,
    /// What the client calls itself.
    pub client_id: Option<&'a str>,
    /// The tagged fields with their count, empty where the header version has none. All of them are unknown: the
    /// definitions have no tagged header field. To strip them, put one zero byte in their place.
    pub tags: Range<usize>,
    /// Where the body starts.
    pub body_at: usize,
}

impl RequestHeader<'_> {
    /// Whether the header carries tagged fields, which are all unknown.
    pub fn has_unknown_tags(&self) -> bool {
        self.tags.len() > 1
    }
}

/// The header of a response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResponseHeader {
    /// The number of the request that is answered.
    pub correlation_id: i32,
    /// As in [`RequestHeader::tags`].
    pub tags: Range<usize>,
    /// Where the body starts.
    pub body_at: usize,
}

impl ResponseHeader {
    /// Whether the header carries tagged fields, which are all unknown.
    pub fn has_unknown_tags(&self) -> bool {
        self.tags.len() > 1
    }
}

/// Reads the header of a request frame (without the frame's length).
///
/// A version that the tables do not have is not an error here, because ApiVersions must be answered in every version.
pub fn request_header(frame: &[u8]) -> Result<RequestHeader<'_>, CodecError> {
    let mut reader = Reader::new(frame, 0);
    let (key, version, correlation_id) = (reader.i16()?, reader.i16()?, reader.i32()?);
    let api = api(key).ok_or(CodecError::UnknownApi { key })?;
    let client_id = client_id(&mut reader)?;
    let tags = match api.request_header_version(version) {
        2 => header_tags(&mut reader)?,
        _ => reader.at()..reader.at(),
    };
    Ok(RequestHeader { key, version, correlation_id, client_id, tags, body_at: reader.at() })
}

/// Reads the header of a response frame (without the frame's length) to a request of this API and version.
pub fn response_header(api: &Api, version: i16, frame: &[u8]) -> Result<ResponseHeader, CodecError> {
    let mut reader = Reader::new(frame, 0);
    let correlation_id = reader.i32()?;
    let tags = match api.response_header_version(version) {
        1 => header_tags(&mut reader)?,
        _ => reader.at()..reader.at(),
    };
    Ok(ResponseHeader { correlation_id, tags, body_at: reader.at() })
}

/// A whole response frame with its length.
pub fn encode_response(
    api: &Api,
    version: i16,
    correlation_id: i32,
    body: &Tree,
) -> Result<Bytes, EncodeError> {
    let api = registered(api, version)?;
    let mut out = BytesMut::with_capacity(64);
    out.put_i32(0);
    out.put_i32(correlation_id);
    if api.response_header_version(version) == 1 {
        put_uvarint(&mut out, 0);
    }
    encode(&api.response, version, body, &mut out)?;
    finish(out)
}

/// A whole request frame with its length.
pub fn encode_request(
    api: &Api,
    version: i16,
    correlation_id: i32,
    client_id: Option<&str>,
    body: &Tree,
) -> Result<Bytes, EncodeError> {
    let api = registered(api, version)?;
    let mut out = BytesMut::with_capacity(64);
    out.put_i32(0);
    out.put_i16(api.key);
    out.put_i16(version);
    out.put_i32(correlation_id);
    put_client_id(client_id, &mut out)?;
    if api.request_header_version(version) == 2 {
        put_uvarint(&mut out, 0);
    }
    encode(&api.request, version, body, &mut out)?;
    finish(out)
}

/// The length of the client id is never compact, in no header version.
fn client_id<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a str>, CodecError> {
    reader.text(false)
}

fn put_client_id(client_id: Option<&str>, out: &mut BytesMut) -> Result<(), EncodeError> {
    match client_id {
        None => out.put_i16(-1),
        Some(text) => {
            out.put_i16(i16::try_from(text.len()).map_err(|_| EncodeError::TooLong)?);
            out.put_slice(text.as_bytes());
        }
    }
    Ok(())
}

fn header_tags(reader: &mut Reader<'_>) -> Result<Range<usize>, CodecError> {
    let start = reader.at();
    let count = reader.uvarint()? as usize;
    if count > TAGGED_FIELDS {
        return Err(CodecError::TooManyTags { at: start });
    }
    let mut previous = None;
    for _ in 0..count {
        let at = reader.at();
        let tag = reader.uvarint()?;
        if previous.is_some_and(|previous| previous >= tag) {
            return Err(CodecError::TagOrder { at });
        }
        previous = Some(tag);
        let size = reader.uvarint()? as usize;
        reader.take(size)?;
    }
    Ok(start..reader.at())
}

/// The table entry itself, whose lifetime the encoder needs.
fn registered(given: &Api, version: i16) -> Result<&'static Api, EncodeError> {
    api(given.key).ok_or(EncodeError::UnsupportedVersion { key: given.key, version })
}

fn finish(mut out: BytesMut) -> Result<Bytes, EncodeError> {
    let length =
        out.len().checked_sub(4).and_then(|length| i32::try_from(length).ok()).ok_or(EncodeError::TooLong)?;
    if let Some(prefix) = out.first_chunk_mut::<4>() {
        *prefix = length.to_be_bytes();
    }
    Ok(out.freeze())
}

/// The key and version of a request, before anything else of it is read.
pub fn peek_key_and_version(frame: &[u8]) -> Result<(i16, i16), CodecError> {
    let mut reader = Reader::new(frame, 0);
    Ok((reader.i16()?, reader.i16()?))
}

/// The correlation id of a request of any key and version.
pub fn peek_correlation_id(frame: &[u8]) -> Result<i32, CodecError> {
    let mut reader = Reader::new(frame, 0);
    reader.i32()?;
    reader.i32()
}

/// The correlation id of a response.
pub fn peek_response_correlation_id(frame: &[u8]) -> Result<i32, CodecError> {
    Reader::new(frame, 0).i32()
}
