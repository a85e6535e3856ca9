//! Everything that may be said before authentication, and while authenticating again (KIP-368).
//!
//! Only ApiVersions, SaslHandshake and SaslAuthenticate are read here; any other request is an error, and the connection ends.

use bytes::Bytes;

use crate::kafka::codec::{
    self, Api, CodecError, EncodeError, ErrorCode, Frame, Limits, Tree, Value, View, field,
};
use crate::kafka::session::UpstreamIdentity;
use crate::kafka::versions::{self, VersionTable, key};

/// The largest frame read before authentication, in bytes: an OAUTHBEARER token of 16 KiB and its framing.
pub const MAX_FRAME_BEFORE_AUTHENTICATION: usize = 32 * 1024;

/// The longest client software name or version that is passed on, in bytes (Kafka's own pattern has no limit).
pub const MAX_SOFTWARE_NAME: usize = 256;

/// What is needed of a request's header to answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedHeader {
    /// The API key.
    pub key: i16,
    /// The request's version.
    pub version: i16,
    /// The number that the answer repeats.
    pub correlation_id: i32,
    /// The client's name for itself.
    pub client_id: Option<String>,
}

/// One request of the authentication conversation.
#[derive(Debug)]
pub enum AuthRequest {
    /// The client asks what is supported, and says what it is.
    ApiVersions {
        /// Of the request.
        header: OwnedHeader,
        /// For example `apache-kafka-java`; empty before version 3.
        software_name: String,
        /// For example `4.3.1`; empty before version 3.
        software_version: String,
    },
    /// The same in a version nobody here knows: it gets the answer of version 0 that says so.
    UnsupportedApiVersions {
        /// Of the request.
        header: OwnedHeader,
    },
    /// The client chooses a SASL mechanism.
    Handshake {
        /// Of the request.
        header: OwnedHeader,
        /// As the client wrote it.
        mechanism: String,
    },
    /// One message of the SASL conversation.
    Authenticate {
        /// Of the request.
        header: OwnedHeader,
        /// The SASL message.
        bytes: Bytes,
    },
}

/// A frame has no place in the authentication conversation; the connection must be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthFrameError {
    /// The bytes are not a request.
    Malformed(CodecError),
    /// A request of this key before authentication.
    NotAuthenticated {
        /// The API key.
        key: i16,
    },
    /// A version that is not offered.
    UnsupportedVersion {
        /// The API key.
        key: i16,
        /// The version asked for.
        version: i16,
    },
}

impl std::fmt::Display for AuthFrameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "malformed request before authentication: {error}"),
            Self::NotAuthenticated { key } => {
                let name = codec::api(*key).map_or("an unknown request", |api| api.name);
                write!(f, "{name} (key {key}) before authentication")
            }
            Self::UnsupportedVersion { key, version } => {
                write!(f, "version {version} of request key {key} is not offered")
            }
        }
    }
}

impl std::error::Error for AuthFrameError {}

impl From<CodecError> for AuthFrameError {
    fn from(error: CodecError) -> Self {
        Self::Malformed(error)
    }
}

/// Reads one request of the authentication conversation.
pub fn parse_auth_request(frame: &Frame) -> Result<AuthRequest, AuthFrameError> {
    let payload = frame.payload();
    let (api_key, version) = codec::peek_key_and_version(&payload)?;
    if !matches!(api_key, key::API_VERSIONS | key::SASL_HANDSHAKE | key::SASL_AUTHENTICATE) {
        return Err(AuthFrameError::NotAuthenticated { key: api_key });
    }
    let offered = versions::judged_versions(api_key, UpstreamIdentity::AsClient)
        .is_some_and(|(min, max)| (min..=max).contains(&version));
    if !offered {
        return unsupported(api_key, version, &payload);
    }
    let header = codec::request_header(&payload)?;
    let owned = OwnedHeader {
        key: header.key,
        version: header.version,
        correlation_id: header.correlation_id,
        client_id: header.client_id.map(str::to_owned),
    };
    let api = codec::api(api_key).ok_or(AuthFrameError::NotAuthenticated { key: api_key })?;
    let body = payload.slice(header.body_at..);
    codec::validate(&api.request, version, &body, &Limits::BEFORE_AUTHENTICATION)?;
    let root = View::root(&api.request, version, &body)?;
    auth_request(owned, &root, &body)
}

fn auth_request(header: OwnedHeader, root: &View<'_>, body: &Bytes) -> Result<AuthRequest, AuthFrameError> {
    let text = |f| root.string(f).map(|text| text.unwrap_or_default().to_owned());
    Ok(match header.key {
        key::API_VERSIONS => AuthRequest::ApiVersions {
            header,
            software_name: short(text(field::CLIENT_SOFTWARE_NAME)?),
            software_version: short(text(field::CLIENT_SOFTWARE_VERSION)?),
        },
        key::SASL_HANDSHAKE => AuthRequest::Handshake { mechanism: text(field::MECHANISM)?, header },
        _ => {
            let bytes = root.bytes(field::AUTH_BYTES)?.unwrap_or_default();
            AuthRequest::Authenticate { bytes: body.slice_ref(bytes), header }
        }
    })
}

