use proptest::prelude::*;
use tidegate_testkit::pki::{Authority, Identity, Subject, Validity};

use super::*;

const NOW: fn() -> UnixMillis =
    || UnixMillis(i64::try_from(tidegate_testkit::oauth::unix_now()).unwrap() * 1000);

fn rules(yaml: &str) -> CertificateRules {
    let raw: Vec<RawCertificateRule> = serde_saphyr::from_str(yaml).unwrap();
    CertificateRules::compile(&raw).unwrap()
}

fn issue(subject: &Subject) -> Identity {
    Authority::new("CA").unwrap().client(subject).unwrap()
}

fn check(yaml: &str, subject: &Subject, expected: Result<&str, CertificateRefused>) {
    let certificate = issue(subject);
    let seen = rules(yaml).identify(&certificate.chain()[0], NOW());
    let seen = seen.as_ref().map(|identity| identity.principal.as_str());
    assert_eq!(seen, expected.as_ref().map(|name| *name), "{yaml} {subject:?}");
}

const SPIFFE: &str =
    "- spiffe: { trust_domain: prod.test, path: '/ns/{team}/sa/{name}', principal: '{team}-{name}' }";

#[test]
fn spiffe_ids_become_principals() {
    check(SPIFFE, &Subject::spiffe("spiffe://prod.test/ns/shop/sa/orders"), Ok("shop-orders"));
    let whole = "- spiffe: { trust_domain: prod.test, path: '/ns/{team}/sa/{name}' }";
    let id = "spiffe://prod.test/ns/shop/sa/orders";
    check(whole, &Subject::spiffe(id), Ok(id));
    let team = "- spiffe: { trust_domain: prod.test, path: '/ns/shop/sa/{name}', principal: shop }";
    check(team, &Subject::spiffe(id), Ok("shop"));
}

#[test]
fn other_spiffe_ids_are_refused() {
    for id in [
        "spiffe://prod.test/ns/shop/sa",
        "spiffe://prod.test/ns/shop/sa/orders/extra",
        "spiffe://prod.test/ns/shop/job/orders",
        "spiffe://dev.test/ns/shop/sa/orders",
        "spiffe://prod.test.evil/ns/shop/sa/orders",
        "https://prod.test/ns/shop/sa/orders",
    ] {
        check(SPIFFE, &Subject::spiffe(id), Err(CertificateRefused::NoRuleMatches));
    }
    for id in
        ["spiffe://prod.test", "spiffe://prod.test/ns//sa/orders", "spiffe://Prod.test/ns/shop/sa/orders"]
    {
        check(SPIFFE, &Subject::spiffe(id), Err(CertificateRefused::MalformedSpiffeId));
    }
}

#[test]
fn a_spiffe_id_beside_another_uri_is_refused_whatever_the_rules() {
    let several = Subject::spiffe("spiffe://prod.test/ns/shop/sa/orders").and_dns("orders.clients.test");
    let dns = "- dns: { pattern: '{name}.clients.test', principal: '{name}' }";
    check(dns, &several, Ok("orders"));
    for uri in ["spiffe://prod.test/ns/shop/sa/payouts", "https://orders.test"] {
        let several = several.clone().and_uri(uri);
        check(SPIFFE, &several, Err(CertificateRefused::SeveralUriNames));
        check(dns, &several, Err(CertificateRefused::SeveralUriNames));
    }
}

#[test]
fn dns_names_become_principals() {
    let rule = "- dns: { pattern: '{name}.clients.test', principal: '{name}' }";
    check(rule, &Subject::dns("orders.clients.test"), Ok("orders"));
    check(rule, &Subject::dns("ORDERS.Clients.test"), Ok("orders"));
    check("- dns: { pattern: '{name}.clients.test' }", &Subject::dns("a.clients.test"), Ok("a.clients.test"));
    check(rule, &Subject::dns("orders.clients.test").and_dns("orders.example"), Ok("orders"));
    let affixes = "- dns: { pattern: 'svc-{name}-prod.test', principal: '{name}' }";
    check(affixes, &Subject::dns("svc-a-b-prod.test"), Ok("a-b"));
    check(affixes, &Subject::dns("svc--prod.test"), Err(CertificateRefused::NoRuleMatches));
}

#[test]
fn other_dns_names_are_refused() {
    let rule = "- dns: { pattern: '{name}.clients.test', principal: '{name}' }";
    for name in [
        "clients.test",
        "a.b.clients.test",
        "orders.clients.test.evil",
        "orders.clientsxtest",
        "*.clients.test",
    ] {
        check(rule, &Subject::dns(name), Err(CertificateRefused::NoRuleMatches));
    }
    check(rule, &Subject::cn("orders.clients.test"), Err(CertificateRefused::NoRuleMatches));
    let two = Subject::dns("orders.clients.test").and_dns("payouts.clients.test");
    check(rule, &two, Err(CertificateRefused::Ambiguous));
    check("- dns: { pattern: '{name}.clients.test', principal: shop }", &two, Ok("shop"));
}

