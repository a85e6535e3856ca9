//! What is allowed, what is refused and why, one table per rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::sync::Arc;

use common::{NOON, bundle_of, caller, compile, example};
use tidegate_model::{
    Action, Bearing, Caller, Decision, Expected, Mechanism, Operation, ReasonClass, Resource, ResourceKind,
    Saying, Snapshot, UnixMillis, Verdict, decide, explain, guardrail, readers,
};

const PRINCIPALS: &str = "
human_access: {break_glass_group: glass, required_amr: [mfa, hwk]}
groups: {glass: {from_token: true}, tokened: {from_token: true}, listed: {}}
principals:
- name: svc
- name: member
  groups: [listed]
- name: maria
  kind: human
- name: gone
  disabled: true
- name: gone-too
  kind: human
  disabled: true
";

const EVERYONE: &str = "[svc, member, maria, gone, gone-too]";

/// A bundle of one grant to everyone, with these lines after it.
fn granting(lines: &str, guardrails: &str) -> Snapshot {
    let grants = format!("grants:\n- name: g\n  to: {EVERYONE}\n{lines}");
    compile(&bundle_of(PRINCIPALS, "", &grants, guardrails))
}

fn ask(snapshot: &Snapshot, caller: &Caller, action: Action, resource: Resource<'_>) -> Decision {
    decide(snapshot, caller, &Operation::new(action, resource), NOON)
}

/// Refused for a reason of this class, first, that contains this text.
fn refused(decision: &Decision, class: ReasonClass, text: &str) {
    assert!(!decision.is_allow(), "allowed: {:?}", decision.reasons);
    let first = &decision.reasons[0];
    assert_eq!(first.class, class, "{}", first.text);
    assert!(first.text.contains(text), "`{text}` is not in `{}`", first.text);
}

fn with_amr(mut caller: Caller, amr: &[&str]) -> Caller {
    caller.identity.proof.amr = amr.iter().map(ToString::to_string).collect();
    caller
}

fn with_groups(mut caller: Caller, groups: &[&str]) -> Caller {
    caller.identity.proof.groups = groups.iter().map(ToString::to_string).collect();
    caller
}

#[test]
fn what_a_pattern_reaches() {
    let check = |pattern: &str, reached: &[&str], not_reached: &[&str]| {
        for (key, kind) in [("topics", ResourceKind::Topic), ("consumer_groups", ResourceKind::Group)] {
            let snapshot = granting(&format!("  actions: [read]\n  {key}: ['{pattern}']\n"), "");
            let allows = |name: &&&str| {
                ask(&snapshot, &caller("svc"), Action::Read, Resource { kind, name }).is_allow()
            };
            assert_eq!(reached.iter().find(|name| !allows(name)), None, "`{pattern}` should reach it");
            assert_eq!(not_reached.iter().find(allows), None, "`{pattern}` should not reach it");
        }
    };
    check(
        "orders.*",
        &["orders.", "orders.created", "orders.a.b"],
        &["orders", "ordersx", "Orders.a", "", "order"],
    );
    check("orders*", &["orders", "ordersx", "orders.a"], &["order", "xorders"]);
    check("orders", &["orders"], &["orders.", "order", "orders*"]);
    check("*", &["a", "_a", "ä"], &["__consumer_offsets", "__"]);
    check("_*", &["_a", "_"], &["__consumer_offsets", "__", "a"]);
    check("__consumer_offsets", &["__consumer_offsets"], &["__consumer_offsets2", "__transaction_state"]);
    // A prefix that ends inside another name's character is no prefix of it.
    check("ä*", &["ä", "äb"], &["ã", "a"]);
}

#[test]
fn a_grant_is_for_its_kind_of_resource_alone() {
    let snapshot = granting("  actions: [write]\n  topics: ['*']\n", "");
    for resource in [Resource::group("a"), Resource::transactional_id("a"), Resource::cluster()] {
        refused(
            &ask(&snapshot, &caller("svc"), Action::Describe, resource),
            ReasonClass::NoGrant,
            "no grant",
        );
    }
    let snapshot = granting("  actions: [describe]\n  cluster: true\n", "");
    assert!(ask(&snapshot, &caller("svc"), Action::Describe, Resource::cluster()).is_allow());
    let name = Resource::CLUSTER_NAME;
    refused(
        &ask(&snapshot, &caller("svc"), Action::Describe, Resource::topic(name)),
        ReasonClass::NoGrant,
        "no grant",
    );
    refused(
        &ask(&snapshot, &caller("svc"), Action::Alter, Resource::cluster()),
        ReasonClass::NoGrant,
        "for describe only",
    );
}

