//! One broker process.

use std::fs;
use std::net::IpAddr;

use anyhow::{Context, Result};

use super::config::{Plan, Security, allowing};
use crate::pki::Authority;
use crate::process::{Program, Running};

#[derive(Debug)]
pub(super) struct Node {
    running: Running,
}

impl Node {
    /// Starts the node at `index`, which formats its data directory unless that was done before.
    pub(super) fn start(plan: &Plan, index: usize, authority: &Authority, classpath: &str) -> Result<Self> {
        let id = i32::try_from(index)? + 1;
        let home = plan.home.join(format!("node-{id}"));
        fs::create_dir_all(&home)?;
        let keystore = home.join("broker.pem");
        if plan.security == Security::Secured && !keystore.exists() {
            let host = here(plan, index)?.to_string();
            authority.server(&[&host, "localhost", "127.0.0.1"])?.write(&home, "broker")?;
        }
        let properties = home.join("server.properties");
        fs::write(&properties, plan.node_properties(index, &home.join("data"), &keystore)?)?;
        let running = Program::new("java")
            .args(QUICK_START)
            .args(NODE)
            .arg(format!("-Dlog4j.configuration=file:{}", plan.home.join("log4j.properties").display()))
            .arg(allowing(&plan.jwks_file()))
            .args(["-cp", classpath, "Node"])
            .arg(&properties)
            .args(plan.format_arguments())
            .start(&plan.log_file(id))?;
        Ok(Self { running })
    }

    pub(super) fn is_running(&mut self) -> bool {
        self.running.is_running()
    }

    pub(super) fn kill(&mut self) {
        self.running.kill();
    }
}

fn here(plan: &Plan, index: usize) -> Result<IpAddr> {
    Ok(plan.addresses.get(index).context("there is no such node")?.internal.ip())
}

/// The first compiler and the simplest collector: twice as quick to start, and nothing here runs long.
pub(super) const QUICK_START: &[&str] = &[
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xshare:auto",
    "-XX:-UsePerfData",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
];

/// A later option wins over an earlier one.
const NODE: &[&str] = &["-Xms64m", "-Xmx320m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"];
