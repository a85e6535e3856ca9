//! `catalog/streams.yaml`, checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{People, note_twice, shared, shared_or_none};
use crate::bundle::reader::Reader;
use crate::bundle::streams::{RawCluster, RawStream, RawStreams};
use crate::bundle::yaml::At;
use crate::catalog::{Classification, ClusterEntry, Labels, StreamCatalog, StreamEntry, StreamKind};
use crate::pattern::Pattern;

const KINDS: &[(&str, StreamKind)] = &[("command", StreamKind::Command), ("event", StreamKind::Event)];
const CLASSES: &[(&str, Classification)] = &[
    ("public", Classification::Public),
    ("internal", Classification::Internal),
    ("confidential", Classification::Confidential),
    ("restricted", Classification::Restricted),
];

pub(super) fn check(raw: RawStreams, people: Option<&People>, reader: &mut Reader<'_>) -> StreamCatalog {
    let declared = raw.clusters.is_some();
    let clusters = check_clusters(raw.clusters.unwrap_or_default(), reader);
    let mut seen = BTreeMap::new();
    let mut entries = Vec::with_capacity(raw.streams.len());
    for raw in raw.streams {
        let known = declared.then_some(&clusters);
        check_cluster_name(raw.cluster.as_ref(), known, reader);
        let scope = raw.cluster.as_ref().map_or("", |cluster| cluster.value.as_str());
        // The same stream may be described once for all clusters and once for each.
        let key = At { value: format!("{scope}\n{}", raw.name.value), at: raw.name.at };
        match seen.get(&key.value) {
            Some(first) => {
                let message = format!("stream `{}` is already at {first}", raw.name.value);
                reader.problem(raw.name.at, message, "describe it once");
            }
            None => {
                seen.insert(key.value, reader.place(key.at));
            }
        }
        entries.extend(check_stream(raw, people, reader));
    }
    StreamCatalog::new(clusters, entries)
}

fn check_clusters(raw: Vec<RawCluster>, reader: &mut Reader<'_>) -> FxHashMap<Arc<str>, ClusterEntry> {
    let mut seen = BTreeMap::new();
    let mut clusters = FxHashMap::default();
    for RawCluster { name, tenant, environment } in raw {
        note_twice(reader, &mut seen, "cluster", &name);
        let entry = ClusterEntry { tenant: shared_or_none(tenant), environment: shared_or_none(environment) };
        clusters.insert(shared(name), entry);
    }
    clusters
}

/// Reports a cluster that is not declared, where clusters are.
pub(super) fn check_cluster_name(
    name: Option<&At<String>>,
    known: Option<&FxHashMap<Arc<str>, ClusterEntry>>,
    reader: &mut Reader<'_>,
) {
    let (Some(name), Some(known)) = (name, known) else { return };
    if !known.contains_key(name.value.as_str()) {
        let mut names: Vec<&str> = known.keys().map(|name| &**name).collect();
        names.sort_unstable();
        let fix =
            super::or_declare(&name.value, &names, "declare it under `clusters:` in catalog/streams.yaml");
        reader.problem(name.at, format!("unknown cluster `{}`", name.value), fix);
    }
}

fn check_stream(raw: RawStream, people: Option<&People>, reader: &mut Reader<'_>) -> Option<StreamEntry> {
    let pattern = check_pattern(&raw.name, reader);
    let kind = raw.kind.as_ref().and_then(|kind| reader.choice(kind, "kind of stream", KINDS));
    let class = raw.classification.as_ref();
    let classification = class.and_then(|class| reader.choice(class, "classification", CLASSES));
    if kind == Some(StreamKind::Command) && raw.producer.is_none() {
        let fix = "name the one principal that may write it: `producer: ...`";
        reader.problem(raw.at, format!("command stream `{}` has no producer", raw.name.value), fix);
    }
    if let (Some(producer), Some(people)) = (&raw.producer, people)
        && !people.principals.contains_key(producer.value.as_str())
    {
        let fix = people.suggest_principal(&producer.value);
        reader.problem(producer.at, format!("unknown principal `{}`", producer.value), fix);
    }
    let labels = Labels {
        owner: shared_or_none(raw.owner),
        kind,
        producer: shared_or_none(raw.producer),
        tenant: shared_or_none(raw.tenant),
        environment: shared_or_none(raw.environment),
        classification,
        regulation: raw.regulation.into_iter().map(shared).collect(),
        retention: shared_or_none(raw.retention),
        schema: shared_or_none(raw.schema),
        key: shared_or_none(raw.key),
        tags: raw.tags.into_iter().map(|(key, value)| (shared(key), shared(value))).collect(),
    };
    let place = reader.place(raw.name.at);
    Some(StreamEntry { pattern: pattern?, cluster: shared_or_none(raw.cluster), place, labels })
}

/// Reads a pattern, reporting one that is not.
pub(super) fn check_pattern(text: &At<String>, reader: &mut Reader<'_>) -> Option<Pattern> {
    match Pattern::parse(&text.value) {
        Ok(pattern) => Some(pattern),
        Err(error) => {
            let fix = "write a name, a prefix such as `orders.*`, or `*`";
            reader.problem(text.at, format!("`{}` is not a pattern: {error}", text.value), fix);
            None
        }
    }
}
