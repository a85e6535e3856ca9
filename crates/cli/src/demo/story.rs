//! The story: who tries what, at the broker itself and through the gateway, and what must come of it.

use std::time::{Duration, Instant};

use super::client::{Access, Membership, Outcome};
use super::stage::{Stage, topics};

/// One attempt.
pub(crate) struct Step {
    /// Its name in the JSON output.
    pub(crate) scenario: &'static str,
    /// The line it is shown under; empty for a further attempt of the same scene.
    pub(crate) scene: &'static str,
    /// Who tries, or where.
    pub(crate) label: &'static str,
    /// What must come of it.
    pub(crate) expected: Expected,
    /// The attempt.
    pub(crate) play: fn(&Stage) -> Observed,
}

/// What must come of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// It works.
    Success,
    /// It is refused, and the gateway says why.
    Refusal,
    /// In the sandbox, which has no security, it works; on a real cluster, its own security answers.
    BrokersOwnSecurity,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Observed {
    /// It worked.
    Succeeded(String),
    /// It was refused.
    Refused {
        /// What the client was told.
        told: String,
        /// What the gateway said why; nothing from a bare broker.
        reason: Option<String>,
    },
    /// Neither can be said.
    Unclear(String),
}

/// The whole story, in order. Revocation comes last: nothing works for that principal afterwards.
pub(crate) const STORY: &[Step] = &[
    Step {
        scenario: "right-producer/gateway",
        scene: "The right producer and the right consumer",
        label: "orders-api publishes an order, by client certificate",
        expected: Expected::Success,
        play: |stage| {
            stage.through_gateway(|| stage.orders_api.produce(&stage.topic(topics::ORDERS), "order-1", ORDER))
        },
    },
    Step {
        scenario: "right-consumer/gateway",
        scene: "",
        label: "billing-worker reads it, by password (SCRAM)",
        expected: Expected::Success,
        play: |stage| {
            stage.through_gateway(|| {
                let group = stage.topic("billing.invoices");
                stage.billing_worker.consume(&stage.topic(topics::ORDERS), &group, Membership::Joined, ORDER)
            })
        },
    },
    Step {
        scenario: "right-token/gateway",
        scene: "",
        label: "payments-worker approves a payout, by token on its own certificate",
        expected: Expected::Success,
        play: |stage| {
            stage.through_gateway(|| {
                stage.payments_worker.produce(&stage.topic(topics::PAYMENTS), "payout-1", PAYOUT)
            })
        },
    },
    Step {
        scenario: "spoofed-producer/bare-broker",
        scene: "A spoofed producer: search-indexer, taken over, approves a payout that nobody approved",
        label: BARE,
        expected: Expected::Success,
        play: |stage| direct(stage.direct().produce(&stage.topic(topics::PAYMENTS), "payout-666", SPOOFED)),
    },
    Step {
        scenario: "spoofed-producer/gateway",
        scene: "",
        label: GATEWAY,
        expected: Expected::Refusal,
        play: |stage| {
            stage.through_gateway(|| {
                stage.search_indexer.produce(&stage.topic(topics::PAYMENTS), "payout-666", SPOOFED)
            })
        },
    },
    Step {
        scenario: "unauthorised-consumer/bare-broker",
        scene: "An unauthorised consumer: search-indexer reads the profiles of customers",
        label: BARE,
        expected: Expected::Success,
        play: |stage| direct(steal_profiles(stage, stage.direct())),
    },
    Step {
        scenario: "unauthorised-consumer/gateway",
        scene: "",
        label: GATEWAY,
        expected: Expected::Refusal,
        play: |stage| stage.through_gateway(|| steal_profiles(stage, &stage.search_indexer)),
    },
    Step {
        scenario: "lateral-move/bare-broker",
        scene: "A lateral move: billing-worker, with its valid password, writes to another team's topic",
        label: BARE,
        expected: Expected::Success,
        play: |stage| direct(stage.direct().produce(&stage.topic(topics::SHIPPING), "label-1", LABEL)),
    },
    Step {
        scenario: "lateral-move/gateway",
        scene: "",
        label: GATEWAY,
        expected: Expected::Refusal,
        play: |stage| {
            stage.through_gateway(|| {
                stage.billing_worker.produce(&stage.topic(topics::SHIPPING), "label-1", LABEL)
            })
        },
    },
    Step {
        scenario: "anonymous-client/bare-broker",
        scene: "An anonymous client: no certificate, no password, no token",
        label: BARE,
        expected: Expected::BrokersOwnSecurity,
        play: |stage| direct(steal_orders(stage, &stage.direct_anonymous())),
    },
    Step {
        scenario: "anonymous-client/gateway",
        scene: "",
        label: GATEWAY,
        expected: Expected::Refusal,
        play: |stage| stage.through_gateway(|| steal_orders(stage, &stage.anonymous)),
    },
    Step {
        scenario: "stolen-token/bare-broker",
        scene: "A stolen token: search-indexer presents the token of payments-worker",
        label: BARE,
        expected: Expected::BrokersOwnSecurity,
        play: |stage| {
            direct(stage.direct_with_token().produce(&stage.topic(topics::PAYMENTS), "payout-667", SPOOFED))
        },
    },
    Step {
        scenario: "stolen-token/gateway",
        scene: "",
        label: "gateway, on its own certificate",
        expected: Expected::Refusal,
        play: |stage| {
            stage.through_gateway(|| {
                stage.stolen_token.produce(&stage.topic(topics::PAYMENTS), "payout-667", SPOOFED)
            })
        },
    },
    Step {
        scenario: "stolen-token-without-certificate/gateway",
        scene: "",
        label: "gateway, on no certificate",
        expected: Expected::Refusal,
        play: |stage| {
            stage.through_gateway(|| {
                stage.stolen_token_without_certificate.produce(
                    &stage.topic(topics::PAYMENTS),
                    "payout-667",
                    SPOOFED,
                )
            })
        },
    },
    Step {
        scenario: "revoked-principal/bare-broker",
        scene: "A revoked principal: billing-worker is reading when an operator runs `tidegate revoke`",
        label: BARE,
        expected: Expected::Success,
        play: revoke_at_the_broker,
    },
    Step {
        scenario: "revoked-principal/gateway",
        scene: "",
        label: "gateway, the live session",
        expected: Expected::Refusal,
        play: revoke_at_the_gateway,
    },
    Step {
        scenario: "revoked-principal-again/gateway",
        scene: "",
        label: "gateway, the next login",
        expected: Expected::Refusal,
        play: |stage| stage.through_gateway(|| steal_orders(stage, &stage.billing_worker)),
    },
];

