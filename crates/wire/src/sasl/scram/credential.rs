//! What a server keeps of a password, and the hashing around it.

use std::num::NonZeroU32;

use aws_lc_rs::{digest, hmac, pbkdf2};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use super::super::{SaslError, Secret};
use super::{Algorithm, MAX_ITERATIONS, MIN_ITERATIONS, SALT_BYTES};

/// The server's half of a password: enough to check a proof of it, not enough to make one.
pub struct StoredCredential {
    algorithm: Algorithm,
    salt: Vec<u8>,
    iterations: NonZeroU32,
    stored_key: Secret,
    server_key: Secret,
    /// Decoys and disabled users go through the same computation and fail on this at its end.
    usable: Choice,
}

impl StoredCredential {
    /// Derives the credential of `password`. Slow on purpose.
    pub fn derive(
        algorithm: Algorithm,
        password: &Secret,
        salt: &[u8],
        iterations: u32,
    ) -> Result<Self, SaslError> {
        let iterations = check_iterations(iterations)?;
        let salted = salted_password(algorithm, password.expose(), salt, iterations);
        let stored_key = hash(algorithm, &client_key(algorithm, &salted));
        Ok(Self {
            algorithm,
            salt: salt.to_vec(),
            iterations,
            stored_key: Secret::new(stored_key),
            server_key: Secret::new(server_key(algorithm, &salted)),
            usable: Choice::from(1),
        })
    }

    /// Puts a credential together from what a store kept.
    pub fn from_parts(
        algorithm: Algorithm,
        salt: Vec<u8>,
        iterations: u32,
        stored_key: Secret,
        server_key: Secret,
    ) -> Result<Self, SaslError> {
        let iterations = check_iterations(iterations)?;
        if salt.is_empty() {
            return Err(SaslError::Malformed("the salt is empty"));
        }
        if stored_key.len() != algorithm.digest_len() || server_key.len() != algorithm.digest_len() {
            return Err(SaslError::Malformed("a key has the wrong length"));
        }
        Ok(Self { algorithm, salt, iterations, stored_key, server_key, usable: Choice::from(1) })
    }

    /// The credential of nobody: what a client that names an unknown user is answered with.
    ///
    /// Salt and keys follow from `secret` and the name alone, so asking again gives the same answer, as it would for a
    /// user that exists. No proof satisfies it.
    pub fn decoy(
        algorithm: Algorithm,
        secret: &Secret,
        username: &str,
        iterations: u32,
    ) -> Result<Self, SaslError> {
        let iterations = check_iterations(iterations)?;
        let labelled = |label: &str| {
            let input = format!("tidegate decoy {label} {:?} {username}", algorithm);
            hmac(algorithm, secret.expose(), input.as_bytes())
        };
        let salt = labelled("salt").into_iter().take(SALT_BYTES).collect();
        Ok(Self {
            algorithm,
            salt,
            iterations,
            stored_key: Secret::new(labelled("stored key")),
            server_key: Secret::new(labelled("server key")),
            usable: Choice::from(0),
        })
    }

    /// The same credential, satisfied by no proof: a disabled user is answered as before, and never let in.
    #[must_use]
    pub fn into_unusable(mut self) -> Self {
        self.usable = Choice::from(0);
        self
    }

    /// The hash function.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The salt.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// How often the password is hashed.
    pub fn iterations(&self) -> u32 {
        self.iterations.get()
    }

    /// The key that checks a client's proof.
    pub fn stored_key(&self) -> &Secret {
        &self.stored_key
    }

    /// The key that signs the server's answer.
    pub fn server_key(&self) -> &Secret {
        &self.server_key
    }

    /// Whether `password` is the one, for mechanisms that send it. As slow as [`StoredCredential::derive`], whatever
    /// the outcome: call it where blocking is allowed.
    pub fn verify_password(&self, password: &Secret) -> Result<(), SaslError> {
        let salted = salted_password(self.algorithm, password.expose(), &self.salt, self.iterations);
        let stored_key = hash(self.algorithm, &client_key(self.algorithm, &salted));
        self.accept(&stored_key)
    }

    /// Checks a client's proof over `auth_message` and returns the server's signature of the same.
    pub(super) fn verify_proof(&self, auth_message: &[u8], proof: &[u8]) -> Result<Vec<u8>, SaslError> {
        let signature = hmac(self.algorithm, self.stored_key.expose(), auth_message);
        let server_signature = hmac(self.algorithm, self.server_key.expose(), auth_message);
        if proof.len() != signature.len() {
            return Err(SaslError::Malformed("the proof has the wrong length"));
        }
        let claimed_key: Zeroizing<Vec<u8>> = Zeroizing::new(xor(&signature, proof));
        self.accept(&hash(self.algorithm, &claimed_key))?;
        Ok(server_signature)
    }

    fn accept(&self, stored_key: &[u8]) -> Result<(), SaslError> {
        let same = self.stored_key.expose().ct_eq(stored_key) & self.usable;
        if same.into() { Ok(()) } else { Err(SaslError::NotProven) }
    }
}

pub(super) fn check_iterations(iterations: u32) -> Result<NonZeroU32, SaslError> {
    NonZeroU32::new(iterations)
        .filter(|count| (MIN_ITERATIONS..=MAX_ITERATIONS).contains(&count.get()))
        .ok_or(SaslError::Malformed("the iteration count is out of range"))
}

pub(super) fn salted_password(
    algorithm: Algorithm,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
) -> Zeroizing<Vec<u8>> {
    let pbkdf2_algorithm = match algorithm {
        Algorithm::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        Algorithm::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
    };
    let mut salted = Zeroizing::new(vec![0; algorithm.digest_len()]);
    pbkdf2::derive(pbkdf2_algorithm, iterations, salt, password, &mut salted);
    salted
}

pub(super) fn client_key(algorithm: Algorithm, salted_password: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(hmac(algorithm, salted_password, b"Client Key"))
}

pub(super) fn server_key(algorithm: Algorithm, salted_password: &[u8]) -> Vec<u8> {
    hmac(algorithm, salted_password, b"Server Key")
}

pub(super) fn hash(algorithm: Algorithm, bytes: &[u8]) -> Vec<u8> {
    let function = match algorithm {
        Algorithm::Sha256 => &digest::SHA256,
        Algorithm::Sha512 => &digest::SHA512,
    };
    digest::digest(function, bytes).as_ref().to_vec()
}

pub(super) fn hmac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    let function = match algorithm {
        Algorithm::Sha256 => hmac::HMAC_SHA256,
        Algorithm::Sha512 => hmac::HMAC_SHA512,
    };
    hmac::sign(&hmac::Key::new(function, key), message).as_ref().to_vec()
}

pub(super) fn xor(left: &[u8], right: &[u8]) -> Vec<u8> {
    left.iter().zip(right).map(|(a, b)| a ^ b).collect()
}