#[test]
fn an_action_brings_what_it_implies_and_no_more() {
    let check = |given: Action, brings: &[Action]| {
        let snapshot = granting(&format!("  actions: [{}]\n  topics: [t]\n", given.as_str()), "");
        for action in Action::ALL.iter().filter(|action| action.kinds().contains(&ResourceKind::Topic)) {
            let allowed = ask(&snapshot, &caller("svc"), *action, Resource::topic("t")).is_allow();
            assert_eq!(allowed, *action == given || brings.contains(action), "{given:?} and {action:?}");
        }
    };
    check(Action::Read, &[Action::Describe]);
    check(Action::Write, &[Action::Describe]);
    check(Action::Create, &[]);
    check(Action::Delete, &[Action::Describe]);
    check(Action::Describe, &[]);
    check(Action::DescribeConfigs, &[]);
    check(Action::AlterConfigs, &[Action::DescribeConfigs]);
    check(Action::AlterRetention, &[]);
    check(Action::CreatePartitions, &[Action::Describe]);
    check(Action::Purge, &[Action::Describe]);
}

#[test]
fn a_grant_for_clusters_holds_in_those() {
    let snapshot = granting("  actions: [read]\n  topics: [t]\n  clusters: [side]\n", "");
    let mut asker = caller("svc");
    refused(
        &ask(&snapshot, &asker, Action::Read, Resource::topic("t")),
        ReasonClass::NoGrant,
        "on cluster `main`",
    );
    assert!(!snapshot.may_any(&asker, Action::Read, ResourceKind::Topic, NOON));
    asker.cluster = Arc::from("side");
    assert!(ask(&snapshot, &asker, Action::Read, Resource::topic("t")).is_allow());
    assert!(snapshot.may_any(&asker, Action::Read, ResourceKind::Topic, NOON));
}

#[test]
fn who_may_not_act_at_all() {
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", "");
    let check = |asker: &Caller, class: ReasonClass, text: &str| {
        refused(&ask(&snapshot, asker, Action::Read, Resource::topic("t")), class, text);
        assert!(!snapshot.may_any(asker, Action::Read, ResourceKind::Topic, NOON));
    };
    check(&caller("stranger"), ReasonClass::UnknownPrincipal, "add it to catalog/principals.yaml");
    check(&caller("SVC"), ReasonClass::UnknownPrincipal, "`SVC`");
    check(&caller("gone"), ReasonClass::Disabled, "catalog/principals.yaml:10");
    check(&with_amr(caller("gone-too"), &["mfa"]), ReasonClass::Disabled, "disabled");
    check(&caller("maria"), ReasonClass::SecondFactor, "`hwk`, `mfa`");
    check(&with_amr(caller("maria"), &["pwd", "MFA", ""]), ReasonClass::SecondFactor, "second factor");
    assert!(
        ask(&snapshot, &with_amr(caller("maria"), &["pwd", "hwk"]), Action::Read, Resource::topic("t"))
            .is_allow()
    );
}

#[test]
fn groups_count_only_where_the_catalog_says() {
    let grants = "grants:\n- {name: l, to: ['group:listed'], actions: [read], topics: [l]}\n\
                  - {name: t, to: ['group:tokened'], actions: [read], topics: [t]}\n";
    let snapshot = compile(&bundle_of(PRINCIPALS, "", grants, ""));
    let read =
        |asker: &Caller, topic: &str| ask(&snapshot, asker, Action::Read, Resource::topic(topic)).is_allow();
    assert!(read(&caller("member"), "l"));
    assert!(!read(&caller("svc"), "l"));
    // A token that asserts a group of the catalog gains nothing by it, and an undeclared one neither.
    assert!(!read(&with_groups(caller("svc"), &["listed", "group:listed", "nonsense"]), "l"));
    assert!(!read(&caller("svc"), "t"));
    assert!(read(&with_groups(caller("svc"), &["tokened"]), "t"));
    assert!(!read(&with_groups(caller("stranger"), &["tokened"]), "t"));
}

