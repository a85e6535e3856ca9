//! SASL OAUTHBEARER (RFC 7628, KIP-255): one message with a bearer token, and extensions beside it.

use super::{SaslError, Secret, bounded_text, check_name, scram};

/// What a client sent. The token is text of one of the shapes a bearer token may have; nothing about it is verified yet.
pub struct InitialResponse {
    /// Whom the client asks to act as. The caller compares it with the principal that the token proves.
    pub authzid: Option<String>,
    /// The token.
    pub token: Secret,
    /// The other pairs, in the order sent; names are unique.
    pub extensions: Vec<(String, String)>,
}

/// Parses `n,[a=authzid],^Aauth=Bearer <token>^A[name=value^A]...^A`, where `^A` is the byte 1.
pub fn parse_initial(message: &[u8]) -> Result<InitialResponse, SaslError> {
    let text = bounded_text(message, MAX_MESSAGE)?;
    let (header, pairs) = text.split_once(SEPARATOR).ok_or(SaslError::Malformed("no separator"))?;
    let authzid = parse_header(header)?;
    let pairs =
        pairs.strip_suffix("\x01\x01").ok_or(SaslError::Malformed("does not end with two separators"))?;
    let mut token = None;
    let mut extensions: Vec<(String, String)> = Vec::new();
    for pair in pairs.split(SEPARATOR) {
        let (name, value) = parse_pair(pair)?;
        if name == AUTH {
            if token.replace(parse_authorization(value)?).is_some() {
                return Err(SaslError::Malformed("more than one token"));
            }
            continue;
        }
        if extensions.len() == MAX_EXTENSIONS {
            return Err(SaslError::Malformed("too many extensions"));
        }
        if extensions.iter().any(|(seen, _)| seen == name) {
            return Err(SaslError::Malformed("an extension is repeated"));
        }
        extensions.push((name.to_owned(), value.to_owned()));
    }
    let token = token.ok_or(SaslError::Malformed("no token"))?;
    Ok(InitialResponse { authzid, token, extensions })
}

/// The message that presents `token`, without an authorization id or extensions.
pub fn encode_initial(token: &Secret) -> Result<Secret, SaslError> {
    if token.is_empty() || !token.expose().iter().all(|&byte| is_token_byte(byte)) {
        return Err(SaslError::Malformed("the token has a character no bearer token may have"));
    }
    let mut message = Vec::with_capacity(token.len() + 24);
    message.extend_from_slice(b"n,,\x01auth=Bearer ");
    message.extend_from_slice(token.expose());
    message.extend_from_slice(b"\x01\x01");
    let message = Secret::new(message);
    if message.len() > MAX_MESSAGE {
        return Err(SaslError::TooLarge { limit: MAX_MESSAGE });
    }
    Ok(message)
}

/// The challenge that tells a client its token was refused, as JSON. The client answers [`ERROR_ACKNOWLEDGEMENT`] and
/// only then does the server say that authentication failed.
pub fn error_challenge(status: ErrorStatus) -> &'static [u8] {
    match status {
        ErrorStatus::InvalidToken => br#"{"status":"invalid_token"}"#,
        ErrorStatus::InsufficientScope => br#"{"status":"insufficient_scope"}"#,
        ErrorStatus::InvalidRequest => br#"{"status":"invalid_request"}"#,
    }
}

/// Why a token was refused, in the words of RFC 6750.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStatus {
    /// Expired, revoked, malformed or otherwise invalid.
    InvalidToken,
    /// Valid, but not for this.
    InsufficientScope,
    /// The message around the token is wrong.
    InvalidRequest,
}

fn parse_header(header: &str) -> Result<Option<String>, SaslError> {
    let mut parts = header.split(',');
    let (Some(binding), Some(authzid), Some(""), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(SaslError::Malformed("the header is not `n,[a=name],`"));
    };
    scram::check_channel_binding(binding)?;
    if authzid.is_empty() {
        return Ok(None);
    }
    let name = authzid.strip_prefix("a=").ok_or(SaslError::Malformed("the authorization id lacks `a=`"))?;
    let name = scram::unescape_name(name)?;
    check_name(&name)?;
    Ok(Some(name))
}

fn parse_pair(pair: &str) -> Result<(&str, &str), SaslError> {
    let (name, value) = pair.split_once('=').ok_or(SaslError::Malformed("a pair lacks `=`"))?;
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(SaslError::Malformed("a pair's name is not made of letters"));
    }
    let acceptable = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e);
    if !value.bytes().all(acceptable) {
        return Err(SaslError::Malformed("a pair's value has a character it may not have"));
    }
    Ok((name, value))
}

fn parse_authorization(value: &str) -> Result<Secret, SaslError> {
    let (scheme, token) =
        value.split_once(' ').ok_or(SaslError::Malformed("the authorization is not `Bearer <token>`"))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(SaslError::Malformed("the authorization scheme is not `Bearer`"));
    }
    let token = token.trim_matches(' ');
    if token.is_empty() || !token.bytes().all(is_token_byte) {
        return Err(SaslError::Malformed("the token has a character no bearer token may have"));
    }
    Ok(Secret::copy_of(token))
}

/// The characters of `b64token` in RFC 6750.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
}

/// What a client answers to [`error_challenge`].
pub const ERROR_ACKNOWLEDGEMENT: &[u8] = b"\x01";

/// The longest OAUTHBEARER message, in bytes. Tokens with many groups are long.
pub const MAX_MESSAGE: usize = 16 * 1024;