fn short(text: String) -> String {
    if text.len() <= MAX_SOFTWARE_NAME { text } else { String::new() }
}

/// Only ApiVersions has an answer for a version that is not known; its header starts like any other.
fn unsupported(api_key: i16, version: i16, payload: &Bytes) -> Result<AuthRequest, AuthFrameError> {
    match (api_key, codec::peek_correlation_id(payload)?) {
        (key::API_VERSIONS, correlation_id) => {
            let header = OwnedHeader { key: api_key, version: 0, correlation_id, client_id: None };
            Ok(AuthRequest::UnsupportedApiVersions { header })
        }
        _ => Err(AuthFrameError::UnsupportedVersion { key: api_key, version }),
    }
}

fn api_of(api_key: i16) -> Result<&'static Api, EncodeError> {
    codec::api(api_key).ok_or(EncodeError::UnsupportedVersion { key: api_key, version: 0 })
}

/// Answers ApiVersions with `table`.
pub fn api_versions_response(header: &OwnedHeader, table: &VersionTable) -> Result<Bytes, EncodeError> {
    let api = api_of(key::API_VERSIONS)?;
    codec::encode_response(api, header.version, header.correlation_id, &table.to_tree(header.version))
}

/// Answers ApiVersions of an unknown version: in version 0, with `UNSUPPORTED_VERSION` and the versions that are.
pub fn unsupported_api_versions_response(header: &OwnedHeader) -> Result<Bytes, EncodeError> {
    let api = api_of(key::API_VERSIONS)?;
    codec::encode_response(api, 0, header.correlation_id, &versions::unsupported_api_versions())
}

/// Answers SaslHandshake.
pub fn handshake_response(
    header: &OwnedHeader,
    error: ErrorCode,
    mechanisms: &[&str],
) -> Result<Bytes, EncodeError> {
    let api = api_of(key::SASL_HANDSHAKE)?;
    let mechanisms = mechanisms.iter().map(|name| Value::String((*name).to_owned())).collect();
    let body = Tree::new()
        .with(field::ERROR_CODE, i64::from(error.0))
        .with(field::MECHANISMS, Value::Array(mechanisms));
    codec::encode_response(api, header.version, header.correlation_id, &body)
}

/// Answers SaslAuthenticate. `lifetime_ms` is how long the session may live before it authenticates again, 0 for no end (KIP-368).
pub fn authenticate_response(
    header: &OwnedHeader,
    error: ErrorCode,
    message: Option<&str>,
    bytes: &[u8],
    lifetime_ms: i64,
) -> Result<Bytes, EncodeError> {
    let api = api_of(key::SASL_AUTHENTICATE)?;
    let lifetime_ms = if header.version >= 1 { lifetime_ms } else { 0 };
    let body = Tree::new()
        .with(field::ERROR_CODE, i64::from(error.0))
        .with(field::ERROR_MESSAGE, message.map_or(Value::Null, |text| Value::String(text.to_owned())))
        .with(field::AUTH_BYTES, Value::Bytes(Bytes::copy_from_slice(bytes)))
        .with(field::SESSION_LIFETIME_MS, lifetime_ms);
    codec::encode_response(api, header.version, header.correlation_id, &body)
}

/// The version in which the gateway asks a broker for its versions: every broker since 2.4 answers it.
pub const OWN_API_VERSIONS_VERSION: i16 = 3;

/// The version of the gateway's own SaslHandshake.
pub const OWN_HANDSHAKE_VERSION: i16 = 1;

/// The version of the gateway's own SaslAuthenticate; from 1 on the answer carries the session's lifetime.
pub const OWN_AUTHENTICATE_VERSION: i16 = 1;

/// Asks a broker for its versions, saying which software asks.
pub fn api_versions_request(
    correlation_id: i32,
    client_id: Option<&str>,
    (name, version): (&str, &str),
) -> Result<Bytes, EncodeError> {
    let body = Tree::new()
        .with(field::CLIENT_SOFTWARE_NAME, Value::String(name.to_owned()))
        .with(field::CLIENT_SOFTWARE_VERSION, Value::String(version.to_owned()));
    codec::encode_request(
        api_of(key::API_VERSIONS)?,
        OWN_API_VERSIONS_VERSION,
        correlation_id,
        client_id,
        &body,
    )
}

