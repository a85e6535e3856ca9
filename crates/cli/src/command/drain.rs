//! `tidegate drain`: stops a running gateway gracefully.

use anyhow::Result;
use clap::Args;

use super::Exit;
use crate::admin::Target;
use crate::output::Screen;

/// Make a running gateway stop gracefully, as SIGTERM does
///
/// It accepts nothing new, is no longer ready, answers what is under way, and ends. The command does not wait for that.
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate drain --config gateway/tidegate.yaml")]
pub(crate) struct Drain {
    #[command(flatten)]
    target: Target,
}

impl Drain {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let (gateway, runtime) = self.target.connect()?;
        runtime.block_on(gateway.drain())?;
        screen.line("the gateway stops once open requests are answered")?;
        Ok(Exit::Clean)
    }
}
