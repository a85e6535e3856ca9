//! `tidegate.yaml`: listeners, clusters, identity sources and limits.
//!
//! [`Config::from_text`] reads the document as written and checks all of it: what it returns has nothing left to parse, and
//! what it refuses is reported at once, with place and remedy. Unknown keys are refused, and so is a missing security
//! setting: nothing is weakened by leaving something out.

mod addressing;
mod authentication;
mod cluster;
mod dangers;
mod document;
mod limits;
mod listener;
mod oauth;
mod reading;
#[cfg(test)]
mod tests;
mod units;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidegate_model::Problem;

pub use addressing::Addressing;
pub use authentication::{AuthenticationConfig, AuthenticationMode};
pub use cluster::{
    CertificateFiles, ClusterConfig, GatewayIdentity, NodeAddress, UpstreamCredential,
    UpstreamIdentityConfig, UpstreamTls, UpstreamTransport,
};
pub use dangers::Danger;
pub use limits::Limits;
pub use listener::{
    ClientCertificates, ClientTrust, ListenerConfig, ListenerTls, ListenerTransport, TlsVersion,
};
pub use oauth::OauthConfig;
pub use reading::Environment;
pub use units::Network;

use document::{Node, Problems, Section};
use reading::Reading;

/// The name of the file in a bundle.
pub const FILE: &str = "tidegate.yaml";

/// A checked configuration.
#[derive(Debug)]
pub struct Config {
    /// The file it was read from. Changes in it need a restart.
    pub file: PathBuf,
    /// The bundle's folder, with `policy/` and `catalog/`.
    pub bundle: PathBuf,
    /// The list of revoked principals; gateways side by side share it.
    pub revocations: PathBuf,
    /// Where operators talk to the gateway.
    pub admin: AdminConfig,
    /// The broker clusters.
    pub clusters: Vec<Arc<ClusterConfig>>,
    /// The listeners.
    pub listeners: Vec<Arc<ListenerConfig>>,
}

/// Where operators talk to the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminConfig {
    /// A local socket for commands; only its owner may use it.
    pub socket: PathBuf,
    /// Where `/metrics`, `/healthz` and `/readyz` are served, if anywhere.
    pub http: Option<SocketAddr>,
}

impl Config {
    /// Reads the file at `path`. Secrets named `env:...` are looked up with `environment`.
    pub fn load(path: &Path, environment: Environment<'_>) -> Result<Self, Vec<Problem>> {
        let file = path.file_name().map_or_else(|| FILE.into(), |name| name.to_string_lossy());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_text(&file, &text, folder, environment),
            Err(error) => {
                let mut problems = Problems::new(&file);
                let message = format!("cannot read `{}`: {error}", path.display());
                problems.add(
                    document::Place { line: 1, column: 1 },
                    message,
                    "name the folder of a bundle, or create one with `tidegate init`",
                );
                Err(problems.into_sorted())
            }
        }
    }

    /// Reads `text`, called `file` in problems. Relative paths start at `folder`.
    pub fn from_text(
        file: &str,
        text: &str,
        folder: &Path,
        environment: Environment<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let document = document::parse(file, text).map_err(|problem| vec![problem])?;
        let mut problems = Problems::new(file);
        let config = read_config(&document, &Reading { file, folder, environment }, &mut problems);
        let problems = problems.into_sorted();
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(problems),
        }
    }

    /// The settings that weaken a protection.
    pub fn dangers(&self) -> Vec<Danger> {
        dangers::dangers(self)
    }
}

fn read_config(document: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<Config> {
    let mut section = document.section(FILE, problems)?;
    let bundle = match section.take("bundle") {
        Some(node) => reading.path(node, problems),
        None => Some(reading.folder.to_owned()),
    };
    let revocations = match section.take("revocations") {
        Some(node) => reading.path(node, problems),
        None => bundle.as_ref().map(|bundle| bundle.join("run/revocations.yaml")),
    };
    let admin = read_admin(&mut section, reading, problems);
    let clusters = section
        .require("clusters", "add `clusters:`, where the brokers are", problems)
        .map(|node| cluster::read_clusters(node, reading, problems));
    let listeners =
        section.require("listeners", "add `listeners:`, where clients connect", problems).map(|node| {
            listener::read_listeners(
                node,
                clusters.as_ref().unwrap_or(&cluster::Clusters::new()),
                reading,
                problems,
            )
        });
    let place = section.place();
    section.finish(problems);
    let config = Config {
        file: reading.folder.join(reading.file),
        bundle: bundle?,
        revocations: revocations?,
        admin: admin?,
        clusters: clusters?.into_values().flatten().collect(),
        listeners: listeners?,
    };
    check_addresses(&config, place, problems);
    Some(config)
}

fn read_admin(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<AdminConfig> {
    let fix =
        "add `admin: { socket: run/tidegate.sock }`, where `tidegate revoke` and others reach the gateway";
    let mut admin = section.require("admin", fix, problems)?.section("admin", problems)?;
    let socket = admin
        .require("socket", "add `socket: run/tidegate.sock`", problems)
        .and_then(|node| reading.path(node, problems));
    let http = match admin.take("http") {
        Some(node) => node
            .parse("address", "`127.0.0.1:9464`, address and port", problems, |text| text.parse().ok())
            .map(Some),
        None => Some(None),
    };
    admin.finish(problems);
    Some(AdminConfig { socket: socket?, http: http? })
}

/// No two listeners, and not the metrics either, on one address.
fn check_addresses(config: &Config, place: document::Place, problems: &mut Problems) {
    let mut taken: BTreeMap<u16, Vec<(SocketAddr, String)>> = BTreeMap::new();
    let listeners = config.listeners.iter().flat_map(|listener| {
        listener::addresses(listener).map(|address| (address, format!("listener `{}`", listener.name)))
    });
    let metrics = config.admin.http.map(|address| (address, "`admin.http`".to_owned()));
    for (address, owner) in listeners.chain(metrics) {
        let same_port = taken.entry(address.port()).or_default();
        if let Some((_, other)) = same_port.iter().find(|(known, _)| overlap(*known, address)) {
            let message = format!("{other} and {owner} both listen on port {}", address.port());
            problems.add(place, message, "give each its own port");
        }
        same_port.push((address, owner));
    }
}

fn overlap(left: SocketAddr, right: SocketAddr) -> bool {
    left.ip() == right.ip() || left.ip().is_unspecified() || right.ip().is_unspecified()
}