#[test]
fn common_names_become_principals() {
    check("- cn: { pattern: '{name}' }", &Subject::cn("orders"), Ok("orders"));
    check("- cn: { pattern: 'app-{name}', principal: '{name}' }", &Subject::cn("app-orders"), Ok("orders"));
    check("- cn: { pattern: 'app-{name}' }", &Subject::cn("orders"), Err(CertificateRefused::NoRuleMatches));
    check("- cn: { pattern: '{name}' }", &Subject::nameless(), Err(CertificateRefused::NoRuleMatches));
    check("- cn: { pattern: '{name}' }", &Subject::cn("or\nders"), Err(CertificateRefused::UnusableName));
    let long = "a".repeat(250);
    check("- cn: { pattern: '{name}' }", &Subject::cn(&long), Err(CertificateRefused::UnusableName));
}

#[test]
fn the_first_rule_that_matches_decides() {
    let ordered = "[{cn: {pattern: 'admin', principal: never}}, {dns: {pattern: '{n}.test', principal: 'dns-{n}'}}, {cn: {pattern: '{n}', principal: 'cn-{n}'}}]";
    let both = Subject::cn("orders").and_dns("orders.test");
    check(ordered, &both, Ok("dns-orders"));
    check(ordered, &Subject::cn("orders"), Ok("cn-orders"));
    check("[]", &both, Err(CertificateRefused::NoRuleMatches));
}

#[test]
fn the_proof_says_what_the_certificate_says() {
    let certificate = issue(&Subject::cn("orders"));
    let rules = rules("- cn: { pattern: '{name}', device_posture: managed }");
    let now = NOW();
    let proof = rules.identify(&certificate.chain()[0], now).unwrap().proof;
    assert_eq!(proof.mechanism, Mechanism::Mtls);
    assert_eq!(proof.authenticated_at, now);
    assert_eq!(proof.device_posture.as_deref(), Some("managed"));
    assert_eq!(proof.certificate_sha256, Some(certificate_sha256(&certificate.chain()[0])));
    let (from, until) = validity(&certificate.chain()[0]).unwrap();
    assert_eq!((proof.credential_issued_at, proof.expires_at), (Some(from), Some(until)));
    assert!(from < now && now < until);
}

#[test]
fn certificates_outside_their_validity_are_refused() {
    for validity in [Validity::Expired, Validity::Future] {
        let subject = Subject::cn("orders").validity(validity);
        check("- cn: { pattern: '{name}' }", &subject, Err(CertificateRefused::OutsideValidity));
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    let rules = rules("- cn: { pattern: '{name}' }");
    let certificate = issue(&Subject::cn("orders"));
    let leaf = certificate.chain()[0].as_ref();
    let longer = [leaf, b"x"].concat();
    for bytes in [&b""[..], b"x", &leaf[..leaf.len() - 1], &longer] {
        assert!(matches!(rules.identify(bytes, NOW()), Err(CertificateRefused::Unreadable(_))));
    }
}

#[test]
fn every_wrong_rule_is_reported() {
    let raw: Vec<RawCertificateRule> = serde_saphyr::from_str(
        "[{cn: {pattern: '{a}{b}'}}, {cn: {pattern: '{a}'}}, {dns: {pattern: '*.clients.test'}},
          {dns: {pattern: 'Clients.test'}}, {dns: {pattern: 'a..b'}}, {dns: {pattern: '{a}.{a}'}},
          {cn: {pattern: '{a', principal: x}}, {cn: {pattern: 'a}'}}, {cn: {pattern: '{}'}}, {cn: {pattern: ''}},
          {cn: {pattern: '{a}', principal: '{b}'}}, {cn: {pattern: '{a}', principal: ''}},
          {spiffe: {trust_domain: 'spiffe://a', path: /a}}, {spiffe: {trust_domain: a, path: a}},
          {spiffe: {trust_domain: a, path: /}}]",
    )
    .unwrap();
    let problems = CertificateRules::compile(&raw).unwrap_err();
    let indexes: Vec<_> = problems.iter().map(|problem| problem.index).collect();
    assert_eq!(indexes, [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert!(problems[1].message.contains("use a capture"), "{}", problems[1]);
}

#[test]
fn unknown_kinds_and_keys_of_rules_are_errors() {
    for yaml in
        ["[{uri: {pattern: a}}]", "[{cn: {pattern: a, regex: b}}]", "[{cn: {}}]", "[{spiffe: {path: /a}}]"]
    {
        assert!(serde_saphyr::from_str::<Vec<RawCertificateRule>>(yaml).is_err(), "{yaml}");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Facts::read(&noise);
        let _ = validity(&noise);
        let _ = revocation_list_end(&noise);
    }

    #[test]
    fn a_damaged_certificate_never_panics(at in 0usize..600, with in any::<u8>()) {
        let mut bytes = CERTIFICATE.with(Clone::clone);
        let at = at % bytes.len();
        bytes[at] = with;
        let _ = rules("- cn: { pattern: '{name}' }").identify(&bytes, UnixMillis(0));
    }

    #[test]
    fn patterns_take_what_was_put_in(a in "[a-z0-9-]{1,10}", b in "[a-z0-9-]{1,10}") {
        let pattern = Pattern::compile("x-{a}.mid.{b}-y", Some('.')).unwrap();
        let template = Template::compile("{b}/{a}", &pattern).unwrap();
        let name = format!("x-{a}.mid.{b}-y");
        let captures = pattern.captures(&name).unwrap();
        prop_assert_eq!(template.fill(&captures), format!("{b}/{a}"));
    }
}

thread_local! {
    static CERTIFICATE: Vec<u8> = issue(&Subject::cn("orders")).chain()[0].to_vec();
}
