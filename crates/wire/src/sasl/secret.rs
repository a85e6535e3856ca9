//! The one wrapper for secret bytes.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Secret bytes: a password, a token or a key. Wiped when dropped.
///
/// It has neither `Debug` nor `Display` nor `Clone`, so that a secret cannot reach a log by accident and every place
/// that reads one says [`Secret::expose`]. Share it with `Arc` where several owners need it.
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes over the bytes. The vector's memory is wiped when the secret is dropped.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Copies a text. The caller wipes its own copy, if that matters.
    pub fn copy_of(text: &str) -> Self {
        Self::new(text.as_bytes().to_vec())
    }

    /// The bytes, for the one computation that needs them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The secret as text, where it is valid UTF-8.
    pub fn expose_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both secrets have the same bytes, in time that depends on their lengths alone.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_by_content() {
        let secret = Secret::copy_of("correct horse");
        assert!(secret.matches(&Secret::new(b"correct horse".to_vec())));
        for other in ["", "correct hors", "correct horsf", "correct horse "] {
            assert!(!secret.matches(&Secret::copy_of(other)), "{other}");
        }
        assert_eq!(secret.len(), 13);
        assert!(Secret::copy_of("").is_empty());
        assert_eq!(Secret::new(vec![0xff]).expose_str(), None);
    }
}
