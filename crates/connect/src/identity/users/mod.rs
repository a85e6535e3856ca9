//! The local user store: names, and what a server keeps of their passwords.
//!
//! [`Users`] is one immutable reading of the store, [`UserFile`] the file that holds it, [`LiveUsers`] the current
//! reading of a running gateway. A name that is unknown is answered like any other and never let in: ask for a
//! [`Candidate`] whatever the name, and let the conversation run to its end.
//!
//! ```
//! use tidegate_connect::identity::users::{Users, generate_password};
//! use tidegate_model::{PrincipalName, UnixMillis};
//! use tidegate_wire::sasl::scram::Algorithm;
//!
//! let now = UnixMillis(1_750_000_000_000);
//! let password = generate_password()?;
//! let mut users = Users::empty()?;
//! users.add(&PrincipalName::new("orders")?, &password, now)?;
//! let identity = users.candidate("orders", Algorithm::Sha256)?.verify_password(&password, now)?;
//! assert_eq!(identity.principal.as_str(), "orders");
//! assert!(users.candidate("nobody", Algorithm::Sha256)?.verify_password(&password, now).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod file;
mod live;
mod text;

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tidegate_model::{Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};
use tidegate_wire::sasl::scram::{Algorithm, SALT_BYTES, StoredCredential};
use tidegate_wire::sasl::{SaslError, Secret};
use zeroize::Zeroizing;

pub use super::Reloaded;
pub use file::UserFile;
pub use live::LiveUsers;

/// Every user of the store, at one moment.
pub struct Users {
    decoy_secret: Secret,
    iterations: u32,
    entries: HashMap<String, User>,
}

/// Whether a user may log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// May log in.
    Active,
    /// May not; the credential is kept.
    Disabled,
}

/// What a listing shows of a user: nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// The name.
    pub name: PrincipalName,
    /// Whether the user may log in.
    pub standing: Standing,
    /// When the user was added.
    pub created_at: UnixMillis,
    /// When the password last changed.
    pub rotated_at: UnixMillis,
    /// How many passwords there have been, the current one included.
    pub generation: u64,
}

struct User {
    summary: UserSummary,
    credentials: Credentials,
}

struct Credentials {
    sha256: Arc<StoredCredential>,
    sha512: Arc<StoredCredential>,
}

/// A login in progress: the credential to check against, for a name that may or may not exist.
pub struct Candidate {
    credential: Arc<StoredCredential>,
    known: Option<(PrincipalName, UnixMillis)>,
}

