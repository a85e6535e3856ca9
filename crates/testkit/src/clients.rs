//! Pinned environments of the client libraries that conformance tests run.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::cache;
use crate::process::Program;

/// A Python interpreter that has what `conformance/kafka/python/requirements.txt` asks for.
pub fn python() -> Result<PathBuf> {
    let requirements = include_str!("../../../conformance/kafka/python/requirements.txt");
    python_with(&requirements.split_whitespace().collect::<Vec<_>>())
}

/// A Python interpreter that has the given requirements, each pinned as `name==version`.
pub fn python_with(requirements: &[&str]) -> Result<PathBuf> {
    let version = Program::new("python3").arg("--version").run()?.success()?.stdout;
    let mut inputs = vec![version.as_str()];
    inputs.extend(requirements);
    let environment = cache::entry("python", &inputs, |dir| {
        Program::new("python3").args(["-m", "venv"]).arg(dir).timeout(BUILD_TIMEOUT).run()?.success()?;
        // Scripts keep the path they were made under, so pip is called as a module: the directory moves afterwards.
        let pip =
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
        Program::new(dir.join("bin/python"))
            .args(pip)
            .args(requirements)
            .timeout(BUILD_TIMEOUT)
            .run()?
            .success()?;
        Ok(())
    })?;
    Ok(environment.join("bin/python"))
}

/// The `node_modules` that `package-lock.json` in `dir` asks for. Programs find them through `NODE_PATH`.
pub fn node_modules(dir: &Path) -> Result<PathBuf> {
    let files = ["package.json", "package-lock.json"];
    let texts = files.iter().map(|name| read(&dir.join(name))).collect::<Result<Vec<_>>>()?;
    let inputs: Vec<&str> = texts.iter().map(String::as_str).collect();
    let entry = cache::entry("node", &inputs, |scratch| {
        for name in files {
            fs::copy(dir.join(name), scratch.join(name))?;
        }
        let options = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
        Program::new("npm").args(options).dir(scratch).timeout(BUILD_TIMEOUT).run()?.success()?;
        Ok(())
    })?;
    Ok(entry.join("node_modules"))
}

/// The program built from the Go module in `dir`.
pub fn go(dir: &Path) -> Result<PathBuf> {
    let texts = cache::tree(dir, &|path| path.is_file())?;
    let inputs: Vec<&str> = texts.iter().map(String::as_str).collect();
    let entry = cache::entry("go", &inputs, |scratch| {
        let output = scratch.join("program");
        let build = ["build", "-mod=readonly", "-trimpath", "-o"];
        Program::new("go")
            .args(build)
            .arg(&output)
            .arg(".")
            .dir(dir)
            .timeout(BUILD_TIMEOUT)
            .run()?
            .success()?;
        Ok(())
    })?;
    Ok(entry.join("program"))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))
}

const BUILD_TIMEOUT: Duration = Duration::from_secs(600);
