//! Conversations that end at the gateway.

use std::sync::Arc;

use tidegate_connect::identity::oidc::TokenError;
use tidegate_connect::identity::users::Users;
use tidegate_model::{Mechanism, WorkloadIdentity};
use tidegate_wire::kafka::auth::{self, OwnedHeader};
use tidegate_wire::kafka::codec::error_code::ErrorCode;
use tidegate_wire::sasl::oauthbearer::{self, ErrorStatus, InitialResponse};
use tidegate_wire::sasl::scram::{Algorithm, Greeting};
use tidegate_wire::sasl::{self, SaslError};

use super::{AuthFailure, Conversation, Proven, Success, malformed};
use crate::clock;
use crate::upstream::nonce;

impl Conversation<'_> {
    /// Answers the handshake and verifies what the client then sends.
    pub(super) async fn terminate(
        &mut self,
        header: OwnedHeader,
        mechanism: Mechanism,
    ) -> Result<Proven, AuthFailure> {
        let name = sasl::mechanism_name(mechanism).unwrap_or_default();
        let answer = auth::handshake_response(&header, ErrorCode::NONE, &[name])?;
        self.client.send(answer).await?;
        match (mechanism, Algorithm::of(mechanism)) {
            (_, Some(algorithm)) => self.scram(algorithm).await,
            (Mechanism::Plain, None) => self.plain().await,
            (Mechanism::OauthBearer, None) => self.oauthbearer().await,
            (_, None) => Err(AuthFailure::Protocol("no SASL mechanism".to_owned())),
        }
    }

    fn users(&self) -> Result<Arc<Users>, AuthFailure> {
        let users = self.listener.users.as_ref().map(|users| users.current());
        users.ok_or_else(|| AuthFailure::Unavailable {
            mechanism: None,
            why: "no store of users is open".to_owned(),
        })
    }

    async fn scram(&mut self, algorithm: Algorithm) -> Result<Proven, AuthFailure> {
        let mechanism = algorithm.mechanism();
        let (header, message) = self.message().await?;
        let greeting = match Greeting::read(algorithm, &message) {
            Ok(greeting) => greeting,
            Err(error) => return Err(self.refused(&header, mechanism, malformed(error))),
        };
        let username = greeting.username().to_owned();
        let users = self.users()?;
        let begun = users.candidate(&username, algorithm).and_then(|candidate| {
            let nonce = nonce().map_err(|_| SaslError::Refused("the system gave no random bytes"))?;
            let (challenged, challenge) = greeting.challenge(candidate.credential(), &nonce)?;
            Ok((candidate, challenged, challenge))
        });
        let (candidate, challenged, challenge) =
            begun.map_err(|error| self.refused(&header, mechanism, malformed(error)))?;
        self.client.send(auth::authenticate_response(&header, ErrorCode::NONE, None, &challenge, 0)?).await?;

        let (header, message) = self.message().await?;
        let finished = challenged
            .finish(&message)
            .and_then(|finish| Ok((finish.answer, candidate.identity(mechanism, clock::now())?)));
        match finished {
            Ok((answer, identity)) => Ok(self.proven(header, identity, answer)),
            Err(error) => Err(self.refused(&header, mechanism, format!("`{username}`: {error}"))),
        }
    }

    async fn plain(&mut self) -> Result<Proven, AuthFailure> {
        let (header, message) = self.message().await?;
        let login = match sasl::plain::parse(&message) {
            Ok(login) => login,
            Err(error) => return Err(self.refused(&header, Mechanism::Plain, malformed(error))),
        };
        let username = login.username.clone();
        let candidate = self
            .users()?
            .candidate(&username, Algorithm::Sha512)
            .map_err(|error| self.refused(&header, Mechanism::Plain, malformed(error)))?;
        // Anybody may ask for a slow hash, so only so many run at once; the others wait within their time limit.
        let hashed = async {
            let _turn = self.listener.hashing.acquire().await.ok()?;
            let verifying = move || candidate.verify_password(&login.password, clock::now());
            tokio::task::spawn_blocking(verifying).await.ok()
        };
        match hashed.await {
            Some(Ok(identity)) => Ok(self.proven(header, identity, Vec::new())),
            Some(Err(error)) => {
                Err(self.refused(&header, Mechanism::Plain, format!("`{username}`: {error}")))
            }
            None => {
                Err(AuthFailure::Unavailable { mechanism: None, why: "the gateway is stopping".to_owned() })
            }
        }
    }

    async fn oauthbearer(&mut self) -> Result<Proven, AuthFailure> {
        let (header, message) = self.message().await?;
        let initial = match oauthbearer::parse_initial(&message) {
            Ok(initial) => initial,
            Err(error) => {
                let status = ErrorStatus::InvalidRequest;
                return Err(self.refuse_token(header, status, malformed(error)).await);
            }
        };
        match self.verify_token(&initial).await {
            Ok(identity) => {
                let mut proven = self.proven(header, identity, Vec::new());
                proven.standing.token = Some(Arc::new(initial.token));
                Ok(proven)
            }
            Err(TokenRefused::Invalid(why)) => {
                Err(self.refuse_token(header, ErrorStatus::InvalidToken, why).await)
            }
            Err(TokenRefused::Unavailable(why)) => Err(AuthFailure::Unavailable { mechanism: None, why }),
        }
    }

    /// Verifies a token, and that the client asks to be nobody else than the token says.
    pub(super) async fn verify_token(
        &self,
        initial: &InitialResponse,
    ) -> Result<WorkloadIdentity, TokenRefused> {
        let verifier = self.listener.config.authentication.oauth.as_ref().map(|oauth| &oauth.verifier);
        let verifier =
            verifier.ok_or_else(|| TokenRefused::Invalid("no provider is configured".to_owned()))?;
        let token = initial.token.expose_str().unwrap_or_default();
        let identity = verifier.verify(token, clock::now(), self.certificate_sha256()).await.map_err(
            |error| match error {
                TokenError::Invalid(_) => TokenRefused::Invalid(error.to_string()),
                TokenError::Unavailable(_) => TokenRefused::Unavailable(error.to_string()),
            },
        )?;
        match &initial.authzid {
            Some(authzid) if authzid != identity.principal.as_str() => Err(TokenRefused::Invalid(
                "the client asks to be somebody else than its token says".to_owned(),
            )),
            _ => Ok(identity),
        }
    }

    /// Tells the client what is wrong with its token, waits for its acknowledgement, and only then refuses (RFC 7628).
    async fn refuse_token(&mut self, header: OwnedHeader, status: ErrorStatus, why: String) -> AuthFailure {
        let told = async {
            let challenge = oauthbearer::error_challenge(status);
            let answer = auth::authenticate_response(&header, ErrorCode::NONE, None, challenge, 0)?;
            self.client.send(answer).await?;
            self.message().await
        };
        match told.await {
            Ok((header, _)) => self.refused(&header, Mechanism::OauthBearer, why),
            // A client that hangs up on hearing it was refused all the same.
            Err(_) => AuthFailure::Refused { mechanism: Some(Mechanism::OauthBearer), why, answer: None },
        }
    }

    fn proven(&self, header: OwnedHeader, identity: WorkloadIdentity, message: Vec<u8>) -> Proven {
        let success = Success { header, message, broker_lifetime_ms: 0 };
        Proven { standing: self.standing(identity), success }
    }
}

/// Why a token was not accepted.
pub(super) enum TokenRefused {
    Invalid(String),
    Unavailable(String),
}
