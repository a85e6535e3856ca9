//! What a session stands on, and whether it still does.

use std::sync::Arc;

use tidegate_connect::identity::oidc::TokenError;
use tidegate_model::{Mechanism, PrincipalName, Snapshot, WorkloadIdentity};
use tidegate_wire::sasl::Secret;

use crate::clock;
use crate::config::AuthenticationMode;
use crate::revocation::Revocations;
use crate::state::{ListenerState, Shared};
use crate::tls::PeerCertificate;

/// An identity with everything that made it so.
pub(crate) struct Standing {
    pub(crate) identity: WorkloadIdentity,
    /// The client's certificate, whichever mechanism was used.
    pub(crate) certificate: Option<PeerCertificate>,
    /// The token of an OAUTHBEARER login, to be verified again when the provider's keys change.
    pub(crate) token: Option<Arc<Secret>>,
}

/// Why a session may not begin or go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fallen {
    Revoked,
    UnknownPrincipal,
    DisabledPrincipal,
    Certificate(String),
    User(&'static str),
    Token(String),
}

impl Fallen {
    /// For metrics.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::UnknownPrincipal => "unknown_principal",
            Self::DisabledPrincipal => "disabled_principal",
            Self::Certificate(_) => "certificate",
            Self::User(_) => "user",
            Self::Token(_) => "token",
        }
    }
}

impl std::fmt::Display for Fallen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Revoked => f.write_str("the principal is revoked"),
            Self::UnknownPrincipal => f.write_str("the principal is not in catalog/principals.yaml"),
            Self::DisabledPrincipal => f.write_str("the principal is disabled in catalog/principals.yaml"),
            Self::Certificate(why) | Self::Token(why) => f.write_str(why),
            Self::User(why) => f.write_str(why),
        }
    }
}

/// Whether policy and operators let `principal` in at all.
pub(crate) fn may_enter(
    principal: &PrincipalName,
    policy: &Snapshot,
    revocations: &Revocations,
) -> Result<(), Fallen> {
    if revocations.contains(principal) {
        return Err(Fallen::Revoked);
    }
    let entry = policy.principal(principal).ok_or(Fallen::UnknownPrincipal)?;
    if entry.is_disabled() { Err(Fallen::DisabledPrincipal) } else { Ok(()) }
}

impl Standing {
    /// Looks again at everything, as it is now.
    pub(crate) async fn check(&self, shared: &Shared, listener: &ListenerState) -> Result<(), Fallen> {
        may_enter(&self.identity.principal, &shared.policy.load(), &shared.revocations.load())?;
        self.check_certificate(listener)?;
        self.check_user(listener)?;
        self.check_token(listener).await
    }

    fn check_certificate(&self, listener: &ListenerState) -> Result<(), Fallen> {
        let (Some(certificate), Some(tls)) = (&self.certificate, &listener.tls) else { return Ok(()) };
        tls.still_trusted(certificate, clock::now()).map_err(|why| Fallen::Certificate(why.to_string()))
    }

    fn check_user(&self, listener: &ListenerState) -> Result<(), Fallen> {
        use tidegate_connect::identity::users::LoginEnded;
        let stored = match self.identity.proof.mechanism {
            Mechanism::Plain | Mechanism::ScramSha256 | Mechanism::ScramSha512 => true,
            Mechanism::Mtls | Mechanism::OauthBearer => false,
        };
        let Some(users) = &listener.users else { return Ok(()) };
        if !stored || listener.config.authentication.mode == AuthenticationMode::Relay {
            return Ok(());
        }
        users.current().still_stands(&self.identity).map_err(|ended| {
            Fallen::User(match ended {
                LoginEnded::Removed => "the user is no longer in the store",
                LoginEnded::Disabled => "the user is disabled in the store",
                LoginEnded::Rotated => "the user's password was rotated",
            })
        })
    }

    async fn check_token(&self, listener: &ListenerState) -> Result<(), Fallen> {
        let (Some(token), Some(oauth)) = (&self.token, &listener.config.authentication.oauth) else {
            return Ok(());
        };
        let certificate = self.certificate.as_ref().map(PeerCertificate::sha256);
        let token = token.expose_str().unwrap_or_default();
        match oauth.verifier.verify(token, clock::now(), certificate).await {
            // An outage of the provider takes nothing from a token that was good: its expiry ends the session.
            Ok(_) | Err(TokenError::Unavailable(_)) => Ok(()),
            Err(TokenError::Invalid(why)) => {
                Err(Fallen::Token(format!("the token is no longer good: {why}")))
            }
        }
    }
}
