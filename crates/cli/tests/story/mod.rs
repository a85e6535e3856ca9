//! Reading what `tidegate demo --output json` tells.

use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;

/// One attempt.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) scenario: String,
    pub(crate) expected: String,
    pub(crate) observed: String,
    pub(crate) ok: bool,
}

/// Runs the demo and reads what it told. It must have ended well and in time.
pub(crate) fn lines(command: &mut Command) -> Vec<Line> {
    let began = Instant::now();
    let output = command.output().unwrap();
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{}\n{out}\n{error}", output.status);
    assert!(began.elapsed() < LIMIT, "the demo took {:?}", began.elapsed());
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Every attack is there, at the bare broker first.
pub(crate) fn check_order(told: &[Line]) {
    let at = |scenario: String| {
        let place = told.iter().position(|line| line.scenario == scenario);
        place.unwrap_or_else(|| panic!("no `{scenario}`"))
    };
    for right in ["right-producer", "right-consumer", "right-token"] {
        at(format!("{right}/gateway"));
    }
    for attack in [
        "spoofed-producer",
        "unauthorised-consumer",
        "lateral-move",
        "anonymous-client",
        "stolen-token",
        "revoked-principal",
    ] {
        assert!(at(format!("{attack}/bare-broker")) < at(format!("{attack}/gateway")), "{attack}");
    }
}

const LIMIT: Duration = Duration::from_secs(120);
