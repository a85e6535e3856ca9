//! Signed tokens with whatever claims a test wants, honest or not.
//!
//! ```
//! use serde_json::json;
//! use tidegate_testkit::oauth::Mint;
//! let mint = Mint::es256("key-1", "https://issuer.test", "kafka")?;
//! let token = mint.token("orders-api", json!({"groups": ["payments"]}))?;
//! assert_eq!(token.split('.').count(), 3);
//! # anyhow::Ok(())
//! ```

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

/// How long a token of [`Mint::token`] is valid, in seconds.
pub const LIFETIME: u64 = 600;

/// One issuer with one signing key.
#[derive(Debug)]
pub struct Mint {
    id: String,
    issuer: String,
    audience: String,
    key: Key,
}

#[derive(Debug)]
enum Key {
    Es256(EcdsaKeyPair),
    Rs256(RsaKeyPair),
}

impl Mint {
    /// An issuer whose key `id` signs with ES256.
    pub fn es256(id: &str, issuer: &str, audience: &str) -> Result<Self> {
        let key =
            EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).ok().context("cannot make a key")?;
        Ok(Self::new(id, issuer, audience, Key::Es256(key)))
    }

    /// An issuer whose key `id` signs with RS256.
    pub fn rs256(id: &str, issuer: &str, audience: &str) -> Result<Self> {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).ok().context("cannot make a key")?;
        Ok(Self::new(id, issuer, audience, Key::Rs256(key)))
    }

    fn new(id: &str, issuer: &str, audience: &str, key: Key) -> Self {
        Self { id: id.to_owned(), issuer: issuer.to_owned(), audience: audience.to_owned(), key }
    }

    /// What tokens have as `iss`.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What tokens have as `aud`.
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// A JSON Web Key Set with the public key.
    pub fn jwks(&self) -> Value {
        jwks(&[self])
    }

    /// A good token for `subject`, with `claims` added to, or put in the place of, the usual ones.
    pub fn token(&self, subject: &str, claims: Value) -> Result<String> {
        self.sign(&self.claims(subject, claims))
    }

    /// The claims [`Mint::token`] signs.
    pub fn claims(&self, subject: &str, more: Value) -> Value {
        let now = unix_now();
        let mut claims = Map::new();
        claims.insert("iss".into(), self.issuer.clone().into());
        claims.insert("aud".into(), self.audience.clone().into());
        claims.insert("sub".into(), subject.into());
        claims.insert("iat".into(), now.into());
        claims.insert("exp".into(), (now + LIFETIME).into());
        if let Value::Object(more) = more {
            claims.extend(more);
        }
        Value::Object(claims)
    }

    /// Signs exactly these claims.
    pub fn sign(&self, claims: &Value) -> Result<String> {
        self.sign_with(&json!({"alg": self.algorithm(), "kid": self.id, "typ": "JWT"}), claims)
    }

    /// Signs exactly these claims under exactly this header, whether or not it tells the truth.
    pub fn sign_with(&self, header: &Value, claims: &Value) -> Result<String> {
        let message = signing_input(header, claims);
        let random = SystemRandom::new();
        let signature = match &self.key {
            Key::Es256(key) => {
                key.sign(&random, message.as_bytes()).map_err(|_| anyhow!("cannot sign"))?.as_ref().to_vec()
            }
            Key::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature)
                    .map_err(|_| anyhow!("cannot sign"))?;
                signature
            }
        };
        Ok(format!("{message}.{}", encode(&signature)))
    }

    /// The public key as DER. A verifier that takes it for a shared secret has been fooled.
    pub fn public_key_der(&self) -> Result<Vec<u8>> {
        match &self.key {
            Key::Es256(key) => {
                Ok(key.public_key().as_der().map_err(|_| anyhow!("no public key"))?.as_ref().to_vec())
            }
            Key::Rs256(key) => {
                Ok(key.public_key().as_der().map_err(|_| anyhow!("no public key"))?.as_ref().to_vec())
            }
        }
    }

    fn algorithm(&self) -> &'static str {
        match self.key {
            Key::Es256(_) => "ES256",
            Key::Rs256(_) => "RS256",
        }
    }

    fn public_jwk(&self) -> Value {
        let mut jwk = match &self.key {
            Key::Es256(key) => {
                // Uncompressed point: a marker, then both coordinates of 32 bytes.
                let point = key.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at_checked(32).unwrap_or_default();
                json!({"kty": "EC", "crv": "P-256", "x": encode(x), "y": encode(y)})
            }
            Key::Rs256(key) => {
                let modulus = key.public_key().modulus().big_endian_without_leading_zero().to_vec();
                let exponent = key.public_key().exponent().big_endian_without_leading_zero().to_vec();
                json!({"kty": "RSA", "n": encode(&modulus), "e": encode(&exponent)})
            }
        };
        if let Value::Object(members) = &mut jwk {
            members.insert("kid".into(), self.id.clone().into());
            members.insert("alg".into(), self.algorithm().into());
            members.insert("use".into(), "sig".into());
        }
        jwk
    }
}

/// A JSON Web Key Set with the public keys of all `mints`.
pub fn jwks(mints: &[&Mint]) -> Value {
    json!({"keys": mints.iter().map(|mint| mint.public_jwk()).collect::<Vec<_>>()})
}

/// A token that claims to need no signature.
pub fn unsigned(claims: &Value) -> String {
    format!("{}.", signing_input(&json!({"alg": "none", "typ": "JWT"}), claims))
}

/// A token signed with a shared secret.
pub fn hs256(secret: &[u8], id: &str, claims: &Value) -> String {
    let message = signing_input(&json!({"alg": "HS256", "kid": id, "typ": "JWT"}), claims);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
    format!("{message}.{}", encode(tag.as_ref()))
}

/// Seconds since 1970.
pub fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

fn signing_input(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()))
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn the_key_set_verifies_a_token_and_not_a_changed_one() {
        let mint = Mint::es256("key", "https://issuer.test", "kafka").unwrap();
        let token = mint.token("alice", json!({"cnf": {"x5t#S256": "thumbprint"}})).unwrap();
        let (message, signature) = token.rsplit_once('.').unwrap();
        let jwk = &mint.jwks()["keys"][0];
        let coordinate = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        let point = [vec![4], coordinate("x"), coordinate("y")].concat();
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(key.verify(message.as_bytes(), &signature).is_ok());
        assert!(key.verify(format!("{message}x").as_bytes(), &signature).is_err());
    }

    #[test]
    fn given_claims_win_over_the_usual_ones() {
        let mint = Mint::rs256("key", "https://issuer.test", "kafka").unwrap();
        let claims = mint.claims("alice", json!({"exp": 7}));
        assert_eq!((claims["exp"].as_u64(), claims["sub"].as_str()), (Some(7), Some("alice")));
        assert_eq!(mint.jwks()["keys"][0]["kty"], "RSA");
    }
}
