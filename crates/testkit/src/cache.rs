//! Downloads and builds that survive a run, keyed by what they were made from.
//!
//! An entry is a directory that is either absent or complete: it is built elsewhere and renamed into place, under a
//! lock that other processes wait for. So an interrupted download leaves nothing that could be mistaken for a result.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use aws_lc_rs::digest;

/// The directory everything is kept in: `$TIDEGATE_CACHE`, else `$XDG_CACHE_HOME/tidegate`, else `~/.cache/tidegate`.
pub fn root() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("TIDEGATE_CACHE")
        .or_else(|| Some(set("XDG_CACHE_HOME")?.join("tidegate")))
        .or_else(|| Some(set("HOME")?.join(".cache/tidegate")))
        .context("none of `TIDEGATE_CACHE`, `XDG_CACHE_HOME` and `HOME` is set")
}

/// The directory for `kind` made from `inputs`, built by `build` when it is not there yet.
///
/// `build` gets an empty directory to fill. It is discarded when `build` fails.
///
/// ```
/// # let home = tempfile::tempdir()?;
/// # let root = home.path();
/// use tidegate_testkit::cache;
/// let entry = cache::entry_in(root, "greeting", &["hello"], |dir| Ok(std::fs::write(dir.join("text"), "hello")?))?;
/// assert!(entry.join("text").exists());
/// # anyhow::Ok(())
/// ```
pub fn entry(kind: &str, inputs: &[&str], build: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    entry_in(&root()?, kind, inputs, build)
}

/// As [`entry`], under a root of the caller's choice.
pub fn entry_in(
    root: &Path,
    kind: &str,
    inputs: &[&str],
    build: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let parent = root.join(kind);
    fs::create_dir_all(&parent).with_context(|| format!("cannot create `{}`", parent.display()))?;
    let target = parent.join(key(inputs));
    if target.exists() {
        return Ok(target);
    }
    let _lock = lock(&target.with_extension("lock"))?;
    if target.exists() {
        return Ok(target);
    }
    let scratch = tempfile::Builder::new().prefix(".partial-").tempdir_in(&parent)?;
    build(scratch.path()).with_context(|| format!("cannot build `{}`", target.display()))?;
    fs::rename(scratch.keep(), &target)?;
    Ok(target)
}

/// Waits for the lock file at `path`, creating it when needed. It is free again when the returned file is dropped.
pub fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).with_context(|| format!("cannot create `{}`", path.display()))?;
    file.lock().with_context(|| format!("cannot lock `{}`", path.display()))?;
    Ok(file)
}

/// A short name that changes whenever any of `inputs`, or where one ends and the next begins, changes.
pub fn key(inputs: &[&str]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for input in inputs {
        context.update(&input.len().to_be_bytes());
        context.update(input.as_bytes());
    }
    context.finish().as_ref().iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

/// The relative paths and contents of all files below `dir` that `wanted` accepts, as inputs for [`entry`].
pub fn tree(dir: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(dir, dir, wanted, &mut found)?;
    Ok(found)
}

fn collect(root: &Path, dir: &Path, wanted: &dyn Fn(&Path) -> bool, found: &mut Vec<String>) -> Result<()> {
    let mut entries = fs::read_dir(dir)
        .with_context(|| format!("cannot read `{}`", dir.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(root, &path, wanted, found)?;
        } else if wanted(&path) {
            found.push(path.strip_prefix(root)?.display().to_string());
            found.push(String::from_utf8_lossy(&fs::read(&path)?).into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use anyhow::bail;

    use super::*;

    #[test]
    fn an_entry_is_built_once_however_many_ask_at_the_same_time() {
        let home = tempfile::tempdir().unwrap();
        let built = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let entry = entry_in(home.path(), "kind", &["input"], |dir| {
                        built.fetch_add(1, Ordering::SeqCst);
                        Ok(fs::write(dir.join("file"), "done")?)
                    });
                    assert_eq!(fs::read_to_string(entry.unwrap().join("file")).unwrap(), "done");
                });
            }
        });
        assert_eq!(built.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_failed_build_leaves_nothing_behind_and_is_tried_again() {
        let home = tempfile::tempdir().unwrap();
        let failed = entry_in(home.path(), "kind", &["input"], |dir| {
            fs::write(dir.join("half"), "")?;
            bail!("the network went away")
        });
        assert!(format!("{:#}", failed.unwrap_err()).contains("the network went away"));
        let again = entry_in(home.path(), "kind", &["input"], |_| Ok(())).unwrap();
        assert!(!again.join("half").exists());
    }

    #[test]
    fn the_boundary_between_inputs_is_part_of_the_key() {
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
    }
}
