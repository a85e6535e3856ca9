//! The JSON Schemas and the parser say the same of good and of bad bundles.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::collections::BTreeSet;

use common::{bundle_of, example};
use serde_json::Value;
use tidegate_model::{Action, BundleSources, Snapshot, bundle};

fn schema(file: &str) -> Value {
    let (_, name, text) = bundle::SCHEMAS.iter().find(|(path, ..)| *path == file).unwrap();
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Whether `value` fits `schema`: as much of JSON Schema as ours use, and a panic at anything else.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let Value::Object(rules) = schema else { return schema == &Value::Bool(true) };
    rules.iter().all(|(rule, given)| match rule.as_str() {
        "$schema" | "$defs" | "title" | "description" | "default" | "then" => true,
        "$ref" => {
            fits(root, root.pointer(given.as_str().unwrap().strip_prefix('#').unwrap()).unwrap(), value)
        }
        "type" => match given.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64(),
            other => panic!("type {other}"),
        },
        "enum" => given.as_array().unwrap().contains(value),
        "const" => given == value,
        "required" => {
            let present = |key: &Value| value.get(key.as_str().unwrap()).is_some();
            given.as_array().unwrap().iter().all(present)
        }
        "properties" => value.as_object().is_none_or(|object| {
            let described = object.iter().filter_map(|(key, value)| Some((given.get(key)?, value)));
            described.into_iter().all(|(schema, value)| fits(root, schema, value))
        }),
        "additionalProperties" => value.as_object().is_none_or(|object| {
            let described = |key: &str| rules.get("properties").is_some_and(|known| known.get(key).is_some());
            object.iter().filter(|(key, _)| !described(key)).all(|(_, value)| fits(root, given, value))
        }),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(root, given, item))),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= given.as_u64().unwrap()),
        "minLength" => {
            value.as_str().is_none_or(|text| text.chars().count() as u64 >= given.as_u64().unwrap())
        }
        "maxLength" => {
            value.as_str().is_none_or(|text| text.chars().count() as u64 <= given.as_u64().unwrap())
        }
        "pattern" => value.as_str().is_none_or(|text| matches_pattern(given.as_str().unwrap(), text)),
        "anyOf" => given.as_array().unwrap().iter().any(|schema| fits(root, schema, value)),
        "oneOf" => given.as_array().unwrap().iter().filter(|schema| fits(root, schema, value)).count() == 1,
        "if" => !fits(root, given, value) || fits(root, &rules["then"], value),
        other => panic!("the schema uses `{other}`"),
    })
}

/// The three patterns there are, by hand.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let stem = text.strip_suffix('*').unwrap_or(text);
    let one_wildcard = !text.is_empty() && !stem.contains('*');
    match pattern {
        "[^*]$" => !text.is_empty() && !text.ends_with('*'),
        r"^([^*]+\*?|\*)$" => one_wildcard,
        r"^(?!__.*\*$)([^*]+\*?|\*)$" => one_wildcard && !(text.starts_with("__") && text.ends_with('*')),
        other => panic!("pattern {other}"),
    }
}

