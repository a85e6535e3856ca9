//! A second evaluator, naive over rules as written, and `decide` agree on random worlds.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::sync::Arc;

use common::{NOON, bundle_of, caller, compile};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tidegate_model::{
    Action, Caller, DecisionCache, Operation, Resource, ResourceKind, Snapshot, UnixMillis, Verdict, decide,
    readers,
};

const PRINCIPALS: [&str; 5] = ["ada", "bob", "cyd", "dan", "eve"];
const GROUPS: [&str; 3] = ["red", "blue", "tokened"];
const TENANTS: [&str; 2] = ["acme", "globex"];
const CLUSTERS: [&str; 2] = ["main", "side"];
const NAMES: [&str; 8] = ["orders.a", "orders.b", "orders", "ordersx", "__offsets", "__", "_one", "ö.ä"];
const PATTERNS: [&str; 11] =
    ["orders.a", "orders.*", "orders*", "*", "__offsets", "__", "_*", "_one", "o*", "ö*", "ordersx"];

#[derive(Clone, Debug)]
struct World {
    principals: Vec<Principal>,
    streams: Vec<Stream>,
    grants: Vec<Grant>,
    isolated: bool,
}

#[derive(Clone, Debug)]
struct Principal {
    name: &'static str,
    groups: Vec<&'static str>,
    tenant: Option<&'static str>,
    disabled: bool,
}

#[derive(Clone, Debug)]
struct Stream {
    pattern: &'static str,
    cluster: Option<&'static str>,
    tenant: &'static str,
}

#[derive(Clone, Debug)]
struct Grant {
    to_principals: Vec<&'static str>,
    to_groups: Vec<&'static str>,
    actions: Vec<Action>,
    kind: ResourceKind,
    patterns: Vec<&'static str>,
    clusters: Option<Vec<&'static str>>,
}

#[derive(Clone, Debug)]
struct Question {
    principal: &'static str,
    token_groups: Vec<&'static str>,
    cluster: &'static str,
    action: Action,
    kind: ResourceKind,
    name: &'static str,
}

// The second evaluator.

/// The one rule, over what is written and nothing else.
fn allowed(world: &World, question: &Question) -> bool {
    let Some(principal) = world.principals.iter().find(|principal| principal.name == question.principal)
    else {
        return false;
    };
    let forbidden = world.isolated && crosses_tenants(world, principal, question);
    !principal.disabled && !forbidden && world.grants.iter().any(|grant| grants(grant, principal, question))
}

fn grants(grant: &Grant, principal: &Principal, question: &Question) -> bool {
    let is_mine = grant.to_principals.contains(&principal.name)
        || grant.to_groups.iter().any(|group| {
            principal.groups.contains(group) || (*group == "tokened" && question.token_groups.contains(group))
        });
    is_mine
        && grant.kind == question.kind
        && grant.clusters.as_ref().is_none_or(|clusters| clusters.contains(&question.cluster))
        && grant.actions.iter().any(|action| includes(*action, question.action))
        && grant.patterns.iter().any(|pattern| reaches(pattern, question.name))
}

fn includes(given: Action, asked: Action) -> bool {
    given == asked || given.implies().iter().any(|implied| includes(*implied, asked))
}

fn reaches(pattern: &str, name: &str) -> bool {
    let wild =
        pattern.ends_with('*') && !name.starts_with("__") && name.starts_with(pattern.trim_end_matches('*'));
    pattern == name || wild
}

fn crosses_tenants(world: &World, principal: &Principal, question: &Question) -> bool {
    let about = |stream: &&Stream| {
        let prefix = stream.pattern.strip_suffix('*');
        let named =
            prefix.map_or(stream.pattern == question.name, |prefix| question.name.starts_with(prefix));
        named && stream.cluster.is_none_or(|cluster| cluster == question.cluster)
    };
    // The narrowest entry tells: the literal, then the longest prefix, and the one for this cluster before the one for all.
    let breadth =
        |stream: &&Stream| (!stream.pattern.ends_with('*'), stream.pattern.len(), stream.cluster.is_some());
    let stream = world.streams.iter().filter(about).max_by_key(breadth);
    question.kind == ResourceKind::Topic
        && stream.is_some_and(|stream| principal.tenant != Some(stream.tenant))
}

// Random worlds and questions.

fn some_of(from: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(from, 0..=from.len())
}

fn principal() -> impl Strategy<Value = Principal> {
    let tenant = proptest::option::of(select(&TENANTS[..]));
    (some_of(&GROUPS), tenant, prop::bool::weighted(0.1)).prop_map(|(groups, tenant, disabled)| Principal {
        name: "",
        groups,
        tenant,
        disabled,
    })
}

