//! Every request in every version: refused without a grant, forwarded untouched with just the grants it needs, and split where
//! it names both what is granted and what is not.

mod cases;

use std::collections::BTreeSet;

use tidegate_wire::kafka::Session;
use tidegate_wire::kafka::codec::{ErrorCode, Tree, field as f};
use tidegate_wire::kafka::session::UpstreamIdentity;
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, IDENTITIES, contains, id_of, newest_broker, route, snapshot};
use crate::shapes::{KNOWN, Shape};
use cases::{CASES, Case, Refusal};

/// What one run of a case gives: what the client read, and whether the request went out.
struct Run {
    answer: Option<Tree>,
    forwarded: bool,
    untouched: bool,
}

fn bench(identity: UpstreamIdentity, grants: &[&str]) -> Bench {
    Bench::with(Session::new(route(identity, &KNOWN), newest_broker()), snapshot(grants, 1))
}

/// Sends the case's request with `names`; `hidden` may not reach the broker by name or id.
fn run(
    case: &Case,
    version: i16,
    identity: UpstreamIdentity,
    grants: &[&str],
    names: &[&str],
    hidden: &[&str],
) -> Run {
    let label = format!("{} v{version} {identity:?} {grants:?}", case.label);
    let mut bench = bench(identity, grants);
    let body = (case.request)(version, names);
    let frame = bench.encode(case.key, version, &body);
    bench.send_frame(frame.clone()).unwrap_or_else(|error| panic!("{label}: {error}"));
    let sent = bench.upstream();
    assert!(sent.len() <= 1, "{label}: {sent:?}");
    let Some(sent) = sent.first() else {
        return Run { answer: Some(bench.only_answer().tree), forwarded: false, untouched: false };
    };
    assert_eq!((sent.api.key, sent.version), (case.key, version), "{label}");
    for name in hidden {
        assert!(!contains(&sent.wire, name.as_bytes()), "{label}: {name} went upstream");
        assert!(!contains(&sent.wire, &id_of(name)), "{label}: the id of {name} went upstream");
    }
    let shown: Vec<&str> = names.iter().copied().filter(|name| !hidden.contains(name)).collect();
    let untouched = sent.wire == *frame.wire();
    let reply = (case.reply)(version)
        .map_or_else(Tree::new, |shape| shape.write(sent.api.response.root, version, &shown));
    bench.reply(sent, &reply).unwrap_or_else(|error| panic!("{label}: {error}"));
    let answer = bench.client().pop().map(|answer| answer.tree);
    Run { answer, forwarded: true, untouched }
}

/// What the client reads when nothing of `names` is allowed.
fn check_refusal(label: &str, run: &Run, refusal: &Refusal, names: &[&str]) {
    let answer = run.answer.as_ref().unwrap_or_else(|| panic!("{label}: no answer"));
    let check_each = |shape: &Shape, code: ErrorCode| {
        let read = shape.read(answer);
        let expected: Vec<(String, i64)> = match shape.named {
            Some(_) => names.iter().map(|name| ((*name).to_owned(), i64::from(code.0))).collect(),
            None => names.iter().map(|_| (String::new(), i64::from(code.0))).collect(),
        };
        assert_eq!(read, expected, "{label}: {answer:?}");
    };
    match refusal {
        Refusal::Root(code) => {
            assert!(!run.forwarded, "{label}: it was forwarded");
            assert_eq!(answer.int(f::ERROR_CODE), Some(i64::from(code.0)), "{label}: {answer:?}");
        }
        Refusal::Whole(shape, code) => {
            assert!(!run.forwarded, "{label}: it was forwarded");
            check_each(shape, *code);
        }
        Refusal::Each(shape, code) | Refusal::AllOrNothing(shape, code) => check_each(shape, *code),
        Refusal::Silent => assert!(!run.forwarded, "{label}: it was forwarded"),
    }
}

fn versions(case: &Case, identity: UpstreamIdentity) -> impl Iterator<Item = i16> {
    let offered = newest_broker().advertised(identity).range(case.key).expect(case.label);
    let (min, max) = case.versions;
    offered.0.max(min)..=offered.1.min(max)
}

