//! The messages of a SCRAM conversation: parsed strictly, so that what is read here is what any server would read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{SaslError, bounded_text, check_authzid, check_name};
use super::{MAX_EXTENSIONS, MAX_MESSAGE, MAX_NONCE};

/// A client's first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFirst {
    /// Who the client says it is, with its escapes resolved.
    pub username: String,
    /// The client's nonce.
    pub nonce: String,
    /// The header in front, `n,,` or `n,a=name,` (or with `y`), which the last message repeats.
    pub(super) header: String,
    /// The rest of the message, which the proof covers.
    pub(super) bare: String,
}

/// A client's last message.
pub(super) struct ClientFinal<'a> {
    /// The channel binding data, decoded: the header of the first message.
    pub(super) header: Vec<u8>,
    pub(super) nonce: &'a str,
    /// The message up to the proof, which the proof covers.
    pub(super) without_proof: &'a str,
    pub(super) proof: Vec<u8>,
}

/// A server's first message.
pub(super) struct ServerFirst<'a> {
    pub(super) nonce: &'a str,
    pub(super) salt: Vec<u8>,
    pub(super) iterations: u32,
}

/// Reads a client's first message of a conversation that only passes through: who logs in, and whether the broker may
/// be given the message at all.
pub fn observe_client_first(message: &[u8]) -> Result<ClientFirst, SaslError> {
    ClientFirst::parse(message)
}

/// Checks the form of a client's last message in a conversation that only passes through. Whether its proof is right
/// is for the broker to say.
pub fn observe_client_final(message: &[u8]) -> Result<(), SaslError> {
    ClientFinal::parse(message).map(drop)
}

impl ClientFirst {
    /// Parses `n,[a=name],n=username,r=nonce[,extensions]`.
    ///
    /// Channel binding (`p=`) and delegation tokens (`tokenauth`) are refused.
    pub fn parse(message: &[u8]) -> Result<Self, SaslError> {
        let text = bounded_text(message, MAX_MESSAGE)?;
        let (binding, rest) = text.split_once(',').ok_or(SaslError::Malformed("no header"))?;
        check_channel_binding(binding)?;
        let (authzid, bare) = rest.split_once(',').ok_or(SaslError::Malformed("no header"))?;
        let mut attributes = bare.split(',');
        let username = attribute(attributes.next(), "n=")?;
        let username = unescape_name(username)?;
        check_name(&username)?;
        check_authzid(&parse_authzid(authzid)?, &username)?;
        let nonce = attribute(attributes.next(), "r=")?;
        check_nonce(nonce, MAX_NONCE)?;
        check_extensions(attributes)?;
        let header_len = text.len() - bare.len();
        let header = text.get(..header_len).unwrap_or_default().to_owned();
        Ok(Self { username, nonce: nonce.to_owned(), header, bare: bare.to_owned() })
    }
}

impl<'a> ClientFinal<'a> {
    /// Parses `c=binding,r=nonce[,extensions],p=proof`.
    pub(super) fn parse(message: &'a [u8]) -> Result<Self, SaslError> {
        let text = bounded_text(message, MAX_MESSAGE)?;
        let (without_proof, proof) =
            text.rsplit_once(",p=").ok_or(SaslError::Malformed("no proof at its end"))?;
        let mut attributes = without_proof.split(',');
        let header = decode_base64(attribute(attributes.next(), "c=")?)?;
        let nonce = attribute(attributes.next(), "r=")?;
        // The last message repeats both nonces; an old librdkafka repeats its own once more.
        check_nonce(nonce, 3 * MAX_NONCE)?;
        check_extensions(attributes)?;
        Ok(Self { header, nonce, without_proof, proof: decode_base64(proof)? })
    }
}

impl<'a> ServerFirst<'a> {
    /// Parses `r=nonce,s=salt,i=iterations[,extensions]`.
    pub(super) fn parse(message: &'a [u8]) -> Result<Self, SaslError> {
        let text = bounded_text(message, MAX_MESSAGE)?;
        let mut attributes = text.split(',');
        let nonce = attribute(attributes.next(), "r=")?;
        check_nonce(nonce, 2 * MAX_NONCE)?;
        let salt = decode_base64(attribute(attributes.next(), "s=")?)?;
        let digits = attribute(attributes.next(), "i=")?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SaslError::Malformed("the iteration count is not a number"));
        }
        let iterations =
            digits.parse().map_err(|_| SaslError::Malformed("the iteration count is not a number"))?;
        check_extensions(attributes)?;
        Ok(Self { nonce, salt, iterations })
    }
}

