//! `tidegate test`: the expectations of `policy/tests.yaml` against the policy.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;
use tidegate_model::{TestOutcome, run_tests};

use super::Exit;
use crate::bundle::Bundle;
use crate::output::{Format, Screen, Tone};

/// Ask the policy what `policy/tests.yaml` expects of it
///
/// Fails with exit code 1 when an answer differs.
#[derive(Args)]
#[command(after_help = "Example:\n  tidegate test gateway")]
pub(crate) struct Test {
    /// The bundle's folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

impl Test {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let outcomes = run_tests(Bundle::read(&self.folder)?.policy(&self.folder)?);
        match self.output {
            Format::Json => screen.json(&outcomes.iter().map(as_json).collect::<Vec<_>>())?,
            Format::Table => print(&outcomes, screen)?,
        }
        Ok(if outcomes.iter().all(TestOutcome::passed) { Exit::Clean } else { Exit::Error })
    }
}

fn print(outcomes: &[TestOutcome], screen: &mut Screen) -> Result<()> {
    if outcomes.is_empty() {
        return screen.line("no tests: write some into policy/tests.yaml, refusals above all");
    }
    for outcome in outcomes {
        match &outcome.failure {
            None => {
                let word = screen.paint(Tone::Good, "ok    ");
                screen.line(format_args!("{word} {}", outcome.name))?;
            }
            Some(failure) => {
                let word = screen.paint(Tone::Bad, "failed");
                screen.line(format_args!("{word} {} ({}): {failure}", outcome.name, outcome.place))?;
                for reason in &outcome.reasons {
                    screen.line(format_args!("       {reason}"))?;
                }
            }
        }
    }
    let failed = outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let tone = if failed == 0 { Tone::Good } else { Tone::Bad };
    screen.line(screen.paint(tone, format_args!("{} passed, {failed} failed", outcomes.len() - failed)))
}

fn as_json(outcome: &TestOutcome) -> serde_json::Value {
    json!({
        "name": &*outcome.name,
        "file": &*outcome.place.file,
        "line": outcome.place.line,
        "expected": outcome.expected.as_str(),
        "observed": outcome.observed.as_str(),
        "passed": outcome.passed(),
        "failure": outcome.failure,
        "reasons": outcome.reasons.iter().map(|reason| &**reason).collect::<Vec<_>>(),
    })
}
