//! The PROXY protocol, version 2: how a load balancer says whom it speaks for.
//!
//! Pure: [`Prefix::parse`] reads the fixed part and says how many bytes follow, [`Prefix::source`] reads those. The caller
//! decides whose header to believe.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The length of the fixed part, in bytes.
pub const PREFIX_BYTES: usize = 16;

/// The longest variable part accepted, in bytes: both addresses and a good deal of extensions, which are not looked at.
pub const MAX_VARIABLE_BYTES: usize = 1024;

/// The fixed part of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix {
    speaks: Speaks,
    variable_bytes: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaks {
    /// The balancer speaks for itself, for example to check that somebody listens.
    ForItself,
    ForIpv4,
    ForIpv6,
}

/// Bytes that are not a header of version 2 for a TCP connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyProtocolError {
    /// They do not begin with the signature.
    NoSignature,
    /// Another version or command.
    UnknownVersionOrCommand,
    /// Not TCP over IPv4 or IPv6.
    UnsupportedFamily,
    /// The variable part is longer than [`MAX_VARIABLE_BYTES`].
    TooLong,
    /// The variable part is too short for the addresses.
    TooShort,
}

impl fmt::Display for ProxyProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSignature => "no PROXY protocol version 2 header",
            Self::UnknownVersionOrCommand => "unknown PROXY protocol version or command",
            Self::UnsupportedFamily => "the PROXY protocol header is not for TCP over IPv4 or IPv6",
            Self::TooLong => "the PROXY protocol header is too long",
            Self::TooShort => "the PROXY protocol header is too short for its addresses",
        })
    }
}

impl std::error::Error for ProxyProtocolError {}

impl Prefix {
    /// Reads the fixed part.
    pub fn parse(bytes: &[u8; PREFIX_BYTES]) -> Result<Self, ProxyProtocolError> {
        let [signature @ .., version_and_command, family, high, low] = bytes;
        if *signature != SIGNATURE {
            return Err(ProxyProtocolError::NoSignature);
        }
        let speaks = match (version_and_command, family) {
            (0x20, _) | (0x21, 0x00) => Speaks::ForItself,
            (0x21, 0x11) => Speaks::ForIpv4,
            (0x21, 0x21) => Speaks::ForIpv6,
            (0x21, _) => return Err(ProxyProtocolError::UnsupportedFamily),
            _ => return Err(ProxyProtocolError::UnknownVersionOrCommand),
        };
        let variable_bytes = usize::from(u16::from_be_bytes([*high, *low]));
        if variable_bytes > MAX_VARIABLE_BYTES {
            return Err(ProxyProtocolError::TooLong);
        }
        Ok(Self { speaks, variable_bytes })
    }

    /// How many bytes follow.
    pub fn variable_bytes(&self) -> usize {
        self.variable_bytes
    }

    /// The address of the client, or `None` where the balancer speaks for itself. `variable` is what followed.
    pub fn source(&self, variable: &[u8]) -> Result<Option<IpAddr>, ProxyProtocolError> {
        match self.speaks {
            Speaks::ForItself => Ok(None),
            Speaks::ForIpv4 if variable.len() >= IPV4_BYTES => {
                Ok(variable.first_chunk::<4>().map(|octets| IpAddr::V4(Ipv4Addr::from(*octets))))
            }
            Speaks::ForIpv6 if variable.len() >= IPV6_BYTES => Ok(variable
                .first_chunk::<16>()
                .map(|octets| IpAddr::V6(Ipv6Addr::from(*octets)).to_canonical())),
            Speaks::ForIpv4 | Speaks::ForIpv6 => Err(ProxyProtocolError::TooShort),
        }
    }
}

const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// Two addresses and two ports.
const IPV4_BYTES: usize = 2 * 4 + 2 * 2;
const IPV6_BYTES: usize = 2 * 16 + 2 * 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn prefix(version_and_command: u8, family: u8, length: u16) -> [u8; PREFIX_BYTES] {
        let mut bytes = [0; PREFIX_BYTES];
        bytes[..12].copy_from_slice(&SIGNATURE);
        bytes[12] = version_and_command;
        bytes[13] = family;
        bytes[14..].copy_from_slice(&length.to_be_bytes());
        bytes
    }

    fn check(bytes: [u8; PREFIX_BYTES], variable: &[u8], expected: Result<Option<&str>, ProxyProtocolError>) {
        let seen = Prefix::parse(&bytes).and_then(|prefix| prefix.source(variable));
        assert_eq!(seen, expected.map(|address| address.map(|text| text.parse().unwrap())));
    }

    #[test]
    fn reads_the_source_address() {
        let v4 = [203, 0, 113, 9, 10, 0, 0, 1, 0x30, 0x39, 0x23, 0x84];
        check(prefix(0x21, 0x11, 12), &v4, Ok(Some("203.0.113.9")));
        let with_extensions = [&v4[..], &[0x03, 0, 1, 7]].concat();
        check(prefix(0x21, 0x11, 16), &with_extensions, Ok(Some("203.0.113.9")));
        let mut v6 = [0; 36];
        v6[..16].copy_from_slice(&"2001:db8::9".parse::<Ipv6Addr>().unwrap().octets());
        check(prefix(0x21, 0x21, 36), &v6, Ok(Some("2001:db8::9")));
        v6[..16].copy_from_slice(&"::ffff:10.0.0.7".parse::<Ipv6Addr>().unwrap().octets());
        check(prefix(0x21, 0x21, 36), &v6, Ok(Some("10.0.0.7")));
    }

    #[test]
    fn a_balancer_may_speak_for_itself() {
        check(prefix(0x20, 0x00, 0), &[], Ok(None));
        check(prefix(0x20, 0x11, 12), &[9; 12], Ok(None));
        check(prefix(0x21, 0x00, 0), &[], Ok(None));
    }

    #[test]
    fn refuses_everything_else() {
        let unknown = Err(ProxyProtocolError::UnknownVersionOrCommand);
        for version_and_command in [0x00, 0x11, 0x22, 0x2f, 0x31, 0xff] {
            check(prefix(version_and_command, 0x11, 12), &[0; 12], unknown);
        }
        for family in [0x12, 0x22, 0x31, 0x32, 0x10, 0xff] {
            check(prefix(0x21, family, 12), &[0; 12], Err(ProxyProtocolError::UnsupportedFamily));
        }
        check(prefix(0x21, 0x11, 11), &[0; 11], Err(ProxyProtocolError::TooShort));
        check(prefix(0x21, 0x21, 35), &[0; 35], Err(ProxyProtocolError::TooShort));
        check(*b"PROXY TCP4 1.2.3", &[], Err(ProxyProtocolError::NoSignature));
        check([0x16; PREFIX_BYTES], &[], Err(ProxyProtocolError::NoSignature));
    }

    #[test]
    fn refuses_one_byte_more_than_the_limit() {
        let limit = u16::try_from(MAX_VARIABLE_BYTES).unwrap();
        assert!(Prefix::parse(&prefix(0x21, 0x11, limit)).is_ok());
        check(prefix(0x21, 0x11, limit + 1), &[], Err(ProxyProtocolError::TooLong));
    }
}
