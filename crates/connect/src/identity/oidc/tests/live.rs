//! Key sets that change, fail and come back, behind a provider that counts how often it is asked.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rustls::ServerConfig;
use tempfile::TempDir;
use tidegate_testkit::oauth::jwks;
use tidegate_testkit::pki::Authority;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

/// A provider on this machine. It answers what it was last told to.
struct Provider {
    address: String,
    answer: Arc<Mutex<Vec<u8>>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    async fn start(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let provider = Self {
            address: format!("{scheme}://localhost:{}/jwks", listener.local_addr().unwrap().port()),
            answer: Arc::default(),
            asked: Arc::default(),
        };
        let (answer, asked) = (Arc::clone(&provider.answer), Arc::clone(&provider.asked));
        tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let (answer, asked, tls) = (Arc::clone(&answer), Arc::clone(&asked), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        Some(tls) => {
                            if let Ok(socket) = tls.accept(socket).await {
                                serve(socket, &answer, &asked).await;
                            }
                        }
                        None => serve(socket, &answer, &asked).await,
                    }
                });
            }
        });
        provider
    }

    fn says(&self, status: &str, body: &str) {
        let answer =
            format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
        *self.answer.lock().unwrap() = answer.into_bytes();
    }

    fn publishes(&self, mints: &[&Mint]) {
        self.says("200 OK", &jwks(mints).to_string());
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn verifier(&self, more: &str) -> TokenVerifier {
        verifier(&format!("url: '{}'\n{more}", self.address))
    }
}

async fn serve(
    mut socket: impl AsyncRead + AsyncWrite + Unpin,
    answer: &Mutex<Vec<u8>>,
    asked: &AtomicUsize,
) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if socket.read_exact(&mut byte).await.is_err() {
            return;
        }
        request.extend_from_slice(&byte);
    }
    asked.fetch_add(1, Ordering::SeqCst);
    let answer = answer.lock().unwrap().clone();
    let _ = socket.write_all(&answer).await;
    let _ = socket.shutdown().await;
}

fn verifier(keys: &str) -> TokenVerifier {
    let keys: RawKeySource = serde_saphyr::from_str(keys).unwrap();
    TokenVerifier::compile(&RawTokenVerifier { token: raw_policy(""), keys }).ok().unwrap()
}

fn token(mint: &Mint) -> String {
    mint.token("orders", json!({"iat": at(-60), "exp": at(100_000)})).unwrap()
}

fn after(seconds: i64) -> UnixMillis {
    UnixMillis(now().0 + seconds * 1000)
}

#[tokio::test]
async fn keys_are_read_once_and_used_for_many_tokens() {
    let provider = Provider::start(None).await;
    let mint = mint("k1");
    provider.publishes(&[&mint]);
    let verifier = provider.verifier("");
    assert_eq!(verifier.status(), KeyStatus::default());
    for _ in 0..5 {
        assert!(verifier.verify(&token(&mint), now(), None).await.is_ok());
    }
    assert_eq!(provider.asked(), 1);
    assert_eq!(verifier.status().keys, 1);
}

#[tokio::test]
async fn a_rotated_key_is_fetched_when_a_token_names_it() {
    let provider = Provider::start(None).await;
    let (old, new) = (mint("old"), mint("new"));
    provider.publishes(&[&old]);
    let verifier = provider.verifier("");
    verifier.prepare(now()).await.unwrap();
    provider.publishes(&[&old, &new]);
    assert!(verifier.verify(&token(&new), after(20), None).await.is_ok());
    assert!(verifier.verify(&token(&old), after(20), None).await.is_ok());
    assert_eq!(provider.asked(), 2);
    provider.publishes(&[&new]);
    // A key taken back is no longer good once the keys are old enough to be read first.
    let refused = verifier.verify(&token(&old), after(20 + 601), None).await.unwrap_err();
    assert_eq!(refused, InvalidToken::UnknownKey.into());
}

#[tokio::test]
async fn unknown_keys_do_not_flood_the_provider() {
    let provider = Provider::start(None).await;
    let good = mint("k1");
    provider.publishes(&[&good]);
    let verifier = provider.verifier("");
    verifier.prepare(now()).await.unwrap();
    let start = now().0;
    for second in 0..30 {
        for attempt in 0..5 {
            let bogus = token(&mint(&format!("bogus-{second}-{attempt}")));
            let refused = verifier.verify(&bogus, UnixMillis(start + second * 1000), None).await;
            assert_eq!(refused.unwrap_err(), InvalidToken::UnknownKey.into());
        }
    }
    assert_eq!(provider.asked(), 3, "at the start, and once in ten seconds from then on");
    assert!(verifier.verify(&token(&good), now(), None).await.is_ok());
}

