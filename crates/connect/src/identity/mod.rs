//! Sources of identity: client certificates, the local user store, and tokens of an identity provider.
//!
//! Each yields a [`tidegate_model::WorkloadIdentity`]: a principal, and the proof by which a connection became it.

pub mod certificate;
pub mod oidc;
pub mod users;

/// What reading a source of identities again came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reloaded {
    /// It says the same as before.
    Unchanged,
    /// It has changed: judge live sessions again.
    Changed,
}