#[test]
fn a_refusal_names_what_is_nearest() {
    let snapshot = granting("  actions: [read, purge]\n  topics: ['orders.*']\n", "");
    let decision = ask(&snapshot, &caller("svc"), Action::Write, Resource::topic("orders.a"));
    assert_eq!(
        &*decision.reasons[0].text,
        "no grant lets `svc` write topic `orders.a` on cluster `main`; grant `g` (policy/grants.yaml:2) reaches it for \
         read, describe, purge only, so add `write` there if it is wanted"
    );
    let decision = ask(&snapshot, &caller("svc"), Action::Read, Resource::topic("payments"));
    assert_eq!(
        &*decision.reasons[0].text,
        "no grant lets `svc` read topic `payments` on cluster `main`; add one to policy/grants.yaml if it is wanted"
    );
    let decision = ask(&snapshot, &caller("svc"), Action::Describe, Resource::topic("orders.a"));
    assert_eq!(&*decision.reasons[0].text, "grant `g` (policy/grants.yaml:2) allows describe");
    assert_eq!(decision.reasons[0].class, ReasonClass::Granted);
}

#[test]
fn guardrails_forbid_and_never_allow() {
    let rule = "@id(\"no-t\") @reason(\"t is closed\") @fix(\"use u\")\n\
                forbid (principal, action == Action::\"read\", resource is Topic) when { resource.name == \"t\" };";
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", rule);
    let decision = ask(&snapshot, &caller("svc"), Action::Read, Resource::topic("t"));
    assert_eq!(
        &*decision.reasons[0].text,
        "guardrail `no-t` (policy/guardrails.cedar:1) forbids `svc` to read topic `t`: t is closed; use u"
    );
    assert!(ask(&snapshot, &caller("svc"), Action::Read, Resource::topic("u")).is_allow());
    assert!(ask(&snapshot, &caller("svc"), Action::Describe, Resource::topic("t")).is_allow());
    let nothing = compile(&bundle_of(PRINCIPALS, "", "", rule));
    refused(
        &ask(&nothing, &caller("svc"), Action::Read, Resource::topic("u")),
        ReasonClass::NoGrant,
        "no grant",
    );
}

#[test]
fn a_guardrail_that_fails_refuses() {
    let overflow = "@id(\"broken\") forbid (principal, action, resource)\n\
                    when { context.now * 9223372036854775807 == 0 };";
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", overflow);
    let decision = ask(&snapshot, &caller("svc"), Action::Read, Resource::topic("t"));
    refused(
        &decision,
        ReasonClass::GuardrailError,
        "guardrail `broken` (policy/guardrails.cedar:1) cannot be evaluated",
    );
    assert!(decision.valid_until.is_some());
    // What forbids is told before what fails.
    let both = format!("{overflow}\n@id(\"no\") forbid (principal, action, resource);");
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", &both);
    let decision = ask(&snapshot, &caller("svc"), Action::Read, Resource::topic("t"));
    refused(&decision, ReasonClass::Guardrail, "`no`");
    assert_eq!(decision.reasons[1].class, ReasonClass::GuardrailError);
}

#[test]
fn break_glass_is_for_humans_with_both_proofs() {
    let rule = "@id(\"glass\") forbid (principal, action, resource) when { !context.break_glass };";
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", rule);
    let check = |asker: &Caller, allowed: bool| {
        let decision = ask(&snapshot, asker, Action::Read, Resource::topic("t"));
        assert_eq!(decision.is_allow(), allowed, "{:?}", decision.reasons);
    };
    check(&with_groups(with_amr(caller("maria"), &["mfa"]), &["glass"]), true);
    check(&with_groups(with_amr(caller("maria"), &["mfa"]), &["tokened"]), false);
    check(&with_groups(caller("maria"), &["glass"]), false);
    check(&with_groups(with_amr(caller("svc"), &["mfa"]), &["glass"]), false);
}

