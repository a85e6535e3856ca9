//! Apache Kafka on this machine.
//!
//! Nodes listen on and announce loopback addresses of their own ([`ADDRESS_PREFIX`]), with ports from a range nothing
//! else uses. A gateway's answer that contains any of [`Cluster::traces`] has given away an upstream address.
//!
//! ```no_run
//! use tidegate_testkit::kafka::{Cluster, Listener};
//! let cluster = Cluster::builder().secured().user("alice", "alice-secret").start()?;
//! cluster.admin()?.create_topic("orders", 3)?;
//! println!("{}", cluster.bootstrap(Listener::Sasl));
//! # anyhow::Ok(())
//! ```

mod admin;
mod config;
mod node;
mod probe;

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use rustix::process::{Pid, test_kill_process};

pub use admin::{Acl, Admin, Pattern, Record, Resource};
pub use config::{
    Listener, OAuth, Security, Version, allowing, certificate_properties, sasl_properties, token_properties,
};

use crate::maven;
use crate::oauth::Mint;
use crate::pki::Authority;
use crate::process::{Program, tail};
use config::{Plan, User};
use node::Node;

/// What every upstream address starts with, and nothing else does.
pub const ADDRESS_PREFIX: &str = "127.0.77.";

/// The super user of secured clusters, known to SCRAM and PLAIN.
pub const SUPER_USER: &str = "admin";

/// The password of [`SUPER_USER`].
pub const SUPER_USER_PASSWORD: &str = "admin-of-the-test-cluster";

/// What a cluster is to be like.
#[derive(Debug)]
pub struct Builder {
    version: Version,
    nodes: Option<u8>,
    security: Security,
    users: Vec<User>,
    super_users: Vec<String>,
    oauth: Option<OAuth>,
    properties: Vec<(String, String)>,
    advertised_mtls: Option<SocketAddr>,
}

impl Builder {
    /// Which Kafka; [`Version::CURRENT`] unless set.
    pub fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// How many nodes; three of the current version, one of the older line, unless set.
    pub fn nodes(mut self, nodes: u8) -> Self {
        self.nodes = Some(nodes);
        self
    }

    /// TLS, authentication and native access control instead of an open listener.
    pub fn secured(mut self) -> Self {
        self.security = Security::Secured;
        self
    }

    /// A user that can log in with SCRAM-SHA-256, SCRAM-SHA-512 and PLAIN. Only for secured clusters.
    pub fn user(mut self, name: &str, password: &str) -> Self {
        self.users.push(User { name: name.to_owned(), password: password.to_owned() });
        self
    }

    /// A principal (`User:name`) that native access control does not apply to.
    pub fn super_user(mut self, principal: &str) -> Self {
        self.super_users.push(principal.to_owned());
        self
    }

    /// Takes tokens with these properties instead of those of [`Cluster::mint`].
    pub fn oauth(mut self, oauth: OAuth) -> Self {
        self.oauth = Some(oauth);
        self
    }

    /// A broker property, over the ones chosen here.
    pub fn property(mut self, name: &str, value: &str) -> Self {
        self.properties.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Announces the mTLS listener under another address, that of something in front of it. For clusters of one node.
    pub fn advertise_mtls(mut self, address: SocketAddr) -> Self {
        self.advertised_mtls = Some(address);
        self
    }

    /// Starts the cluster and returns when every node answers and knows all others.
    ///
    /// Tries once more when another process took one of the ports in between.
    pub fn start(self) -> Result<Cluster> {
        self.attempt().or_else(|first| match format!("{first:#}") {
            report if report.contains("Address already in use") => self.attempt(),
            _ => Err(first),
        })
    }

    fn attempt(&self) -> Result<Cluster> {
        sweep();
        let home = tempfile::Builder::new().prefix(&format!("{HOME}{}-", std::process::id())).tempdir()?;
        let mint = Mint::es256("upstream", "https://issuer.upstream.test", "kafka")?;
        let oauth = match &self.oauth {
            Some(oauth) => oauth.clone(),
            None => OAuth::of(&mint),
        };
        let authority = Authority::new("Upstream Test CA")?;
        let mut plan = Plan {
            version: self.version,
            security: self.security,
            users: self.users.clone(),
            super_users: self.super_users.clone(),
            oauth,
            properties: self.properties.clone(),
            advertised_mtls: self.advertised_mtls,
            addresses: Vec::new(),
            home: home.path().to_owned(),
        };
        plan.users.push(User { name: SUPER_USER.to_owned(), password: SUPER_USER_PASSWORD.to_owned() });
        for index in 0..self.nodes.unwrap_or(self.version.default_nodes()) {
            let ip = IpAddr::V4(Ipv4Addr::new(127, 0, 77, 11 + index));
            plan.addresses.push(config::Addresses::pick(ip)?);
        }
        plan.write_shared_files(&authority)?;
        let classpath = classpath(self.version)?;
        let nodes = (0..plan.addresses.len())
            .map(|index| Ok(Mutex::new(Node::start(&plan, index, &authority, &classpath)?)))
            .collect::<Result<Vec<_>>>()?;
        let cluster =
            Cluster { plan, authority, mint, classpath, nodes, admin: OnceLock::new(), _home: home };
        cluster.wait_until_ready(&cluster.ids())?;
        Ok(cluster)
    }
}

/// A running cluster. It stops when this is dropped, and when the process ends in any way.
#[derive(Debug)]
pub struct Cluster {
    plan: Plan,
    authority: Authority,
    mint: Mint,
    classpath: String,
    // INVARIANT: nodes are declared before the directory they write to, so that they end first.
    nodes: Vec<Mutex<Node>>,
    admin: OnceLock<Admin>,
    _home: tempfile::TempDir,
}

impl Cluster {
    /// A plain cluster of the current version unless told otherwise.
    pub fn builder() -> Builder {
        Builder {
            version: Version::CURRENT,
            nodes: None,
            security: Security::Plain,
            users: Vec::new(),
            super_users: Vec::new(),
            oauth: None,
            properties: Vec::new(),
            advertised_mtls: None,
        }
    }

