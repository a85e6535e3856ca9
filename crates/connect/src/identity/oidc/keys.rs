//! A provider's published keys (JWKS), and signatures by them.

use std::fmt;

use aws_lc_rs::signature::VerificationAlgorithm;
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey, RsaParameters,
};
use aws_lc_rs::{digest, rsa};
use serde_json::{Map, Value};

use super::policy::Algorithm;
use super::token::decode;
use super::{InvalidToken, json};

/// The public keys of a provider.
#[derive(Debug)]
pub struct KeySet {
    keys: Vec<Key>,
    /// Of the text that was read, to see whether it changed.
    digest: [u8; 32],
}

/// Why a key set could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKeySet(&'static str);

impl fmt::Display for InvalidKeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidKeySet {}

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The only algorithm the key is for, where it says so.
    algorithm: Option<Algorithm>,
    material: Material,
}

enum Material {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(ParsedPublicKey),
    P384(ParsedPublicKey),
    Ed25519(ParsedPublicKey),
}

impl fmt::Debug for Material {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa { .. } => "RSA",
            Self::P256(_) => "P-256",
            Self::P384(_) => "P-384",
            Self::Ed25519(_) => "Ed25519",
        })
    }
}

impl KeySet {
    /// Reads a key set. Keys that are not for signatures, or of a kind or strength not accepted, are left out, since
    /// providers publish others beside the ones we need; a set without any usable key is an error.
    pub fn parse(text: &[u8]) -> Result<Self, InvalidKeySet> {
        if text.len() > MAX_KEY_SET {
            return Err(InvalidKeySet("the key set is too large"));
        }
        let set = json::parse_object(text)
            .map_err(|_| InvalidKeySet("the key set is not a JSON object, or has a key twice"))?;
        let keys =
            set.get("keys").and_then(Value::as_array).ok_or(InvalidKeySet("there is no list `keys`"))?;
        if keys.len() > MAX_KEYS {
            return Err(InvalidKeySet("the key set has too many keys"));
        }
        let keys: Vec<_> = keys.iter().filter_map(Value::as_object).filter_map(Key::parse).collect();
        if keys.is_empty() {
            return Err(InvalidKeySet("the key set has no usable key"));
        }
        let mut sha256 = [0; 32];
        sha256.copy_from_slice(digest::digest(&digest::SHA256, text).as_ref());
        Ok(Self { keys, digest: sha256 })
    }

    /// How many usable keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether both were read from the same text.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        self.digest == other.digest
    }

    /// Whether there is none. A key set that was read has one.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Checks a signature by the key that the token names. A token that names none is accepted only where there is no
    /// choice.
    pub(super) fn check_signature(
        &self,
        algorithm: Algorithm,
        key_id: Option<&str>,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidToken> {
        let fitting: Vec<_> = self.keys.iter().filter(|key| key.fits(algorithm)).collect();
        let candidates: Vec<_> = match (key_id, fitting.as_slice()) {
            (Some(id), _) => fitting.into_iter().filter(|key| key.id.as_deref() == Some(id)).collect(),
            (None, [_]) => fitting,
            (None, _) => Vec::new(),
        };
        if candidates.is_empty() {
            return Err(InvalidToken::UnknownKey);
        }
        let verified = candidates.iter().any(|key| key.material.verify(algorithm, signed, signature));
        if verified { Ok(()) } else { Err(InvalidToken::BadSignature) }
    }
}

impl Key {
    fn parse(jwk: &Map<String, Value>) -> Option<Self> {
        if jwk.get("use").is_some_and(|usage| usage != "sig") {
            return None;
        }
        if let Some(operations) = jwk.get("key_ops") {
            operations.as_array()?.iter().find(|&operation| operation == "verify")?;
        }
        let algorithm = match jwk.get("alg") {
            None => None,
            Some(name) => Some(Algorithm::by_name(name.as_str()?)?),
        };
        let id = match jwk.get("kid") {
            None => None,
            Some(id) => Some(id.as_str()?.to_owned()),
        };
        let key = Self { id, algorithm, material: Material::parse(jwk)? };
        // A key that says it is for an algorithm of another kind is of no use, or a trap.
        let consistent = key.algorithm.is_none_or(|algorithm| key.material.fits(algorithm));
        consistent.then_some(key)
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        self.material.fits(algorithm) && self.algorithm.is_none_or(|only| only == algorithm)
    }
}

impl Material {
    fn parse(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let bytes = |name: &str| text(name).and_then(decode);
        match (text("kty")?, text("crv")) {
            ("RSA", _) => {
                // Some providers pad the modulus with a zero byte.
                let trimmed =
                    |bytes: Vec<u8>| bytes.into_iter().skip_while(|&byte| byte == 0).collect::<Vec<_>>();
                let (n, e) = (trimmed(bytes("n")?), trimmed(bytes("e")?));
                let components = rsa::PublicKeyComponents { n: &n, e: &e };
                components.to_parsed_public_key(&signature::RSA_PKCS1_2048_8192_SHA256).ok()?;
                // The strength is enforced where signatures are verified, too; a weak key should not count as usable.
                (n.len() >= MIN_RSA_BYTES).then_some(Self::Rsa { n, e })
            }
            ("EC", Some("P-256")) => {
                point(&bytes("x")?, &bytes("y")?, 32, &ECDSA_P256_SHA256_FIXED).map(Self::P256)
            }
            ("EC", Some("P-384")) => {
                point(&bytes("x")?, &bytes("y")?, 48, &ECDSA_P384_SHA384_FIXED).map(Self::P384)
            }
            ("OKP", Some("Ed25519")) => {
                let x = bytes("x").filter(|x| x.len() == 32)?;
                ParsedPublicKey::new(&ED25519, x).ok().map(Self::Ed25519)
            }
            _ => None,
        }
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        match self {
            Self::Rsa { .. } => rsa_parameters(algorithm).is_some(),
            Self::P256(_) => algorithm == Algorithm::Es256,
            Self::P384(_) => algorithm == Algorithm::Es384,
            Self::Ed25519(_) => algorithm == Algorithm::EdDsa,
        }
    }

    /// INVARIANT: called only for an algorithm that fits the key's kind.
    fn verify(&self, algorithm: Algorithm, signed: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => rsa_parameters(algorithm).is_some_and(|parameters| {
                rsa::PublicKeyComponents { n, e }.verify(parameters, signed, signature).is_ok()
            }),
            Self::P256(key) | Self::P384(key) | Self::Ed25519(key) => {
                key.verify_sig(signed, signature).is_ok()
            }
        }
    }
}

fn point(
    x: &[u8],
    y: &[u8],
    len: usize,
    algorithm: &'static dyn VerificationAlgorithm,
) -> Option<ParsedPublicKey> {
    if x.len() != len || y.len() != len {
        return None;
    }
    ParsedPublicKey::new(algorithm, [&[4], x, y].concat()).ok()
}

fn rsa_parameters(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::Rs256 => &signature::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &signature::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &signature::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &signature::RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &signature::RSA_PSS_2048_8192_SHA512,
        Algorithm::Es256 | Algorithm::Es384 | Algorithm::EdDsa => return None,
    })
}

/// The longest key set, in bytes.
pub(super) const MAX_KEY_SET: usize = 256 * 1024;

/// How many keys a set may have.
const MAX_KEYS: usize = 100;

const MIN_RSA_BYTES: usize = 256;
