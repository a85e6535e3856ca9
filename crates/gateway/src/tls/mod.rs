//! TLS on both sides: towards clients ([`ServerTls`]) and towards brokers ([`ClientTls`]).
//!
//! One provider of cryptography, named explicitly. TLS 1.2 and 1.3, forward secrecy in every suite. Certificates, keys,
//! trust and revocation lists are files that can be read again at any time: what cannot be used leaves the old state in
//! force, and no connection is dropped for a reload as such.
//!
//! Towards clients no session is ever resumed. A resumed session skips the client's certificate, so it would outlive a
//! revocation; a full handshake costs a millisecond, and connections of a broker's clients live long.

mod client;
mod files;
mod peer;
mod server;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;

pub use client::ClientTls;
pub use peer::{HandshakeRefusal, PeerCertificate};
pub use server::{Accepted, ServerTls, Untrusted};

/// Why TLS could not be set up. The state before stays in force.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TlsError {
    /// A file cannot be read, or does not have what it should.
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The files are fine by themselves and do not fit together.
    Inconsistent(String),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable { path, message } => write!(f, "`{}`: {message}", path.display()),
            Self::Inconsistent(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for TlsError {}

/// What reading the files again came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reloaded {
    /// They say the same as before.
    Unchanged,
    /// They changed, and are in force for new connections.
    Changed,
}

/// The provider of all cryptography in TLS.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

#[cfg(test)]
mod tests;