#[tokio::test]
async fn many_at_once_ask_the_provider_once() {
    let provider = Provider::start(None).await;
    let mint = mint("k1");
    provider.publishes(&[&mint]);
    let verifier = provider.verifier("");
    let token = token(&mint);
    let attempts = (0..50).map(|_| {
        let (verifier, token) = (verifier.clone(), token.clone());
        tokio::spawn(async move { verifier.verify(&token, now(), None).await.is_ok() })
    });
    for attempt in attempts.collect::<Vec<_>>() {
        assert!(attempt.await.unwrap());
    }
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_token_newer_than_the_keys_is_told_to_come_back() {
    let provider = Provider::start(None).await;
    let (old, new) = (mint("old"), mint("new"));
    provider.publishes(&[&old]);
    let verifier = provider.verifier("");
    verifier.prepare(now()).await.unwrap();
    let fresh = new.token("orders", json!({"iat": at(3), "exp": at(600)})).unwrap();
    let refused = verifier.verify(&fresh, after(5), None).await.unwrap_err();
    assert!(matches!(refused, TokenError::Unavailable(_)), "{refused}");
    provider.publishes(&[&old, &new]);
    assert!(verifier.verify(&fresh, after(15), None).await.is_ok());
}

#[tokio::test]
async fn an_outage_is_bridged_for_a_while_and_is_nobodys_fault() {
    let provider = Provider::start(None).await;
    let known = mint("k1");
    provider.publishes(&[&known]);
    let verifier = provider.verifier("outage_limit_seconds: 1000");
    verifier.prepare(now()).await.unwrap();
    provider.says("503 Service Unavailable", "");
    for seconds in [100, 650, 990] {
        assert!(verifier.verify(&token(&known), after(seconds), None).await.is_ok(), "{seconds}");
    }
    assert!(verifier.status().problem.unwrap().contains("503"));
    let unknown = verifier.verify(&token(&mint("k2")), after(995), None).await.unwrap_err();
    assert!(matches!(unknown, TokenError::Unavailable(_)), "{unknown}");
    let too_old = verifier.verify(&token(&known), after(1001), None).await.unwrap_err();
    assert!(matches!(too_old, TokenError::Unavailable(_)), "{too_old}");
    provider.publishes(&[&known]);
    assert!(verifier.verify(&token(&known), after(1020), None).await.is_ok());
    assert_eq!(verifier.status().problem, None);
}

#[tokio::test]
async fn a_bad_answer_is_an_outage() {
    let provider = Provider::start(None).await;
    let mint = mint("k1");
    let large = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(300 * 1024));
    for (status, body) in [
        ("200 OK", ""),
        ("200 OK", "{}"),
        ("200 OK", "<html>"),
        ("200 OK", large.as_str()),
        ("302 Found\r\nlocation: https://evil.test/", ""),
        ("404 Not Found", "{}"),
    ] {
        provider.says(status, body);
        let refused = provider.verifier("").verify(&token(&mint), now(), None).await.unwrap_err();
        assert!(matches!(refused, TokenError::Unavailable(_)), "{status}: {refused}");
    }
    *provider.answer.lock().unwrap() = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    assert!(provider.verifier("").prepare(now()).await.is_err());
    let nobody = verifier("url: 'http://127.0.0.1:1/jwks'");
    assert!(matches!(nobody.prepare(now()).await, Err(TokenError::Unavailable(_))));
}

#[tokio::test]
async fn a_stale_key_set_is_refreshed_without_making_anybody_wait() {
    let provider = Provider::start(None).await;
    let (old, new) = (mint("old"), mint("new"));
    provider.publishes(&[&old]);
    let verifier = provider.verifier("");
    verifier.prepare(now()).await.unwrap();
    provider.publishes(&[&new]);
    assert!(verifier.verify(&token(&old), after(301), None).await.is_ok());
    // The refresh runs beside; asking for the new key waits for its turn behind it.
    assert!(verifier.verify(&token(&new), after(301), None).await.is_ok());
    assert!(verifier.verify(&token(&old), after(301), None).await.is_err());
    assert_eq!(provider.asked(), 2);
}

#[tokio::test]
async fn a_file_is_read_again_as_it_ages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jwks.json");
    let (old, new) = (mint("old"), mint("new"));
    std::fs::write(&path, jwks(&[&old]).to_string()).unwrap();
    let verifier = verifier(&format!("file: '{}'", path.display()));
    assert!(verifier.verify(&token(&old), now(), None).await.is_ok());
    std::fs::write(&path, jwks(&[&new]).to_string()).unwrap();
    assert!(verifier.verify(&token(&new), after(11), None).await.is_ok());
    assert_eq!(
        verifier.verify(&token(&old), after(22), None).await.unwrap_err(),
        InvalidToken::UnknownKey.into()
    );
    std::fs::write(&path, "x".repeat(300 * 1024)).unwrap();
    assert!(matches!(verifier.verify(&token(&old), after(40), None).await, Err(TokenError::Unavailable(_))));
}