/// Why the store could not be used or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsersError {
    /// There is no such user.
    Unknown(String),
    /// There is such a user already.
    Exists(String),
    /// The password is too short, too long, or has a control character.
    UnacceptablePassword,
    /// A line of the file is wrong.
    Malformed {
        /// Which line, counted from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// Others than the owner may read or write the file.
    OpenToOthers(PathBuf),
    /// The file could not be read or written.
    Inaccessible {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        message: String,
    },
    /// The system gave no random bytes, or the credential could not be derived.
    Failed(&'static str),
}

impl fmt::Display for UsersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(f, "there is no user `{name}`"),
            Self::Exists(name) => write!(f, "there is a user `{name}` already"),
            Self::UnacceptablePassword => {
                write!(f, "a password has {MIN_PASSWORD} to {MAX_PASSWORD} bytes and no control characters")
            }
            Self::Malformed { line, message } => write!(f, "user store line {line}: {message}"),
            Self::OpenToOthers(path) => {
                write!(f, "`{}` is open to others than its owner: run `chmod 600` on it", path.display())
            }
            Self::Inaccessible { path, message } => write!(f, "`{}`: {message}", path.display()),
            Self::Failed(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for UsersError {}

/// Why a session that logged in with a user's password must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginEnded {
    /// The user is gone.
    Removed,
    /// The user is disabled.
    Disabled,
    /// The password is another one now.
    Rotated,
}

impl Users {
    /// A store without users.
    pub fn empty() -> Result<Self, UsersError> {
        Ok(Self { decoy_secret: Secret::new(random(32)?), iterations: ITERATIONS, entries: HashMap::new() })
    }

    /// Adds a user. The store draws the salts.
    pub fn add(
        &mut self,
        name: &PrincipalName,
        password: &Secret,
        now: UnixMillis,
    ) -> Result<(), UsersError> {
        if self.entries.contains_key(name.as_str()) {
            return Err(UsersError::Exists(name.to_string()));
        }
        let credentials = self.derive(password)?;
        let summary = UserSummary {
            name: name.clone(),
            standing: Standing::Active,
            created_at: now,
            rotated_at: now,
            generation: 1,
        };
        self.entries.insert(name.to_string(), User { summary, credentials });
        Ok(())
    }

    /// Replaces a user's password, at once: the old one is worth nothing as soon as gateways read the store again.
    pub fn rotate(&mut self, name: &str, password: &Secret, now: UnixMillis) -> Result<(), UsersError> {
        let credentials = self.derive(password)?;
        let user = self.entry(name)?;
        // Sessions are tied to this time, so no two passwords may share it.
        user.summary.rotated_at = now.max(UnixMillis(user.summary.rotated_at.0.saturating_add(1)));
        user.summary.generation = user.summary.generation.saturating_add(1);
        user.credentials = credentials.with_standing(user.summary.standing)?;
        Ok(())
    }

    /// Disables or enables a user.
    pub fn set_standing(&mut self, name: &str, standing: Standing) -> Result<(), UsersError> {
        let user = self.entry(name)?;
        user.credentials = user.credentials.with_standing(standing)?;
        user.summary.standing = standing;
        Ok(())
    }

    /// Removes a user.
    pub fn remove(&mut self, name: &str) -> Result<(), UsersError> {
        self.entries.remove(name).map(drop).ok_or_else(|| UsersError::Unknown(name.to_owned()))
    }

    /// Every user, by name.
    pub fn list(&self) -> Vec<UserSummary> {
        let mut summaries: Vec<_> = self.entries.values().map(|user| user.summary.clone()).collect();
        summaries.sort_by(|left, right| left.name.cmp(&right.name));
        summaries
    }

    /// Begins a login. Unknown names get a candidate too, which no proof satisfies.
    pub fn candidate(&self, username: &str, algorithm: Algorithm) -> Result<Candidate, SaslError> {
        // Made for known names as well, so that the time taken tells nothing.
        let decoy = StoredCredential::decoy(algorithm, &self.decoy_secret, username, self.iterations)?;
        Ok(match self.entries.get(username) {
            Some(user) => Candidate {
                credential: user.credentials.of(algorithm),
                known: Some((user.summary.name.clone(), user.summary.rotated_at)),
            },
            None => Candidate { credential: Arc::new(decoy), known: None },
        })
    }

    /// Whether a login with a password of this store still stands.
    pub fn still_stands(&self, identity: &WorkloadIdentity) -> Result<(), LoginEnded> {
        let user = self.entries.get(identity.principal.as_str()).ok_or(LoginEnded::Removed)?;
        match user.summary.standing {
            Standing::Disabled => Err(LoginEnded::Disabled),
            Standing::Active if identity.proof.credential_issued_at == Some(user.summary.rotated_at) => {
                Ok(())
            }
            Standing::Active => Err(LoginEnded::Rotated),
        }
    }

    fn entry(&mut self, name: &str) -> Result<&mut User, UsersError> {
        self.entries.get_mut(name).ok_or_else(|| UsersError::Unknown(name.to_owned()))
    }

    fn derive(&self, password: &Secret) -> Result<Credentials, UsersError> {
        check_password(password)?;
        let derive = |algorithm| {
            let salt = random(SALT_BYTES)?;
            StoredCredential::derive(algorithm, password, &salt, self.iterations)
                .map(Arc::new)
                .map_err(|_| UsersError::Failed("the credential could not be derived"))
        };
        Ok(Credentials { sha256: derive(Algorithm::Sha256)?, sha512: derive(Algorithm::Sha512)? })
    }
}

impl Candidate {
    /// What to check the client against.
    pub fn credential(&self) -> Arc<StoredCredential> {
        Arc::clone(&self.credential)
    }

    /// The identity of a client whose proof was accepted.
    pub fn identity(self, mechanism: Mechanism, now: UnixMillis) -> Result<WorkloadIdentity, SaslError> {
        let (principal, rotated_at) = self.known.ok_or(SaslError::NotProven)?;
        let mut proof = Proof::new(mechanism, now);
        proof.credential_issued_at = Some(rotated_at);
        Ok(WorkloadIdentity { principal, proof })
    }

    /// Checks a password that the client sent. Slow on purpose, for unknown users as well: call it where blocking is
    /// allowed.
    pub fn verify_password(self, password: &Secret, now: UnixMillis) -> Result<WorkloadIdentity, SaslError> {
        self.credential.verify_password(password)?;
        self.identity(Mechanism::Plain, now)
    }
}

impl Credentials {
    fn of(&self, algorithm: Algorithm) -> Arc<StoredCredential> {
        match algorithm {
            Algorithm::Sha256 => Arc::clone(&self.sha256),
            Algorithm::Sha512 => Arc::clone(&self.sha512),
        }
    }

    fn with_standing(&self, standing: Standing) -> Result<Self, UsersError> {
        let again = |credential: &StoredCredential| {
            let copy = StoredCredential::from_parts(
                credential.algorithm(),
                credential.salt().to_vec(),
                credential.iterations(),
                Secret::new(credential.stored_key().expose().to_vec()),
                Secret::new(credential.server_key().expose().to_vec()),
            )
            .map_err(|_| UsersError::Failed("the credential is malformed"))?;
            Ok(Arc::new(match standing {
                Standing::Active => copy,
                Standing::Disabled => copy.into_unusable(),
            }))
        };
        Ok(Self { sha256: again(&self.sha256)?, sha512: again(&self.sha512)? })
    }
}

/// A new password of 256 random bits, in letters, digits, `-` and `_`.
pub fn generate_password() -> Result<Secret, UsersError> {
    let bytes = Zeroizing::new(random(32)?);
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()).into_bytes()))
}

fn check_password(password: &Secret) -> Result<(), UsersError> {
    let acceptable = (MIN_PASSWORD..=MAX_PASSWORD).contains(&password.len())
        && password.expose_str().is_some_and(|text| !text.chars().any(char::is_control));
    if acceptable { Ok(()) } else { Err(UsersError::UnacceptablePassword) }
}

fn random(len: usize) -> Result<Vec<u8>, UsersError> {
    let mut bytes = vec![0; len];
    rand::fill(&mut bytes).map_err(|_| UsersError::Failed("the system gave no random bytes"))?;
    Ok(bytes)
}

/// The shortest password accepted, in bytes. Workloads need not remember theirs.
pub const MIN_PASSWORD: usize = 16;

/// The longest password accepted, in bytes.
pub const MAX_PASSWORD: usize = 256;

/// How often a new password is hashed. Kafka's own clients accept this many, and a login by PLAIN costs a few
/// milliseconds.
pub const ITERATIONS: u32 = 16_384;

#[cfg(test)]
mod tests;
