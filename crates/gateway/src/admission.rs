//! Who may still connect: connections and failed authentications, in all and by network address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use prometheus_client::metrics::gauge::Gauge;
use tokio::time::Instant;

use crate::config::Limits;

/// What one listener counts.
#[derive(Debug)]
pub(crate) struct Admissions {
    connections: usize,
    connections_per_address: usize,
    failures_per_address: usize,
    open: Gauge,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
    failures: HashMap<IpAddr, Failures>,
}

#[derive(Debug)]
struct Failures {
    since: Instant,
    count: usize,
}

/// A connection that counts until this is dropped.
#[derive(Debug)]
pub(crate) struct Admission {
    address: IpAddr,
    admissions: Arc<Admissions>,
}

/// Why a connection is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAdmitted {
    /// The listener has as many connections as it may.
    Full,
    /// The address has as many as it may.
    AddressFull,
    /// The address failed to authenticate too often.
    AddressFails,
}

impl NotAdmitted {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Full => "too_many_connections",
            Self::AddressFull => "too_many_connections_from_address",
            Self::AddressFails => "too_many_failed_authentications",
        }
    }
}

impl Admissions {
    pub(crate) fn new(limits: &Limits, open: Gauge) -> Self {
        Self {
            connections: limits.connections,
            connections_per_address: limits.connections_per_address,
            failures_per_address: limits.failed_authentications_per_address,
            open,
            counts: Mutex::default(),
        }
    }

    /// Counts a connection from `address`, if it may come.
    pub(crate) fn admit(self: &Arc<Self>, address: IpAddr, now: Instant) -> Result<Admission, NotAdmitted> {
        let address = origin(address);
        let mut counts = self.lock();
        let failures = counts.failures.get(&address).filter(|failures| now < failures.since + FAILURE_WINDOW);
        if failures.is_some_and(|failures| failures.count >= self.failures_per_address) {
            return Err(NotAdmitted::AddressFails);
        }
        if counts.total >= self.connections {
            return Err(NotAdmitted::Full);
        }
        let from_address = counts.by_address.entry(address).or_default();
        if *from_address >= self.connections_per_address {
            return Err(NotAdmitted::AddressFull);
        }
        *from_address += 1;
        counts.total += 1;
        self.open.inc();
        Ok(Admission { address, admissions: Arc::clone(self) })
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Admission {
    /// Counts a failed authentication against the address.
    pub(crate) fn failed(&self, now: Instant) {
        let mut counts = self.admissions.lock();
        if counts.failures.len() >= MAX_REMEMBERED {
            counts.failures.retain(|_, failures| now < failures.since + FAILURE_WINDOW);
        }
        if counts.failures.len() >= MAX_REMEMBERED && !counts.failures.contains_key(&self.address) {
            return;
        }
        let failures = counts.failures.entry(self.address).or_insert(Failures { since: now, count: 0 });
        if now >= failures.since + FAILURE_WINDOW {
            *failures = Failures { since: now, count: 0 };
        }
        failures.count += 1;
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut counts = self.admissions.lock();
        counts.total = counts.total.saturating_sub(1);
        if let Some(count) = counts.by_address.get_mut(&self.address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.by_address.remove(&self.address);
            }
        }
        drop(counts);
        self.admissions.open.dec();
    }
}

/// Who counts as one: an IPv4 address, or an IPv6 network of 64 bits, which is what one subscriber has.
fn origin(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

/// Over how long failed authentications count.
const FAILURE_WINDOW: Duration = Duration::from_secs(60);

/// How many addresses with failures are remembered.
const MAX_REMEMBERED: usize = 65_536;

#[cfg(test)]
mod tests {
    use super::*;

    fn admissions() -> Arc<Admissions> {
        let limits = Limits {
            connections: 3,
            connections_per_address: 2,
            failed_authentications_per_address: 2,
            ..Limits::default()
        };
        Arc::new(Admissions::new(&limits, Gauge::default()))
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn refuses_one_connection_more_than_the_limit() {
        let (admissions, now) = (admissions(), Instant::now());
        let first = admissions.admit(address(1), now).unwrap();
        let mapped = IpAddr::V6(std::net::Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped());
        let _second = admissions.admit(mapped, now).unwrap();
        assert_eq!(admissions.admit(address(1), now).unwrap_err(), NotAdmitted::AddressFull);
        let _third = admissions.admit(address(2), now).unwrap();
        assert_eq!(admissions.admit(address(3), now).unwrap_err(), NotAdmitted::Full);
        assert_eq!(admissions.open.get(), 3);
        drop(first);
        admissions.admit(address(1), now).unwrap();
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let (admissions, now) = (admissions(), Instant::now());
        let _first = admissions.admit("2001:db8::1".parse().unwrap(), now).unwrap();
        let _second = admissions.admit("2001:db8::2".parse().unwrap(), now).unwrap();
        let third = admissions.admit("2001:db8::3:1".parse().unwrap(), now);
        assert_eq!(third.unwrap_err(), NotAdmitted::AddressFull);
        admissions.admit("2001:db8:0:1::1".parse().unwrap(), now).unwrap();
    }

    #[test]
    fn an_address_that_keeps_failing_is_shut_out_for_a_while() {
        let (admissions, now) = (admissions(), Instant::now());
        for _ in 0..2 {
            admissions.admit(address(1), now).unwrap().failed(now);
        }
        assert_eq!(admissions.admit(address(1), now).unwrap_err(), NotAdmitted::AddressFails);
        admissions.admit(address(2), now).unwrap();
        let now = now + FAILURE_WINDOW;
        admissions.admit(address(1), now).unwrap().failed(now);
        admissions.admit(address(1), now).unwrap();
    }
}