fn as_json(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

const PRINCIPALS: &str = "groups: {g: {from_token: true}}\nprincipals: [{name: p}, {name: q}]";

fn with(file: &str, text: &str) -> BundleSources {
    let pick =
        |path: &str, other: &'static str| if path == file { text.to_owned() } else { other.to_owned() };
    let (principals, streams) = (pick(bundle::PRINCIPALS, PRINCIPALS), pick(bundle::STREAMS, ""));
    bundle_of(&principals, &streams, &pick(bundle::GRANTS, ""), "")
        .with(bundle::TESTS, pick(bundle::TESTS, ""))
}

#[test]
fn the_example_fits() {
    let sources = example();
    for (file, name, _) in bundle::SCHEMAS {
        let schema = schema(file);
        assert!(fits(&schema, &schema, &as_json(sources.text(file).unwrap())), "{file} does not fit {name}");
    }
}

#[test]
fn schemas_and_parser_agree() {
    let check = |file: &str, text: &str, good: bool| {
        let schema = schema(file);
        assert_eq!(fits(&schema, &schema, &as_json(text)), good, "the schema on {file}: {text}");
        let compiled = Snapshot::compile(&with(file, text), 1);
        assert_eq!(compiled.is_ok(), good, "the parser on {file}: {text}: {:?}", compiled.err());
    };
    let principals = |text: &str, good: bool| check(bundle::PRINCIPALS, text, good);
    principals("{}", true);
    principals("principal: []", false);
    principals("principals: {}", false);
    principals("principals: [{}]", false);
    principals("principals: [{name: ''}]", false);
    principals("principals: [{name: 5}]", false);
    principals("principals: [{name: a, kind: robot}]", false);
    principals("principals: [{name: a, disabled: 'yes'}]", false);
    principals("principals: [{name: a, tags: {a: 1}}]", false);
    principals("principals: [{name: a, tags: {a: b}, groups: [x], disabled: true}]", true);
    principals("groups: {a: {from_tokens: true}}", false);
    principals("human_access: {}", false);
    principals("human_access: {required_amr: []}", false);
    principals("human_access: {required_amr: [mfa]}", true);

    let streams = |text: &str, good: bool| check(bundle::STREAMS, text, good);
    streams("streams: [{name: 'orders.*', kind: event, regulation: [GDPR]}]", true);
    streams("streams: [{name: a, kind: command}]", false);
    streams("streams: [{name: a, kind: command, producer: p}]", true);
    streams("streams: [{name: 'a*b'}]", false);
    streams("streams: [{name: a, classification: secret}]", false);
    streams("streams: [{name: a, protection: {}}]", false);
    streams("clusters: [{environment: e}]", false);
    streams("clusters: [{name: c, environment: e}]", true);

    let grants = |text: &str, good: bool| check(bundle::GRANTS, text, good);
    let rest = "name: g, to: [p], actions: [read]";
    grants(&format!("grants: [{{{rest}, topics: [a]}}]"), true);
    grants(&format!("grants: [{{{rest}}}]"), false);
    grants(&format!("grants: [{{{rest}, topics: ['__*']}}]"), false);
    grants(&format!("grants: [{{{rest}, topics: ['*x']}}]"), false);
    grants(&format!("grants: [{{{rest}, topics: ['']}}]"), false);
    grants(&format!("grants: [{{{rest}, topics: [a], clusters: []}}]"), false);
    grants(&format!("grants: [{{{rest}, topics: [a], cluster: false}}]"), false);
    grants("grants: [{name: g, to: [], actions: [read], topics: [a]}]", false);
    grants("grants: [{name: g, to: ['*'], actions: [read], topics: [a]}]", false);
    grants("grants: [{name: g, to: ['group:g'], actions: [describe], cluster: true}]", true);
    grants("grants: [{name: g, to: [p], actions: [reed], topics: [a]}]", false);
    grants("grants: [{to: [p], actions: [read], topics: [a]}]", false);

    let tests = |text: &str, good: bool| check(bundle::TESTS, text, good);
    let rest = "name: t, principal: p, action: read, expect: refuse";
    tests(&format!("tests: [{{{rest}, topic: a}}]"), true);
    tests(&format!("tests: [{{{rest}}}]"), false);
    tests(&format!("tests: [{{{rest}, topic: a, consumer_group: b}}]"), false);
    tests(&format!("tests: [{{{rest}, topic: a, mechanism: magic}}]"), false);
    tests(&format!("tests: [{{{rest}, topic: a, credential_age_s: '1'}}]"), false);
    tests(&format!("tests: [{{{rest}, topic: a, groups: [g], credential_age_s: 1}}]"), true);
    tests("tests: [{name: t, principal: p, action: read, topic: a}]", false);
    tests("tests: [{name: t, principal: p, action: read, topic: a, expect: deny}]", false);
}

/// An unknown key is an error that lists the known ones, or the nearest; so every property must be known, and no other.
#[test]
fn every_property_is_a_key_of_the_parser() {
    for (file, pointer, prefix, suffix) in [
        (bundle::PRINCIPALS, "/properties", "", ""),
        (bundle::PRINCIPALS, "/properties/human_access/properties", "human_access: {", "}"),
        (bundle::PRINCIPALS, "/properties/groups/additionalProperties/properties", "groups: {x: {", "}}"),
        (bundle::PRINCIPALS, "/properties/principals/items/properties", "principals: [{", "}]"),
        (bundle::STREAMS, "/properties", "", ""),
        (bundle::STREAMS, "/properties/clusters/items/properties", "clusters: [{", "}]"),
        (bundle::STREAMS, "/properties/streams/items/properties", "streams: [{", "}]"),
        (bundle::GRANTS, "/properties", "", ""),
        (bundle::GRANTS, "/properties/grants/items/properties", "grants: [{", "}]"),
        (bundle::TESTS, "/properties", "", ""),
        (bundle::TESTS, "/properties/tests/items/properties", "tests: [{", "}]"),
    ] {
        let schema = schema(file);
        let properties = schema.pointer(pointer).unwrap().as_object().unwrap();
        for key in properties.keys() {
            let text = format!("{prefix}\"{key}\": null{suffix}");
            let problems = Snapshot::compile(&with(file, &text), 1).err().unwrap_or_default();
            let unknown = problems.iter().find(|problem| problem.message.starts_with("unknown key"));
            assert_eq!(unknown, None, "{file}: {text}");
        }
        let text = format!("{prefix}\"qqqqqqqqqqqqqqqqqqqqqqqq\": null{suffix}");
        let problems = Snapshot::compile(&with(file, &text), 1).unwrap_err();
        let problem = problems.iter().find(|problem| problem.message.starts_with("unknown key")).unwrap();
        let known: BTreeSet<&str> = problem.fix.split('`').skip(1).step_by(2).collect();
        assert_eq!(known, properties.keys().map(String::as_str).collect::<BTreeSet<_>>(), "{file} {pointer}");
    }
}

#[test]
fn schemas_list_every_action() {
    let actions: BTreeSet<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
    for (file, pointer) in [
        (bundle::GRANTS, "/properties/grants/items/properties/actions/items/enum"),
        (bundle::TESTS, "/properties/tests/items/properties/action/enum"),
    ] {
        let schema = schema(file);
        let listed = schema.pointer(pointer).unwrap().as_array().unwrap();
        assert_eq!(
            listed.iter().map(|name| name.as_str().unwrap()).collect::<BTreeSet<_>>(),
            actions,
            "{file}"
        );
    }
}
