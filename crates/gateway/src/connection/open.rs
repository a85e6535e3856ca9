//! From an accepted socket to a client that can speak: PROXY protocol, admission, TLS.

use std::net::IpAddr;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use crate::admission::{Admission, NotAdmitted};
use crate::io::{Link, LinkLimits, ReadAhead, Transport};
use crate::proxy_protocol::{MAX_VARIABLE_BYTES, PREFIX_BYTES, Prefix, ProxyProtocolError};
use crate::state::ListenerState;
use crate::tls::{HandshakeRefusal, PeerCertificate};

/// A client whose connection is ready for Kafka's protocol.
pub(super) struct Client {
    pub(super) link: Link,
    pub(super) peer: IpAddr,
    /// The node it means; `None` for first contact.
    pub(super) node: Option<i32>,
    pub(super) certificate: Option<PeerCertificate>,
    pub(super) admission: Admission,
}

/// Why a connection was closed before it could speak.
#[derive(Debug)]
pub(super) enum NotOpened {
    Admission(NotAdmitted),
    Proxy(ProxyProtocolError),
    Tls(HandshakeRefusal),
    /// It asked for a name that no node has.
    UnknownName,
    TimedOut,
    Broken(std::io::Error),
}

impl NotOpened {
    /// For metrics and logs.
    pub(super) fn class(&self) -> &'static str {
        match self {
            Self::Admission(why) => why.as_str(),
            Self::Proxy(_) => "proxy_protocol",
            Self::Tls(HandshakeRefusal::NoCertificate) => "tls_no_certificate",
            Self::Tls(HandshakeRefusal::Revoked) => "tls_revoked",
            Self::Tls(HandshakeRefusal::OutsideValidity) => "tls_outside_validity",
            Self::Tls(HandshakeRefusal::UnknownAuthority) => "tls_unknown_authority",
            Self::Tls(HandshakeRefusal::RevocationUnknown) => "tls_revocation_unknown",
            Self::Tls(HandshakeRefusal::BadCertificate) => "tls_bad_certificate",
            Self::Tls(HandshakeRefusal::RefusedByClient) => "tls_refused_by_client",
            Self::Tls(HandshakeRefusal::Incompatible) => "tls_incompatible",
            Self::Tls(HandshakeRefusal::Protocol) => "tls_protocol",
            Self::Tls(HandshakeRefusal::BrokenOff) => "tls_broken_off",
            Self::UnknownName => "unknown_name",
            Self::TimedOut => "handshake_timeout",
            Self::Broken(_) => "broken_off",
        }
    }
}

impl std::fmt::Display for NotOpened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Proxy(error) => error.fmt(f),
            Self::Broken(error) => error.fmt(f),
            Self::UnknownName => f.write_str("the client asks for a name that no node has"),
            Self::TimedOut => f.write_str("the handshake took too long"),
            Self::Admission(_) | Self::Tls(_) => f.write_str(self.class()),
        }
    }
}

/// Opens a connection from `remote` within the handshake's time limit.
pub(super) async fn open(
    listener: &ListenerState,
    mut socket: TcpStream,
    remote: IpAddr,
    node: Option<i32>,
) -> Result<Client, NotOpened> {
    let deadline = Instant::now() + listener.config.limits.handshake_timeout;
    socket.set_nodelay(true).map_err(NotOpened::Broken)?;
    let peer = match listener.config.proxy_protocol.iter().any(|network| network.contains(remote)) {
        // INVARIANT: only from the named networks is a header read, and there it is required.
        true => {
            timeout_at(deadline, read_proxy_header(&mut socket)).await.map_err(|_| NotOpened::TimedOut)??
        }
        false => None,
    };
    let peer = peer.unwrap_or(remote).to_canonical();
    let admission = listener.admissions.admit(peer, Instant::now()).map_err(NotOpened::Admission)?;
    let opening = secure(listener, ReadAhead::new(socket), node);
    let (transport, node, certificate) =
        timeout_at(deadline, opening).await.map_err(|_| NotOpened::TimedOut)??;
    let limits = &listener.config.limits;
    let link_limits = LinkLimits {
        frame: limits.frame_before_authentication,
        frame_time: limits.frame_time,
        write_stall: limits.write_stall,
        ahead: CLIENT_AHEAD,
    };
    Ok(Client { link: Link::new(transport, link_limits), peer, node, certificate, admission })
}

async fn read_proxy_header(socket: &mut TcpStream) -> Result<Option<IpAddr>, NotOpened> {
    let mut fixed = [0; PREFIX_BYTES];
    socket.read_exact(&mut fixed).await.map_err(NotOpened::Broken)?;
    let prefix = Prefix::parse(&fixed).map_err(NotOpened::Proxy)?;
    let mut variable = [0; MAX_VARIABLE_BYTES];
    let variable = variable.get_mut(..prefix.variable_bytes()).unwrap_or_default();
    socket.read_exact(variable).await.map_err(NotOpened::Broken)?;
    prefix.source(variable).map_err(NotOpened::Proxy)
}

async fn secure(
    listener: &ListenerState,
    socket: ReadAhead,
    node: Option<i32>,
) -> Result<(Transport, Option<i32>, Option<PeerCertificate>), NotOpened> {
    let Some(tls) = &listener.tls else { return Ok((Transport::Plain(socket), node, None)) };
    let accepted = tls.accept(socket).await.map_err(|error| NotOpened::Tls(HandshakeRefusal::of(&error)))?;
    let named = match node {
        Some(node) => Some(node),
        None => {
            let name = accepted.stream.get_ref().1.server_name();
            listener.node_by_name(name).ok_or(NotOpened::UnknownName)?
        }
    };
    Ok((Transport::Accepted(Box::new(accepted.stream)), named, accepted.peer))
}

/// How much memory a client gets by announcing a long request, before it has sent as much.
const CLIENT_AHEAD: usize = 1 << 20;
