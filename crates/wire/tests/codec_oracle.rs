//! Kafka's own message classes as the judge: what they write we read, what we write they read, field by field and
//! byte by byte, for every key and version.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod codec_support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use bytes::{Bytes, BytesMut};
use codec_support::{Seeded, all_messages, dump, random_tree};
use tidegate_wire::kafka::codec::{APIS, ErrorCode, Limits, MessageSchema, Tree, api, encode, validate};

/// Per key, version and side. Together with [`OURS`] well over a thousand messages for every key and version.
const THEIRS: usize = 600;
const OURS: usize = 400;

/// Changed by hand to look for trouble elsewhere; printed when a test fails.
const SEED: u64 = 20_261_122;

#[test]
fn what_kafka_writes_is_read_field_by_field_and_written_back_byte_by_byte() {
    println!("seed {SEED}");
    let mut oracle = Oracle::start(&["write", &SEED.to_string(), &THEIRS.to_string()], Stdio::null());
    let mut seen: BTreeMap<(&str, i16), usize> = BTreeMap::new();
    let mut extended = 0;
    while let Some((message, version)) = oracle.message() {
        let body = oracle.blob();
        let with_unknown_tags = oracle.blob();
        let answer = oracle.answer(&body);
        let tree = check_body(message, version, &body, &answer);
        if !with_unknown_tags.is_empty() {
            check_stripped(message, version, &with_unknown_tags, &body);
            extended += 1;
        }
        check_written(message, version, &tree, &answer.written);
        *seen.entry((message.name, version)).or_default() += 1;
    }
    oracle.finish();
    let expected: BTreeMap<_, _> =
        all_messages().map(|(message, version)| ((message.name, version), THEIRS)).collect();
    assert_eq!(seen, expected);
    println!("{} messages, {extended} of them also with unknown tagged fields", seen.values().sum::<usize>());
}

#[test]
fn what_we_write_is_read_by_kafka_field_by_field_and_written_back_byte_by_byte() {
    println!("seed {SEED}");
    let mut oracle = Oracle::start(&["read"], Stdio::piped());
    let mut stdin = BufWriter::with_capacity(1 << 20, oracle.child.stdin.take().unwrap());
    let writer = std::thread::spawn(move || {
        for (message, version, body) in ours() {
            stdin.write_all(&message.key.to_be_bytes()).unwrap();
            stdin.write_all(&version.to_be_bytes()).unwrap();
            stdin.write_all(&[u8::from(message.name.ends_with("Request"))]).unwrap();
            stdin.write_all(&u32::try_from(body.len()).unwrap().to_be_bytes()).unwrap();
            stdin.write_all(&body).unwrap();
        }
        stdin.flush().unwrap();
    });
    let mut count = 0;
    for (message, version, body) in ours() {
        let answer = oracle.answer(&body);
        check_body(message, version, &body, &answer);
        assert_eq!(answer.written, body, "{} v{version}: Kafka writes something else", message.name);
        count += 1;
    }
    writer.join().unwrap();
    oracle.finish();
    println!("{count} messages");
}

#[test]
fn keys_versions_header_versions_and_error_codes_are_kafkas() {
    let mut oracle = Oracle::start(&["tables"], Stdio::null());
    let mut text = String::new();
    oracle.out.read_to_string(&mut text).unwrap();
    oracle.finish();
    let (keys, errors): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('K'));
    let ours: BTreeSet<String> = APIS
        .iter()
        .flat_map(|api| {
            api.request.versions.iter().map(|version| {
                let (request, response) =
                    (api.request_header_version(version), api.response_header_version(version));
                format!("K {} {} {version} {request} {response}", api.key, api.name)
            })
        })
        .collect();
    assert_eq!(
        keys.into_iter().map(camel).collect::<BTreeSet<_>>(),
        ours.iter().map(|line| camel(line)).collect()
    );
    let ours: BTreeSet<String> = ErrorCode::all()
        .map(|code| format!("E {} {} {}", code.0, code.name().unwrap(), code.retriable()))
        .collect();
    assert_eq!(errors.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), ours);
}

/// `API_VERSIONS` and `ApiVersions` alike.
fn camel(line: &str) -> String {
    line.replace('_', "").to_lowercase()
}

/// The same messages each time it is called.
fn ours() -> impl Iterator<Item = (&'static MessageSchema, i16, Bytes)> {
    let mut choices = Seeded(SEED);
    let each = all_messages().flat_map(|message| std::iter::repeat_n(message, OURS));
    each.map(move |(message, version)| {
        let mut out = BytesMut::new();
        encode(message, version, &random_tree(message, version, &mut choices), &mut out).unwrap();
        (message, version, out.freeze())
    })
}

/// We and Kafka see the same fields.
fn check_body(message: &'static MessageSchema, version: i16, body: &Bytes, answer: &Answer) -> Tree {
    let place = || format!("{} v{version}\n{}", message.name, answer.dump);
    let validated =
        validate(message, version, body, &Limits::DEFAULT).unwrap_or_else(|e| panic!("{e}: {}", place()));
    assert!(!validated.has_unknown_tags(), "{}", place());
    let tree = validated
        .root(body)
        .and_then(|view| view.to_tree(body))
        .unwrap_or_else(|e| panic!("{e}: {}", place()));
    let mut ours = String::with_capacity(answer.dump.len());
    let shown = if answer.same { tree.clone() } else { reread(message, version, &tree) };
    dump(message.root, version, &shown, &mut ours);
    assert_eq!(ours, answer.dump, "{} v{version}", message.name);
    tree
}

