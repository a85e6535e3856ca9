//! Single tokens against a key set and a policy.

use std::collections::BTreeSet;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use aws_lc_rs::{rsa, signature};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header};
use proptest::prelude::*;
use tidegate_model::{Mechanism, WorkloadIdentity};
use tidegate_testkit::oauth::{hs256, jwks, unsigned};

use super::*;

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Verifies a token with the given claims on top of good ones.
fn judged(yaml: &str, claims: Value) -> Result<WorkloadIdentity, InvalidToken> {
    let mint = mint("k1");
    let token = mint.token("orders", claims).unwrap();
    verify(&token, &key_set(&mint.jwks()), &policy(yaml), now(), None)
}

fn refused(yaml: &str, claims: Value, expected: InvalidToken) {
    let shown = claims.to_string();
    assert_eq!(judged(yaml, claims).unwrap_err(), expected, "{yaml} {shown}");
}

#[test]
fn a_good_token_gives_a_principal_and_its_proof() {
    let claims = json!({"iat": at(-5), "exp": at(100), "nbf": at(-5), "groups": ["a", "b"], "amr": ["mfa", "pwd"], "device": "managed"});
    let yaml = "groups_claim: groups\ndevice_posture_claim: device\nprincipal_prefix: 'oidc:'";
    let identity = judged(yaml, claims).unwrap();
    assert_eq!(identity.principal.as_str(), "oidc:orders");
    let proof = identity.proof;
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(proof.mechanism, Mechanism::OauthBearer);
    assert_eq!(proof.groups, texts(&["a", "b"]));
    assert_eq!(proof.amr, texts(&["mfa", "pwd"]));
    assert_eq!(proof.device_posture.as_deref(), Some("managed"));
    assert_eq!(proof.credential_issued_at, at(-5).as_i64().map(|s| UnixMillis(s * 1000)));
    assert_eq!(proof.expires_at, at(100).as_i64().map(|s| UnixMillis(s * 1000)));
    assert_eq!(proof.certificate_sha256, None);
}

#[test]
fn groups_and_posture_are_read_only_where_asked_for() {
    let claims = json!({"groups": ["admins"], "device": "managed"});
    let proof = judged("", claims).unwrap().proof;
    assert!(proof.groups.is_empty() && proof.device_posture.is_none());
}

#[test]
fn claims_are_found_by_name_and_by_pointer() {
    let claims = json!({"azp": "app", "realm_access": {"roles": ["r1"]}, "https://x.test/groups": "g1", "a/b": {"c": "d"}});
    let principal = |yaml: &str| judged(yaml, claims.clone()).map(|identity| identity.principal.to_string());
    assert_eq!(principal("principal_claim: azp").unwrap(), "app");
    assert_eq!(principal("principal_claim: /azp").unwrap(), "app");
    assert_eq!(principal("principal_claim: /a~1b/c").unwrap(), "d");
    let groups =
        |yaml: &str| judged(yaml, claims.clone()).unwrap().proof.groups.into_iter().collect::<Vec<_>>();
    assert_eq!(groups("groups_claim: /realm_access/roles"), ["r1"]);
    assert_eq!(groups("groups_claim: 'https://x.test/groups'"), ["g1"]);
    assert!(groups("groups_claim: missing").is_empty());
    for missing in ["none", "/none", "/realm_access", "/realm_access/roles/7", "realm_access", "/"] {
        let yaml = format!("principal_claim: '{missing}'");
        assert_eq!(principal(&yaml), Err(InvalidToken::UnusablePrincipal), "{missing}");
    }
}

