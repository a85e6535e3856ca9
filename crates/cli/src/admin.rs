//! Talking to a running gateway over its local socket.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use tidegate_gateway::admin::AdminClient;
use tokio::runtime::{Builder, Runtime};

use crate::bundle;

/// Which gateway is meant.
#[derive(Args)]
pub(crate) struct Target {
    /// The gateway's configuration, which names its local socket
    #[arg(long, value_name = "FILE", default_value = "tidegate.yaml")]
    config: PathBuf,
}

impl Target {
    /// A client of that gateway, and what to run it on.
    pub(crate) fn connect(&self) -> Result<(AdminClient, Runtime)> {
        connect(&bundle::configuration(&self.config)?.admin.socket)
    }
}

/// A client of the gateway with that socket, and what to run it on.
pub(crate) fn connect(socket: &Path) -> Result<(AdminClient, Runtime)> {
    let runtime = Builder::new_current_thread().enable_all().build().context("cannot start the runtime")?;
    Ok((AdminClient::new(socket), runtime))
}
