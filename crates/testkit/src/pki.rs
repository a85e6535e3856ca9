//! Certificate authorities, certificates and revocation lists, made on the spot.
//!
//! ```
//! use tidegate_testkit::pki::{Authority, Subject};
//! let authority = Authority::new("Test CA")?;
//! let server = authority.server(&["localhost", "127.0.0.1"])?;
//! let client = authority.client(&Subject::spiffe("spiffe://prod.test/ns/orders/sa/api"))?;
//! let revoked = authority.revoke(&[&client])?;
//! # assert!(revoked.contains("X509 CRL"));
//! # assert!(server.chain_pem().contains("CERTIFICATE"));
//! # anyhow::Ok(())
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DistinguishedName,
    DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason,
    RevokedCertParams, SanType, SerialNumber, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore};

/// When something is valid, relative to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// From an hour ago until a day from now.
    Current,
    /// Over since an hour ago.
    Expired,
    /// Not before an hour from now.
    Future,
}

impl Validity {
    fn window(self) -> (Duration, Duration) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        match self {
            Self::Current => (now - HOUR, now + 24 * HOUR),
            Self::Expired => (now - 24 * HOUR, now - HOUR),
            Self::Future => (now + HOUR, now + 24 * HOUR),
        }
    }
}

/// Whom a client certificate names.
#[derive(Clone, Debug)]
pub struct Subject {
    names: Vec<(DnType, String)>,
    uris: Vec<String>,
    dns: Vec<String>,
    validity: Validity,
}

impl Subject {
    /// Nobody: a certificate without any name.
    pub fn nameless() -> Self {
        Self { names: Vec::new(), uris: Vec::new(), dns: Vec::new(), validity: Validity::Current }
    }

    /// A common name, as old clients have it.
    pub fn cn(name: &str) -> Self {
        Self::nameless().and_name(DnType::CommonName, name)
    }

    /// A SPIFFE id, or any other URI.
    pub fn spiffe(uri: &str) -> Self {
        Self::nameless().and_uri(uri)
    }

    /// A DNS name.
    pub fn dns(name: &str) -> Self {
        Self::nameless().and_dns(name)
    }

    /// Adds a part of the distinguished name.
    pub fn and_name(mut self, kind: DnType, name: &str) -> Self {
        self.names.push((kind, name.to_owned()));
        self
    }

    /// Adds a URI.
    pub fn and_uri(mut self, uri: &str) -> Self {
        self.uris.push(uri.to_owned());
        self
    }

    /// Adds a DNS name.
    pub fn and_dns(mut self, name: &str) -> Self {
        self.dns.push(name.to_owned());
        self
    }

    /// Sets when the certificate is valid.
    pub fn validity(mut self, validity: Validity) -> Self {
        self.validity = validity;
        self
    }
}

/// An authority with its key.
#[derive(Debug)]
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// The certificates between this authority and the root, this one first. Empty for a root.
    intermediates: Vec<CertificateDer<'static>>,
    root: CertificateDer<'static>,
}

impl Authority {
    /// A new root.
    pub fn new(name: &str) -> Result<Self> {
        let issuer = CertifiedIssuer::self_signed(authority_params(name)?, KeyPair::generate()?)?;
        let root = issuer.der().clone();
        Ok(Self { issuer, intermediates: Vec::new(), root })
    }

    /// A new authority below this one. Certificates it issues carry the chain up to, but without, the root.
    pub fn intermediate(&self, name: &str) -> Result<Self> {
        let issuer = CertifiedIssuer::signed_by(authority_params(name)?, KeyPair::generate()?, &self.issuer)?;
        let mut intermediates = vec![issuer.der().clone()];
        intermediates.extend(self.intermediates.iter().cloned());
        Ok(Self { issuer, intermediates, root: self.root.clone() })
    }

    /// The certificate of the root this authority leads to.
    pub fn pem(&self) -> String {
        pem("CERTIFICATE", &self.root)
    }

