//! Medians and ratios.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Produce,
    Consume,
}

impl What {
    pub(super) fn command(self) -> &'static str {
        match self {
            Self::Produce => "produce",
            Self::Consume => "consume",
        }
    }
}

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measurement {
    megabytes_per_second: f64,
    core_milliseconds_per_megabyte: Option<f64>,
}

impl Measurement {
    pub(super) fn new(megabytes: u64, seconds: f64, cpu_milliseconds: Option<f64>) -> Self {
        let megabytes = megabytes as f64;
        Self {
            megabytes_per_second: megabytes / seconds,
            core_milliseconds_per_megabyte: cpu_milliseconds.map(|cpu| cpu / megabytes),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Report {
    measurements: BTreeMap<(What, &'static str), Vec<Measurement>>,
    latencies: BTreeMap<&'static str, (f64, f64)>,
}

impl Report {
    pub(super) fn add(&mut self, path: &'static str, what: What, measurement: Measurement) {
        self.measurements.entry((what, path)).or_default().push(measurement);
    }

    pub(super) fn latency(&mut self, path: &'static str, answer: &str) -> Result<()> {
        let (p50, p99) = answer.split_once(' ').with_context(|| format!("no two latencies in `{answer}`"))?;
        self.latencies.insert(path, (p50.parse::<f64>()? / 1000.0, p99.parse::<f64>()? / 1000.0));
        Ok(())
    }

    pub(super) fn print(&self, as_json: bool) -> Result<()> {
        let rows: Vec<Value> = self.measurements.keys().map(|(what, path)| self.row(*what, path)).collect();
        if as_json {
            let latency: Vec<_> = self
                .latencies
                .iter()
                .map(|(path, (p50, p99))| json!({"path": path, "p50_ms": p50, "p99_ms": p99}))
                .collect();
            println!("{}", serde_json::to_string_pretty(&json!({"throughput": rows, "latency": latency}))?);
            return Ok(());
        }
        println!(
            "{:<8} {:<9} {:>9} {:>11} {:>11} {:>12} {:>11}",
            "what", "path", "MB/s", "of direct", "of haproxy", "core-ms/MB", "of haproxy"
        );
        for row in &rows {
            let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let number = |key: &str| {
                row.get(key).and_then(Value::as_f64).map_or("-".to_owned(), |n| format!("{n:.2}"))
            };
            println!(
                "{:<8} {:<9} {:>9} {:>11} {:>11} {:>12} {:>11}",
                text("what"),
                text("path"),
                number("mb_per_s"),
                number("throughput_of_direct"),
                number("throughput_of_haproxy"),
                number("core_ms_per_mb"),
                number("cpu_of_haproxy"),
            );
        }
        println!("\none record at a time, acknowledged, in milliseconds");
        for (path, (p50, p99)) in &self.latencies {
            println!("{path:<9} p50 {p50:>7.2}  p99 {p99:>7.2}");
        }
        Ok(())
    }

    fn row(&self, what: What, path: &'static str) -> Value {
        let throughput = |path| self.median(what, path, |m| Some(m.megabytes_per_second));
        let cpu = |path| self.median(what, path, |m| m.core_milliseconds_per_megabyte);
        json!({
            "what": what.command(),
            "path": path,
            "mb_per_s": throughput(path),
            "core_ms_per_mb": cpu(path),
            "throughput_of_direct": ratio(throughput(path), throughput("direct")),
            "throughput_of_haproxy": ratio(throughput(path), throughput("haproxy")),
            "cpu_of_haproxy": ratio(cpu(path), cpu("haproxy")),
        })
    }

    fn median(
        &self,
        what: What,
        path: &'static str,
        of: impl Fn(&Measurement) -> Option<f64>,
    ) -> Option<f64> {
        let mut values: Vec<f64> = self.measurements.get(&(what, path))?.iter().filter_map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    }
}

fn ratio(of: Option<f64>, to: Option<f64>) -> Option<f64> {
    of.zip(to).map(|(of, to)| of / to)
}
