//! SCRAM-SHA-256 and SCRAM-SHA-512 (RFC 5802, RFC 7677) as Kafka speaks them: no channel binding, passwords as the UTF-8
//! bytes they are (no SASLprep, like Kafka's own client and broker).
//!
//! [`Greeting`] begins the server's side, [`Client`] the client's. [`observe_client_first`] and [`observe_client_final`]
//! check a conversation that only passes through. Every state is consumed by its step, so none can be replayed.
//!
//! ```
//! use std::sync::Arc;
//! use tidegate_wire::sasl::Secret;
//! use tidegate_wire::sasl::scram::{Algorithm, Client, Greeting, MIN_ITERATIONS, StoredCredential};
//!
//! let password = Secret::copy_of("correct horse battery");
//! let stored = StoredCredential::derive(Algorithm::Sha512, &password, &[1; 24], MIN_ITERATIONS)?;
//!
//! let (client, first) = Client::start(Algorithm::Sha512, "orders", &[2; 24])?;
//! let greeting = Greeting::read(Algorithm::Sha512, &first)?;
//! assert_eq!(greeting.username(), "orders");
//! let (server, challenge) = greeting.challenge(Arc::new(stored), &[3; 24])?;
//! let (client, proof) = client.prove(&challenge, &password)?;
//! let finish = server.finish(&proof)?;
//! client.finish(&finish.answer)?;
//! # Ok::<(), tidegate_wire::sasl::SaslError>(())
//! ```

mod client;
mod credential;
mod message;
mod server;

use tidegate_model::Mechanism;

pub use client::{Client, ClientFinalSent};
pub use credential::StoredCredential;
pub use message::{ClientFirst, observe_client_final, observe_client_first};
pub use server::{Challenged, Finish, Greeting};

pub(super) use message::{check_channel_binding, unescape_name};

/// The hash function of a SCRAM conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// SCRAM-SHA-256.
    Sha256,
    /// SCRAM-SHA-512.
    Sha512,
}

impl Algorithm {
    /// Both, in the order of preference of a server.
    pub const ALL: [Self; 2] = [Self::Sha512, Self::Sha256];

    /// The mechanism of conversations with this hash function.
    pub fn mechanism(self) -> Mechanism {
        match self {
            Self::Sha256 => Mechanism::ScramSha256,
            Self::Sha512 => Mechanism::ScramSha512,
        }
    }

    /// The hash function of a mechanism, if the mechanism is SCRAM.
    pub fn of(mechanism: Mechanism) -> Option<Self> {
        match mechanism {
            Mechanism::ScramSha256 => Some(Self::Sha256),
            Mechanism::ScramSha512 => Some(Self::Sha512),
            Mechanism::Mtls | Mechanism::Plain | Mechanism::OauthBearer => None,
        }
    }

    /// The length of its digests, in bytes.
    pub fn digest_len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

/// Random bytes for the nonce of one conversation; never to be used twice.
pub type NonceBytes = [u8; 24];

/// The longest message of a conversation, in bytes.
pub const MAX_MESSAGE: usize = 4 * 1024;

/// The longest nonce either side may contribute, in bytes.
pub const MAX_NONCE: usize = 256;

/// How many extensions a message may carry.
pub const MAX_EXTENSIONS: usize = 8;

/// The fewest iterations of a password's hash; brokers and clients refuse fewer.
pub const MIN_ITERATIONS: u32 = 4096;

/// The most iterations: a hostile server could otherwise keep a client computing for hours.
pub const MAX_ITERATIONS: u32 = 1_000_000;

/// The length of the salts made here, in bytes. All of one length, so that a decoy's looks like any other.
pub const SALT_BYTES: usize = 24;

#[cfg(test)]
mod tests;
