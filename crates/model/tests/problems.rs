//! What is wrong in a bundle is reported all at once, each with its place and a fix.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod common;

use common::{bundle_of, example, problems};
use tidegate_model::{BundleSources, Snapshot, bundle};

const PRINCIPALS: &str = "principals:\n- name: orders\n- name: payments\n  groups: [paying]\n";

/// `expected` are the problems, each of them `file:line:column: message; fix`.
fn check(sources: &BundleSources, expected: &[&str]) {
    let found = problems(sources);
    assert_eq!(found, expected, "found:\n{}", found.join("\n"));
}

fn check_principals(text: &str, expected: &[&str]) {
    check(&bundle_of(text, "", "", ""), expected);
}

fn check_streams(text: &str, expected: &[&str]) {
    check(&bundle_of(PRINCIPALS, text, "", ""), expected);
}

fn check_grants(text: &str, expected: &[&str]) {
    check(&bundle_of(PRINCIPALS, "", text, ""), expected);
}

/// A grant with everything right but what `lines` says.
fn check_grant(lines: &str, expected: &[&str]) {
    check_grants(&format!("grants:\n- name: g\n{lines}"), expected);
}

fn check_guardrails(text: &str, expected: &[&str]) {
    check(&bundle_of(PRINCIPALS, "", "", text), expected);
}

fn check_tests(text: &str, expected: &[&str]) {
    check(&bundle_of(PRINCIPALS, "", "", "").with(bundle::TESTS, text), expected);
}

#[test]
fn files_that_are_missing_or_read_by_nobody() {
    check(
        &BundleSources::new()
            .with("policy/grant.yaml", "")
            .with(bundle::PRINCIPALS, "")
            .with("tidegate.yaml", "x"),
        &[
            "catalog/streams.yaml:1:1: the file is missing; create it; it may be empty",
            "policy/grant.yaml:1:1: nothing reads this file; did you mean `policy/grants.yaml`?",
            "policy/grants.yaml:1:1: the file is missing; create it; it may be empty",
            "policy/guardrails.cedar:1:1: the file is missing; create it; it may be empty",
        ],
    );
    check(
        &bundle_of(PRINCIPALS, "", "", "").with(bundle::GRANTS, ""),
        &["policy/grants.yaml:1:1: the file is given twice; give it once"],
    );
}

#[test]
fn one_broken_file_hides_nothing_of_the_others() {
    let found = problems(
        &bundle_of("principals: [", "streams:\n- nam: x\n", "grants:\n- name: g\n  too: []\n", "permit (;")
            .with(bundle::TESTS, "tests: 5"),
    );
    for file in
        ["principals.yaml:", "streams.yaml:2:3", "grants.yaml:3:3", "guardrails.cedar:1:", "tests.yaml:1:8"]
    {
        assert!(found.iter().any(|problem| problem.contains(file)), "nothing about {file} in {found:#?}");
    }
    assert!(!found.iter().any(|problem| problem.contains("unknown principal")), "{found:#?}");
}

#[test]
fn unknown_and_duplicate_keys_are_all_reported() {
    check_principals(
        "principal: []\ngroup: {}\nprincipals:\n- name: a\n  nam: b\n  name: c\n  tenent: x\n",
        &[
            "catalog/principals.yaml:1:1: unknown key `principal` in the file; did you mean `principals`?",
            "catalog/principals.yaml:2:1: unknown key `group` in the file; did you mean `groups`?",
            "catalog/principals.yaml:5:3: unknown key `nam` in a principal; did you mean `name`?",
            "catalog/principals.yaml:6:3: key `name` is already on line 4; keep one of them",
            "catalog/principals.yaml:7:3: unknown key `tenent` in a principal; did you mean `tenant`?",
        ],
    );
}