/// Parses a server's last message, `v=signature[,extensions]` or `e=error`, and returns the signature.
pub(super) fn parse_server_final(message: &[u8]) -> Result<Vec<u8>, SaslError> {
    let text = bounded_text(message, MAX_MESSAGE)?;
    if text.starts_with("e=") {
        return Err(SaslError::NotProven);
    }
    let mut attributes = text.split(',');
    let signature = decode_base64(attribute(attributes.next(), "v=")?)?;
    check_extensions(attributes)?;
    Ok(signature)
}

/// Accepts a client without channel binding, whether or not it could do it; there is none to offer.
pub(in super::super) fn check_channel_binding(binding: &str) -> Result<(), SaslError> {
    match binding {
        "n" | "y" => Ok(()),
        _ if binding.starts_with("p=") => Err(SaslError::Refused("channel binding is not offered")),
        _ => Err(SaslError::Malformed("the channel binding flag is not `n`, `y` or `p=`")),
    }
}

/// Resolves `=2C` and `=3D`. Any other `=` is an error, so each name has one spelling.
pub(in super::super) fn unescape_name(escaped: &str) -> Result<String, SaslError> {
    let mut parts = escaped.split('=');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (character, rest) = if let Some(rest) = part.strip_prefix("2C") {
            (',', rest)
        } else if let Some(rest) = part.strip_prefix("3D") {
            ('=', rest)
        } else {
            return Err(SaslError::Malformed("a name has `=` without `2C` or `3D`"));
        };
        name.push(character);
        name.push_str(rest);
    }
    Ok(name)
}

/// Escapes `=` and `,`.
pub(super) fn escape_name(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

pub(super) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn decode_base64(text: &str) -> Result<Vec<u8>, SaslError> {
    if text.is_empty() {
        return Err(SaslError::Malformed("an attribute is empty"));
    }
    STANDARD.decode(text).map_err(|_| SaslError::Malformed("an attribute is not base64"))
}

fn parse_authzid(field: &str) -> Result<String, SaslError> {
    if field.is_empty() {
        return Ok(String::new());
    }
    let escaped = field.strip_prefix("a=").ok_or(SaslError::Malformed("the authorization id lacks `a=`"))?;
    if escaped.is_empty() {
        return Err(SaslError::Malformed("the authorization id is empty"));
    }
    unescape_name(escaped)
}

fn attribute<'a>(field: Option<&'a str>, name: &str) -> Result<&'a str, SaslError> {
    match field {
        // `m=` announces an extension that must be understood; there is none that we do.
        Some(field) if field.starts_with("m=") => Err(SaslError::Refused("a mandatory extension")),
        Some(field) => {
            field.strip_prefix(name).ok_or(SaslError::Malformed("attributes missing or out of order"))
        }
        None => Err(SaslError::Malformed("attributes missing or out of order")),
    }
}

fn check_nonce(nonce: &str, limit: usize) -> Result<(), SaslError> {
    if nonce.is_empty() {
        return Err(SaslError::Malformed("the nonce is empty"));
    }
    if nonce.len() > limit {
        return Err(SaslError::Malformed("the nonce is too long"));
    }
    if !nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SaslError::Malformed("the nonce has a character it may not have"));
    }
    Ok(())
}

/// Optional extensions are ignored, as RFC 5802 asks, except the one that changes who the client is.
fn check_extensions<'a>(extensions: impl Iterator<Item = &'a str>) -> Result<(), SaslError> {
    for (count, extension) in extensions.enumerate() {
        if count == MAX_EXTENSIONS {
            return Err(SaslError::Malformed("too many extensions"));
        }
        let (name, value) =
            extension.split_once('=').ok_or(SaslError::Malformed("an extension lacks `=`"))?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) || value.contains('\0') {
            return Err(SaslError::Malformed("an extension is malformed"));
        }
        if name.eq_ignore_ascii_case("tokenauth") {
            return Err(SaslError::Refused("delegation tokens are not accepted"));
        }
        if matches!(name, "a" | "c" | "e" | "i" | "m" | "n" | "p" | "r" | "s" | "v") {
            return Err(SaslError::Malformed("attributes missing or out of order"));
        }
    }
    Ok(())
}
