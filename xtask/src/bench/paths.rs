//! The three ways to the broker.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path as FilePath, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tidegate_testkit::kafka::{Cluster, Listener, certificate_properties};
use tidegate_testkit::pki::{Identity, Subject};
use tidegate_testkit::process::{Program, Running, free_port, wait_for};

/// The topic that everything goes through.
pub(super) const TOPIC: &str = "bench.records";

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// One way.
pub(super) struct Path {
    pub(super) name: &'static str,
    pub(super) properties: PathBuf,
    proxy: Option<Running>,
}

impl Path {
    /// User and system time of the proxy so far.
    pub(super) fn cpu_milliseconds(&self) -> Result<Option<f64>> {
        let Some(proxy) = &self.proxy else { return Ok(None) };
        let stat = fs::read_to_string(format!("/proc/{}/stat", proxy.pid()))?;
        // The program's name is in parentheses and may hold anything; fields are counted behind it.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| -> Result<f64> { Ok(fields.get(at).context("too few fields")?.parse()?) };
        Ok(Some((ticks(11)? + ticks(12)?) * 10.0))
    }
}

/// The broker and all ways to it.
pub(super) struct Paths {
    paths: Vec<Path>,
    // INVARIANT: declared after the proxies, which end first.
    cluster: Cluster,
    _home: tempfile::TempDir,
}

impl Paths {
    pub(super) fn start() -> Result<Self> {
        ensure!(ticks_per_second()? == 100, "this machine does not count CPU time in hundredths of a second");
        let home = tempfile::Builder::new().prefix("tidegate-bench-").tempdir()?;
        let haproxy = SocketAddr::new(LOOPBACK, free_port(LOOPBACK)?);
        let cluster = Cluster::builder()
            .nodes(1)
            .secured()
            .super_user("User:load")
            .advertise_mtls(haproxy)
            .property("num.network.threads", "2")
            .property("log.segment.bytes", "268435456")
            .start()?;
        cluster.admin()?.create_topic(TOPIC, 3)?;
        let files = Files::write(&cluster, home.path())?;
        let paths = vec![
            direct(&cluster, &files)?,
            through_haproxy(&cluster, &files, haproxy)?,
            through_tidegate(&cluster, &files)?,
        ];
        Ok(Self { paths, cluster, _home: home })
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter()
    }

    pub(super) fn cluster(&self) -> &Cluster {
        &self.cluster
    }
}

/// Certificates of the client and of the proxies, all of the cluster's own authority.
struct Files {
    home: PathBuf,
    authority: PathBuf,
    client: PathBuf,
    server: PathBuf,
}

impl Files {
    fn write(cluster: &Cluster, home: &FilePath) -> Result<Self> {
        let authority = cluster.authority_file();
        let client = home.join("client.pem");
        let server = home.join("server.pem");
        let write = |file: &FilePath, identity: &Identity| {
            fs::write(file, identity.key_pem() + &identity.chain_pem())
        };
        write(&client, &cluster.authority().client(&Subject::cn("load"))?)?;
        write(&server, &cluster.authority().server(&["localhost", "127.0.0.1"])?)?;
        Ok(Self { home: home.to_owned(), authority, client, server })
    }

    fn properties(&self, name: &str, bootstrap: &str) -> Result<PathBuf> {
        let file = self.home.join(format!("{name}.properties"));
        let security = certificate_properties(&self.authority, &self.client);
        fs::write(&file, format!("bootstrap.servers={bootstrap}\nclient.id={name}\n{security}"))?;
        Ok(file)
    }
}

/// The listener for certificates announces haproxy's address, so the direct way takes the other one.
fn direct(cluster: &Cluster, files: &Files) -> Result<Path> {
    let file = files.home.join("direct.properties");
    let security = tidegate_testkit::kafka::sasl_properties(
        &files.authority,
        "SCRAM-SHA-256",
        tidegate_testkit::kafka::SUPER_USER,
        tidegate_testkit::kafka::SUPER_USER_PASSWORD,
    );
    let bootstrap = cluster.bootstrap(Listener::Sasl);
    fs::write(&file, format!("bootstrap.servers={bootstrap}\nclient.id=direct\n{security}"))?;
    Ok(Path { name: "direct", properties: file, proxy: None })
}

