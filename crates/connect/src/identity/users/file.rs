//! The file that holds the store: readable by its owner alone, replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Users, UsersError};

/// Where a store lives.
///
/// Writers exclude each other by a lock on a second file, `<name>.lock`, because the store's own file is replaced.
/// Readers need no lock: they see the old file or the new one.
#[derive(Clone, Debug)]
pub struct UserFile {
    path: PathBuf,
}

impl UserFile {
    /// The store at `path`. Nothing is opened yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the store. A file that others may read or write is refused.
    pub fn load(&self) -> Result<Users, UsersError> {
        let file = File::open(&self.path).map_err(|error| self.inaccessible(&error))?;
        self.read(file)
    }

    /// Changes the store: reads it (or begins a new one), applies `change`, and replaces the file. If `change` or the
    /// writing fails, the file stays as it was.
    pub fn update<T>(
        &self,
        change: impl FnOnce(&mut Users) -> Result<T, UsersError>,
    ) -> Result<T, UsersError> {
        let lock = self.lock().map_err(|error| self.inaccessible(&error))?;
        let mut users = match File::open(&self.path) {
            Ok(file) => self.read(file)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Users::empty()?,
            Err(error) => return Err(self.inaccessible(&error)),
        };
        let outcome = change(&mut users)?;
        self.replace(&users.to_text()?).map_err(|error| self.inaccessible(&error))?;
        drop(lock);
        Ok(outcome)
    }

    fn read(&self, file: File) -> Result<Users, UsersError> {
        let metadata = file.metadata().map_err(|error| self.inaccessible(&error))?;
        if metadata.permissions().mode() & OTHERS != 0 {
            return Err(UsersError::OpenToOthers(self.path.clone()));
        }
        if metadata.len() > MAX_FILE {
            return Err(self.inaccessible(&io::Error::other("the file is too large")));
        }
        let mut text = Zeroizing::new(String::new());
        let size = usize::try_from(metadata.len()).unwrap_or_default();
        // Reserved in full, so that the text does not move and leave copies behind.
        text.reserve_exact(size.saturating_add(1));
        file.take(MAX_FILE).read_to_string(&mut text).map_err(|error| self.inaccessible(&error))?;
        Users::parse(&text)
    }

    fn lock(&self) -> io::Result<File> {
        let lock = private().read(true).write(true).create(true).open(self.beside(".lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    /// INVARIANT: called with the lock held, so the temporary file is ours.
    fn replace(&self, text: &str) -> io::Result<()> {
        let temporary = self.beside(".new");
        // Left by a writer that died. Removed first, so that its permissions are not inherited.
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private().write(true).create_new(true).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, &self.path)?;
        // The new name lasts only once the directory is written too.
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    }

    fn inaccessible(&self, error: &io::Error) -> UsersError {
        UsersError::Inaccessible { path: self.path.clone(), message: error.to_string() }
    }
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// The permission bits of everyone but the owner.
const OTHERS: u32 = 0o077;

/// The largest file read, in bytes.
const MAX_FILE: u64 = 128 * 1024 * 1024;
