//! What a certificate says, read once.

use std::fmt;

use aws_lc_rs::digest;
use tidegate_model::UnixMillis;
use x509_parser::oid_registry::OID_X509_EXT_SUBJECT_ALT_NAME;
use x509_parser::prelude::{
    CertificateRevocationList, FromDer, GeneralName, ParsedExtension, X509Certificate,
};
use x509_parser::time::ASN1Time;

/// The parts of a certificate that identity and monitoring need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The URI names, in order.
    pub uri_names: Vec<String>,
    /// The DNS names, in lower case, without wildcards.
    pub dns_names: Vec<String>,
    /// The subject's common names.
    pub common_names: Vec<String>,
    /// When the certificate becomes valid.
    pub not_before: UnixMillis,
    /// When it ends.
    pub not_after: UnixMillis,
    /// SHA-256 of the certificate (DER).
    pub sha256: [u8; 32],
}

/// Why a certificate could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableCertificate(&'static str);

impl fmt::Display for UnreadableCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for UnreadableCertificate {}

impl Facts {
    /// Reads a certificate given as DER.
    pub fn read(der: &[u8]) -> Result<Self, UnreadableCertificate> {
        let (rest, certificate) =
            X509Certificate::from_der(der).map_err(|_| UnreadableCertificate("not an X.509 certificate"))?;
        if !rest.is_empty() {
            return Err(UnreadableCertificate("bytes follow the certificate"));
        }
        let mut facts = Self {
            uri_names: Vec::new(),
            dns_names: Vec::new(),
            common_names: common_names(&certificate)?,
            not_before: millis(certificate.validity().not_before),
            not_after: millis(certificate.validity().not_after),
            sha256: certificate_sha256(der),
        };
        facts.read_alternative_names(&certificate)?;
        Ok(facts)
    }

    fn read_alternative_names(
        &mut self,
        certificate: &X509Certificate<'_>,
    ) -> Result<(), UnreadableCertificate> {
        // Other extensions were the verifier's business; one that is odd there says nothing about names.
        let names = certificate
            .get_extension_unique(&OID_X509_EXT_SUBJECT_ALT_NAME)
            .map_err(|_| UnreadableCertificate("the alternative names are there twice"))?;
        let Some(names) = names else { return Ok(()) };
        let ParsedExtension::SubjectAlternativeName(names) = names.parsed_extension() else {
            return Err(UnreadableCertificate("the alternative names are malformed"));
        };
        for name in &names.general_names {
            self.read_name(name)?;
        }
        Ok(())
    }

    fn read_name(&mut self, name: &GeneralName<'_>) -> Result<(), UnreadableCertificate> {
        match name {
            GeneralName::URI(uri) => self.uri_names.push((*uri).to_owned()),
            GeneralName::DNSName(dns) if dns.contains('*') => {}
            GeneralName::DNSName(dns) => self.dns_names.push(dns.to_ascii_lowercase()),
            GeneralName::Invalid(..) => return Err(UnreadableCertificate("a name is malformed")),
            _ => {}
        }
        if self.uri_names.len() + self.dns_names.len() > MAX_NAMES {
            return Err(UnreadableCertificate("too many names"));
        }
        Ok(())
    }
}

/// SHA-256 of a certificate (DER), as certificate-bound tokens name it.
pub fn certificate_sha256(der: &[u8]) -> [u8; 32] {
    let mut sha256 = [0; 32];
    sha256.copy_from_slice(digest::digest(&digest::SHA256, der).as_ref());
    sha256
}

/// When a certificate (DER), of whatever kind, begins and ends to be valid.
pub fn validity(der: &[u8]) -> Result<(UnixMillis, UnixMillis), UnreadableCertificate> {
    let (_, certificate) =
        X509Certificate::from_der(der).map_err(|_| UnreadableCertificate("not an X.509 certificate"))?;
    Ok((millis(certificate.validity().not_before), millis(certificate.validity().not_after)))
}

/// When a revocation list (DER) ends, if it can be read and says so.
pub fn revocation_list_end(der: &[u8]) -> Option<UnixMillis> {
    let (_, list) = CertificateRevocationList::from_der(der).ok()?;
    list.next_update().map(millis)
}

fn common_names(certificate: &X509Certificate<'_>) -> Result<Vec<String>, UnreadableCertificate> {
    let mut names = Vec::new();
    for attribute in certificate.subject().iter_common_name() {
        let name = attribute.as_str().map_err(|_| UnreadableCertificate("a common name is not text"))?;
        names.push(name.to_owned());
    }
    Ok(names)
}

fn millis(time: ASN1Time) -> UnixMillis {
    UnixMillis(time.timestamp().saturating_mul(1000))
}

/// How many names a certificate may have.
const MAX_NAMES: usize = 256;
