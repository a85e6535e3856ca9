//! What no compiler checks. Every problem is reported at once, with its place.

mod documents;
mod edges;
mod text;

use std::fs;
use std::path::Path;

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

/// Every text file below `root`, except in directories that only hold what was built or downloaded.
fn project_files(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read `{}`", folder.display()))? {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() && !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = fs::read_to_string(&path)
            {
                // Binary files fail to be read as text, and have nothing to check.
                files.push(File { path: path.strip_prefix(root)?.display().to_string(), text });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "__pycache__", "corpus", "artifacts"];
