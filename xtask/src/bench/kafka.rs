//! One Kafka broker reached directly, through haproxy, and through Tidegate: throughput, latency, and CPU per megabyte.
//!
//! Client, broker and proxy share the machine's cores, so throughput follows the CPU that a proxy takes. haproxy decrypts and encrypts
//! as Tidegate does and decides nothing: it is the practical limit.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use tidegate_testkit::kafka::{Cluster, Version};
use tidegate_testkit::{kafka, maven};

use super::paths::{Paths, TOPIC};
use super::report::{Measurement, Report, What};

/// How much is measured.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Options {
    /// How many times each path is measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Megabytes per measurement
    #[arg(long, default_value_t = 200)]
    megabytes: u64,
    /// Records sent one by one for latency
    #[arg(long, default_value_t = 500)]
    records: u64,
    /// Print one JSON object instead of tables
    #[arg(long)]
    json: bool,
}

/// The most that one run may send, in megabytes, so that a mistyped number ends.
const MOST_MEGABYTES: u64 = 20_000;

/// Runs the benchmark.
pub(crate) fn run(options: Options) -> Result<()> {
    let total = options.rounds as u64 * options.megabytes * 6;
    ensure!(total <= MOST_MEGABYTES, "this would send {total} MB; the limit is {MOST_MEGABYTES}");
    let paths = Paths::start()?;
    let mut load = Load::start(paths.cluster())?;
    for path in paths.all() {
        load.ask(&format!("open {} {} {TOPIC}", path.name, path.properties.display()))?;
        eprintln!("warming up {}", path.name);
        load.seconds(&format!("produce {} {}", path.name, options.megabytes))?;
        load.seconds(&format!("consume {} {}", path.name, options.megabytes))?;
    }
    let mut report = Report::default();
    for round in 0..options.rounds {
        eprintln!("round {} of {}", round + 1, options.rounds);
        for what in [What::Produce, What::Consume] {
            measure(&paths, &mut load, &mut report, what, (round, options.megabytes))?;
        }
    }
    for path in paths.all() {
        let answer = load.ask(&format!("latency {} {}", path.name, options.records))?;
        report.latency(path.name, &answer)?;
    }
    report.print(options.json)
}

fn measure(
    paths: &Paths,
    load: &mut Load,
    report: &mut Report,
    what: What,
    (round, megabytes): (usize, u64),
) -> Result<()> {
    let mut order: Vec<_> = paths.all().collect();
    // Another path goes first each round, so that none has the quieter place.
    let count = order.len();
    order.rotate_left(round % count);
    for path in order {
        let before = path.cpu_milliseconds()?;
        let seconds = load.seconds(&format!("{} {} {megabytes}", what.command(), path.name))?;
        let cpu = path.cpu_milliseconds()?.zip(before).map(|(after, before)| after - before);
        report.add(path.name, what, Measurement::new(megabytes, seconds, cpu));
    }
    Ok(())
}

/// The Java process that produces and consumes.
struct Load {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Load {
    fn start(cluster: &Cluster) -> Result<Self> {
        let sources = crate::root()?.join("bench/kafka/java");
        let classpath = kafka::classpath(Version::CURRENT)?;
        let classes = maven::compile(&sources, &classpath)?;
        let mut child = Command::new("java")
            .args(["-Xmx1g", "-XX:+UseParallelGC", "-cp"])
            .arg(format!("{}:{classpath}", classes.display()))
            .arg("Load")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start the load generator for {:?}", cluster.version()))?;
        let commands = child.stdin.take().context("no input")?;
        let answers = BufReader::new(child.stdout.take().context("no output")?);
        Ok(Self { child, commands, answers })
    }

    fn ask(&mut self, command: &str) -> Result<String> {
        writeln!(self.commands, "{command}")?;
        self.commands.flush()?;
        let mut answer = String::new();
        if self.answers.read_line(&mut answer)? == 0 {
            bail!("the load generator ended at `{command}`");
        }
        let answer = answer.trim().to_owned();
        ensure!(!answer.starts_with("error"), "`{command}` failed: {answer}");
        Ok(answer)
    }

    fn seconds(&mut self, command: &str) -> Result<f64> {
        let answer = self.ask(command)?;
        answer.parse().with_context(|| format!("`{command}` answered `{answer}`"))
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
