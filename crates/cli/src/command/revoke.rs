//! `tidegate revoke`: refuses a principal from now on, and ends its live sessions.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tidegate_gateway::admin::{AdminError, RevokeRequest};
use tidegate_gateway::config::Config;
use tidegate_gateway::revocation::{Change, RevocationFile};
use tidegate_model::PrincipalName;

use super::Exit;
use crate::output::Screen;
use crate::{admin, bundle, clock};

/// Refuse a principal from now on and end its live sessions within a second
///
/// Changes the list of revocations that all gateways of the bundle watch; it works while none of them runs, too. The
/// principal's credentials stay as they are: rotate or remove them before taking the revocation back.
#[derive(Args)]
#[command(after_help = "Examples:
  tidegate revoke billing-service --reason \"credential found in a log\"
  tidegate revoke billing-service --undo")]
pub(crate) struct Revoke {
    /// The principal's name
    #[arg(value_name = "PRINCIPAL")]
    principal: String,
    /// Take an earlier revocation back
    #[arg(long, conflicts_with = "reason")]
    undo: bool,
    /// Why, for whoever reads the list later
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The gateway's configuration, which names the list
    #[arg(long, value_name = "FILE", default_value = "tidegate.yaml")]
    config: PathBuf,
}

impl Revoke {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let principal =
            PrincipalName::new(&self.principal).with_context(|| format!("`{}`", self.principal))?;
        let config = bundle::configuration(&self.config)?;
        let known = RevocationFile::new(&config.revocations).load()?.contains(&principal);
        let undo = self.undo;
        let order = RevokeRequest { principal: self.principal, reason: self.reason, undo };
        let ended = match ask_gateway(&config, &order)? {
            Some(sessions) => format!("{sessions} sessions at this gateway end"),
            None => {
                let change = if undo { Change::Undo } else { Change::Revoke { reason: order.reason } };
                RevocationFile::new(&config.revocations).update(&principal, change, clock::now()?)?;
                "gateways that run follow the list".to_owned()
            }
        };
        let said = match (undo, known) {
            (false, _) => format!("is revoked; {ended}"),
            (true, true) => "is no longer revoked".to_owned(),
            (true, false) => "was not revoked".to_owned(),
        };
        screen.line(format_args!("`{principal}` {said}"))?;
        Ok(Exit::Clean)
    }
}

/// Has the running gateway do it, which is quickest, and returns the number of sessions there; nothing if none runs here.
fn ask_gateway(config: &Config, order: &RevokeRequest) -> Result<Option<usize>> {
    let (gateway, runtime) = admin::connect(&config.admin.socket)?;
    match runtime.block_on(gateway.revoke(order)) {
        Ok(report) => Ok(Some(report.sessions)),
        Err(AdminError::NotReached { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
