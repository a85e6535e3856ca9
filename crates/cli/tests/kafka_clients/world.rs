//! Two real clusters and one real gateway in front of both, shared by all tests of this program.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tidegate_testkit::kafka::{Cluster, OAuth, SUPER_USER, SUPER_USER_PASSWORD, Version};
use tidegate_testkit::oauth::Mint;
use tidegate_testkit::pki::{Authority, Files, Subject};
use tidegate_testkit::process::{Program, Running, free_port, wait_for};

use crate::bundle;
use crate::tap::Tap;

/// Where authentication ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Relay,
    Terminate,
}

/// One cluster seen through the gateway in one mode.
pub(crate) struct Target {
    pub(crate) mode: Mode,
    pub(crate) version: Version,
    /// Address of the listener with TLS and every mechanism.
    pub(crate) secured: String,
    /// Address of the listener without TLS, whose answers are all searched for upstream addresses.
    pub(crate) tapped: String,
}

impl Target {
    /// A short name, fit for topics.
    pub(crate) fn name(&self) -> String {
        format!("{}-{}", self.mode_name(), self.version.number())
    }

    pub(crate) fn mode_name(&self) -> &'static str {
        match self.mode {
            Mode::Relay => "relay",
            Mode::Terminate => "terminate",
        }
    }

    pub(crate) fn is_current(&self) -> bool {
        self.version == Version::CURRENT
    }

    /// The SASL mechanisms of the listener with TLS, and mutual TLS where it ends at the gateway.
    pub(crate) fn mechanisms(&self) -> Vec<&'static str> {
        let mut mechanisms = vec!["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN", "OAUTHBEARER"];
        if self.mode == Mode::Terminate {
            mechanisms.push("MTLS");
        }
        mechanisms
    }
}

/// Who there is. The brokers refuse none of them anything, so every refusal is the gateway's.
///
/// | principal | may |
/// |---|---|
/// | `alice` | everything with topics, groups and transactional ids `a-*`; see that `c-*` exist |
/// | `bob` | read `a-*` as groups `a-*`, without moving them back |
/// | `admin` | everything with topics and groups, and most of the cluster |
/// | `mallory` | nothing: the policy does not know the name |
pub(crate) const PRINCIPALS: [&str; 4] = ["alice", "bob", SUPER_USER, "mallory"];

pub(crate) struct World {
    pub(crate) targets: Vec<Target>,
    taps: Vec<Tap>,
    current: Cluster,
    older: Cluster,
    authority: Authority,
    mint: Mint,
    // INVARIANT: the gateway ends before the folder it runs in goes.
    gateway: Running,
    home: TempDir,
}

/// The world, made when first asked for.
pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<Option<World>> = OnceLock::new();
    // One attempt is enough: the first test that asks shows why it failed, the others fail at once.
    let world = WORLD.get_or_init(|| catch_unwind(World::start).ok());
    world.as_ref().expect("the clusters and the gateway could not be started")
}

