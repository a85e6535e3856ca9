//! A gateway as an operator runs it: started, asked, given orders, stopped. No broker is needed for that.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

const TIDEGATE: &str = env!("CARGO_BIN_EXE_tidegate");
const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway that runs in a folder of its own, and what it logs.
struct Gateway {
    folder: TempDir,
    child: Child,
    log: Receiver<Value>,
}

impl Gateway {
    fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let broker = "1=127.0.0.1:1";
        let port = two_free_ports().to_string();
        run(folder.path(), &["init", "gw", "--dangerous-plaintext", "--broker", broker, "--port", &port])
            .ok();
        let config = folder.path().join("gw/tidegate.yaml");
        let text = fs::read_to_string(&config).unwrap();
        assert!(text.contains(METRICS));
        fs::write(&config, text.replace(METRICS, "")).unwrap();
        let (child, log) = up(folder.path());
        let gateway = Self { folder, child, log };
        gateway.wait_for("the gateway runs");
        gateway
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(self.folder.path(), arguments)
    }

    /// Waits until it logs `message`.
    fn wait_for(&self, message: &str) -> Value {
        wait_for(&self.log, message)
    }

    fn signal(&self, name: &str) {
        // The shell's own `kill` is everywhere, the program is not.
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the gateway goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

trait Told {
    fn ok(self) -> String;
    fn failed(self, code: i32) -> String;
}

impl Told for Output {
    fn ok(self) -> String {
        let (out, error) = (String::from_utf8(self.stdout).unwrap(), String::from_utf8(self.stderr).unwrap());
        assert!(self.status.success(), "{}: {out}{error}", self.status);
        out
    }

    fn failed(self, code: i32) -> String {
        assert_eq!(self.status.code(), Some(code));
        String::from_utf8(self.stdout).unwrap() + &String::from_utf8(self.stderr).unwrap()
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(TIDEGATE).args(arguments).current_dir(folder).output().unwrap()
}

fn up(folder: &Path) -> (Child, Receiver<Value>) {
    let mut child = Command::new(TIDEGATE)
        .args(["up", "--config", "gw/tidegate.yaml", "--log-format", "json"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let (sender, log) = mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let entry = serde_json::from_str(&line).unwrap_or(Value::String(line));
            if sender.send(entry).is_err() {
                return;
            }
        }
    });
    (child, log)
}

fn wait_for(log: &Receiver<Value>, message: &str) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let entry =
            log.recv_timeout(left).unwrap_or_else(|error| panic!("no `{message}` in the log: {error}"));
        if entry["message"].as_str().is_some_and(|told| told.contains(message)) {
            return entry;
        }
    }
}

/// A port that is free, as is the one after it. They lie below those that the system hands out by itself, and no two
/// tests get the same.
fn two_free_ports() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 18_000 + u16::try_from(std::process::id() % 300).unwrap() * 40;
    for _ in 0..20 {
        let port = first + NEXT.fetch_add(2, Ordering::Relaxed) % 40;
        let free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if free(port) && free(port + 1) {
            return port;
        }
    }
    panic!("no two free ports side by side");
}

const METRICS: &str = "  http: 127.0.0.1:9464\n";
const CONFIG: [&str; 2] = ["--config", "gw/tidegate.yaml"];

#[test]
fn starting_says_which_protections_are_weakened() {
    let folder = TempDir::new().unwrap();
    let port = two_free_ports().to_string();
    run(folder.path(), &["init", "gw", "--dangerous-plaintext", "--port", &port]).ok();
    let (mut child, log) = up(folder.path());
    let told = wait_for(&log, "dangerous setting");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((told["level"].as_str(), told["owner"].as_str()), (Some("WARN"), Some("cluster main")));
}

#[test]
fn a_running_gateway_says_what_it_does() {
    let gateway = Gateway::start();
    let status: Value =
        serde_json::from_str(&gateway.run(&["status", CONFIG[0], CONFIG[1], "--output", "json"]).ok())
            .unwrap();
    assert_eq!((&status["running"], &status["policy_version"]), (&Value::Bool(true), &Value::from(1)));
    assert_eq!(status["clusters"][0]["nodes"][0]["up"], false);
    let table = gateway.run(&["status", CONFIG[0], CONFIG[1]]).ok();
    for expected in ["is running, policy 1", "dangerous_plaintext", "127.0.0.1:1", "scram-sha-512"] {
        assert!(table.contains(expected), "no `{expected}` in: {table}");
    }
}

