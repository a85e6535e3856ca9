//! From an open connection to an authenticated client with a broker behind it.

use tidegate_model::Mechanism;
use tidegate_wire::kafka::auth::{self, AuthRequest, OwnedHeader};
use tidegate_wire::kafka::codec::frame::Frame;
use tidegate_wire::kafka::session::UpstreamIdentity;
use tokio::time::Instant;

use super::auth::{AuthFailure, Conversation, Opening};
use super::open::Client;
use crate::clock;
use crate::config::{AuthenticationMode, UpstreamCredential};
use crate::standing::Standing;
use crate::state::{ListenerState, Shared};
use crate::upstream::{self, Software, Upstream};

/// An authenticated client and its broker.
pub(super) struct Established {
    pub(super) standing: Standing,
    pub(super) upstream: Upstream,
    pub(super) identity: UpstreamIdentity,
    /// What to log in with again when the broker asks for it, and when that is due.
    pub(super) login: Option<(UpstreamCredential, Option<Instant>)>,
    /// When the session ends unless it is authenticated again.
    pub(super) ends_at: Option<Instant>,
    /// A request that came before anything was said.
    pub(super) first: Option<Frame>,
    pub(super) software: ClientSoftware,
}

/// What the client says it is. Nothing is decided by it.
#[derive(Clone, Debug, Default)]
pub(super) struct ClientSoftware {
    client_id: Option<String>,
    name: String,
    version: String,
}

impl ClientSoftware {
    fn of(header: &OwnedHeader) -> Self {
        Self { client_id: header.client_id.clone(), ..Self::default() }
    }

    pub(super) fn describe(&self) -> String {
        format!("{} {}", self.name, self.version).trim().to_owned()
    }

    /// What the broker is told: the client's own words, where a broker would take them.
    fn for_broker(&self) -> Software<'_> {
        let acceptable = |text: &str| {
            let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
            let bytes = text.as_bytes();
            let inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
            edge(bytes.first()) && edge(bytes.last()) && bytes.iter().all(inner)
        };
        let own = Software::GATEWAY;
        let (name, version) = match acceptable(&self.name) && acceptable(&self.version) {
            true => (self.name.as_str(), self.version.as_str()),
            false => (own.name, own.version),
        };
        Software { client_id: self.client_id.as_deref(), name, version }
    }
}

/// Authenticates the client and finds its broker.
pub(super) async fn establish(
    shared: &Shared,
    listener: &ListenerState,
    client: &mut Client,
) -> Result<Established, AuthFailure> {
    let node = client.node.or_else(|| listener.cluster.any_node()).ok_or_else(|| {
        AuthFailure::Unavailable { mechanism: None, why: "the cluster has no nodes".to_owned() }
    })?;
    let certified = by_certificate(shared, listener, client)?;
    let beginning =
        Beginning { shared, listener, client, node, software: ClientSoftware::default(), relayed: None };
    let sasl =
        listener.config.authentication.mechanisms.iter().any(|mechanism| *mechanism != Mechanism::Mtls);
    match certified {
        Some(standing) if !sasl => beginning.connect(standing, None).await,
        certified => beginning.converse(certified).await,
    }
}

/// Who the client is by its certificate alone, where that is offered and there is one.
fn by_certificate(
    shared: &Shared,
    listener: &ListenerState,
    client: &Client,
) -> Result<Option<Standing>, AuthFailure> {
    let authentication = &listener.config.authentication;
    let (Some(rules), Some(certificate)) = (&authentication.certificate_rules, &client.certificate) else {
        return Ok(None);
    };
    let refused = |why: String| AuthFailure::Refused { mechanism: Some(Mechanism::Mtls), why, answer: None };
    let identity = match rules.identify(certificate.leaf(), clock::now()) {
        Ok(identity) => identity,
        // Beside other mechanisms a certificate that names nobody may still be what a token is bound to.
        Err(_) if authentication.mechanisms.len() > 1 => return Ok(None),
        Err(error) => return Err(refused(error.to_string())),
    };
    crate::standing::may_enter(&identity.principal, &shared.policy.load(), &shared.revocations.load())
        .map_err(|fallen| refused(format!("`{}`: {fallen}", identity.principal)))?;
    Ok(Some(Standing { identity, certificate: Some(certificate.clone()), token: None }))
}