fn through_haproxy(cluster: &Cluster, files: &Files, listen: SocketAddr) -> Result<Path> {
    let config = files.home.join("haproxy.cfg");
    let broker = cluster.bootstrap(Listener::Mtls);
    let (server, client, authority) =
        (files.server.display(), files.client.display(), files.authority.display());
    fs::write(
        &config,
        format!(
            "global\n  nbthread 2\n  tune.bufsize 65536\n  ssl-server-verify required\n\
             defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 60s\n  timeout server 60s\n\
             frontend kafka\n  bind {listen} ssl crt {server} ca-file {authority} verify required\n  default_backend brokers\n\
             backend brokers\n  server one {broker} ssl crt {client} ca-file {authority} verify required\n"
        ),
    )?;
    let proxy =
        Program::new("haproxy").arg("-db").arg("-f").arg(&config).start(&files.home.join("haproxy.log"))?;
    wait_for_port(listen)?;
    let properties = files.properties("haproxy", &listen.to_string())?;
    Ok(Path { name: "haproxy", properties, proxy: Some(proxy) })
}

fn through_tidegate(cluster: &Cluster, files: &Files) -> Result<Path> {
    let (bootstrap, node, admin) = (free_port(LOOPBACK)?, free_port(LOOPBACK)?, free_port(LOOPBACK)?);
    let broker = cluster.bootstrap(Listener::Mtls);
    let folder = files.home.join("bundle");
    fs::create_dir_all(folder.join("policy"))?;
    fs::create_dir_all(folder.join("catalog"))?;
    let (server, client, authority) =
        (files.server.display(), files.client.display(), files.authority.display());
    let config = format!(
        r#"bundle: .
admin: {{ socket: run/admin.sock, http: "127.0.0.1:{admin}" }}
clusters:
  bench:
    environment: test
    nodes: {{ 1: "{broker}" }}
    tls: {{ ca: "file:{authority}", certificate: "file:{client}", key: "file:{client}" }}
    identity: {{ gateway: {{ mechanism: mtls }} }}
listeners:
  - name: bench
    cluster: bench
    bind: 127.0.0.1
    advertise: localhost
    ports: {{ bootstrap: {bootstrap}, nodes: {{ 1: {node} }} }}
    tls: {{ certificate: "file:{server}", key: "file:{server}", client_ca: "file:{authority}", client_certificate: required }}
    authentication:
      mode: terminate
      mechanisms: [mtls]
      certificate_rules:
        - cn: {{ pattern: "{{name}}", principal: "{{name}}" }}
"#
    );
    fs::write(folder.join("tidegate.yaml"), config)?;
    fs::write(
        folder.join("catalog/principals.yaml"),
        "principals:\n  - name: load\n    environment: test\n",
    )?;
    fs::write(folder.join("catalog/streams.yaml"), "streams: []\n")?;
    fs::write(
        folder.join("policy/grants.yaml"),
        "grants:\n  - name: load\n    to: [load]\n    actions: [read, write]\n    topics: [\"bench.*\"]\n",
    )?;
    fs::write(folder.join("policy/guardrails.cedar"), "")?;
    let program = build()?;
    let proxy = Program::new(program)
        .args(["up", "--config"])
        .arg(folder.join("tidegate.yaml"))
        .start(&files.home.join("tidegate.log"))?;
    wait_for_port(SocketAddr::new(LOOPBACK, bootstrap))
        .with_context(|| format!("tidegate did not start:\n{}", proxy.log_tail()))?;
    let properties = files.properties("tidegate", &format!("localhost:{bootstrap}"))?;
    Ok(Path { name: "tidegate", properties, proxy: Some(proxy) })
}

/// The gateway as it is released, without the sandbox.
fn build() -> Result<PathBuf> {
    let root = crate::root()?;
    let status = Command::new("cargo")
        .args(["build", "--release", "--package", "tidegate"])
        .current_dir(&root)
        .status()?;
    ensure!(status.success(), "the gateway does not build");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("release/tidegate"))
}

fn wait_for_port(address: SocketAddr) -> Result<()> {
    wait_for(Duration::from_secs(20), || Ok(std::net::TcpStream::connect(address).is_ok()))
}

fn ticks_per_second() -> Result<u64> {
    let output = Command::new("getconf").arg("CLK_TCK").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
