//! Development tasks: `cargo xtask test` is what continuous integration runs, and the rest are its parts and relatives.

mod bench;
mod codegen;
mod fuzz;
mod system;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use system::Need;

/// Development tasks of Tidegate.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run every check and test there is, or only the parts named
    ///
    /// The first run downloads Apache Kafka, client libraries and tools into a cache directory and takes
    /// correspondingly longer. Example: `cargo xtask test clippy unit`
    Test {
        /// What to run, in the usual order; everything when nothing is named
        parts: Vec<test::Part>,
    },
    /// Check what no compiler checks: dependency edges, paths in documents, file length, stray words
    Tidy,
    /// Measure what the gateway costs: direct, through haproxy and through Tidegate, in one run
    ///
    /// Example: `cargo xtask bench kafka --rounds 5`
    #[command(subcommand)]
    Bench(Bench),
    /// Give every fuzz target random input for a while; what is found stays in `fuzz/artifacts`
    ///
    /// Example: `cargo xtask fuzz --seconds 3600`
    Fuzz {
        /// How long each target runs
        #[arg(long, default_value_t = test::FUZZ_SECONDS)]
        seconds: u64,
    },
    /// Write the Kafka codec's tables from the message definitions of Apache Kafka
    Codegen {
        /// Only fail when the checked-in tables differ
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// One Kafka broker, produced to and consumed from with TLS on both sides of the proxy
    Kafka(bench::kafka::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(code) => code,
        Err(failed) => {
            eprintln!("error: {failed:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Test { parts } => test::run(&parts),
        Task::Bench(Bench::Kafka(options)) => {
            system::ensure(&[Need::Toolchain, Need::Java, Need::Peers])?;
            bench::kafka::run(options).map(|()| ExitCode::SUCCESS)
        }
        Task::Fuzz { seconds } => fuzz::fuzz_smoke(seconds).map(|()| ExitCode::SUCCESS),
        Task::Tidy => tidy::run().map(|()| ExitCode::SUCCESS),
        Task::Codegen { check } => codegen::run(check).map(|()| ExitCode::SUCCESS),
    }
}

/// The directory with the workspace's `Cargo.toml`.
fn root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no parent directory")?.to_owned())
}
