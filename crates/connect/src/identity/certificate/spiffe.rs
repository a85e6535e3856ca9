//! SPIFFE ids: `spiffe://trust-domain/path`, by the letter of the specification.

use super::CertificateRefused;

/// A well-formed SPIFFE id.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpiffeId<'a> {
    pub(super) whole: &'a str,
    pub(super) trust_domain: &'a str,
    /// The path without its first slash; never empty, as only a workload's certificate names a workload.
    pub(super) path: &'a str,
}

/// The SPIFFE id among a certificate's URI names. If there is one, it must be the only URI name.
pub(super) fn only_id(uri_names: &[String]) -> Result<Option<SpiffeId<'_>>, CertificateRefused> {
    if !uri_names.iter().any(|name| has_scheme(name)) {
        return Ok(None);
    }
    match uri_names {
        [only] => parse(only).map(Some).ok_or(CertificateRefused::MalformedSpiffeId),
        _ => Err(CertificateRefused::SeveralUriNames),
    }
}

/// Checks a trust domain from configuration.
pub(super) fn check_trust_domain(text: &str) -> Result<(), String> {
    if is_trust_domain(text) {
        return Ok(());
    }
    Err(format!(
        "`{text}` is not a trust domain: use lower-case letters, digits, `.`, `-` and `_`, no scheme"
    ))
}

fn has_scheme(name: &str) -> bool {
    name.as_bytes().get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME.as_bytes()))
}

fn parse(whole: &str) -> Option<SpiffeId<'_>> {
    if whole.len() > MAX_ID {
        return None;
    }
    let (trust_domain, path) = whole.strip_prefix(SCHEME)?.strip_prefix("//")?.split_once('/')?;
    let acceptable = is_trust_domain(trust_domain) && path.split('/').all(is_path_segment);
    acceptable.then_some(SpiffeId { whole, trust_domain, path })
}

fn is_trust_domain(text: &str) -> bool {
    let acceptable = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
    (1..=MAX_TRUST_DOMAIN).contains(&text.len()) && text.bytes().all(acceptable)
}

fn is_path_segment(text: &str) -> bool {
    let acceptable = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    !matches!(text, "" | "." | "..") && text.bytes().all(acceptable)
}

const SCHEME: &str = "spiffe:";
const MAX_ID: usize = 2048;
const MAX_TRUST_DOMAIN: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_well_formed_ids() {
        let id = parse("spiffe://prod.example/ns/shop/sa/orders").unwrap();
        assert_eq!((id.trust_domain, id.path), ("prod.example", "ns/shop/sa/orders"));
    }

    #[test]
    fn refuses_everything_else() {
        let long = format!("spiffe://prod.example/{}", "a".repeat(MAX_ID));
        let domain = format!("spiffe://{}/a", "a".repeat(MAX_TRUST_DOMAIN + 1));
        for id in [
            "spiffe://prod.example",
            "spiffe://prod.example/",
            "spiffe:///a",
            "SPIFFE://prod.example/a",
            "spiffe:/prod.example/a",
            "spiffe://Prod.example/a",
            "spiffe://prod.example:443/a",
            "spiffe://user@prod.example/a",
            "spiffe://prod.example/a/",
            "spiffe://prod.example//a",
            "spiffe://prod.example/a/../b",
            "spiffe://prod.example/./a",
            "spiffe://prod.example/a?b",
            "spiffe://prod.example/a#b",
            "spiffe://prod.example/a%2Fb",
            "spiffe://prod.example/ä",
            "https://prod.example/a",
            "",
            &long,
            &domain,
        ] {
            assert_eq!(parse(id), None, "{id}");
        }
    }

    #[test]
    fn an_id_in_any_spelling_must_be_alone_and_well_formed() {
        let names = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        assert_eq!(only_id(&names(&[])), Ok(None));
        assert_eq!(only_id(&names(&["https://a", "urn:b"])), Ok(None));
        assert!(only_id(&names(&["spiffe://a/b"])).unwrap().is_some());
        let several = Err(CertificateRefused::SeveralUriNames);
        assert_eq!(only_id(&names(&["spiffe://a/b", "spiffe://a/c"])), several);
        assert_eq!(only_id(&names(&["spiffe://a/b", "https://a"])), several);
        assert_eq!(only_id(&names(&["urn:a", "SPIFFE://a/b"])), several);
        assert_eq!(only_id(&names(&["SPIFFE://a/b"])), Err(CertificateRefused::MalformedSpiffeId));
    }
}
