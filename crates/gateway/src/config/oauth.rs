//! The `oauth` section: which tokens are good, and where the provider's keys are.

use tidegate_connect::identity::oidc::{RawTokenVerifier, TokenVerifier};

use super::document::{Node, Problems};
use super::reading::Reading;

/// How tokens are verified.
#[derive(Clone)]
pub struct OauthConfig {
    /// Verifies the tokens of one provider.
    pub verifier: TokenVerifier,
    /// The provider's keys may come over plain HTTP (`dangerous_allow_plaintext`).
    pub dangerous_allow_plaintext: bool,
}

/// Reads `token:` (what is demanded of a token) and `keys:` (where the provider's keys are).
pub(super) fn read_oauth(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<OauthConfig> {
    // Reading it as a section finds unknown keys with their places; what is inside reads itself.
    let mut section = node.section("oauth", problems)?;
    section.require(
        "token",
        "add `token: { issuer, audiences, algorithms }`, what is demanded of a token",
        problems,
    )?;
    section.require("keys", "add `keys: { url: https://... }` or `keys: { file: ... }`", problems)?;
    section.finish(problems);
    let raw = read_raw(node, reading, problems)?;
    match TokenVerifier::compile(&raw) {
        Ok(verifier) => {
            let dangerous_allow_plaintext = raw.keys.dangerous_allow_plaintext == Some(true);
            Some(OauthConfig { verifier, dangerous_allow_plaintext })
        }
        Err(messages) => {
            for message in messages {
                problems.add(node.place, message, "correct the setting");
            }
            None
        }
    }
}

/// The section as the verifier wants it, its file references resolved.
fn read_raw(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<RawTokenVerifier> {
    let mut raw: RawTokenVerifier = match serde_json::from_value(node.to_json()) {
        Ok(raw) => raw,
        Err(error) => {
            let fix = "correct this key; docs/configuration.md lists all of them";
            problems.add(node.place, format!("`oauth` cannot be read: {error}"), fix);
            return None;
        }
    };
    for path in [&mut raw.keys.file, &mut raw.keys.ca_file].into_iter().flatten() {
        // Written as every other reference to a file.
        let Some(text) = path.to_str().and_then(|text| text.strip_prefix("file:")) else {
            let message = format!("`{}` is no file reference", path.display());
            problems.add(node.place, message, "write `file:` and a path");
            return None;
        };
        *path = reading.folder.join(text);
    }
    Some(raw)
}
