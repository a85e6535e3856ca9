//! A bundle on disk: its configuration and its policy, read and compiled.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tidegate_gateway::config::{self, Config};
use tidegate_model::{BundleSources, Problem, Snapshot, bundle};

/// A bundle as far as it could be read, with everything that is wrong with it.
pub(crate) struct Bundle {
    /// The configuration, unless it has problems.
    pub(crate) config: Option<Config>,
    /// The policy, unless it has problems.
    pub(crate) snapshot: Option<Snapshot>,
    /// The problems of both, by file and line.
    pub(crate) problems: Vec<Problem>,
}

impl Bundle {
    /// Reads the bundle in `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        if !folder.is_dir() {
            bail!("`{}` is not a folder; name a bundle, or make one with `tidegate init`", folder.display());
        }
        let (config, mut problems) = split(Config::load(&folder.join(config::FILE), &environment));
        let root = config.as_ref().map_or(folder, |config| config.bundle.as_path());
        let (snapshot, policy_problems) = split(Snapshot::compile(&sources(root)?, FIRST_VERSION));
        problems.extend(policy_problems);
        Ok(Self { config, snapshot, problems })
    }

    /// The policy, for commands that need one without problems. `folder` is where the bundle was read from.
    pub(crate) fn policy(&self, folder: &Path) -> Result<&Snapshot> {
        match &self.snapshot {
            Some(snapshot) => Ok(snapshot),
            None => bail!("the policy has problems; `tidegate check {}` lists them", folder.display()),
        }
    }
}

/// The configuration at `path`. Problems become one error that lists them all.
pub(crate) fn configuration(path: &Path) -> Result<Config> {
    Config::load(path, &environment).map_err(|problems| {
        let lines: String = problems.iter().map(|problem| format!("\n  {problem}")).collect();
        anyhow::anyhow!("`{}` has problems:{lines}", path.display())
    })
}

/// Looks up a variable of the environment, for secrets given as `env:NAME`.
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn split<T>(outcome: Result<T, Vec<Problem>>) -> (Option<T>, Vec<Problem>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(problems) => (None, problems),
    }
}

/// The policy files, and whatever lies beside them: a misspelt file name is a problem and not an empty file.
fn sources(root: &Path) -> Result<BundleSources> {
    let mut sources = BundleSources::new();
    for folder in ["catalog", "policy"] {
        for path in files_in(&root.join(folder))? {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let name = format!("{folder}/{name}");
            if bundle::FILES.contains(&name.as_str()) {
                let text =
                    fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
                sources.add(name, text);
            } else if !name.contains("/.") {
                sources.add(name, "");
            }
        }
    }
    Ok(sources)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // What is missing is reported file by file.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", folder.display())),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

const FIRST_VERSION: u64 = 1;