#[test]
fn tokens_of_others_or_for_others_are_refused() {
    for issuer in [
        json!("https://idp.test/"),
        json!("https://evil.test"),
        json!("HTTPS://idp.test"),
        json!(["https://idp.test"]),
        Value::Null,
    ] {
        refused("", json!({"iss": issuer}), InvalidToken::WrongIssuer);
    }
    for audience in [
        json!("tidegate2"),
        json!("Tidegate"),
        json!(""),
        json!([]),
        json!(["a", "b"]),
        json!({"tidegate": 1}),
        json!(1),
        Value::Null,
    ] {
        refused("", json!({"aud": audience}), InvalidToken::WrongAudience);
    }
    assert!(judged("", json!({"aud": ["other", "tidegate"]})).is_ok());
}

#[test]
fn tokens_outside_their_time_are_refused() {
    refused("", json!({"exp": at(-31)}), InvalidToken::Expired);
    refused("clock_skew_seconds: 0", json!({"exp": at(-1)}), InvalidToken::Expired);
    refused("clock_skew_seconds: 0", json!({"exp": at(0)}), InvalidToken::Expired);
    refused("", json!({"nbf": at(40)}), InvalidToken::NotYetValid);
    refused("", json!({"iat": at(40)}), InvalidToken::NotYetValid);
    refused("", json!({"exp": 0}), InvalidToken::Expired);
    refused("", json!({"exp": -1}), InvalidToken::Expired);
    for exp in [json!("never"), json!(1e300), json!(i64::MAX), json!(true), json!([1]), Value::Null] {
        refused("", json!({"exp": exp}), InvalidToken::MissingClaim("exp"));
    }
    refused("", json!({"nbf": "x"}), InvalidToken::MissingClaim("nbf"));
    refused("", json!({"iat": {}}), InvalidToken::MissingClaim("iat"));
    assert!(
        judged("", json!({"exp": at(5), "iat": at(20), "nbf": at(20)})).is_ok(),
        "clocks may differ a little"
    );
    assert!(judged("clock_skew_seconds: 300", json!({"exp": at(-299)})).is_ok());
}

#[test]
fn a_session_ends_with_its_token_and_never_before_it_began() {
    let ends = |claims: Value| judged("", claims).unwrap().proof.expires_at.unwrap().0 - now().0;
    assert_eq!(ends(json!({"exp": at(50)})), 50_000);
    let late = ends(json!({"exp": at(-10)}));
    assert!((19_000..=21_000).contains(&late), "{late}");
    let fraction = at(50).as_f64().unwrap() + 0.25;
    assert_eq!(ends(json!({"exp": fraction})), 50_250);
}

#[test]
fn tokens_that_live_too_long_are_refused() {
    let yaml = "max_lifetime_seconds: 600";
    assert!(judged(yaml, json!({"iat": at(0), "exp": at(600)})).is_ok());
    refused(yaml, json!({"iat": at(0), "exp": at(601)}), InvalidToken::LivesTooLong);
    refused(yaml, json!({"iat": null}), InvalidToken::MissingClaim("iat"));
}

#[test]
fn claims_of_the_wrong_type_are_refused() {
    refused("", json!({"amr": [1]}), InvalidToken::MissingClaim("amr"));
    refused("", json!({"amr": {}}), InvalidToken::MissingClaim("amr"));
    refused("groups_claim: g", json!({"g": [["a"]]}), InvalidToken::MissingClaim("groups"));
    refused("groups_claim: g", json!({"g": 5}), InvalidToken::MissingClaim("groups"));
    refused(
        "device_posture_claim: d",
        json!({"d": ["managed"]}),
        InvalidToken::MissingClaim("device posture"),
    );
    for subject in [json!(""), json!(5), json!(["a"]), json!("a\nb"), json!("a".repeat(250)), Value::Null] {
        refused("", json!({"sub": subject}), InvalidToken::UnusablePrincipal);
    }
    let long = "a".repeat(249);
    assert!(judged("", json!({"sub": long})).is_ok());
    refused("principal_prefix: 'x'", json!({"sub": long}), InvalidToken::UnusablePrincipal);
}

