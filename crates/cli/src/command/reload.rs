//! `tidegate reload`: makes a running gateway read everything again.

use anyhow::Result;
use clap::Args;

use super::Exit;
use crate::admin::Target;
use crate::output::{Format, Screen, Tone};

/// Make a running gateway read policy, certificates, users and revocations again
///
/// What has problems is refused whole, and what was in force stays so; the problems are listed, and the exit code is 1.
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate reload --config gateway/tidegate.yaml")]
pub(crate) struct Reload {
    #[command(flatten)]
    target: Target,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

impl Reload {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let (gateway, runtime) = self.target.connect()?;
        let report = runtime.block_on(gateway.reload())?;
        match self.output {
            Format::Json => screen.json(&report)?,
            Format::Table => {
                for problem in &report.problems {
                    screen.line(format_args!("{} {problem}", screen.paint(Tone::Bad, "refused")))?;
                }
                let digest: String = report.policy_digest.chars().take(SHOWN_DIGEST).collect();
                screen.line(format_args!("policy {} ({digest}) is in force", report.policy_version))?;
            }
        }
        Ok(if report.problems.is_empty() { Exit::Clean } else { Exit::Error })
    }
}

/// So many digits of a digest tell policies apart well enough for people.
pub(super) const SHOWN_DIGEST: usize = 12;
