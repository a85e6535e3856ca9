//! `tidegate up`: runs the gateway.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tidegate_gateway::{Gateway, Signals};
use tokio::runtime::Runtime;

use super::Exit;
use crate::bundle;
use crate::logging::{self, LogFormat};
use crate::output::Screen;

/// Run the gateway until SIGTERM or SIGINT, and reload on SIGHUP
///
/// It stops gracefully: nothing new is accepted, and open requests get their answers first. Changes of the policy, of
/// certificates, users and revocations are followed without a signal, too.
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate up --config gateway/tidegate.yaml --log-format json")]
pub(crate) struct Up {
    /// The gateway's configuration
    #[arg(long, value_name = "FILE", default_value = "tidegate.yaml")]
    config: PathBuf,
    /// How log lines are written, on standard error
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    log_format: LogFormat,
    /// What is logged: error, warn, info, debug or trace, or directives such as `info,tidegate_gateway=debug`
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    log_level: String,
}

impl Up {
    pub(crate) fn run(self, _: &mut Screen) -> Result<Exit> {
        let config = bundle::configuration(&self.config)?;
        logging::start(self.log_format, &self.log_level)?;
        for danger in config.dangers() {
            let (owner, setting) = (&danger.owner, danger.setting);
            tracing::warn!(%owner, setting, "dangerous setting: {}", danger.consequence);
        }
        let runtime = Runtime::new().context("cannot start the runtime")?;
        runtime.block_on(async {
            let signals = Signals::watch().context("the gateway cannot watch for signals")?;
            let gateway = Gateway::start(config).await.context("the gateway cannot start")?;
            gateway.run(signals).await;
            anyhow::Ok(())
        })?;
        Ok(Exit::Clean)
    }
}