/// How many extensions a client may send.
pub const MAX_EXTENSIONS: usize = 16;

const SEPARATOR: char = '\x01';
const AUTH: &str = "auth";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(message: &[u8]) -> SaslError {
        match parse_initial(message) {
            Ok(_) => panic!("accepted {:?}", String::from_utf8_lossy(message)),
            Err(error) => error,
        }
    }

    #[test]
    fn reads_what_kafka_clients_send() {
        let java = parse_initial(b"n,,\x01auth=Bearer abc.def.ghi\x01\x01").ok().unwrap();
        assert_eq!(java.token.expose(), b"abc.def.ghi");
        assert_eq!(java.authzid, None);
        assert!(java.extensions.is_empty());

        let extended = parse_initial(
            b"n,a=ann=2Cbob,\x01auth=bearer a-b_c.d\x01logicalCluster=lkc-1\x01identityPoolId=pool 1\x01\x01",
        );
        let extended = extended.ok().unwrap();
        assert_eq!(extended.authzid.as_deref(), Some("ann,bob"));
        let pairs: Vec<_> = extended.extensions.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(pairs, [("logicalCluster", "lkc-1"), ("identityPoolId", "pool 1")]);
    }

    #[test]
    fn reads_the_example_of_rfc_7628() {
        let example = b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01";
        let parsed = parse_initial(example).ok().unwrap();
        assert_eq!(parsed.authzid.as_deref(), Some("user@example.com"));
        assert_eq!(parsed.token.expose(), b"vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
    }

    #[test]
    fn refuses_what_is_malformed() {
        for message in [
            &b""[..],
            b"\x01",
            b"n,,",
            b"n,,\x01\x01",
            b"n,,\x01auth=Bearer abc",
            b"n,,\x01auth=Bearer abc\x01",
            b"n,,\x01auth=Bearer abc\x01\x01\x01",
            b"n,,\x01auth=Bearer \x01\x01",
            b"n,,\x01auth=Bearer\x01\x01",
            b"n,,\x01auth=Basic abc\x01\x01",
            b"n,,\x01auth=Bearer a b\x01\x01",
            b"n,,\x01auth=Bearer a\xc3\xa4\x01\x01",
            b"n,,\x01auth=Bearer a\xff\x01\x01",
            b"n,,\x01host=example\x01\x01",
            b"n,,\x01auth=Bearer abc\x01auth=Bearer def\x01\x01",
            b"n,,\x01auth=Bearer abc\x01x=1\x01x=2\x01\x01",
            b"n,,\x01auth=Bearer abc\x011x=1\x01\x01",
            b"n,,\x01auth=Bearer abc\x01=1\x01\x01",
            b"n,,\x01auth=Bearer abc\x01x\x01\x01",
            b"n,,\x01auth=Bearer abc\x01x=\x7f\x01\x01",
            b"n,a=,\x01auth=Bearer abc\x01\x01",
            b"n,a=a=b,\x01auth=Bearer abc\x01\x01",
            b"n,bob,\x01auth=Bearer abc\x01\x01",
            b"n,\x01auth=Bearer abc\x01\x01",
            b"n,,,\x01auth=Bearer abc\x01\x01",
            b"z,,\x01auth=Bearer abc\x01\x01",
        ] {
            assert!(matches!(refused(message), SaslError::Malformed(_)), "{message:?}");
        }
        assert!(matches!(refused(b"p=tls-unique,,\x01auth=Bearer abc\x01\x01"), SaslError::Refused(_)));
    }

    #[test]
    fn holds_its_limits() {
        let longest = MAX_MESSAGE - b"n,,\x01auth=Bearer \x01\x01".len();
        let encoded = encode_initial(&Secret::new(vec![b'x'; longest])).ok().unwrap();
        assert!(parse_initial(encoded.expose()).is_ok());
        assert!(encode_initial(&Secret::new(vec![b'x'; longest + 1])).is_err());
        assert_eq!(refused(&vec![b'x'; MAX_MESSAGE + 1]), SaslError::TooLarge { limit: MAX_MESSAGE });

        let with = |count: usize| {
            let names = (0..count).map(|i| format!("{}=1\x01", "x".repeat(i + 1)));
            format!("n,,\x01auth=Bearer abc\x01{}\x01", names.collect::<String>())
        };
        assert!(parse_initial(with(MAX_EXTENSIONS).as_bytes()).is_ok());
        assert_eq!(refused(with(MAX_EXTENSIONS + 1).as_bytes()), SaslError::Malformed("too many extensions"));
    }

    #[test]
    fn encodes_only_tokens_that_fit_the_message() {
        for token in [&b""[..], b"a b", b"a\x01b", b"a\nb", b"\xff"] {
            assert!(encode_initial(&Secret::new(token.to_vec())).is_err(), "{token:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(noise in proptest::collection::vec(any::<u8>(), 0..80), text in "n,[a=,]{0,3},\x01.{0,40}\x01\x01") {
            let _ = parse_initial(&noise);
            let _ = parse_initial(text.as_bytes());
        }

        #[test]
        fn reads_back_what_was_encoded(token in "[a-zA-Z0-9._~+/=-]{1,200}") {
            let encoded = encode_initial(&Secret::copy_of(&token)).ok().unwrap();
            let parsed = parse_initial(encoded.expose()).ok().unwrap();
            prop_assert_eq!(parsed.token.expose_str(), Some(token.as_str()));
        }
    }
}
