//! What the gateway counts. Every label has few values, all known beforehand or from `tidegate.yaml`.

use std::sync::Mutex;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use tidegate_model::{Action, Mechanism, ReasonClass};

type Labels<const N: usize> = [(&'static str, String); N];

/// Which way bytes go through the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From clients to brokers.
    Upstream,
    /// From brokers to clients.
    Downstream,
}

/// How an attempt to authenticate ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthenticationOutcome {
    /// The client is who it says.
    Success,
    /// It is not, or may not come in.
    Failure,
    /// It could not be decided: a broker or a key source was unreachable.
    Unavailable,
}

impl AuthenticationOutcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Unavailable => "unavailable",
        }
    }
}

/// All metrics of one gateway.
#[derive(Debug)]
pub struct Metrics {
    registry: Mutex<Registry>,
    /// One counter per action and reason class, made beforehand because decisions are many.
    decisions: Vec<Counter>,
    denies: Vec<Counter>,
    authentications: Family<Labels<3>, Counter>,
    connections: Family<Labels<1>, Gauge>,
    connections_refused: Family<Labels<2>, Counter>,
    sessions_ended: Family<Labels<1>, Counter>,
    bytes: [Counter; 2],
    added_latency: [Histogram; 2],
    produce_dropped: Counter,
    upstream_up: Family<Labels<2>, Gauge>,
    upstream_failures: Family<Labels<3>, Counter>,
    policy_version: Gauge,
    reloads: Family<Labels<2>, Counter>,
    reload_failing: Family<Labels<1>, Gauge>,
    certificate_expiry: Family<Labels<2>, Gauge>,
    revocations: Gauge,
}

/// The latency that the gateway adds, from a quarter of a tenth of a millisecond to a second.
fn latency_histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.000_025, 2.0, 16))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let decisions = Family::<Labels<3>, Counter>::default();
        let denies = Family::<Labels<2>, Counter>::default();
        let bytes = Family::<Labels<1>, Counter>::default();
        let latency = Family::<Labels<1>, Histogram>::new_with_constructor(latency_histogram);
        let metrics = Self {
            decisions: each_reason(|action, class| {
                decisions.get_or_create_owned(&decision_labels(action, class))
            }),
            denies: each_reason(|action, class| match class {
                ReasonClass::Granted => Counter::default(),
                _ => denies.get_or_create_owned(&[
                    ("action", action.as_str().into()),
                    ("reason", class.as_str().into()),
                ]),
            }),
            authentications: Family::default(),
            connections: Family::default(),
            connections_refused: Family::default(),
            sessions_ended: Family::default(),
            bytes: DIRECTIONS.map(|name| bytes.get_or_create_owned(&[("direction", name.to_owned())])),
            added_latency: DIRECTIONS
                .map(|name| latency.get_or_create_owned(&[("direction", name.to_owned())])),
            produce_dropped: Counter::default(),
            upstream_up: Family::default(),
            upstream_failures: Family::default(),
            policy_version: Gauge::default(),
            reloads: Family::default(),
            reload_failing: Family::default(),
            certificate_expiry: Family::default(),
            revocations: Gauge::default(),
            registry: Mutex::new(Registry::default()),
        };
        registry.register("tidegate_decisions", "Decisions by verdict, action and reason", decisions);
        registry.register("queue_authz_denies", "Operations refused by policy", denies);
        registry.register("tidegate_bytes", "Bytes passed on, by direction", bytes);
        registry.register(
            "tidegate_added_latency_seconds",
            "Time bytes spend inside the gateway, by direction",
            latency,
        );
        metrics.register(&mut registry);
        Self { registry: Mutex::new(registry), ..metrics }
    }
}

impl Metrics {
    fn register(&self, registry: &mut Registry) {
        self.register_clients(registry);
        self.register_brokers(registry);
        self.register_files(registry);
    }

    fn register_clients(&self, registry: &mut Registry) {
        let help = "Attempts to authenticate, by listener, mechanism and outcome";
        registry.register("tidegate_authentications", help, self.authentications.clone());
        let help = "Open client connections, by listener";
        registry.register("tidegate_connections", help, self.connections.clone());
        let help = "Connections closed before authentication, by listener and reason";
        registry.register("tidegate_connections_refused", help, self.connections_refused.clone());
        let help = "Authenticated sessions that ended, by reason";
        registry.register("tidegate_sessions_ended", help, self.sessions_ended.clone());
        let help = "Refused produce requests that asked for no answer (acks=0); each ended its connection";
        registry.register("tidegate_produce_dropped", help, self.produce_dropped.clone());
    }

