//! The addresses a client may learn: those of the gateway, one for each broker node.

use std::collections::{BTreeMap, BTreeSet};

/// Node id to the host and port under which the gateway stands for that node.
///
/// The map is configuration and the only source of addresses in answers: a node that is not in it is left out of them, so
/// nothing that a broker announces reaches a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressMap {
    nodes: BTreeMap<i32, (String, u16)>,
    /// Hosts that no answer may name, in lower case.
    hidden: BTreeSet<String>,
}

impl AddressMap {
    /// From node id, host and port.
    pub fn new(nodes: impl IntoIterator<Item = (i32, String, u16)>) -> Self {
        let nodes = nodes.into_iter().map(|(id, host, port)| (id, (host, port))).collect();
        Self { nodes, hidden: BTreeSet::new() }
    }

    /// The same, and texts that name one of `hosts` are withheld even where no port or address gives them away: for the hosts of
    /// the brokers.
    #[must_use]
    pub fn hiding(mut self, hosts: impl IntoIterator<Item = String>) -> Self {
        self.hidden.extend(hosts.into_iter().map(|host| host.to_ascii_lowercase()));
        self
    }

    /// Whether a broker's text names one of the hidden hosts, or seems to carry any network address.
    pub fn withholds(&self, text: &str) -> bool {
        mentions_address(text)
            || (!self.hidden.is_empty()
                && words(text).any(|word| {
                    let word = word.trim_matches(['.', ':']).to_ascii_lowercase();
                    self.hidden.contains(&word)
                }))
    }

    /// The gateway's address for that node.
    pub fn address(&self, node: i64) -> Option<(&str, u16)> {
        let (host, port) = self.nodes.get(&i32::try_from(node).ok()?)?;
        Some((host, *port))
    }
}

/// Whether a text seems to carry a network address: `host:port`, or an IP address.
///
/// Brokers put addresses of controllers and brokers into error messages and configuration values. Erring towards yes costs a
/// client some detail of a message; erring towards no would cost the operator the hiding of the broker.
pub fn mentions_address(text: &str) -> bool {
    words(text).any(|word| is_host_and_port(word) || is_ip(word))
}

/// The parts of a text that could be a host or an address.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '_' | '[' | ']')))
}

fn is_host_and_port(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':']);
    let Some((host, port)) = word.rsplit_once(':') else { return false };
    let plausible_port = !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit());
    plausible_port && host.bytes().any(|b| b.is_ascii_alphanumeric() || b == b']')
}

fn is_ip(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    // With and without the colon that a sentence may put behind it.
    [word, word.strip_suffix(':').unwrap_or(word)]
        .iter()
        .any(|word| word.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok())
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
        check("no route to 2001:db8::dead:beef", true);
        check("no route to [fe80::beef]: timed out", true);
        check("/0:0:0:0:0:0:0:1:9092", true);
        check("fe80:0:0:0:0:0:0:beef%eth0", true);
        check("Topic authorization failed.", false);
        check("offset 17 is out of range: log end is 12", false);
        check("version 4.3.1 of the feature is not supported", false);
        check("", false);
    }

    #[test]
    fn withholds_the_hosts_it_is_told_to() {
        let map = AddressMap::new([]).hiding(["Broker-1.internal".to_owned()]);
        let check = |text, expected| assert_eq!(map.withholds(text), expected, "{text}");
        check("cannot reach broker-1.internal.", true);
        check("SASL_SSL://BROKER-1.INTERNAL/", true);
        check("broker-1.internal:9093", true);
        check("other:9093", true);
        check("broker-1.internals of broker-1", false);
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
