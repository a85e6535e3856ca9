//! The gateway itself: listeners, TLS, sessions, reload, metrics and the operator's interface.
//!
//! What a frame means and whether it may pass is decided by the pure crates (`tidegate_wire`, `tidegate_model`); this one owns
//! the sockets, the files, the clock and the tasks, and carries out what was decided. A connection's way is
//! `connection::serve`: opened, authenticated, run, ended.

pub mod admin;
mod admission;
pub mod bundle;
mod clock;
pub mod config;
mod connection;
mod gateway;
mod io;
pub mod metrics;
pub mod proxy_protocol;
mod reload;
pub mod revocation;
mod sessions;
mod standing;
mod state;
pub mod tls;
mod upstream;
mod watch;

pub use gateway::{Gateway, Signals, StartError};
pub use reload::ReloadReport;
pub use sessions::SessionInfo;
