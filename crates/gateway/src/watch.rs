//! Whether files have changed, told from their names, sizes and times; no content is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A group of files watched together.
#[derive(Debug)]
pub(crate) struct Watched {
    files: Vec<PathBuf>,
    /// Folders whose direct entries count as well.
    folders: Vec<PathBuf>,
    /// As last acted upon.
    settled: Vec<Mark>,
    /// As seen last time; acted upon once it stays the same from one look to the next.
    seen: Vec<Mark>,
}

/// How one file looks from outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    inode: u64,
}

impl Watched {
    pub(crate) fn new(files: Vec<PathBuf>, folders: Vec<PathBuf>) -> Self {
        let mut watched = Self { files, folders, settled: Vec::new(), seen: Vec::new() };
        watched.settled = watched.look();
        watched.seen = watched.settled.clone();
        watched
    }

    /// Whether something has changed since this last said so, and has come to rest: the writer of several files gets from one
    /// look to the next to finish.
    pub(crate) fn has_changed(&mut self) -> bool {
        let now = self.look();
        let at_rest = now == self.seen;
        self.seen = now;
        if !at_rest || self.seen == self.settled {
            return false;
        }
        self.settled.clone_from(&self.seen);
        true
    }

    /// Takes things as they are now for known.
    pub(crate) fn settle(&mut self) {
        self.seen = self.look();
        self.settled.clone_from(&self.seen);
    }

    fn look(&self) -> Vec<Mark> {
        let entries = self.folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        let entries = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let mut marks: Vec<_> =
            self.files.iter().cloned().chain(entries).filter_map(|path| mark(&path)).collect();
        marks.sort();
        marks
    }
}

fn mark(path: &Path) -> Option<Mark> {
    // Follows links: a mounted secret is a link that is switched to another folder.
    let metadata = fs::metadata(path).ok()?;
    Some(Mark {
        path: path.to_owned(),
        size: metadata.len(),
        modified: metadata.modified().ok(),
        #[cfg(unix)]
        inode: std::os::unix::fs::MetadataExt::ino(&metadata),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_change_once_and_only_when_it_has_come_to_rest() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        let policies = folder.path().join("policy");
        fs::create_dir(&policies).unwrap();
        let mut watched = Watched::new(vec![file.clone()], vec![policies.clone()]);
        assert!(!watched.has_changed());
        for change in [
            &|| fs::write(&file, "1").unwrap(),
            &|| fs::write(&file, "22").unwrap(),
            &|| {
                fs::write(policies.join("new"), "").unwrap();
            },
            &|| fs::remove_file(&file).unwrap(),
        ] as [&dyn Fn(); 4]
        {
            change();
            assert!(!watched.has_changed());
            assert!(watched.has_changed());
            assert!(!watched.has_changed());
        }
    }

    #[test]
    fn a_file_replaced_by_one_of_the_same_size_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (file, new) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "old").unwrap();
        let mut watched = Watched::new(vec![file.clone()], Vec::new());
        fs::write(&new, "new").unwrap();
        fs::rename(&new, &file).unwrap();
        watched.has_changed();
        assert!(watched.has_changed());
        fs::write(&file, "longer").unwrap();
        watched.settle();
        assert!(!watched.has_changed() && !watched.has_changed());
    }
}