#[test]
fn values_of_the_wrong_shape() {
    check_principals(
        "principals:\n- name: 42\n- name: a\n  groups: paying\n- name: b\n  disabled: sometimes\n- just text\n- name: ''\n- {}\n",
        &[
            "catalog/principals.yaml:2:9: `name` must be text, not a number; put it in quotes",
            "catalog/principals.yaml:4:11: `groups` must be a list, not text; write a list",
            "catalog/principals.yaml:6:13: `disabled` must be `true` or `false`, not text; write `true` or `false`",
            "catalog/principals.yaml:7:3: a principal must be a mapping, not text; write a mapping",
            "catalog/principals.yaml:8:9: `name` is empty; write 1 to 1000 bytes without control characters or outer spaces",
            "catalog/principals.yaml:9:3: `name` is missing; add `name:`",
        ],
    );
}

#[test]
fn principals_that_cannot_be() {
    check_principals(
        "principals:\n- name: a\n- name: a\n- name: group:b\n- name: User:c\n- name: d\n  kind: robot\n",
        &[
            "catalog/principals.yaml:3:9: principal `a` is already at catalog/principals.yaml:2; rename or remove one of them",
            "catalog/principals.yaml:4:9: `group:b` cannot be the name of a principal: `group:` stands for a group in grants; use another name",
            "catalog/principals.yaml:5:9: `User:c` cannot be the name of a principal: `User:` is Kafka's and never part of a name; use another name",
            "catalog/principals.yaml:7:9: unknown kind of principal `robot`; use one of `workload`, `human`",
        ],
    );
    let long = "n".repeat(250);
    let found = problems(&bundle_of(&format!("principals:\n- name: {long}\n"), "", "", ""));
    assert!(found[0].contains("1 to 249 bytes"), "{found:?}");
}

#[test]
fn humans_need_a_second_factor_to_be_configured() {
    check_principals(
        "principals:\n- name: maria\n  kind: human\n",
        &[
            "catalog/principals.yaml:2:3: `maria` is human, but `human_access` is not set; add `human_access: \
           {break_glass_group: ..., required_amr: [mfa]}` to this file",
        ],
    );
    check_principals(
        "human_access:\n  break_glass_group: heroes\nprincipals:\n- name: maria\n  kind: human\n",
        &[
            "catalog/principals.yaml:2:3: `required_amr` is missing or empty; list the `amr` values that prove a second \
             factor, for example `required_amr: [mfa, hwk]`",
            "catalog/principals.yaml:2:22: unknown group `heroes`; declare it under `groups:` in catalog/principals.yaml",
        ],
    );
}

#[test]
fn streams_that_cannot_be() {
    check_streams(
        "streams:\n- name: a\n  kind: command\n- name: b\n  kind: command\n  producer: payment\n- name: a\n- name: c*d\n\
         - name: d\n  kind: order\n  classification: secret\n",
        &[
            "catalog/streams.yaml:2:3: command stream `a` has no producer; name the one principal that may write it: \
             `producer: ...`",
            "catalog/streams.yaml:6:13: unknown principal `payment`; did you mean `payments`?",
            "catalog/streams.yaml:7:9: stream `a` is already at catalog/streams.yaml:2; describe it once",
            "catalog/streams.yaml:8:9: `c*d` is not a pattern: a `*` may only be the last character of a pattern; write \
             a name, a prefix such as `orders.*`, or `*`",
            "catalog/streams.yaml:10:9: unknown kind of stream `order`; use one of `command`, `event`",
            "catalog/streams.yaml:11:19: unknown classification `secret`; use one of `public`, `internal`, \
             `confidential`, `restricted`",
        ],
    );
    check_streams(
        "clusters:\n- name: main\n- name: main\nstreams:\n- name: a\n  cluster: mian\n- name: a\n  cluster: main\n",
        &[
            "catalog/streams.yaml:3:9: cluster `main` is already at catalog/streams.yaml:2; rename or remove one of them",
            "catalog/streams.yaml:6:12: unknown cluster `mian`; did you mean `main`?",
        ],
    );
}

#[test]
fn grants_to_nobody_known() {
    check_grant(
        "  to: [order, 'group:payin', paying, 'orders*', '*']\n  actions: [read]\n  topics: [t]\n",
        &[
            "policy/grants.yaml:3:8: unknown principal `order`; did you mean `orders`?",
            "policy/grants.yaml:3:15: unknown group `payin`; did you mean `paying`?",
            "policy/grants.yaml:3:30: unknown principal `paying`; write `group:paying`",
            "policy/grants.yaml:3:38: `orders*` is a wildcard, and a grant is for somebody; name the principals, or put \
             them into a group and write `group:NAME`",
            "policy/grants.yaml:3:49: `*` is a wildcard, and a grant is for somebody; name the principals, or put them \
             into a group and write `group:NAME`",
        ],
    );
}

