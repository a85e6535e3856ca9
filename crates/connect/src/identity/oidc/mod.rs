//! Signed tokens of an OpenID provider: is it genuine, is it for us, is it now, is it on the right connection, and who
//! does it say it is.
//!
//! [`verify`] answers from a [`KeySet`], a [`TokenPolicy`] and the time, and does nothing else. [`TokenVerifier`] keeps
//! the key set current around it. Only signatures by asymmetric keys exist here: there is no code that could take a
//! public key for a shared secret, and none that accepts an unsigned token.

mod claims;
mod fetch;
mod json;
mod jwks;
mod keys;
mod policy;
mod token;
mod verifier;
mod verify;

use std::fmt;

pub use super::Reloaded;
pub use fetch::KeySource;
pub use jwks::KeyStatus;
pub use keys::{InvalidKeySet, KeySet};
pub use policy::{Algorithm, Binding, RawTokenPolicy, TokenPolicy};
pub use token::MAX_TOKEN;
pub use verifier::{RawKeySource, RawTokenVerifier, TokenVerifier};
pub use verify::verify;

/// Why a token was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// The token is no good, and will not become so. Answer `invalid_token`.
    Invalid(InvalidToken),
    /// Nobody can say: the provider's keys could not be had. The client may try again.
    Unavailable(String),
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(why) => write!(f, "token refused: {why}"),
            Self::Unavailable(why) => write!(f, "the keys to verify the token are not available: {why}"),
        }
    }
}

impl std::error::Error for TokenError {}

impl From<InvalidToken> for TokenError {
    fn from(why: InvalidToken) -> Self {
        Self::Invalid(why)
    }
}

/// What is wrong with a token. None of these carries anything out of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidToken {
    /// It is longer than [`MAX_TOKEN`].
    TooLarge,
    /// It does not have the form of a signed token. The text says what is wrong.
    Malformed(&'static str),
    /// It is encrypted, or nested in another.
    Encrypted,
    /// It is of a type that is not an access token.
    WrongType,
    /// It needs an extension that must be understood and is not.
    CriticalExtension,
    /// Its algorithm is not among those allowed.
    AlgorithmNotAllowed,
    /// The provider publishes no such key.
    UnknownKey,
    /// The signature does not fit.
    BadSignature,
    /// Another issuer made it.
    WrongIssuer,
    /// It is meant for somebody else.
    WrongAudience,
    /// It has expired.
    Expired,
    /// It is not valid yet, or claims to be made in the future.
    NotYetValid,
    /// It was made to live longer than allowed.
    LivesTooLong,
    /// A claim that is needed is missing or of the wrong type.
    MissingClaim(&'static str),
    /// The claim that names the principal is missing, or is no name a principal may have.
    UnusablePrincipal,
    /// It is bound to no certificate, and must be.
    NotBound,
    /// It is bound to a certificate, and this connection presented none.
    NoCertificate,
    /// It is bound to another certificate than this connection's.
    OtherCertificate,
    /// It is bound in a way that cannot be checked here.
    UnknownBinding,
}

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => return write!(f, "it is longer than {MAX_TOKEN} bytes"),
            Self::Malformed(what) => return write!(f, "it is malformed: {what}"),
            Self::MissingClaim(claim) => return write!(f, "`{claim}` is missing or of the wrong type"),
            Self::Encrypted => "it is encrypted or nested",
            Self::WrongType => "it is not an access token",
            Self::CriticalExtension => "it needs an extension that is not understood",
            Self::AlgorithmNotAllowed => "its algorithm is not allowed",
            Self::UnknownKey => "the provider publishes no such key",
            Self::BadSignature => "the signature does not fit",
            Self::WrongIssuer => "another issuer made it",
            Self::WrongAudience => "it is meant for another audience",
            Self::Expired => "it has expired",
            Self::NotYetValid => "it is not valid yet",
            Self::LivesTooLong => "it lives longer than allowed",
            Self::UnusablePrincipal => "it does not name a principal",
            Self::NotBound => "it is not bound to a certificate",
            Self::NoCertificate => "it is bound to a certificate, and the connection presented none",
            Self::OtherCertificate => "it is bound to another certificate",
            Self::UnknownBinding => "it is bound in a way that cannot be checked",
        })
    }
}

impl std::error::Error for InvalidToken {}

#[cfg(test)]
mod tests;
