//! The authentication conversation with a client, the first and every later one (KIP-368).
//!
//! Only ApiVersions, SaslHandshake and SaslAuthenticate are read, under the small frame limit and a limit on their number.
//! What a conversation yields is a [`Proven`]: an identity, what it stands on, and the answer that tells the client, which is
//! sent only once everything else is in place.

mod relay;
mod terminate;

use bytes::Bytes;
use tidegate_model::{Mechanism, PrincipalName, Proof, WorkloadIdentity};
use tidegate_wire::kafka::auth::{self, AuthFrameError, AuthRequest, OwnedHeader};
use tidegate_wire::kafka::codec::EncodeError;
use tidegate_wire::kafka::codec::error_code::ErrorCode;
use tidegate_wire::kafka::codec::frame::Frame;
use tidegate_wire::sasl::{self, SaslError};

use crate::clock;
use crate::io::{Link, LinkError};
use crate::standing::{Fallen, Standing, may_enter};
use crate::state::{ListenerState, Shared};
use crate::tls::PeerCertificate;
use crate::upstream::{Upstream, UpstreamError};

/// What a conversation is held with.
pub(crate) struct Conversation<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) listener: &'a ListenerState,
    pub(crate) certificate: Option<&'a PeerCertificate>,
    pub(crate) client: &'a mut Link,
    /// How many more requests the client may send.
    pub(crate) requests_left: usize,
}

/// A client that proved who it is. It has not been told yet.
pub(crate) struct Proven {
    pub(crate) standing: Standing,
    success: Success,
}

/// The good news, to be sent.
struct Success {
    header: OwnedHeader,
    message: Vec<u8>,
    /// How long the broker lets the session live, where it was asked; 0 for no end.
    broker_lifetime_ms: i64,
}

/// Why a client was not let in.
#[derive(Debug)]
pub(crate) enum AuthFailure {
    /// The connection ended, or its bytes are no frames.
    Link(LinkError),
    /// The client sent something that has no place here.
    Protocol(String),
    /// It is not who it says, or may not come in. The answer tells it so, and no more.
    Refused { mechanism: Option<Mechanism>, why: String, answer: Option<Bytes> },
    /// Nobody can say at the moment; the client may try again.
    Unavailable { mechanism: Option<Mechanism>, why: String },
    /// The conversation took too long.
    TimedOut,
}

impl std::fmt::Display for AuthFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Protocol(why) | Self::Refused { why, .. } | Self::Unavailable { why, .. } => {
                f.write_str(why)
            }
            Self::TimedOut => f.write_str("authentication took too long"),
        }
    }
}

impl From<LinkError> for AuthFailure {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

impl From<EncodeError> for AuthFailure {
    fn from(error: EncodeError) -> Self {
        Self::Protocol(format!("an answer could not be encoded: {error}"))
    }
}

impl From<UpstreamError> for AuthFailure {
    fn from(error: UpstreamError) -> Self {
        Self::Unavailable { mechanism: None, why: error.to_string() }
    }
}

/// What a client may send while nobody is authenticated.
pub(crate) enum Opening {
    /// A request of the conversation.
    Request(AuthRequest),
    /// Another request, which only a client whose certificate is enough may send.
    Other(Frame),
}

impl Conversation<'_> {
    /// The next thing the client says.
    pub(crate) async fn opening(&mut self) -> Result<Opening, AuthFailure> {
        self.requests_left = self
            .requests_left
            .checked_sub(1)
            .ok_or_else(|| AuthFailure::Protocol("too many requests before authentication".to_owned()))?;
        let frame = self.client.read_frame().await?;
        match auth::parse_auth_request(&frame) {
            Ok(request) => Ok(Opening::Request(request)),
            Err(AuthFrameError::NotAuthenticated { .. }) => Ok(Opening::Other(frame)),
            Err(error) => Err(AuthFailure::Protocol(error.to_string())),
        }
    }

    /// The client's next SASL message; anything else ends the conversation.
    async fn message(&mut self) -> Result<(OwnedHeader, Bytes), AuthFailure> {
        match self.opening().await? {
            Opening::Request(AuthRequest::Authenticate { header, bytes }) => Ok((header, bytes)),
            _ => Err(AuthFailure::Protocol("a SASL conversation was begun and not continued".to_owned())),
        }
    }

