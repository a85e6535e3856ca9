//! Adapters outward: where identities come from.
//!
//! [`identity`] turns a client certificate, a password or a token into a principal with its proof. What judges is pure
//! and takes the time as an argument; what reads files or the network sits beside it, in types of its own.

pub mod identity;
