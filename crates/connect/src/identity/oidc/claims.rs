//! What the claims of a verified token say, judged against the policy.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use tidegate_model::{Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};

use super::InvalidToken;
use super::policy::{Binding, TokenPolicy};

/// The claims of a token whose signature was verified.
pub(super) struct Claims(pub(super) Map<String, Value>);

impl Claims {
    /// The identity that the claims give, if they satisfy the policy now and on this connection.
    pub(super) fn judge(
        &self,
        policy: &TokenPolicy,
        now: UnixMillis,
        certificate_sha256: Option<[u8; 32]>,
    ) -> Result<WorkloadIdentity, InvalidToken> {
        self.check_issuer_and_audience(policy)?;
        let (issued_at, expires_at) = self.check_times(policy, now)?;
        self.check_binding(policy.binding, certificate_sha256)?;
        let mut proof = Proof::new(Mechanism::OauthBearer, now);
        proof.credential_issued_at = issued_at;
        proof.expires_at = Some(expires_at);
        proof.amr = self.strings("amr").ok_or(InvalidToken::MissingClaim("amr"))?;
        if let Some(claim) = &policy.groups_claim {
            proof.groups = self.strings(claim).ok_or(InvalidToken::MissingClaim("groups"))?;
        }
        proof.device_posture = self.device_posture(policy)?;
        proof.certificate_sha256 = certificate_sha256;
        Ok(WorkloadIdentity { principal: self.principal(policy)?, proof })
    }

    fn check_issuer_and_audience(&self, policy: &TokenPolicy) -> Result<(), InvalidToken> {
        if self.0.get("iss").and_then(Value::as_str) != Some(policy.issuer.as_str()) {
            return Err(InvalidToken::WrongIssuer);
        }
        let wanted = |audience: &Value| {
            audience.as_str().is_some_and(|audience| policy.audiences.iter().any(|ours| ours == audience))
        };
        let meant_for_us = match self.0.get("aud") {
            Some(Value::Array(audiences)) => audiences.iter().any(wanted),
            Some(audience) => wanted(audience),
            None => false,
        };
        if meant_for_us { Ok(()) } else { Err(InvalidToken::WrongAudience) }
    }

    /// When the token was issued, if it says so, and when a session by it ends.
    fn check_times(
        &self,
        policy: &TokenPolicy,
        now: UnixMillis,
    ) -> Result<(Option<UnixMillis>, UnixMillis), InvalidToken> {
        let expires_at = self.time("exp")?.ok_or(InvalidToken::MissingClaim("exp"))?;
        let issued_at = self.time("iat")?;
        if now.0 >= expires_at.0.saturating_add(policy.skew_ms) {
            return Err(InvalidToken::Expired);
        }
        let latest_start = now.0.saturating_add(policy.skew_ms);
        for start in [self.time("nbf")?, issued_at].into_iter().flatten() {
            if start.0 > latest_start {
                return Err(InvalidToken::NotYetValid);
            }
        }
        if let Some(longest) = policy.max_lifetime_ms {
            let issued_at = issued_at.ok_or(InvalidToken::MissingClaim("iat"))?;
            if expires_at.0.saturating_sub(issued_at.0) > longest {
                return Err(InvalidToken::LivesTooLong);
            }
        }
        // The session ends when the token does. One accepted in its last moments, by a clock that may be ahead of the
        // provider's, gets until no clock within the skew would accept it.
        let last = expires_at.0.saturating_add(policy.skew_ms);
        let ends_at = if now < expires_at { expires_at } else { UnixMillis(last) };
        Ok((issued_at, ends_at))
    }

    /// RFC 8705: a token bound to a certificate is good on connections with that certificate alone.
    fn check_binding(&self, binding: Binding, certificate: Option<[u8; 32]>) -> Result<(), InvalidToken> {
        let Some(confirmation) = self.0.get("cnf") else {
            return match binding {
                Binding::Required => Err(InvalidToken::NotBound),
                Binding::WhereBound => Ok(()),
            };
        };
        // Any member but the thumbprint asks for a check that is not made here.
        let confirmation = confirmation.as_object().filter(|members| members.len() == 1);
        let thumbprint = confirmation
            .and_then(|members| members.get("x5t#S256"))
            .and_then(Value::as_str)
            .and_then(|text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok())
            .filter(|thumbprint| thumbprint.len() == 32)
            .ok_or(InvalidToken::UnknownBinding)?;
        let certificate = certificate.ok_or(InvalidToken::NoCertificate)?;
        if certificate.ct_eq(&thumbprint).into() { Ok(()) } else { Err(InvalidToken::OtherCertificate) }
    }

    fn principal(&self, policy: &TokenPolicy) -> Result<PrincipalName, InvalidToken> {
        let claim =
            self.claim(&policy.principal_claim).and_then(Value::as_str).filter(|claim| !claim.is_empty());
        let claim = claim.ok_or(InvalidToken::UnusablePrincipal)?;
        PrincipalName::new(&format!("{}{claim}", policy.principal_prefix))
            .map_err(|_| InvalidToken::UnusablePrincipal)
    }

    fn device_posture(&self, policy: &TokenPolicy) -> Result<Option<String>, InvalidToken> {
        let claim = policy.device_posture_claim.as_ref().and_then(|name| self.claim(name));
        match claim {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(posture)) => Ok(Some(posture.clone())),
            Some(_) => Err(InvalidToken::MissingClaim("device posture")),
        }
    }

    /// A claim by its name, or by a JSON pointer.
    fn claim(&self, name: &str) -> Option<&Value> {
        if let Some(pointer) = name.strip_prefix('/') {
            let (first, rest) =
                pointer.split_once('/').map_or((pointer, None), |(first, rest)| (first, Some(rest)));
            let first = self.0.get(&first.replace("~1", "/").replace("~0", "~"))?;
            return rest.map_or(Some(first), |rest| first.pointer(&format!("/{rest}")));
        }
        self.0.get(name)
    }

    /// The texts of a claim that is a list of them or a single one; empty if the claim is absent, `None` if it is
    /// something else.
    fn strings(&self, name: &str) -> Option<BTreeSet<String>> {
        match self.claim(name) {
            None | Some(Value::Null) => Some(BTreeSet::new()),
            Some(Value::String(text)) => Some(BTreeSet::from([text.clone()])),
            Some(Value::Array(values)) => {
                values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
            }
            Some(_) => None,
        }
    }

    /// A time in seconds since the epoch, possibly with a fraction.
    pub(super) fn time(&self, name: &'static str) -> Result<Option<UnixMillis>, InvalidToken> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let wrong = InvalidToken::MissingClaim(name);
        if let Some(seconds) = value.as_i64() {
            return seconds.checked_mul(1000).map(|ms| Some(UnixMillis(ms))).ok_or(wrong);
        }
        let seconds = value.as_f64().filter(|seconds| seconds.abs() < MAX_SECONDS).ok_or(wrong)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bounded above, and a fraction of a millisecond is nothing"
        )]
        let ms = (seconds * 1000.0) as i64;
        Ok(Some(UnixMillis(ms)))
    }
}

/// Beyond this a fractional time is nonsense: the year 33658.
const MAX_SECONDS: f64 = 1e12;
