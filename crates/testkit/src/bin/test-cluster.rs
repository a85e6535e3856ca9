//! Starts a Kafka cluster, prints where it is, and keeps it until standard input ends or the process is killed.
//!
//! Arguments, in any order: `secured`, `older`.

use std::io::{Read, Write, stdin, stdout};

use anyhow::{Result, bail};
use tidegate_testkit::kafka::{Cluster, Listener, SHARED_USERS, Version};

fn main() -> Result<()> {
    let mut builder = Cluster::builder();
    let mut listener = Listener::Plain;
    for argument in std::env::args().skip(1) {
        builder = match argument.as_str() {
            "older" => builder.version(Version::OLDER),
            "secured" => {
                listener = Listener::Sasl;
                SHARED_USERS
                    .iter()
                    .fold(builder.secured(), |builder, (name, password)| builder.user(name, password))
            }
            other => bail!("`{other}` is neither `secured` nor `older`"),
        };
    }
    let cluster = builder.start()?;
    let mut out = stdout();
    writeln!(out, "{}", cluster.bootstrap(listener))?;
    writeln!(out, "{}", cluster.authority_file().display())?;
    out.flush()?;
    stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
