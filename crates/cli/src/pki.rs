//! A certificate authority made on the spot, for `tidegate init` and `tidegate demo`. Its keys never leave the machine,
//! and nothing here is meant for production.

use std::net::IpAddr;
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};

use crate::files;

/// An authority that signs server and client certificates.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    valid_for: Duration,
}

/// A certificate with its private key.
pub(crate) struct Certificate {
    certificate_pem: String,
    key_pem: String,
    #[cfg(feature = "sandbox")]
    der: Vec<u8>,
}

impl Authority {
    /// A new authority; everything it signs is valid for `valid_for`.
    pub(crate) fn new(name: &str, valid_for: Duration) -> Result<Self> {
        let mut params = dated(CertificateParams::default(), valid_for);
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().context("cannot generate the authority's key")?;
        let issuer =
            CertifiedIssuer::self_signed(params, key).context("cannot sign the authority's certificate")?;
        Ok(Self { issuer, valid_for })
    }

    /// The authority's certificate, PEM.
    pub(crate) fn certificate_pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server certificate for DNS names and addresses.
    pub(crate) fn server(&self, names: &[&str]) -> Result<Certificate> {
        let mut params = self.leaf(names.first().copied().unwrap_or("localhost"));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        for name in names {
            params.subject_alt_names.push(match name.parse::<IpAddr>() {
                Ok(address) => SanType::IpAddress(address),
                Err(_) => SanType::DnsName(Ia5String::try_from(*name)?),
            });
        }
        self.sign(&params)
    }

    /// A client certificate whose identity is the SPIFFE ID `spiffe_id`.
    pub(crate) fn client(&self, common_name: &str, spiffe_id: &str) -> Result<Certificate> {
        let mut params = self.leaf(common_name);
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.subject_alt_names.push(SanType::URI(Ia5String::try_from(spiffe_id)?));
        self.sign(&params)
    }

    fn leaf(&self, common_name: &str) -> CertificateParams {
        let mut params = dated(CertificateParams::default(), self.valid_for);
        params.distinguished_name.push(DnType::CommonName, common_name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        params
    }

    fn sign(&self, params: &CertificateParams) -> Result<Certificate> {
        let key = KeyPair::generate().context("cannot generate a key")?;
        let certificate = params.signed_by(&key, &self.issuer).context("cannot sign a certificate")?;
        Ok(Certificate {
            certificate_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            #[cfg(feature = "sandbox")]
            der: certificate.der().to_vec(),
        })
    }
}

impl Certificate {
    /// Writes `NAME.pem`, `NAME.key`, and both in one as `NAME.keystore.pem`, which is how Java's clients want them.
    pub(crate) fn write(&self, folder: &Path, name: &str) -> Result<()> {
        files::write_public(&folder.join(format!("{name}.pem")), &self.certificate_pem)?;
        files::write_secret(&folder.join(format!("{name}.key")), &self.key_pem)?;
        let keystore = format!("{}{}", self.key_pem, self.certificate_pem);
        files::write_secret(&folder.join(format!("{name}.keystore.pem")), &keystore)
    }

    /// The SHA-256 thumbprint as a certificate-bound token carries it (`cnf.x5t#S256`, RFC 8705).
    #[cfg(feature = "sandbox")]
    pub(crate) fn thumbprint(&self) -> String {
        use base64::Engine as _;
        let sha256 = tidegate_connect::identity::certificate::certificate_sha256(&self.der);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(sha256)
    }
}

/// Validity from an hour ago, so that a clock slightly behind still accepts it, until `valid_for` from now.
fn dated(mut params: CertificateParams, valid_for: Duration) -> CertificateParams {
    let now = SystemTime::now();
    params.not_before = (now - CLOCK_SKEW).into();
    params.not_after = (now + valid_for).into();
    params
}

const CLOCK_SKEW: Duration = Duration::from_secs(3600);
