//! The one place that reads the clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tidegate_model::UnixMillis;
use tokio::time::Instant;

/// The time now.
pub(crate) fn now() -> UnixMillis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixMillis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The moment of `at` on the timer's clock; a time that is past is now, one that is too far away is in a year.
pub(crate) fn instant_of(at: UnixMillis) -> Instant {
    let left = u64::try_from(at.0.saturating_sub(now().0)).unwrap_or(0);
    Instant::now() + Duration::from_millis(left).min(A_YEAR)
}

const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
