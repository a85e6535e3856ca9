//! HTTP/1.1 over a stream: a handful of paths, JSON in and out.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use tidegate_model::PrincipalName;
use tokio::io::{AsyncRead, AsyncWrite};

use super::status::{RevokeReport, RevokeRequest, Status};
use crate::gateway::Control;
use crate::revocation::Change;
use crate::state::Phase;

/// Which paths there are.
#[derive(Clone)]
pub(super) enum Interface {
    /// Commands, on the local socket.
    Admin(Control),
    /// Metrics and health, for whoever reaches the address.
    Monitoring(Control),
}

/// Serves one connection, for a limited time.
pub(super) async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, interface: Interface) {
    let service = service_fn(move |request| {
        let interface = interface.clone();
        async move { Ok::<_, Infallible>(answer(&interface, request).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .max_buf_size(MAX_HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // Whoever broke off has said why to nobody but itself.
    let _ = tokio::time::timeout(CONNECTION_TIME, connection).await;
}

type Answer = Response<Full<Bytes>>;

async fn answer(interface: &Interface, request: Request<Incoming>) -> Answer {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    match interface {
        Interface::Admin(control) => admin(control, &method, &path, request).await,
        Interface::Monitoring(control) => monitoring(control, &method, &path),
    }
}

async fn admin(control: &Control, method: &Method, path: &str, request: Request<Incoming>) -> Answer {
    match (method, path) {
        (&Method::GET, "/status") => json(StatusCode::OK, &Status::of(&control.shared)),
        (&Method::GET, "/sessions") => json(StatusCode::OK, &control.shared.sessions.list()),
        (&Method::POST, "/reload") => json(StatusCode::OK, &control.reload().await),
        (&Method::POST, "/revoke") => revoke(control, request).await,
        (&Method::POST, "/drain") => {
            control.drain_wanted.notify_one();
            json(StatusCode::ACCEPTED, &serde_json::json!({ "draining": true }))
        }
        _ => monitoring(control, method, path),
    }
}

async fn revoke(control: &Control, request: Request<Incoming>) -> Answer {
    let body = match Limited::new(request.into_body(), MAX_BODY_BYTES).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return problem(StatusCode::BAD_REQUEST, "the request is too long or broke off"),
    };
    let order: RevokeRequest = match serde_json::from_slice(&body) {
        Ok(order) => order,
        Err(error) => return problem(StatusCode::BAD_REQUEST, &format!("not a revocation: {error}")),
    };
    let principal = match PrincipalName::new(&order.principal) {
        Ok(principal) => principal,
        Err(error) => return problem(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let sessions = control.shared.sessions.count_of(&principal);
    let change = if order.undo { Change::Undo } else { Change::Revoke { reason: order.reason } };
    match control.revoke(principal, change).await {
        Ok(()) => {
            json(StatusCode::OK, &RevokeReport { principal: order.principal, revoked: !order.undo, sessions })
        }
        Err(why) => problem(StatusCode::INTERNAL_SERVER_ERROR, &why),
    }
}

fn monitoring(control: &Control, method: &Method, path: &str) -> Answer {
    if method != Method::GET {
        return problem(StatusCode::METHOD_NOT_ALLOWED, "no such command here");
    }
    match path {
        "/metrics" => text(StatusCode::OK, METRICS_TYPE, control.shared.metrics.encode()),
        "/healthz" => text(StatusCode::OK, TEXT_TYPE, "ok\n".to_owned()),
        "/readyz" => match not_ready(control) {
            None => text(StatusCode::OK, TEXT_TYPE, "ready\n".to_owned()),
            Some(why) => text(StatusCode::SERVICE_UNAVAILABLE, TEXT_TYPE, format!("{why}\n")),
        },
        _ => problem(StatusCode::NOT_FOUND, "no such path"),
    }
}

/// Why the gateway should get no new connections at the moment.
fn not_ready(control: &Control) -> Option<String> {
    if *control.shared.phase.borrow() != Phase::Running {
        return Some("draining".to_owned());
    }
    let away = |cluster: &&std::sync::Arc<crate::state::ClusterState>| {
        cluster.nodes.values().all(|node| node.versions().is_none() || node.problem().is_some())
    };
    let cluster = control.shared.clusters.iter().find(away)?;
    Some(format!("no broker of cluster {} answers", cluster.config.name))
}

fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    match serde_json::to_string(body) {
        Ok(body) => text(status, "application/json", body),
        Err(error) => problem(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn problem(status: StatusCode, message: &str) -> Answer {
    text(status, "application/json", serde_json::json!({ "error": message }).to_string())
}

fn text(status: StatusCode, kind: &'static str, body: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    answer
}

const METRICS_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT_TYPE: &str = "text/plain; charset=utf-8";

/// The longest request head.
const MAX_HEADER_BYTES: usize = 16 * 1024;
/// The longest request body.
const MAX_BODY_BYTES: usize = 16 * 1024;
/// How long one connection may last.
const CONNECTION_TIME: Duration = Duration::from_secs(30);