    /// Which Kafka this is.
    pub fn version(&self) -> Version {
        self.plan.version
    }

    /// The node ids, which count from 1.
    pub fn ids(&self) -> Vec<i32> {
        (1..).take(self.nodes.len()).collect()
    }

    /// The addresses of one listener, in the order of the node ids.
    pub fn addresses(&self, listener: Listener) -> Vec<SocketAddr> {
        self.plan.addresses.iter().map(|node| node.of(listener)).collect()
    }

    /// The addresses of one listener as clients want them: `host:port,host:port`.
    pub fn bootstrap(&self, listener: Listener) -> String {
        let addresses: Vec<_> = self.addresses(listener).iter().map(SocketAddr::to_string).collect();
        addresses.join(",")
    }

    /// Texts that only an upstream address has. None may appear in an answer to a client.
    pub fn traces(&self) -> Vec<String> {
        let mut traces = vec![ADDRESS_PREFIX.to_owned()];
        traces.extend(self.ports().iter().map(|port| format!(":{port}")));
        traces
    }

    /// Every port any node listens on. None may appear as a port in an answer to a client.
    pub fn ports(&self) -> Vec<u16> {
        self.plan.addresses.iter().flat_map(|node| node.ports()).collect()
    }

    /// The authority behind the brokers' certificates; it also signs client certificates for [`Listener::Mtls`].
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The file with the certificate of [`Cluster::authority`].
    pub fn authority_file(&self) -> PathBuf {
        self.plan.authority_file()
    }

    /// Makes tokens the brokers accept, unless the builder was given another source.
    pub fn mint(&self) -> &Mint {
        &self.mint
    }

    /// The super user's tool, started when first asked for.
    pub fn admin(&self) -> Result<&Admin> {
        if let Some(admin) = self.admin.get() {
            return Ok(admin);
        }
        let started = Admin::start(&self.plan, &self.classpath)?;
        Ok(self.admin.get_or_init(|| started))
    }

    /// A Java program on the cluster's class path, for example `org.apache.kafka.tools.TopicCommand`.
    pub fn java(&self, class: &str) -> Program {
        java(&self.classpath, &[], class)
    }

    /// The class path with Kafka's brokers, tools and clients of this version.
    pub fn classpath(&self) -> &str {
        &self.classpath
    }

    /// Kills a node as a power failure would.
    pub fn kill(&self, id: i32) -> Result<()> {
        self.node(id)?.lock().unwrap_or_else(PoisonError::into_inner).kill();
        Ok(())
    }

    /// Starts a node again, with its data, at its old addresses, and waits until it is back.
    pub fn restart(&self, id: i32) -> Result<()> {
        let index = usize::try_from(id - 1)?;
        {
            let mut node = self.node(id)?.lock().unwrap_or_else(PoisonError::into_inner);
            node.kill();
            *node = Node::start(&self.plan, index, &self.authority, &self.classpath)?;
        }
        self.wait_until_ready(&[id])
    }

