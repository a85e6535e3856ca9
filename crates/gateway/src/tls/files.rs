//! Certificates, keys and revocation lists in files.

use std::fs;
use std::path::Path;

use rustls::RootCertStore;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use tidegate_connect::identity::certificate::{revocation_list_end, validity};
use tidegate_model::UnixMillis;
use zeroize::Zeroizing;

use super::TlsError;
use crate::config::{CertificateFiles, ClientTrust};

/// A certificate chain with its key.
pub(super) struct KeyedChain {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    /// When the leaf ends.
    pub(super) expires_at: UnixMillis,
}

/// Which client certificates are good.
#[derive(PartialEq, Eq)]
pub(super) struct Trust {
    pub(super) authorities: Vec<CertificateDer<'static>>,
    pub(super) revocations: Vec<CertificateRevocationListDer<'static>>,
    /// When the first of the revocation lists ends.
    pub(super) revocations_end: Option<UnixMillis>,
}

impl KeyedChain {
    pub(super) fn read(files: &CertificateFiles) -> Result<Self, TlsError> {
        let chain = read_certificates(&files.certificate)?;
        let expires_at = chain
            .first()
            .and_then(|leaf| validity(leaf).ok())
            .map(|(_, end)| end)
            .ok_or_else(|| unusable(&files.certificate, "the certificate is unreadable"))?;
        let pem = read(&files.key)?;
        let key = PrivateKeyDer::from_pem_slice(&pem)
            .map_err(|error| unusable(&files.key, &format!("no private key in PEM: {error}")))?;
        Ok(Self { chain, key, expires_at })
    }
}

impl Trust {
    pub(super) fn read(files: &ClientTrust) -> Result<Self, TlsError> {
        let authorities = read_certificates(&files.ca)?;
        let mut revocations = Vec::new();
        for path in &files.crls {
            revocations.extend(read_revocations(path)?);
        }
        let revocations_end = revocations.iter().filter_map(|list| revocation_list_end(list)).min();
        Ok(Self { authorities, revocations, revocations_end })
    }
}

/// The authorities of `path` as a store of roots. Each must be usable.
pub(super) fn roots(path: &Path, authorities: &[CertificateDer<'static>]) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for authority in authorities {
        roots
            .add(authority.clone())
            .map_err(|error| unusable(path, &format!("an authority is unusable: {error}")))?;
    }
    Ok(roots)
}

pub(super) fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = read(path)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates =
        certificates.map_err(|error| unusable(path, &format!("a certificate is malformed: {error}")))?;
    if certificates.is_empty() {
        return Err(unusable(path, "no certificate in PEM"));
    }
    Ok(certificates)
}

/// Revocation lists are published in PEM or bare (DER); either will do.
fn read_revocations(path: &Path) -> Result<Vec<CertificateRevocationListDer<'static>>, TlsError> {
    let bytes = read(path)?;
    if bytes.first() == Some(&DER_SEQUENCE) {
        return Ok(vec![CertificateRevocationListDer::from(bytes.to_vec())]);
    }
    let lists: Result<Vec<_>, _> = CertificateRevocationListDer::pem_slice_iter(&bytes).collect();
    let lists = lists.map_err(|error| unusable(path, &format!("a revocation list is malformed: {error}")))?;
    if lists.is_empty() {
        return Err(unusable(path, "no revocation list"));
    }
    Ok(lists)
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, TlsError> {
    fs::read(path).map(Zeroizing::new).map_err(|error| unusable(path, &error.to_string()))
}

pub(super) fn unusable(path: &Path, message: &str) -> TlsError {
    TlsError::Unusable { path: path.to_owned(), message: message.to_owned() }
}

/// The first byte of every revocation list in DER, and of none in PEM.
const DER_SEQUENCE: u8 = 0x30;
