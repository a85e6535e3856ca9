//! `catalog/principals.yaml`, checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{KnownPrincipal, People, note_twice, shared, shared_or_none};
use crate::bundle::principals::{RawGroup, RawHumanAccess, RawPrincipal, RawPrincipals};
use crate::bundle::reader::Reader;
use crate::bundle::yaml::{At, Mark};
use crate::catalog::{GroupSource, HumanAccess, PrincipalEntry, PrincipalKind, Standing};
use crate::guardrail::{PrincipalEntity, Words};
use crate::identity::PrincipalName;

const KINDS: &[(&str, PrincipalKind)] =
    &[("workload", PrincipalKind::Workload), ("human", PrincipalKind::Human)];

pub(super) fn check(raw: RawPrincipals, words: Words, reader: &mut Reader<'_>) -> People {
    let mut people = People { groups: check_groups(raw.groups, &raw.principals), ..People::default() };
    let declared = raw.human_access.is_some();
    people.human_access = raw.human_access.and_then(|raw| check_human_access(raw, &people, reader));
    let mut seen = BTreeMap::new();
    for raw in raw.principals {
        note_twice(reader, &mut seen, "principal", &raw.name);
        let at = raw.at;
        let Some(entry) = check_principal(raw, reader) else { continue };
        if entry.is_human() && !declared {
            let fix = "add `human_access: {break_glass_group: ..., required_amr: [mfa]}` to this file";
            reader.problem(at, format!("`{}` is human, but `human_access` is not set", entry.name), fix);
        }
        match PrincipalEntity::new(&entry, entry.groups.iter().map(|group| &**group), words) {
            Ok(entity) => {
                let name = Arc::from(entry.name.as_str());
                people.principals.entry(name).or_insert(KnownPrincipal { entry, entity });
            }
            Err(error) => {
                reader.problem(at, format!("cannot be described to guardrails: {error}"), "simplify it")
            }
        }
    }
    people
}

/// Declared groups, and those that a principal is simply in.
fn check_groups(declared: Vec<RawGroup>, principals: &[RawPrincipal]) -> BTreeMap<Arc<str>, GroupSource> {
    let memberships = principals.iter().flat_map(|principal| &principal.groups);
    let mut groups: BTreeMap<Arc<str>, GroupSource> =
        memberships.map(|name| (Arc::from(name.value.as_str()), GroupSource::Catalog)).collect();
    for RawGroup { name, from_token } in declared {
        let source = if from_token { GroupSource::CatalogOrToken } else { GroupSource::Catalog };
        groups.insert(shared(name), source);
    }
    groups
}

fn check_human_access(raw: RawHumanAccess, people: &People, reader: &mut Reader<'_>) -> Option<HumanAccess> {
    if let Some(group) = &raw.break_glass_group
        && !people.groups.contains_key(group.value.as_str())
    {
        reader.problem(
            group.at,
            format!("unknown group `{}`", group.value),
            people.suggest_group(&group.value),
        );
    }
    let required_amr: BTreeSet<Arc<str>> = raw.required_amr.into_iter().map(shared).collect();
    let break_glass_group = shared_or_none(raw.break_glass_group);
    (!required_amr.is_empty()).then_some(HumanAccess { break_glass_group, required_amr })
}

fn check_principal(raw: RawPrincipal, reader: &mut Reader<'_>) -> Option<PrincipalEntry> {
    let kind = match &raw.kind {
        Some(kind) => reader.choice(kind, "kind of principal", KINDS),
        None => Some(PrincipalKind::Workload),
    };
    let name = check_name(&raw.name, reader);
    let standing = if raw.disabled { Standing::Disabled } else { Standing::Active };
    Some(PrincipalEntry {
        place: reader.place(raw.name.at),
        kind: kind?,
        standing,
        team: shared_or_none(raw.team),
        tenant: shared_or_none(raw.tenant),
        environment: shared_or_none(raw.environment),
        groups: raw.groups.into_iter().map(shared).collect(),
        tags: raw.tags.into_iter().map(|(key, value)| (shared(key), shared(value))).collect(),
        name: name?,
    })
}

fn check_name(name: &At<String>, reader: &mut Reader<'_>) -> Option<PrincipalName> {
    let At { value, at } = name;
    for (prefix, why) in
        [("group:", "stands for a group in grants"), ("User:", "is Kafka's and never part of a name")]
    {
        if value.starts_with(prefix) {
            problem_with_name(reader, *at, value, &format!("`{prefix}` {why}"));
            return None;
        }
    }
    PrincipalName::new(value).map_err(|error| problem_with_name(reader, *at, value, &error.to_string())).ok()
}

fn problem_with_name(reader: &mut Reader<'_>, at: Mark, name: &str, why: &str) {
    reader.problem(at, format!("`{name}` cannot be the name of a principal: {why}"), "use another name");
}