/// Asks for the versions in the oldest version there is, which every broker answers. It cannot say which software asks.
pub fn oldest_api_versions_request(
    correlation_id: i32,
    client_id: Option<&str>,
) -> Result<Bytes, EncodeError> {
    codec::encode_request(api_of(key::API_VERSIONS)?, 0, correlation_id, client_id, &Tree::new())
}

/// Chooses a SASL mechanism at a broker.
pub fn handshake_request(
    correlation_id: i32,
    client_id: Option<&str>,
    mechanism: &str,
) -> Result<Bytes, EncodeError> {
    let body = Tree::new().with(field::MECHANISM, Value::String(mechanism.to_owned()));
    codec::encode_request(
        api_of(key::SASL_HANDSHAKE)?,
        OWN_HANDSHAKE_VERSION,
        correlation_id,
        client_id,
        &body,
    )
}

/// Sends one SASL message to a broker.
pub fn authenticate_request(
    correlation_id: i32,
    client_id: Option<&str>,
    bytes: &[u8],
) -> Result<Bytes, EncodeError> {
    let body = Tree::new().with(field::AUTH_BYTES, Value::Bytes(Bytes::copy_from_slice(bytes)));
    codec::encode_request(
        api_of(key::SASL_AUTHENTICATE)?,
        OWN_AUTHENTICATE_VERSION,
        correlation_id,
        client_id,
        &body,
    )
}

/// A broker's answer to SaslHandshake.
#[derive(Clone, Debug)]
pub struct HandshakeAnswer {
    /// `NONE` or why not.
    pub error: ErrorCode,
    /// What the broker offers.
    pub mechanisms: Vec<String>,
}

/// A broker's answer to SaslAuthenticate.
#[derive(Clone, Debug)]
pub struct AuthenticateAnswer {
    /// `NONE` or why not.
    pub error: ErrorCode,
    /// The broker's words, not for clients: they may name addresses.
    pub message: Option<String>,
    /// The SASL message.
    pub bytes: Bytes,
    /// How long the broker lets the session live, 0 for no end.
    pub lifetime_ms: i64,
}

/// A broker's answer to the gateway's own request could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The bytes are no such answer.
    Malformed(CodecError),
    /// It answers another request.
    WrongCorrelationId,
}

impl From<CodecError> for AnswerError {
    fn from(error: CodecError) -> Self {
        Self::Malformed(error)
    }
}

impl std::fmt::Display for AnswerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "the broker's answer is malformed: {error}"),
            Self::WrongCorrelationId => f.write_str("the broker answered another request"),
        }
    }
}

impl std::error::Error for AnswerError {}

/// Reads a broker's answer to [`handshake_request`].
pub fn parse_handshake_response(frame: &Frame, correlation_id: i32) -> Result<HandshakeAnswer, AnswerError> {
    let answer = own_answer(frame, key::SASL_HANDSHAKE, OWN_HANDSHAKE_VERSION, correlation_id)?;
    let mechanisms = answer.array(field::MECHANISMS).map(Vec::as_slice).unwrap_or_default().iter();
    let names =
        mechanisms.filter_map(|name| if let Value::String(name) = name { Some(name.clone()) } else { None });
    Ok(HandshakeAnswer { error: error_of(&answer), mechanisms: names.collect() })
}

/// Reads a broker's answer to [`authenticate_request`].
pub fn parse_authenticate_response(
    frame: &Frame,
    correlation_id: i32,
) -> Result<AuthenticateAnswer, AnswerError> {
    let answer = own_answer(frame, key::SASL_AUTHENTICATE, OWN_AUTHENTICATE_VERSION, correlation_id)?;
    Ok(AuthenticateAnswer {
        error: error_of(&answer),
        message: answer.string(field::ERROR_MESSAGE).map(str::to_owned),
        bytes: match answer.get(field::AUTH_BYTES) {
            Some(Value::Bytes(bytes)) => bytes.clone(),
            _ => Bytes::new(),
        },
        lifetime_ms: answer.int(field::SESSION_LIFETIME_MS).unwrap_or(0),
    })
}

fn error_of(answer: &Tree) -> ErrorCode {
    // An answer without its error code is no success.
    answer.int(field::ERROR_CODE).map_or(ErrorCode::UNKNOWN_SERVER_ERROR, ErrorCode::from_wire)
}

fn own_answer(frame: &Frame, api_key: i16, version: i16, correlation_id: i32) -> Result<Tree, AnswerError> {
    let api = codec::api(api_key).ok_or(CodecError::UnknownApi { key: api_key })?;
    let header = codec::response_header(api, version, &frame.payload())?;
    if header.correlation_id != correlation_id {
        return Err(AnswerError::WrongCorrelationId);
    }
    let body = frame.payload().slice(header.body_at..);
    codec::validate(&api.response, version, &body, &Limits::BEFORE_AUTHENTICATION)?;
    Ok(View::root(&api.response, version, &body)?.to_tree(&body)?)
}
