//! SASL as bytes in and bytes out: PLAIN, SCRAM and OAUTHBEARER, for every protocol that carries them.
//!
//! Each message is parsed under a named limit before anything is done with it, whether the conversation ends here or
//! only passes through: brokers have been brought down before login by one long SCRAM message. Nothing here reads a
//! clock or draws a random number; nonces come in as arguments.

pub mod oauthbearer;
pub mod plain;
pub mod scram;
mod secret;

use std::fmt;

use tidegate_model::Mechanism;

pub use secret::Secret;

/// The SASL name of a mechanism, or `None` for mutual TLS, which is not a SASL mechanism.
pub fn mechanism_name(mechanism: Mechanism) -> Option<&'static str> {
    match mechanism {
        Mechanism::Mtls => None,
        Mechanism::Plain => Some("PLAIN"),
        Mechanism::ScramSha256 => Some("SCRAM-SHA-256"),
        Mechanism::ScramSha512 => Some("SCRAM-SHA-512"),
        Mechanism::OauthBearer => Some("OAUTHBEARER"),
    }
}

/// The mechanism that a SASL name stands for. Names are compared exactly, as brokers do.
pub fn mechanism_by_name(name: &str) -> Option<Mechanism> {
    match name {
        "PLAIN" => Some(Mechanism::Plain),
        "SCRAM-SHA-256" => Some(Mechanism::ScramSha256),
        "SCRAM-SHA-512" => Some(Mechanism::ScramSha512),
        "OAUTHBEARER" => Some(Mechanism::OauthBearer),
        _ => None,
    }
}

/// The longest message a client may send in a conversation of `mechanism`, in bytes. Zero for mutual TLS.
pub fn max_message(mechanism: Mechanism) -> usize {
    match mechanism {
        Mechanism::Mtls => 0,
        Mechanism::Plain => plain::MAX_MESSAGE,
        Mechanism::ScramSha256 | Mechanism::ScramSha512 => scram::MAX_MESSAGE,
        Mechanism::OauthBearer => oauthbearer::MAX_MESSAGE,
    }
}

/// Why a SASL message was not accepted. None of these texts contains anything the peer sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaslError {
    /// The message is longer than the limit of its mechanism.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The bytes do not have the form of such a message. The text says what is wrong.
    Malformed(&'static str),
    /// The message is well formed but asks for something that is never granted. The text says what.
    Refused(&'static str),
    /// The peer did not prove that it knows the credential.
    NotProven,
}

impl fmt::Display for SaslError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "sasl message is longer than {limit} bytes"),
            Self::Malformed(what) => write!(f, "malformed sasl message: {what}"),
            Self::Refused(what) => write!(f, "sasl message refused: {what}"),
            Self::NotProven => f.write_str("the peer did not prove that it knows the credential"),
        }
    }
}

impl std::error::Error for SaslError {}

/// The text of a message no longer than `limit`.
fn bounded_text(bytes: &[u8], limit: usize) -> Result<&str, SaslError> {
    if bytes.len() > limit {
        return Err(SaslError::TooLarge { limit });
    }
    std::str::from_utf8(bytes).map_err(|_| SaslError::Malformed("not valid UTF-8"))
}

/// Refuses a name that no principal may have: empty, longer than [`MAX_NAME`], or with a control character.
fn check_name(name: &str) -> Result<(), SaslError> {
    if name.is_empty() {
        return Err(SaslError::Malformed("the username is empty"));
    }
    if name.len() > MAX_NAME {
        return Err(SaslError::Malformed("the username is too long"));
    }
    if name.chars().any(char::is_control) {
        return Err(SaslError::Malformed("the username has a control character"));
    }
    Ok(())
}

/// Whom the client wants to act as must be who it is: an authorization id is empty or the username again.
fn check_authzid(authzid: &str, username: &str) -> Result<(), SaslError> {
    if authzid.is_empty() || authzid == username {
        return Ok(());
    }
    Err(SaslError::Refused("the authorization id differs from the username"))
}

/// The longest username, in bytes: as long as a principal's name may be.
pub const MAX_NAME: usize = tidegate_model::PrincipalName::MAX_BYTES;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mechanism_names_map_both_ways() {
        for mechanism in
            [Mechanism::Plain, Mechanism::ScramSha256, Mechanism::ScramSha512, Mechanism::OauthBearer]
        {
            let name = mechanism_name(mechanism).unwrap();
            assert_eq!(mechanism_by_name(name), Some(mechanism));
            assert!(max_message(mechanism) > 0);
        }
        assert_eq!(mechanism_name(Mechanism::Mtls), None);
        for unknown in ["plain", "SCRAM-SHA-1", "GSSAPI", "EXTERNAL", "ANONYMOUS", "", "PLAIN "] {
            assert_eq!(mechanism_by_name(unknown), None, "{unknown}");
        }
    }
}