#[test]
fn a_bound_token_is_good_with_its_certificate_alone() {
    let (ours, theirs) = ([7; 32], [8; 32]);
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let bound = mint.token("orders", json!({"cnf": {"x5t#S256": encode(ours)}})).unwrap();
    let free = mint.token("orders", json!({})).unwrap();
    for (case, yaml, token, certificate, expected) in [
        ("its certificate", "", &bound, Some(ours), None),
        ("its certificate, required", "require_bound_tokens: true", &bound, Some(ours), None),
        ("another certificate", "", &bound, Some(theirs), Some(InvalidToken::OtherCertificate)),
        ("no certificate", "", &bound, None, Some(InvalidToken::NoCertificate)),
        ("not bound", "", &free, Some(ours), None),
        ("not bound, on none", "", &free, None, None),
        (
            "not bound, required",
            "require_bound_tokens: true",
            &free,
            Some(ours),
            Some(InvalidToken::NotBound),
        ),
        (
            "not bound, required, on none",
            "require_bound_tokens: true",
            &free,
            None,
            Some(InvalidToken::NotBound),
        ),
    ] {
        let outcome = verify(token, &keys, &policy(yaml), now(), certificate);
        assert_eq!(outcome.as_ref().err().copied(), expected, "{case}");
        if let Ok(identity) = outcome {
            assert_eq!(identity.proof.certificate_sha256, certificate, "{case}");
        }
    }
}

#[test]
fn a_binding_that_cannot_be_checked_is_refused() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    for confirmation in [
        json!({}),
        json!({"jkt": "abc"}),
        json!({"jwk": {}}),
        json!({"x5t#S256": encode([7; 31])}),
        json!({"x5t#S256": ""}),
        json!({"x5t#S256": "%"}),
        json!({"x5t#S256": 7}),
        json!({"x5t": encode([7; 32])}),
        json!({"x5t#S256": encode([7; 32]), "jkt": "abc"}),
        json!([]),
        json!("x"),
        Value::Null,
    ] {
        let token = mint.token("orders", json!({"cnf": confirmation})).unwrap();
        let outcome = verify(&token, &keys, &policy(""), now(), Some([7; 32]));
        assert_eq!(outcome.unwrap_err(), InvalidToken::UnknownBinding, "{confirmation}");
    }
}

#[test]
fn unsigned_tokens_and_shared_secrets_do_not_exist() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let claims = mint.claims("orders", json!({}));
    let public_key = mint.public_key_der().unwrap();
    for token in [
        unsigned(&claims),
        hs256(&public_key, "k1", &claims),
        hs256(mint.jwks().to_string().as_bytes(), "k1", &claims),
        mint.sign_with(&json!({"alg": "none", "kid": "k1"}), &claims).unwrap(),
        mint.sign_with(&json!({"alg": "None", "kid": "k1"}), &claims).unwrap(),
        mint.sign_with(&json!({"alg": "es256", "kid": "k1"}), &claims).unwrap(),
        mint.sign_with(&json!({"alg": "HS256", "kid": "k1"}), &claims).unwrap(),
    ] {
        let outcome = verify(&token, &keys, &policy("algorithms: [ES256, RS256, EdDSA]"), now(), None);
        assert_eq!(outcome.unwrap_err(), InvalidToken::AlgorithmNotAllowed);
    }
}

#[test]
fn an_algorithm_must_be_allowed_and_be_that_of_the_key() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let claims = mint.claims("orders", json!({}));
    let named = |alg: &str| mint.sign_with(&json!({"alg": alg, "kid": "k1"}), &claims).unwrap();
    let outcome = verify(&named("ES256"), &keys, &policy("algorithms: [RS256]"), now(), None);
    assert_eq!(outcome.unwrap_err(), InvalidToken::AlgorithmNotAllowed);
    let all = policy("algorithms: [ES256, ES384, RS256, RS384, RS512, PS256, PS384, PS512, EdDSA]");
    for other in ["ES384", "RS256", "PS256", "EdDSA"] {
        let outcome = verify(&named(other), &keys, &all, now(), None);
        assert_eq!(outcome.unwrap_err(), InvalidToken::UnknownKey, "{other}");
    }
}

