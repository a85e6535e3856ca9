use std::sync::Arc;

use proptest::prelude::*;

use super::super::{SaslError, Secret};
use super::credential::{client_key, hash, hmac, salted_password, xor};
use super::message::{ServerFirst, encode_base64};
use super::*;

const CLIENT_NONCE: NonceBytes = [7; 24];
const SERVER_NONCE: NonceBytes = [9; 24];

fn credential(algorithm: Algorithm, password: &str) -> Arc<StoredCredential> {
    let derived =
        StoredCredential::derive(algorithm, &Secret::copy_of(password), &[3; SALT_BYTES], MIN_ITERATIONS);
    Arc::new(derived.ok().unwrap())
}

/// A whole conversation between our client and our server.
fn converse(
    algorithm: Algorithm,
    username: &str,
    password: &str,
    stored: Arc<StoredCredential>,
) -> Result<String, SaslError> {
    let (client, first) = Client::start(algorithm, username, &CLIENT_NONCE)?;
    let greeting = Greeting::read(algorithm, &first)?;
    assert_eq!(greeting.username(), username);
    let (challenged, challenge) = greeting.challenge(stored, &SERVER_NONCE)?;
    let (sent, last) = client.prove(&challenge, &Secret::copy_of(password))?;
    observe_client_final(&last)?;
    let finish = challenged.finish(&last)?;
    sent.finish(&finish.answer)?;
    Ok(finish.username)
}

/// A challenge of our server to a well-formed client, and the state behind it.
fn challenged(stored: Arc<StoredCredential>) -> (Client, Challenged, Vec<u8>) {
    let (client, first) =
        Client::start(stored.algorithm(), "orders", &CLIENT_NONCE).unwrap_or_else(|_| panic!());
    let greeting = Greeting::read(stored.algorithm(), &first).unwrap_or_else(|_| panic!());
    let (challenged, challenge) = greeting.challenge(stored, &SERVER_NONCE).unwrap_or_else(|_| panic!());
    (client, challenged, challenge)
}

#[test]
fn the_example_of_rfc_7677_is_computed_to_the_byte() {
    let first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    let challenge = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    let last = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    let signature = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    let parsed = observe_client_first(first.as_bytes()).unwrap();
    assert_eq!((parsed.username.as_str(), parsed.nonce.as_str()), ("user", "rOprNGfwEbeRWgbNEkqO"));
    assert_eq!(observe_client_final(last.as_bytes()), Ok(()));

    let client = Client::with_nonce(Algorithm::Sha256, "user", "rOprNGfwEbeRWgbNEkqO".to_owned());
    let (sent, proof) = client.0.prove(challenge.as_bytes(), &Secret::copy_of("pencil")).ok().unwrap();
    assert_eq!(client.1, first.as_bytes());
    assert_eq!(String::from_utf8(proof).unwrap(), last);
    assert_eq!(sent.finish(signature.as_bytes()), Ok(()));

    let salt = ServerFirst::parse(challenge.as_bytes()).ok().unwrap().salt;
    let stored = StoredCredential::derive(Algorithm::Sha256, &Secret::copy_of("pencil"), &salt, 4096);
    let server = Challenged::resume(
        Arc::new(stored.ok().unwrap()),
        parsed,
        challenge.to_owned(),
        "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0".to_owned(),
    );
    let finish = server.finish(last.as_bytes()).unwrap();
    assert_eq!(finish.answer, signature.as_bytes());
}

