//! Reads the tree of one file and collects what is wrong with it instead of stopping.

use std::sync::Arc;

use super::yaml::{At, Mark, Node, Value};
use super::{Place, Problem};

/// Reads nodes of one file and collects what is wrong with them.
pub(crate) struct Reader<'p> {
    file: Arc<str>,
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
    pub(crate) fn new(file: &str, problems: &'p mut Vec<Problem>) -> Self {
        Self { file: Arc::from(file), problems }
    }

    pub(crate) fn problem(&mut self, at: Mark, message: impl AsRef<str>, fix: impl AsRef<str>) {
        self.problems.push(Problem::new(&self.file, (at.line, at.column), message.as_ref(), fix.as_ref()));
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
