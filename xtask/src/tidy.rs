//! What no compiler checks. Every problem is reported at once, with its place.

mod documents;
mod edges;
mod text;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// A file of the project: its path from the root, and its text.
struct File {
    path: String,
    text: String,
}

/// Fails with every problem found.
pub(crate) fn run() -> Result<()> {
    let root = crate::root()?;
    let files = project_files(&root)?;
    let mut problems = edges::check(&root)?;
    problems.extend(documents::check(&root, &files));
    problems.extend(text::check(&files));
    if problems.is_empty() {
        return Ok(());
    }
    problems.sort();
    for problem in &problems {
        println!("{problem}");
    }
    bail!("{} to tidy up", problems.len())
}

/// Every text file that is tracked, or would be if it were added.
fn project_files(root: &Path) -> Result<Vec<File>> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root)
        .output()
        .context("cannot start `git`")?;
    if !listed.status.success() {
        bail!("`git ls-files` ended with {}: {}", listed.status, String::from_utf8_lossy(&listed.stderr));
    }
    let listed = String::from_utf8_lossy(&listed.stdout);
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // Deleted but not yet committed files are listed too, and binary ones have nothing to read.
        if let Ok(text) = fs::read_to_string(root.join(path)) {
            files.push(File { path: path.to_owned(), text });
        }
    }
    Ok(files)
}