/// Computed by Python's `hashlib` and `hmac`.
#[test]
fn sha_512_keys_are_those_of_another_implementation() {
    let salt: Vec<u8> = (0..24).collect();
    let password = Secret::copy_of("pässword ✓");
    let stored = StoredCredential::derive(Algorithm::Sha512, &password, &salt, 4096).ok().unwrap();
    assert_eq!(
        encode_base64(stored.stored_key().expose()),
        "CGQlaWfcjKNHM/5JWmlEgJGtmKRrnNtrZADC9wxmqyr/6hqgXtkQuwJBheYrrLlKNNVxWERyNhj0GZz6viTd0g=="
    );
    assert_eq!(
        encode_base64(stored.server_key().expose()),
        "h9F5GE1LxZ8Q6mMir2k7ZgjBAiwh8IB+WrOEi5AvE/AjJogp1pVouRTOxfEKs4XoSlu8vOrOXdW2Sp0HAjT7gA=="
    );
}

#[test]
fn the_right_password_is_accepted() {
    for algorithm in Algorithm::ALL {
        let stored = credential(algorithm, "hunter2-hunter2");
        assert_eq!(converse(algorithm, "orders", "hunter2-hunter2", stored), Ok("orders".to_owned()));
    }
}

#[test]
fn every_other_password_is_refused() {
    for algorithm in Algorithm::ALL {
        for password in ["", "hunter2", "hunter2-hunter3", "Hunter2-hunter2", "hunter2-hunter2 "] {
            let stored = credential(algorithm, "hunter2-hunter2");
            let refused = converse(algorithm, "orders", password, stored);
            assert_eq!(refused, Err(SaslError::NotProven), "{password}");
        }
    }
}

#[test]
fn a_disabled_user_is_challenged_as_before_and_never_let_in() {
    let stored = credential(Algorithm::Sha256, "hunter2-hunter2");
    let (_, _, before) = challenged(stored.clone());
    let disabled = Arc::new(Arc::into_inner(stored).unwrap().into_unusable());
    let (_, _, after) = challenged(disabled.clone());
    assert_eq!(before, after);
    let refused = converse(Algorithm::Sha256, "orders", "hunter2-hunter2", disabled);
    assert_eq!(refused, Err(SaslError::NotProven));
}

#[test]
fn an_unknown_user_is_answered_the_same_every_time_and_never_let_in() {
    let secret = Secret::copy_of("server secret");
    let decoy = |name: &str, algorithm| {
        Arc::new(StoredCredential::decoy(algorithm, &secret, name, MIN_ITERATIONS).ok().unwrap())
    };
    for algorithm in Algorithm::ALL {
        let (_, _, first) = challenged(decoy("nobody", algorithm));
        let (_, _, again) = challenged(decoy("nobody", algorithm));
        let (_, _, other) = challenged(decoy("noone", algorithm));
        let (_, _, real) = challenged(credential(algorithm, "hunter2-hunter2"));
        assert_eq!(first, again);
        assert_ne!(first, other);
        assert_eq!(first.len(), real.len(), "a decoy's challenge has the length of a real one");
        assert_eq!(
            converse(algorithm, "nobody", "whatever-it-is", decoy("nobody", algorithm)),
            Err(SaslError::NotProven)
        );
    }
}

#[test]
fn a_decoy_is_not_satisfied_even_by_a_proof_from_its_own_keys() {
    let secret = Secret::copy_of("server secret");
    let stored = credential(Algorithm::Sha256, "hunter2-hunter2");
    let decoy = StoredCredential::decoy(Algorithm::Sha256, &secret, "nobody", MIN_ITERATIONS).ok().unwrap();
    let same_keys = StoredCredential::from_parts(
        Algorithm::Sha256,
        stored.salt().to_vec(),
        MIN_ITERATIONS,
        Secret::new(stored.stored_key().expose().to_vec()),
        Secret::new(stored.server_key().expose().to_vec()),
    );
    let password = Secret::copy_of("hunter2-hunter2");
    assert_eq!(stored.verify_password(&password), Ok(()));
    let same_keys = same_keys.ok().unwrap();
    assert_eq!(same_keys.verify_password(&password), Ok(()));
    assert_eq!(same_keys.into_unusable().verify_password(&password), Err(SaslError::NotProven));
    assert_eq!(decoy.verify_password(&password), Err(SaslError::NotProven));
    assert_eq!(stored.verify_password(&Secret::copy_of("hunter2-hunter3")), Err(SaslError::NotProven));
}