/// Runs `check` for every case, version and identity, and says how often.
fn every(mut check: impl FnMut(&Case, i16, UpstreamIdentity)) -> usize {
    let mut count = 0;
    for case in CASES {
        for identity in IDENTITIES {
            for version in versions(case, identity) {
                check(case, version, identity);
                count += 1;
            }
        }
    }
    count
}

#[test]
fn the_cases_reach_every_version_of_every_request_that_is_offered() {
    let mut left: BTreeSet<(i16, i16)> = BTreeSet::new();
    for (key, min, max) in newest_broker().advertised(UpstreamIdentity::AsClient).ranges() {
        // Authentication is not the session's.
        if !matches!(key, key::SASL_HANDSHAKE | key::SASL_AUTHENTICATE) {
            left.extend((min..=max).map(|version| (key, version)));
        }
    }
    every(|case, version, _| {
        left.remove(&(case.key, version));
    });
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn without_a_grant_nothing_named_reaches_the_broker_and_the_answer_is_kafkas() {
    every(|case, version, identity| {
        let Some((_, refusal)) = (case.needs)(version).into_iter().next() else { return };
        let label = format!("{} v{version} {identity:?}", case.label);
        let names = &case.names[..1];
        let run = run(case, version, identity, &[], names, &["ok.group", "ok.txn", "ok.topic", "ok.created"]);
        check_refusal(&label, &run, &refusal, names);
    });
}

#[test]
fn each_grant_is_needed() {
    every(|case, version, identity| {
        let needs = (case.needs)(version);
        for (missing, (grant, refusal)) in needs.iter().enumerate() {
            let others =
                needs.iter().enumerate().filter(|(at, _)| *at != missing).map(|(_, (grant, _))| *grant);
            let grants: Vec<&str> = others.chain(case.beside.iter().copied()).collect();
            let label = format!("{} v{version} {identity:?} without `{grant}`", case.label);
            let names = &case.names[..1];
            let hidden = grant.rsplit(' ').next().unwrap();
            let hidden: &[&str] = if hidden.contains('.') { &[hidden] } else { &[] };
            let run = run(case, version, identity, &grants, names, hidden);
            check_refusal(&label, &run, refusal, names);
        }
    });
}

#[test]
fn with_just_its_grants_a_request_is_forwarded_byte_for_byte() {
    every(|case, version, identity| {
        let grants = case.grants(version);
        let names = &case.names[..1];
        let label = format!("{} v{version} {identity:?} {grants:?}", case.label);
        let run = run(case, version, identity, &grants, names, &[]);
        assert!(run.forwarded && run.untouched, "{label}: it did not go out as it came: {:?}", run.answer);
        let answer = run.answer.unwrap_or_else(|| panic!("{label}: no answer"));
        if let Some(shape) = (case.reply)(version) {
            let read = shape.read(&answer);
            assert!(read.iter().all(|(_, error)| *error == 0), "{label}: {answer:?}");
            assert_eq!(read.len(), 1, "{label}: {answer:?}");
        }
    });
}

#[test]
fn of_a_mixed_request_the_allowed_part_goes_on_and_the_rest_is_answered_beside_it() {
    let mut split = 0;
    every(|case, version, identity| {
        let Some((_, refusal)) = (case.needs)(version).into_iter().next_back() else { return };
        let (Refusal::Each(shape, code) | Refusal::AllOrNothing(shape, code)) = refusal else { return };
        let label = format!("{} v{version} {identity:?}", case.label);
        let all_or_nothing = matches!(refusal, Refusal::AllOrNothing(..));
        for names in [[case.names[0], case.names[1]], [case.names[1], case.names[0]]] {
            let run = run(case, version, identity, &case.grants(version), &names, &[case.names[1]]);
            assert_eq!(run.forwarded, !all_or_nothing, "{label}");
            let mut read = shape.read(run.answer.as_ref().unwrap());
            read.sort();
            let beside = if all_or_nothing { ErrorCode::OPERATION_NOT_ATTEMPTED } else { ErrorCode::NONE };
            let mut expected = vec![
                (case.names[0].to_owned(), i64::from(beside.0)),
                (case.names[1].to_owned(), i64::from(code.0)),
            ];
            expected.sort();
            assert_eq!(read, expected, "{label}: {:?}", run.answer);
            split += 1;
        }
    });
    assert!(split > 400, "{split} requests were split");
}
