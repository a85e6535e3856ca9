//! Proofs that are renewed while a session lives: the client's to the gateway, and the gateway's to the broker (KIP-368).

use tidegate_model::UnixMillis;
use tidegate_wire::kafka::auth::{self, AuthRequest};
use tidegate_wire::kafka::codec::frame::Frame;

use super::Running;
use crate::clock;
use crate::config::AuthenticationMode;
use crate::connection::auth::{AuthFailure, Conversation};
use crate::connection::report::End;
use crate::metrics::AuthenticationOutcome;

impl Running {
    /// Holds the conversation of a client that authenticates again; neither principal nor mechanism may change.
    pub(super) async fn authenticate_again(&mut self, frame: &Frame) -> Result<(), End> {
        self.client.flush().await.map_err(End::Client)?;
        let limits = &self.listener.config.limits;
        self.client.set_frame_limit(limits.frame_before_authentication);
        let outcome = tokio::time::timeout(limits.authentication_timeout, self.renew(frame));
        let outcome = outcome.await.unwrap_or(Err(AuthFailure::TimedOut));
        self.client.set_frame_limit(self.listener.config.limits.request_frame);
        let counted =
            if outcome.is_ok() { AuthenticationOutcome::Success } else { AuthenticationOutcome::Failure };
        let mechanism = self.standing.identity.proof.mechanism;
        self.shared.metrics.authentication(&self.listener.config.name, Some(mechanism), counted);
        outcome.map_err(End::Reauthentication)
    }

    async fn renew(&mut self, frame: &Frame) -> Result<(), AuthFailure> {
        let request =
            auth::parse_auth_request(frame).map_err(|error| AuthFailure::Protocol(error.to_string()))?;
        let AuthRequest::Handshake { header, mechanism } = request else {
            return Err(AuthFailure::Protocol("no SaslHandshake".to_owned()));
        };
        let certificate = self.standing.certificate.clone();
        let mut conversation = Conversation {
            shared: &self.shared,
            listener: &self.listener,
            certificate: certificate.as_ref(),
            client: &mut self.client,
            requests_left: self.listener.config.limits.authentication_requests,
        };
        let relay = match self.listener.config.authentication.mode {
            AuthenticationMode::Relay => Some(&mut self.upstream),
            AuthenticationMode::Terminate => None,
        };
        let proven = conversation.hold(header, &mechanism, relay).await?;
        let (was, is) = (&self.standing.identity, &proven.standing.identity);
        if was.principal != is.principal || was.proof.mechanism != is.proof.mechanism {
            let why =
                format!("`{}` tried to become `{}` by authenticating again", was.principal, is.principal);
            let mechanism = Some(is.proof.mechanism);
            return Err(AuthFailure::Refused { mechanism, why, answer: proven.refusal() });
        }
        self.ends_at = proven.ends_at().map(|at| clock::instant_of(UnixMillis(at)));
        self.standing = proven.tell(&mut self.client).await?;
        self.caller.identity = self.standing.identity.clone();
        self.session.caller_changed();
        Ok(())
    }

    /// Shows the broker the gateway's credential again (KIP-368).
    pub(super) async fn log_in_again(&mut self) -> Result<(), End> {
        let Some(credential) = self.login.clone() else { return Ok(()) };
        let time = self.listener.config.limits.upstream_connect;
        let logged_in = tokio::time::timeout(time, self.upstream.log_in(&credential)).await;
        match logged_in {
            Ok(Ok(logged_in)) => {
                self.login_again = logged_in.again_at();
                Ok(())
            }
            Ok(Err(error)) => Err(End::UpstreamLogin(error.to_string())),
            Err(_) => Err(End::UpstreamLogin("the broker did not answer in time".to_owned())),
        }
    }
}
