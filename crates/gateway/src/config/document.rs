//! A YAML document as written, with the place of every value, and a reader that reports every problem it meets.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use tidegate_model::Problem;

/// Where something is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Line, from 1; 0 when the parser did not say.
    pub(crate) line: u32,
    /// Column, from 1.
    pub(crate) column: u32,
}

/// One value of the document.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// What a node holds. Scalars that are numbers or truth values in YAML keep their text form.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A whole number, and how it was read as text.
    Number(i64, String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// The problems found so far in one file.
#[derive(Debug)]
pub(crate) struct Problems {
    file: Arc<str>,
    found: Vec<Problem>,
}

/// A mapping being read: keys that nobody asked for are problems when it is finished.
pub(crate) struct Section<'a> {
    title: String,
    place: Place,
    entries: &'a [(Node, Node)],
    asked: BTreeSet<&'static str>,
}

/// Parses `text` into a tree. The error is one problem: a document that is not YAML has no further places.
pub(crate) fn parse(file: &str, text: &str) -> Result<Node, Problem> {
    serde_saphyr::from_str::<Spanned<Value>>(text).map(Node::from).map_err(|error| {
        let place = error.location().map(Place::from).unwrap_or_default();
        let message = format!("not valid YAML: {}", error.without_snippet());
        problem(&Arc::from(file), place, message, "correct the syntax at this place".to_owned())
    })
}

fn problem(file: &Arc<str>, place: Place, message: String, fix: String) -> Problem {
    Problem { file: file.clone(), line: place.line, column: place.column, message, fix }
}

impl Problems {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: Arc::from(file), found: Vec::new() }
    }

    pub(crate) fn add(&mut self, place: Place, message: impl Into<String>, fix: impl Into<String>) {
        self.found.push(problem(&self.file, place, message.into(), fix.into()));
    }

    /// The problems, in the order of the file.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| (problem.line, problem.column));
        self.found
    }
}

impl Node {
    fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            _ => None,
        }
    }

    /// The scalar as text; anything else is a problem.
    pub(crate) fn text(&self, what: &str, problems: &mut Problems) -> Option<&str> {
        let scalar = self.scalar();
        if scalar.is_none() {
            problems.add(self.place, format!("{what} must be a single value"), "write one word or text");
        }
        scalar
    }

    /// The scalar, parsed; `expected` says how it should look.
    pub(crate) fn parse<T>(
        &self,
        what: &str,
        expected: &str,
        problems: &mut Problems,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(what, problems)?;
        let parsed = parse(text);
        if parsed.is_none() {
            problems.add(self.place, format!("`{text}` is no {what}"), format!("write {expected}"));
        }
        parsed
    }

    pub(crate) fn bool(&self, what: &str, problems: &mut Problems) -> Option<bool> {
        let Value::Bool(value) = self.value else {
            problems.add(self.place, format!("{what} must be true or false"), "write `true` or `false`");
            return None;
        };
        Some(value)
    }

    /// The same as JSON, for types that read themselves.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number, _) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                let name = |key: &Self| key.scalar().unwrap_or_default().to_owned();
                entries.iter().map(|(key, value)| (name(key), value.to_json())).collect()
            }
        }
    }

    /// The items of a list; a problem when it is no list.
    pub(crate) fn list(&self, what: &str, problems: &mut Problems) -> Option<&[Node]> {
        let Value::List(items) = &self.value else {
            problems.add(self.place, format!("{what} must be a list"), "write `- item` lines or `[a, b]`");
            return None;
        };
        Some(items)
    }

    /// The entries of a mapping whose keys are free names.
    pub(crate) fn entries(&self, what: &str, problems: &mut Problems) -> Option<&[(Node, Node)]> {
        let Value::Map(entries) = &self.value else {
            problems.add(self.place, format!("{what} must be a mapping"), "write `name: value` lines");
            return None;
        };
        Some(entries)
    }

    /// The mapping as a section with known keys.
    pub(crate) fn section(&self, title: &str, problems: &mut Problems) -> Option<Section<'_>> {
        let entries = self.entries(&format!("`{title}`"), problems)?;
        Some(Section { title: title.to_owned(), place: self.place, entries, asked: BTreeSet::new() })
    }
}

impl<'a> Section<'a> {
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// The value of `key`, where written and not null.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.insert(key);
        self.entries
            .iter()
            .find(|(name, _)| name.scalar() == Some(key))
            .map(|(_, value)| value)
            .filter(|node| !matches!(node.value, Value::Null))
    }

    /// The value of `key`, whose absence is a problem with `fix` as its remedy.
    pub(crate) fn require(
        &mut self,
        key: &'static str,
        fix: &str,
        problems: &mut Problems,
    ) -> Option<&'a Node> {
        let found = self.take(key);
        if found.is_none() {
            problems.add(self.place, format!("`{}` needs `{key}`", self.title), fix);
        }
        found
    }

    /// Whether the setting `key`, which weakens a protection, is set to true.
    pub(crate) fn dangerous(&mut self, key: &'static str, problems: &mut Problems) -> bool {
        self.take(key).and_then(|node| node.bool(key, problems)).unwrap_or(false)
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self, problems: &mut Problems) {
        let known = self.asked.iter().copied().collect::<Vec<_>>().join(", ");
        for (name, _) in self.entries {
            let text = name.scalar().unwrap_or("?");
            if !self.asked.contains(text) {
                let message = format!("unknown key `{text}` in `{}`", self.title);
                problems.add(name.place, message, format!("remove it, or use one of: {known}"));
            }
        }
    }
}

impl From<serde_saphyr::Location> for Place {
    fn from(location: serde_saphyr::Location) -> Self {
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: narrow(location.line()), column: narrow(location.column()) }
    }
}

impl From<Spanned<Value>> for Node {
    fn from(spanned: Spanned<Value>) -> Self {
        Self { place: Place::from(spanned.referenced), value: spanned.value }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value, value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        let text = value.to_string();
        Ok(i64::try_from(value).map_or(Value::Text(text.clone()), |number| Value::Number(number, text)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Value>>()? {
            list.push(Node::from(item));
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<Value>, Spanned<Value>>()? {
            map.push((Node::from(key), Node::from(value)));
        }
        Ok(Value::Map(map))
    }
}
