//! The client's side of a conversation, for logging in upstream.

use subtle::ConstantTimeEq;

use super::super::{SaslError, Secret, check_name};
use super::credential::{check_iterations, client_key, hash, hmac, salted_password, server_key, xor};
use super::message::{ServerFirst, encode_base64, escape_name, parse_server_final};
use super::{Algorithm, NonceBytes};

/// A conversation in which the first message is out and the server's challenge is due.
pub struct Client {
    algorithm: Algorithm,
    nonce: String,
    bare: String,
}

/// A conversation in which the proof is out and the server's signature is due.
pub struct ClientFinalSent {
    expected_signature: Vec<u8>,
}

impl Client {
    /// Begins to log in as `username`: returns the conversation and its first message.
    pub fn start(
        algorithm: Algorithm,
        username: &str,
        nonce: &NonceBytes,
    ) -> Result<(Self, Vec<u8>), SaslError> {
        check_name(username)?;
        Ok(Self::with_nonce(algorithm, username, encode_base64(nonce)))
    }

    pub(super) fn with_nonce(algorithm: Algorithm, username: &str, nonce: String) -> (Self, Vec<u8>) {
        let bare = format!("n={},r={nonce}", escape_name(username));
        let message = format!("{HEADER}{bare}").into_bytes();
        (Self { algorithm, nonce, bare }, message)
    }

    #[cfg(test)]
    pub(super) fn bare(&self) -> &str {
        &self.bare
    }

    /// Answers the server's challenge with a proof of `password`. Slow on purpose, as often as the server asks, within
    /// [`super::MIN_ITERATIONS`] and [`super::MAX_ITERATIONS`].
    pub fn prove(self, challenge: &[u8], password: &Secret) -> Result<(ClientFinalSent, Vec<u8>), SaslError> {
        let first = ServerFirst::parse(challenge)?;
        if !first.nonce.starts_with(&self.nonce) || first.nonce.len() == self.nonce.len() {
            return Err(SaslError::Malformed("the server's nonce does not extend ours"));
        }
        let iterations = check_iterations(first.iterations)?;
        let salted = salted_password(self.algorithm, password.expose(), &first.salt, iterations);
        let without_proof = format!("c={},r={}", encode_base64(HEADER.as_bytes()), first.nonce);
        // The challenge was checked to be text when it was parsed.
        let auth_message = [self.bare.as_bytes(), b",", challenge, b",", without_proof.as_bytes()].concat();

        let key = client_key(self.algorithm, &salted);
        let signature = hmac(self.algorithm, &hash(self.algorithm, &key), &auth_message);
        let proof = encode_base64(&xor(&key, &signature));
        let expected_signature = hmac(self.algorithm, &server_key(self.algorithm, &salted), &auth_message);
        Ok((ClientFinalSent { expected_signature }, format!("{without_proof},p={proof}").into_bytes()))
    }
}

impl ClientFinalSent {
    /// Checks that the server knows the credential too. Anything but success means that the peer is not the server it
    /// claims to be, or that it refused the login.
    pub fn finish(self, message: &[u8]) -> Result<(), SaslError> {
        let signature = parse_server_final(message)?;
        if self.expected_signature.ct_eq(&signature).into() { Ok(()) } else { Err(SaslError::NotProven) }
    }
}

/// No channel binding, no authorization id.
const HEADER: &str = "n,,";