    /// The certificate of the root this authority leads to.
    pub fn der(&self) -> &CertificateDer<'static> {
        &self.root
    }

    /// Writes [`Authority::pem`] to `path` and returns it.
    pub fn write(&self, path: impl Into<PathBuf>) -> Result<PathBuf> {
        let path = path.into();
        fs::write(&path, self.pem()).with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(path)
    }

    /// A server certificate for the given DNS names and addresses.
    pub fn server(&self, names: &[&str]) -> Result<Identity> {
        self.server_valid(names, Validity::Current)
    }

    /// As [`Authority::server`], with a validity.
    pub fn server_valid(&self, names: &[&str], validity: Validity) -> Result<Identity> {
        let mut params =
            CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())?;
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, names.first().copied().unwrap_or("server"));
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(params, validity)
    }

    /// A client certificate.
    pub fn client(&self, subject: &Subject) -> Result<Identity> {
        let mut params = CertificateParams::new(subject.dns.clone())?;
        for uri in &subject.uris {
            params.subject_alt_names.push(SanType::URI(uri.as_str().try_into()?));
        }
        params.distinguished_name = DistinguishedName::new();
        for (kind, name) in &subject.names {
            params.distinguished_name.push(kind.clone(), name.as_str());
        }
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        self.issue(params, subject.validity)
    }

    /// A current revocation list with the given certificates, in PEM. With none it is an empty list.
    pub fn revoke(&self, revoked: &[&Identity]) -> Result<String> {
        self.revocation_list(revoked, Validity::Current)
    }

    /// As [`Authority::revoke`], with a validity of the list itself.
    pub fn revocation_list(&self, revoked: &[&Identity], validity: Validity) -> Result<String> {
        let (from, until) = validity.window();
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(1970, 1, 1) + from,
            next_update: date_time_ymd(1970, 1, 1) + until,
            crl_number: SerialNumber::from(from.as_secs()),
            issuing_distribution_point: None,
            revoked_certs: revoked
                .iter()
                .map(|identity| RevokedCertParams {
                    serial_number: identity.serial.clone(),
                    revocation_time: date_time_ymd(1970, 1, 1) + from,
                    reason_code: Some(RevocationReason::KeyCompromise),
                    invalidity_date: None,
                })
                .collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(list.signed_by(&self.issuer)?.pem()?)
    }

    /// A TLS client that trusts this authority alone and shows `identity`, if any.
    pub fn client_config(&self, identity: Option<&Identity>) -> Result<Arc<ClientConfig>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.clone())?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        let config = match identity {
            Some(identity) => builder.with_client_auth_cert(identity.chain.clone(), identity.key_der())?,
            None => builder.with_no_client_auth(),
        };
        Ok(Arc::new(config))
    }

    fn issue(&self, mut params: CertificateParams, validity: Validity) -> Result<Identity> {
        let serial = random_serial()?;
        let (from, until) = validity.window();
        params.not_before = date_time_ymd(1970, 1, 1) + from;
        params.not_after = date_time_ymd(1970, 1, 1) + until;
        params.serial_number = Some(serial.clone());
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let mut chain = vec![certificate.der().clone()];
        chain.extend(self.intermediates.iter().cloned());
        Ok(Identity { chain, key, serial })
    }
}

/// A certificate with its chain and key.
#[derive(Debug)]
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
    serial: SerialNumber,
}

impl Identity {
    /// The certificate and those between it and the root, in PEM.
    pub fn chain_pem(&self) -> String {
        self.chain.iter().map(|certificate| pem("CERTIFICATE", certificate)).collect()
    }

    /// The certificate and those between it and the root.
    pub fn chain(&self) -> &[CertificateDer<'static>] {
        &self.chain
    }

    /// The private key, as PKCS #8 in PEM.
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// The private key, as PKCS #8.
    pub fn key_der(&self) -> PrivateKeyDer<'static> {
        PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.serialize_der()))
    }

    /// The certificate's SHA-256 as `x5t#S256` of a bound token has it.
    pub fn thumbprint(&self) -> String {
        let certificate = self.chain.first().map(AsRef::as_ref).unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, certificate))
    }

    /// Writes `NAME.crt`, `NAME.key` and `NAME.pem` (key, then chain, as Java wants it) into `dir`.
    pub fn write(&self, dir: &Path, name: &str) -> Result<Files> {
        let files = Files {
            certificate: dir.join(format!("{name}.crt")),
            key: dir.join(format!("{name}.key")),
            both: dir.join(format!("{name}.pem")),
        };
        fs::write(&files.certificate, self.chain_pem())?;
        fs::write(&files.key, self.key_pem())?;
        fs::write(&files.both, format!("{}{}", self.key_pem(), self.chain_pem()))?;
        Ok(files)
    }
}

/// Where [`Identity::write`] put things.
#[derive(Clone, Debug)]
pub struct Files {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
    /// Both in one file, for Java's `ssl.keystore.type=PEM`.
    pub both: PathBuf,
}

fn authority_params(name: &str) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new())?;
    let (from, until) = Validity::Current.window();
    params.not_before = date_time_ymd(1970, 1, 1) + from;
    params.not_after = date_time_ymd(1970, 1, 1) + until;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages =
        vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    params.serial_number = Some(random_serial()?);
    Ok(params)
}

fn random_serial() -> Result<SerialNumber> {
    let mut bytes = [0; 12];
    rand::fill(&mut bytes).ok().context("no random bytes")?;
    // Positive and without a leading zero, as DER wants it.
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = base64::prelude::BASE64_STANDARD.encode(der);
    let mut lines = String::new();
    let mut rest = text.as_str();
    while let Some((line, more)) = rest.split_at_checked(64) {
        lines += &format!("{line}\n");
        rest = more;
    }
    if !rest.is_empty() {
        lines += &format!("{rest}\n");
    }
    format!("-----BEGIN {label}-----\n{lines}-----END {label}-----\n")
}

const HOUR: Duration = Duration::from_secs(3600);
