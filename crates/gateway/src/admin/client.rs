//! The other end of the local socket, for commands.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio::net::UnixStream;

use super::status::{RevokeReport, RevokeRequest, Status};
use crate::reload::ReloadReport;
use crate::sessions::SessionInfo;

/// Gives orders to a running gateway.
#[derive(Clone, Debug)]
pub struct AdminClient {
    socket: PathBuf,
}

/// Why an order did not get through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminError {
    /// Nobody listens there, or this user may not talk to it.
    NotReached {
        /// The socket.
        socket: PathBuf,
        /// What the system said.
        message: String,
    },
    /// The gateway did not do it.
    Refused(String),
}

impl fmt::Display for AdminError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReached { socket, message } => {
                write!(f, "no gateway answers on `{}`: {message}", socket.display())
            }
            Self::Refused(why) => write!(f, "the gateway did not do it: {why}"),
        }
    }
}

impl std::error::Error for AdminError {}

impl AdminClient {
    /// For the gateway with its socket at `socket`.
    pub fn new(socket: impl AsRef<Path>) -> Self {
        Self { socket: socket.as_ref().to_owned() }
    }

    /// The state of the gateway.
    pub async fn status(&self) -> Result<Status, AdminError> {
        self.ask(Method::GET, "/status", Bytes::new()).await
    }

    /// The live sessions.
    pub async fn sessions(&self) -> Result<Vec<SessionInfo>, AdminError> {
        self.ask(Method::GET, "/sessions", Bytes::new()).await
    }

    /// Makes it read policy, certificates, users and revocations again.
    pub async fn reload(&self) -> Result<ReloadReport, AdminError> {
        self.ask(Method::POST, "/reload", Bytes::new()).await
    }

    /// Revokes a principal, or takes that back.
    pub async fn revoke(&self, order: &RevokeRequest) -> Result<RevokeReport, AdminError> {
        let body = serde_json::to_vec(order).map_err(|error| AdminError::Refused(error.to_string()))?;
        self.ask(Method::POST, "/revoke", Bytes::from(body)).await
    }

    /// Makes it stop gracefully.
    pub async fn drain(&self) -> Result<(), AdminError> {
        self.ask::<serde_json::Value>(Method::POST, "/drain", Bytes::new()).await.map(drop)
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<T, AdminError> {
        let asking = tokio::time::timeout(ANSWER_TIME, self.exchange(method, path, body));
        let (accepted, answer) =
            asking.await.unwrap_or_else(|_| Err(self.not_reached("no answer in time")))?;
        if !accepted {
            let error: serde_json::Value = serde_json::from_slice(&answer).unwrap_or_default();
            let why = error.get("error").and_then(|why| why.as_str()).unwrap_or("it did not say why");
            return Err(AdminError::Refused(why.to_owned()));
        }
        serde_json::from_slice(&answer)
            .map_err(|error| AdminError::Refused(format!("its answer is not understood: {error}")))
    }

    async fn exchange(&self, method: Method, path: &str, body: Bytes) -> Result<(bool, Bytes), AdminError> {
        let failed = |error: &dyn fmt::Display| self.not_reached(&error.to_string());
        let stream = UnixStream::connect(&self.socket).await.map_err(|error| failed(&error))?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| failed(&error))?;
        let driving = tokio::spawn(connection);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .body(Full::new(body))
            .map_err(|error| failed(&error))?;
        let answer = sender.send_request(request).await.map_err(|error| failed(&error))?;
        let accepted = answer.status().is_success();
        let body = Limited::new(answer.into_body(), MAX_ANSWER_BYTES)
            .collect()
            .await
            .map_err(|error| failed(&error))?;
        driving.abort();
        Ok((accepted, body.to_bytes()))
    }

    fn not_reached(&self, message: &str) -> AdminError {
        AdminError::NotReached { socket: self.socket.clone(), message: message.to_owned() }
    }
}

/// How long an order may take; a reload compiles the whole bundle.
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// The longest answer read.
const MAX_ANSWER_BYTES: usize = 64 << 20;
