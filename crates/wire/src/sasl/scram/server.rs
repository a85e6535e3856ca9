//! The server's side of a conversation.

use std::sync::Arc;

use super::super::SaslError;
use super::message::{ClientFinal, encode_base64};
use super::{Algorithm, ClientFirst, NonceBytes, StoredCredential};

/// A conversation in which the client has named itself and waits for a challenge.
pub struct Greeting {
    algorithm: Algorithm,
    first: ClientFirst,
}

/// A conversation in which the challenge is out and the client's proof is due.
pub struct Challenged {
    credential: Arc<StoredCredential>,
    first: ClientFirst,
    /// The challenge as sent, which the proof covers.
    challenge: String,
    nonce: String,
}

/// How a conversation ended well.
#[derive(Debug, PartialEq, Eq)]
pub struct Finish {
    /// Who the client is.
    pub username: String,
    /// The server's last message, to be sent with the success.
    pub answer: Vec<u8>,
}

impl Greeting {
    /// Reads the client's first message.
    pub fn read(algorithm: Algorithm, message: &[u8]) -> Result<Self, SaslError> {
        Ok(Self { algorithm, first: ClientFirst::parse(message)? })
    }

    /// Who the client says it is: the name to look the credential up with.
    pub fn username(&self) -> &str {
        &self.first.username
    }

    /// Challenges the client. For a name that is unknown, pass [`StoredCredential::decoy`].
    pub fn challenge(
        self,
        credential: Arc<StoredCredential>,
        nonce: &NonceBytes,
    ) -> Result<(Challenged, Vec<u8>), SaslError> {
        if credential.algorithm() != self.algorithm {
            return Err(SaslError::Refused("the credential is of another mechanism"));
        }
        let nonce = format!("{}{}", self.first.nonce, encode_base64(nonce));
        let challenge =
            format!("r={nonce},s={},i={}", encode_base64(credential.salt()), credential.iterations());
        let bytes = challenge.clone().into_bytes();
        Ok((Challenged::resume(credential, self.first, challenge, nonce), bytes))
    }
}

impl Challenged {
    pub(super) fn resume(
        credential: Arc<StoredCredential>,
        first: ClientFirst,
        challenge: String,
        nonce: String,
    ) -> Self {
        Self { credential, first, challenge, nonce }
    }

    /// Checks the client's last message. [`SaslError::NotProven`] says nothing about whether the user exists.
    pub fn finish(self, message: &[u8]) -> Result<Finish, SaslError> {
        let last = ClientFinal::parse(message)?;
        if last.header != self.first.header.as_bytes() {
            return Err(SaslError::Malformed("the channel binding is not that of the first message"));
        }
        if last.nonce != self.nonce {
            return Err(SaslError::Malformed("the nonce is not that of this conversation"));
        }
        let auth_message = format!("{},{},{}", self.first.bare, self.challenge, last.without_proof);
        let signature = self.credential.verify_proof(auth_message.as_bytes(), &last.proof)?;
        let answer = format!("v={}", encode_base64(&signature)).into_bytes();
        Ok(Finish { username: self.first.username, answer })
    }
}
