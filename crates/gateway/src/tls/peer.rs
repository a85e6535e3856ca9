//! The client at the other end of a connection.

use std::io;
use std::sync::Arc;

use rustls::{AlertDescription, CertificateError, ServerConnection};
use rustls_pki_types::CertificateDer;
use tidegate_connect::identity::certificate::certificate_sha256;

use super::Untrusted;

/// The certificate chain that a client proved to have, kept to be judged again when trust changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerCertificate {
    chain: Arc<[CertificateDer<'static>]>,
    sha256: [u8; 32],
}

impl PeerCertificate {
    /// That of a finished handshake, if the client presented one.
    pub fn of(connection: &ServerConnection) -> Option<Self> {
        let chain = connection.peer_certificates()?;
        let sha256 = certificate_sha256(chain.first()?);
        // The handshake's buffers are given back; what is kept is a copy for as long as the connection lives.
        let chain = chain.iter().map(|certificate| certificate.clone().into_owned()).collect();
        Some(Self { chain, sha256 })
    }

    /// The client's own certificate (DER).
    pub fn leaf(&self) -> &[u8] {
        self.chain.first().map(AsRef::as_ref).unwrap_or_default()
    }

    /// SHA-256 of [`PeerCertificate::leaf`].
    pub fn sha256(&self) -> [u8; 32] {
        self.sha256
    }

    pub(super) fn chain(&self) -> &[CertificateDer<'static>] {
        &self.chain
    }
}

/// Why a handshake failed, coarsely enough for a metric's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HandshakeRefusal {
    /// The client has no certificate, and needs one.
    NoCertificate,
    /// The client's certificate is revoked.
    Revoked,
    /// The client's certificate is not valid at this time.
    OutsideValidity,
    /// No trusted authority issued the client's certificate.
    UnknownAuthority,
    /// Nothing says whether the client's certificate is revoked, or what did has ended.
    RevocationUnknown,
    /// The client's certificate is bad in another way.
    BadCertificate,
    /// The client does not accept the gateway's certificate.
    RefusedByClient,
    /// There is no version, suite or algorithm that both have.
    Incompatible,
    /// The client does not speak TLS, or broke its rules.
    Protocol,
    /// The connection broke off.
    BrokenOff,
}

impl HandshakeRefusal {
    /// The reason in the error of a failed handshake.
    pub fn of(error: &io::Error) -> Self {
        let Some(inner) = error.get_ref() else { return Self::BrokenOff };
        if let Some(error) = inner.downcast_ref::<rustls::Error>() {
            return Self::of_tls(error);
        }
        inner.downcast_ref::<Untrusted>().map_or(Self::BrokenOff, |untrusted| untrusted.refusal())
    }

    pub(super) fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::NoCertificatesPresented => Self::NoCertificate,
            rustls::Error::InvalidCertificate(why) => Self::of_certificate(why),
            rustls::Error::PeerIncompatible(_) => Self::Incompatible,
            rustls::Error::AlertReceived(alert) => match alert {
                AlertDescription::UnknownCA
                | AlertDescription::BadCertificate
                | AlertDescription::CertificateUnknown
                | AlertDescription::CertificateExpired => Self::RefusedByClient,
                AlertDescription::HandshakeFailure | AlertDescription::ProtocolVersion => Self::Incompatible,
                _ => Self::Protocol,
            },
            _ => Self::Protocol,
        }
    }

    fn of_certificate(why: &CertificateError) -> Self {
        match why {
            CertificateError::Revoked => Self::Revoked,
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Self::OutsideValidity,
            CertificateError::UnknownIssuer => Self::UnknownAuthority,
            CertificateError::UnknownRevocationStatus
            | CertificateError::ExpiredRevocationList
            | CertificateError::ExpiredRevocationListContext { .. } => Self::RevocationUnknown,
            _ => Self::BadCertificate,
        }
    }

    /// The name used in metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoCertificate => "no_certificate",
            Self::Revoked => "revoked",
            Self::OutsideValidity => "outside_validity",
            Self::UnknownAuthority => "unknown_authority",
            Self::RevocationUnknown => "revocation_unknown",
            Self::BadCertificate => "bad_certificate",
            Self::RefusedByClient => "refused_by_client",
            Self::Incompatible => "incompatible",
            Self::Protocol => "protocol",
            Self::BrokenOff => "broken_off",
        }
    }
}