#[test]
fn ipv4_clients_of_a_dual_stack_listener_are_in_ipv4_ranges() {
    let rule = "@id(\"net\") forbid (principal, action, resource) unless { context.peer_ip.isInRange(ip(\"10.0.0.0/8\")) };";
    let snapshot = granting("  actions: [read]\n  topics: ['*']\n", rule);
    for (address, allowed) in [
        ("10.1.2.3", true),
        ("::ffff:10.1.2.3", true),
        ("11.1.2.3", false),
        ("::ffff:11.1.2.3", false),
        ("fd00::1", false),
    ] {
        let mut asker = caller("svc");
        asker.peer = address.parse().unwrap();
        let decision = ask(&snapshot, &asker, Action::Read, Resource::topic("t"));
        assert_eq!(decision.is_allow(), allowed, "from {address}");
    }
}

#[test]
fn guardrails_read_everything_they_are_promised() {
    // Each condition holds for the caller below, so each of them alone must refuse.
    let conditions = [
        "principal.name == \"maria\"",
        "principal.kind == \"human\"",
        "principal has team && principal.team == \"team\"",
        "principal has tenant && principal.tenant == \"acme\"",
        "principal has environment && principal.environment == \"production\"",
        "principal.groups.contains(\"listed\") && principal.groups.contains(\"tokened\")",
        "principal.hasTag(\"tier\") && principal.getTag(\"tier\") == \"gold\"",
        "resource.name == \"orders.created\" && resource.cluster == \"main\"",
        "resource has owner && resource.owner == \"owner\"",
        "resource has kind && resource.kind == \"command\"",
        "resource has producer && resource.producer == \"maria\"",
        "resource has tenant && resource.tenant == \"globex\"",
        "resource has environment && resource.environment == \"staging\"",
        "resource has classification && resource.classification == \"restricted\"",
        "resource.regulation.containsAll([\"GDPR\", \"SOX\"])",
        "resource.hasTag(\"a\") && resource.getTag(\"a\") == \"narrow\" && resource.hasTag(\"b\")",
        "context.listener == \"main\" && context.cluster == \"main\" && context.mechanism == \"oauthbearer\"",
        "context.amr.contains(\"mfa\")",
        "context has credential_age_s && context.credential_age_s == 59",
        "context has device_posture && context.device_posture == \"managed\"",
        "context.now == 1767787200 && context.hour == 12 && context.minute == 0 && context.weekday == \"wednesday\"",
    ];
    let principals = "human_access: {required_amr: [mfa]}\ngroups: {tokened: {from_token: true}}\nprincipals:\n\
        - {name: maria, kind: human, team: team, tenant: acme, environment: production, groups: [listed], tags: {tier: gold}}\n";
    // Labels come from all entries that cover the stream, and the narrowest wins.
    let streams = "clusters:\n- {name: main, environment: staging}\n- {name: side}\nstreams:\n\
        - {name: orders.created, kind: command, producer: maria, classification: restricted, regulation: [SOX], tags: {a: narrow}}\n\
        - {name: orders.*, owner: owner, tenant: acme, kind: event, regulation: [GDPR], tags: {a: wide, b: wide}}\n\
        - {name: orders.*, cluster: main, tenant: globex}\n\
        - {name: orders.*, cluster: side, classification: public}\n\
        - {name: '*', owner: nobody}\n";
    let grants = "grants:\n- {name: g, to: [maria], actions: [read], topics: ['*']}\n";
    let mut asker = with_groups(with_amr(caller("maria"), &["mfa"]), &["tokened"]);
    asker.identity.proof.mechanism = Mechanism::OauthBearer;
    asker.identity.proof.credential_issued_at = Some(UnixMillis(NOON.0 - 59_999));
    asker.identity.proof.device_posture = Some("managed".to_owned());
    for condition in conditions {
        let rule =
            format!("@id(\"r\") forbid (principal, action, resource is Topic) when {{ {condition} }};");
        let snapshot = compile(&bundle_of(principals, streams, grants, &rule));
        let decision = ask(&snapshot, &asker, Action::Read, Resource::topic("orders.created"));
        refused(&decision, ReasonClass::Guardrail, "`r`");
    }
    let snapshot = compile(&bundle_of(principals, streams, grants, ""));
    assert!(ask(&snapshot, &asker, Action::Read, Resource::topic("orders.created")).is_allow());
}

