//! One client connection from its socket to its end.

mod auth;
mod establish;
mod open;
mod report;
mod session;

use std::net::IpAddr;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};
use tracing::Instrument;

use crate::metrics::AuthenticationOutcome;
use crate::state::{ListenerState, Shared};
use auth::AuthFailure;
use establish::establish;
use open::{Client, open};

/// Serves one accepted socket. `node` is the node its port stands for.
pub(crate) async fn serve(
    shared: Arc<Shared>,
    listener: Arc<ListenerState>,
    socket: TcpStream,
    remote: IpAddr,
    node: Option<i32>,
) {
    let name = Arc::clone(&listener.config.name);
    match open(&listener, socket, remote, node).await {
        Ok(client) => {
            let span = tracing::info_span!("connection", listener = %name, peer = %client.peer);
            authenticated(shared, listener, client).instrument(span).await;
        }
        Err(why) => {
            shared.metrics.connection_refused(&name, why.class());
            tracing::debug!(listener = %name, peer = %remote, reason = why.class(), "connection not opened: {why}");
        }
    }
}

async fn authenticated(shared: Arc<Shared>, listener: Arc<ListenerState>, mut client: Client) {
    let begun = Instant::now();
    let limits = &listener.config.limits;
    let established =
        tokio::time::timeout(limits.authentication_timeout, establish(&shared, &listener, &mut client));
    match established.await.unwrap_or(Err(AuthFailure::TimedOut)) {
        Ok(established) => {
            let mechanism = established.standing.identity.proof.mechanism;
            let outcome = AuthenticationOutcome::Success;
            shared.metrics.authentication(&listener.config.name, Some(mechanism), outcome);
            session::run(shared, listener, client, established).await;
        }
        Err(failure) => turn_away(&shared, &listener, client, failure, begun).await,
    }
}

/// Answers and closes, no sooner after the beginning than any other failure.
async fn turn_away(
    shared: &Shared,
    listener: &ListenerState,
    mut client: Client,
    failure: AuthFailure,
    begun: Instant,
) {
    let name = &listener.config.name;
    let (mechanism, outcome, answer) = match &failure {
        AuthFailure::Link(error) => {
            tracing::debug!(%error, "connection ended before authentication");
            shared.metrics.connection_refused(name, "ended_before_authentication");
            return;
        }
        AuthFailure::Refused { mechanism, answer, .. } => {
            (*mechanism, AuthenticationOutcome::Failure, answer.clone())
        }
        AuthFailure::Unavailable { mechanism, .. } => (*mechanism, AuthenticationOutcome::Unavailable, None),
        AuthFailure::Protocol(_) | AuthFailure::TimedOut => (None, AuthenticationOutcome::Failure, None),
    };
    shared.metrics.authentication(name, mechanism, outcome);
    let mechanism = mechanism.map_or("none", |mechanism| mechanism.as_str());
    tracing::warn!(mechanism, reason = %failure, "authentication failed");
    if outcome == AuthenticationOutcome::Failure {
        client.admission.failed(Instant::now());
    }
    sleep_until(begun + listener.config.limits.authentication_failure_delay).await;
    if let Some(answer) = answer {
        // A client that does not wait for its answer has lost nothing.
        let _ = client.link.send(answer).await;
    }
    client.link.close().await;
}
