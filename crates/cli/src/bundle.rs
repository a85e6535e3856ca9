//! A bundle on disk: its configuration and its policy, read and compiled.

use std::path::Path;

use anyhow::{Result, bail};
use tidegate_gateway::config::{self, Config};
use tidegate_model::{Problem, Snapshot};

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
        let (snapshot, policy_problems) = split(tidegate_gateway::bundle::load(root, FIRST_VERSION));
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

const FIRST_VERSION: u64 = 1;
