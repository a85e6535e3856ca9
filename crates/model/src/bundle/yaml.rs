//! YAML text to a tree whose every node knows its place, and a reader that collects problems instead of stopping.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned};

use super::{Place, Problem};

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
    fn describe(&self) -> &'static str {
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
    Problem {
        file: file.clone(),
        line: at.line,
        column: at.column,
        message: lower_first(&message),
        fix: fix.into(),
    }
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

/// Reads nodes of one file and collects what is wrong with them.
pub(crate) struct Reader<'p> {
    pub(crate) file: Arc<str>,
    problems: &'p mut Vec<Problem>,
}

/// The entries of a mapping, free of unknown and duplicate keys.
pub(crate) struct Fields<'n> {
    pub(crate) at: Mark,
    entries: Vec<(&'n str, &'n Node)>,
}

impl<'n> Fields<'n> {
    /// The value of a key; a key without a value counts as absent.
    pub(crate) fn find(&self, key: &str) -> Option<&'n Node> {
        let found = self.entries.iter().find(|(name, _)| *name == key).map(|(_, node)| *node);
        found.filter(|node| !matches!(node.value, Value::Null))
    }
}

impl<'p> Reader<'p> {
    pub(crate) fn new(file: &Arc<str>, problems: &'p mut Vec<Problem>) -> Self {
        Self { file: file.clone(), problems }
    }

    pub(crate) fn problem(&mut self, at: Mark, message: impl Into<String>, fix: impl Into<String>) {
        let Mark { line, column } = at;
        let problem =
            Problem { file: self.file.clone(), line, column, message: message.into(), fix: fix.into() };
        self.problems.push(problem);
    }

    pub(crate) fn place(&self, at: Mark) -> Place {
        Place { file: self.file.clone(), line: at.line }
    }

    fn mismatch(&mut self, node: &Node, what: &str, expected: &str) {
        let found = node.value.describe();
        let fix = match (&node.value, expected) {
            (Value::Int(_) | Value::Float | Value::Bool(_), "text") => "put it in quotes".to_owned(),
            _ => format!("write {expected}"),
        };
        self.problem(node.at, format!("{what} must be {expected}, not {found}"), fix);
    }

    /// A mapping with no other keys than `keys`.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, what: &str, keys: &[&str]) -> Option<Fields<'n>> {
        let entries = self.entries(node, what)?;
        let mut known = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if keys.contains(&key.value.as_str()) {
                known.push((key.value.as_str(), value));
            } else {
                self.problem(
                    key.at,
                    format!("unknown key `{}` in {what}", key.value),
                    suggest(&key.value, keys),
                );
            }
        }
        Some(Fields { at: node.at, entries: known })
    }

    /// A mapping with keys of the operator's choosing; later duplicates are reported and left out.
    pub(crate) fn entries<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
    ) -> Option<Vec<(&'n At<String>, &'n Node)>> {
        let Value::Map(entries) = &node.value else {
            self.mismatch(node, what, "a mapping");
            return None;
        };
        let mut unique: Vec<(&At<String>, &Node)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            match unique.iter().find(|(earlier, _)| earlier.value == key.value) {
                Some((earlier, _)) => {
                    let message = format!("key `{}` is already on line {}", key.value, earlier.at.line);
                    self.problem(key.at, message, "keep one of them");
                }
                None => unique.push((key, value)),
            }
        }
        Some(unique)
    }

    pub(crate) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        match &node.value {
            Value::List(nodes) => nodes,
            _ => {
                self.mismatch(node, what, "a list");
                &[]
            }
        }
    }

    pub(crate) fn text(&mut self, node: &Node, what: &str) -> Option<At<String>> {
        match &node.value {
            Value::Text(text) => self.name(At { value: text.clone(), at: node.at }, what),
            _ => {
                self.mismatch(node, what, "text");
                None
            }
        }
    }

    fn name(&mut self, text: At<String>, what: &str) -> Option<At<String>> {
        let complaint = if text.value.trim().is_empty() {
            "is empty"
        } else if text.value.chars().any(char::is_control) {
            "has a control character"
        } else if text.value.trim() != text.value {
            "begins or ends with a space"
        } else if text.value.len() > MAX_TEXT_BYTES {
            "is too long"
        } else {
            return Some(text);
        };
        let fix = format!("write 1 to {MAX_TEXT_BYTES} bytes without control characters or outer spaces");
        self.problem(text.at, format!("{what} {complaint}"), fix);
        None
    }

    pub(crate) fn texts(&mut self, node: &Node, what: &str) -> Vec<At<String>> {
        self.list(node, what).iter().filter_map(|item| self.text(item, what)).collect()
    }

    pub(crate) fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        match node.value {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.mismatch(node, what, "`true` or `false`");
                None
            }
        }
    }

    pub(crate) fn whole_number(&mut self, node: &Node, what: &str) -> Option<i64> {
        match node.value {
            Value::Int(number) => Some(number),
            _ => {
                self.mismatch(node, what, "a whole number");
                None
            }
        }
    }

    /// The text of a key, if it is there.
    pub(crate) fn optional(&mut self, fields: &Fields<'_>, key: &str) -> Option<At<String>> {
        fields.find(key).and_then(|node| self.text(node, &format!("`{key}`")))
    }

    /// The text of a key that must be there.
    pub(crate) fn required(&mut self, fields: &Fields<'_>, key: &str) -> Option<At<String>> {
        if fields.find(key).is_none() {
            self.problem(fields.at, format!("`{key}` is missing"), format!("add `{key}:`"));
        }
        self.optional(fields, key)
    }

    /// The texts of a key, none if it is absent.
    pub(crate) fn optional_texts(&mut self, fields: &Fields<'_>, key: &str) -> Vec<At<String>> {
        fields.find(key).map_or_else(Vec::new, |node| self.texts(node, &format!("`{key}`")))
    }

    /// A mapping of texts, for example `tags`.
    pub(crate) fn text_map(&mut self, fields: &Fields<'_>, key: &str) -> Vec<(At<String>, At<String>)> {
        let Some(node) = fields.find(key) else { return Vec::new() };
        let entries = self.entries(node, &format!("`{key}`")).unwrap_or_default();
        let read = |(name, value): (&At<String>, &Node)| {
            let value = self.text(value, &format!("`{}` in `{key}`", name.value))?;
            Some((name.clone(), value))
        };
        entries.into_iter().filter_map(read).collect()
    }

    /// One of a closed set of words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        text: &At<String>,
        what: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let found = choices.iter().find(|(name, _)| *name == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.problem(text.at, format!("unknown {what} `{}`", text.value), suggest(&text.value, &names));
        }
        found
    }
}

/// The longest text of any setting, in bytes.
const MAX_TEXT_BYTES: usize = 1000;

/// A fix that names the nearest of the `known` words, and all of them when there are few.
pub(crate) fn suggest(word: &str, known: &[&str]) -> String {
    let nearest = known.iter().map(|candidate| (edits(word, candidate), *candidate)).min();
    match nearest {
        Some((distance, candidate)) if distance <= 1 + word.chars().count() / 4 => {
            format!("did you mean `{candidate}`?")
        }
        _ if known.is_empty() => "remove it".to_owned(),
        _ if known.len() > MAX_LISTED => "check its spelling".to_owned(),
        _ => format!("use one of `{}`", known.join("`, `")),
    }
}

/// How many choices a fix lists at most.
const MAX_LISTED: usize = 24;

/// Levenshtein distance.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, from) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut previous = i + 1;
        for (to, cell) in right.iter().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = *cell;
            *cell = substituted.min(previous + 1).min(diagonal + 1);
            previous = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
