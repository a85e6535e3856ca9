//! Conversations that pass through to the broker.
//!
//! Each message is parsed under its limits first, and only a well-formed one goes on. The name in it counts for nothing until
//! the broker says success.

use std::sync::Arc;

use bytes::Bytes;
use tidegate_model::{Mechanism, WorkloadIdentity};
use tidegate_wire::kafka::auth::{self, AuthenticateAnswer, OwnedHeader};
use tidegate_wire::kafka::codec::error_code::ErrorCode;
use tidegate_wire::sasl::scram::{observe_client_final, observe_client_first};
use tidegate_wire::sasl::{self, Secret, oauthbearer};

use super::terminate::TokenRefused;
use super::{AuthFailure, Conversation, Proven, Success, malformed};
use crate::upstream::Upstream;

impl Conversation<'_> {
    /// Passes the handshake and the messages after it on, and learns who the broker accepted.
    pub(super) async fn relay(
        &mut self,
        header: OwnedHeader,
        mechanism: Mechanism,
        upstream: &mut Upstream,
    ) -> Result<Proven, AuthFailure> {
        let name = sasl::mechanism_name(mechanism).unwrap_or_default();
        let answer = upstream.handshake(header.client_id.as_deref(), name).await?;
        if answer.error != ErrorCode::NONE {
            let why = format!("the broker does not take this mechanism now (error {})", answer.error.0);
            let answer =
                auth::handshake_response(&header, answer.error, &self.relayable(&answer.mechanisms))?;
            return Err(AuthFailure::Refused { mechanism: Some(mechanism), why, answer: Some(answer) });
        }
        self.client.send(auth::handshake_response(&header, ErrorCode::NONE, &[name])?).await?;
        match mechanism {
            Mechanism::Plain => self.relay_plain(upstream).await,
            Mechanism::ScramSha256 | Mechanism::ScramSha512 => self.relay_scram(mechanism, upstream).await,
            Mechanism::OauthBearer => self.relay_oauthbearer(upstream).await,
            Mechanism::Mtls => Err(AuthFailure::Protocol("no SASL mechanism".to_owned())),
        }
    }

    /// What both the broker and this listener offer.
    fn relayable(&self, broker: &[String]) -> Vec<&'static str> {
        let offered = self.listener.config.authentication.mechanisms.iter();
        let names = offered.filter_map(|mechanism| sasl::mechanism_name(*mechanism));
        names.filter(|name| broker.iter().any(|known| known == name)).collect()
    }

    async fn relay_plain(&mut self, upstream: &mut Upstream) -> Result<Proven, AuthFailure> {
        let (header, message) = self.message().await?;
        let username = match sasl::plain::parse(&message) {
            Ok(login) => login.username,
            Err(error) => return Err(self.refused(&header, Mechanism::Plain, malformed(error))),
        };
        let answer = self.pass(&header, &message, Mechanism::Plain, &username, upstream).await?;
        self.accepted(header, answer, &username, Mechanism::Plain)
    }

    async fn relay_scram(
        &mut self,
        mechanism: Mechanism,
        upstream: &mut Upstream,
    ) -> Result<Proven, AuthFailure> {
        let (header, message) = self.message().await?;
        let username = match observe_client_first(&message) {
            Ok(first) => first.username,
            Err(error) => return Err(self.refused(&header, mechanism, malformed(error))),
        };
        let challenge = self.pass(&header, &message, mechanism, &username, upstream).await?;
        self.client
            .send(auth::authenticate_response(&header, ErrorCode::NONE, None, &challenge.bytes, 0)?)
            .await?;

        let (header, message) = self.message().await?;
        if let Err(error) = observe_client_final(&message) {
            return Err(self.refused(&header, mechanism, malformed(error)));
        }
        let answer = self.pass(&header, &message, mechanism, &username, upstream).await?;
        self.accepted(header, answer, &username, mechanism)
    }

    async fn relay_oauthbearer(&mut self, upstream: &mut Upstream) -> Result<Proven, AuthFailure> {
        let mechanism = Mechanism::OauthBearer;
        let (header, message) = self.message().await?;
        let initial = match oauthbearer::parse_initial(&message) {
            Ok(initial) => initial,
            Err(error) => return Err(self.refused(&header, mechanism, malformed(error))),
        };
        let identity = match self.verify_token(&initial).await {
            Ok(identity) => identity,
            Err(TokenRefused::Invalid(why)) => return Err(self.refused(&header, mechanism, why)),
            Err(TokenRefused::Unavailable(why)) => {
                return Err(AuthFailure::Unavailable { mechanism: None, why });
            }
        };
        let answer = self.pass(&header, &message, mechanism, identity.principal.as_str(), upstream).await?;
        // An answer with a message in it is the broker's way of saying what is wrong with the token.
        if !answer.bytes.is_empty() {
            let why = format!("the broker refuses the token of `{}`", identity.principal);
            return Err(self.refused(&header, mechanism, why));
        }
        self.succeeded(header, answer, identity, Some(initial.token))
    }

    /// Passes one message on. The broker's words do not go back: they may name addresses.
    async fn pass(
        &self,
        header: &OwnedHeader,
        message: &Bytes,
        mechanism: Mechanism,
        name: &str,
        upstream: &mut Upstream,
    ) -> Result<AuthenticateAnswer, AuthFailure> {
        let answer = upstream.sasl_message(header.client_id.as_deref(), message).await?;
        if answer.error == ErrorCode::NONE {
            return Ok(answer);
        }
        Err(self.refused(
            header,
            mechanism,
            format!("`{name}`: the broker refuses it (error {})", answer.error.0),
        ))
    }

    fn accepted(
        &self,
        header: OwnedHeader,
        answer: AuthenticateAnswer,
        username: &str,
        mechanism: Mechanism,
    ) -> Result<Proven, AuthFailure> {
        match self.named(username, mechanism) {
            Ok(identity) => self.succeeded(header, answer, identity, None),
            Err(why) => Err(self.refused(&header, mechanism, why)),
        }
    }

    fn succeeded(
        &self,
        header: OwnedHeader,
        answer: AuthenticateAnswer,
        identity: WorkloadIdentity,
        token: Option<Secret>,
    ) -> Result<Proven, AuthFailure> {
        let success =
            Success { header, message: answer.bytes.to_vec(), broker_lifetime_ms: answer.lifetime_ms };
        let mut standing = self.standing(identity);
        standing.token = token.map(Arc::new);
        Ok(Proven { standing, success })
    }
}
