//! Names with at most one wildcard, at the end.

use std::fmt;
use std::sync::Arc;

/// Names beginning so belong to the broker; only a literal pattern grants them.
pub const INTERNAL_PREFIX: &str = "__";

/// Which names a grant or a catalog entry covers: one name, a prefix (`orders.*`), or all (`*`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Every name.
    All,
    /// Every name beginning so.
    Prefix(Arc<str>),
    /// This name alone.
    Literal(Arc<str>),
}

/// A pattern has a `*` that is not its last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPattern;

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a `*` may only be the last character of a pattern")
    }
}

impl std::error::Error for InvalidPattern {}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        match text.strip_suffix('*') {
            _ if text.is_empty() => Err(InvalidPattern),
            Some(stem) if stem.contains('*') => Err(InvalidPattern),
            Some("") => Ok(Self::All),
            Some(stem) => Ok(Self::Prefix(Arc::from(stem))),
            None if text.contains('*') => Err(InvalidPattern),
            None => Ok(Self::Literal(Arc::from(text))),
        }
    }

    /// Whether it describes `name`, internal names included. Grants ask [`Pattern::grants`] instead.
    pub fn covers(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Prefix(prefix) => name.starts_with(&**prefix),
            Self::Literal(literal) => name == &**literal,
        }
    }

    /// Whether a grant on it reaches `name`: as [`Pattern::covers`], but internal names by their literal only.
    pub fn grants(&self, name: &str) -> bool {
        self.covers(name) && (matches!(self, Self::Literal(_)) || !name.starts_with(INTERNAL_PREFIX))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Literal(name) => f.write_str(name),
        }
    }
}
