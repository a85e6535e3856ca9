//! TLS towards clients.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::version::{TLS12, TLS13};
use rustls_pki_types::{CertificateDer, UnixTime};
use tidegate_model::UnixMillis;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::files::{KeyedChain, Trust, roots};
use super::peer::{HandshakeRefusal, PeerCertificate};
use super::{Reloaded, TlsError, provider};
use crate::config::{ClientCertificates, ListenerTls, TlsVersion};

/// TLS of one listener, as its files had it when they were last read.
///
/// A client's certificate must lead to an authority of the listener. Where revocation lists are given, every authority in
/// the chain needs a current one: an unknown status and a list past its end both refuse, because an attacker who keeps
/// a list from arriving must gain nothing.
pub struct ServerTls {
    settings: ListenerTls,
    current: ArcSwap<Generation>,
}

/// A client whose handshake is done.
pub struct Accepted<IO> {
    /// The connection.
    pub stream: TlsStream<IO>,
    /// The client's certificate, if it presented one.
    pub peer: Option<PeerCertificate>,
}

/// A certificate that was good when its connection was made, and is no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untrusted(HandshakeRefusal);

impl Untrusted {
    /// Why it is no longer good.
    pub fn refusal(self) -> HandshakeRefusal {
        self.0
    }
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the client's certificate is no longer trusted: {}", self.0.as_str())
    }
}

impl std::error::Error for Untrusted {}

/// Everything that one reading of the files gave.
struct Generation {
    config: Arc<ServerConfig>,
    chain: Vec<CertificateDer<'static>>,
    expires_at: UnixMillis,
    /// How clients are judged; `None` where they are not asked for a certificate.
    clients: Option<Clients>,
}

struct Clients {
    trust: Trust,
    verifier: Arc<dyn ClientCertVerifier>,
}

impl ServerTls {
    /// Reads the files for the first time.
    pub fn load(settings: &ListenerTls) -> Result<Self, TlsError> {
        let generation = Generation::read(settings)?;
        Ok(Self { settings: settings.clone(), current: ArcSwap::from_pointee(generation) })
    }

    /// Reads the files again. After a change, judge live connections with [`ServerTls::still_trusted`].
    pub fn reload(&self) -> Result<Reloaded, TlsError> {
        let generation = Generation::read(&self.settings)?;
        if generation.says_the_same_as(&self.current.load()) {
            return Ok(Reloaded::Unchanged);
        }
        self.current.store(Arc::new(generation));
        Ok(Reloaded::Changed)
    }

    /// Makes the handshake with a client. The caller limits its time.
    pub async fn accept<IO>(&self, io: IO) -> io::Result<Accepted<IO>>
    where
        IO: AsyncRead + AsyncWrite + Unpin,
    {
        let generation = self.current.load_full();
        let stream = TlsAcceptor::from(Arc::clone(&generation.config)).accept(io).await?;
        let peer = PeerCertificate::of(stream.get_ref().1);
        // The handshake may have begun before a reload and ended after it.
        if let Some(peer) = &peer
            && !Arc::ptr_eq(&generation, &self.current.load())
        {
            self.still_trusted(peer, now()).map_err(io::Error::other)?;
        }
        Ok(Accepted { stream, peer })
    }

    /// Whether a client's certificate would be accepted in a handshake made now.
    pub fn still_trusted(&self, peer: &PeerCertificate, now: UnixMillis) -> Result<(), Untrusted> {
        let generation = self.current.load();
        let clients = generation.clients.as_ref().ok_or(Untrusted(HandshakeRefusal::UnknownAuthority))?;
        let (leaf, intermediates) =
            peer.chain().split_first().ok_or(Untrusted(HandshakeRefusal::NoCertificate))?;
        let since_epoch = Duration::from_millis(u64::try_from(now.0).unwrap_or_default());
        clients
            .verifier
            .verify_client_cert(leaf, intermediates, UnixTime::since_unix_epoch(since_epoch))
            .map(drop)
            .map_err(|error| Untrusted(HandshakeRefusal::of_tls(&error)))
    }

    /// When the gateway's own certificate ends.
    pub fn certificate_expires_at(&self) -> UnixMillis {
        self.current.load().expires_at
    }

    /// When the first of the revocation lists ends, if there are any; from then on no client certificate is accepted.
    pub fn revocations_end_at(&self) -> Option<UnixMillis> {
        self.current.load().trust().and_then(|trust| trust.revocations_end)
    }

    /// The settings, to see which files to watch.
    pub fn settings(&self) -> &ListenerTls {
        &self.settings
    }

    #[cfg(test)]
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.load().config)
    }
}

impl Generation {
    fn read(settings: &ListenerTls) -> Result<Self, TlsError> {
        let own = KeyedChain::read(&settings.certificate)?;
        let clients = Clients::read(&settings.clients)?;
        let versions: &[_] = match settings.oldest_version {
            TlsVersion::Tls12 => &[&TLS13, &TLS12],
            TlsVersion::Tls13 => &[&TLS13],
        };
        let builder = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(versions)
            .map_err(|error| TlsError::Inconsistent(error.to_string()))?;
        let builder = match &clients {
            Some(clients) => builder.with_client_cert_verifier(Arc::clone(&clients.verifier)),
            None => builder.with_no_client_auth(),
        };
        let mut config = builder.with_single_cert(own.chain.clone(), own.key).map_err(|error| {
            let path = settings.certificate.certificate.display();
            TlsError::Inconsistent(format!("`{path}` and its key do not fit together: {error}"))
        })?;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self { config: Arc::new(config), chain: own.chain, expires_at: own.expires_at, clients })
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        // The key belongs to the chain, or the chain would not have been accepted with it.
        self.chain == other.chain && self.trust() == other.trust()
    }

    fn trust(&self) -> Option<&Trust> {
        self.clients.as_ref().map(|clients| &clients.trust)
    }
}

impl Clients {
    fn read(clients: &ClientCertificates) -> Result<Option<Self>, TlsError> {
        let files = match clients {
            ClientCertificates::NotAsked => return Ok(None),
            ClientCertificates::Optional(files) | ClientCertificates::Required(files) => files,
        };
        let trust = Trust::read(files)?;
        let roots = Arc::new(roots(&files.ca, &trust.authorities)?);
        let builder = WebPkiClientVerifier::builder_with_provider(roots, provider())
            .with_crls(trust.revocations.iter().cloned())
            .enforce_revocation_expiration();
        let builder = match clients {
            ClientCertificates::Optional(_) => builder.allow_unauthenticated(),
            ClientCertificates::NotAsked | ClientCertificates::Required(_) => builder,
        };
        let verifier = builder.build().map_err(|error| {
            TlsError::Inconsistent(format!("client certificates cannot be verified: {error}"))
        })?;
        Ok(Some(Self { trust, verifier }))
    }
}

fn now() -> UnixMillis {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    UnixMillis(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}
