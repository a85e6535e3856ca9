//! `tidegate check`: every problem of a bundle, with place and remedy, and every dangerous setting.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use tidegate_gateway::config::{self, Danger};
use tidegate_gateway::{Gateway, StartError};
use tidegate_model::Problem;

use super::Exit;
use crate::bundle::Bundle;
use crate::output::{Format, Screen, Tone};

/// Find every problem in a bundle, and every dangerous setting
///
/// Problems are errors: the gateway would not start with them, or would keep the policy it has. Certificates, keys and stores
/// that the configuration names are read, too; nothing is connected to. Dangerous settings are
/// findings: they are allowed, and they should be few.
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate check gateway --exit-code")]
pub(crate) struct Check {
    /// The bundle's folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Exit with 2 where there is no problem but a dangerous setting
    #[arg(long)]
    exit_code: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

impl Check {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let mut bundle = Bundle::read(&self.folder)?;
        let dangers = bundle.config.as_ref().map(|config| config.dangers()).unwrap_or_default();
        let unusable = unusable(&mut bundle);
        match self.output {
            Format::Json => screen.json(&as_json(&bundle.problems, &unusable, &dangers))?,
            Format::Table => print(&bundle, &unusable, &dangers, screen)?,
        }
        Ok(match (bundle.problems.is_empty() && unusable.is_empty(), dangers.is_empty()) {
            (false, _) => Exit::Error,
            (true, false) if self.exit_code => Exit::Findings,
            (true, _) => Exit::Clean,
        })
    }
}

/// What the configuration names and the gateway could not use: certificates, keys, stores.
fn unusable(bundle: &mut Bundle) -> Vec<String> {
    let Some(config) = bundle.config.take_if(|_| bundle.problems.is_empty()) else { return Vec::new() };
    match Gateway::rehearse(config) {
        Err(StartError::Unusable(problems)) => problems,
        // The policy was read before, and what is wrong with it told already.
        Ok(()) | Err(StartError::Bundle(_)) => Vec::new(),
    }
}

fn print(bundle: &Bundle, unusable: &[String], dangers: &[Danger], screen: &mut Screen) -> Result<()> {
    for problem in &bundle.problems {
        let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
        let label = screen.paint(Tone::Bad, "error");
        screen.line(format_args!("{label} {}: {}", screen.paint(Tone::Strong, place), problem.message))?;
        screen.line(format_args!("      fix: {}", problem.fix))?;
    }
    for problem in unusable {
        screen.line(format_args!("{} {}: {problem}", screen.paint(Tone::Bad, "error"), config::FILE))?;
    }
    for danger in dangers {
        let label = screen.paint(Tone::Warning, "dangerous");
        screen
            .line(format_args!("{label} {}: `{}`: {}", danger.owner, danger.setting, danger.consequence))?;
    }
    let counts = bundle.snapshot.as_ref().map_or_else(String::new, |policy| {
        format!(
            "; {} principals, {} grants, {} guardrails, {} tests",
            policy.principals().len(),
            policy.grants().len(),
            policy.guardrails().len(),
            policy.expectations().len()
        )
    });
    let (problems, dangers) = (bundle.problems.len() + unusable.len(), dangers.len());
    let tone = if problems > 0 { Tone::Bad } else { Tone::Good };
    let found = format!("{} and {}", count(problems, "problem"), count(dangers, "dangerous setting"));
    screen.line(format_args!("{}{counts}", screen.paint(tone, found)))
}

fn count(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}

fn as_json(problems: &[Problem], unusable: &[String], dangers: &[Danger]) -> Value {
    let problems: Vec<_> = problems
        .iter()
        .map(|Problem { file, line, column, message, fix }| {
            json!({ "file": &**file, "line": line, "column": column, "message": message, "fix": fix })
        })
        .collect();
    let dangers: Vec<_> = dangers
        .iter()
        .map(|Danger { setting, owner, consequence }| {
            json!({ "setting": setting, "owner": owner, "consequence": consequence })
        })
        .collect();
    json!({ "problems": problems, "unusable": unusable, "dangers": dangers })
}