#[test]
fn first_messages_are_read() {
    for (message, username) in [
        ("n,,n=orders,r=abc", "orders"),
        ("y,,n=orders,r=abc", "orders"),
        ("n,a=orders,n=orders,r=abc", "orders"),
        ("n,a=a=2Cb,n=a=2Cb,r=abc", "a,b"),
        ("n,,n=a=3D=2Cb,r=abc", "a=,b"),
        ("n,,n=müller,r=abc", "müller"),
        ("n,,n=orders,r=abc,x=1,foo=bar=baz", "orders"),
        ("n,,n=orders,r=ab=c", "orders"),
    ] {
        assert_eq!(observe_client_first(message.as_bytes()).unwrap().username, username, "{message}");
    }
}

#[test]
fn malformed_first_messages_are_refused() {
    let long_name = format!("n,,n={},r=abc", "a".repeat(super::super::MAX_NAME + 1));
    let long_nonce = format!("n,,n=orders,r={}", "a".repeat(MAX_NONCE + 1));
    let many = format!("n,,n=orders,r=abc{}", ",x=1".repeat(MAX_EXTENSIONS + 1));
    for message in [
        "",
        "n",
        "n,",
        "n,,",
        "n,,n=orders",
        "n,,r=abc,n=orders",
        "n,,n=,r=abc",
        "n,,n=orders,r=",
        "n,,n=orders,r=a\u{e4}",
        "n,,n=orders,r=a b",
        "n,,n=a=2cb,r=abc",
        "n,,n=a=b,r=abc",
        "n,,n=a=,r=abc",
        "n,,n=a=2,r=abc",
        "n,,n=or\nders,r=abc",
        "n,a=,n=orders,r=abc",
        "n,orders,n=orders,r=abc",
        "n,,n=orders,r=abc,",
        "n,,n=orders,r=abc,x",
        "n,,n=orders,r=abc,1=2",
        "n,,n=orders,r=abc,n=admin",
        "n,,n=orders,r=abc,p=abc",
        "N,,n=orders,r=abc",
        "x,,n=orders,r=abc",
        &long_name,
        &long_nonce,
        &many,
    ] {
        let error = observe_client_first(message.as_bytes()).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_)), "{message}: {error}");
    }
    assert!(observe_client_first(b"n,,n=\xff,r=abc").is_err());
}

#[test]
fn first_messages_that_ask_for_too_much_are_refused() {
    for message in [
        "p=tls-server-end-point,,n=orders,r=abc",
        "p=tls-exporter,a=orders,n=orders,r=abc",
        "n,a=admin,n=orders,r=abc",
        "n,,m=1,n=orders,r=abc",
        "n,,n=orders,m=1,r=abc",
        "n,,n=orders,r=abc,tokenauth=true",
        "n,,n=orders,r=abc,x=1,TokenAuth=true",
        "n,,n=orders,r=abc,tokenauth=false",
    ] {
        let error = observe_client_first(message.as_bytes()).unwrap_err();
        assert!(matches!(error, SaslError::Refused(_)), "{message}: {error}");
    }
}

#[test]
fn messages_longer_than_the_limit_are_refused() {
    let pad = |message: &str, to: usize| {
        let mut message = message.to_owned().into_bytes();
        message.resize(to, b'x');
        message
    };
    let too_large = SaslError::TooLarge { limit: MAX_MESSAGE };
    assert!(observe_client_first(&pad("n,,n=orders,r=abc,x=", MAX_MESSAGE)).is_ok());
    assert_eq!(observe_client_first(&pad("n,,n=orders,r=abc,x=", MAX_MESSAGE + 1)), Err(too_large));
    assert_eq!(observe_client_first(&pad("n,,n=orders,r=abc,x=", 400 * 1024)), Err(too_large));
    assert_eq!(observe_client_final(&pad("c=biws,r=abc,x=", MAX_MESSAGE + 1)), Err(too_large));
    let (client, _) = Client::start(Algorithm::Sha256, "orders", &CLIENT_NONCE).ok().unwrap();
    let refused = client.prove(&pad("r=abc,s=QQ==,i=4096,x=", MAX_MESSAGE + 1), &Secret::copy_of("pw"));
    assert_eq!(refused.err(), Some(too_large));
}

