//! `--keep`: stays up after the story, with commands to try by hand.

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};

use super::stage::{Stage, topics};
use crate::output::{Screen, Tone};

/// Prints commands and waits for Ctrl-C or a termination signal.
pub(crate) fn stay(stage: &Stage, screen: &mut Screen) -> Result<()> {
    stage.write_client_configurations()?;
    for line in commands(stage) {
        match line {
            Line::Text(text) => screen.note(screen.paint(Tone::Strong, text)),
            Line::Command(command) => screen.note(format_args!("  {command}")),
        }
    }
    stage.runtime().block_on(async {
        let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for Ctrl-C")?;
        let mut terminate = signal(SignalKind::terminate()).context("cannot wait for a signal")?;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

enum Line {
    Text(String),
    Command(String),
}

fn commands(stage: &Stage) -> Vec<Line> {
    let file = |name: &str| stage.file(&format!("clients/{name}")).display().to_string();
    let (orders, profiles) = (stage.topic(topics::ORDERS), stage.topic(topics::CUSTOMERS));
    let (group, bootstrap) = (stage.topic("billing.by-hand"), stage.bootstrap());
    let text = |text: &str| Line::Text(text.to_owned());
    vec![
        text("\nThe gateway stays up until Ctrl-C. With kcat, by client certificate:"),
        Line::Command(format!("echo hello | kcat -F {} -P -t {orders}", file("orders-api.kcat"))),
        Line::Command(format!("kcat -F {} -C -e -t {orders}", file("search-indexer.kcat"))),
        Line::Command(format!("kcat -F {} -C -e -t {profiles}", file("search-indexer.kcat"))),
        text("With Kafka's own tools:"),
        Line::Command(format!(
            "kafka-console-producer.sh --bootstrap-server {bootstrap} --producer.config {} --topic {orders}",
            file("orders-api.properties")
        )),
        Line::Command(format!(
            "kafka-console-consumer.sh --bootstrap-server {bootstrap} --consumer.config {} --topic {orders} \
             --group {group} --from-beginning",
            file("payments-worker.properties")
        )),
        Line::Command(format!(
            "kafka-topics.sh --bootstrap-server {bootstrap} --command-config {} --list",
            file("orders-api.properties")
        )),
        text("And the operator's side:"),
        Line::Command(format!("tail -f {}", stage.file("gateway.log").display())),
        Line::Command(format!("tidegate revoke search-indexer --config {}", stage.configuration().display())),
        Line::Command(format!(
            "tidegate explain {} --principal orders-api --action read --topic {profiles}",
            stage.folder().display()
        )),
        Line::Command(format!("tidegate explain {} --readers {orders}", stage.folder().display())),
    ]
}
