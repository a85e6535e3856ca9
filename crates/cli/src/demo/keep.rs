//! `--keep`: stays up after the story, with commands to try by hand.

use anyhow::{Context, Result};

use super::stage::{Stage, topics};
use crate::output::{Screen, Tone};

/// Prints commands and waits for Ctrl-C or a termination signal.
pub(crate) fn stay(stage: &Stage, screen: &mut Screen) -> Result<()> {
    stage.write_client_configurations()?;
    for line in commands(stage)? {
        match line {
            Line::Text(text) => screen.note(screen.paint(Tone::Strong, text)),
            Line::Command(command) => screen.note(format_args!("  {command}")),
        }
    }
    stage.wait_for_interruption();
    Ok(())
}

enum Line {
    Text(String),
    Command(String),
}

fn commands(stage: &Stage) -> Result<Vec<Line>> {
    let tidegate = std::env::current_exe().context("cannot find this program's own file")?;
    let tidegate = tidegate.display();
    let file = |name: &str| stage.file(&format!("clients/{name}")).display().to_string();
    let (orders, profiles) = (stage.topic(topics::ORDERS), stage.topic(topics::CUSTOMERS));
    let (group, bootstrap) = (stage.topic("billing.by-hand"), stage.bootstrap());
    let (folder, configuration) = (stage.folder().display(), stage.configuration());
    let configuration = configuration.display();
    let text = |text: &str| Line::Text(text.to_owned());
    Ok(vec![
        text("\nThe gateway stays up until Ctrl-C. The story ended with a revocation; take it back:"),
        Line::Command(format!("{tidegate} revoke billing-worker --undo --config {configuration}")),
        text("With kcat, by client certificate; the third is refused:"),
        Line::Command(format!("echo hello | kcat -F {} -P -t {orders}", file("orders-api.kcat"))),
        Line::Command(format!("kcat -F {} -C -e -t {orders}", file("billing-worker.kcat"))),
        Line::Command(format!("kcat -F {} -C -e -t {profiles}", file("search-indexer.kcat"))),
        text("With Kafka's own tools; the last shows only what the principal may see:"),
        Line::Command(format!(
            "kafka-console-producer.sh --bootstrap-server {bootstrap} --producer.config {} --topic {orders}",
            file("orders-api.properties")
        )),
        Line::Command(format!(
            "kafka-console-consumer.sh --bootstrap-server {bootstrap} --consumer.config {} --topic {orders} \
             --group {group} --from-beginning",
            file("billing-worker.properties")
        )),
        Line::Command(format!(
            "kafka-topics.sh --bootstrap-server {bootstrap} --command-config {} --list",
            file("search-indexer.properties")
        )),
        text("And the operator's side:"),
        Line::Command(format!("tail -f {}", stage.file("gateway.log").display())),
        Line::Command(format!("{tidegate} status --config {configuration}")),
        Line::Command(format!("{tidegate} revoke search-indexer --config {configuration}")),
        Line::Command(format!(
            "{tidegate} explain {folder} --principal orders-api --action read --topic {profiles}"
        )),
        Line::Command(format!("{tidegate} explain {folder} --readers {orders}")),
    ])
}
