//! Sockets and TLS as one kind of stream, and frames over it.

mod link;
mod read_ahead;
mod transport;

pub(crate) use link::{Link, LinkError, LinkLimits};
pub(crate) use read_ahead::ReadAhead;
pub(crate) use transport::Transport;
