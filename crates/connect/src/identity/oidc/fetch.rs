//! Reading a key set from a file or from the provider.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::{Request, StatusCode, Uri, header};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

use super::KeySet;
use super::keys::MAX_KEY_SET;

/// Where a key set is.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A file with the provider's JWKS document.
    File(PathBuf),
    /// The provider's own address.
    Url {
        /// The address.
        uri: Uri,
        /// The certification authorities of the provider (PEM); those of the system if there is none. Read anew each
        /// time.
        ca_file: Option<PathBuf>,
    },
}

impl KeySource {
    /// A source at `url`. Plain HTTP is for this machine alone: whoever answers chooses whose tokens are good.
    pub fn url(url: &str, ca_file: Option<PathBuf>, plaintext: Plaintext) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|_| format!("`{url}` is not a URL"))?;
        let host = uri.host().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| format!("`{url}` has no host: begin with `https://`"))?;
        match (uri.scheme_str(), plaintext) {
            (Some("https"), _) | (Some("http"), Plaintext::Anywhere) => {}
            (Some("http"), Plaintext::ThisMachine) if is_this_machine(host) => {}
            _ => {
                return Err(format!(
                    "`{url}` is not `https`: whoever answers in the provider's place could make any token"
                ));
            }
        }
        Ok(Self::Url { uri, ca_file })
    }

    /// Reads the key set.
    pub(super) async fn read(&self) -> Result<KeySet, String> {
        let reading = async {
            match self {
                Self::File(path) => read_file(path).await,
                Self::Url { uri, ca_file } => download(uri, ca_file.as_deref()).await,
            }
        };
        let text = tokio::time::timeout(READ_TIME_LIMIT, reading)
            .await
            .map_err(|_| format!("no answer within {} s", READ_TIME_LIMIT.as_secs()))??;
        KeySet::parse(&text).map_err(|error| error.to_string())
    }
}

/// Where plain HTTP is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plaintext {
    /// From this machine's own addresses.
    ThisMachine,
    /// From anywhere. Dangerous.
    Anywhere,
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

async fn read_file(path: &Path) -> Result<Bytes, String> {
    let failed = |error: std::io::Error| format!("`{}`: {error}", path.display());
    let metadata = tokio::fs::metadata(path).await.map_err(failed)?;
    if metadata.len() > MAX_KEY_SET as u64 {
        return Err(format!("`{}` is too large", path.display()));
    }
    tokio::fs::read(path).await.map(Bytes::from).map_err(failed)
}

/// A connection for one request: it is made rarely, and so follows changes of names and authorities by itself.
/// Redirects are not followed.
async fn download(uri: &Uri, ca_file: Option<&Path>) -> Result<Bytes, String> {
    let builder = hyper_rustls::HttpsConnectorBuilder::new();
    let connector = match uri.scheme_str() {
        Some("https") => builder.with_tls_config(tls(ca_file)?).https_only().enable_http1().build(),
        // No authority vouches for anything here, and none is consulted.
        _ => builder
            .with_tls_config(tls_config(RootCertStore::empty())?)
            .https_or_http()
            .enable_http1()
            .build(),
    };
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<Bytes>>(connector);
    let request = Request::get(uri.clone())
        .header(header::ACCEPT, "application/jwk-set+json, application/json")
        .header(header::USER_AGENT, "tidegate")
        .body(Empty::new())
        .map_err(|error| error.to_string())?;
    let answer = client.request(request).await.map_err(|error| with_cause(&error))?;
    if answer.status() != StatusCode::OK {
        return Err(format!("the provider answered {}", answer.status().as_u16()));
    }
    let body = Limited::new(answer.into_body(), MAX_KEY_SET).collect().await;
    body.map(|body| body.to_bytes()).map_err(|error| format!("the answer is too large or broke off: {error}"))
}

/// The library's own message says only "client error"; the cause says what happened.
fn with_cause(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message = format!("{message}: {error}");
        cause = error.source();
    }
    message
}

fn tls(ca_file: Option<&Path>) -> Result<ClientConfig, String> {
    let path = match ca_file {
        Some(path) => path,
        None => SYSTEM_AUTHORITIES
            .iter()
            .map(Path::new)
            .find(|path| path.exists())
            .ok_or("the system's certification authorities were not found: set `ca_file`")?,
    };
    let mut roots = RootCertStore::empty();
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| format!("`{}`: {error}", path.display()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| format!("`{}`: {error}", path.display()))?;
        // A system's bundle may have an authority that the verifier cannot read. It is then simply not trusted.
        let added = roots.add(certificate);
        if ca_file.is_some() {
            added.map_err(|error| format!("`{}`: {error}", path.display()))?;
        }
    }
    if roots.is_empty() {
        return Err(format!("`{}` has no certificate", path.display()));
    }
    tls_config(roots)
}

fn tls_config(roots: RootCertStore) -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The longest time to read a key set.
const READ_TIME_LIMIT: Duration = Duration::from_secs(5);

/// Where systems keep their certification authorities.
const SYSTEM_AUTHORITIES: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
