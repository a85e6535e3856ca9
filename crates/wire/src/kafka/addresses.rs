//! The addresses a client may learn: those of the gateway, one for each broker node.

use std::collections::BTreeMap;

/// Node id to the host and port under which the gateway stands for that node.
///
/// The map is configuration and the only source of addresses in answers: a node that is not in it is left out of them, so
/// nothing that a broker announces reaches a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressMap {
    nodes: BTreeMap<i32, (String, u16)>,
}

impl AddressMap {
    /// From node id, host and port.
    pub fn new(nodes: impl IntoIterator<Item = (i32, String, u16)>) -> Self {
        Self { nodes: nodes.into_iter().map(|(id, host, port)| (id, (host, port))).collect() }
    }

    /// The gateway's address for that node.
    pub fn address(&self, node: i64) -> Option<(&str, u16)> {
        let (host, port) = self.nodes.get(&i32::try_from(node).ok()?)?;
        Some((host, *port))
    }
}

/// Whether a text seems to carry a network address: `host:port`, or an IPv4 address.
///
/// Brokers put addresses of controllers and brokers into error messages and configuration values. Erring towards yes costs a
/// client some detail of a message; erring towards no would cost the operator the hiding of the broker.
pub fn mentions_address(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '[' | ']')))
        .any(|word| is_host_and_port(word) || is_ipv4(word))
}

fn is_host_and_port(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':']);
    let Some((host, port)) = word.rsplit_once(':') else { return false };
    let plausible_port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
    plausible_port && host.bytes().any(|b| b.is_ascii_alphanumeric() || b == b']')
}

fn is_ipv4(word: &str) -> bool {
    word.trim_end_matches('.').parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_addresses_in_what_brokers_say() {
        let check = |text, expected| assert_eq!(mentions_address(text), expected, "{text}");
        check("Unexpected error from controller broker-1.internal:9093 (id: 1)", true);
        check("SASL_SSL://10.1.2.3:9093,CONTROLLER://:9094", true);
        check("1@localhost:9094,2@localhost:9095", true);
        check("could not reach /10.0.0.7", true);
        check("listener [::1]:9092 is unknown", true);
        check("Topic authorization failed.", false);
        check("offset 17 is out of range: log end is 12", false);
        check("version 4.3.1 of the feature is not supported", false);
        check("", false);
    }

    #[test]
    fn knows_only_configured_nodes() {
        let map = AddressMap::new([(1, "gateway".into(), 19093)]);
        assert_eq!(map.address(1), Some(("gateway", 19093)));
        assert_eq!(map.address(2), None);
        assert_eq!(map.address(i64::from(i32::MAX) + 2), None);
    }
}
