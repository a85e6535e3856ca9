//! Writes the tables as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

use super::Files;
use super::definitions::{FieldDefinition, Library, Message, Range, Structure};

/// Every generated file, by name, not yet formatted.
pub(super) fn files(library: &Library, kafka: &str) -> Result<Files> {
    let names = field_names(library);
    let mut files = Files::new();
    for (key, (request, response)) in &library.pairs {
        let name = api_name(request)?;
        files.insert(format!("{}.rs", snake(name)), api_file(*key, name, request, response, kafka)?);
    }
    files.insert("field.rs".to_owned(), field_file(&names, kafka)?);
    files.insert("error_code.rs".to_owned(), error_file(library, kafka)?);
    files.insert("mod.rs".to_owned(), mod_file(library, &names, kafka)?);
    files.insert("SOURCE.md".to_owned(), source_file(library, kafka)?);
    Ok(files)
}

fn header(about: &str, kafka: &str) -> String {
    format!(
        "//! {about}\n//!\n//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka {kafka}\n\
         //! (Apache-2.0, see NOTICE). Not to be edited by hand.\n\n"
    )
}

fn api_name(request: &Message) -> Result<&str> {
    request
        .name
        .strip_suffix("Request")
        .with_context(|| format!("`{}` does not end in `Request`", request.name))
}

fn field_names(library: &Library) -> Vec<String> {
    let messages = library.pairs.values().flat_map(|(request, response)| [request, response]);
    let fields =
        messages.flat_map(|message| message.structures.iter().flat_map(|structure| &structure.fields));
    let names: BTreeSet<String> = fields.map(|field| field.name.clone()).collect();
    names.into_iter().collect()
}

fn field_file(names: &[String], kafka: &str) -> Result<String> {
    let mut out = header("A constant per field name.", kafka);
    out.push_str("use crate::kafka::codec::schema::Field;\n\n");
    let mut seen = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        let constant = snake(name).to_uppercase();
        if let Some(other) = seen.insert(constant.clone(), name) {
            bail!("`{name}` and `{other}` would be the same constant");
        }
        writeln!(out, "/// `{name}`\npub const {constant}: Field = Field::new({index});")?;
    }
    Ok(out)
}

