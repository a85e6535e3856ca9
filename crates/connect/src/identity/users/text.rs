//! The store as text: one JSON object per line, the first about the store, each other about a user.
//!
//! ```text
//! {"tidegate_users":1,"iterations":16384,"decoy_secret":"<base64>"}
//! {"name":"orders","created_at":1750000000000,"rotated_at":1750000000000,"disabled":false,"generation":1,
//!  "scram_sha_256":{"salt":"<base64>","iterations":16384,"stored_key":"<base64>","server_key":"<base64>"},
//!  "scram_sha_512":{...}}
//! ```
//! (A user is one line; it is broken here to be read.) Times are milliseconds since the Unix epoch.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tidegate_model::{PrincipalName, UnixMillis};
use tidegate_wire::sasl::Secret;
use tidegate_wire::sasl::scram::{Algorithm, MAX_ITERATIONS, MIN_ITERATIONS, SALT_BYTES, StoredCredential};
use zeroize::Zeroizing;

use super::{Credentials, Standing, User, UserSummary, Users, UsersError};

// Text is borrowed, so that no key is copied out of the buffer that is wiped. None of it needs JSON escapes, except
// a name, which is therefore owned.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawHeader<'a> {
    tidegate_users: u32,
    iterations: u32,
    decoy_secret: &'a str,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawUser<'a> {
    name: String,
    created_at: i64,
    rotated_at: i64,
    disabled: bool,
    generation: u64,
    #[serde(borrow)]
    scram_sha_256: RawCredential<'a>,
    #[serde(borrow)]
    scram_sha_512: RawCredential<'a>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RawCredential<'a> {
    salt: &'a str,
    iterations: u32,
    stored_key: &'a str,
    server_key: &'a str,
}

impl Users {
    /// Reads a store from its text.
    pub fn parse(text: &str) -> Result<Self, UsersError> {
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let (_, header) = lines.next().ok_or_else(|| malformed(1, "the file is empty"))?;
        let header: RawHeader<'_> = from_line(1, header)?;
        if header.tidegate_users != FORMAT {
            return Err(malformed(1, "the format is unknown: this version reads `\"tidegate_users\":1`"));
        }
        if !(MIN_ITERATIONS..=MAX_ITERATIONS).contains(&header.iterations) {
            return Err(malformed(1, "`iterations` is out of range"));
        }
        let decoy_secret = decode(1, "decoy_secret", header.decoy_secret, 32)?;
        let mut users = Self { decoy_secret, iterations: header.iterations, entries: HashMap::new() };
        for (number, line) in lines {
            if users.entries.len() == MAX_USERS {
                return Err(malformed(number, "too many users"));
            }
            let user = parse_user(number, from_line(number, line)?)?;
            let name = user.summary.name.to_string();
            if users.entries.insert(name, user).is_some() {
                return Err(malformed(number, "the user is there twice"));
            }
        }
        Ok(users)
    }

    /// Writes the store as text, users by name.
    pub fn to_text(&self) -> Result<Zeroizing<String>, UsersError> {
        let mut text = Zeroizing::new(String::with_capacity(256 + 768 * self.entries.len()));
        let decoy_secret = encode(&self.decoy_secret);
        let header =
            RawHeader { tidegate_users: FORMAT, iterations: self.iterations, decoy_secret: &decoy_secret };
        push_line(&mut text, &header)?;
        let mut users: Vec<_> = self.entries.values().collect();
        users.sort_by(|left, right| left.summary.name.cmp(&right.summary.name));
        for user in users {
            push_user(&mut text, user)?;
        }
        Ok(text)
    }
}

fn parse_user(line: usize, raw: RawUser<'_>) -> Result<User, UsersError> {
    let name = PrincipalName::new(&raw.name).map_err(|error| malformed(line, &error.to_string()))?;
    let standing = if raw.disabled { Standing::Disabled } else { Standing::Active };
    let credentials = Credentials {
        sha256: parse_credential(line, Algorithm::Sha256, &raw.scram_sha_256)?,
        sha512: parse_credential(line, Algorithm::Sha512, &raw.scram_sha_512)?,
    };
    let credentials = credentials.with_standing(standing)?;
    let summary = UserSummary {
        name,
        standing,
        created_at: UnixMillis(raw.created_at),
        rotated_at: UnixMillis(raw.rotated_at),
        generation: raw.generation,
    };
    Ok(User { summary, credentials })
}

fn parse_credential(
    line: usize,
    algorithm: Algorithm,
    raw: &RawCredential<'_>,
) -> Result<Arc<StoredCredential>, UsersError> {
    let salt = decode(line, "salt", raw.salt, SALT_BYTES)?;
    let stored_key = decode(line, "stored_key", raw.stored_key, algorithm.digest_len())?;
    let server_key = decode(line, "server_key", raw.server_key, algorithm.digest_len())?;
    StoredCredential::from_parts(algorithm, salt.expose().to_vec(), raw.iterations, stored_key, server_key)
        .map(Arc::new)
        .map_err(|error| malformed(line, &error.to_string()))
}

fn push_user(text: &mut Zeroizing<String>, user: &User) -> Result<(), UsersError> {
    let parts = |credential: &StoredCredential| {
        [
            Zeroizing::new(STANDARD.encode(credential.salt())),
            encode(credential.stored_key()),
            encode(credential.server_key()),
        ]
    };
    let [salt_256, stored_256, server_256] = parts(&user.credentials.sha256);
    let [salt_512, stored_512, server_512] = parts(&user.credentials.sha512);
    let raw = RawUser {
        name: user.summary.name.to_string(),
        created_at: user.summary.created_at.0,
        rotated_at: user.summary.rotated_at.0,
        disabled: user.summary.standing == Standing::Disabled,
        generation: user.summary.generation,
        scram_sha_256: RawCredential {
            salt: &salt_256,
            iterations: user.credentials.sha256.iterations(),
            stored_key: &stored_256,
            server_key: &server_256,
        },
        scram_sha_512: RawCredential {
            salt: &salt_512,
            iterations: user.credentials.sha512.iterations(),
            stored_key: &stored_512,
            server_key: &server_512,
        },
    };
    push_line(text, &raw)
}

fn push_line(text: &mut Zeroizing<String>, value: &impl Serialize) -> Result<(), UsersError> {
    let line = serde_json::to_string(value)
        .map_err(|_| UsersError::Failed("the store cannot be written as text"))?;
    text.push_str(&Zeroizing::new(line));
    text.push('\n');
    Ok(())
}

fn from_line<'a, T: Deserialize<'a>>(number: usize, line: &'a str) -> Result<T, UsersError> {
    // The library's message may quote the line, and so a key: only the place is told.
    serde_json::from_str(line).map_err(|error| {
        let what = if error.is_data() {
            "a field is missing, repeated, unknown or of the wrong type"
        } else {
            "not JSON"
        };
        malformed(number, &format!("{what}, near column {}", error.column()))
    })
}

fn decode(line: usize, field: &str, text: &str, len: usize) -> Result<Secret, UsersError> {
    let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() == len);
    bytes.map(Secret::new).ok_or_else(|| malformed(line, &format!("`{field}` is not {len} bytes in base64")))
}

fn encode(secret: &Secret) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(secret.expose()))
}

fn malformed(line: usize, message: &str) -> UsersError {
    UsersError::Malformed { line, message: message.to_owned() }
}

const FORMAT: u32 = 1;

/// How many users a store may have.
const MAX_USERS: usize = 100_000;
