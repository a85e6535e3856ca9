//! Who acts: a principal, and the proof by which a connection became that principal.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// Milliseconds since the Unix epoch. Time enters this crate only as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

/// The name of a principal, once authenticated: 1–249 characters, none of them a control character.
///
/// Kafka shows it as `User:<name>`; the type prefix is Kafka's and never part of this name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrincipalName(Arc<str>);

impl PrincipalName {
    /// The longest name accepted, in bytes.
    pub const MAX_BYTES: usize = 249;

    /// Checks and keeps a name.
    pub fn new(name: &str) -> Result<Self, InvalidPrincipalName> {
        let acceptable =
            !name.is_empty() && name.len() <= Self::MAX_BYTES && !name.chars().any(char::is_control);
        if acceptable { Ok(Self(Arc::from(name))) } else { Err(InvalidPrincipalName) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

impl fmt::Display for PrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A principal's name is empty, longer than [`PrincipalName::MAX_BYTES`], or has a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPrincipalName;

impl fmt::Display for InvalidPrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a principal name has 1 to {} bytes and no control characters", PrincipalName::MAX_BYTES)
    }
}

impl std::error::Error for InvalidPrincipalName {}

/// How a workload proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mechanism {
    /// A client certificate (mutual TLS).
    Mtls,
    /// SASL PLAIN inside TLS.
    Plain,
    /// SASL SCRAM-SHA-256.
    ScramSha256,
    /// SASL SCRAM-SHA-512.
    ScramSha512,
    /// SASL OAUTHBEARER with a signed token.
    OauthBearer,
}

impl Mechanism {
    /// The name used in configuration, metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mtls => "mtls",
            Self::Plain => "plain",
            Self::ScramSha256 => "scram-sha-256",
            Self::ScramSha512 => "scram-sha-512",
            Self::OauthBearer => "oauthbearer",
        }
    }
}

/// The evidence behind an identity: the mechanism and what it says about age, strength and expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The mechanism used.
    pub mechanism: Mechanism,
    /// When the gateway accepted the proof.
    pub authenticated_at: UnixMillis,
    /// When the credential was issued or last rotated (`iat`, `notBefore`, store entry), where known.
    pub credential_issued_at: Option<UnixMillis>,
    /// When the proof ends by itself (`exp`, `notAfter`), where known. The session ends no later.
    pub expires_at: Option<UnixMillis>,
    /// Authentication method references of a token (RFC 8176), empty where the mechanism has none.
    pub amr: BTreeSet<String>,
    /// Groups that the token asserts, in addition to those of the catalog.
    pub groups: BTreeSet<String>,
    /// Device posture that a token or certificate rule asserts, for example `managed`.
    pub device_posture: Option<String>,
    /// SHA-256 of the client certificate on this connection (DER), if it presented one.
    pub certificate_sha256: Option<[u8; 32]>,
}

impl Proof {
    /// A proof by `mechanism` at `at`, with nothing further known.
    pub fn new(mechanism: Mechanism, at: UnixMillis) -> Self {
        Self {
            mechanism,
            authenticated_at: at,
            credential_issued_at: None,
            expires_at: None,
            amr: BTreeSet::new(),
            groups: BTreeSet::new(),
            device_posture: None,
            certificate_sha256: None,
        }
    }
}

/// A principal with the proof that makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadIdentity {
    /// Who acts.
    pub principal: PrincipalName,
    /// How that was proven.
    pub proof: Proof,
}

/// A workload identity on one connection: everything about the caller that a decision may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who acts, and how that was proven.
    pub identity: WorkloadIdentity,
    /// The name of the broker cluster behind the listener.
    pub cluster: Arc<str>,
    /// The listener's name.
    pub listener: Arc<str>,
    /// The network address of the client (the one a trusted load balancer names, where there is one).
    pub peer: IpAddr,
}
