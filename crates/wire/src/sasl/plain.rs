//! SASL PLAIN (RFC 4616): one message with a username and a password, to be accepted inside TLS only.

use super::{SaslError, Secret, bounded_text, check_authzid, check_name};

/// What a client sent.
pub struct PlainMessage {
    /// Who the client says it is. Never empty, no control characters.
    pub username: String,
    /// The password. Never empty.
    pub password: Secret,
}

/// Parses `[authzid] NUL username NUL password`.
///
/// An authorization id other than the username is refused: nobody acts as somebody else.
pub fn parse(message: &[u8]) -> Result<PlainMessage, SaslError> {
    let text = bounded_text(message, MAX_MESSAGE)?;
    let mut parts = text.split('\0');
    let (Some(authzid), Some(username), Some(password), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(SaslError::Malformed("expected exactly two NUL bytes"));
    };
    check_name(username)?;
    check_authzid(authzid, username)?;
    if password.is_empty() {
        return Err(SaslError::Malformed("the password is empty"));
    }
    Ok(PlainMessage { username: username.to_owned(), password: Secret::copy_of(password) })
}

/// The message that authenticates `username`, without an authorization id. It contains the password, hence a secret.
pub fn encode(username: &str, password: &Secret) -> Result<Secret, SaslError> {
    check_name(username)?;
    let acceptable = password.expose_str().is_some_and(|text| !text.is_empty() && !text.contains('\0'));
    if !acceptable {
        return Err(SaslError::Malformed("the password is empty, has a NUL or is not valid UTF-8"));
    }
    let mut message = Vec::with_capacity(2 + username.len() + password.len());
    message.push(0);
    message.extend_from_slice(username.as_bytes());
    message.push(0);
    message.extend_from_slice(password.expose());
    let message = Secret::new(message);
    if message.len() > MAX_MESSAGE {
        return Err(SaslError::TooLarge { limit: MAX_MESSAGE });
    }
    Ok(message)
}

/// The longest PLAIN message, in bytes.
pub const MAX_MESSAGE: usize = 4 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(message: &[u8], expected: Result<(&str, &str), SaslError>) {
        let parsed = parse(message);
        let seen = parsed.as_ref().map(|m| (m.username.as_str(), m.password.expose_str().unwrap()));
        assert_eq!(seen.map_err(|e| *e), expected, "{:?}", String::from_utf8_lossy(message));
    }

    #[test]
    fn accepts_username_and_password() {
        check(b"\0orders\0hunter2", Ok(("orders", "hunter2")));
        check(b"orders\0orders\0hunter2", Ok(("orders", "hunter2")));
        check("\0müller\0pässword".as_bytes(), Ok(("müller", "pässword")));
    }

    #[test]
    fn refuses_what_is_not_two_parts() {
        let nul = SaslError::Malformed("expected exactly two NUL bytes");
        for message in
            [&b""[..], b"orders", b"\0orders", b"\0orders\0pw\0", b"\0orders\0p\0w", b"\0\0\0\0\0\0"]
        {
            check(message, Err(nul));
        }
    }

    #[test]
    fn refuses_names_and_passwords_that_cannot_be() {
        check(b"\0\0pw", Err(SaslError::Malformed("the username is empty")));
        check(b"\0orders\0", Err(SaslError::Malformed("the password is empty")));
        check(b"\0or\nders\0pw", Err(SaslError::Malformed("the username has a control character")));
        check(b"\0or\xffders\0pw", Err(SaslError::Malformed("not valid UTF-8")));
        check(
            b"admin\0orders\0pw",
            Err(SaslError::Refused("the authorization id differs from the username")),
        );
        let long = format!("\0{}\0pw", "a".repeat(super::super::MAX_NAME + 1));
        check(long.as_bytes(), Err(SaslError::Malformed("the username is too long")));
    }

    #[test]
    fn refuses_one_byte_more_than_the_limit() {
        let fits = format!("\0u\0{}", "p".repeat(MAX_MESSAGE - 3));
        assert!(parse(fits.as_bytes()).is_ok());
        check(format!("{fits}p").as_bytes(), Err(SaslError::TooLarge { limit: MAX_MESSAGE }));
    }

    #[test]
    fn encodes_only_what_it_would_parse() {
        assert_eq!(encode("orders", &Secret::copy_of("pw")).ok().unwrap().expose(), b"\0orders\0pw");
        for (username, password) in [("", "pw"), ("a\0b", "pw"), ("a", ""), ("a", "p\0w")] {
            assert!(encode(username, &Secret::copy_of(password)).is_err(), "{username:?} {password:?}");
        }
        assert!(encode("a", &Secret::new(vec![0xff])).is_err());
        assert!(encode("a", &Secret::new(vec![b'x'; MAX_MESSAGE])).is_err());
    }

    proptest! {
        #[test]
        fn never_panics_and_reads_back_what_was_encoded(
            noise in proptest::collection::vec(any::<u8>(), 0..64),
            username in "[^\\p{Cc}]{1,20}", password in "[^\\x00]{1,40}",
        ) {
            let _ = parse(&noise);
            let encoded = encode(&username, &Secret::copy_of(&password)).ok().unwrap();
            let parsed = parse(encoded.expose()).ok().unwrap();
            prop_assert_eq!(parsed.username, username);
            prop_assert_eq!(parsed.password.expose_str(), Some(password.as_str()));
        }
    }
}
