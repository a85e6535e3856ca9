mod live;
mod tokens;

use serde_json::{Value, json};
use tidegate_model::UnixMillis;
use tidegate_testkit::oauth::{Mint, unix_now};

use super::*;

const ISSUER: &str = "https://idp.test";
const AUDIENCE: &str = "tidegate";

fn mint(id: &str) -> Mint {
    Mint::es256(id, ISSUER, AUDIENCE).unwrap()
}

fn now() -> UnixMillis {
    UnixMillis(i64::try_from(unix_now()).unwrap() * 1000)
}

/// Seconds from now, as a claim.
fn at(seconds: i64) -> Value {
    json!(i64::try_from(unix_now()).unwrap() + seconds)
}

fn policy(yaml: &str) -> TokenPolicy {
    TokenPolicy::compile(&raw_policy(yaml)).unwrap()
}

fn raw_policy(yaml: &str) -> RawTokenPolicy {
    let base = format!("issuer: {ISSUER}\naudiences: [{AUDIENCE}]\n");
    let algorithms = if yaml.contains("algorithms") { "" } else { "algorithms: [ES256]\n" };
    serde_saphyr::from_str(&format!("{base}{algorithms}{yaml}")).unwrap()
}

fn key_set(jwks: &Value) -> KeySet {
    KeySet::parse(jwks.to_string().as_bytes()).unwrap()
}