    fn register_brokers(&self, registry: &mut Registry) {
        let help = "Whether the broker node answered when last asked";
        registry.register("tidegate_upstream_up", help, self.upstream_up.clone());
        let help = "Failed connections to broker nodes, by reason";
        registry.register("tidegate_upstream_failures", help, self.upstream_failures.clone());
    }

    fn register_files(&self, registry: &mut Registry) {
        let help = "Number of the policy in force; it grows with every reload";
        registry.register("tidegate_policy_version", help, self.policy_version.clone());
        let help = "Reloads, by what was read and outcome";
        registry.register("tidegate_reloads", help, self.reloads.clone());
        let help = "1 while what was last read is refused and the earlier one stays in force";
        registry.register("tidegate_reload_failing", help, self.reload_failing.clone());
        let help = "When a certificate or revocation list of the gateway's ends, in seconds since 1970";
        registry.register("tidegate_certificate_expiry_seconds", help, self.certificate_expiry.clone());
        let help = "Principals on the revocation list";
        registry.register("tidegate_revoked_principals", help, self.revocations.clone());
    }

    /// All metrics in Prometheus' text format.
    pub fn encode(&self) -> String {
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match prometheus_client::encoding::text::encode(&mut text, &registry) {
            Ok(()) => text,
            Err(std::fmt::Error) => String::new(),
        }
    }

    /// Counts decisions.
    pub fn decisions(&self, action: Action, class: ReasonClass, count: u64) {
        let at = reason_index(action, class);
        for counters in [&self.decisions, &self.denies] {
            if let Some(counter) = counters.get(at) {
                counter.inc_by(count);
            }
        }
    }

    /// Counts one attempt to authenticate.
    pub fn authentication(
        &self,
        listener: &str,
        mechanism: Option<Mechanism>,
        outcome: AuthenticationOutcome,
    ) {
        let labels = [
            ("listener", listener.to_owned()),
            ("mechanism", mechanism.map_or("none", Mechanism::as_str).to_owned()),
            ("outcome", outcome.as_str().to_owned()),
        ];
        self.authentications.get_or_create(&labels).inc();
    }

    /// The number of open connections of a listener, to count up and down.
    pub fn connections(&self, listener: &str) -> Gauge {
        self.connections.get_or_create_owned(&[("listener", listener.to_owned())])
    }

    /// Counts a connection closed before it was authenticated.
    pub fn connection_refused(&self, listener: &str, reason: &'static str) {
        self.connections_refused
            .get_or_create(&[("listener", listener.to_owned()), ("reason", reason.to_owned())])
            .inc();
    }

    /// Counts the end of a session.
    pub fn session_ended(&self, reason: &'static str) {
        self.sessions_ended.get_or_create(&[("reason", reason.to_owned())]).inc();
    }

    /// Counts a refused produce request that could not be answered.
    pub fn produce_dropped(&self) {
        self.produce_dropped.inc();
    }

    /// Adds to the bytes of one direction.
    pub fn bytes(&self, direction: Direction, count: u64) {
        let [upstream, downstream] = &self.bytes;
        match direction {
            Direction::Upstream => upstream.inc_by(count),
            Direction::Downstream => downstream.inc_by(count),
        };
    }

    /// Records how long bytes spent in the gateway.
    pub fn added_latency(&self, direction: Direction, time: Duration) {
        let [upstream, downstream] = &self.added_latency;
        match direction {
            Direction::Upstream => upstream.observe(time.as_secs_f64()),
            Direction::Downstream => downstream.observe(time.as_secs_f64()),
        }
    }

    /// Says whether a node answers.
    pub fn upstream_up(&self, cluster: &str, node: i32, up: bool) {
        self.upstream_up
            .get_or_create(&[("cluster", cluster.to_owned()), ("node", node.to_string())])
            .set(i64::from(up));
    }

    /// Counts a failed connection to a node.
    pub fn upstream_failure(&self, cluster: &str, node: i32, reason: &'static str) {
        let labels =
            [("cluster", cluster.to_owned()), ("node", node.to_string()), ("reason", reason.to_owned())];
        self.upstream_failures.get_or_create(&labels).inc();
    }

