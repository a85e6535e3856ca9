//! Reads Apache Kafka's message definitions: JSON with `//` comments.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// Everything read from one release.
pub(super) struct Library {
    /// By API key: request, then response.
    pub(super) pairs: BTreeMap<i16, (Message, Message)>,
    /// Error codes: number, name, whether a client may retry.
    pub(super) errors: Vec<(i16, String, bool)>,
    /// The SHA-256 of each definition file in the jar, by its name.
    pub(super) sources: BTreeMap<String, String>,
}

/// A message definition, with only the stable versions left.
pub(super) struct Message {
    pub(super) name: String,
    pub(super) versions: Range,
    pub(super) flexible: Range,
    /// The root first; every structure that fields refer to follows.
    pub(super) structures: Vec<Structure>,
}

/// A structure of a message.
pub(super) struct Structure {
    pub(super) name: String,
    pub(super) fields: Vec<FieldDefinition>,
}

/// Versions from the first to the last; `i16::MAX` stands for `N+`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Range(pub(super) i16, pub(super) i16);

impl Range {
    pub(super) const NONE: Self = Self(0, -1);

    pub(super) fn contains(self, version: i16) -> bool {
        self.0 <= version && version <= self.1
    }

    fn parse(text: &str) -> Result<Self> {
        let number = |text: &str| text.parse::<i16>().with_context(|| format!("`{text}` is not a version"));
        if text == "none" {
            return Ok(Self::NONE);
        }
        if let Some(min) = text.strip_suffix('+') {
            return Ok(Self(number(min)?, i16::MAX));
        }
        match text.split_once('-') {
            Some((min, max)) => Ok(Self(number(min)?, number(max)?)),
            None => Ok(Self(number(text)?, number(text)?)),
        }
    }
}

/// One field as written; unknown keys are refused, so that nothing new passes unseen.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FieldDefinition {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    versions: String,
    nullable_versions: Option<String>,
    tagged_versions: Option<String>,
    flexible_versions: Option<String>,
    pub(super) tag: Option<u32>,
    pub(super) entity_type: Option<String>,
    default: Option<serde_json::Value>,
    #[serde(default)]
    pub(super) ignorable: bool,
    #[serde(default)]
    pub(super) map_key: bool,
    #[serde(rename = "zeroCopy")]
    _zero_copy: Option<bool>,
    #[serde(rename = "about")]
    _about: Option<String>,
    fields: Option<Vec<FieldDefinition>>,
}

impl FieldDefinition {
    pub(super) fn versions(&self) -> Result<Range> {
        Range::parse(&self.versions)
    }

    pub(super) fn nullable(&self) -> Result<Range> {
        self.nullable_versions.as_deref().map_or(Ok(Range::NONE), Range::parse)
    }

    pub(super) fn tagged(&self) -> Result<Range> {
        self.tagged_versions.as_deref().map_or(Ok(Range::NONE), Range::parse)
    }