#[test]
fn a_policy_with_problems_is_refused_whole_and_the_old_one_stays() {
    let gateway = Gateway::start();
    let grants = gateway.folder.path().join("gw/policy/grants.yaml");
    let good = fs::read_to_string(&grants).unwrap();
    fs::write(&grants, good.replace("orders-service", "nobody-we-know")).unwrap();
    let told = gateway.run(&["reload", CONFIG[0], CONFIG[1]]).failed(1);
    assert!(told.contains("policy/grants.yaml:") && told.contains("nobody-we-know"), "{told}");
    assert!(told.contains("policy 1 ("), "{told}");
    fs::write(&grants, good.replace("orders.*", "orders.x.*")).unwrap();
    let report = gateway.run(&["reload", CONFIG[0], CONFIG[1], "--output", "json"]).ok();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert!(report["policy_version"].as_u64().unwrap() > 1, "{report}");
    assert_eq!(report["problems"], Value::Array(Vec::new()));
}

#[test]
fn sighup_reads_the_policy_again() {
    let gateway = Gateway::start();
    let digest = |gateway: &Gateway| -> Value {
        let status = gateway.run(&["status", CONFIG[0], CONFIG[1], "--output", "json"]).ok();
        serde_json::from_str::<Value>(&status).unwrap()["policy_digest"].clone()
    };
    let before = digest(&gateway);
    let grants = gateway.folder.path().join("gw/policy/grants.yaml");
    let text = fs::read_to_string(&grants).unwrap();
    fs::write(&grants, text.replace("orders.*", "orders.x.*")).unwrap();
    gateway.signal("HUP");
    let deadline = Instant::now() + PATIENCE;
    while digest(&gateway) == before {
        assert!(Instant::now() < deadline, "the policy stays as it was");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn revocations_are_kept_and_taken_back_with_and_without_a_gateway() {
    let mut gateway = Gateway::start();
    let revoked = |gateway: &Gateway| -> Value {
        let status = gateway.run(&["status", CONFIG[0], CONFIG[1], "--output", "json"]).ok();
        serde_json::from_str::<Value>(&status).unwrap()["revoked"].clone()
    };
    let told = gateway.run(&["revoke", "orders-service", CONFIG[0], CONFIG[1], "--reason", "leaked"]).ok();
    assert!(told.contains("`orders-service` is revoked; 0 sessions"), "{told}");
    assert_eq!(revoked(&gateway), serde_json::json!(["orders-service"]));
    let told = gateway.run(&["revoke", "orders-service", CONFIG[0], CONFIG[1], "--undo"]).ok();
    assert!(told.contains("is no longer revoked"), "{told}");
    assert_eq!(revoked(&gateway), serde_json::json!([]));

    gateway.signal("TERM");
    assert!(gateway.ended().success());
    let told = gateway.run(&["revoke", "orders-service", CONFIG[0], CONFIG[1]]).ok();
    assert!(told.contains("gateways that run follow the list"), "{told}");
    let list = fs::read_to_string(gateway.folder.path().join("gw/run/revocations.yaml")).unwrap();
    assert!(list.contains("orders-service"), "{list}");
    let told = gateway.run(&["revoke", "somebody-else", CONFIG[0], CONFIG[1], "--undo"]).ok();
    assert!(told.contains("was not revoked"), "{told}");
    gateway.run(&["revoke", "", CONFIG[0], CONFIG[1]]).failed(1);
    gateway.run(&["revoke", "x", "--undo", "--reason", "y", CONFIG[0], CONFIG[1]]).failed(2);
}

#[test]
fn it_stops_when_asked_and_commands_then_say_that_nobody_answers() {
    for order in ["SIGTERM", "SIGINT", "drain"] {
        let mut gateway = Gateway::start();
        match order.strip_prefix("SIG") {
            Some(signal) => gateway.signal(signal),
            None => drop(gateway.run(&[order, CONFIG[0], CONFIG[1]]).ok()),
        }
        gateway.wait_for("the gateway has stopped");
        assert!(gateway.ended().success(), "{order}");
        for command in ["status", "reload", "drain"] {
            let told = gateway.run(&[command, CONFIG[0], CONFIG[1]]).failed(1);
            assert!(told.contains("no gateway answers on"), "{told}");
        }
    }
}

#[test]
fn a_second_gateway_at_the_same_place_does_not_start() {
    let gateway = Gateway::start();
    let told = gateway.run(&["up", CONFIG[0], CONFIG[1]]).failed(1);
    assert!(told.contains("the gateway cannot start"), "{told}");
    gateway.run(&["status", CONFIG[0], CONFIG[1]]).ok();
}

#[test]
fn a_configuration_with_problems_does_not_start_and_all_of_them_are_named() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), &["init", "gw"]).ok();
    let config = folder.path().join("gw/tidegate.yaml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(
        &config,
        text.replace("mode: terminate", "mode: both").replace("bind: 127.0.0.1", "bind: here"),
    )
    .unwrap();
    let told = run(folder.path(), &["up", CONFIG[0], CONFIG[1]]).failed(1);
    assert!(told.contains("`both`") && told.contains("`here`"), "{told}");
    let told = run(folder.path(), &["up", CONFIG[0], CONFIG[1], "--log-level", "loud=loud=loud"]).failed(1);
    assert!(told.contains("error:"), "{told}");
}
