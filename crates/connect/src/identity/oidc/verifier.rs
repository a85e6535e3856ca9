//! A provider's tokens, verified with keys that are kept current.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use tidegate_model::{UnixMillis, WorkloadIdentity};

use super::super::Reloaded;
use super::claims::Claims;
use super::fetch::{KeySource, Plaintext};
use super::jwks::{Jwks, KeyStatus, Newer, Timing};
use super::token::Token;
use super::{InvalidToken, RawTokenPolicy, TokenError, TokenPolicy, verify};

/// A provider as written in configuration.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RawTokenVerifier {
    /// What is demanded of a token.
    pub token: RawTokenPolicy,
    /// Where the provider's keys are.
    pub keys: RawKeySource,
}

/// Where a provider's keys are, as written: a file or a URL.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct RawKeySource {
    /// A file with the JWKS document.
    pub file: Option<PathBuf>,
    /// The address of the JWKS document.
    pub url: Option<String>,
    /// The certification authorities of the address (PEM); the system's if left out.
    pub ca_file: Option<PathBuf>,
    /// Accept plain HTTP from other machines than this.
    pub dangerous_allow_plaintext: Option<bool>,
    /// From this age the keys are read again. 300 if left out.
    pub refresh_seconds: Option<u32>,
    /// The shortest time between two readings, however many tokens name unknown keys. 10 if left out, at least 1.
    pub min_refetch_seconds: Option<u32>,
    /// How long keys are used that could not be refreshed. 3600 if left out.
    pub outage_limit_seconds: Option<u32>,
}

/// Verifies the tokens of one provider. Cheap to clone.
#[derive(Clone)]
pub struct TokenVerifier {
    policy: Arc<TokenPolicy>,
    jwks: Arc<Jwks>,
}

impl TokenVerifier {
    /// Checks a configuration; every problem is reported. Nothing is read yet.
    pub fn compile(raw: &RawTokenVerifier) -> Result<Self, Vec<String>> {
        let policy = TokenPolicy::compile(&raw.token);
        let jwks = raw.keys.compile();
        match (policy, jwks) {
            (Ok(policy), Ok(jwks)) => Ok(Self { policy: Arc::new(policy), jwks: Arc::new(jwks) }),
            (policy, jwks) => {
                Err([policy.err().unwrap_or_default(), jwks.err().unwrap_or_default()].concat())
            }
        }
    }

    /// What is demanded of tokens.
    pub fn policy(&self) -> &TokenPolicy {
        &self.policy
    }

    /// What is known of the keys.
    pub fn status(&self) -> KeyStatus {
        self.jwks.status()
    }

    /// Reads the keys before the first token comes, or says why they cannot be read.
    pub async fn prepare(&self, now: UnixMillis) -> Result<(), TokenError> {
        self.jwks.current(now).await.map(drop).map_err(TokenError::Unavailable)
    }

    /// Reads the keys now. After a change, verify the tokens of live sessions again: a key may have been taken back.
    pub async fn reload(&self, now: UnixMillis) -> Result<Reloaded, TokenError> {
        self.jwks.reload(now).await.map_err(TokenError::Unavailable)
    }

    /// Reads the keys if they are old enough, so that a key taken back is noticed while nobody logs in. To be called
    /// now and then; what a change asks for is as with [`TokenVerifier::reload`].
    pub async fn refresh_if_due(&self, now: UnixMillis) -> Result<Reloaded, TokenError> {
        self.jwks.refresh_if_due(now).await.map_err(TokenError::Unavailable)
    }

    /// The file with the keys, to watch it, where they are in a file.
    pub fn key_file(&self) -> Option<&Path> {
        match self.jwks.source() {
            KeySource::File(path) => Some(path),
            KeySource::Url { .. } => None,
        }
    }

    /// Verifies a token; see [`verify`]. May read the keys anew.
    pub async fn verify(
        &self,
        token: &str,
        now: UnixMillis,
        certificate_sha256: Option<[u8; 32]>,
    ) -> Result<WorkloadIdentity, TokenError> {
        let judge = |keys: &_| verify(token, keys, &self.policy, now, certificate_sha256);
        let keys = self.jwks.current(now).await.map_err(TokenError::Unavailable)?;
        match judge(&keys) {
            Err(InvalidToken::UnknownKey) => {}
            outcome => return Ok(outcome?),
        }
        match self.jwks.newer_than(&keys, now).await {
            Newer::Keys(keys) => Ok(judge(&keys)?),
            Newer::Unavailable(problem) => Err(TokenError::Unavailable(problem)),
            // A token made after the keys were read may be signed by a key made after they were read. The claim is not
            // verified, but all that hangs on it is whether the client is told to come back.
            Newer::NoneSince(read_at) if claimed_issue(token).is_some_and(|at| at >= read_at) => {
                Err(TokenError::Unavailable("the keys are older than the token".to_owned()))
            }
            Newer::NoneSince(_) => Err(InvalidToken::UnknownKey.into()),
        }
    }
}

impl RawKeySource {
    fn compile(&self) -> Result<Jwks, Vec<String>> {
        let mut problems = Vec::new();
        let timing = self.timing(&mut problems);
        let plaintext = match self.dangerous_allow_plaintext {
            Some(true) => Plaintext::Anywhere,
            Some(false) | None => Plaintext::ThisMachine,
        };
        let source = match (&self.file, &self.url) {
            (Some(file), None) => Ok(KeySource::File(file.clone())),
            (None, Some(url)) => KeySource::url(url, self.ca_file.clone(), plaintext),
            _ => Err("name either `file` or `url` for the keys".to_owned()),
        };
        match source {
            Ok(source) if problems.is_empty() => Ok(Jwks::new(source, timing)),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }

    fn timing(&self, problems: &mut Vec<String>) -> Timing {
        let ms = |seconds: Option<u32>, default: u32| u64::from(seconds.unwrap_or(default)) * 1000;
        let timing = Timing {
            refresh_ms: ms(self.refresh_seconds, 300),
            min_refetch_ms: ms(self.min_refetch_seconds, 10),
            outage_limit_ms: ms(self.outage_limit_seconds, 3600),
        };
        if timing.min_refetch_ms == 0 {
            problems
                .push("`min_refetch_seconds` is 0: bogus tokens could make us flood the provider".to_owned());
        }
        if timing.refresh_ms < timing.min_refetch_ms || timing.outage_limit_ms < timing.refresh_ms {
            let order = "`min_refetch_seconds`, `refresh_seconds` and `outage_limit_seconds` must not fall";
            problems.push(order.to_owned());
        }
        timing
    }
}

fn claimed_issue(token: &str) -> Option<UnixMillis> {
    Claims(Token::parse(token).ok()?.claims().ok()?).time("iat").ok()?
}