    /// The default as text, whatever JSON type it was written as.
    pub(super) fn default(&self) -> Option<String> {
        match self.default.as_ref()? {
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    /// The structure that the field is or has elements of, by name.
    pub(super) fn structure(&self) -> Option<&str> {
        let element = self.kind.strip_prefix("[]").unwrap_or(&self.kind);
        element.starts_with(|first: char| first.is_ascii_uppercase()).then_some(element)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Definition {
    api_key: i16,
    #[serde(rename = "type")]
    _kind: String,
    #[serde(default)]
    listeners: Vec<String>,
    name: String,
    valid_versions: String,
    flexible_versions: Option<String>,
    #[serde(default)]
    latest_version_unstable: bool,
    #[serde(default)]
    fields: Vec<FieldDefinition>,
    #[serde(default)]
    common_structs: Vec<CommonStruct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonStruct {
    name: String,
    #[serde(rename = "versions")]
    _versions: String,
    fields: Vec<FieldDefinition>,
}

/// Reads what `Definitions.java` printed.
pub(super) fn read(dump: &[u8]) -> Result<Library> {
    let Dump { definitions, errors } = split(dump)?;
    let mut requests = BTreeMap::new();
    let mut responses = BTreeMap::new();
    for (name, (_, bytes)) in &definitions {
        let json = without_comments(std::str::from_utf8(bytes)?);
        let value: serde_json::Value = serde_json::from_str(&json).with_context(|| name.clone())?;
        let side = match value.get("type").and_then(serde_json::Value::as_str) {
            Some("request") => &mut requests,
            Some("response") => &mut responses,
            Some("data" | "header") => continue,
            other => bail!("{name} is of the unknown type {other:?}"),
        };
        let definition: Definition = serde_json::from_value(value).with_context(|| name.clone())?;
        ensure!(
            side.insert(definition.api_key, definition).is_none(),
            "two definitions for the key of {name}"
        );
    }
    let mut pairs = BTreeMap::new();
    for (key, request) in requests {
        let response = responses.remove(&key).with_context(|| format!("{} has no response", request.name))?;
        let for_clients = request.listeners.iter().any(|listener| listener == "broker");
        if for_clients && request.valid_versions != "none" {
            let unstable = request.latest_version_unstable;
            pairs.insert(key, (message(request, unstable)?, message(response, unstable)?));
        }
    }
    let sources = definitions.into_iter().map(|(name, (digest, _))| (name, digest)).collect();
    Ok(Library { pairs, errors, sources })
}

fn message(definition: Definition, unstable: bool) -> Result<Message> {
    let name = definition.name;
    let mut versions = Range::parse(&definition.valid_versions)?;
    if unstable {
        versions.1 -= 1;
    }
    let flexible = Range::parse(definition.flexible_versions.as_deref().unwrap_or("none"))?;
    let mut structures = Vec::new();
    add_structure(&mut structures, name.clone(), definition.fields, versions)?;
    for common in definition.common_structs {
        add_structure(&mut structures, common.name, common.fields, versions)?;
    }
    let mut message = Message { name, versions, flexible, structures };
    drop_unused(&mut message);
    Ok(message)
}

/// Adds a structure and those defined inside its fields, without the fields that no stable version has.
fn add_structure(
    into: &mut Vec<Structure>,
    name: String,
    fields: Vec<FieldDefinition>,
    valid: Range,
) -> Result<()> {
    ensure!(
        into.iter().all(|known| known.name != name),
        "the structure {name} is defined twice in one message"
    );
    let at = into.len();
    into.push(Structure { name: name.clone(), fields: Vec::new() });
    let mut kept = Vec::new();
    for mut field in fields {
        let versions = field.versions()?;
        if versions.0.max(valid.0) > versions.1.min(valid.1) {
            continue;
        }
        check_supported(&name, &field)?;
        // A few definitions start a name in lower case; elsewhere the same field starts in upper case.
        if let Some(first) = field.name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        if let (Some(inner), Some(structure)) = (field.fields.take(), field.structure()) {
            let structure = structure.to_owned();
            add_structure(into, structure, inner, valid)?;
        }
        kept.push(field);
    }
    into.get_mut(at).context("the structure just added is gone")?.fields = kept;
    Ok(())
}

/// Refuses the features of the definition language that no client-facing message uses and the codec does not know.
fn check_supported(owner: &str, field: &FieldDefinition) -> Result<()> {
    let place = format!("{owner}.{}", field.name);
    ensure!(field.flexible_versions.is_none(), "{place}: flexibleVersions of a field is not supported");
    ensure!(!field.kind.starts_with("[][]"), "{place}: arrays of arrays are not supported");
    let element = field.kind.strip_prefix("[]").unwrap_or("int8");
    ensure!(
        !matches!(element, "bool" | "float64" | "bytes" | "records"),
        "{place}: arrays of `{element}` are not supported"
    );
    ensure!(
        field.tag.is_some() == field.tagged_versions.is_some(),
        "{place}: tag without taggedVersions, or the reverse"
    );
    let in_place = !field.kind.starts_with("[]") && field.structure().is_some();
    ensure!(
        !(in_place && field.tag.is_some() && field.nullable_versions.is_some()),
        "{place}: nullable tagged structures are not supported"
    );
    Ok(())
}

fn drop_unused(message: &mut Message) {
    loop {
        let used: Vec<String> = message
            .structures
            .iter()
            .flat_map(|structure| {
                structure.fields.iter().filter_map(|field| field.structure().map(str::to_owned))
            })
            .collect();
        let before = message.structures.len();
        let root = message.name.clone();
        message.structures.retain(|structure| structure.name == root || used.contains(&structure.name));
        if message.structures.len() == before {
            return;
        }
    }
}

/// Name to digest and text of each definition, and the error codes.
struct Dump {
    definitions: BTreeMap<String, (String, Vec<u8>)>,
    errors: Vec<(i16, String, bool)>,
}

fn split(mut dump: &[u8]) -> Result<Dump> {
    let mut definitions = BTreeMap::new();
    let mut errors = Vec::new();
    while !dump.is_empty() {
        let end = dump.iter().position(|byte| *byte == b'\n').context("a line without an end")?;
        let (line, rest) = dump.split_at(end);
        dump = rest.get(1..).unwrap_or_default();
        let line = std::str::from_utf8(line)?;
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["D", name, length, digest] => {
                let (bytes, rest) =
                    dump.split_at_checked(length.parse()?).context("a definition is cut short")?;
                definitions.insert((*name).to_owned(), ((*digest).to_owned(), bytes.to_vec()));
                dump = rest.get(1..).unwrap_or_default();
            }
            ["E", code, name, retriable] => {
                errors.push((code.parse()?, (*name).to_owned(), *retriable == "true"))
            }
            _ => bail!("Definitions.java printed `{line}`"),
        }
    }
    ensure!(!definitions.is_empty() && !errors.is_empty(), "the jar has no definitions");
    Ok(Dump { definitions, errors })
}

/// Drops `//` to the end of the line, except inside strings.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let mut in_string = false;
        let mut previous = ' ';
        for character in line.chars() {
            match character {
                '"' if previous != '\\' => in_string = !in_string,
                '/' if !in_string && previous == '/' => {
                    out.pop();
                    break;
                }
                _ => {}
            }
            out.push(character);
            previous = character;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_dropped_and_strings_are_kept() {
        let check = |input: &str, expected: &str| assert_eq!(without_comments(input), expected);
        check("// all\n{}", "\n{}\n");
        check("{\"a\": 1} // tail", "{\"a\": 1} \n");
        check("{\"a\": \"http://x\"}", "{\"a\": \"http://x\"}\n");
        check("{\"a\": \"q\\\"//\"} //", "{\"a\": \"q\\\"//\"} \n");
    }

    #[test]
    fn version_ranges() {
        let check = |input: &str, expected: Option<(i16, i16)>| {
            assert_eq!(Range::parse(input).ok().map(|range| (range.0, range.1)), expected, "{input}");
        };
        check("0", Some((0, 0)));
        check("3-13", Some((3, 13)));
        check("9+", Some((9, i16::MAX)));
        check("none", Some((0, -1)));
        check("", None);
        check("x+", None);
        check("1-", None);
        check("70000", None);
    }
}
