//! How the story is told: in a minute's reading for people, or one JSON line per attempt for programs.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use super::story::{Observed, Step};
use crate::output::{Format, Screen, Tone};

/// Tells the story as it happens.
pub(crate) struct Narrator {
    format: Format,
    sandbox: bool,
}

/// One attempt, as programs read it.
#[derive(Serialize)]
struct Line<'a> {
    scenario: &'a str,
    expected: &'a str,
    observed: String,
    ok: bool,
}

impl Narrator {
    pub(crate) fn new(format: Format, sandbox: bool) -> Self {
        Self { format, sandbox }
    }

    /// Says what is about to be seen.
    pub(crate) fn open(&mut self, screen: &mut Screen) -> Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        let what = if self.sandbox {
            "a sandbox broker of three nodes, which lets anybody do anything"
        } else {
            "your cluster, as its own security and the given credential leave it"
        };
        screen.line(screen.paint(Tone::Strong, "Tidegate demo"))?;
        screen.line(format_args!("Each attack is tried twice: at the bare broker ({what}),"))?;
        screen.line("and through the gateway in front of it, which proves who calls and refuses by default.")
    }

    /// Says who tries what, at the first attempt of a scene.
    pub(crate) fn announce(&mut self, step: &Step, screen: &mut Screen) -> Result<()> {
        if self.format == Format::Json || step.scene.is_empty() {
            return Ok(());
        }
        screen.line("")?;
        screen.line(screen.paint(Tone::Strong, step.scene))
    }

    /// Says what came of an attempt.
    pub(crate) fn tell(
        &mut self,
        step: &Step,
        observed: &Observed,
        met: bool,
        screen: &mut Screen,
    ) -> Result<()> {
        let (word, text, reason) = match observed {
            Observed::Succeeded(text) => ("succeeded", text, None),
            Observed::Refused { told, reason } => ("refused", told, reason.as_deref()),
            Observed::Unclear(text) => ("unclear", text, None),
        };
        if self.format == Format::Json {
            let observed = match reason {
                Some(reason) => format!("{word}: {text}: {reason}"),
                None => format!("{word}: {text}"),
            };
            let (scenario, expected) = (step.scenario, step.expectation(self.sandbox));
            return screen.json_line(&Line { scenario, expected, observed, ok: met });
        }
        let mark = if met { screen.paint(Tone::Good, "✓") } else { screen.paint(Tone::Bad, "✗") };
        // Padded before it is coloured: the colours have a width of their own.
        let padded = format!("{word:<9}");
        let word = match observed {
            Observed::Succeeded(_) if step.is_attack() => screen.paint(Tone::Warning, padded),
            Observed::Succeeded(_) | Observed::Refused { .. } => screen.paint(Tone::Good, padded),
            Observed::Unclear(_) => screen.paint(Tone::Bad, padded),
        };
        screen.line(format_args!("  {mark} {word} {}: {}", step.label, screen.paint(Tone::Quiet, text)))?;
        if let Some(reason) = reason {
            // What would change the answer follows a semicolon, and is for the operator, not for the story.
            let why = reason.split_once("; ").map_or(reason, |(why, _)| why);
            screen.line(format_args!("              why: {why}"))?;
        }
        if !met {
            let expectation = step.expectation(self.sandbox);
            screen.line(screen.paint(Tone::Bad, format_args!("    expected: {expectation}")))?;
        }
        Ok(())
    }

    /// Sums up.
    pub(crate) fn close(&mut self, failed: usize, took: Duration, screen: &mut Screen) -> Result<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        screen.line("")?;
        let took = format!("{:.0} s", took.as_secs_f32());
        if failed == 0 {
            let text = "Everything came out as expected: what is right works, what is wrong is refused.";
            return screen.line(format_args!("{} ({took})", screen.paint(Tone::Good, text)));
        }
        screen.line(
            screen.paint(Tone::Bad, format_args!("{failed} attempts did not come out as expected ({took})")),
        )
    }
}
