//! The reviewed list of fields is the generated tables' own, field by field and version by version.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tidegate_wire::kafka::codec::{APIS, Entity, FieldSchema, Kind, MessageSchema, StructSchema, Versions};

const LIST: &str = include_str!("../kafka_judged_fields.txt");

/// The versions of each message.
type Messages = BTreeMap<String, String>;
/// By message and path: versions and disposition.
type Fields = BTreeMap<(String, String), (String, String)>;

/// What the list says.
fn reviewed() -> (Messages, Fields) {
    let (mut messages, mut fields) = (BTreeMap::new(), BTreeMap::new());
    let mut message = String::new();
    for line in LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [first, second, third] = words[..] else { panic!("`{line}` has not three words") };
        if line.starts_with(' ') {
            let twice =
                fields.insert((message.clone(), first.to_owned()), (second.to_owned(), third.to_owned()));
            assert_eq!(twice, None, "{message}: {first} is there twice");
        } else {
            message = format!("{first} {second}");
            assert_eq!(messages.insert(message.clone(), third.to_owned()), None, "{message} is there twice");
        }
    }
    (messages, fields)
}

fn defined_versions(versions: Versions) -> String {
    match versions.max {
        i16::MAX => format!("{}+", versions.min),
        max => format!("{}-{max}", versions.min),
    }
}

fn each_field(
    schema: &'static StructSchema,
    path: &str,
    visit: &mut impl FnMut(String, &'static FieldSchema),
) {
    for field in schema.fields {
        let path = if path.is_empty() {
            field.field.name().to_owned()
        } else {
            format!("{path}.{}", field.field.name())
        };
        visit(path.clone(), field);
        if let Some(inner) = field.kind.structure() {
            each_field(inner, &path, visit);
        }
    }
}

fn each_message(mut visit: impl FnMut(String, &'static MessageSchema)) {
    for api in APIS {
        visit(format!("{} request", api.name), &api.request);
        visit(format!("{} response", api.name), &api.response);
    }
}

#[test]
fn every_field_of_every_version_is_in_the_reviewed_list_and_nothing_else() {
    let (mut messages, mut fields) = reviewed();
    let mut wrong = Vec::new();
    each_message(|message, schema| {
        let versions = format!("{}-{}", schema.versions.min, schema.versions.max);
        if messages.remove(&message).as_ref() != Some(&versions) {
            wrong.push(format!("{message} has versions {versions}"));
        }
        each_field(schema.root, "", &mut |path, field| {
            let defined = defined_versions(field.versions);
            match fields.remove(&(message.clone(), path.clone())) {
                Some((versions, _)) if versions == defined => {}
                Some((versions, _)) => wrong.push(format!("{message}: {path} is {defined}, not {versions}")),
                None => wrong.push(format!("{message}: {path} {defined} was never reviewed")),
            }
        });
    });
    wrong.extend(messages.keys().map(|message| format!("{message} is no more")));
    wrong.extend(fields.keys().map(|(message, path)| format!("{message}: {path} is no more")));
    assert!(wrong.is_empty(), "judge these fields, then list them:\n{}", wrong.join("\n"));
}

#[test]
fn dispositions_are_explained_and_point_to_files_that_exist() {
    let (_, fields) = reviewed();
    let used: BTreeSet<&str> = fields.values().map(|(_, disposition)| disposition.as_str()).collect();
    let mut explained = BTreeSet::new();
    for line in LIST.lines().filter_map(|line| line.strip_prefix("# ")) {
        let Some((word, meaning)) = line.split_once("  ") else { continue };
        let (_, places) = meaning.rsplit_once(": ").unwrap_or_else(|| panic!("`{word}` says no place"));
        for place in places.split(", ") {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kafka").join(place);
            assert!(file.is_file(), "`{word}` points to {place}");
        }
        explained.insert(word);
    }
    assert_eq!(used, explained);
}

#[test]
fn what_the_definitions_mark_or_could_name_something_is_not_plain() {
    let (_, fields) = reviewed();
    each_message(|message, schema| {
        each_field(schema.root, "", &mut |path, field| {
            let (_, disposition) = &fields[&(message.clone(), path.clone())];
            let disposition = disposition.as_str();
            let text = matches!(
                field.kind,
                Kind::String
                    | Kind::Bytes
                    | Kind::Uuid
                    | Kind::Array(Kind::String | Kind::Uuid | Kind::Bytes)
            );
            let holds = matches!(field.kind, Kind::Struct(_) | Kind::Array(Kind::Struct(_)));
            assert!(
                !text || !matches!(disposition, "plain" | "structure" | "error" | "node"),
                "{message}: {path}"
            );
            assert!(!holds || matches!(disposition, "structure" | "not-offered"), "{message}: {path}");
            let named = matches!(field.entity, Entity::TopicName | Entity::GroupId | Entity::TransactionalId);
            let judged = [
                "resource:",
                "hidden",
                "mirrored",
                "delivered",
                "forgotten",
                "held",
                "assigned",
                "not-offered",
            ];
            let is_judged = judged.iter().any(|word| disposition.starts_with(word));
            assert!(!named || is_judged, "{message}: {path} is marked and `{disposition}`");
            assert!(
                !(message.ends_with("request") && matches!(disposition, "hidden" | "mirrored" | "address"))
            );
            assert!(!(message.ends_with("response") && disposition.starts_with("resource:")));
        });
    });
}

#[test]
fn the_random_answers_have_an_address_wherever_the_list_has_one() {
    let (_, fields) = reviewed();
    for ((message, path), (_, disposition)) in fields {
        let name = path.rsplit('.').next().unwrap();
        let planted = match disposition.as_str() {
            "address" => matches!(name, "Host" | "Port" | "Name"),
            "message" => {
                ["ErrorMessage", "BatchIndexErrorMessage", "AcknowledgeErrorMessage", "StatusDetail"]
                    .contains(&name)
            }
            "member-host" => name == "ClientHost",
            _ => true,
        };
        assert!(planted, "{message}: {path} is `{disposition}`, which the random answers do not try");
    }
}