#[test]
fn headers_that_ask_for_more_are_refused() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let claims = mint.claims("orders", json!({}));
    for (more, expected) in [
        (json!({"crit": ["exp"]}), InvalidToken::CriticalExtension),
        (json!({"crit": []}), InvalidToken::CriticalExtension),
        (json!({"b64": false}), InvalidToken::CriticalExtension),
        (json!({"cty": "JWT"}), InvalidToken::Encrypted),
        (json!({"zip": "DEF"}), InvalidToken::Encrypted),
        (json!({"enc": "A256GCM"}), InvalidToken::Encrypted),
        (json!({"typ": "logout+jwt"}), InvalidToken::WrongType),
        (json!({"typ": "dpop+jwt"}), InvalidToken::WrongType),
        (json!({"typ": 5}), InvalidToken::Malformed("a header field is not text")),
        (json!({"kid": 5}), InvalidToken::Malformed("a header field is not text")),
        (json!({"alg": 5}), InvalidToken::Malformed("a header field is not text")),
        (json!({"kid": "k2"}), InvalidToken::UnknownKey),
    ] {
        let mut header = json!({"alg": "ES256", "kid": "k1"});
        header.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let token = mint.sign_with(&header, &claims).unwrap();
        assert_eq!(verify(&token, &keys, &policy(""), now(), None).unwrap_err(), expected, "{header}");
    }
    for kind in ["JWT", "jwt", "at+jwt", "application/at+jwt"] {
        let header = json!({"alg": "ES256", "kid": "k1", "typ": kind});
        let token = mint.sign_with(&header, &claims).unwrap();
        assert!(verify(&token, &keys, &policy(""), now(), None).is_ok(), "{kind}");
    }
}

#[test]
fn keys_inside_a_token_are_never_used() {
    let (ours, theirs) = (mint("k1"), mint("k1"));
    let keys = key_set(&ours.jwks());
    let claims = theirs.claims("orders", json!({}));
    let own_key = theirs.jwks()["keys"][0].clone();
    for header in [
        json!({"alg": "ES256", "kid": "k1", "jwk": own_key}),
        json!({"alg": "ES256", "kid": "k1", "jku": "https://evil.test/jwks"}),
        json!({"alg": "ES256", "kid": "k1", "x5u": "https://evil.test/x"}),
        json!({"alg": "ES256", "kid": "k1"}),
    ] {
        let token = theirs.sign_with(&header, &claims).unwrap();
        assert_eq!(verify(&token, &keys, &policy(""), now(), None).unwrap_err(), InvalidToken::BadSignature);
    }
}

#[test]
fn a_changed_token_is_refused() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let token = mint.token("orders", json!({})).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (header, _) = signed.split_once('.').unwrap();
    let other = encode(mint.claims("admin", json!({})).to_string());
    assert_eq!(
        verify(&format!("{header}.{other}.{signature}"), &keys, &policy(""), now(), None).unwrap_err(),
        InvalidToken::BadSignature
    );
    let spaced = encode(json!({"alg": "ES256", "kid": "k1", "typ": "JWT", "x": 1}).to_string());
    let moved = token.replacen(header, &spaced, 1);
    assert_eq!(verify(&moved, &keys, &policy(""), now(), None).unwrap_err(), InvalidToken::BadSignature);
    for zero in [encode([0; 64]), encode([0; 63]), encode([]), encode([0; 500])] {
        let outcome = verify(&format!("{signed}.{zero}"), &keys, &policy(""), now(), None);
        assert_eq!(outcome.unwrap_err(), InvalidToken::BadSignature);
    }
}