    /// Says which policy is in force.
    pub fn policy_version(&self, version: u64) {
        self.policy_version.set(i64::try_from(version).unwrap_or(i64::MAX));
    }

    /// Counts a reload of `what` and says whether it failed.
    pub fn reload(&self, what: &'static str, succeeded: bool) {
        let outcome = if succeeded { "success" } else { "failure" };
        self.reloads.get_or_create(&[("what", what.to_owned()), ("outcome", outcome.to_owned())]).inc();
        self.reload_failing.get_or_create(&[("what", what.to_owned())]).set(i64::from(!succeeded));
    }

    /// Says when a certificate of the gateway expires.
    pub fn certificate_expiry(&self, owner: &'static str, name: &str, unix_seconds: i64) {
        self.certificate_expiry
            .get_or_create(&[("owner", owner.to_owned()), ("name", name.to_owned())])
            .set(unix_seconds);
    }

    /// Says how many principals are revoked.
    pub fn revocations(&self, count: usize) {
        self.revocations.set(i64::try_from(count).unwrap_or(i64::MAX));
    }
}

fn decision_labels(action: Action, class: ReasonClass) -> Labels<3> {
    let verdict = if class == ReasonClass::Granted { "allow" } else { "refuse" };
    [("verdict", verdict.into()), ("action", action.as_str().into()), ("reason", class.as_str().into())]
}

fn each_reason(make: impl Fn(Action, ReasonClass) -> Counter) -> Vec<Counter> {
    Action::ALL.iter().flat_map(|action| REASONS.iter().map(|class| make(*action, *class))).collect()
}

fn reason_index(action: Action, class: ReasonClass) -> usize {
    // Exhaustive, so that a new class cannot be counted as another.
    let class = match class {
        ReasonClass::Granted => 0,
        ReasonClass::NoGrant => 1,
        ReasonClass::UnknownPrincipal => 2,
        ReasonClass::Disabled => 3,
        ReasonClass::SecondFactor => 4,
        ReasonClass::Guardrail => 5,
        ReasonClass::GuardrailError => 6,
    };
    action as usize * REASONS.len() + class
}

const DIRECTIONS: [&str; 2] = ["upstream", "downstream"];

const REASONS: [ReasonClass; 7] = [
    ReasonClass::Granted,
    ReasonClass::NoGrant,
    ReasonClass::UnknownPrincipal,
    ReasonClass::Disabled,
    ReasonClass::SecondFactor,
    ReasonClass::Guardrail,
    ReasonClass::GuardrailError,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_class_of_reason_in_its_own_place() {
        for (at, class) in REASONS.into_iter().enumerate() {
            assert_eq!(
                reason_index(Action::Read, class),
                Action::Read as usize * REASONS.len() + at,
                "{class:?}"
            );
        }
    }

    #[test]
    fn counts_decisions_and_denies() {
        let metrics = Metrics::default();
        metrics.decisions(Action::Write, ReasonClass::Granted, 1);
        metrics.decisions(Action::Write, ReasonClass::NoGrant, 1);
        metrics.decisions(Action::DelegationTokens, ReasonClass::GuardrailError, 1);
        let text = metrics.encode();
        for line in [
            r#"tidegate_decisions_total{verdict="allow",action="write",reason="granted"} 1"#,
            r#"tidegate_decisions_total{verdict="refuse",action="write",reason="no_grant"} 1"#,
            r#"queue_authz_denies_total{action="write",reason="no_grant"} 1"#,
            r#"queue_authz_denies_total{action="delegation_tokens",reason="guardrail_error"} 1"#,
            r#"queue_authz_denies_total{action="read",reason="no_grant"} 0"#,
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains(r#"queue_authz_denies_total{action="write",reason="granted"}"#));
    }

    #[test]
    fn a_refused_bundle_shows_until_one_is_accepted() {
        let metrics = Metrics::default();
        metrics.reload("bundle", false);
        assert!(metrics.encode().contains(r#"tidegate_reload_failing{what="bundle"} 1"#));
        metrics.reload("bundle", true);
        let text = metrics.encode();
        assert!(text.contains(r#"tidegate_reload_failing{what="bundle"} 0"#));
        assert!(text.contains(r#"tidegate_reloads_total{what="bundle",outcome="failure"} 1"#));
    }
}
