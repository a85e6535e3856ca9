//! The list of revoked principals: a small file that gateways side by side share.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tidegate_model::{PrincipalName, UnixMillis};

/// Who is revoked, and since when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocations {
    /// Principal to revocation.
    #[serde(default)]
    revoked: BTreeMap<String, Revocation>,
}

/// One revocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Why, in the operator's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What is to become of a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Refuse it, from now on.
    Revoke {
        /// Why, in the operator's words.
        reason: Option<String>,
    },
    /// Take an earlier revocation back.
    Undo,
}

impl Revocations {
    /// Whether `principal` is revoked.
    pub fn contains(&self, principal: &PrincipalName) -> bool {
        self.revoked.contains_key(principal.as_str())
    }

    /// How many principals are revoked.
    pub fn len(&self) -> usize {
        self.revoked.len()
    }

    /// Whether nobody is revoked.
    pub fn is_empty(&self) -> bool {
        self.revoked.is_empty()
    }

    /// Every revoked principal, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Revocation)> {
        self.revoked.iter().map(|(name, revocation)| (name.as_str(), revocation))
    }

    fn apply(&mut self, principal: &PrincipalName, change: Change, now: UnixMillis) {
        match change {
            Change::Revoke { reason } => {
                self.revoked.entry(principal.to_string()).or_insert(Revocation { at: now.0, reason });
            }
            Change::Undo => {
                self.revoked.remove(principal.as_str());
            }
        }
    }
}

/// The file with the list.
#[derive(Clone, Debug)]
pub struct RevocationFile {
    path: PathBuf,
}

impl RevocationFile {
    /// The list at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the list. A file that does not exist revokes nobody; one that cannot be read is an error, never an empty list.
    pub fn load(&self) -> io::Result<Revocations> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Revocations::default()),
            Err(error) => return Err(error),
        };
        serde_saphyr::from_str(&text).map_err(|error| {
            let message =
                format!("`{}` is no list of revocations: {}", self.path.display(), error.without_snippet());
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }

    /// Reads the list again, beside the one in force. A list that has names in it does not end by its file going away.
    pub fn load_again(&self, in_force: &Revocations) -> io::Result<Revocations> {
        let gone = !in_force.is_empty() && !self.path.try_exists()?;
        if gone {
            let message = format!("`{}` is gone; the revocations in force stay", self.path.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        self.load()
    }

    /// Changes the list and writes it in one piece. Several processes may do so at once; none loses another's change.
    pub fn update(
        &self,
        principal: &PrincipalName,
        change: Change,
        now: UnixMillis,
    ) -> io::Result<Revocations> {
        let folder =
            self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(self.beside("lock"))?;
        lock.lock()?;
        let mut revocations = self.load()?;
        revocations.apply(principal, change, now);
        let text = serde_saphyr::to_string(&revocations).map_err(io::Error::other)?;
        let new = self.beside("new");
        let mut file = File::create(&new)?;
        file.write_all(HEADER.as_bytes())?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        Ok(revocations)
    }

    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(extension);
        self.path.with_file_name(name)
    }
}

const HEADER: &str = "# Written by `tidegate revoke`; gateways watch this file.\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PrincipalName {
        PrincipalName::new(text).unwrap()
    }

    #[test]
    fn a_list_in_force_does_not_end_when_its_file_goes_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = RevocationFile::new(folder.path().join("revocations.yaml"));
        assert!(file.load_again(&Revocations::default()).unwrap().is_empty());
        let change = Change::Revoke { reason: None };
        let in_force = file.update(&name("orders"), change, UnixMillis(1)).unwrap();
        assert_eq!(file.load_again(&in_force).unwrap().len(), 1);
        fs::remove_file(file.path()).unwrap();
        assert_eq!(file.load_again(&in_force).unwrap_err().kind(), io::ErrorKind::NotFound);
        file.update(&name("orders"), Change::Undo, UnixMillis(2)).unwrap();
        assert!(file.load_again(&in_force).unwrap().is_empty());
    }

    #[test]
    fn remembers_who_is_revoked_until_undone() {
        let folder = tempfile::tempdir().unwrap();
        let file = RevocationFile::new(folder.path().join("run/revocations.yaml"));
        assert!(file.load().unwrap().is_empty());
        let odd = name("odd: name # {with} 'quotes' \"and\" - more");
        for principal in [&name("orders"), &odd] {
            file.update(principal, Change::Revoke { reason: Some("left: us".into()) }, UnixMillis(7))
                .unwrap();
        }
        let read = RevocationFile::new(file.path()).load().unwrap();
        assert_eq!(read.iter().map(|(name, _)| name).collect::<Vec<_>>(), [odd.as_str(), "orders"]);
        assert!(read.contains(&odd) && !read.contains(&name("order")));
        file.update(&odd, Change::Undo, UnixMillis(8)).unwrap();
        let read = file.load().unwrap();
        assert!(!read.contains(&odd) && read.contains(&name("orders")));
    }

    #[test]
    fn revoking_twice_keeps_the_first_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = RevocationFile::new(folder.path().join("revocations.yaml"));
        for at in [7, 8] {
            file.update(&name("orders"), Change::Revoke { reason: None }, UnixMillis(at)).unwrap();
        }
        assert_eq!(file.load().unwrap().iter().next().unwrap().1.at, 7);
    }

    #[test]
    fn a_damaged_list_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = RevocationFile::new(folder.path().join("revocations.yaml"));
        for damaged in ["revoked: [orders]", "revoced: {}", "{", "revoked: { orders: { at: x } }"] {
            fs::write(file.path(), damaged).unwrap();
            assert!(file.load().is_err(), "{damaged}");
            assert!(file.update(&name("a"), Change::Undo, UnixMillis(0)).is_err(), "{damaged}");
            assert_eq!(fs::read_to_string(file.path()).unwrap(), damaged);
        }
    }
}
