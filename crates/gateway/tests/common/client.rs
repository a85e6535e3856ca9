//! A Kafka client made of frames.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tidegate_testkit::pki::Identity;
use tidegate_wire::kafka::auth;
use tidegate_wire::kafka::codec::{self, ErrorCode, Frame, Framer, Limits, Tree, View, field};
use tidegate_wire::sasl::scram::{Algorithm, Client as Scram};
use tidegate_wire::sasl::{self, Secret};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::Fixture;

/// A connection to the gateway.
pub struct Client {
    pub stream: TlsStream<TcpStream>,
    buffer: BytesMut,
    framer: Framer,
    next_id: i32,
}

/// The end of a SASL conversation.
#[derive(Debug)]
pub struct Verdict {
    pub error: ErrorCode,
    pub message: Option<String>,
    pub lifetime_ms: i64,
}

impl Verdict {
    pub fn is_success(&self) -> bool {
        self.error == ErrorCode::NONE
    }
}

impl Client {
    /// Connects, with a certificate or without.
    pub async fn connect(fixture: &Fixture, identity: Option<&Identity>) -> io::Result<Self> {
        Self::connect_to(fixture, fixture.port, identity).await
    }

    pub async fn connect_to(fixture: &Fixture, port: u16, identity: Option<&Identity>) -> io::Result<Self> {
        let socket = TcpStream::connect(("127.0.0.1", port)).await?;
        Self::over(socket, fixture.servers.client_config(identity).unwrap(), "localhost").await
    }

    /// Makes the handshake over a socket.
    pub async fn over(socket: TcpStream, config: Arc<ClientConfig>, name: &str) -> io::Result<Self> {
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let stream = TlsConnector::from(config).connect(name, socket).await?;
        Ok(Self { stream, buffer: BytesMut::new(), framer: Framer::new(64 << 20), next_id: 1 })
    }

    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// The next frame; an error at the end of the connection.
    pub async fn frame(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = self.framer.next(&mut self.buffer).unwrap() {
                return Ok(frame);
            }
            let reading =
                tokio::time::timeout(Duration::from_secs(15), self.stream.read_buf(&mut self.buffer));
            if reading.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    fn id(&mut self) -> i32 {
        self.next_id += 1;
        self.next_id
    }

    /// Sends a request and reads its answer.
    pub async fn request(&mut self, key: i16, version: i16, body: &Tree) -> io::Result<Tree> {
        let (api, id) = (codec::api(key).unwrap(), self.id());
        let request = codec::encode_request(api, version, id, Some("attacker"), body).unwrap();
        self.send(&request).await?;
        let frame = self.frame().await?;
        let header = codec::response_header(api, version, &frame.payload()).unwrap();
        assert_eq!(header.correlation_id, id);
        let body = frame.payload().slice(header.body_at..);
        codec::validate(&api.response, version, &body, &Limits::default()).unwrap();
        Ok(View::root(&api.response, version, &body).unwrap().to_tree(&body).unwrap())
    }

    /// The names of the topics the client may see, and where it is told to go for node 1.
    pub async fn metadata(&mut self) -> io::Result<(Vec<String>, (String, i64))> {
        let answer = self.request(3, 9, &Tree::new().with(field::TOPICS, codec::Value::Null)).await?;
        let names =
            answer.structs(field::TOPICS).filter_map(|topic| topic.string(field::NAME).map(str::to_owned));
        let broker = answer.structs(field::BROKERS).next().unwrap();
        let address = (broker.string(field::HOST).unwrap().to_owned(), broker.int(field::PORT).unwrap());
        Ok((names.filter(|name| !name.starts_with("__")).collect(), address))
    }

    /// Chooses a mechanism.
    pub async fn handshake(&mut self, mechanism: &str) -> io::Result<auth::HandshakeAnswer> {
        let id = self.id();
        self.send(&auth::handshake_request(id, Some("attacker"), mechanism).unwrap()).await?;
        Ok(auth::parse_handshake_response(&self.frame().await?, id).unwrap())
    }

    /// Sends one SASL message.
    pub async fn sasl(&mut self, message: &[u8]) -> io::Result<auth::AuthenticateAnswer> {
        let id = self.id();
        self.send(&auth::authenticate_request(id, Some("attacker"), message).unwrap()).await?;
        Ok(auth::parse_authenticate_response(&self.frame().await?, id).unwrap())
    }

    pub async fn plain(&mut self, username: &str, password: &str) -> io::Result<Verdict> {
        assert_eq!(self.handshake("PLAIN").await?.error, ErrorCode::NONE);
        let message = sasl::plain::encode(username, &Secret::copy_of(password)).unwrap();
        self.sasl(message.expose()).await.map(Verdict::of)
    }

    pub async fn token(&mut self, token: &str) -> io::Result<Verdict> {
        assert_eq!(self.handshake("OAUTHBEARER").await?.error, ErrorCode::NONE);
        let message = sasl::oauthbearer::encode_initial(&Secret::copy_of(token)).unwrap();
        let answer = self.sasl(message.expose()).await?;
        if answer.error == ErrorCode::NONE && !answer.bytes.is_empty() {
            return self.sasl(sasl::oauthbearer::ERROR_ACKNOWLEDGEMENT).await.map(Verdict::of);
        }
        Ok(Verdict::of(answer))
    }

    pub async fn scram(
        &mut self,
        algorithm: Algorithm,
        username: &str,
        password: &str,
    ) -> io::Result<Verdict> {
        let mechanism = sasl::mechanism_name(algorithm.mechanism()).unwrap();
        assert_eq!(self.handshake(mechanism).await?.error, ErrorCode::NONE);
        let (client, first) = Scram::start(algorithm, username, &[7; 24]).unwrap();
        let challenge = self.sasl(&first).await?;
        if challenge.error != ErrorCode::NONE {
            return Ok(Verdict::of(challenge));
        }
        let (proven, last) = client.prove(&challenge.bytes, &Secret::copy_of(password)).unwrap();
        let answer = self.sasl(&last).await?;
        if answer.error == ErrorCode::NONE {
            proven.finish(&answer.bytes).unwrap();
        }
        Ok(Verdict::of(answer))
    }

    /// Logs in with SCRAM-SHA-512 and the right password.
    pub async fn log_in(fixture: &Fixture, username: &str) -> Self {
        let mut client = Self::connect(fixture, None).await.unwrap();
        let verdict = client.scram(Algorithm::Sha512, username, super::PASSWORD).await.unwrap();
        assert!(verdict.is_success(), "{verdict:?}");
        client
    }

    /// Waits for the gateway to hang up, and says how long that took.
    pub async fn closed(&mut self) -> Duration {
        let begun = Instant::now();
        match self.frame().await {
            Ok(frame) => panic!("an answer came instead of the end: {frame:?}"),
            Err(error) => assert_ne!(error.kind(), io::ErrorKind::TimedOut, "still open"),
        }
        begun.elapsed()
    }
}

impl Verdict {
    fn of(answer: auth::AuthenticateAnswer) -> Self {
        Self { error: answer.error, message: answer.message, lifetime_ms: answer.lifetime_ms }
    }
}

/// A request that only an authenticated client may send.
pub fn metadata_request() -> Bytes {
    let body = Tree::new().with(field::TOPICS, codec::Value::Null);
    codec::encode_request(codec::api(3).unwrap(), 9, 7, None, &body).unwrap()
}