fn grant() -> impl Strategy<Value = Grant> {
    let kind = select(&ResourceKind::ALL[..3]);
    kind.prop_flat_map(|kind| {
        let actions: Vec<Action> =
            Action::ALL.iter().copied().filter(|action| action.kinds().contains(&kind)).collect();
        let clusters = proptest::option::weighted(0.3, subsequence(&CLUSTERS[..], 1..=2));
        let actions = subsequence(actions, 1..=2);
        (some_of(&PRINCIPALS[..4]), some_of(&GROUPS), actions, subsequence(&PATTERNS[..], 1..=3), clusters)
            .prop_map(move |(to_principals, to_groups, actions, patterns, clusters)| Grant {
                to_principals,
                to_groups,
                actions,
                kind,
                patterns,
                clusters,
            })
    })
}

fn stream() -> impl Strategy<Value = Stream> {
    let cluster = proptest::option::of(select(&CLUSTERS[..]));
    (select(&PATTERNS[..]), cluster, select(&TENANTS[..])).prop_map(|(pattern, cluster, tenant)| Stream {
        pattern,
        cluster,
        tenant,
    })
}

fn world() -> impl Strategy<Value = World> {
    let principals = prop::collection::vec(principal(), 4);
    let (streams, grants) = (prop::collection::vec(stream(), 0..5), prop::collection::vec(grant(), 0..8));
    (principals, streams, grants, any::<bool>()).prop_map(
        |(mut principals, mut streams, mut grants, isolated)| {
            // The fifth, eve, is in no catalog.
            principals.iter_mut().zip(PRINCIPALS).for_each(|(principal, name)| principal.name = name);
            streams.sort_by_key(|stream| (stream.pattern, stream.cluster));
            streams.dedup_by_key(|stream| (stream.pattern, stream.cluster));
            grants.retain(|grant| !grant.to_principals.is_empty() || !grant.to_groups.is_empty());
            World { principals, streams, grants, isolated }
        },
    )
}

fn question() -> impl Strategy<Value = Question> {
    let pairs: Vec<(Action, ResourceKind)> = ResourceKind::ALL[..3]
        .iter()
        .flat_map(|kind| {
            Action::ALL.iter().filter(|action| action.kinds().contains(kind)).map(|action| (*action, *kind))
        })
        .collect();
    (select(&PRINCIPALS[..]), some_of(&GROUPS), select(&CLUSTERS[..]), select(pairs), select(&NAMES[..]))
        .prop_map(|(principal, token_groups, cluster, (action, kind), name)| Question {
            principal,
            token_groups,
            cluster,
            action,
            kind,
            name,
        })
}

// The same world as a bundle.

fn list(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("'{item}'")).collect();
    format!("[{}]", quoted.join(", "))
}

/// `extra` are guardrails besides those of the world.
fn snapshot(world: &World, version: u64, extra: &str) -> Snapshot {
    let mut principals = "groups: {red: {}, blue: {}, tokened: {from_token: true}}\nprincipals:\n".to_owned();
    for Principal { name, groups, tenant, disabled } in &world.principals {
        let tenant = tenant.map_or(String::new(), |tenant| format!(", tenant: {tenant}"));
        principals +=
            &format!("- {{name: {name}, groups: {}, disabled: {disabled}{tenant}}}\n", list(groups));
    }
    let mut streams = "streams:\n".to_owned();
    for Stream { pattern, cluster, tenant } in &world.streams {
        let cluster = cluster.map_or(String::new(), |cluster| format!(", cluster: {cluster}"));
        streams += &format!("- {{name: '{pattern}', tenant: {tenant}{cluster}}}\n");
    }
    let mut grants = "grants:\n".to_owned();
    for (number, grant) in world.grants.iter().enumerate() {
        let groups: Vec<String> = grant.to_groups.iter().map(|group| format!("group:{group}")).collect();
        let to: Vec<&str> =
            grant.to_principals.iter().copied().chain(groups.iter().map(String::as_str)).collect();
        let actions: Vec<&str> = grant.actions.iter().map(|action| action.as_str()).collect();
        let key = match grant.kind {
            ResourceKind::Topic => "topics",
            ResourceKind::Group => "consumer_groups",
            _ => "transactional_ids",
        };
        let clusters =
            grant.clusters.as_ref().map_or(String::new(), |names| format!(", clusters: {}", list(names)));
        let (to, actions, patterns) = (list(&to), list(&actions), list(&grant.patterns));
        grants +=
            &format!("- {{name: g{number}, to: {to}, actions: {actions}, {key}: {patterns}{clusters}}}\n");
    }
    let isolation = include_str!("../guardrails/tenant-isolation.cedar");
    let guardrails = if world.isolated { format!("{isolation}{extra}") } else { extra.to_owned() };
    let sources = bundle_of(&principals, &streams, &grants, &guardrails);
    Snapshot::compile(&sources, version).unwrap_or_else(|problems| panic!("{problems:#?}\n{sources:#?}"))
}

