//! Durations, sizes, networks and addresses as people write them.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// A range of network addresses, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    prefix: u8,
}

impl Network {
    /// Parses `address/prefix`, or a single address. Bits behind the prefix must be zero.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let base: IpAddr = address.parse().ok()?;
        let widest = if base.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(widest);
        if prefix > widest {
            return None;
        }
        let network = Self { base, prefix };
        (network.masked(base) == bits(base)).then_some(network)
    }

    /// Whether `address` lies in it. An IPv4 address mapped into IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.base.is_ipv4() && self.masked(address) == bits(self.base)
    }

    fn masked(&self, address: IpAddr) -> u128 {
        let widest = if address.is_ipv4() { 32 } else { 128 };
        let host_bits = u32::from(widest - self.prefix.min(widest));
        bits(address).checked_shr(host_bits).and_then(|kept| kept.checked_shl(host_bits)).unwrap_or(0)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.prefix)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)),
        IpAddr::V6(v6) => u128::from(v6),
    }
}

/// `500ms`, `10s`, `5m`, `2h`.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    let (number, unit) = number_and_unit(text)?;
    let millis = match unit {
        "ms" => number,
        "s" => number.checked_mul(1_000)?,
        "m" => number.checked_mul(60_000)?,
        "h" => number.checked_mul(3_600_000)?,
        _ => return None,
    };
    Some(Duration::from_millis(millis))
}

/// `4096`, `32KiB`, `100MiB`, `1GiB`.
pub(crate) fn parse_size(text: &str) -> Option<usize> {
    let (number, unit) = number_and_unit(text)?;
    let factor = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    usize::try_from(number.checked_mul(factor)?).ok()
}

/// `host:port` with a name or an address; IPv6 addresses in brackets.
pub(crate) fn parse_host_port(text: &str) -> Option<(String, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse::<u16>().ok().filter(|port| *port != 0)?;
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match bare {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().ok().map(|_| (v6.to_owned(), port)),
        None => is_host(host).then(|| (host.to_owned(), port)),
    }
}

/// Whether `text` can be a host name or an IPv4 address.
pub(crate) fn is_host(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    !text.is_empty() && text.len() <= MAX_HOST_BYTES && text.bytes().all(plain)
}

/// The longest host name, as in DNS.
const MAX_HOST_BYTES: usize = 253;

fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes() {
        let duration = |text, millis: Option<u64>| {
            assert_eq!(parse_duration(text), millis.map(Duration::from_millis), "{text}")
        };
        duration("500ms", Some(500));
        duration("10s", Some(10_000));
        duration("5m", Some(300_000));
        duration("2h", Some(7_200_000));
        for wrong in ["", "10", "s", "-1s", "1.5s", "1d", "99999999999999999999s", "9999999999999999999h"] {
            duration(wrong, None);
        }
        let size = |text, expected| assert_eq!(parse_size(text), expected, "{text}");
        size("4096", Some(4096));
        size("32KiB", Some(32 * 1024));
        size("100 MiB", Some(100 << 20));
        for wrong in ["", "KiB", "1KB", "-1", "1e3", "99999999999999999999", "18446744073709551615GiB"] {
            size(wrong, None);
        }
    }

    #[test]
    fn networks() {
        let check = |network: &str, address: &str, inside| {
            let network = Network::parse(network).unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), inside, "{network} {address}");
        };
        check("10.0.0.0/8", "10.255.0.1", true);
        check("10.0.0.0/8", "11.0.0.1", false);
        check("10.0.0.0/8", "::ffff:10.1.1.1", true);
        check("0.0.0.0/0", "203.0.113.9", true);
        check("0.0.0.0/0", "2001:db8::1", false);
        check("192.0.2.7", "192.0.2.7", true);
        check("192.0.2.7", "192.0.2.8", false);
        check("2001:db8::/32", "2001:db8:ffff::1", true);
        check("2001:db8::/32", "2001:db9::1", false);
        check("::/0", "2001:db9::1", true);
        for wrong in ["", "10.0.0.1/8", "10.0.0.0/33", "::1/129", "10.0.0/8", "host/8", "10.0.0.0/"] {
            assert_eq!(Network::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hosts_with_ports() {
        let check = |text: &str, expected: Option<(&str, u16)>| {
            assert_eq!(parse_host_port(text), expected.map(|(host, port)| (host.to_owned(), port)), "{text}");
        };
        check("broker-1.internal:9093", Some(("broker-1.internal", 9093)));
        check("127.0.0.1:1", Some(("127.0.0.1", 1)));
        check("[::1]:9092", Some(("::1", 9092)));
        for wrong in ["", "host", "host:", "host:0", "host:65536", ":9092", "ho st:1", "::1:9092", "[zz]:1"] {
            check(wrong, None);
        }
    }
}