/// Kafka's converter leaves out tagged fields that were sent with their default; so does writing them again.
fn reread(message: &'static MessageSchema, version: i16, tree: &Tree) -> Tree {
    let mut out = BytesMut::new();
    encode(message, version, tree, &mut out).unwrap();
    let body = out.freeze();
    validate(message, version, &body, &Limits::DEFAULT).unwrap().root(&body).unwrap().to_tree(&body).unwrap()
}

fn check_written(message: &'static MessageSchema, version: i16, tree: &Tree, expected: &Bytes) {
    let mut out = BytesMut::with_capacity(expected.len());
    encode(message, version, tree, &mut out).unwrap();
    assert_eq!(out, expected, "{} v{version}: {tree:?}", message.name);
}

fn check_stripped(message: &'static MessageSchema, version: i16, body: &Bytes, expected: &Bytes) {
    let validated = validate(message, version, body, &Limits::DEFAULT).unwrap();
    assert!(validated.has_unknown_tags(), "{} v{version}", message.name);
    let mut splice = validated.splice(body);
    validated.strip_unknown_tags(&mut splice);
    assert_eq!(splice.apply().unwrap(), expected, "{} v{version}", message.name);
}

/// What Kafka made of a body.
struct Answer {
    /// Whether it writes the same bytes again.
    same: bool,
    written: Bytes,
    dump: String,
}

/// The Java program, ended by its end of input.
struct Oracle {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Oracle {
    fn start(arguments: &[&str], stdin: Stdio) -> Self {
        let libraries = tidegate_testkit::maven::classpath(&[
            "org.apache.kafka:kafka-clients:4.3.1",
            "com.fasterxml.jackson.core:jackson-databind:2.19.2",
            "org.slf4j:slf4j-nop:1.7.36",
        ])
        .unwrap();
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/kafka/oracle");
        let classes = tidegate_testkit::maven::compile(&sources, &libraries).unwrap();
        let classpath = format!("{libraries}:{}", classes.display());
        let mut child = Command::new("java")
            .args(["-XX:+UseSerialGC", "-Xmx512m", "-cp", &classpath, "Oracle"])
            .args(arguments)
            .stdin(stdin)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::with_capacity(1 << 20, child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Which message comes next, or `None` at the end.
    fn message(&mut self) -> Option<(&'static MessageSchema, i16)> {
        let mut start = [0; 5];
        if let Err(error) = self.out.read_exact(&mut start) {
            assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
            return None;
        }
        let api = api(i16::from_be_bytes([start[0], start[1]])).expect("Kafka has a key that we do not");
        let message = if start[4] == 1 { &api.request } else { &api.response };
        Some((message, i16::from_be_bytes([start[2], start[3]])))
    }

    fn answer(&mut self, body: &Bytes) -> Answer {
        let mut same = [0];
        self.out.read_exact(&mut same).unwrap();
        let (same, other) = (same[0] == 1, self.blob());
        let dump = String::from_utf8(self.blob().to_vec()).unwrap();
        Answer { same, written: if same { body.clone() } else { other }, dump }
    }

    fn blob(&mut self) -> Bytes {
        let mut length = [0; 4];
        self.out.read_exact(&mut length).unwrap();
        let mut blob = vec![0; u32::from_be_bytes(length) as usize];
        self.out.read_exact(&mut blob).unwrap();
        blob.into()
    }

    fn finish(mut self) {
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        // Nothing to do where it has ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn java_and_we_agree_on_which_bytes_are_no_message() {
    let mut oracle = Oracle::start(&["read"], Stdio::piped());
    let mut stdin = BufWriter::new(oracle.child.stdin.take().unwrap());
    let bodies: Vec<_> = damaged().collect();
    let sent = bodies.clone();
    let writer = std::thread::spawn(move || {
        for (message, version, body) in sent {
            stdin.write_all(&message.key.to_be_bytes()).unwrap();
            stdin.write_all(&version.to_be_bytes()).unwrap();
            stdin.write_all(&[u8::from(message.name.ends_with("Request"))]).unwrap();
            stdin.write_all(&u32::try_from(body.len()).unwrap().to_be_bytes()).unwrap();
            stdin.write_all(&body).unwrap();
        }
        stdin.flush().unwrap();
    });
    let (mut accepted, mut refused) = (0, 0);
    for (message, version, body) in &bodies {
        let answer = oracle.answer(body);
        let ours = validate(message, *version, body, &Limits::DEFAULT);
        let theirs = !answer.dump.starts_with("refused") && !answer.dump.ends_with(" bytes left");
        if ours.is_ok() {
            assert!(
                theirs,
                "{} v{version}: we accept what Kafka refuses: {} {body:?}",
                message.name, answer.dump
            );
            accepted += 1;
        } else {
            refused += 1;
        }
    }
    writer.join().unwrap();
    oracle.finish();
    println!("{accepted} accepted by both, {refused} refused by us");
    assert!(accepted > 100 && refused > 100, "{accepted} accepted, {refused} refused");
}

/// Messages with one byte changed or some missing.
fn damaged() -> impl Iterator<Item = (&'static MessageSchema, i16, Bytes)> {
    use codec_support::Choices;
    let mut choices = Seeded(SEED + 1);
    let each = all_messages().flat_map(|message| std::iter::repeat_n(message, 40));
    each.map(move |(message, version)| {
        let mut out = BytesMut::new();
        encode(message, version, &random_tree(message, version, &mut choices), &mut out).unwrap();
        if !out.is_empty() {
            let at = choices.below(out.len() as u64) as usize;
            match choices.below(3) {
                0 => out.truncate(at),
                1 => out[at] = [0, 1, 0x7f, 0x80, 0xff][choices.below(5) as usize],
                _ => out[at] ^= 1 << choices.below(8),
            }
        }
        (message, version, out.freeze())
    })
}
