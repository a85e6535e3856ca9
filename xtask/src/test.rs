//! `cargo xtask test`: every check there is, in an order that ends with the tests against real brokers.
//!
//! All parts run even when one fails. What failed is listed at the end. When nothing failed, the last thing printed
//! is the summary of the last test program.

mod deny;
mod suites;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::system::{self, Need};
use crate::{codegen, fuzz, tidy};

/// Something `cargo xtask test` can run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting
    Fmt,
    /// Dependency edges, paths in documents, file length, stray words
    Tidy,
    /// The Kafka codec's tables are what Apache Kafka's definitions give
    Codec,
    /// Bans, licences, sources and, where the database can be reached, advisories of all dependencies
    Deny,
    /// Lints
    Clippy,
    /// Documentation builds without a warning
    Doc,
    /// Half a minute of random input for each fuzz target
    Fuzz,
    /// The demonstration comes out as it should
    Demo,
    /// Unit, property and documentation tests
    Unit,
    /// Real clients and attacks against real brokers
    Kafka,
}

impl Part {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Fmt | Self::Tidy | Self::Deny => &[],
            Self::Clippy | Self::Doc | Self::Fuzz | Self::Demo => &[Need::Toolchain],
            Self::Codec | Self::Unit => &[Need::Toolchain, Need::Java],
            Self::Kafka => &[Need::Toolchain, Need::Java, Need::Clients],
        }
    }

    fn run(self, root: &Path) -> Result<()> {
        match self {
            Self::Fmt => {
                let workspace = cargo(root, &["fmt", "--all", "--check"]);
                workspace.and(cargo(root, &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
            }
            Self::Tidy => tidy::run(),
            Self::Codec => codegen::run(true),
            Self::Deny => deny::run(root),
            Self::Clippy => {
                cargo(root, &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
            }
            Self::Doc => finish(
                cargo_command(root, &["doc", "--quiet", "--workspace", "--no-deps"])
                    .env("RUSTDOCFLAGS", "-D warnings"),
            ),
            Self::Fuzz => fuzz::fuzz_smoke(FUZZ_SECONDS),
            Self::Demo => cargo(root, &["run", "--quiet", "--release", "--", "demo"]),
            Self::Unit => suites::unit(root),
            Self::Kafka => suites::kafka(root),
        }
    }
}

/// Runs the given parts, or all when none is given.
pub(crate) fn run(parts: &[Part]) -> Result<ExitCode> {
    let root = crate::root()?;
    let chosen: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|part| parts.is_empty() || parts.contains(part))
        .collect();
    let needs: Vec<Need> = chosen.iter().flat_map(|part| part.needs()).copied().collect();
    system::ensure(&needs)?;
    let failed = run_all(&chosen, &mut |part| part.run(&root));
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let names: Vec<_> = failed.iter().map(|part| part.name()).collect();
    println!("\nfailed: {}", names.join(", "));
    Ok(ExitCode::FAILURE)
}

fn run_all(parts: &[Part], run: &mut dyn FnMut(Part) -> Result<()>) -> Vec<Part> {
    let mut failed = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = part.name();
        println!("[{}/{}] {name}", index + 1, parts.len());
        let started = Instant::now();
        let result = run(*part);
        let took = seconds(started.elapsed());
        match result {
            Err(reason) => {
                println!("[{}/{}] {name}: FAILED after {took}: {reason:#}", index + 1, parts.len());
                failed.push(*part);
            }
            // The last part ends with its own summary, and nothing is to follow it.
            Ok(()) if index + 1 == parts.len() => {}
            Ok(()) => println!("[{}/{}] {name}: ok, {took}", index + 1, parts.len()),
        }
    }
    failed
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// The `cargo` that runs this, with `arguments`, in the workspace.
fn cargo_command(root: &Path, arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root).stdin(Stdio::null());
    command
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<()> {
    finish(&mut cargo_command(root, arguments))
}

fn finish(command: &mut Command) -> Result<()> {
    let program =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot start `{program}`"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("`{program} {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}

/// How long each fuzz target runs.
pub(crate) const FUZZ_SECONDS: u64 = 30;

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_failed_part_is_remembered_and_the_others_still_run() {
        let mut ran = Vec::new();
        let failed = run_all(&[Part::Fmt, Part::Clippy, Part::Unit], &mut |part| {
            ran.push(part);
            if part == Part::Clippy { Err(anyhow!("a lint")) } else { Ok(()) }
        });
        assert_eq!(failed, [Part::Clippy]);
        assert_eq!(ran, [Part::Fmt, Part::Clippy, Part::Unit]);
    }

    #[test]
    fn a_command_that_fails_is_an_error() {
        assert!(finish(&mut Command::new("false")).is_err());
        assert!(finish(&mut Command::new("true")).is_ok());
    }

    #[test]
    fn the_tests_against_brokers_come_last() {
        assert_eq!(Part::value_variants().last(), Some(&Part::Kafka));
    }
}