fn error_file(library: &Library, kafka: &str) -> Result<String> {
    let mut out = header("The error codes of the protocol.", kafka);
    out.push_str("use crate::kafka::codec::error_code::ErrorCode;\n\nimpl ErrorCode {\n");
    for (code, name, _) in &library.errors {
        writeln!(out, "/// `{name}`\npub const {name}: Self = Self({code});")?;
    }
    out.push_str("}\n\n/// Number, name, and whether Kafka's own client retries, in order of the number.\n");
    out.push_str("pub(crate) static ERRORS: &[(i16, &str, bool)] = &[\n");
    let mut errors: Vec<_> = library.errors.iter().collect();
    errors.sort();
    for (code, name, retriable) in errors {
        writeln!(out, "({code}, {name:?}, {retriable}),")?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn mod_file(library: &Library, names: &[String], kafka: &str) -> Result<String> {
    let mut out = header("The schema tables of every API that a client may send to a broker.", kafka);
    let mut modules = BTreeSet::from(["error_code".to_owned()]);
    let mut apis = String::new();
    for (request, _) in library.pairs.values() {
        let module = snake(api_name(request)?);
        writeln!(apis, "&{module}::API,")?;
        modules.insert(module);
    }
    for module in modules {
        writeln!(out, "pub(crate) mod {module};")?;
    }
    out.push_str("pub mod field;\n\nuse crate::kafka::codec::schema::Api;\n\n");
    writeln!(
        out,
        "/// The most fields that one structure has.\npub(crate) const MAX_FIELDS: usize = {};\n",
        max_fields(library)
    )?;
    writeln!(out, "/// Every API in order of its key.\npub(crate) static APIS: &[&Api] = &[\n{apis}];\n")?;
    out.push_str("/// Field names, sorted.\npub(crate) static FIELD_NAMES: &[&str] = &[\n");
    for name in names {
        writeln!(out, "{name:?},")?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn max_fields(library: &Library) -> usize {
    let messages = library.pairs.values().flat_map(|(request, response)| [request, response]);
    messages
        .flat_map(|message| message.structures.iter().map(|structure| structure.fields.len()))
        .max()
        .unwrap_or(0)
}

fn source_file(library: &Library, kafka: &str) -> Result<String> {
    let mut out = format!(
        "# Where these tables come from\n\n`cargo xtask codegen` wrote this folder from the {} message definitions in\n\
         `org.apache.kafka:kafka-clients:{kafka}` (Apache License 2.0, Copyright the Apache Software Foundation; see NOTICE).\n\
         `cargo xtask codegen --check` fails when they differ. SHA-256 of each definition:\n\n```text\n",
        library.sources.len()
    );
    for (name, digest) in &library.sources {
        writeln!(out, "{digest}  {name}")?;
    }
    out.push_str("```\n");
    Ok(out)
}

fn api_file(key: i16, name: &str, request: &Message, response: &Message, kafka: &str) -> Result<String> {
    let mut body = String::new();
    writeln!(
        body,
        "/// `{name}`, key {key}.\npub(crate) static API: Api = Api {{ key: {key}, name: {name:?}, request: {}, response: {} }};\n",
        message_literal(key, request),
        message_literal(key, response)
    )?;
    for message in [request, response] {
        for structure in &message.structures {
            structure_literal(&mut body, message, structure).with_context(|| message.name.clone())?;
        }
    }
    let mut imports = vec!["Api", "FieldSchema", "Kind", "MessageSchema", "StructSchema", "Versions"];
    for optional in ["DefaultValue", "Entity"] {
        if body.contains(&format!("{optional}::")) {
            imports.push(optional);
        }
    }
    imports.retain(|import| body.contains(&format!("{import}::")) || body.contains(&format!("{import} {{")));
    let mut out = header(&format!("`{name}`, key {key}."), kafka);
    imports.sort_unstable();
    writeln!(out, "use crate::kafka::codec::schema::{{{}}};", imports.join(", "))?;
    if body.contains("field::") {
        out.push_str("use crate::kafka::generated::field;\n");
    }
    out.push('\n');
    out.push_str(&body);
    Ok(out)
}

fn message_literal(key: i16, message: &Message) -> String {
    format!(
        "MessageSchema {{ name: {:?}, key: {key}, versions: {}, flexible: {}, root: &{} }}",
        message.name,
        versions(message.versions),
        versions(message.flexible),
        static_name(message, &message.name)
    )
}

fn structure_literal(out: &mut String, message: &Message, structure: &Structure) -> Result<()> {
    let sizes: Vec<String> = (message.versions.0..=message.versions.1)
        .map(|version| Ok(min_size(message, structure, version)?.to_string()))
        .collect::<Result<_>>()?;
    writeln!(
        out,
        "static {}: StructSchema = StructSchema {{ name: {:?}, min_sizes: &[{}], fields: &[",
        static_name(message, &structure.name),
        structure.name,
        sizes.join(", ")
    )?;
    for field in &structure.fields {
        field_literal(out, message, field).with_context(|| format!("{}.{}", structure.name, field.name))?;
    }
    out.push_str("] };\n\n");
    Ok(())
}

fn field_literal(out: &mut String, message: &Message, field: &FieldDefinition) -> Result<()> {
    let constant = snake(&field.name).to_uppercase();
    write!(
        out,
        "FieldSchema::of(field::{constant}, {}, {})",
        kind(message, &field.kind)?,
        versions(field.versions()?)
    )?;
    if field.nullable()? != Range::NONE {
        write!(out, ".nullable({})", versions(field.nullable()?))?;
    }
    if let Some(tag) = field.tag {
        write!(out, ".tag({tag}, {})", versions(field.tagged()?))?;
    }
    if let Some(entity) = &field.entity_type {
        write!(out, ".entity(Entity::{})", entity_variant(entity)?)?;
    }
    if let Some(default) = default_literal(field)? {
        write!(out, ".default({default})")?;
    }
    if field.ignorable {
        out.push_str(".ignorable()");
    }
    if field.map_key {
        out.push_str(".map_key()");
    }
    out.push_str(",\n");
    Ok(())
}

fn kind(message: &Message, name: &str) -> Result<String> {
    if let Some(element) = name.strip_prefix("[]") {
        return Ok(format!("Kind::Array(&{})", kind(message, element)?));
    }
    Ok(match name {
        "bool" => "Kind::Bool".to_owned(),
        "int8" => "Kind::Int8".to_owned(),
        "int16" => "Kind::Int16".to_owned(),
        "uint16" => "Kind::Uint16".to_owned(),
        "int32" => "Kind::Int32".to_owned(),
        "uint32" => "Kind::Uint32".to_owned(),
        "int64" => "Kind::Int64".to_owned(),
        "float64" => "Kind::Float64".to_owned(),
        "uuid" => "Kind::Uuid".to_owned(),
        "string" => "Kind::String".to_owned(),
        "bytes" => "Kind::Bytes".to_owned(),
        "records" => "Kind::Records".to_owned(),
        structure => {
            let known = message.structures.iter().any(|candidate| candidate.name == structure);
            ensure!(known, "the type `{structure}` is not defined");
            format!("Kind::Struct(&{})", static_name(message, structure))
        }
    })
}

fn entity_variant(name: &str) -> Result<&'static str> {
    Ok(match name {
        "topicName" => "TopicName",
        "groupId" => "GroupId",
        "transactionalId" => "TransactionalId",
        "brokerId" => "BrokerId",
        "producerId" => "ProducerId",
        other => bail!("the entity type `{other}` is new"),
    })
}

fn default_literal(field: &FieldDefinition) -> Result<Option<String>> {
    let Some(text) = field.default() else {
        // Kafka's own classes leave records null until they are set.
        return Ok((field.kind == "records").then(|| "DefaultValue::Null".to_owned()));
    };
    if text == "null" {
        return Ok(Some("DefaultValue::Null".to_owned()));
    }
    let literal = match field.kind.as_str() {
        "string" if text.is_empty() => return Ok(None),
        "string" => format!("DefaultValue::Text({text:?})"),
        "bool" => match text.to_lowercase().as_str() {
            "true" => "DefaultValue::Bool(true)".to_owned(),
            "false" => return Ok(None),
            _ => bail!("`{text}` is not a truth value"),
        },
        "int8" | "int16" | "uint16" | "int32" | "uint32" | "int64" => match integer(&text)? {
            0 => return Ok(None),
            number => format!("DefaultValue::Int({number})"),
        },
        other => bail!("a default for the type `{other}` is not supported"),
    };
    Ok(Some(literal))
}

fn integer(text: &str) -> Result<i64> {
    let parsed = text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| i64::from_str_radix(hex, 16));
    parsed.with_context(|| format!("`{text}` is not a number"))
}

/// The fewest bytes that the structure takes in that version.
fn min_size(message: &Message, structure: &Structure, version: i16) -> Result<usize> {
    let flexible = message.flexible.contains(version);
    let mut size = usize::from(flexible);
    for field in &structure.fields {
        if field.versions()?.contains(version) && !field.tagged()?.contains(version) {
            let nullable = field.nullable()?.contains(version);
            size += min_field_size(message, &field.kind, nullable, version)?;
        }
    }
    Ok(size)
}

fn min_field_size(message: &Message, kind: &str, nullable: bool, version: i16) -> Result<usize> {
    let flexible = message.flexible.contains(version);
    Ok(match kind {
        "bool" | "int8" => 1,
        "int16" | "uint16" => 2,
        "int32" | "uint32" => 4,
        "int64" | "float64" => 8,
        "uuid" => 16,
        _ if flexible && (kind.starts_with("[]") || matches!(kind, "string" | "bytes" | "records")) => 1,
        "string" => 2,
        "bytes" | "records" => 4,
        array if array.starts_with("[]") => 4,
        _ if nullable => 1,
        structure => {
            let found = message.structures.iter().find(|candidate| candidate.name == structure);
            min_size(message, found.with_context(|| format!("no structure `{structure}`"))?, version)?
        }
    })
}

fn static_name(message: &Message, structure: &str) -> String {
    let side = if message.name.ends_with("Request") { "REQUEST" } else { "RESPONSE" };
    if structure == message.name {
        side.to_owned()
    } else {
        format!("{side}_{}", snake(structure).to_uppercase())
    }
}

fn versions(range: Range) -> String {
    match range {
        Range(min, i16::MAX) => format!("Versions::from({min})"),
        range if range == Range::NONE => "Versions::NONE".to_owned(),
        Range(min, max) => format!("Versions::new({min}, {max})"),
    }
}

/// `TopicData` to `topic_data`, `IsKRaft` to `is_k_raft`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut previous = '_';
    for character in name.chars() {
        if character.is_ascii_uppercase() && !previous.is_ascii_uppercase() && previous != '_' {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
        previous = character;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_constants() {
        let check = |input: &str, expected: &str| assert_eq!(snake(input), expected);
        check("TopicData", "topic_data");
        check("ThrottleTimeMs", "throttle_time_ms");
        check("ISR", "isr");
        check("Value", "value");
    }

    #[test]
    fn numbers_may_be_hexadecimal() {
        assert_eq!(integer("0x7fffffff").unwrap(), 0x7fff_ffff);
        assert_eq!(integer("-1").unwrap(), -1);
        assert!(integer("ten").is_err());
    }
}
