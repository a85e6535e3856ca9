//! `tidegate status`: what a running gateway does.

use anyhow::Result;
use clap::Args;
use tidegate_gateway::admin::Status as Report;

use super::Exit;
use super::reload::SHOWN_DIGEST;
use crate::admin::Target;
use crate::output::{Format, Screen, Tone};

/// Show what a running gateway does: policy, listeners, brokers, sessions, revocations
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate status --config gateway/tidegate.yaml --output json")]
pub(crate) struct Status {
    #[command(flatten)]
    target: Target,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

impl Status {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let (gateway, runtime) = self.target.connect()?;
        let report = runtime.block_on(gateway.status())?;
        match self.output {
            Format::Json => screen.json(&report)?,
            Format::Table => print(&report, screen)?,
        }
        Ok(Exit::Clean)
    }
}

fn print(report: &Report, screen: &mut Screen) -> Result<()> {
    let state = if report.running {
        screen.paint(Tone::Good, "running")
    } else {
        screen.paint(Tone::Warning, "draining")
    };
    let digest: String = report.policy_digest.chars().take(SHOWN_DIGEST).collect();
    screen.line(format_args!(
        "tidegate {} is {state}, policy {} ({digest})",
        report.version, report.policy_version
    ))?;
    for problem in &report.problems {
        screen.line(format_args!("{} {problem}", screen.paint(Tone::Bad, "refused")))?;
    }
    for danger in &report.dangers {
        screen.line(format_args!("{} {danger}", screen.paint(Tone::Warning, "dangerous")))?;
    }
    let listeners = report.listeners.iter().map(|listener| {
        let (addresses, mechanisms) = (listener.addresses.join(", "), listener.mechanisms.join(", "));
        vec![listener.name.clone(), listener.cluster.clone(), addresses, mechanisms]
    });
    section(screen, &["listener", "cluster", "addresses", "mechanisms"], listeners.collect())?;
    let nodes = report.clusters.iter().flat_map(|cluster| {
        cluster.nodes.iter().map(|node| {
            let state = if node.up {
                "up".to_owned()
            } else {
                node.problem.clone().unwrap_or_else(|| "not asked yet".to_owned())
            };
            vec![cluster.name.clone(), node.id.to_string(), node.address.clone(), state]
        })
    });
    section(screen, &["cluster", "node", "address", "state"], nodes.collect())?;
    let sessions =
        report.sessions.iter().map(|(principal, count)| vec![principal.clone(), count.to_string()]);
    section(screen, &["principal", "sessions"], sessions.collect())?;
    if report.revoked.is_empty() {
        return Ok(());
    }
    screen.line(format_args!("\nrevoked: {}", report.revoked.join(", ")))
}

fn section(screen: &mut Screen, headings: &[&str], rows: Vec<Vec<String>>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    screen.line("")?;
    screen.table(headings, rows)
}
