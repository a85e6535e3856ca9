//! The three parts of a signed token, and its header.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::policy::Algorithm;
use super::{InvalidToken, json};

/// A token taken apart; nothing in it is verified.
pub(super) struct Token<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
    /// What the signature covers.
    pub(super) signed: &'a str,
    pub(super) signature: Vec<u8>,
    claims: &'a str,
}

impl<'a> Token<'a> {
    /// Takes a token apart and judges its header.
    pub(super) fn parse(text: &'a str) -> Result<Self, InvalidToken> {
        if text.len() > MAX_TOKEN {
            return Err(InvalidToken::TooLarge);
        }
        let (signed, signature) =
            text.rsplit_once('.').ok_or(InvalidToken::Malformed("it does not have three parts"))?;
        let (header, claims) =
            signed.split_once('.').ok_or(InvalidToken::Malformed("it does not have three parts"))?;
        match claims.matches('.').count() {
            0 => {}
            2 => return Err(InvalidToken::Encrypted),
            _ => return Err(InvalidToken::Malformed("it does not have three parts")),
        }
        let header = object(header, "the header")?;
        check_header(&header)?;
        let algorithm = string(&header, "alg")?.ok_or(InvalidToken::Malformed("the header has no `alg`"))?;
        let algorithm = Algorithm::by_name(algorithm).ok_or(InvalidToken::AlgorithmNotAllowed)?;
        let key_id = string(&header, "kid")?.map(str::to_owned);
        let signature = decode(signature).ok_or(InvalidToken::Malformed("the signature is not base64url"))?;
        Ok(Self { algorithm, key_id, signed, signature, claims })
    }

    /// The claims. Read them as true only once the signature is verified.
    pub(super) fn claims(&self) -> Result<Map<String, Value>, InvalidToken> {
        object(self.claims, "the claims")
    }
}

fn check_header(header: &Map<String, Value>) -> Result<(), InvalidToken> {
    if header.contains_key("crit") || header.contains_key("b64") {
        return Err(InvalidToken::CriticalExtension);
    }
    if header.contains_key("enc") || header.contains_key("zip") || header.contains_key("cty") {
        return Err(InvalidToken::Encrypted);
    }
    // An id token's type is mostly `JWT` as well, so the audience has to tell it apart; but a logout token, a DPoP
    // proof and the like say what they are, and are no access tokens.
    let Some(kind) = string(header, "typ")? else { return Ok(()) };
    let kind = kind.to_ascii_lowercase();
    let kind = kind.strip_prefix("application/").unwrap_or(&kind);
    if matches!(kind, "jwt" | "at+jwt") { Ok(()) } else { Err(InvalidToken::WrongType) }
}

fn object(part: &str, which: &'static str) -> Result<Map<String, Value>, InvalidToken> {
    let bytes = decode(part).ok_or(InvalidToken::Malformed("a part is not base64url"))?;
    json::parse_object(&bytes).map_err(|_| match which {
        "the header" => InvalidToken::Malformed("the header is not JSON, or has a key twice"),
        _ => InvalidToken::Malformed("the claims are not JSON, or have a key twice"),
    })
}

fn string<'a>(header: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, InvalidToken> {
    match header.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(InvalidToken::Malformed("a header field is not text")),
    }
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// The longest token, in bytes.
pub const MAX_TOKEN: usize = 16 * 1024;
