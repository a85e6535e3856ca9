//! Connections to brokers: to the configured addresses only, and as whom the configuration says.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tidegate_model::Mechanism;
use tidegate_wire::kafka::auth::{self, OWN_API_VERSIONS_VERSION};
use tidegate_wire::kafka::codec::error_code::ErrorCode;
use tidegate_wire::kafka::versions::{VersionTable, VersionsError};
use tidegate_wire::sasl::scram::{Algorithm, Client, NonceBytes};
use tidegate_wire::sasl::{self, SaslError};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::config::{Limits, UpstreamCredential};
use crate::io::{Link, LinkError, LinkLimits, ReadAhead, Transport};
use crate::state::{ClusterState, NodeState};

/// A connection to a broker that has said which versions it speaks.
pub(crate) struct Upstream {
    pub(crate) link: Link,
    pub(crate) versions: VersionTable,
    pub(crate) node: i32,
    next_correlation_id: i32,
}

/// Why a broker could not be used. None of these is the client's doing.
#[derive(Debug)]
pub(crate) enum UpstreamError {
    /// No node of that id is configured.
    UnknownNode,
    /// It took too long.
    TimedOut,
    /// It could not be reached.
    Unreachable(std::io::Error),
    /// TLS failed: its certificate is not trusted, or it does not trust ours.
    Tls(std::io::Error),
    /// It closed the connection or sent what cannot be read.
    Link(LinkError),
    /// It sent what is no answer.
    Nonsense(String),
    /// It does not let the gateway in.
    LoginRefused(String),
    /// No credential is configured for this principal.
    NoIdentity,
}

impl UpstreamError {
    /// For metrics.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::UnknownNode => "unknown_node",
            Self::TimedOut => "timeout",
            Self::Unreachable(_) => "unreachable",
            Self::Tls(_) => "tls",
            Self::Link(_) => "closed",
            Self::Nonsense(_) => "protocol",
            Self::LoginRefused(_) => "login_refused",
            Self::NoIdentity => "no_identity",
        }
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNode => f.write_str("the cluster has no such node"),
            Self::TimedOut => f.write_str("the broker did not answer in time"),
            Self::Unreachable(error) => write!(f, "the broker cannot be reached: {error}"),
            Self::Tls(error) => write!(f, "no TLS connection to the broker: {error}"),
            Self::Link(error) => write!(f, "the broker's connection: {error}"),
            Self::Nonsense(what) => write!(f, "the broker's answer makes no sense: {what}"),
            Self::LoginRefused(why) => write!(f, "the broker does not let the gateway in: {why}"),
            Self::NoIdentity => f.write_str("no upstream credential is configured for this principal"),
        }
    }
}

impl std::error::Error for UpstreamError {}

impl From<LinkError> for UpstreamError {
    fn from(error: LinkError) -> Self {
        Self::Link(error)
    }
}

/// What software the gateway says is connecting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Software<'a> {
    pub(crate) client_id: Option<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
}

impl Software<'_> {
    /// The gateway itself.
    pub(crate) const GATEWAY: Software<'static> =
        Software { client_id: Some("tidegate"), name: "tidegate", version: env!("CARGO_PKG_VERSION") };
}

/// Connects to `node` and asks for its versions. Says in metrics and logs how that went.
pub(crate) async fn connect(
    cluster: &ClusterState,
    node: i32,
    software: Software<'_>,
    limits: &Limits,
) -> Result<Upstream, UpstreamError> {
    let state = cluster.nodes.get(&node).ok_or(UpstreamError::UnknownNode)?;
    let opening = open(cluster, node, state, software, limits);
    let opened =
        tokio::time::timeout(limits.upstream_connect, opening).await.unwrap_or(Err(UpstreamError::TimedOut));
    match &opened {
        Ok(upstream) => state.answered(upstream.versions.clone()),
        Err(error) => state.failed(error),
    }
    opened
}

async fn open(
    cluster: &ClusterState,
    node: i32,
    state: &NodeState,
    software: Software<'_>,
    limits: &Limits,
) -> Result<Upstream, UpstreamError> {
    let address = &state.address;
    let socket = TcpStream::connect((address.host.as_str(), address.port))
        .await
        .map_err(UpstreamError::Unreachable)?;
    socket.set_nodelay(true).map_err(UpstreamError::Unreachable)?;
    let socket = ReadAhead::new(socket);
    let transport = match &cluster.tls {
        Some(tls) => {
            let stream = tls.connect(&address.host, socket).await.map_err(UpstreamError::Tls)?;
            Transport::Connected(Box::new(stream))
        }
        None => Transport::Plain(socket),
    };
    let link_limits = LinkLimits {
        frame: limits.response_frame,
        frame_time: limits.frame_time,
        write_stall: limits.write_stall,
        ahead: BROKER_AHEAD,
    };
    let mut link = Link::new(transport, link_limits);
    let versions = ask_versions(&mut link, software).await?;
    Ok(Upstream { link, versions, node, next_correlation_id: 1 })
}

/// Asks the broker for its versions; one that does not know the version of the question is asked again in the oldest.
async fn ask_versions(link: &mut Link, software: Software<'_>) -> Result<VersionTable, UpstreamError> {
    let nonsense = |error: &dyn fmt::Display| UpstreamError::Nonsense(error.to_string());
    let request = auth::api_versions_request(0, software.client_id, (software.name, software.version));
    link.send(request.map_err(|error| nonsense(&error))?).await?;
    match VersionTable::from_response(&link.read_frame().await?, OWN_API_VERSIONS_VERSION) {
        Err(VersionsError::Broker(ErrorCode::UNSUPPORTED_VERSION)) => {}
        answered => return answered.map_err(|error| nonsense(&error)),
    }
    let request = auth::oldest_api_versions_request(0, software.client_id);
    link.send(request.map_err(|error| nonsense(&error))?).await?;
    VersionTable::from_response(&link.read_frame().await?, 0).map_err(|error| nonsense(&error))
}

