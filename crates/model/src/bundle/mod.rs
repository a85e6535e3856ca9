//! The bundle as text: the files an operator keeps in git, and the problems found in them.
//!
//! Each file is read twice: `yaml` turns text into a tree with places and the `read_*` functions turn that into raw
//! types, as written; the checks in `crate::snapshot` turn those into types with nothing left to parse.

pub(crate) mod grants;
pub(crate) mod principals;
pub(crate) mod reader;
mod schema;
pub(crate) mod streams;
pub(crate) mod tests;
pub(crate) mod yaml;

use std::fmt;
use std::sync::Arc;

pub use schema::SCHEMAS;
use sha2::{Digest, Sha256};

use crate::text::one_line;

/// The principals, their groups, and how humans may act.
pub const PRINCIPALS: &str = "catalog/principals.yaml";
/// The streams, and the defaults of whole clusters.
pub const STREAMS: &str = "catalog/streams.yaml";
/// Who may do what; the only source of allows.
pub const GRANTS: &str = "policy/grants.yaml";
/// The rules that no grant may break.
pub const GUARDRAILS: &str = "policy/guardrails.cedar";
/// Expected decisions.
pub const TESTS: &str = "policy/tests.yaml";

/// Every file of a bundle that a [`crate::Snapshot`] is made of, relative to the bundle's root.
pub const FILES: [&str; 5] = [PRINCIPALS, STREAMS, GRANTS, GUARDRAILS, TESTS];

/// The text of a bundle's files.
#[derive(Clone, Debug, Default)]
pub struct BundleSources {
    files: Vec<(String, String)>,
}

impl BundleSources {
    /// An empty bundle.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file: its path relative to the bundle's root, with `/` between parts, and its text.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> &mut Self {
        self.files.push((path.into(), text.into()));
        self
    }

    /// The same, for building in one expression.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.add(path, text);
        self
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(name, _)| name == path).map(|(_, text)| text.as_str())
    }

    /// The paths of the files, in the order they were added.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// SHA-256 over paths and texts, whatever the order they were added in.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort();
        let mut hash = Sha256::new();
        for (path, text) in files {
            // Lengths in front keep two different bundles from having the same bytes.
            for part in [path, text] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.finalize().into()
    }
}

/// Where a rule is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the bundle's root.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Something wrong in a bundle, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the bundle's root.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub fix: String,
}

impl Problem {
    /// Texts from the bundle go into messages, so what would break a line or a terminal is made visible.
    pub(crate) fn new(file: &Arc<str>, (line, column): (u32, u32), message: &str, fix: &str) -> Self {
        Self { file: file.clone(), line, column, message: one_line(message), fix: one_line(fix) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, message, fix } = self;
        write!(f, "{file}:{line}:{column}: {message}; {fix}")
    }
}

impl std::error::Error for Problem {}
