//! The commands that work on a bundle, run as an operator runs them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

struct Outcome {
    code: i32,
    out: String,
    error: String,
}

impl Outcome {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in: {}", self.out))
    }
}

fn tidegate(folder: &Path, arguments: &[&str]) -> Outcome {
    tidegate_with_input(folder, arguments, "")
}

fn tidegate_with_input(folder: &Path, arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may be gone before it is written to.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder with a fresh bundle in `gateway/`.
fn bundle(options: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let arguments: Vec<_> = ["init", "gateway"].iter().chain(options).copied().collect();
    let outcome = tidegate(folder.path(), &arguments);
    assert_eq!(outcome.code, 0, "{}", outcome.error);
    folder
}

fn edit(folder: &TempDir, file: &str, from: &str, to: &str) {
    let path = folder.path().join("gateway").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn commands() -> Vec<Vec<&'static str>> {
    let mut commands = vec![
        vec!["init"],
        vec!["check"],
        vec!["test"],
        vec!["explain"],
        vec!["up"],
        vec!["status"],
        vec!["reload"],
        vec!["drain"],
        vec!["revoke"],
        vec!["user"],
        vec!["user", "add"],
        vec!["user", "rotate"],
        vec!["user", "list"],
        vec!["user", "disable"],
        vec!["user", "enable"],
    ];
    if cfg!(feature = "sandbox") {
        commands.push(vec!["demo"]);
    }
    commands
}

#[test]
fn every_help_has_an_example_that_names_the_command() {
    let folder = TempDir::new().unwrap();
    for mut command in commands() {
        let name = format!("tidegate {}", command.join(" "));
        command.push("--help");
        let outcome = tidegate(folder.path(), &command);
        assert_eq!(outcome.code, 0, "{name}");
        let examples = outcome.out.split_once("Example").map(|(_, examples)| examples).unwrap_or_default();
        assert!(examples.contains(&name), "the help of `{name}` has no example: {}", outcome.out);
    }
}

#[test]
fn the_list_of_commands_in_the_tests_is_complete() {
    let folder = TempDir::new().unwrap();
    let help = tidegate(folder.path(), &["--help"]).out;
    let listed = help.split_once("Commands:").unwrap().1.split_once("Options:").unwrap().0;
    let listed: Vec<_> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    for name in &listed {
        assert!(commands().iter().any(|command| command[0] == *name), "`{name}` is in no test");
    }
    assert!(listed.len() >= 9, "{help}");
}

#[test]
fn a_fresh_bundle_is_free_of_problems_and_its_own_tests_pass() {
    for options in [&["--dangerous-plaintext"][..], &[], &["--broker", "1=a:9093", "--broker", "7=b:9093"]] {
        let folder = bundle(options);
        let check = tidegate(folder.path(), &["check", "gateway"]);
        assert_eq!(check.code, 0, "{options:?}: {}{}", check.out, check.error);
        let test = tidegate(folder.path(), &["test", "gateway"]);
        assert_eq!(test.code, 0, "{options:?}: {}{}", test.out, test.error);
        assert!(test.out.contains("8 passed, 0 failed"), "{}", test.out);
    }
}

#[test]
fn init_overwrites_nothing_and_keeps_keys_from_others() {
    let folder = bundle(&[]);
    let again = tidegate(folder.path(), &["init", "gateway"]);
    assert_eq!(again.code, 1);
    assert!(again.error.contains("exists already"), "{}", again.error);
    for entry in fs::read_dir(folder.path().join("gateway/pki")).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let secret = name.ends_with(".key") || name.ends_with(".keystore.pem") || name.ends_with(".password");
        assert_eq!(mode, if secret { 0o600 } else { 0o644 }, "{name}");
    }
    let mode = fs::metadata(folder.path().join("gateway/pki")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[test]
fn init_refuses_brokers_that_cannot_be() {
    let folder = TempDir::new().unwrap();
    for (options, expected) in [
        (&["--broker", "broker:9092"][..], "is not `ID=HOST:PORT`"),
        (&["--broker", "1=a:1", "--broker", "1=b:1"], "two brokers have the same id"),
        (&["--port", "0"], "0 is not in 1..=65535"),
        (&["--port", "65535"], "not enough ports"),
    ] {
        let arguments: Vec<_> = ["init", "gateway"].iter().chain(options).copied().collect();
        let outcome = tidegate(folder.path(), &arguments);
        assert_ne!(outcome.code, 0, "{options:?}");
        assert!(outcome.error.contains(expected), "{options:?}: {}", outcome.error);
        assert!(!folder.path().join("gateway/tidegate.yaml").exists(), "{options:?}");
    }
}

#[test]
fn check_names_every_problem_of_every_file_with_its_place_and_a_fix() {
    let folder = bundle(&[]);
    edit(&folder, "tidegate.yaml", "client_certificate: optional", "client_certificate: perhaps");
    edit(&folder, "policy/grants.yaml", "to: [orders-service]", "to: [orders-servise]");
    edit(&folder, "catalog/streams.yaml", "kind: command", "kind: order");
    let outcome = tidegate(folder.path(), &["check", "gateway"]);
    assert_eq!(outcome.code, 1);
    for expected in [
        "tidegate.yaml:",
        "policy/grants.yaml:",
        "catalog/streams.yaml:",
        "fix: did you mean `orders-service`",
    ] {
        assert!(outcome.out.contains(expected), "no `{expected}` in: {}", outcome.out);
    }
    let outcome = tidegate(folder.path(), &["check", "gateway", "--output", "json"]);
    assert_eq!(outcome.code, 1);
    let problems = outcome.json()["problems"].as_array().unwrap().clone();
    assert!(problems.len() >= 3, "{problems:?}");
    for problem in problems {
        assert!(problem["line"].as_u64().unwrap() > 0, "{problem}");
        assert_ne!(problem["fix"], "", "{problem}");
    }
}

#[test]
fn dangerous_settings_are_findings_and_only_count_where_asked() {
    let folder = bundle(&["--dangerous-plaintext"]);
    let check = |options: &[&str]| {
        let arguments: Vec<_> = ["check", "gateway"].iter().chain(options).copied().collect();
        tidegate(folder.path(), &arguments)
    };
    let plain = check(&[]);
    assert_eq!(plain.code, 0);
    assert!(plain.out.contains("dangerous cluster main: `dangerous_plaintext`"), "{}", plain.out);
    assert_eq!(check(&["--exit-code"]).code, 2);
    let dangers = check(&["--output", "json"]).json()["dangers"].as_array().unwrap().len();
    assert_eq!(dangers, 2);
    let safe = bundle(&[]);
    assert_eq!(tidegate(safe.path(), &["check", "gateway", "--exit-code"]).code, 0);
}

#[test]
fn check_reads_the_files_that_the_configuration_names() {
    let folder = bundle(&[]);
    let path = |name: &str| folder.path().join("gateway").join(name);
    let check = || tidegate(folder.path(), &["check", "gateway"]);
    let key = fs::read(path("pki/gateway.key")).unwrap();
    fs::remove_file(path("pki/brokers-ca.pem")).unwrap();
    fs::write(path("pki/gateway.key"), "no key").unwrap();
    fs::set_permissions(path("run/users.yaml"), fs::Permissions::from_mode(0o644)).unwrap();
    let refused = |expected: &str| {
        let outcome = check();
        assert_eq!(outcome.code, 1, "{}", outcome.out);
        assert!(outcome.out.contains(expected), "no `{expected}` in: {}", outcome.out);
    };
    refused("brokers-ca.pem");
    fs::copy(path("pki/ca.pem"), path("pki/brokers-ca.pem")).unwrap();
    refused("gateway.key");
    fs::copy(path("pki/orders-service.key"), path("pki/gateway.key")).unwrap();
    refused("do not fit together");
    fs::write(path("pki/gateway.key"), key).unwrap();
    refused("open to others than its owner");
    let told = tidegate(folder.path(), &["check", "gateway", "--output", "json"]).json();
    assert_eq!(told["unusable"].as_array().unwrap().len(), 1, "{told}");
    fs::set_permissions(path("run/users.yaml"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(check().code, 0);
}

#[test]
fn a_file_that_nobody_reads_is_a_problem() {
    let folder = bundle(&[]);
    fs::write(folder.path().join("gateway/policy/grant.yaml"), "").unwrap();
    let outcome = tidegate(folder.path(), &["check", "gateway"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("policy/grant.yaml"), "{}", outcome.out);
}

#[test]
fn a_test_that_expects_another_answer_fails_with_the_reason() {
    let folder = bundle(&[]);
    edit(&folder, "policy/grants.yaml", "topics: [orders.placed]", "topics: [orders.shipped]");
    let outcome = tidegate(folder.path(), &["test", "gateway"]);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.contains("failed billing reads placed orders (policy/tests.yaml:"),
        "{}",
        outcome.out
    );
    assert!(outcome.out.contains("no grant lets `billing-service` read"), "{}", outcome.out);
    assert!(outcome.out.contains("7 passed, 1 failed"), "{}", outcome.out);
    let outcome = tidegate(folder.path(), &["test", "gateway", "--output", "json"]);
    assert_eq!(outcome.code, 1);
    let failed = outcome.json().as_array().unwrap().iter().filter(|test| test["passed"] == false).count();
    assert_eq!(failed, 1);
}

#[test]
fn explain_gives_the_verdict_and_the_rule_behind_it() {
    let folder = bundle(&[]);
    let explain = |question: &[&str]| {
        let arguments: Vec<_> = ["explain", "gateway"].iter().chain(question).copied().collect();
        tidegate(folder.path(), &arguments)
    };
    let cases: &[(&[&str], &str, &str)] = &[
        (
            &["--principal", "billing-service", "--action", "read", "--topic", "orders.placed"],
            "allow:",
            "policy/grants.yaml:",
        ),
        (
            &["--principal", "billing-service", "--action", "write", "--topic", "orders.placed"],
            "refuse:",
            "no grant lets",
        ),
        (
            &["--principal", "orders-service", "--action", "read", "--group", "billing.x"],
            "refuse:",
            "no grant lets",
        ),
        (
            &["--principal", "nobody", "--action", "read", "--topic", "orders.placed"],
            "refuse:",
            "is not in the catalog",
        ),
        (&["--principal", "orders-service", "--action", "alter", "--cluster"], "refuse:", "no grant lets"),
        (
            &[
                "--principal",
                "orders-service",
                "--action",
                "write",
                "--topic",
                "orders.placed",
                "--credential-age",
                "7776001",
            ],
            "refuse:",
            "guardrail `credential-age`",
        ),
    ];
    for (question, verdict, because) in cases {
        let outcome = explain(question);
        assert_eq!(outcome.code, 0, "{question:?}: {}", outcome.error);
        assert!(outcome.out.starts_with(verdict), "{question:?}: {}", outcome.out);
        assert!(outcome.out.contains(because), "{question:?}: {}", outcome.out);
    }
    let refused = cases[1].0;
    let with_code: Vec<_> = refused.iter().chain(&["--exit-code"]).copied().collect();
    assert_eq!(explain(&with_code).code, 2);
    let json: Vec<_> = refused.iter().chain(&["--output", "json"]).copied().collect();
    let answer = explain(&json).json();
    assert_eq!(answer["verdict"], "refuse");
    assert_eq!(answer["reasons"][0]["class"], "no_grant");
}

#[test]
fn explain_refuses_questions_that_make_no_sense() {
    let folder = bundle(&[]);
    for (question, expected) in [
        (&["--principal", "orders-service"][..], "--action"),
        (&["--principal", "orders-service", "--action", "read"], "--topic"),
        (&["--principal", "orders-service", "--action", "reed", "--topic", "x"], "unknown action"),
        (
            &["--principal", "orders-service", "--action", "purge", "--group", "x"],
            "`purge` is an action on: topic",
        ),
        (
            &["--principal", "orders-service", "--action", "read", "--topic", "x", "--group", "y"],
            "cannot be used with",
        ),
        (
            &["--principal", "orders-service", "--action", "read", "--topic", "x", "--at", "noon"],
            "not a time",
        ),
        (&["--readers", "x", "--principal", "orders-service"], "cannot be used with"),
    ] {
        let arguments: Vec<_> = ["explain", "gateway"].iter().chain(question).copied().collect();
        let outcome = tidegate(folder.path(), &arguments);
        assert_ne!(outcome.code, 0, "{question:?}");
        assert!(outcome.error.contains(expected), "{question:?}: {}", outcome.error);
    }
}

#[test]
fn readers_of_a_stream_are_listed_with_the_grant_that_lets_them() {
    let folder = bundle(&[]);
    let outcome = tidegate(folder.path(), &["explain", "gateway", "--readers", "orders.placed"]);
    assert_eq!(outcome.code, 0, "{}", outcome.error);
    assert!(
        outcome.out.contains("billing-service") && outcome.out.contains("policy/grants.yaml:"),
        "{}",
        outcome.out
    );
    assert!(!outcome.out.contains("orders-service"), "{}", outcome.out);
    let outcome = tidegate(folder.path(), &["explain", "gateway", "--readers", "billing.charge"]);
    assert!(outcome.out.contains("no grant lets anybody read `billing.charge`"), "{}", outcome.out);
    let outcome =
        tidegate(folder.path(), &["explain", "gateway", "--readers", "orders.placed", "--output", "json"]);
    assert_eq!(outcome.json()[0]["principal"], "billing-service");
}

#[test]
fn users_are_added_rotated_disabled_and_listed_without_a_password_in_sight() {
    let folder = bundle(&[]);
    let user = |arguments: &[&str], input: &str| {
        let arguments: Vec<_> =
            ["user"].iter().chain(arguments).chain(&["--config", "gateway/tidegate.yaml"]).copied().collect();
        tidegate_with_input(folder.path(), &arguments, input)
    };
    let added = user(&["add", "billing-service", "--generate", "first.password"], "");
    assert_eq!(added.code, 0, "{}", added.error);
    let password = fs::read_to_string(folder.path().join("first.password")).unwrap();
    assert!(password.len() >= 32, "a short password");
    assert!(!added.out.contains(&password) && !added.error.contains(&password));
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("first.password"), 0o600);
    assert_eq!(mode("gateway/run/users.yaml"), 0o600);
    let store = fs::read_to_string(folder.path().join("gateway/run/users.yaml")).unwrap();
    assert!(!store.contains(&password));

    assert_eq!(user(&["rotate", "billing-service", "--password-stdin"], "a password long enough\n").code, 0);
    assert_eq!(user(&["disable", "billing-service"], "").code, 0);
    let listed = user(&["list", "--output", "json"], "").json();
    assert_eq!(listed[0]["name"], "billing-service");
    assert_eq!(listed[0]["standing"], "disabled");
    assert_eq!(listed[0]["generation"], 2);
    assert_eq!(user(&["enable", "billing-service"], "").code, 0);
    let table = user(&["list"], "").out;
    assert!(table.contains("NAME") && table.contains("active"), "{table}");
}

#[test]
fn user_commands_that_cannot_be_done_change_nothing() {
    let folder = bundle(&[]);
    let user = |arguments: &[&str], input: &str| {
        let arguments: Vec<_> =
            ["user"].iter().chain(arguments).chain(&["--config", "gateway/tidegate.yaml"]).copied().collect();
        tidegate_with_input(folder.path(), &arguments, input)
    };
    assert_eq!(user(&["add", "known", "--password-stdin"], "a password long enough").code, 0);
    let before = fs::read_to_string(folder.path().join("gateway/run/users.yaml")).unwrap();
    fs::write(folder.path().join("taken"), "mine").unwrap();
    for (arguments, input, expected) in [
        (
            &["add", "known", "--password-stdin"][..],
            "a password long enough",
            "there is a user `known` already",
        ),
        (&["add", "new", "--password-stdin"], "short", "a password has"),
        (&["add", "new", "--generate", "taken"], "", "cannot create `taken`"),
        (&["add", "new"], "", "--generate"),
        (&["rotate", "unknown", "--generate", "x.password"], "", "there is no user `unknown`"),
        (&["disable", "unknown"], "", "there is no user `unknown`"),
        (&["enable", "unknown"], "", "there is no user `unknown`"),
        (&["list", "--listener", "elsewhere"], "", "has `users`"),
    ] {
        let outcome = user(arguments, input);
        assert_ne!(outcome.code, 0, "{arguments:?}");
        assert!(outcome.error.contains(expected), "{arguments:?}: {}", outcome.error);
    }
    assert_eq!(fs::read_to_string(folder.path().join("gateway/run/users.yaml")).unwrap(), before);
    assert_eq!(fs::read_to_string(folder.path().join("taken")).unwrap(), "mine");
    assert!(!folder.path().join("x.password").exists(), "the password of a failed rotation is left over");
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    let folder = bundle(&[]);
    for arguments in [&["check", "gateway"][..], &["test", "gateway"]] {
        assert!(!tidegate(folder.path(), arguments).out.contains('\x1b'), "{arguments:?}");
        let coloured: Vec<_> = arguments.iter().chain(&["--color", "always"]).copied().collect();
        assert!(tidegate(folder.path(), &coloured).out.contains('\x1b'), "{arguments:?}");
    }
}

#[test]
fn a_folder_that_is_no_bundle_is_an_error_that_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    for arguments in [&["check", "missing"][..], &["test", "missing"]] {
        let outcome = tidegate(folder.path(), arguments);
        assert_eq!(outcome.code, 1);
        assert!(outcome.error.contains("tidegate init"), "{}", outcome.error);
    }
    let outcome = tidegate(folder.path(), &["check", "."]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("tidegate init"), "{}", outcome.out);
}

#[test]
fn the_page_of_commands_knows_every_command_and_option() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    let page = fs::read_to_string(page).unwrap();
    let folder = TempDir::new().unwrap();
    for command in commands() {
        let name = format!("`tidegate {}", command.join(" "));
        assert!(page.contains(&name), "no {name} in docs/commands.md");
        let arguments: Vec<_> = command.iter().chain(&["--help"]).copied().collect();
        let help = tidegate(folder.path(), &arguments).out;
        let options = help.split_once("Options:").unwrap().1.split_once("Example").unwrap().0;
        let options = options.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
        for option in
            options.map(|option| option.split([' ', '=']).next().unwrap()).filter(|option| *option != "color")
        {
            assert!(page.contains(&format!("`--{option}")), "no `--{option}` of {name} in docs/commands.md");
        }
    }
}