fn asker(question: &Question) -> Caller {
    let mut asker = caller(question.principal);
    asker.cluster = Arc::from(question.cluster);
    asker.identity.proof.groups = question.token_groups.iter().map(ToString::to_string).collect();
    asker
}

fn operation(question: &Question) -> Operation<'static> {
    Operation::new(question.action, Resource { kind: question.kind, name: question.name })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree(world in world(), questions in prop::collection::vec(question(), 20)) {
        let snapshot = snapshot(&world, 1, "");
        for question in &questions {
            let (asker, operation) = (asker(question), operation(question));
            let decision = decide(&snapshot, &asker, &operation, NOON);
            prop_assert_eq!(decision.is_allow(), allowed(&world, question), "{:?}: {:?}", question, decision.reasons);
            prop_assert!(!decision.reasons.is_empty());
            // What may be done to one resource may be done to some resource.
            let any = snapshot.may_any(&asker, question.action, question.kind, NOON);
            prop_assert!(any || !decision.is_allow(), "{:?}", question);
        }
    }

    #[test]
    fn who_can_read_is_who_is_allowed_but_for_guardrails(mut world in world()) {
        world.isolated = false;
        let snapshot = snapshot(&world, 1, "");
        for cluster in CLUSTERS {
            for name in NAMES {
                let found = readers(&snapshot, cluster, name, Action::Read);
                for principal in &PRINCIPALS[..4] {
                    let (token_groups, action, kind) = (Vec::new(), Action::Read, ResourceKind::Topic);
                    let question = Question { principal, token_groups, cluster, action, kind, name };
                    let listed = found.iter().any(|reader| {
                        reader.principals.iter().any(|listed| listed.as_str() == *principal)
                    });
                    prop_assert_eq!(listed, allowed(&world, &question), "{:?} in {:?}", question, found);
                }
            }
        }
    }
}

/// Guardrails that read the clock in every way there is: whole minutes, single seconds, and the credential's age.
const CLOCKS: &str = r#"
@id("minutes") forbid (principal, action == Action::"read", resource)
when { context.minute == 1 || context.hour == 13 || context.weekday == "thursday" };
@id("seconds") forbid (principal, action == Action::"write", resource)
when { context.now > 1767787203 && context.now < 1767787208 };
@id("age") forbid (principal, action == Action::"delete", resource)
when { context has credential_age_s && context.credential_age_s > 4 };
"#;

/// How far the clock goes between two questions of a session, in milliseconds; now and then it is set back.
const PASSING: [i64; 10] = [0, 1, 250, 501, 999, 1000, 4000, 30_000, 60_000, -7000];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cache_answers_as_deciding_does(
        worlds in prop::collection::vec(world(), 1..3),
        callers in prop::collection::vec(question(), 1..3),
        steps in prop::collection::vec((0..20_u8, question(), select(&PASSING[..])), 1..120),
    ) {
        let mut version = 1;
        let mut current = snapshot(&worlds[0], version, CLOCKS);
        let (mut cache, mut now, mut session) = (DecisionCache::new(), NOON.0, 0);
        for (event, question, passed) in &steps {
            now += passed;
            match event {
                0 => {
                    version += 1;
                    current = snapshot(&worlds[version as usize % worlds.len()], version, CLOCKS);
                }
                1 => session += 1,
                _ => {}
            }
            let mut asker = asker(&callers[session % callers.len()]);
            asker.identity.proof.credential_issued_at = Some(UnixMillis(NOON.0 + 123));
            let operation = operation(question);
            let cached = cache.decide(&current, &asker, &operation, UnixMillis(now));
            let fresh = decide(&current, &asker, &operation, UnixMillis(now));
            prop_assert_eq!(cached.is_allow(), fresh.is_allow());
            prop_assert_eq!(&cached.reasons, &fresh.reasons);
            prop_assert_eq!(cached.policy_version, fresh.policy_version);
            if let Verdict::Allow(permit) = cached.verdict {
                prop_assert!(permit.redeem(&operation).is_ok());
            }
        }
    }
}

#[test]
fn a_world_is_compiled_as_written() {
    let world = World { principals: Vec::new(), streams: Vec::new(), grants: Vec::new(), isolated: true };
    assert_eq!(snapshot(&world, 7, "").version(), 7);
    assert_eq!(compile(&common::example()).version(), 1);
}