impl World {
    fn start() -> Self {
        // A static is never dropped; under such a name, whoever starts a cluster next removes what a test left behind.
        let prefix = format!("tidegate-kafka-{}-clients-", std::process::id());
        let home = tempfile::Builder::new().prefix(&prefix).tempdir().unwrap();
        let mint = Mint::es256("tokens", "https://tokens.example", "kafka").unwrap();
        let (current, older) = std::thread::scope(|scope| {
            let older = scope.spawn(|| cluster(Version::OLDER, &mint));
            (cluster(Version::CURRENT, &mint), older.join().unwrap())
        });
        let authority = Authority::new("Gateway Test CA").unwrap();
        write_files(home.path(), &authority, &mint);
        let mut listeners = Vec::new();
        let mut targets = Vec::new();
        let mut taps = Vec::new();
        for (version, cluster) in [(Version::CURRENT, &current), (Version::OLDER, &older)] {
            for mode in [Mode::Relay, Mode::Terminate] {
                let ids = cluster.ids();
                let secured = bundle::Listener::new(version, mode, bundle::Transport::Tls, &ids);
                let tapped = bundle::Listener::new(version, mode, bundle::Transport::Tapped, &ids);
                targets.push(Target {
                    mode,
                    version,
                    secured: secured.bootstrap(),
                    tapped: tapped.bootstrap(),
                });
                taps.extend(tapped.ports().map(|port| Tap::start(port, cluster.traces())));
                listeners.extend([secured, tapped]);
            }
        }
        let http = SocketAddr::new(
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            free_port(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap(),
        );
        bundle::write(home.path(), http, &[("current", &current), ("older", &older)], &listeners);
        for name in PRINCIPALS {
            add_user(home.path(), name);
        }
        let gateway = up(home.path(), http);
        Self { targets, taps, current, older, authority, mint, gateway, home }
    }

    pub(crate) fn cluster(&self, version: Version) -> &Cluster {
        match version {
            Version::V4_3 => &self.current,
            Version::V3_9 => &self.older,
        }
    }

    /// A caller who proves to be `principal` with `mechanism` on the listener with TLS.
    pub(crate) fn caller(&self, target: &Target, principal: &str, mechanism: &str) -> Value {
        let mut caller =
            json!({"mechanism": mechanism, "bootstrap": target.secured, "ca": self.file("ca.pem")});
        let mut set = |name: &str, value: Value| caller[name] = value;
        match mechanism {
            "MTLS" => {
                let files = self.certificate(principal);
                set("certificate", json!(files.certificate));
                set("key", json!(files.key));
            }
            "OAUTHBEARER" => set("token_file", json!(self.token(&self.mint, principal, principal))),
            _ => {
                set("username", json!(principal));
                set("password", json!(password(principal)));
            }
        }
        caller
    }

    /// A caller on the listener whose answers are searched.
    pub(crate) fn tapped(&self, target: &Target, principal: &str) -> Value {
        json!({
            "mechanism": "SCRAM-SHA-512", "bootstrap": target.tapped,
            "username": principal, "password": password(principal),
        })
    }

    /// A caller who claims to be `alice` with `mechanism` and cannot prove it.
    pub(crate) fn impostor(&self, target: &Target, mechanism: &str) -> Value {
        let mut caller = self.caller(target, "alice", mechanism);
        match mechanism {
            "MTLS" => {
                let stranger = Authority::new("Another CA").unwrap().client(&Subject::cn("alice")).unwrap();
                let files = stranger.write(self.home.path(), "stranger").unwrap();
                caller["certificate"] = json!(files.certificate);
                caller["key"] = json!(files.key);
            }
            "OAUTHBEARER" => {
                let other = Mint::es256("tokens", "https://tokens.example", "kafka").unwrap();
                caller["token_file"] = json!(self.token(&other, "alice", "forged"));
            }
            _ => caller["password"] = json!("a guess"),
        }
        caller
    }

    /// The certificate of `principal`, made when first asked for.
    pub(crate) fn certificate(&self, principal: &str) -> Files {
        let identity = self.authority.client(&Subject::cn(principal)).unwrap();
        // Every test writes files of its own, because they run at the same time.
        let dir =
            tempfile::Builder::new().prefix("certificate-").tempdir_in(self.home.path()).unwrap().keep();
        identity.write(&dir, principal).unwrap()
    }

    fn token(&self, mint: &Mint, subject: &str, name: &str) -> PathBuf {
        let dir = tempfile::Builder::new().prefix("token-").tempdir_in(self.home.path()).unwrap().keep();
        let path = dir.join(name);
        fs::write(&path, mint.token(subject, json!({})).unwrap()).unwrap();
        path
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Fails when an answer on any tapped listener, or `text`, has an upstream address.
    pub(crate) fn assert_no_upstream_address(&self, text: &str) {
        for tap in &self.taps {
            let leaks = tap.leaks();
            assert!(leaks.is_empty(), "answers of the gateway gave upstream addresses away: {leaks:#?}");
        }
        for cluster in [&self.current, &self.older] {
            for trace in crate::tap::needles(&cluster.traces()) {
                if let Some(at) = text.find(&trace) {
                    let around: String =
                        text.chars().skip(text[..at].chars().count().saturating_sub(200)).take(400).collect();
                    panic!("a client was told `{trace}`: {around}");
                }
            }
        }
    }

    /// How many bytes of answers were searched.
    pub(crate) fn searched(&self) -> u64 {
        self.taps.iter().map(Tap::searched).sum()
    }

    /// The last things the gateway found worth a line, without the comings and goings of clients.
    pub(crate) fn gateway_log(&self) -> String {
        let log = fs::read_to_string(self.gateway.log()).unwrap_or_default();
        let usual = |line: &&str| {
            ["session begins", "closed_by_client", "refused session"].iter().any(|text| line.contains(text))
        };
        let lines: Vec<&str> = log.lines().filter(|line| !usual(line)).collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// The password of a principal, at the brokers and at the gateway.
pub(crate) fn password(principal: &str) -> String {
    match principal {
        SUPER_USER => SUPER_USER_PASSWORD.to_owned(),
        other => format!("{other}-has-a-long-password"),
    }
}

fn cluster(version: Version, mint: &Mint) -> Cluster {
    let mut builder = Cluster::builder().version(version).secured().oauth(OAuth::of(mint));
    for name in PRINCIPALS.into_iter().filter(|name| *name != SUPER_USER).chain([bundle::GATEWAY_USER]) {
        builder = builder.user(name, &password(name)).super_user(&format!("User:{name}"));
    }
    if version == Version::CURRENT {
        builder = builder.property("group.streams.initial.rebalance.delay.ms", "0");
        // A member learns its share of the work with a heartbeat, so the interval is most of what such a test lasts.
        for kind in ["consumer", "share", "streams"] {
            builder = builder
                .property(&format!("group.{kind}.min.heartbeat.interval.ms"), "500")
                .property(&format!("group.{kind}.heartbeat.interval.ms"), "500");
        }
    }
    builder.start().unwrap()
}

fn write_files(home: &Path, authority: &Authority, mint: &Mint) {
    fs::write(home.join("ca.pem"), authority.pem()).unwrap();
    fs::write(home.join("tokens.jwks"), mint.jwks().to_string()).unwrap();
    authority.server(&["localhost", "127.0.0.1"]).unwrap().write(home, "server").unwrap();
}

fn tidegate(home: &Path) -> Program {
    Program::new(env!("CARGO_BIN_EXE_tidegate")).dir(home)
}

fn add_user(home: &Path, name: &str) {
    let listener = bundle::name(Version::CURRENT, Mode::Terminate, bundle::Transport::Tls);
    let arguments =
        ["user", "add", name, "--password-stdin", "--config", "tidegate.yaml", "--listener", &listener];
    tidegate(home).args(arguments).input(password(name)).run().unwrap().success().unwrap();
}

fn up(home: &Path, http: SocketAddr) -> Running {
    let log = home.join("gateway.log");
    let mut gateway = tidegate(home).args(["up", "--config", "tidegate.yaml"]).start(&log).unwrap();
    let ready = wait_for(Duration::from_secs(30), || {
        anyhow::ensure!(gateway.is_running(), "it ended");
        Ok(is_ready(http))
    });
    if let Err(failed) = ready {
        panic!("the gateway is not ready: {failed}\n{}", gateway.log_tail());
    }
    gateway
}

fn is_ready(http: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(http) else { return false };
    let asked = stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}
