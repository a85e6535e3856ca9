//! Bans, licences, sources and advisories, by cargo-deny.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use tidegate_testkit::cache;

use super::{cargo_command, finish};

const VERSION: &str = "0.20.2";

pub(super) fn run(root: &Path) -> Result<()> {
    let tools = cache::entry("tools", &["cargo-deny", VERSION], install)?;
    let deny = tools.join("bin/cargo-deny");
    finish(command(&deny, root).args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))?;
    advisories(&deny, root)
}

fn command(deny: &Path, root: &Path) -> Command {
    let mut command = Command::new(deny);
    command.current_dir(root).stdin(Stdio::null()).args(["--workspace", "--locked"]);
    command
}

fn install(dir: &Path) -> Result<()> {
    println!("building cargo-deny {VERSION}, once");
    let package = format!("cargo-deny@{VERSION}");
    let mut install = cargo_command(dir, &["install", "--quiet", "--locked", &package, "--root"]);
    // Its own speed does not matter, the time to build it does.
    install
        .arg(dir)
        .args(["--target-dir"])
        .arg(dir.join("target"))
        .args(["--profile", "dev"])
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    finish(&mut install)?;
    std::fs::remove_dir_all(dir.join("target")).context("cannot remove the build directory")
}

/// An advisory database that cannot be reached is said, and is no failure; a finding is one.
fn advisories(deny: &Path, root: &Path) -> Result<()> {
    let fetched = command(deny, root).args(["fetch", "db"]).output()?;
    if !fetched.status.success() {
        let reason = String::from_utf8_lossy(&fetched.stderr);
        let reason =
            reason.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no reason given");
        println!("advisories NOT CHECKED: their database cannot be reached from here ({reason})");
        return Ok(());
    }
    let status = command(deny, root).args(["check", "--disable-fetch", "advisories"]).status()?;
    if !status.success() {
        bail!("there are advisories for dependencies");
    }
    Ok(())
}
