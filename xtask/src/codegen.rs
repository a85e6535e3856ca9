//! Writes `crates/wire/src/kafka/generated` from the message definitions inside Apache Kafka's client library.

mod definitions;
mod emit;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The release whose definitions the gateway speaks. A newer one is a change here and a re-run.
const KAFKA: &str = "4.3.1";
const SLF4J: &str = "1.7.36";
const TARGET: &str = "crates/wire/src/kafka/generated";

/// Regenerates the tables, or with `check` fails when the checked-in ones differ from what would be written.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = workspace_root()?;
    let library = definitions::read(&dump(&root)?).context("reading the definitions of kafka-clients")?;
    let files = format(&root, emit::files(&library, KAFKA)?)?;
    let target = root.join(TARGET);
    if check { compare(&target, &files) } else { write(&target, &files) }
}

/// File name to content.
type Files = BTreeMap<String, String>;

fn workspace_root() -> Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(manifest.parent().context("xtask has no parent folder")?.to_path_buf())
}

/// What `Definitions.java` prints.
fn dump(root: &Path) -> Result<Vec<u8>> {
    let classpath = tidegate_testkit::maven::classpath(&[
        &format!("org.apache.kafka:kafka-clients:{KAFKA}"),
        &format!("org.slf4j:slf4j-nop:{SLF4J}"),
    ])?;
    let output = Command::new("java")
        .args(["-cp", &classpath])
        .arg(root.join("conformance/kafka/oracle/Definitions.java"))
        .stderr(Stdio::inherit())
        .output()
        .context("running `java`; install a JDK of version 17 or later")?;
    ensure!(output.status.success(), "Definitions.java ended with {}", output.status);
    Ok(output.stdout)
}

fn format(root: &Path, files: Files) -> Result<Files> {
    let mut formatted = Files::new();
    for (name, text) in files {
        let text = if name.ends_with(".rs") { rustfmt(root, &text)? } else { text };
        formatted.insert(name, text);
    }
    Ok(formatted)
}

fn rustfmt(root: &Path, text: &str) -> Result<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("running `rustfmt`; install it with `rustup component add rustfmt`")?;
    let mut stdin = child.stdin.take().context("rustfmt has no standard input")?;
    // rustfmt reads everything before it writes anything, so this cannot block on a full pipe.
    stdin.write_all(text.as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt ended with {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn write(target: &Path, files: &Files) -> Result<()> {
    fs::create_dir_all(target)?;
    for name in existing(target)? {
        if !files.contains_key(&name) {
            fs::remove_file(target.join(&name))?;
        }
    }
    for (name, text) in files {
        if fs::read_to_string(target.join(name)).ok().as_ref() != Some(text) {
            fs::write(target.join(name), text)?;
        }
    }
    println!("{} files in {TARGET}", files.len());
    Ok(())
}

fn compare(target: &Path, files: &Files) -> Result<()> {
    let mut stale: Vec<String> =
        existing(target)?.into_iter().filter(|name| !files.contains_key(name)).collect();
    for (name, text) in files {
        if fs::read_to_string(target.join(name)).ok().as_ref() != Some(text) {
            stale.push(name.clone());
        }
    }
    if stale.is_empty() {
        println!("{TARGET} is current ({} files, Kafka {KAFKA})", files.len());
        return Ok(());
    }
    bail!(
        "{TARGET} is not what the definitions of Kafka {KAFKA} give: {}; run `cargo xtask codegen`",
        stale.join(", ")
    )
}

fn existing(target: &Path) -> Result<Vec<String>> {
    if !target.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(target)?.collect::<std::io::Result<Vec<_>>>()?;
    Ok(entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}
