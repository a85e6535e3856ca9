//! `policy/grants.yaml`, checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::check_streams::{check_cluster_name, check_pattern};
use super::{People, note_twice, shared};
use crate::bundle::grants::RawGrant;
use crate::bundle::reader::{Reader, suggest};
use crate::bundle::yaml::At;
use crate::catalog::ClusterEntry;
use crate::grant::{ActionSet, Grant, Subject};
use crate::identity::PrincipalName;
use crate::operation::{Action, Resource, ResourceKind};
use crate::pattern::{INTERNAL_PREFIX, Pattern};

type Clusters = FxHashMap<Arc<str>, ClusterEntry>;

pub(super) fn check(
    raw: Vec<RawGrant>,
    people: Option<&People>,
    clusters: Option<&Clusters>,
    reader: &mut Reader<'_>,
) -> Vec<Grant> {
    let mut seen = BTreeMap::new();
    let mut grants = Vec::with_capacity(raw.len());
    for raw in raw {
        note_twice(reader, &mut seen, "grant", &raw.name);
        grants.push(check_grant(raw, people, clusters, reader).with_reasons());
    }
    grants
}

fn check_grant(
    raw: RawGrant,
    people: Option<&People>,
    clusters: Option<&Clusters>,
    reader: &mut Reader<'_>,
) -> Grant {
    let to = raw.to.iter().filter_map(|subject| check_subject(subject, people, reader)).collect();
    let actions: Vec<At<Action>> = raw.actions.iter().filter_map(|name| check_action(name, reader)).collect();
    let resources = check_resources(&raw, reader);
    check_kinds(&actions, &resources, reader);
    if let Some(names) = &raw.clusters {
        if names.value.is_empty() {
            reader.problem(
                names.at,
                "`clusters` is empty",
                "name a cluster, or remove `clusters` to mean all",
            );
        }
        names.value.iter().for_each(|name| check_cluster_name(Some(name), clusters, reader));
    }
    let actions: Vec<Action> = actions.iter().map(|action| action.value).collect();
    Grant {
        place: reader.place(raw.name.at),
        name: shared(raw.name),
        to,
        allows: ActionSet::closure(actions.iter().copied()),
        actions,
        resources,
        clusters: raw.clusters.map(|names| names.value.into_iter().map(shared).collect()),
        reasons: Vec::new(),
    }
}

fn check_subject(text: &At<String>, people: Option<&People>, reader: &mut Reader<'_>) -> Option<Subject> {
    let At { value, at } = text;
    if value.ends_with('*') {
        let fix = "name the principals, or put them into a group and write `group:NAME`";
        reader.problem(*at, format!("`{value}` is a wildcard, and a grant is for somebody"), fix);
        return None;
    }
    if let Some(group) = value.strip_prefix(GROUP_PREFIX) {
        if let Some(people) = people.filter(|people| !people.groups.contains_key(group)) {
            reader.problem(*at, format!("unknown group `{group}`"), people.suggest_group(group));
        }
        return Some(Subject::Group(Arc::from(group)));
    }
    if let Some(people) = people.filter(|people| !people.principals.contains_key(value.as_str())) {
        let is_group = people.groups.contains_key(value.as_str());
        let fix = if is_group { format!("write `group:{value}`") } else { people.suggest_principal(value) };
        reader.problem(*at, format!("unknown principal `{value}`"), fix);
    }
    PrincipalName::new(value).ok().map(Subject::Principal)
}

/// What marks a group among the names a grant is for.
const GROUP_PREFIX: &str = "group:";

fn check_action(name: &At<String>, reader: &mut Reader<'_>) -> Option<At<Action>> {
    let action = Action::from_name(&name.value);
    if action.is_none() {
        let names: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
        reader.problem(name.at, format!("unknown action `{}`", name.value), suggest(&name.value, &names));
    }
    action.map(|value| At { value, at: name.at })
}

fn check_resources(raw: &RawGrant, reader: &mut Reader<'_>) -> Vec<(ResourceKind, Pattern)> {
    let mut resources = Vec::new();
    let lists = [
        (ResourceKind::Topic, &raw.topics),
        (ResourceKind::Group, &raw.consumer_groups),
        (ResourceKind::TransactionalId, &raw.transactional_ids),
    ];
    for (kind, patterns) in lists {
        for text in patterns {
            resources.extend(check_grant_pattern(text, reader).map(|pattern| (kind, pattern)));
        }
    }
    match &raw.cluster {
        Some(At { value: false, at }) => reader.problem(*at, "`cluster: false` means nothing", "remove it"),
        Some(_) => {
            let name = Pattern::Literal(Arc::from(Resource::CLUSTER_NAME));
            resources.push((ResourceKind::Cluster, name));
        }
        None => {}
    }
    let nothing = lists.iter().all(|(_, patterns)| patterns.is_empty()) && raw.cluster.is_none();
    if nothing {
        let fix = "add `topics`, `consumer_groups`, `transactional_ids` or `cluster: true`";
        reader.problem(raw.at, format!("grant `{}` is about nothing", raw.name.value), fix);
    }
    resources
}

fn check_grant_pattern(text: &At<String>, reader: &mut Reader<'_>) -> Option<Pattern> {
    let pattern = check_pattern(text, reader)?;
    if let Pattern::Prefix(prefix) = &pattern
        && prefix.starts_with(INTERNAL_PREFIX)
    {
        let message = format!("`{pattern}` would match internal names, which only a literal name grants");
        reader.problem(
            text.at,
            message,
            format!("list the names beginning with `{INTERNAL_PREFIX}` one by one"),
        );
    }
    Some(pattern)
}

/// An action that does not go with a kind of resource would be read as granting more than it does.
fn check_kinds(actions: &[At<Action>], resources: &[(ResourceKind, Pattern)], reader: &mut Reader<'_>) {
    for action in actions {
        for kind in ResourceKind::ALL {
            let listed = resources.iter().any(|(candidate, _)| *candidate == kind);
            if listed && !action.value.kinds().contains(&kind) {
                let can: Vec<&str> = action.value.kinds().iter().map(|kind| key_of(*kind)).collect();
                let (name, key) = (action.value.as_str(), key_of(kind));
                let fix = format!("move it to a grant of its own; it goes with `{}`", can.join("`, `"));
                reader.problem(action.at, format!("action `{name}` does not go with `{key}`"), fix);
            }
        }
    }
}

/// The key that lists resources of a kind.
fn key_of(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Topic => "topics",
        ResourceKind::Group => "consumer_groups",
        ResourceKind::TransactionalId => "transactional_ids",
        ResourceKind::Cluster => "cluster",
    }
}
