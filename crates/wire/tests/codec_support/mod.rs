//! Random messages, and one spelling of what is in a message.

#![allow(dead_code, unreachable_pub, reason = "every test file includes this one and uses what it needs")]

use std::fmt::Write as _;

use bytes::Bytes;
use tidegate_wire::kafka::codec::{APIS, Kind, MessageSchema, StructSchema, Tree, Value};

/// Every message in every version: requests and responses.
pub fn all_messages() -> impl Iterator<Item = (&'static MessageSchema, i16)> {
    let messages = APIS.iter().flat_map(|api| [&api.request, &api.response]);
    messages.flat_map(|message| message.versions.iter().map(move |version| (message, version)))
}

/// Where random choices come from.
pub trait Choices {
    /// The next choice.
    fn next(&mut self) -> u64;

    /// A choice below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Endless choices from a seed (SplitMix64).
pub struct Seeded(pub u64);

impl Choices for Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// Choices from given bytes, then zero for ever, so that fewer bytes make a smaller message.
pub struct Given<'a>(pub &'a [u8]);

impl Choices for Given<'_> {
    fn next(&mut self) -> u64 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        let high = u64::from(self.0.first().copied().unwrap_or(0));
        u64::from(*first) | high << 55
    }
}

/// A random message with every field of the version set.
pub fn random_tree(message: &'static MessageSchema, version: i16, choices: &mut impl Choices) -> Tree {
    random_struct(message.root, version, choices)
}

fn random_struct(schema: &'static StructSchema, version: i16, choices: &mut impl Choices) -> Tree {
    let mut tree = Tree::new();
    for field in schema.fields.iter().filter(|field| field.versions.contains(version)) {
        if field.tagged(version) && choices.below(2) == 0 {
            continue;
        }
        let nullable = field.nullable.contains(version);
        if nullable && choices.below(4) == 1 {
            tree.set(field.field, Value::Null);
        } else {
            tree.set(field.field, random_value(&field.kind, version, choices));
        }
    }
    tree
}

fn random_value(kind: &Kind, version: i16, choices: &mut impl Choices) -> Value {
    match kind {
        Kind::Bool => Value::Bool(choices.below(2) == 1),
        Kind::Int8 => Value::Int(i64::from(number(choices) as i8)),
        Kind::Int16 => Value::Int(i64::from(number(choices) as i16)),
        Kind::Uint16 => Value::Int(i64::from(number(choices) as u16)),
        Kind::Int32 => Value::Int(i64::from(number(choices) as i32)),
        Kind::Uint32 => Value::Int(i64::from(number(choices) as u32)),
        Kind::Int64 => Value::Int(number(choices)),
        Kind::Float64 => Value::Float(f64::from(choices.next() as i32) / 8.0),
        Kind::Uuid => {
            let mut uuid = [0; 16];
            uuid[..8].copy_from_slice(&choices.next().to_be_bytes());
            uuid[8..].copy_from_slice(&choices.next().to_le_bytes());
            Value::Uuid(uuid)
        }
        Kind::String => {
            let text = TEXTS[choices.below(TEXTS.len() as u64) as usize];
            let times = if choices.below(32) == 31 { choices.below(60) as usize } else { 1 };
            Value::String(text.repeat(times))
        }
        Kind::Bytes | Kind::Records => {
            let length = if choices.below(32) == 31 { choices.below(400) } else { choices.below(6) };
            Value::Bytes((0..length).map(|_| choices.next() as u8).collect::<Vec<u8>>().into())
        }
        Kind::Struct(schema) => Value::Struct(random_struct(schema, version, choices)),
        Kind::Array(element) => {
            let length = if choices.below(32) == 31 { choices.below(12) } else { choices.below(3) };
            Value::Array((0..length).map(|_| random_value(element, version, choices)).collect())
        }
    }
}

fn number(choices: &mut impl Choices) -> i64 {
    match choices.below(4) {
        0 => choices.below(4) as i64 - 1,
        1 => [i64::MIN, i64::MAX, i64::from(i32::MIN), i64::from(i32::MAX)][choices.below(4) as usize],
        _ => choices.next() as i64,
    }
}

const TEXTS: [&str; 7] = ["", "a", "orders", "zażółć gęślą", "日本語", "🚀", "__consumer_offsets"];

/// What is in a message, in the spelling of `conformance/kafka/oracle/Dump.java`.
pub fn dump(schema: &'static StructSchema, version: i16, tree: &Tree, out: &mut String) {
    out.push('{');
    for field in schema.fields.iter().filter(|field| field.versions.contains(version)) {
        let Some(value) = tree.get(field.field) else { continue };
        let name = field.field.name();
        out.push(name.as_bytes()[0].to_ascii_lowercase() as char);
        out.push_str(&name[1..]);
        if let (Kind::Records, Value::Bytes(bytes)) = (&field.kind, value) {
            // Kafka's converter gives the size of records and not the records.
            write!(out, "SizeInBytes={}", bytes.len()).unwrap();
        } else {
            out.push('=');
            dump_value(&field.kind, version, value, out);
        }
        out.push(';');
    }
    out.push('}');
}

fn dump_value(kind: &Kind, version: i16, value: &Value, out: &mut String) {
    match (kind, value) {
        (_, Value::Null) => out.push_str("null"),
        (_, Value::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
        (_, Value::Int(value)) => write!(out, "{value}").unwrap(),
        (_, Value::Float(value)) => write!(out, "{}", value.to_bits() as i64).unwrap(),
        (_, Value::Uuid(value)) => {
            out.push('"');
            base64url(value, out);
            out.push('"');
        }
        (_, Value::String(value)) => {
            out.push('"');
            out.push_str(value);
            out.push('"');
        }
        (_, Value::Bytes(value)) => hex(value, out),
        (Kind::Struct(schema), Value::Struct(tree)) => dump(schema, version, tree, out),
        (Kind::Array(element), Value::Array(values)) => {
            out.push('[');
            for value in values {
                dump_value(element, version, value, out);
                out.push(';');
            }
            out.push(']');
        }
        (kind, value) => panic!("{value:?} is no {kind:?}"),
    }
}

fn hex(bytes: &Bytes, out: &mut String) {
    for byte in bytes {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap());
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap());
    }
}

fn base64url(uuid: &[u8; 16], out: &mut String) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let value = u128::from_be_bytes(*uuid);
    for digit in 0..22 {
        // 22 digits of six bits are 132 bits: the last digit has four bits of padding.
        let shifted = if digit < 21 { value >> (122 - 6 * digit) } else { value << 4 };
        out.push(ALPHABET[(shifted & 63) as usize] as char);
    }
}
