//! A verified client certificate becomes a principal by ordered rules; a certificate that no rule matches is refused.
//!
//! The chain was verified in the handshake. Here only names count: the SPIFFE id, the DNS names, the common name. A
//! certificate with several names of which it is unclear who acts is refused, never settled silently.
//!
//! ```
//! use tidegate_connect::identity::certificate::{CertificateRules, RawCertificateRule};
//!
//! let raw: Vec<RawCertificateRule> = serde_json::from_str(r#"[
//!     {"spiffe": {"trust_domain": "prod.example", "path": "/ns/{team}/sa/{name}", "principal": "{team}-{name}"}},
//!     {"dns": {"pattern": "{name}.clients.example", "principal": "{name}"}}
//! ]"#)?;
//! let rules = CertificateRules::compile(&raw).map_err(|problems| format!("{problems:?}"))?;
//! # let _ = rules;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod facts;
mod pattern;
mod spiffe;

use std::fmt;

use serde::Deserialize;
use tidegate_model::{Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};

use pattern::{Captures, Pattern, Template};

pub use facts::{Facts, UnreadableCertificate, certificate_sha256, revocation_list_end, validity};

/// A rule as written in configuration. Exactly one kind per rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RawCertificateRule {
    /// Matches the SPIFFE id, the certificate's only URI name.
    Spiffe(RawSpiffeRule),
    /// Matches one of the DNS names.
    Dns(RawNameRule),
    /// Matches the subject's common name.
    Cn(RawNameRule),
}

/// A SPIFFE rule as written.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct RawSpiffeRule {
    /// The trust domain, compared exactly.
    pub trust_domain: String,
    /// The path with captures, for example `/ns/{namespace}/sa/{account}`.
    pub path: String,
    /// The principal's name, with captures in braces. The whole SPIFFE id if left out.
    pub principal: Option<String>,
    /// The device posture that such a certificate asserts.
    pub device_posture: Option<String>,
}

/// A DNS or common name rule as written.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct RawNameRule {
    /// The name with captures, for example `{service}.clients.example`.
    pub pattern: String,
    /// The principal's name, with captures in braces. The whole name if left out.
    pub principal: Option<String>,
    /// The device posture that such a certificate asserts.
    pub device_posture: Option<String>,
}

/// Ordered rules, checked. The first that matches decides.
#[derive(Clone, Debug)]
pub struct CertificateRules {
    rules: Vec<Rule>,
}

/// A rule that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRule {
    /// Which rule, counted from 0.
    pub index: usize,
    /// What is wrong with it, and how to put it right.
    pub message: String,
}

impl fmt::Display for InvalidRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "certificate rule {}: {}", self.index + 1, self.message)
    }
}

impl std::error::Error for InvalidRule {}

/// Why a certificate did not become a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateRefused {
    /// It cannot be read.
    Unreadable(UnreadableCertificate),
    /// It is not valid yet, or no longer.
    OutsideValidity,
    /// It has a SPIFFE id beside other URI names, which SPIFFE forbids.
    SeveralUriNames,
    /// Its SPIFFE id is malformed.
    MalformedSpiffeId,
    /// Several of its names match the same rule and would be different principals.
    Ambiguous,
    /// No rule matches any of its names.
    NoRuleMatches,
    /// The rule that matches yields a name that no principal may have.
    UnusableName,
}

impl fmt::Display for CertificateRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable(why) => return write!(f, "the client certificate is unreadable: {why}"),
            Self::OutsideValidity => "the client certificate is not valid at this time",
            Self::SeveralUriNames => "the client certificate has several URI names beside a SPIFFE id",
            Self::MalformedSpiffeId => "the client certificate's SPIFFE id is malformed",
            Self::Ambiguous => "several names of the client certificate match one rule",
            Self::NoRuleMatches => "no rule matches the client certificate",
            Self::UnusableName => "the client certificate yields a name that no principal may have",
        })
    }
}

impl std::error::Error for CertificateRefused {}

impl CertificateRules {
    /// Checks the rules; every problem is reported.
    pub fn compile(raw: &[RawCertificateRule]) -> Result<Self, Vec<InvalidRule>> {
        let mut rules = Vec::with_capacity(raw.len());
        let mut problems = Vec::new();
        for (index, rule) in raw.iter().enumerate() {
            match Rule::compile(rule) {
                Ok(rule) => rules.push(rule),
                Err(message) => problems.push(InvalidRule { index, message }),
            }
        }
        if problems.is_empty() { Ok(Self { rules }) } else { Err(problems) }
    }

