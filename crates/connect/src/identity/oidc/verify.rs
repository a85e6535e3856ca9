//! The verification of one token.

use tidegate_model::{UnixMillis, WorkloadIdentity};

use super::claims::Claims;
use super::policy::TokenPolicy;
use super::token::Token;
use super::{InvalidToken, KeySet};

/// Verifies a token and returns the identity it gives.
///
/// `certificate_sha256` is that of the connection's client certificate, if it presented one. The signature is checked
/// before any claim is looked at.
pub fn verify(
    token: &str,
    keys: &KeySet,
    policy: &TokenPolicy,
    now: UnixMillis,
    certificate_sha256: Option<[u8; 32]>,
) -> Result<WorkloadIdentity, InvalidToken> {
    let token = Token::parse(token)?;
    if !policy.algorithms.contains(&token.algorithm) {
        return Err(InvalidToken::AlgorithmNotAllowed);
    }
    keys.check_signature(
        token.algorithm,
        token.key_id.as_deref(),
        token.signed.as_bytes(),
        &token.signature,
    )?;
    Claims(token.claims()?).judge(policy, now, certificate_sha256)
}