impl Step {
    /// Whether `observed` is what had to come of it.
    pub(crate) fn is_met(&self, observed: &Observed, sandbox: bool) -> bool {
        match (self.expected, observed) {
            (_, Observed::Unclear(_)) => false,
            (Expected::Success, Observed::Succeeded(_)) => true,
            // A refusal that the gateway cannot explain may be an accident.
            (Expected::Refusal, Observed::Refused { reason, .. }) => reason.is_some(),
            (Expected::BrokersOwnSecurity, Observed::Succeeded(_)) => true,
            (Expected::BrokersOwnSecurity, Observed::Refused { .. }) => !sandbox,
            (Expected::Success | Expected::Refusal, _) => false,
        }
    }

    /// Whether it is one of the attempts that should not work anywhere.
    pub(crate) fn is_attack(&self) -> bool {
        !self.scenario.starts_with("right-")
    }

    /// The expectation in words.
    pub(crate) fn expectation(&self, sandbox: bool) -> &'static str {
        match self.expected {
            Expected::Success => "succeeded",
            Expected::Refusal => "refused",
            Expected::BrokersOwnSecurity if sandbox => "succeeded",
            Expected::BrokersOwnSecurity => "the broker's own security decides",
        }
    }
}

fn direct(outcome: Outcome) -> Observed {
    match outcome {
        Outcome::Succeeded(text) => Observed::Succeeded(text),
        Outcome::Refused(told) | Outcome::Disconnected(told) => Observed::Refused { told, reason: None },
        Outcome::Unclear(text) => Observed::Unclear(text),
    }
}

fn steal_profiles(stage: &Stage, access: &Access) -> Outcome {
    let group = stage.topic("search.indexing");
    access.consume(&stage.topic(topics::CUSTOMERS), &group, Membership::Joined, PROFILE)
}

fn steal_orders(stage: &Stage, access: &Access) -> Outcome {
    let group = stage.topic("billing.invoices");
    access.consume(&stage.topic(topics::ORDERS), &group, Membership::Apart, ORDER)
}