    /// The principal of a verified client certificate, given as DER.
    pub fn identify(&self, leaf: &[u8], now: UnixMillis) -> Result<WorkloadIdentity, CertificateRefused> {
        let facts = Facts::read(leaf).map_err(CertificateRefused::Unreadable)?;
        self.identify_facts(&facts, now)
    }

    /// The principal of a certificate that was read before.
    pub fn identify_facts(
        &self,
        facts: &Facts,
        now: UnixMillis,
    ) -> Result<WorkloadIdentity, CertificateRefused> {
        if now < facts.not_before || now > facts.not_after {
            return Err(CertificateRefused::OutsideValidity);
        }
        let spiffe_id = spiffe::only_id(&facts.uri_names)?;
        for rule in &self.rules {
            let Some(name) = rule.apply(facts, spiffe_id.as_ref())? else { continue };
            let principal = PrincipalName::new(&name).map_err(|_| CertificateRefused::UnusableName)?;
            let mut proof = Proof::new(Mechanism::Mtls, now);
            proof.credential_issued_at = Some(facts.not_before);
            proof.expires_at = Some(facts.not_after);
            proof.certificate_sha256 = Some(facts.sha256);
            proof.device_posture.clone_from(&rule.device_posture);
            return Ok(WorkloadIdentity { principal, proof });
        }
        Err(CertificateRefused::NoRuleMatches)
    }
}

#[derive(Clone, Debug)]
struct Rule {
    source: Source,
    pattern: Pattern,
    /// `None`: the whole name that matched.
    principal: Option<Template>,
    device_posture: Option<String>,
}

#[derive(Clone, Debug)]
enum Source {
    Spiffe { trust_domain: String },
    Dns,
    Cn,
}

impl Rule {
    fn compile(raw: &RawCertificateRule) -> Result<Self, String> {
        let (source, pattern, principal, device_posture) = match raw {
            RawCertificateRule::Spiffe(raw) => {
                spiffe::check_trust_domain(&raw.trust_domain)?;
                let path = raw.path.strip_prefix('/').ok_or("the path must begin with `/`")?;
                let source = Source::Spiffe { trust_domain: raw.trust_domain.clone() };
                (source, Pattern::compile(path, Some('/'))?, &raw.principal, &raw.device_posture)
            }
            RawCertificateRule::Dns(raw) => {
                let lower = raw.pattern.to_ascii_lowercase();
                if lower != raw.pattern {
                    return Err(format!("write `{}` in lower case: `{lower}`", raw.pattern));
                }
                (Source::Dns, Pattern::compile(&lower, Some('.'))?, &raw.principal, &raw.device_posture)
            }
            RawCertificateRule::Cn(raw) => {
                (Source::Cn, Pattern::compile(&raw.pattern, None)?, &raw.principal, &raw.device_posture)
            }
        };
        let principal =
            principal.as_ref().map(|template| Template::compile(template, &pattern)).transpose()?;
        Ok(Self { source, pattern, principal, device_posture: device_posture.clone() })
    }

    /// The name this rule gives the certificate, if it matches.
    fn apply(
        &self,
        facts: &Facts,
        spiffe_id: Option<&spiffe::SpiffeId>,
    ) -> Result<Option<String>, CertificateRefused> {
        match &self.source {
            Source::Spiffe { trust_domain } => {
                let Some(id) = spiffe_id.filter(|id| id.trust_domain == *trust_domain) else {
                    return Ok(None);
                };
                Ok(self.pattern.captures(id.path).map(|captures| self.name(id.whole, &captures)))
            }
            Source::Dns => self.only_match(&facts.dns_names),
            Source::Cn => self.only_match(&facts.common_names),
        }
    }

    fn only_match(&self, names: &[String]) -> Result<Option<String>, CertificateRefused> {
        let mut matched: Option<String> = None;
        for candidate in names {
            let Some(captures) = self.pattern.captures(candidate) else { continue };
            let name = self.name(candidate, &captures);
            if matched.as_ref().is_some_and(|seen| *seen != name) {
                return Err(CertificateRefused::Ambiguous);
            }
            matched = Some(name);
        }
        Ok(matched)
    }

    fn name(&self, whole: &str, captures: &Captures<'_>) -> String {
        match &self.principal {
            Some(template) => template.fill(captures),
            None => whole.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
