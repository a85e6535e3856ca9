//! The `oauth` section: which tokens are good, and where the provider's keys are.

use tidegate_connect::identity::oidc::{RawTokenVerifier, TokenVerifier};

use super::document::{Node, Problems};
use super::reading::Reading;

/// Reads `token:` (what is demanded of a token) and `keys:` (where the provider's keys are).
pub(super) fn read_oauth(
    node: &Node,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<TokenVerifier> {
    // Reading it as a section finds unknown keys with their places; what is inside reads itself.
    let mut section = node.section("oauth", problems)?;
    section.require(
        "token",
        "add `token: { issuer, audiences, algorithms }`, what is demanded of a token",
        problems,
    )?;
    section.require("keys", "add `keys: { url: https://... }` or `keys: { file: ... }`", problems)?;
    section.finish(problems);
    let mut raw: RawTokenVerifier = match serde_json::from_value(node.to_json()) {
        Ok(raw) => raw,
        Err(error) => {
            problems.add(
                node.place,
                format!("`oauth` cannot be read: {error}"),
                "correct this key; docs/configuration.md lists all of them",
            );
            return None;
        }
    };
    for path in [&mut raw.keys.file, &mut raw.keys.ca_file].into_iter().flatten() {
        // Written as every other reference to a file.
        let Some(text) = path.to_str().and_then(|text| text.strip_prefix("file:")) else {
            problems.add(
                node.place,
                format!("`{}` is no file reference", path.display()),
                "write `file:` and a path",
            );
            return None;
        };
        *path = reading.folder.join(text);
    }
    match TokenVerifier::compile(&raw) {
        Ok(verifier) => Some(verifier),
        Err(messages) => {
            for message in messages {
                problems.add(node.place, message, "correct the setting");
            }
            None
        }
    }
}
