//! Files that commands write: with their folders, and secrets for the owner alone.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a file that anybody may read.
pub(crate) fn write_public(path: &Path, text: &str) -> Result<()> {
    write(path, text, 0o644)
}

/// Writes a file for the owner alone.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<()> {
    write(path, text, 0o600)
}

/// Creates a folder for the owner alone, and those above it.
pub(crate) fn create_private_folder(path: &Path) -> Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot create `{}`", path.display()))
}

fn write(path: &Path, text: &str, mode: u32) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
    }
    // Not over an existing file: its permissions, and what it holds, are not ours.
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .with_context(|| format!("cannot create `{}`", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write `{}`", path.display()))
}
