//! Sources of identity: client certificates, the local user store, and tokens of an identity provider.
//!
//! Each yields a [`tidegate_model::WorkloadIdentity`]: a principal, and the proof by which a connection became it.

pub mod certificate;
pub mod oidc;
pub mod users;
