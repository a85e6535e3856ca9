//! kcat as Debian 12 has it, with the librdkafka of its day.

use std::time::Duration;

use serde_json::Value;
use tidegate_testkit::process::{Finished, Program};

use crate::world::{Mode, Target, World, world};

/// That librdkafka repeats its own nonce in the last SCRAM message, which Kafka 4 refuses.
fn knows_how_to(mechanism: &str, target: &Target) -> bool {
    !mechanism.starts_with("SCRAM") || (target.mode == Mode::Relay && !target.is_current())
}

#[test]
fn kcat() {
    let world = world();
    for target in &world.targets {
        let topic = format!("a-kcat-{}", target.name());
        let known = format!("c-kcat-{}", target.name());
        let admin = world.cluster(target.version).admin().unwrap();
        admin.create_topic(&topic, 1).unwrap();
        admin.create_topic(&known, 1).unwrap();
        for mechanism in target.mechanisms() {
            if mechanism != "OAUTHBEARER" && knows_how_to(mechanism, target) {
                works(world, target, mechanism, &topic, &known);
            }
        }
        assert_eq!(admin.end_offsets(&known).unwrap(), [0], "{known} was written to");
    }
}

fn works(world: &World, target: &Target, mechanism: &str, topic: &str, known: &str) {
    let caller = world.caller(target, "alice", mechanism);
    let run = |arguments: &[&str], input: &str| kcat_as(world, &caller, arguments, input);
    let who = format!("{} with {mechanism}", target.name());
    let sent = run(&["-P", "-t", topic], &format!("{mechanism}\n"));
    assert!(sent.is_success(), "{who} produces: {}", sent.output());
    let read = run(&["-C", "-t", topic, "-e", "-q", "-o", "beginning"], "");
    assert!(read.is_success() && read.stdout.contains(mechanism), "{who} consumes: {}", read.output());
    let listed = run(&["-L"], "");
    assert!(listed.is_success() && listed.stdout.contains(topic), "{who} lists: {}", listed.output());
    for refused in [run(&["-P", "-t", known], "x\n"), run(&["-C", "-t", known, "-e"], "")] {
        let named = refused.output().contains("Topic authorization failed");
        assert!(!refused.is_success() && named, "{who} is refused: {}", refused.output());
    }
}

fn kcat_as(world: &World, caller: &Value, arguments: &[&str], input: &str) -> Finished {
    let text = |name: &str| caller[name].as_str().unwrap().to_owned();
    let mut settings = vec![format!("ssl.ca.location={}", text("ca")), "message.timeout.ms=10000".to_owned()];
    match text("mechanism").as_str() {
        "MTLS" => settings.extend([
            "security.protocol=ssl".to_owned(),
            format!("ssl.certificate.location={}", text("certificate")),
            format!("ssl.key.location={}", text("key")),
        ]),
        mechanism => settings.extend([
            "security.protocol=sasl_ssl".to_owned(),
            format!("sasl.mechanism={mechanism}"),
            format!("sasl.username={}", text("username")),
            format!("sasl.password={}", text("password")),
        ]),
    }
    let mut program = Program::new("kcat").args(["-m", "10", "-b"]).arg(text("bootstrap"));
    for setting in settings {
        program = program.args(["-X", &setting]);
    }
    let finished = program.args(arguments).input(input).timeout(Duration::from_secs(30)).run().unwrap();
    world.assert_no_upstream_address(&finished.output());
    finished
}
