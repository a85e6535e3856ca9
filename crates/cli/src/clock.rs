//! The time, for the pure crates that do not read it themselves.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use tidegate_model::UnixMillis;

/// Now.
pub(crate) fn now() -> Result<UnixMillis> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the system's clock is before 1970")?;
    Ok(UnixMillis(i64::try_from(since.as_millis())?))
}
