//! The limits of a listener, each with a default that fits a Kafka deployment.

use std::time::Duration;

use super::document::{Node, Problems};
use super::units::{parse_duration, parse_size};

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $kind:ident = $default:expr, $least:expr;)+) => {
        /// What one listener takes from its clients and from the brokers behind it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Limits { $($(#[$doc])* pub $name: $kind,)+ }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The names of all limits, as written in `tidegate.yaml`.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)+];

            pub(crate) fn read(node: &Node, problems: &mut Problems) -> Self {
                let mut limits = Self::default();
                let Some(mut section) = node.section("limits", problems) else { return limits };
                $(if let Some(node) = section.take(stringify!($name)) {
                    if let Some(value) = <$kind as Limit>::read(node, stringify!($name), $least, problems) {
                        limits.$name = value;
                    }
                })+
                section.finish(problems);
                limits
            }
        }
    };
}

limits! {
    /// Connections open at the same time on the listener.
    connections: usize = 10_000, 1;
    /// Connections open at the same time from one network address; an IPv6 network of 64 bits counts as one.
    connections_per_address: usize = 1_000, 1;
    /// Failed authentications from one network address within a minute; further connections are closed at once.
    failed_authentications_per_address: usize = 300, 1;
    /// Time for the TLS handshake, the PROXY protocol header included.
    handshake_timeout: Duration = Duration::from_secs(10), Duration::from_millis(1);
    /// Time from the end of the handshake to the end of authentication.
    authentication_timeout: Duration = Duration::from_secs(15), Duration::from_millis(1);
    /// How long after its beginning a failed authentication is answered, whatever the reason.
    authentication_failure_delay: Duration = Duration::from_millis(300), Duration::ZERO;
    /// Requests one connection may send before it is authenticated.
    authentication_requests: usize = 12, 4;
    /// The largest frame before authentication.
    frame_before_authentication: usize = 32 << 10, 1 << 10;
    /// The largest request after authentication; Kafka's `socket.request.max.bytes` has the same default.
    request_frame: usize = 100 << 20, 1 << 10;
    /// The largest answer of a broker.
    response_frame: usize = 128 << 20, 1 << 10;
    /// Time to finish a frame once begun, for clients and brokers.
    frame_time: Duration = Duration::from_secs(30), Duration::from_millis(1);
    /// How long a peer may leave what was written to it unread.
    write_stall: Duration = Duration::from_secs(30), Duration::from_millis(1);
    /// A connection without a request for this long is closed; Kafka's `connections.max.idle.ms` has the same default.
    idle_timeout: Duration = Duration::from_secs(600), Duration::from_millis(1);
    /// Bytes waiting for a slow client before no more are read from its broker.
    client_buffer: usize = 1 << 20, 1 << 10;
    /// Bytes waiting for a slow broker before no more are read from the client.
    upstream_buffer: usize = 1 << 20, 1 << 10;
    /// Time to connect to a broker, its TLS handshake and authentication included.
    upstream_connect: Duration = Duration::from_secs(10), Duration::from_millis(1);
    /// Time that open requests get to finish when the gateway stops.
    drain_timeout: Duration = Duration::from_secs(20), Duration::ZERO;
}

trait Limit: Sized + PartialOrd {
    fn read(node: &Node, name: &str, least: Self, problems: &mut Problems) -> Option<Self>;
}

impl Limit for usize {
    fn read(node: &Node, name: &str, least: Self, problems: &mut Problems) -> Option<Self> {
        let expected = format!("a number of at least {least}, such as `{least}`, `64KiB` or `2MiB`");
        node.parse(&format!("value for `{name}`"), &expected, problems, |text| {
            parse_size(text).filter(|value| (least..=MAX_COUNT).contains(value))
        })
    }
}

impl Limit for Duration {
    fn read(node: &Node, name: &str, least: Self, problems: &mut Problems) -> Option<Self> {
        let expected =
            format!("a time of at least {least:?} and at most 24h, such as `500ms`, `10s` or `5m`");
        node.parse(&format!("value for `{name}`"), &expected, problems, |text| {
            parse_duration(text).filter(|value| (least..=MAX_DURATION).contains(value))
        })
    }
}

/// The largest count or size that may be configured; frame lengths are 32-bit signed in Kafka.
const MAX_COUNT: usize = i32::MAX as usize;
/// The longest time that may be configured.
const MAX_DURATION: Duration = Duration::from_secs(24 * 3600);
