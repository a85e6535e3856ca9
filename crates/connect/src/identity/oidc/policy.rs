//! What is demanded of a token.

use serde::Deserialize;
use tidegate_model::PrincipalName;

/// A signature algorithm. Symmetric ones and `none` do not exist here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
pub enum Algorithm {
    /// ECDSA on P-256.
    #[serde(rename = "ES256")]
    Es256,
    /// ECDSA on P-384.
    #[serde(rename = "ES384")]
    Es384,
    /// RSA with PKCS #1 v1.5 and SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSA with PKCS #1 v1.5 and SHA-384.
    #[serde(rename = "RS384")]
    Rs384,
    /// RSA with PKCS #1 v1.5 and SHA-512.
    #[serde(rename = "RS512")]
    Rs512,
    /// RSA-PSS with SHA-256.
    #[serde(rename = "PS256")]
    Ps256,
    /// RSA-PSS with SHA-384.
    #[serde(rename = "PS384")]
    Ps384,
    /// RSA-PSS with SHA-512.
    #[serde(rename = "PS512")]
    Ps512,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl Algorithm {
    /// The algorithm of a token header, compared exactly.
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "ES256" => Self::Es256,
            "ES384" => Self::Es384,
            "RS256" => Self::Rs256,
            "RS384" => Self::Rs384,
            "RS512" => Self::Rs512,
            "PS256" => Self::Ps256,
            "PS384" => Self::Ps384,
            "PS512" => Self::Ps512,
            "EdDSA" => Self::EdDsa,
            _ => return None,
        })
    }
}

/// Demands as written in configuration.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RawTokenPolicy {
    /// The issuer, compared exactly with `iss`.
    pub issuer: String,
    /// The audiences, one of which `aud` must have.
    pub audiences: Vec<String>,
    /// The algorithms allowed.
    pub algorithms: Vec<Algorithm>,
    /// The claim that names the principal: a top-level claim, or a JSON pointer if it begins with `/`. `sub` if left out.
    pub principal_claim: Option<String>,
    /// Put in front of the claim, so that principals of different sources cannot be mistaken.
    pub principal_prefix: Option<String>,
    /// The claim with the groups, named as above. None are read if left out.
    pub groups_claim: Option<String>,
    /// The claim with the device posture, named as above. None is read if left out.
    pub device_posture_claim: Option<String>,
    /// How far the provider's clock and ours may differ. 30 if left out, at most 300.
    pub clock_skew_seconds: Option<u32>,
    /// The longest life of a token, from `iat` to `exp`. Any if left out.
    pub max_lifetime_seconds: Option<u32>,
    /// Refuse tokens that are not bound to the connection's client certificate (RFC 8705). Off if left out: then a
    /// token that is bound is still held to it.
    pub require_bound_tokens: Option<bool>,
}

/// Demands, checked.
#[derive(Clone, Debug)]
pub struct TokenPolicy {
    pub(super) issuer: String,
    pub(super) audiences: Vec<String>,
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) principal_claim: String,
    pub(super) principal_prefix: String,
    pub(super) groups_claim: Option<String>,
    pub(super) device_posture_claim: Option<String>,
    pub(super) skew_ms: i64,
    pub(super) max_lifetime_ms: Option<i64>,
    pub(super) binding: Binding,
}

/// Whether tokens must be bound to a client certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Every token must be.
    Required,
    /// Those that are bound are held to it.
    WhereBound,
}

impl TokenPolicy {
    /// Checks the demands; every problem is reported.
    pub fn compile(raw: &RawTokenPolicy) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let mut demand = |holds: bool, message: &str| {
            if !holds {
                problems.push(message.to_owned());
            }
        };
        let principal_prefix = raw.principal_prefix.clone().unwrap_or_default();
        let principal_claim = raw.principal_claim.clone().unwrap_or_else(|| "sub".to_owned());
        let skew = raw.clock_skew_seconds.unwrap_or(DEFAULT_SKEW_SECONDS);
        demand(!raw.issuer.is_empty(), "`issuer` is empty: write what the tokens have in `iss`");
        demand(
            !raw.audiences.is_empty() && raw.audiences.iter().all(|audience| !audience.is_empty()),
            "`audiences` is empty: without one, a token for any other service would do",
        );
        demand(!raw.algorithms.is_empty(), "`algorithms` is empty: name at least one, such as `ES256`");
        demand(skew <= MAX_SKEW_SECONDS, "`clock_skew_seconds` is more than 300");
        demand(raw.max_lifetime_seconds != Some(0), "`max_lifetime_seconds` is 0");
        demand(
            principal_prefix.is_empty()
                || PrincipalName::new(&principal_prefix)
                    .is_ok_and(|name| name.as_str().len() < PrincipalName::MAX_BYTES),
            "`principal_prefix` is too long or has a control character",
        );
        let claims = [Some(&principal_claim), raw.groups_claim.as_ref(), raw.device_posture_claim.as_ref()];
        demand(claims.into_iter().flatten().all(|claim| !claim.is_empty()), "a claim's name is empty");
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            issuer: raw.issuer.clone(),
            audiences: raw.audiences.clone(),
            algorithms: raw.algorithms.clone(),
            principal_claim,
            principal_prefix,
            groups_claim: raw.groups_claim.clone(),
            device_posture_claim: raw.device_posture_claim.clone(),
            skew_ms: i64::from(skew) * 1000,
            max_lifetime_ms: raw.max_lifetime_seconds.map(|seconds| i64::from(seconds) * 1000),
            binding: match raw.require_bound_tokens {
                Some(true) => Binding::Required,
                Some(false) | None => Binding::WhereBound,
            },
        })
    }

    /// The issuer whose tokens are accepted.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether tokens must be bound.
    pub fn binding(&self) -> Binding {
        self.binding
    }
}

const DEFAULT_SKEW_SECONDS: u32 = 30;
const MAX_SKEW_SECONDS: u32 = 300;
