//! What every section needs: names, references to files and secrets, mechanisms.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidegate_model::Mechanism;
use tidegate_wire::sasl::Secret;

use super::document::{Node, Problems};
use super::units::is_host;

/// How an environment variable is looked up. Only the command line reads the environment, so it passes this in.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The surroundings of the file being read.
pub(super) struct Reading<'a> {
    /// The name of the file.
    pub(super) file: &'a str,
    /// The folder that relative paths start from: that of `tidegate.yaml`.
    pub(super) folder: &'a Path,
    pub(super) environment: Environment<'a>,
}

impl Reading<'_> {
    /// A short name of ours: letters, digits, `.`, `_` and `-`.
    pub(super) fn name(&self, node: &Node, what: &str, problems: &mut Problems) -> Option<String> {
        let expected = "1 to 64 letters, digits, `.`, `_` or `-`";
        node.parse(what, expected, problems, |text| is_name(text).then(|| text.to_owned()))
    }

    pub(super) fn host(&self, node: &Node, problems: &mut Problems) -> Option<String> {
        node.parse("host name", "a name such as `kafka.example`", problems, |text| {
            is_host(text).then(|| text.to_owned())
        })
    }

    /// A reference `file:PATH`, resolved against the folder.
    pub(super) fn file(&self, node: &Node, problems: &mut Problems) -> Option<PathBuf> {
        node.parse("file reference", "`file:` and a path, relative to this file's folder", problems, |text| {
            text.strip_prefix("file:").filter(|path| !path.is_empty()).map(|path| self.folder.join(path))
        })
    }

    /// A path of something that need not exist yet.
    pub(super) fn path(&self, node: &Node, problems: &mut Problems) -> Option<PathBuf> {
        node.parse("path", "a path, relative to this file's folder", problems, |text| {
            (!text.is_empty()).then(|| self.folder.join(text))
        })
    }

    /// A secret by reference: `file:PATH` or `env:NAME`. One newline at the end of a file is not part of it.
    pub(super) fn secret(&self, node: &Node, problems: &mut Problems) -> Option<Arc<Secret>> {
        // The text is not repeated in the problem: somebody may have written the secret itself.
        let text = node.text("a secret", problems)?;
        let found = match text.split_once(':') {
            Some(("file", path)) => {
                let path = self.folder.join(path);
                std::fs::read(&path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
            }
            Some(("env", name)) => (self.environment)(name)
                .map(String::into_bytes)
                .ok_or_else(|| format!("the environment variable `{name}` is not set")),
            _ => {
                let fix = "write `file:PATH` or `env:NAME`, and put the secret there";
                problems.add(node.place, "a secret is given by reference, never by value", fix);
                return None;
            }
        };
        let mut bytes = match found {
            Ok(bytes) => bytes,
            Err(message) => {
                problems.add(node.place, message, "create it, or correct the reference");
                return None;
            }
        };
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.is_empty() {
            problems.add(node.place, format!("`{text}` is empty"), "put the secret there");
            return None;
        }
        Some(Arc::new(Secret::new(bytes)))
    }
}

/// One mechanism out of `known`.
pub(super) fn mechanism(node: &Node, known: &[Mechanism], problems: &mut Problems) -> Option<Mechanism> {
    let expected = format!("one of {}", mechanism_names(known));
    node.parse("mechanism here", &expected, problems, |text| {
        known.iter().copied().find(|mechanism| mechanism.as_str() == text)
    })
}

pub(super) fn mechanism_names(known: &[Mechanism]) -> String {
    known.iter().map(|mechanism| mechanism.as_str()).collect::<Vec<_>>().join(", ")
}

fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= 64 && text.bytes().all(plain)
}