#[test]
fn malformed_last_messages_are_refused() {
    for message in [
        "",
        "c=biws",
        "c=biws,r=abc",
        "c=biws,r=abc,p=",
        "c=biws,r=abc,p=%%",
        "c=biws,r=abc,p=QQ",
        "c=,r=abc,p=QQ==",
        "c=%,r=abc,p=QQ==",
        "r=abc,c=biws,p=QQ==",
        "c=biws,r=,p=QQ==",
        "c=biws,p=QQ==",
        "c=biws,r=abc,p=QQ==,x=1",
        "c=biws,r=abc,p=QQ==,p=QQ==",
    ] {
        let error = observe_client_final(message.as_bytes()).unwrap_err();
        assert!(matches!(error, SaslError::Malformed(_)), "{message}: {error}");
    }
}

#[test]
fn a_last_message_of_another_conversation_is_refused() {
    let stored = credential(Algorithm::Sha256, "hunter2-hunter2");
    let proof_with = |change: &dyn Fn(&str) -> String| {
        let (client, challenged, challenge) = challenged(stored.clone());
        let password = Secret::copy_of("hunter2-hunter2");
        let (_, last) = client.prove(&challenge, &password).ok().unwrap();
        challenged.finish(change(&String::from_utf8(last).unwrap()).as_bytes())
    };
    assert!(proof_with(&|last| last.to_owned()).is_ok());
    for (case, change) in [
        ("another binding", (&|last: &str| last.replace("c=biws", "c=eSws")) as &dyn Fn(&str) -> String),
        ("a longer nonce", &|last| last.replace(",p=", "x,p=")),
        ("the client's nonce twice", &|last| last.replace(",r=", ",r=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH")),
        ("an added extension", &|last| last.replace(",p=", ",x=1,p=")),
        ("a shorter proof", &|last| format!("{},p=QQ==", last.rsplit_once(",p=").unwrap().0)),
        ("no proof", &|last| last.rsplit_once(",p=").unwrap().0.to_owned()),
    ] {
        assert!(proof_with(change).is_err(), "{case}");
    }
}

#[test]
fn a_client_that_proves_its_password_but_changes_the_binding_is_refused() {
    let stored = credential(Algorithm::Sha256, "hunter2-hunter2");
    let finish = |binding: &str| {
        let (client, challenged, challenge) = challenged(stored.clone());
        let challenge = String::from_utf8(challenge).unwrap();
        let nonce = challenge.split(',').next().unwrap();
        let without_proof = format!("c={binding},{nonce}");
        let auth_message = format!("{},{challenge},{without_proof}", client.bare());
        let salted = salted_password(
            Algorithm::Sha256,
            b"hunter2-hunter2",
            stored.salt(),
            MIN_ITERATIONS.try_into().unwrap(),
        );
        let key = client_key(Algorithm::Sha256, &salted);
        let signature = hmac(Algorithm::Sha256, &hash(Algorithm::Sha256, &key), auth_message.as_bytes());
        let proof = encode_base64(&xor(&key, &signature));
        challenged.finish(format!("{without_proof},p={proof}").as_bytes())
    };
    assert!(finish("biws").is_ok());
    let other = SaslError::Malformed("the channel binding is not that of the first message");
    for binding in ["eSws", "cD10bHMtdW5pcXVlLCw=", "bixhPWFkbWluLA=="] {
        assert_eq!(finish(binding), Err(other), "{binding}");
    }
}

