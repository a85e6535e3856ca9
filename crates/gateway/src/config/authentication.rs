//! The `authentication` section of a listener: which mechanisms, where they end, and what they are checked against.

use std::fmt;
use std::path::PathBuf;

use tidegate_connect::identity::certificate::{CertificateRules, RawCertificateRule};
use tidegate_model::Mechanism;

use super::cluster::{ClusterConfig, GatewayIdentity};
use super::document::{Node, Place, Problems};
use super::listener::{ClientCertificates, ListenerConfig, ListenerTransport};
use super::oauth::{OauthConfig, read_oauth};
use super::reading::{Reading, mechanism, mechanism_names};

/// How clients of one listener prove who they are.
pub struct AuthenticationConfig {
    /// Where the conversation ends.
    pub mode: AuthenticationMode,
    /// The mechanisms offered, in the order written.
    pub mechanisms: Vec<Mechanism>,
    /// How client certificates become principals; with `mtls`.
    pub certificate_rules: Option<CertificateRules>,
    /// The store of users; with SCRAM and PLAIN in terminate mode.
    pub users: Option<PathBuf>,
    /// How tokens are verified; with `oauthbearer`.
    pub oauth: Option<OauthConfig>,
    /// PLAIN is accepted on a listener without TLS (`dangerous_plain_without_tls`).
    pub dangerous_plain_without_tls: bool,
}

/// Where the authentication conversation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticationMode {
    /// It passes through to the broker, whose success is what counts.
    Relay,
    /// At the gateway.
    Terminate,
}

impl fmt::Debug for AuthenticationConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthenticationConfig")
            .field("mode", &self.mode)
            .field("mechanisms", &self.mechanisms)
            .finish_non_exhaustive()
    }
}

impl AuthenticationConfig {
    /// Whether `mechanism` is offered.
    pub fn offers(&self, mechanism: Mechanism) -> bool {
        self.mechanisms.contains(&mechanism)
    }

    /// Whether passwords are checked against the gateway's own store.
    fn needs_users(&self) -> bool {
        let stored = [Mechanism::Plain, Mechanism::ScramSha256, Mechanism::ScramSha512];
        self.mode == AuthenticationMode::Terminate && stored.iter().any(|mechanism| self.offers(*mechanism))
    }
}