    /// The last lines every node wrote.
    pub fn log_tail(&self) -> String {
        let mut text = String::new();
        for id in self.ids() {
            let log = fs::read_to_string(self.plan.log_file(id)).unwrap_or_default();
            text += &format!("--- node {id}\n{}", tail(&log));
        }
        text
    }

    fn node(&self, id: i32) -> Result<&Mutex<Node>> {
        let index = usize::try_from(id - 1)?;
        self.nodes.get(index).with_context(|| format!("there is no node {id}"))
    }

    fn wait_until_ready(&self, ids: &[i32]) -> Result<()> {
        let deadline = Instant::now() + START_TIMEOUT;
        for id in ids {
            let index = usize::try_from(id - 1)?;
            let address = self.plan.addresses.get(index).context("there is no such node")?.internal;
            self.wait_for_node(*id, address, deadline)
                .with_context(|| format!("node {id} did not become ready\n{}", self.log_tail()))?;
        }
        Ok(())
    }

    fn wait_for_node(&self, id: i32, address: SocketAddr, deadline: Instant) -> Result<()> {
        loop {
            let answer = probe::registered(address, self.plan.internal_login());
            if matches!(answer, Ok(count) if count == self.nodes.len()) {
                return Ok(());
            }
            let running = self.node(id)?.lock().unwrap_or_else(PoisonError::into_inner).is_running();
            if !running {
                return Err(anyhow!("it ended by itself"));
            }
            if Instant::now() >= deadline {
                return Err(anyhow!("last answer: {answer:?}"));
            }
            thread::sleep(Duration::from_millis(25));
        }
    }
}

/// The secured cluster of the current version that all tests of one program share, with [`SHARED_USERS`].
///
/// Each test should use topics and groups of its own.
pub fn shared_secured() -> Result<&'static Cluster> {
    static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
    shared(&SHARED, || with_shared_users(Cluster::builder().secured()))
}

/// As [`shared_secured`], of the older line.
pub fn shared_secured_older() -> Result<&'static Cluster> {
    static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
    shared(&SHARED, || with_shared_users(Cluster::builder().version(Version::OLDER).secured()))
}

/// The plain cluster of the current version that all tests of one program share.
pub fn shared_plain() -> Result<&'static Cluster> {
    static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
    shared(&SHARED, Cluster::builder)
}

/// As [`shared_plain`], of the older line.
pub fn shared_plain_older() -> Result<&'static Cluster> {
    static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
    shared(&SHARED, || Cluster::builder().version(Version::OLDER))
}

/// Names and passwords of the users every shared secured cluster knows, besides [`SUPER_USER`].
pub const SHARED_USERS: &[(&str, &str)] = &[
    ("alice", "alice-secret"),
    ("bob", "bob-secret"),
    ("mallory", "mallory-secret"),
    ("gateway", "gateway-secret"),
];

fn with_shared_users(builder: Builder) -> Builder {
    SHARED_USERS.iter().fold(builder, |builder, (name, password)| builder.user(name, password))
}

fn shared(
    cell: &'static OnceLock<Result<Cluster, String>>,
    builder: impl FnOnce() -> Builder,
) -> Result<&'static Cluster> {
    let started = cell.get_or_init(|| builder().start().map_err(|failed| format!("{failed:#}")));
    started.as_ref().map_err(|failed| anyhow!("{failed}"))
}

/// The class path with Kafka's brokers, tools and clients of `version`, and with this crate's own helpers.
pub fn classpath(version: Version) -> Result<String> {
    let libraries = maven::classpath(&version.artifacts())?;
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("java");
    let classes = maven::compile(&sources, &libraries)?;
    Ok(format!("{}:{libraries}", classes.display()))
}

/// A Java program with JVM `options` on top of those that favour a quick start over peak speed.
pub fn java(classpath: &str, options: &[String], class: &str) -> Program {
    Program::new("java").args(node::QUICK_START).args(options).args(["-cp", classpath, class])
}

/// Removes the directories of clusters whose process is gone.
///
/// A shared cluster is never dropped and a killed process drops nothing, so each start cleans up after earlier ones.
fn sweep() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix(HOME).and_then(|rest| rest.split('-').next()?.parse().ok());
        if owner.and_then(Pid::from_raw).is_some_and(|owner| test_kill_process(owner).is_err()) {
            // Another process may be removing it at the same time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// How the names of clusters' directories start; the id of the process that owns it follows.
const HOME: &str = "tidegate-kafka-";
const START_TIMEOUT: Duration = Duration::from_secs(90);