    /// Holds the whole conversation that a SaslHandshake begins: with the broker through `relay`, or here.
    pub(crate) async fn hold(
        &mut self,
        header: OwnedHeader,
        mechanism: &str,
        relay: Option<&mut Upstream>,
    ) -> Result<Proven, AuthFailure> {
        let offered = &self.listener.config.authentication.mechanisms;
        let known = sasl::mechanism_by_name(mechanism).filter(|mechanism| offered.contains(mechanism));
        let Some(mechanism) = known else {
            let names: Vec<&str> =
                offered.iter().filter_map(|mechanism| sasl::mechanism_name(*mechanism)).collect();
            let answer = auth::handshake_response(&header, ErrorCode::UNSUPPORTED_SASL_MECHANISM, &names)?;
            let why = "the client chose a mechanism that is not offered".to_owned();
            return Err(AuthFailure::Refused { mechanism: None, why, answer: Some(answer) });
        };
        let outcome = match relay {
            Some(upstream) => self.relay(header, mechanism, upstream).await,
            None => self.terminate(header, mechanism).await,
        };
        outcome.map_err(|failure| failure.with(mechanism)).and_then(|proven| self.enter(proven, mechanism))
    }

    /// The last gate: policy and operators must know the principal, and the name must be one.
    fn enter(&self, proven: Proven, mechanism: Mechanism) -> Result<Proven, AuthFailure> {
        match self.may_enter(&proven.standing.identity.principal) {
            Ok(()) => Ok(proven),
            Err(fallen) => {
                let why = format!("`{}`: {fallen}", proven.standing.identity.principal);
                let answer = Some(failure_answer(&proven.success.header)?);
                Err(AuthFailure::Refused { mechanism: Some(mechanism), why, answer })
            }
        }
    }

    pub(crate) fn may_enter(&self, principal: &PrincipalName) -> Result<(), Fallen> {
        may_enter(principal, &self.shared.policy.load(), &self.shared.revocations.load())
    }

    fn refused(
        &self,
        header: &OwnedHeader,
        mechanism: Mechanism,
        why: impl std::fmt::Display,
    ) -> AuthFailure {
        let answer = failure_answer(header).ok();
        AuthFailure::Refused { mechanism: Some(mechanism), why: why.to_string(), answer }
    }

    fn certificate_sha256(&self) -> Option<[u8; 32]> {
        self.certificate.map(PeerCertificate::sha256)
    }

    fn standing(&self, mut identity: WorkloadIdentity) -> Standing {
        identity.proof.certificate_sha256 = self.certificate_sha256();
        Standing { identity, certificate: self.certificate.cloned(), token: None }
    }

    /// The identity of a client that the broker accepted under `username`.
    fn named(&self, username: &str, mechanism: Mechanism) -> Result<WorkloadIdentity, String> {
        let principal = PrincipalName::new(username).map_err(|error| error.to_string())?;
        Ok(WorkloadIdentity { principal, proof: Proof::new(mechanism, clock::now()) })
    }
}

impl Proven {
    /// When the session must end unless it is authenticated again, in milliseconds since 1970.
    pub(crate) fn ends_at(&self) -> Option<i64> {
        let broker = self.success.broker_lifetime_ms;
        let broker = (broker > 0).then(|| clock::now().0.saturating_add(broker));
        let own = self.standing.identity.proof.expires_at.map(|at| at.0);
        broker.into_iter().chain(own).min()
    }

    /// Tells the client, with the time that is left (KIP-368).
    pub(crate) async fn tell(self, client: &mut Link) -> Result<Standing, AuthFailure> {
        let lifetime = self.ends_at().map_or(0, |at| at.saturating_sub(clock::now().0).max(1));
        let Success { header, message, .. } = &self.success;
        let answer = auth::authenticate_response(header, ErrorCode::NONE, None, message, lifetime)?;
        client.send(answer).await?;
        Ok(self.standing)
    }

    /// The answer that turns the client away after all.
    pub(crate) fn refusal(&self) -> Option<Bytes> {
        failure_answer(&self.success.header).ok()
    }
}

impl AuthFailure {
    /// Says which mechanism it was about, where that was not known deeper down.
    pub(crate) fn with(self, known: Mechanism) -> Self {
        match self {
            Self::Refused { mechanism: None, why, answer } => {
                Self::Refused { mechanism: Some(known), why, answer }
            }
            Self::Unavailable { mechanism: None, why } => Self::Unavailable { mechanism: Some(known), why },
            other => other,
        }
    }
}

/// What every client is told whose authentication failed, whatever the reason.
fn failure_answer(header: &OwnedHeader) -> Result<Bytes, EncodeError> {
    let words = Some("Authentication failed");
    auth::authenticate_response(header, ErrorCode::SASL_AUTHENTICATION_FAILED, words, &[], 0)
}

fn malformed(error: SaslError) -> String {
    error.to_string()
}