#[test]
fn a_credential_of_the_other_algorithm_is_not_used() {
    let (_, first) = Client::start(Algorithm::Sha512, "orders", &CLIENT_NONCE).ok().unwrap();
    let greeting = Greeting::read(Algorithm::Sha512, &first).ok().unwrap();
    assert!(greeting.challenge(credential(Algorithm::Sha256, "hunter2-hunter2"), &SERVER_NONCE).is_err());
}

#[test]
fn a_client_refuses_servers_that_cheat() {
    let own = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
    for (case, challenge) in [
        ("another nonce", format!("r=XXXX{own},s=QQ==,i=4096")),
        ("only our nonce", format!("r={own},s=QQ==,i=4096")),
        ("too few iterations", format!("r={own}XX,s=QQ==,i=4095")),
        ("too many iterations", format!("r={own}XX,s=QQ==,i=1000001")),
        ("an overflowing count", format!("r={own}XX,s=QQ==,i=4294967297")),
        ("a signed count", format!("r={own}XX,s=QQ==,i=+4096")),
        ("no salt", format!("r={own}XX,s=,i=4096")),
        ("a mandatory extension", format!("m=1,r={own}XX,s=QQ==,i=4096")),
        ("an error", "e=other-error".to_owned()),
        ("nothing", String::new()),
    ] {
        let (client, _) = Client::start(Algorithm::Sha256, "orders", &CLIENT_NONCE).ok().unwrap();
        assert!(client.prove(challenge.as_bytes(), &Secret::copy_of("pw")).is_err(), "{case}");
    }
    for answer in ["", "v=", "v=QQ==", "e=invalid-proof", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="] {
        let stored = credential(Algorithm::Sha256, "hunter2-hunter2");
        let (client, _, challenge) = challenged(stored);
        let (sent, _) = client.prove(&challenge, &Secret::copy_of("hunter2-hunter2")).ok().unwrap();
        assert!(sent.finish(answer.as_bytes()).is_err(), "{answer}");
    }
}

#[test]
fn credentials_out_of_bounds_are_refused() {
    let derive = |iterations| {
        StoredCredential::derive(Algorithm::Sha256, &Secret::copy_of("pw"), &[1; SALT_BYTES], iterations)
    };
    assert!(derive(MIN_ITERATIONS - 1).is_err());
    assert!(derive(0).is_err());
    assert!(derive(MAX_ITERATIONS + 1).is_err());
    let parts = |salt: &[u8], stored: usize, server: usize| {
        StoredCredential::from_parts(
            Algorithm::Sha512,
            salt.to_vec(),
            MIN_ITERATIONS,
            Secret::new(vec![0; stored]),
            Secret::new(vec![0; server]),
        )
    };
    assert!(parts(b"salt", 64, 64).is_ok());
    assert!(parts(b"", 64, 64).is_err());
    assert!(parts(b"salt", 32, 64).is_err());
    assert!(parts(b"salt", 64, 65).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn client_and_server_agree_for_every_name_and_password(
        username in "[^\\p{Cc}]{1,30}", password in ".{1,40}", wrong in ".{1,40}", wide in any::<bool>(),
    ) {
        let algorithm = if wide { Algorithm::Sha512 } else { Algorithm::Sha256 };
        let stored = credential(algorithm, &password);
        prop_assert_eq!(converse(algorithm, &username, &password, stored.clone()), Ok(username.clone()));
        if wrong != password {
            prop_assert_eq!(converse(algorithm, &username, &wrong, stored), Err(SaslError::NotProven));
        }
    }
}

proptest! {
    #[test]
    fn parsing_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..120), text in "[nyp],[a=,]{0,6}n=.{0,10},r=.{0,10}") {
        let _ = observe_client_first(&noise);
        let _ = observe_client_first(text.as_bytes());
        let _ = observe_client_final(&noise);
        let _ = message::parse_server_final(&noise);
        let _ = ServerFirst::parse(&noise).map(drop);
    }
}
