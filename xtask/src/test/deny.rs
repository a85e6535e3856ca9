//! Bans, licences, sources and advisories, by cargo-deny.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use tidegate_testkit::cache;

use super::{cargo_command, finish};

const VERSION: &str = "0.20.2";

/// Checks the workspace and the fuzz targets, which are a workspace of their own.
pub(super) fn run(root: &Path) -> Result<()> {
    let tools = cache::entry("tools", &["cargo-deny", VERSION], install)?;
    let deny = tools.join("bin/cargo-deny");
    for manifest in MANIFESTS {
        let mut check = command(&deny, root, manifest);
        check.args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
        finish(&mut check).with_context(|| format!("in `{manifest}`"))?;
    }
    advisories(&deny, root)
}

fn command(deny: &Path, root: &Path, manifest: &str) -> Command {
    let mut command = Command::new(deny);
    command.current_dir(root).stdin(Stdio::null());
    command.args(["--workspace", "--locked", "--config", "deny.toml", "--manifest-path", manifest]);
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
    let fetched = command(deny, root, "Cargo.toml").args(["fetch", "db"]).output()?;
    if !fetched.status.success() {
        let reason = String::from_utf8_lossy(&fetched.stderr);
        let reason =
            reason.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("no reason given");
        println!("advisories NOT CHECKED: their database cannot be reached from here ({reason})");
        return Ok(());
    }
    for manifest in MANIFESTS {
        let mut check = command(deny, root, manifest);
        check.args(["check", "--disable-fetch", "advisories"]);
        finish(&mut check)
            .with_context(|| format!("there are advisories for dependencies of `{manifest}`"))?;
    }
    Ok(())
}

const MANIFESTS: &[&str] = &["Cargo.toml", "fuzz/Cargo.toml"];
