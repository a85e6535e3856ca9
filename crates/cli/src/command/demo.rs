//! `tidegate demo`: the whole of it in a minute, with nothing installed.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::Exit;
use crate::demo::{self, Settings};
use crate::output::{Format, Screen};

/// See attacks on a bare broker succeed, and fail through the gateway
///
/// Starts a sandbox broker of three nodes, makes an authority, credentials and a bundle in a temporary folder, puts the
/// gateway in front, and plays a story with real Kafka clients. With `--bootstrap` it plays on a cluster of yours: in
/// topics of its own, which it deletes afterwards.
#[derive(Args)]
#[command(after_help = "Examples:
  tidegate demo
  tidegate demo --keep
  tidegate demo --bootstrap broker-1.internal:9093 --upstream-config cluster.properties

`--upstream-config` takes librdkafka's properties, one `name=value` a line:
  security.protocol=sasl_ssl
  ssl.ca.location=ca.pem
  sasl.mechanism=SCRAM-SHA-512
  sasl.username=tidegate
  sasl.password=...")]
pub(crate) struct Demo {
    /// Play on this cluster instead of the sandbox
    #[arg(long, value_name = "HOST:PORT")]
    bootstrap: Option<String>,
    /// How to reach that cluster: a file of librdkafka properties, with the credential the gateway is to use
    #[arg(long, value_name = "FILE", requires = "bootstrap")]
    upstream_config: Option<PathBuf>,
    /// Stay up afterwards, and print commands to try by hand
    #[arg(long)]
    keep: bool,
    /// How to tell the story; `json` prints one line per attempt
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

impl Demo {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        let settings = Settings {
            format: self.output,
            keep: self.keep,
            bootstrap: self.bootstrap,
            upstream_config: self.upstream_config,
        };
        demo::run(&settings, screen)
    }
}