#[test]
fn reading_the_clock_bounds_how_long_an_answer_holds() {
    let check = |condition: &str, issued: Option<i64>, now: i64, expected: Option<i64>| {
        let rule = format!(
            "@id(\"r\") forbid (principal, action == Action::\"read\", resource) when {{ {condition} }};"
        );
        let snapshot = granting("  actions: [read]\n  topics: ['*']\n", &rule);
        let mut asker = caller("svc");
        asker.identity.proof.credential_issued_at = issued.map(|before| UnixMillis(now - before));
        let operation = Operation::new(Action::Read, Resource::topic("t"));
        let until = |operation| decide(&snapshot, &asker, operation, UnixMillis(now)).valid_until;
        assert_eq!(until(&operation).map(|until| until.0), expected, "{condition} at {now}");
        // A guardrail about reading bounds nothing else.
        assert_eq!(until(&Operation::new(Action::Describe, Resource::topic("t"))), None);
    };
    let noon = NOON.0;
    check("context.mechanism == \"plain\"", None, noon, None);
    check("context.hour == 3", None, noon, Some(noon + 60_000));
    check("context.minute == 3", None, noon + 59_999, Some(noon + 60_000));
    check("context.weekday == \"sunday\"", None, noon + 1, Some(noon + 60_000));
    check("context[\"weekday\"] == \"sunday\"", None, noon + 1, Some(noon + 60_000));
    check("context.now > 3", None, noon, Some(noon + 1000));
    check("context.now == 3 || context.hour == 3", None, noon + 999, Some(noon + 1000));
    check("context has credential_age_s && context.credential_age_s > 9", None, noon, None);
    check("context has credential_age_s && context.credential_age_s > 9", Some(2300), noon, Some(noon + 700));
    check("context has credential_age_s && context.credential_age_s > 9", Some(0), noon, Some(noon + 1000));
    check("context.now > 3", None, i64::MAX, Some(i64::MAX));
}

