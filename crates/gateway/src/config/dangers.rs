//! The settings that weaken a protection, to be shown to whoever starts the gateway.

use std::fmt;

use super::{AuthenticationMode, Config, GatewayIdentity, ListenerTransport, UpstreamTransport};

/// A protection that is weakened on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Danger {
    /// The setting's name.
    pub setting: &'static str,
    /// Where it is set: `cluster main`, `listener internal`.
    pub owner: String,
    /// What it gives up.
    pub consequence: &'static str,
}

impl fmt::Display for Danger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}`: {}", self.owner, self.setting, self.consequence)
    }
}

pub(super) fn dangers(config: &Config) -> Vec<Danger> {
    let mut found = Vec::new();
    for cluster in &config.clusters {
        let owner = format!("cluster {}", cluster.name);
        if matches!(cluster.transport, UpstreamTransport::DangerousPlaintext) {
            let consequence = "everything between gateway and brokers can be read and changed on its way";
            found.push(Danger { setting: "dangerous_plaintext", owner: owner.clone(), consequence });
        }
        if matches!(cluster.identity.gateway, GatewayIdentity::DangerousAnonymous) {
            let consequence = "the brokers let anybody in, so whoever goes around the gateway is not stopped";
            found.push(Danger { setting: "dangerous_no_upstream_identity", owner, consequence });
        }
    }
    for listener in &config.listeners {
        let owner = format!("listener {}", listener.name);
        if matches!(listener.transport, ListenerTransport::DangerousPlaintext) {
            let consequence = "everything between clients and gateway can be read and changed on its way";
            found.push(Danger { setting: "dangerous_plaintext", owner: owner.clone(), consequence });
        }
        if listener.authentication.oauth.as_ref().is_some_and(|oauth| oauth.dangerous_allow_plaintext) {
            let consequence = "whoever answers in the token provider's place decides whose tokens are good";
            found.push(Danger { setting: "dangerous_allow_plaintext", owner: owner.clone(), consequence });
        }
        if listener.authentication.dangerous_plain_without_tls {
            let consequence = match listener.authentication.mode {
                AuthenticationMode::Relay => "credentials for the broker cross the network in the clear",
                AuthenticationMode::Terminate => "credentials cross the network in the clear",
            };
            found.push(Danger { setting: "dangerous_plain_without_tls", owner, consequence });
        }
    }
    found
}