#[tokio::test]
async fn a_key_taken_out_of_its_file_is_noticed_at_once_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jwks.json");
    let (old, new) = (mint("old"), mint("new"));
    std::fs::write(&path, jwks(&[&old]).to_string()).unwrap();
    let verifier = verifier(&format!("file: '{}'", path.display()));
    assert_eq!(verifier.key_file(), Some(path.as_path()));
    assert_eq!(verifier.reload(now()).await, Ok(Reloaded::Changed), "read for the first time");
    assert_eq!(verifier.reload(now()).await, Ok(Reloaded::Unchanged));
    assert!(verifier.verify(&token(&old), now(), None).await.is_ok());
    std::fs::write(&path, jwks(&[&new]).to_string()).unwrap();
    assert_eq!(verifier.refresh_if_due(after(299)).await, Ok(Reloaded::Unchanged), "not due");
    assert_eq!(verifier.reload(after(1)).await, Ok(Reloaded::Changed));
    let refused = verifier.verify(&token(&old), after(2), None).await.unwrap_err();
    assert_eq!(refused, InvalidToken::UnknownKey.into());
    std::fs::write(&path, "garbage").unwrap();
    assert!(verifier.reload(after(3)).await.is_err());
    assert!(verifier.verify(&token(&new), after(4), None).await.is_ok(), "the last good keys stay");
}

#[tokio::test]
async fn keys_are_refreshed_while_nobody_logs_in() {
    let provider = Provider::start(None).await;
    let (old, new) = (mint("old"), mint("new"));
    provider.publishes(&[&old]);
    let verifier = provider.verifier("");
    assert_eq!(verifier.key_file(), None);
    verifier.prepare(now()).await.unwrap();
    assert_eq!(verifier.refresh_if_due(after(301)).await, Ok(Reloaded::Unchanged));
    provider.publishes(&[&new]);
    assert_eq!(verifier.refresh_if_due(after(400)).await, Ok(Reloaded::Unchanged));
    assert_eq!(verifier.refresh_if_due(after(602)).await, Ok(Reloaded::Changed));
    assert_eq!(provider.asked(), 3);
    provider.says("500 Oops", "");
    assert!(verifier.refresh_if_due(after(1000)).await.is_err());
}

/// The files of a provider with TLS: its acceptor, and its authority in a file.
fn tls(authority: &Authority, name: &str, folder: &Path) -> (TlsAcceptor, String) {
    let identity = authority.server(&[name]).unwrap();
    let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(crypto)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain().to_vec(), identity.key_der())
        .unwrap();
    let path = authority.write(folder.join("ca.crt")).unwrap();
    (TlsAcceptor::from(Arc::new(config)), format!("ca_file: '{}'", path.display()))
}

#[tokio::test]
async fn a_provider_must_prove_who_it_is() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let (ours, others) = (Authority::new("CA").unwrap(), Authority::new("Others").unwrap());
    let mint = mint("k1");
    let (acceptor, ca) = tls(&ours, "localhost", folder.path());
    let provider = Provider::start(Some(acceptor)).await;
    provider.publishes(&[&mint]);
    assert!(provider.verifier(&ca).verify(&token(&mint), now(), None).await.is_ok());
    assert!(provider.verifier("").prepare(now()).await.is_err(), "not an authority of the system");

    others.write(folder.path().join("ca.crt")).unwrap();
    assert!(provider.verifier(&ca).prepare(now()).await.is_err(), "another authority");
    std::fs::write(folder.path().join("ca.crt"), "").unwrap();
    assert!(provider.verifier(&ca).prepare(now()).await.is_err(), "no authority");

    let (acceptor, ca) = tls(&ours, "elsewhere.test", folder.path());
    let provider = Provider::start(Some(acceptor)).await;
    provider.publishes(&[&mint]);
    assert!(provider.verifier(&ca).prepare(now()).await.is_err(), "another name");
    assert_eq!(provider.asked(), 0);
}

#[test]
fn sources_that_cannot_be_trusted_are_refused() {
    let compile = |keys: &str| {
        let keys: RawKeySource = serde_saphyr::from_str(keys).unwrap();
        TokenVerifier::compile(&RawTokenVerifier { token: raw_policy(""), keys }).map(drop)
    };
    for keys in [
        "{}",
        "{file: a, url: 'https://a.test'}",
        "url: 'http://idp.test/jwks'",
        "url: 'http://localhost.evil.test/jwks'",
        "url: 'ftp://idp.test/jwks'",
        "url: 'idp.test/jwks'",
        "url: '/jwks'",
        "url: ''",
        "{file: a, min_refetch_seconds: 0}",
        "{file: a, refresh_seconds: 5}",
        "{file: a, outage_limit_seconds: 299}",
    ] {
        assert_eq!(compile(keys).unwrap_err().len(), 1, "{keys}");
    }
    for keys in [
        "file: a",
        "url: 'https://idp.test/jwks'",
        "url: 'http://localhost:8080/jwks'",
        "url: 'http://127.0.0.1/jwks'",
        "url: 'http://[::1]:80/jwks'",
        "{url: 'http://idp.test/jwks', dangerous_allow_plaintext: true}",
    ] {
        assert_eq!(compile(keys), Ok(()), "{keys}");
    }
    assert!(serde_saphyr::from_str::<RawKeySource>("{file: a, insecure: true}").is_err());
}
