//! Benchmarks against real brokers, by ratio: every path is measured in the same run, in turn, by the same warm client.

pub(crate) mod kafka;
mod paths;
mod report;