#[test]
fn grants_that_say_less_than_they_seem_to() {
    check_grants(
        "grants:\n- name: a\n- name: a\n  to: [orders]\n  actions: [read]\n",
        &[
            "policy/grants.yaml:2:3: `actions` is missing or empty; add `actions: [read]`",
            "policy/grants.yaml:2:3: `to` is missing or empty; add `to: [orders-service]`",
            "policy/grants.yaml:2:3: grant `a` is about nothing; add `topics`, `consumer_groups`, `transactional_ids` \
             or `cluster: true`",
            "policy/grants.yaml:3:3: grant `a` is about nothing; add `topics`, `consumer_groups`, `transactional_ids` \
             or `cluster: true`",
            "policy/grants.yaml:3:9: grant `a` is already at policy/grants.yaml:2; rename or remove one of them",
        ],
    );
    check_grant(
        "  to: [orders]\n  actions: [write, reed, purge]\n  topics: [t]\n  consumer_groups: [g]\n  cluster: false\n  clusters: []\n",
        &[
            "policy/grants.yaml:4:13: action `write` does not go with `consumer_groups`; move it to a grant of its own; \
             it goes with `topics`, `transactional_ids`",
            "policy/grants.yaml:4:20: unknown action `reed`; did you mean `read`?",
            "policy/grants.yaml:4:26: action `purge` does not go with `consumer_groups`; move it to a grant of its own; \
             it goes with `topics`",
            "policy/grants.yaml:7:12: `cluster: false` means nothing; remove it",
            "policy/grants.yaml:8:13: `clusters` is empty; name a cluster, or remove `clusters` to mean all",
        ],
    );
}

#[test]
fn patterns_of_grants() {
    check_grant(
        "  to: [orders]\n  actions: [read]\n  topics: ['a*b', '**', '__*', '__cons*', '_*', '__consumer_offsets']\n",
        &[
            "policy/grants.yaml:5:12: `a*b` is not a pattern: a `*` may only be the last character of a pattern; write a \
             name, a prefix such as `orders.*`, or `*`",
            "policy/grants.yaml:5:19: `**` is not a pattern: a `*` may only be the last character of a pattern; write a \
             name, a prefix such as `orders.*`, or `*`",
            "policy/grants.yaml:5:25: `__*` would match internal names, which only a literal name grants; list the names \
             beginning with `__` one by one",
            "policy/grants.yaml:5:32: `__cons*` would match internal names, which only a literal name grants; list the \
             names beginning with `__` one by one",
        ],
    );
    let found = problems(&bundle_of(PRINCIPALS, "", "grants:\n- name: g\n  topics: [*]\n", ""));
    assert!(
        found[0].starts_with("policy/grants.yaml:3:")
            && found[0].ends_with("write a lone `*` in quotes: `\"*\"`"),
        "{found:?}"
    );
}

#[test]
fn guardrails_that_are_none() {
    check_guardrails(
        "// first\n@id(\"a\")\npermit (principal, action, resource);\n\n@id(\"b\") @because(\"x\")\nforbid (principal, action, resource);\n\
         forbid (principal, action, resource);\n@id(\"b\")\nforbid (principal, action, resource);\n",
        &[
            "policy/guardrails.cedar:2:1: a guardrail cannot permit; put what is allowed into policy/grants.yaml and write \
             `forbid` here",
            "policy/guardrails.cedar:5:1: unknown annotation `@because`; use one of `id`, `reason`, `fix`",
            "policy/guardrails.cedar:7:1: a guardrail has no usable `@id`; put `@id(\"some-name\")` in front, of letters, \
             digits, `-`, `_` and `.`",
            "policy/guardrails.cedar:8:1: guardrail `b` is there twice; give one of them another `@id`",
        ],
    );
}