/// A connection that is being authenticated.
struct Beginning<'a> {
    shared: &'a Shared,
    listener: &'a ListenerState,
    client: &'a mut Client,
    node: i32,
    software: ClientSoftware,
    /// The broker's side of a relayed conversation.
    relayed: Option<Upstream>,
}

impl Beginning<'_> {
    /// Listens until the client has proven who it is.
    async fn converse(mut self, certified: Option<Standing>) -> Result<Established, AuthFailure> {
        let limits = &self.listener.config.limits;
        let mut requests_left = limits.authentication_requests;
        if certified.is_some() {
            // Whoever has a good certificate may begin with a request of any size.
            self.client.link.set_frame_limit(limits.request_frame);
        }
        loop {
            let mut conversation = self.conversation(requests_left);
            let opening = conversation.opening().await?;
            requests_left = conversation.requests_left;
            match opening {
                Opening::Request(AuthRequest::ApiVersions { header, software_name, software_version }) => {
                    self.software = ClientSoftware {
                        name: software_name,
                        version: software_version,
                        ..ClientSoftware::of(&header)
                    };
                    self.answer_versions(&header).await?;
                }
                Opening::Request(AuthRequest::UnsupportedApiVersions { header }) => {
                    let answer = auth::unsupported_api_versions_response(&header)?;
                    self.client.link.send(answer).await?;
                }
                Opening::Request(AuthRequest::Handshake { header, mechanism }) => {
                    if self.software.client_id.is_none() {
                        self.software.client_id.clone_from(&header.client_id);
                    }
                    return self.by_sasl(header, &mechanism, requests_left).await;
                }
                Opening::Request(AuthRequest::Authenticate { .. }) => {
                    return Err(AuthFailure::Protocol("SaslAuthenticate before SaslHandshake".to_owned()));
                }
                Opening::Other(frame) => match certified {
                    Some(standing) => return self.connect(standing, Some(frame)).await,
                    None => return Err(AuthFailure::Protocol("a request before authentication".to_owned())),
                },
            }
        }
    }

    fn conversation(&mut self, requests_left: usize) -> Conversation<'_> {
        Conversation {
            shared: self.shared,
            listener: self.listener,
            certificate: self.client.certificate.as_ref(),
            client: &mut self.client.link,
            requests_left,
        }
    }

    /// Answers ApiVersions: from the broker itself where it is asked anyway, else from what it said before, so that a
    /// client nobody knows causes no connection to a broker.
    async fn answer_versions(&mut self, header: &OwnedHeader) -> Result<(), AuthFailure> {
        let identity = self.listener.expected_identity();
        let table = match self.listener.config.authentication.mode {
            AuthenticationMode::Relay => self.relayed().await?.versions.advertised(identity),
            AuthenticationMode::Terminate => {
                let known = self.listener.cluster.nodes.get(&self.node).and_then(|node| node.versions());
                let unknown = || AuthFailure::Unavailable {
                    mechanism: None,
                    why: "the broker has not said yet which versions it speaks".to_owned(),
                };
                known.ok_or_else(unknown)?.advertised(identity).with_own_authentication()
            }
        };
        let answer = auth::api_versions_response(header, &table)?;
        Ok(self.client.link.send(answer).await?)
    }

    async fn relayed(&mut self) -> Result<&mut Upstream, AuthFailure> {
        let upstream = match self.relayed.take() {
            Some(upstream) => upstream,
            None => self.open_upstream().await?,
        };
        Ok(self.relayed.insert(upstream))
    }

    async fn open_upstream(&self) -> Result<Upstream, AuthFailure> {
        let limits = &self.listener.config.limits;
        Ok(upstream::connect(&self.listener.cluster, self.node, self.software.for_broker(), limits).await?)
    }

    async fn by_sasl(
        mut self,
        header: OwnedHeader,
        mechanism: &str,
        requests_left: usize,
    ) -> Result<Established, AuthFailure> {
        match self.listener.config.authentication.mode {
            AuthenticationMode::Relay => {
                self.relayed().await?;
                let mut relayed = self.relayed.take();
                let proven =
                    self.conversation(requests_left).hold(header, mechanism, relayed.as_mut()).await?;
                let ends_at = proven.ends_at();
                let standing = proven.tell(&mut self.client.link).await?;
                let upstream = match relayed {
                    Some(upstream) => upstream,
                    None => return Err(AuthFailure::Protocol("the broker's connection is gone".to_owned())),
                };
                Ok(self.finish(standing, upstream, UpstreamIdentity::AsClient, None, ends_at))
            }
            AuthenticationMode::Terminate => {
                let proven = self.conversation(requests_left).hold(header, mechanism, None).await?;
                let ends_at = proven.ends_at();
                let (upstream, identity, login) = match self.log_in(&proven.standing).await {
                    Ok(logged_in) => logged_in,
                    Err(AuthFailure::Refused { mechanism, why, .. }) => {
                        return Err(AuthFailure::Refused { mechanism, why, answer: proven.refusal() });
                    }
                    Err(failure) => return Err(failure),
                };
                let standing = proven.tell(&mut self.client.link).await?;
                Ok(self.finish(standing, upstream, identity, login, ends_at))
            }
        }
    }

    /// A client whose certificate was enough.
    async fn connect(self, standing: Standing, first: Option<Frame>) -> Result<Established, AuthFailure> {
        let (upstream, identity, login) = self.log_in(&standing).await?;
        let ends_at = standing.identity.proof.expires_at.map(|at| at.0);
        let established = self.finish(standing, upstream, identity, login, ends_at);
        Ok(Established { first, ..established })
    }

    /// Connects to the broker as whom the configuration says.
    async fn log_in(&self, standing: &Standing) -> Result<LoggedIn, AuthFailure> {
        let identity = &standing.identity;
        let login = self.listener.cluster.upstream_login(&identity.principal).ok_or_else(|| {
            AuthFailure::Refused {
                mechanism: Some(identity.proof.mechanism),
                why: format!(
                    "`{}` has no upstream credential, and the gateway has no identity of its own",
                    identity.principal
                ),
                answer: None,
            }
        })?;
        let mut upstream =
            self.open_upstream().await.map_err(|failure| failure.with(identity.proof.mechanism))?;
        let login_again = match login.credential {
            None => None,
            Some(credential) => {
                let time = self.listener.config.limits.upstream_connect;
                let logging_in = tokio::time::timeout(time, upstream.log_in(credential));
                let logged_in = logging_in.await.unwrap_or(Err(upstream::UpstreamError::TimedOut));
                if let (Err(error), Some(node)) = (&logged_in, self.listener.cluster.nodes.get(&self.node)) {
                    node.failed(error);
                }
                let logged_in =
                    logged_in.map_err(|error| AuthFailure::from(error).with(identity.proof.mechanism))?;
                Some((credential.clone(), logged_in.again_at()))
            }
        };
        Ok((upstream, login.identity, login_again))
    }

    fn finish(
        self,
        standing: Standing,
        upstream: Upstream,
        identity: UpstreamIdentity,
        login: Option<(UpstreamCredential, Option<Instant>)>,
        ends_at: Option<i64>,
    ) -> Established {
        let ends_at = ends_at.map(|at| clock::instant_of(tidegate_model::UnixMillis(at)));
        Established { standing, upstream, identity, login, ends_at, first: None, software: self.software }
    }
}

type LoggedIn = (Upstream, UpstreamIdentity, Option<(UpstreamCredential, Option<Instant>)>);