pub(super) fn read_authentication(
    node: &Node,
    transport: Option<&ListenerTransport>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<AuthenticationConfig> {
    let mut section = node.section("authentication", problems)?;
    let mode = section
        .require(
            "mode",
            "add `mode: relay` (the broker authenticates) or `mode: terminate` (the gateway does)",
            problems,
        )
        .and_then(|node| node.parse("mode", "`relay` or `terminate`", problems, parse_mode));
    let mechanisms = section
        .require("mechanisms", &format!("add `mechanisms:`, some of {}", mechanism_names(&ALL)), problems)
        .and_then(|node| read_mechanisms(node, problems));
    let certificate_rules = section.take("certificate_rules").map(|node| (node, read_rules(node, problems)));
    let users = section.take("users").map(|node| (node, reading.file(node, problems)));
    let oauth = section.take("oauth").map(|node| (node, read_oauth(node, reading, problems)));
    let dangerous_plain_without_tls = section.dangerous("dangerous_plain_without_tls", problems);
    let place = section.place();
    section.finish(problems);

    let config = AuthenticationConfig {
        mode: mode?,
        mechanisms: mechanisms?,
        certificate_rules: certificate_rules.as_ref().and_then(|(_, rules)| rules.clone()),
        users: users.as_ref().and_then(|(_, path)| path.clone()),
        oauth: oauth.as_ref().and_then(|(_, oauth)| oauth.clone()),
        dangerous_plain_without_tls,
    };
    let written = [
        ("certificate_rules", config.offers(Mechanism::Mtls), certificate_rules.map(|(node, _)| node.place)),
        ("users", config.needs_users(), users.map(|(node, _)| node.place)),
        ("oauth", config.offers(Mechanism::OauthBearer), oauth.map(|(node, _)| node.place)),
    ];
    check_sources(written, place, problems);
    check_transport(&config, transport, place, problems);
    Some(config)
}

/// What mechanisms are checked against is there where it is needed, and nowhere else.
fn check_sources(written: [(&str, bool, Option<Place>); 3], place: Place, problems: &mut Problems) {
    for (key, needed, at) in written {
        match (needed, at) {
            (true, None) => {
                let fix = format!("add `{key}:`, or remove the mechanism");
                problems.add(place, format!("these mechanisms need `{key}`"), fix);
            }
            (false, Some(at)) => {
                problems.add(
                    at,
                    format!("no mechanism here uses `{key}`"),
                    "remove it, or add the mechanism",
                );
            }
            _ => {}
        }
    }
}

fn parse_mode(text: &str) -> Option<AuthenticationMode> {
    match text {
        "relay" => Some(AuthenticationMode::Relay),
        "terminate" => Some(AuthenticationMode::Terminate),
        _ => None,
    }
}

fn read_mechanisms(node: &Node, problems: &mut Problems) -> Option<Vec<Mechanism>> {
    let items = node.list("`mechanisms`", problems)?;
    let mut mechanisms = Vec::new();
    for item in items {
        let Some(mechanism) = mechanism(item, &ALL, problems) else { continue };
        if mechanisms.contains(&mechanism) {
            problems.add(
                item.place,
                format!("`{}` is listed twice", mechanism.as_str()),
                "remove one of them",
            );
        }
        mechanisms.push(mechanism);
    }
    if items.is_empty() {
        let fix = format!("offer at least one of {}", mechanism_names(&ALL));
        problems.add(node.place, "no mechanism is offered, so nobody can connect", fix);
    }
    Some(mechanisms)
}

fn read_rules(node: &Node, problems: &mut Problems) -> Option<CertificateRules> {
    let items = node.list("`certificate_rules`", problems)?;
    let mut raw = Vec::new();
    for item in items {
        match serde_json::from_value::<RawCertificateRule>(item.to_json()) {
            Ok(rule) => raw.push(rule),
            Err(error) => {
                let fix = "write one of `spiffe: { trust_domain, path, principal }`, `dns: { pattern, principal }`, `cn: { pattern, principal }`";
                problems.add(item.place, format!("the rule cannot be read: {error}"), fix);
            }
        }
    }
    if items.is_empty() {
        problems.add(node.place, "`certificate_rules` is empty, so no certificate is anybody", "add a rule");
    }
    if raw.len() != items.len() {
        return None;
    }
    match CertificateRules::compile(&raw) {
        Ok(rules) => Some(rules),
        Err(invalid) => {
            for rule in invalid {
                let place = items.get(rule.index).map_or(node.place, |item| item.place);
                problems.add(place, rule.message, "correct the rule");
            }
            None
        }
    }
}

fn check_transport(
    config: &AuthenticationConfig,
    transport: Option<&ListenerTransport>,
    place: Place,
    problems: &mut Problems,
) {
    let Some(transport) = transport else { return };
    if config.mode == AuthenticationMode::Relay && config.offers(Mechanism::Mtls) {
        let fix = "use `mode: terminate`, or a SASL mechanism";
        problems.add(place, "a client certificate cannot be relayed: the broker never sees it", fix);
    }
    let asks =
        matches!(transport, ListenerTransport::Tls(tls) if tls.clients != ClientCertificates::NotAsked);
    if config.offers(Mechanism::Mtls) && !asks {
        let fix = "set `tls.client_certificate` to `required`, or to `optional` beside other mechanisms";
        problems.add(place, "`mtls` is offered, but clients are not asked for a certificate", fix);
    }
    let plaintext = matches!(transport, ListenerTransport::DangerousPlaintext);
    let bare = [Mechanism::Plain, Mechanism::OauthBearer].iter().any(|mechanism| config.offers(*mechanism));
    if plaintext && bare && !config.dangerous_plain_without_tls {
        let fix = "give the listener `tls`; only a test may set `dangerous_plain_without_tls: true`";
        problems.add(place, "passwords or tokens would cross the network in the clear", fix);
    }
}

/// What only the whole listener shows: whether the gateway can log in upstream.
pub(super) fn check_upstream(listener: &ListenerConfig, place: Place, problems: &mut Problems) {
    let ClusterConfig { name, identity, .. } = &*listener.cluster;
    let nobody = matches!(identity.gateway, GatewayIdentity::None) && identity.mapped.is_empty();
    if listener.authentication.mode == AuthenticationMode::Terminate && nobody {
        let message = format!(
            "listener `{}` terminates authentication, but cluster `{name}` has no `identity`",
            listener.name
        );
        problems.add(place, message, "add `identity:` to the cluster: who the gateway is to its brokers");
    }
}

/// Every mechanism a listener can offer.
const ALL: [Mechanism; 5] = [
    Mechanism::Mtls,
    Mechanism::ScramSha256,
    Mechanism::ScramSha512,
    Mechanism::Plain,
    Mechanism::OauthBearer,
];
