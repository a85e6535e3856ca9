//! A listener between clients and the gateway that searches every byte of every answer for upstream addresses.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use tidegate_testkit::kafka::ADDRESS_PREFIX;

use crate::bundle::BEHIND_TAP;

/// Passes one port of the loopback address on to the gateway, which listens on the same port behind it.
pub(crate) struct Tap {
    findings: Arc<Findings>,
}

#[derive(Default)]
struct Findings {
    needles: Vec<String>,
    leaks: Mutex<Vec<String>>,
    searched: AtomicU64,
}

impl Tap {
    /// Listens on `port` until the process ends.
    pub(crate) fn start(port: u16, traces: Vec<String>) -> Self {
        let findings = Arc::new(Findings { needles: needles(&traces), ..Findings::default() });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let shared = findings.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(gateway) = TcpStream::connect((BEHIND_TAP, port)) else { continue };
                let (Ok(client_end), Ok(gateway_end)) = (client.try_clone(), gateway.try_clone()) else {
                    continue;
                };
                let findings = shared.clone();
                thread::spawn(move || copy(client_end, gateway, |_| {}));
                thread::spawn(move || {
                    let mut search = Search { findings: &findings, overlap: Vec::new() };
                    copy(gateway_end, client, |bytes| search.search(bytes));
                });
            }
        });
        Self { findings }
    }

    /// What answers gave away so far.
    pub(crate) fn leaks(&self) -> Vec<String> {
        self.findings.leaks.lock().unwrap().clone()
    }

    /// How many bytes of answers were searched.
    pub(crate) fn searched(&self) -> u64 {
        self.findings.searched.load(Ordering::Relaxed)
    }
}

/// The texts to look for: upstream hosts, and ports where they stand behind a colon. Bare digits are in many numbers.
pub(crate) fn needles(traces: &[String]) -> Vec<String> {
    traces
        .iter()
        .map(|trace| if trace == ADDRESS_PREFIX { trace.clone() } else { format!(":{trace}") })
        .collect()
}

fn copy(mut from: TcpStream, mut to: TcpStream, mut look: impl FnMut(&[u8])) {
    let mut buffer = vec![0; 64 << 10];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        look(&buffer[..count]);
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    // Whichever end went first, the other learns of it; both may be gone already.
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

struct Search<'a> {
    findings: &'a Findings,
    /// The end of what came before, because an address may be cut in two.
    overlap: Vec<u8>,
}

impl Search<'_> {
    fn search(&mut self, bytes: &[u8]) {
        self.findings.searched.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.overlap.extend_from_slice(bytes);
        for needle in &self.findings.needles {
            if let Some(at) = position(&self.overlap, needle.as_bytes()) {
                let around = &self.overlap[at.saturating_sub(60)..(at + 60).min(self.overlap.len())];
                let leak = format!("`{needle}` in `{}`", String::from_utf8_lossy(around));
                self.findings.leaks.lock().unwrap().push(leak);
            }
        }
        let keep = self.overlap.len().saturating_sub(LONGEST_NEEDLE);
        self.overlap.drain(..keep);
    }
}

fn position(text: &[u8], needle: &[u8]) -> Option<usize> {
    text.windows(needle.len()).position(|window| window == needle)
}

const LONGEST_NEEDLE: usize = 16;

/// A search that finds nothing proves nothing unless it would have found something.
#[test]
fn an_address_is_found_even_in_two_pieces() {
    let findings = Findings {
        needles: needles(&[ADDRESS_PREFIX.to_owned(), "24122".to_owned()]),
        ..Findings::default()
    };
    let mut search = Search { findings: &findings, overlap: Vec::new() };
    search.search(b"\x00\x0b127.0.");
    search.search(b"77.11 is a broker; 24122 is a number, localhost:24122 is not");
    assert_eq!(findings.leaks.lock().unwrap().len(), 2);
}
