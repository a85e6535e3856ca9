//! A token issuer made on the spot: one ES256 key, its JWKS, and tokens bound to a client certificate.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::json;

/// Issues signed tokens.
pub(crate) struct TokenIssuer {
    name: String,
    key: KeyPair,
}

impl TokenIssuer {
    /// An issuer called `name` (the `iss` claim) with a new key.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let key = KeyPair::generate().context("cannot generate the token issuer's key")?;
        Ok(Self { name: name.to_owned(), key })
    }

    /// The public key as a JSON Web Key Set.
    pub(crate) fn jwks(&self) -> Result<String> {
        // An uncompressed point: 0x04, then 32 bytes of x and 32 of y.
        let (x, y) = match self.key.der_bytes() {
            [4, coordinates @ ..] if coordinates.len() == 64 => coordinates.split_at(32),
            _ => anyhow::bail!("the token issuer's key is not a P-256 point"),
        };
        let key = json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KEY_ID,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        });
        Ok(serde_json::to_string_pretty(&json!({ "keys": [key] }))?)
    }

    /// A token for `subject`, good for `audience` and only on the certificate with that thumbprint (RFC 8705).
    pub(crate) fn bound_token(&self, subject: &str, audience: &str, thumbprint: &str) -> Result<String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let claims = json!({
            "iss": self.name, "sub": subject, "aud": audience,
            "iat": now.as_secs(), "exp": (now + TOKEN_LIFETIME).as_secs(),
            "cnf": { "x5t#S256": thumbprint },
        });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(KEY_ID.to_owned());
        let key = EncodingKey::from_ec_pem(self.key.serialize_pem().as_bytes())?;
        jsonwebtoken::encode(&header, &claims, &key).context("cannot sign a token")
    }
}

/// How long a token is good for.
pub(crate) const TOKEN_LIFETIME: Duration = Duration::from_secs(3600);

const KEY_ID: &str = "demo";
