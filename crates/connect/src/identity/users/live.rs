//! The store as a running gateway sees it.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::super::Reloaded;
use super::{UserFile, Users, UsersError};

/// The current reading of a store. Logins take one reading and keep it to their end.
pub struct LiveUsers {
    file: UserFile,
    current: ArcSwap<Users>,
}

impl LiveUsers {
    /// Reads the store for the first time.
    pub fn open(file: UserFile) -> Result<Self, UsersError> {
        let current = ArcSwap::from_pointee(file.load()?);
        Ok(Self { file, current })
    }

    /// The current reading.
    pub fn current(&self) -> Arc<Users> {
        self.current.load_full()
    }

    /// Where the store is, to watch it.
    pub fn file(&self) -> &UserFile {
        &self.file
    }

    /// Reads the store again; after a change, judge live sessions with [`Users::still_stands`]. A store that cannot be read leaves the old reading in force.
    pub fn reload(&self) -> Result<Reloaded, UsersError> {
        let users = self.file.load()?;
        let same = users.to_text()?.as_str() == self.current.load().to_text()?.as_str();
        if same {
            return Ok(Reloaded::Unchanged);
        }
        self.current.store(Arc::new(users));
        Ok(Reloaded::Changed)
    }
}