/// The broker has no part in the revocation: what is connected stays connected.
fn revoke_at_the_broker(stage: &Stage) -> Observed {
    let session = stage.direct().stay(&stage.topic(topics::ORDERS), &stage.topic("billing.direct"), ORDER);
    match session.started() {
        Outcome::Succeeded(_) => {}
        other => return direct(other),
    }
    match session.ended(REVOCATION_LIMIT) {
        None => Observed::Succeeded(format!("still reading {} s later", REVOCATION_LIMIT.as_secs())),
        Some((_, outcome)) => direct(outcome),
    }
}

fn revoke_at_the_gateway(stage: &Stage) -> Observed {
    let group = stage.topic("billing.live");
    let session = stage.billing_worker.stay(&stage.topic(topics::ORDERS), &group, ORDER);
    match session.started() {
        Outcome::Succeeded(_) => {}
        other => return Observed::Unclear(format!("the session did not start: {other:?}")),
    }
    let mark = stage.journal.mark();
    let revoked = Instant::now();
    if let Err(error) = stage.revoke("billing-worker") {
        return Observed::Unclear(format!("cannot revoke: {error:#}"));
    }
    let Some((ended, _)) = session.ended(SESSION_END_LIMIT) else {
        return Observed::Unclear("the live session went on".to_owned());
    };
    let after = ended.saturating_duration_since(revoked);
    if after > REVOCATION_LIMIT {
        return Observed::Unclear(format!("the live session ended only after {} ms", after.as_millis()));
    }
    let told = format!("the session ended after {} ms", after.as_millis());
    Observed::Refused { told, reason: stage.reason_since(mark) }
}

const BARE: &str = "bare broker";
const GATEWAY: &str = "gateway";
/// Within this time a revocation ends a live session.
const REVOCATION_LIMIT: Duration = Duration::from_secs(1);
const SESSION_END_LIMIT: Duration = Duration::from_secs(10);

const ORDER: &str = r#"{"order":"order-1","total":"42.00"}"#;
const PAYOUT: &str = r#"{"payout":"payout-1","amount":"10.00"}"#;
const SPOOFED: &str = r#"{"payout":"payout-666","amount":"1000000.00","to":"attacker"}"#;
const LABEL: &str = r#"{"label":"label-1","send_to":"attacker"}"#;
/// The record about a customer that must not get out.
pub(crate) const PROFILE: &str = r#"{"customer":"c-1","name":"A. Customer","iban":"XX00 0000 0000"}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attack_is_tried_at_the_broker_before_the_gateway_refuses_it() {
        let attacks = [
            "spoofed-producer",
            "unauthorised-consumer",
            "lateral-move",
            "anonymous-client",
            "stolen-token",
            "revoked-principal",
        ];
        for attack in attacks {
            let at = |place: &str| STORY.iter().position(|step| step.scenario == format!("{attack}/{place}"));
            assert!(at("bare-broker").unwrap() < at("gateway").unwrap(), "{attack}");
            assert_eq!(STORY[at("gateway").unwrap()].expected, Expected::Refusal, "{attack}");
        }
    }

    #[test]
    fn only_what_was_expected_counts() {
        let step = |expected| Step {
            scenario: "",
            scene: "",
            label: "",
            expected,
            play: |_| Observed::Unclear(String::new()),
        };
        let refused = |reason| Observed::Refused { told: String::new(), reason };
        let (good, unclear) = (Observed::Succeeded(String::new()), Observed::Unclear(String::new()));
        let (bad, unexplained) = (refused(Some(String::new())), refused(None));
        let cases = [
            (Expected::Success, &good, true, true),
            (Expected::Success, &bad, true, false),
            (Expected::Success, &unclear, true, false),
            (Expected::Refusal, &bad, true, true),
            (Expected::Refusal, &unexplained, true, false),
            (Expected::Refusal, &good, true, false),
            (Expected::Refusal, &unclear, true, false),
            (Expected::BrokersOwnSecurity, &good, true, true),
            (Expected::BrokersOwnSecurity, &bad, true, false),
            (Expected::BrokersOwnSecurity, &bad, false, true),
            (Expected::BrokersOwnSecurity, &unexplained, false, true),
            (Expected::BrokersOwnSecurity, &unclear, false, false),
        ];
        for (expected, observed, sandbox, met) in cases {
            assert_eq!(step(expected).is_met(observed, sandbox), met, "{expected:?} {observed:?} {sandbox}");
        }
    }

    #[test]
    fn scenario_names_are_unique() {
        let names: std::collections::BTreeSet<_> = STORY.iter().map(|step| step.scenario).collect();
        assert_eq!(names.len(), STORY.len());
    }
}