#[test]
fn guardrails_that_do_not_fit_the_schema() {
    let found = problems(&bundle_of(
        PRINCIPALS,
        "",
        "",
        "@id(\"a\")\nforbid (principal, action, resource)\nwhen { principal.tenant == \"x\" };\n\
         @id(\"b\")\nforbid (principal, action == Action::\"reed\", resource);\n\
         @id(\"c\")\nforbid (principal, action, resource) when { context.hours > 3 };\n\
         @id(\"d\")\nforbid (principal, action, resource == ?resource);\n\
         @id(\"e\")\nforbid (principal, action, resource) when { \"a;b\" };\n\
         nonsense",
    ));
    assert_eq!(
        found,
        [
            "policy/guardrails.cedar:3:8: unable to guarantee safety of access to optional attribute `tenant` on entity \
             type `Principal`; try testing for the attribute's presence with `e has tenant && ..`",
            "policy/guardrails.cedar:5:30: unrecognized action `Action::\"reed\"`; did you mean `Action::\"read\"`?",
            "policy/guardrails.cedar:7:45: attribute `hours` in context not found; did you mean `hour`?",
            "policy/guardrails.cedar:9:40: not a Cedar policy: expected a static policy, got a template containing the \
             slot ?resource; try removing the template slot(s) from this policy",
            "policy/guardrails.cedar:11:45: unexpected type: expected Bool but saw String; see docs/policy.md for what a \
             guardrail may say",
            "policy/guardrails.cedar:12:9: not a Cedar policy: unexpected end of input; see docs/policy.md for what a \
             guardrail may say",
        ]
    );
}

#[test]
fn tests_that_test_nothing() {
    check_tests(
        "tests:\n- name: a\n- name: b\n  principal: orders\n  action: write\n  expect: maybe\n  topic: t\n  consumer_group: g\n\
         - name: c\n  principal: orders\n  action: purge\n  expect: refuse\n  consumer_group: g\n  time: noon\n  peer_ip: here\n  groups: [paying, nobody]\n  mechanism: magic\n",
        &[
            "policy/tests.yaml:2:3: `action` is missing; add `action:`",
            "policy/tests.yaml:2:3: `expect` is missing; add `expect:`",
            "policy/tests.yaml:2:3: `principal` is missing; add `principal:`",
            "policy/tests.yaml:3:3: test `b` names 2 resources; give one of `topic`, `consumer_group`, \
             `transactional_id` and `cluster: true`",
            "policy/tests.yaml:6:11: unknown expectation `maybe`; use one of `allow`, `refuse`",
            "policy/tests.yaml:11:11: there is no action `purge` on a group; it goes with `topic`",
            "policy/tests.yaml:14:9: `noon` is not a time; write it like `2026-01-07T12:00:00Z`",
            "policy/tests.yaml:15:12: `here` is not a network address; write one address, for example `10.1.2.3`",
            "policy/tests.yaml:16:12: group `paying` cannot come from a token; add `from_token: true` to the group, or \
             the principal to the group, in catalog/principals.yaml",
            "policy/tests.yaml:16:20: unknown group `nobody`; declare it under `groups:` in catalog/principals.yaml",
            "policy/tests.yaml:17:14: unknown mechanism `magic`; use one of `mtls`, `plain`, `scram-sha-256`, \
             `scram-sha-512`, `oauthbearer`",
        ],
    );
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("principals: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(!problems(&bundle_of(&deep, "", "", "")).is_empty());
}

#[test]
fn digests_tell_bundles_apart_and_nothing_else() {
    let digest = |sources: &BundleSources| Snapshot::compile(sources, 1).unwrap().digest();
    let mut reversed = BundleSources::new();
    let sources = example();
    let paths: Vec<&str> = sources.paths().collect();
    for path in paths.iter().rev() {
        reversed.add(*path, sources.text(path).unwrap());
    }
    assert_eq!(digest(&sources), digest(&reversed));
    let mut other = BundleSources::new();
    for path in &paths {
        let more = if *path == bundle::GRANTS { "\n" } else { "" };
        other.add(*path, format!("{}{more}", sources.text(path).unwrap()));
    }
    assert_ne!(digest(&sources), digest(&other));
}
