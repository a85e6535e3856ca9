//! TLS towards brokers.

use std::io;
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::ClientConfig;
use rustls::version::{TLS12, TLS13};
use rustls_pki_types::{CertificateDer, ServerName};
use tidegate_model::UnixMillis;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::files::{KeyedChain, read_certificates, roots};
use super::{Reloaded, TlsError, provider};
use crate::config::UpstreamTls;

/// TLS towards the brokers of one cluster, as its files had it when they were last read.
///
/// Brokers must present a certificate of the given authorities for the name connected to. Sessions with brokers are
/// resumed, within one reading of the files: after a change every connection begins afresh.
pub struct ClientTls {
    settings: UpstreamTls,
    current: ArcSwap<Generation>,
}

struct Generation {
    config: Arc<ClientConfig>,
    authorities: Vec<CertificateDer<'static>>,
    own: Option<(Vec<CertificateDer<'static>>, UnixMillis)>,
}

impl ClientTls {
    /// Reads the files for the first time.
    pub fn load(settings: &UpstreamTls) -> Result<Self, TlsError> {
        if let Some(name) = &settings.server_name {
            ServerName::try_from(name.as_str())
                .map_err(|_| TlsError::Inconsistent(format!("`{name}` is not a host name or address")))?;
        }
        let generation = Generation::read(settings)?;
        Ok(Self { settings: settings.clone(), current: ArcSwap::from_pointee(generation) })
    }

    /// Reads the files again.
    pub fn reload(&self) -> Result<Reloaded, TlsError> {
        let generation = Generation::read(&self.settings)?;
        let current = self.current.load();
        if generation.authorities == current.authorities && generation.own == current.own {
            return Ok(Reloaded::Unchanged);
        }
        self.current.store(Arc::new(generation));
        Ok(Reloaded::Changed)
    }

    /// Makes the handshake with the broker at `host`. The caller limits its time.
    pub async fn connect<IO>(&self, host: &str, io: IO) -> io::Result<TlsStream<IO>>
    where
        IO: AsyncRead + AsyncWrite + Unpin,
    {
        let name = self.settings.server_name.as_deref().unwrap_or(host);
        let name = ServerName::try_from(name.to_owned()).map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidInput, "the broker's host is not a host name or address")
        })?;
        let config = Arc::clone(&self.current.load().config);
        TlsConnector::from(config).connect(name, io).await
    }

    /// When the gateway's certificate towards brokers ends, if it has one.
    pub fn certificate_expires_at(&self) -> Option<UnixMillis> {
        self.current.load().own.as_ref().map(|(_, expires_at)| *expires_at)
    }

    /// The settings, to see which files to watch.
    pub fn settings(&self) -> &UpstreamTls {
        &self.settings
    }
}

impl Generation {
    fn read(settings: &UpstreamTls) -> Result<Self, TlsError> {
        let authorities = read_certificates(&settings.ca)?;
        let builder = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|error| TlsError::Inconsistent(error.to_string()))?
            .with_root_certificates(roots(&settings.ca, &authorities)?);
        let Some(files) = &settings.client_certificate else {
            return Ok(Self { config: Arc::new(builder.with_no_client_auth()), authorities, own: None });
        };
        let own = KeyedChain::read(files)?;
        let config = builder.with_client_auth_cert(own.chain.clone(), own.key).map_err(|error| {
            let path = files.certificate.display();
            TlsError::Inconsistent(format!("`{path}` and its key do not fit together: {error}"))
        })?;
        Ok(Self { config: Arc::new(config), authorities, own: Some((own.chain, own.expires_at)) })
    }
}