#[test]
fn what_is_no_signed_token_is_refused() {
    let mint = mint("k1");
    let keys = key_set(&mint.jwks());
    let token = mint.token("orders", json!({})).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    let header = encode(r#"{"alg":"ES256","kid":"k1","kid":"k2"}"#);
    let judge = |token: &str| verify(token, &keys, &policy(""), now(), None).unwrap_err();
    for text in [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        &format!("{token}="),
        &format!("{token}."),
        &format!("{}=.{}.{}", parts[0], parts[1], parts[2]),
        &format!(" {token}"),
        &format!("{}.{}", parts[0], parts[1]),
        &format!("{header}.{}.{}", parts[1], parts[2]),
        &format!("{}.{}.{}", encode("[]"), parts[1], parts[2]),
        &format!("{}.{}.{}", encode("{}"), parts[1], parts[2]),
    ] {
        assert!(matches!(judge(text), InvalidToken::Malformed(_)), "{text}");
    }
    assert_eq!(judge("a.b.c.d.e"), InvalidToken::Encrypted);
    let longest = mint.token("orders", json!({"x": "x".repeat(11_000)})).unwrap();
    assert!(longest.len() < MAX_TOKEN);
    assert!(verify(&longest, &keys, &policy(""), now(), None).is_ok());
    assert_eq!(judge(&"a".repeat(MAX_TOKEN + 1)), InvalidToken::TooLarge);
}

#[test]
fn claims_that_are_signed_but_repeated_are_refused() {
    let key = EcdsaKeyPair::generate(&signature::ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = key.public_key().as_ref().to_vec();
    let keys = key_set(
        &json!({"keys": [{"kty": "EC", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..])}]}),
    );
    let sign = |claims: &str| {
        let signed = format!("{}.{}", encode(r#"{"alg":"ES256"}"#), encode(claims));
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature))
    };
    let good = format!(r#""iss":"{ISSUER}","aud":"{AUDIENCE}","sub":"orders","exp":{}"#, at(60));
    assert!(verify(&sign(&format!("{{{good}}}")), &keys, &policy(""), now(), None).is_ok());
    for claims in [
        format!(r#"{{{good},"sub":"admin"}}"#),
        format!(r#"{{{good},"s\u0075b":"admin"}}"#),
        format!(r#"{{{good},"cnf":{{"x5t#S256":"a","x5t#S256":"b"}}}}"#),
        format!("{{{good}}} {{}}"),
        "[]".to_owned(),
        "null".to_owned(),
        String::new(),
    ] {
        let outcome = verify(&sign(&claims), &keys, &policy(""), now(), None);
        assert!(matches!(outcome, Err(InvalidToken::Malformed(_))), "{claims}");
    }
}

/// A key of each kind, made here, its token made by another library.
#[test]
fn every_algorithm_is_verified_as_another_library_signs_it() {
    let random = || SystemRandom::new();
    let ed = Ed25519KeyPair::generate().unwrap();
    let ed_der = ed.to_pkcs8v1().unwrap();
    let p384_der =
        EcdsaKeyPair::generate_pkcs8(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &random()).unwrap();
    let p384 =
        EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, p384_der.as_ref()).unwrap();
    let rsa = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap();
    let rsa_der = AsDer::<Pkcs8V1Der<'_>>::as_der(&rsa).unwrap();
    // The other library wants the RSA key bare, as it is inside the PKCS #8 envelope.
    let rsa_key = EncodingKey::from_rsa_der(&rsa_der.as_ref()[26..]);
    let point = p384.public_key().as_ref();
    let public = rsa.public_key();
    let keys = key_set(&json!({"keys": [
        {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": encode(ed.public_key())},
        {"kty": "EC", "crv": "P-384", "kid": "p384", "x": encode(&point[1..49]), "y": encode(&point[49..])},
        {"kty": "RSA", "kid": "rsa", "n": encode([&[0], public.modulus().big_endian_without_leading_zero()].concat()),
         "e": encode(public.exponent().big_endian_without_leading_zero())},
    ]}));
    let all = policy("algorithms: [ES384, RS256, RS384, RS512, PS256, PS384, PS512, EdDSA]");
    let claims = mint("x").claims("orders", json!({}));
    for (algorithm, id, key) in [
        (jsonwebtoken::Algorithm::EdDSA, "ed", &EncodingKey::from_ed_der(ed_der.as_ref())),
        (jsonwebtoken::Algorithm::ES384, "p384", &EncodingKey::from_ec_der(p384_der.as_ref())),
        (jsonwebtoken::Algorithm::RS256, "rsa", &rsa_key),
        (jsonwebtoken::Algorithm::RS384, "rsa", &rsa_key),
        (jsonwebtoken::Algorithm::RS512, "rsa", &rsa_key),
        (jsonwebtoken::Algorithm::PS256, "rsa", &rsa_key),
        (jsonwebtoken::Algorithm::PS384, "rsa", &rsa_key),
        (jsonwebtoken::Algorithm::PS512, "rsa", &rsa_key),
    ] {
        let mut header = Header::new(algorithm);
        header.kid = Some(id.to_owned());
        let token = jsonwebtoken::encode(&header, &claims, key).unwrap();
        let identity = verify(&token, &keys, &all, now(), None).unwrap();
        assert_eq!(identity.principal.as_str(), "orders", "{algorithm:?}");
        let damaged = format!("{}AAAAAAAAAA", token.split_at(token.len() - 10).0);
        let refused = verify(&damaged, &keys, &all, now(), None).unwrap_err();
        assert_eq!(refused, InvalidToken::BadSignature, "{algorithm:?}");
    }
}

#[test]
fn the_example_of_rfc_8037_is_verified() {
    let keys = key_set(
        &json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}),
    );
    let signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let signature = URL_SAFE_NO_PAD
        .decode("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
        .unwrap();
    assert_eq!(keys.check_signature(Algorithm::EdDsa, None, signed, &signature), Ok(()));
    let other = keys.check_signature(Algorithm::EdDsa, None, b"other", &signature);
    assert_eq!(other, Err(InvalidToken::BadSignature));
}

#[test]
fn a_token_without_key_id_is_accepted_only_where_there_is_no_choice() {
    let (one, two) = (mint("k1"), mint("k2"));
    let claims = one.claims("orders", json!({}));
    let token = one.sign_with(&json!({"alg": "ES256"}), &claims).unwrap();
    assert!(verify(&token, &key_set(&one.jwks()), &policy(""), now(), None).is_ok());
    let both = key_set(&jwks(&[&one, &two]));
    assert_eq!(verify(&token, &both, &policy(""), now(), None).unwrap_err(), InvalidToken::UnknownKey);
}

#[test]
fn only_usable_keys_of_a_set_are_kept() {
    let good = mint("k1").jwks()["keys"][0].clone();
    let with = |more: Value| {
        let mut key = good.clone();
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        key
    };
    let weak = rsa_public(&[0xff; 128]);
    for (case, key) in [
        ("for encryption", with(json!({"use": "enc"}))),
        ("not for verifying", with(json!({"key_ops": ["sign"]}))),
        ("of another algorithm", with(json!({"alg": "RS256"}))),
        ("of an unknown algorithm", with(json!({"alg": "HS256"}))),
        ("a shared secret", json!({"kty": "oct", "k": "AAAA", "kid": "k1"})),
        ("of another curve", with(json!({"crv": "secp256k1"}))),
        ("not on the curve", with(json!({"x": encode([1; 32]), "y": encode([1; 32])}))),
        ("a short coordinate", with(json!({"x": encode([1; 31])}))),
        ("weak RSA", weak),
        ("no RSA exponent", json!({"kty": "RSA", "n": encode([0xff; 256])})),
        ("a key id that is no text", with(json!({"kid": 5}))),
        ("no key", json!("x")),
    ] {
        assert!(KeySet::parse(json!({"keys": [key]}).to_string().as_bytes()).is_err(), "{case}");
        let beside = key_set(&json!({"keys": [key, good]}));
        assert_eq!(beside.len(), 1, "{case}");
    }
    assert_eq!(key_set(&json!({"keys": [with(json!({"key_ops": ["verify"]}))]})).len(), 1);
}

fn rsa_public(n: &[u8]) -> Value {
    json!({"kty": "RSA", "kid": "k1", "n": encode(n), "e": "AQAB"})
}

#[test]
fn malformed_key_sets_are_refused() {
    let good = mint("k1").jwks()["keys"][0].clone();
    let many = json!({"keys": vec![good.clone(); 101]}).to_string();
    let large = json!({"keys": [good], "x": "x".repeat(256 * 1024)}).to_string();
    for text in ["", "[]", "{}", r#"{"keys":5}"#, r#"{"keys":[]}"#, r#"{"keys":[],"keys":[]}"#, &many, &large]
    {
        assert!(KeySet::parse(text.as_bytes()).is_err(), "{}", text.chars().take(40).collect::<String>());
    }
    assert_eq!(key_set(&json!({"keys": vec![mint("k1").jwks()["keys"][0].clone(); 100]})).len(), 100);
}

#[test]
fn policies_that_would_let_everybody_in_are_refused() {
    let good = raw_policy("");
    let problems = |change: &dyn Fn(&mut RawTokenPolicy)| {
        let mut raw = good.clone();
        change(&mut raw);
        TokenPolicy::compile(&raw).err().unwrap_or_default().len()
    };
    assert_eq!(problems(&|_| {}), 0);
    assert_eq!(problems(&|raw| raw.issuer.clear()), 1);
    assert_eq!(problems(&|raw| raw.audiences.clear()), 1);
    assert_eq!(problems(&|raw| raw.audiences.push(String::new())), 1);
    assert_eq!(problems(&|raw| raw.algorithms.clear()), 1);
    assert_eq!(problems(&|raw| raw.clock_skew_seconds = Some(301)), 1);
    assert_eq!(problems(&|raw| raw.clock_skew_seconds = Some(300)), 0);
    assert_eq!(problems(&|raw| raw.max_lifetime_seconds = Some(0)), 1);
    assert_eq!(problems(&|raw| raw.principal_claim = Some(String::new())), 1);
    assert_eq!(problems(&|raw| raw.principal_prefix = Some("a\nb".to_owned())), 1);
    assert_eq!(problems(&|raw| (raw.issuer.clear(), raw.audiences.clear()).0), 2);
    for algorithm in ["none", "HS256", "HS512", "es256", "RS1"] {
        let yaml = format!("issuer: a\naudiences: [b]\nalgorithms: [{algorithm}]");
        assert!(serde_saphyr::from_str::<RawTokenPolicy>(&yaml).is_err(), "{algorithm}");
    }
}

proptest! {
    #[test]
    fn no_text_is_a_token_and_none_panics(
        noise in ".{0,80}", parts in "[a-zA-Z0-9_-]{0,40}(\\.[a-zA-Z0-9_-]{0,40}){0,5}",
        header in "\\{(\"[a-z]{1,3}\":(\"[A-Za-z0-9]{0,5}\"|[0-9]{1,3}|\\[\\]|null),?){0,4}\\}",
    ) {
        KEYS.with(|keys| {
            for text in [noise, parts, format!("{}.e30.AAAA", encode(header))] {
                prop_assert!(verify(&text, keys, &policy(""), now(), None).is_err());
            }
            Ok(())
        })?;
    }

    #[test]
    fn no_bytes_make_a_key_set_panic(noise in proptest::collection::vec(any::<u8>(), 0..80), x in "[A-Za-z0-9_-]{0,60}") {
        let _ = KeySet::parse(&noise);
        for kty in ["EC", "RSA", "OKP"] {
            let jwk = json!({"kty": kty, "crv": "P-256", "x": x, "y": x, "n": x, "e": x});
            let _ = KeySet::parse(json!({"keys": [jwk]}).to_string().as_bytes());
        }
    }
}

thread_local! {
    static KEYS: KeySet = key_set(&mint("k1").jwks());
}
