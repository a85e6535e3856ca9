//! YAML text to a tree whose every node knows its place.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned};

use super::Problem;

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Mark {
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

impl From<serde_saphyr::Location> for Mark {
    fn from(location: serde_saphyr::Location) -> Self {
        let number = |from: u64| u32::try_from(from).unwrap_or(u32::MAX).max(1);
        Self { line: number(location.line()), column: number(location.column()) }
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: Mark,
}

/// One node of a document.
pub(crate) type Node = At<Value>;

/// What a node holds. Numbers with a fraction are kept apart because no setting is one.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(At<String>, Node)>),
}

impl Value {
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a truth value",
            Self::Int(_) | Self::Float => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }
}

/// Parses one document. An empty one is an empty mapping.
pub(crate) fn parse(file: &Arc<str>, text: &str) -> Result<Node, Problem> {
    // Duplicate keys are passed on so that all of them can be reported, not the first alone.
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        strict_booleans: true,
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH },
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Spanned<Value>>(text, options) {
        Ok(node) => Ok(convert(node)),
        Err(error) => Err(syntax_problem(file, text, &error)),
    }
}

/// How deep a file may nest; the deepest of ours needs five.
const MAX_DEPTH: usize = 16;

fn convert(node: Spanned<Value>) -> Node {
    let at = Mark::from(node.referenced);
    match node.value {
        Value::Null if at == Mark::START => At { value: Value::Map(Vec::new()), at },
        value => At { value, at },
    }
}

fn syntax_problem(file: &Arc<str>, text: &str, error: &serde_saphyr::Error) -> Problem {
    let at = error.location().map_or(Mark::START, Mark::from);
    let message = error.without_snippet().to_string();
    let message = message.lines().next().unwrap_or("cannot be read").trim().to_owned();
    let lone_star = text.lines().any(|line| {
        let value = line.trim_start_matches([' ', '-']).rsplit(": ").next().unwrap_or(line);
        value.trim_start_matches('[').trim_start().starts_with('*')
    });
    let fix =
        if lone_star { "write a lone `*` in quotes: `\"*\"`" } else { "correct the YAML at this place" };
    Problem::new(file, (at.line, at.column), &lower_first(&message), fix)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        i64::try_from(value).map(Value::Int).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Float)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element::<Spanned<Value>>()? {
            nodes.push(At { at: Mark::from(node.referenced), value: node.value });
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<Value>>()? {
            let Value::Text(name) = key.value else {
                return Err(A::Error::custom("a key must be text"));
            };
            let node = map.next_value::<Spanned<Value>>()?;
            let key = At { value: name, at: Mark::from(key.referenced) };
            entries.push((key, At { at: Mark::from(node.referenced), value: node.value }));
        }
        Ok(Value::Map(entries))
    }
}