/// What a broker said to a login.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoggedIn {
    /// How long the broker lets the connection live before it wants to see the credential again.
    pub(crate) lifetime: Option<Duration>,
}

impl LoggedIn {
    /// When to log in again, well before the broker closes the connection (KIP-368).
    pub(crate) fn again_at(self) -> Option<Instant> {
        self.lifetime.map(|lifetime| Instant::now() + lifetime.mul_f64(LOGIN_AGAIN_AFTER))
    }
}

impl Upstream {
    fn correlation_id(&mut self) -> i32 {
        let id = self.next_correlation_id;
        self.next_correlation_id = self.next_correlation_id.wrapping_add(1).max(1);
        id
    }

    /// Chooses a SASL mechanism.
    pub(crate) async fn handshake(
        &mut self,
        client_id: Option<&str>,
        mechanism: &str,
    ) -> Result<auth::HandshakeAnswer, UpstreamError> {
        let id = self.correlation_id();
        let request = auth::handshake_request(id, client_id, mechanism);
        self.link.send(request.map_err(|error| UpstreamError::Nonsense(error.to_string()))?).await?;
        let answer = self.link.read_frame().await?;
        auth::parse_handshake_response(&answer, id)
            .map_err(|error| UpstreamError::Nonsense(error.to_string()))
    }

    /// Sends one SASL message and returns the broker's.
    pub(crate) async fn sasl_message(
        &mut self,
        client_id: Option<&str>,
        message: &[u8],
    ) -> Result<auth::AuthenticateAnswer, UpstreamError> {
        let id = self.correlation_id();
        let request = auth::authenticate_request(id, client_id, message);
        self.link.send(request.map_err(|error| UpstreamError::Nonsense(error.to_string()))?).await?;
        let answer = self.link.read_frame().await?;
        auth::parse_authenticate_response(&answer, id)
            .map_err(|error| UpstreamError::Nonsense(error.to_string()))
    }

    /// Logs in with a credential of the gateway's.
    pub(crate) async fn log_in(
        &mut self,
        credential: &UpstreamCredential,
    ) -> Result<LoggedIn, UpstreamError> {
        let refused = |error: SaslError| UpstreamError::LoginRefused(error.to_string());
        let mechanism = sasl::mechanism_name(credential.mechanism).ok_or(UpstreamError::NoIdentity)?;
        let answer = self.handshake(Software::GATEWAY.client_id, mechanism).await?;
        if answer.error != ErrorCode::NONE {
            let message = format!("it does not offer {mechanism}, only {}", answer.mechanisms.join(", "));
            return Err(UpstreamError::LoginRefused(message));
        }
        match Algorithm::of(credential.mechanism) {
            Some(algorithm) => self.scram(algorithm, credential).await,
            None if credential.mechanism == Mechanism::Plain => {
                let message =
                    sasl::plain::encode(&credential.username, &credential.password).map_err(refused)?;
                let (_, logged_in) = self.step(message.expose()).await?;
                Ok(logged_in)
            }
            None => Err(UpstreamError::NoIdentity),
        }
    }

    async fn scram(
        &mut self,
        algorithm: Algorithm,
        credential: &UpstreamCredential,
    ) -> Result<LoggedIn, UpstreamError> {
        let refused = |error: SaslError| UpstreamError::LoginRefused(error.to_string());
        let nonce =
            nonce().map_err(|_| UpstreamError::LoginRefused("the system gave no random bytes".to_owned()))?;
        let (client, first) = Client::start(algorithm, &credential.username, &nonce).map_err(refused)?;
        let (challenge, _) = self.step(&first).await?;
        let password = Arc::clone(&credential.password);
        // Hashing takes milliseconds, more than a worker of the runtime may be kept.
        let proving = tokio::task::spawn_blocking(move || client.prove(&challenge, &password));
        let (proven, last) = proving.await.map_err(|_| UpstreamError::TimedOut)?.map_err(refused)?;
        let (signature, logged_in) = self.step(&last).await?;
        proven.finish(&signature).map_err(refused)?;
        Ok(logged_in)
    }

    async fn step(&mut self, message: &[u8]) -> Result<(bytes::Bytes, LoggedIn), UpstreamError> {
        let answer = self.sasl_message(Software::GATEWAY.client_id, message).await?;
        if answer.error != ErrorCode::NONE {
            let why = answer.message.unwrap_or_else(|| format!("error {}", answer.error.0));
            return Err(UpstreamError::LoginRefused(why));
        }
        let lifetime =
            u64::try_from(answer.lifetime_ms).ok().filter(|millis| *millis > 0).map(Duration::from_millis);
        Ok((answer.bytes, LoggedIn { lifetime }))
    }
}

/// How much memory a broker gets by announcing a long answer, before it has sent as much: most fetches whole.
const BROKER_AHEAD: usize = 16 << 20;

/// The part of a connection's lifetime after which the gateway logs in again.
const LOGIN_AGAIN_AFTER: f64 = 0.8;

/// Random bytes for one SASL conversation.
pub(crate) fn nonce() -> Result<NonceBytes, rustls::crypto::GetRandomFailed> {
    let mut bytes = NonceBytes::default();
    rustls::crypto::aws_lc_rs::default_provider().secure_random.fill(&mut bytes)?;
    Ok(bytes)
}