#[test]
fn a_permit_is_for_one_operation() {
    let snapshot = granting("  actions: [read, write]\n  topics: ['*']\n", "");
    let read = Operation::new(Action::Read, Resource::topic("t"));
    let permit = || match decide(&snapshot, &caller("svc"), &read, NOON).verdict {
        Verdict::Allow(permit) => permit,
        Verdict::Refuse => panic!("refused"),
    };
    assert_eq!(permit().operation(), read);
    assert_eq!(permit().policy_version(), 1);
    assert!(permit().redeem(&read).is_ok());
    for wrong in [
        Operation::new(Action::Write, Resource::topic("t")),
        Operation::new(Action::Read, Resource::topic("T")),
        Operation::new(Action::Read, Resource::topic("t ")),
        Operation::new(Action::Read, Resource::group("t")),
        Operation::new(Action::Describe, Resource::topic("t")),
    ] {
        assert!(permit().redeem(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_ready_guardrail_stands_alone_and_says_why() {
    for ready in guardrail::READY {
        let snapshot = compile(&bundle_of(PRINCIPALS, "", "", ready.text));
        let [rule] = snapshot.guardrails() else { panic!("`{}` is not one rule", ready.id) };
        assert_eq!(&*rule.id, ready.id);
        assert!(rule.reason.is_some() && rule.fix.is_some(), "`{}` does not explain itself", ready.id);
    }
}

#[test]
fn an_explanation_shows_everything_considered() {
    let snapshot = compile(&example());
    let operation = Operation::new(Action::Read, Resource::topic("orders.created"));
    let explanation = explain(&snapshot, &caller("globex-orders"), &operation, NOON);
    assert_eq!(explanation.verdict, Expected::Refuse);
    assert_eq!(explanation.reasons[0].class, ReasonClass::Guardrail);
    assert_eq!(explanation.labels.tenant.as_deref(), Some("acme"));
    let bearing = |name: &str| {
        let found = explanation.grants.iter().find(|considered| &*considered.grant.name == name);
        found.map(|considered| considered.bearing)
    };
    assert_eq!(bearing("globex-partner"), Some(Bearing::Allows));
    assert_eq!(bearing("globex-consumes"), Some(Bearing::OtherResources));
    assert_eq!(bearing("payments-follows-orders"), Some(Bearing::OtherSubjects));
    assert_eq!(bearing("orders-publishes"), None);
    let saying = |id: &str| {
        let mut guardrails = explanation.guardrails.iter();
        guardrails
            .find(|considered| &*considered.guardrail.id == id)
            .map(|considered| considered.saying.clone())
    };
    assert_eq!(saying("tenant-isolation"), Some(Saying::Forbids));
    assert_eq!(saying("environment-isolation"), Some(Saying::Nothing));
    assert_eq!(saying("command-producer"), Some(Saying::NotAsked));
}

#[test]
fn an_explanation_says_why_a_grant_does_not_help() {
    let grants = "grants:\n- {name: wide, to: [svc], actions: [read], topics: ['*']}\n\
                  - {name: elsewhere, to: [svc], actions: [read], topics: [__a, t], clusters: [side]}\n\
                  - {name: looks, to: [svc], actions: [describe], topics: [__a]}\n";
    let broken = "@id(\"broken\") forbid (principal, action, resource) when { context.now * 9223372036854775807 == 0 };";
    let snapshot = compile(&bundle_of(PRINCIPALS, "", grants, broken));
    let operation = Operation::new(Action::Read, Resource::topic("__a"));
    let asker = with_groups(caller("svc"), &["tokened", "listed", "made-up"]);
    let explanation = explain(&snapshot, &asker, &operation, NOON);
    let bearings: Vec<Bearing> = explanation.grants.iter().map(|considered| considered.bearing).collect();
    assert_eq!(bearings, [Bearing::InternalName, Bearing::OtherCluster, Bearing::OtherActions]);
    assert_eq!(explanation.groups.iter().map(|group| &**group).collect::<Vec<_>>(), ["tokened"]);
    assert_eq!(explanation.ignored_groups, ["listed", "made-up"]);
    assert!(matches!(explanation.guardrails[0].saying, Saying::Failed(_)));
    let stranger = explain(&snapshot, &caller("stranger"), &operation, NOON);
    assert_eq!(stranger.guardrails[0].saying, Saying::NotAsked);
    assert!(stranger.grants.is_empty());
}

#[test]
fn who_can_read_a_stream() {
    let snapshot = compile(&example());
    let found: Vec<String> = readers(&snapshot, "main", "orders.created", Action::Read)
        .iter()
        .map(|reader| {
            format!("{} {} {:?} {}", reader.subject, reader.place, reader.principals, reader.open_to_tokens)
        })
        .collect();
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found[0].starts_with("orders-staging policy/grants.yaml:"));
    assert!(
        found.iter().any(|line| line.starts_with("legacy-importer ") && line.ends_with("[] false")),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|line| line.starts_with("group:analysts ") && line.ends_with("[] true")),
        "{found:#?}"
    );
    assert!(readers(&snapshot, "main", "__consumer_offsets", Action::Read).is_empty());
}

#[test]
fn the_catalog_can_be_read() {
    let snapshot = compile(&example());
    let names: Vec<&str> = snapshot.principals().iter().map(|entry| entry.name.as_str()).collect();
    assert!(names.is_sorted() && names.contains(&"maria@acme.example"));
    let maria = snapshot.principal(&caller("maria@acme.example").identity.principal).unwrap();
    assert!(maria.is_human() && !maria.is_disabled() && maria.groups.contains("auditors"));
    let gone = snapshot.principal(&caller("legacy-importer").identity.principal).unwrap();
    assert!(gone.is_disabled() && !gone.is_human());
    assert_eq!(snapshot.principal(&caller("mallory").identity.principal), None);
    assert_eq!(snapshot.stream_labels("main", "payments.payout_approved").regulation.len(), 2);
}
