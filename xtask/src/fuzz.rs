//! Runs the fuzz targets in `fuzz/` for a short while, on the stable compiler and without `cargo fuzz`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Each fuzz target, with the most bytes it is given at once.
const TARGETS: &[(&str, usize)] =
    &[("framer", 1024), ("requests", 2048), ("responses", 2048), ("record_batch", 1024)];

/// How many run at the same time.
const AT_ONCE: usize = 2;

/// Builds every target and runs each for so many seconds. Fails when one of them finds a broken promise.
///
/// A run starts from the checked-in inputs in `fuzz/seeds` and from what earlier runs left in `fuzz/corpus`.
pub(crate) fn fuzz_smoke(seconds: u64) -> Result<()> {
    let fuzz = fuzz_directory()?;
    let binaries = build(&fuzz)?;
    for group in TARGETS.chunks(AT_ONCE) {
        let started: Vec<Run> = group
            .iter()
            .map(|target| Run::start(&fuzz, &binaries, *target, seconds))
            .collect::<Result<_>>()?;
        // Every run is waited for before any is judged, so that none is left behind.
        let ended: Vec<(Run, ExitStatus)> = started.into_iter().map(Run::wait).collect::<Result<_>>()?;
        for (run, status) in ended {
            run.judge(status)?;
        }
    }
    Ok(())
}

fn fuzz_directory() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask has no parent directory")?;
    Ok(root.join("fuzz"))
}

/// Builds the targets and returns the directory that they are in.
fn build(fuzz: &Path) -> Result<PathBuf> {
    // With a target triple, build scripts and procedural macros are left without the flags.
    let triple = host_triple()?;
    let status = Command::new("cargo")
        .args(["build", "--release", "--target", &triple])
        .current_dir(fuzz)
        .env("RUSTC_WRAPPER", fuzz.join("instrument.sh"))
        .env("RUSTFLAGS", "--cfg fuzzing")
        .env("CARGO_TARGET_DIR", fuzz.join("target"))
        .status()
        .context("running `cargo`")?;
    ensure!(status.success(), "the fuzz targets do not build");
    Ok(fuzz.join("target").join(triple).join("release"))
}

fn host_triple() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("running `rustc`")?;
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

/// One target at work.
struct Run {
    name: &'static str,
    child: Child,
    log: PathBuf,
    artifacts: PathBuf,
}

impl Run {
    fn start(
        fuzz: &Path,
        binaries: &Path,
        (name, longest): (&'static str, usize),
        seconds: u64,
    ) -> Result<Self> {
        let (corpus, artifacts) = (fuzz.join("corpus").join(name), fuzz.join("artifacts").join(name));
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(&artifacts)?;
        let log = artifacts.join("log.txt");
        let output = File::create(&log)?;
        let child = Command::new(binaries.join(name))
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={longest}"))
            .args(["-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1"])
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .args([corpus, fuzz.join("seeds").join(name)])
            .stdout(Stdio::null())
            .stderr(output)
            .spawn()
            .with_context(|| format!("starting the fuzz target `{name}`"))?;
        Ok(Self { name, child, log, artifacts })
    }

    fn wait(mut self) -> Result<(Self, ExitStatus)> {
        let status = self.child.wait()?;
        Ok((self, status))
    }

    fn judge(self, status: ExitStatus) -> Result<()> {
        let log = fs::read_to_string(&self.log)?;
        if !status.success() {
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            bail!(
                "the fuzz target `{}` found an input, see {}:\n{}",
                self.name,
                self.artifacts.display(),
                tail.join("\n")
            );
        }
        let stat = |name: &str| log.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let executions: u64 = stat("stat::number_of_executed_units:").context("no statistics")?.parse()?;
        ensure!(executions > 0, "the fuzz target `{}` did nothing", self.name);
        println!("fuzz {}: {executions} inputs, nothing found", self.name);
        Ok(())
    }
}
