//! `policy/grants.yaml` as written.

use super::reader::Reader;
use super::yaml::{At, Mark, Node};

pub(crate) const KEYS: &[&str] = &["grants"];
pub(crate) const GRANT_KEYS: &[&str] =
    &["name", "to", "actions", "topics", "consumer_groups", "transactional_ids", "cluster", "clusters"];

/// One grant.
pub(crate) struct RawGrant {
    pub(crate) at: Mark,
    pub(crate) name: At<String>,
    pub(crate) to: Vec<At<String>>,
    pub(crate) actions: Vec<At<String>>,
    pub(crate) topics: Vec<At<String>>,
    pub(crate) consumer_groups: Vec<At<String>>,
    pub(crate) transactional_ids: Vec<At<String>>,
    pub(crate) cluster: Option<At<bool>>,
    /// `None` for every cluster; a list that is there but empty is a problem of its own.
    pub(crate) clusters: Option<At<Vec<At<String>>>>,
}

/// Reads the file, reporting what has the wrong shape.
pub(crate) fn read(root: &Node, reader: &mut Reader<'_>) -> Vec<RawGrant> {
    let Some(fields) = reader.fields(root, "the file", KEYS) else { return Vec::new() };
    let nodes = fields.find("grants").map_or(&[][..], |node| reader.list(node, "`grants`"));
    nodes.iter().filter_map(|node| read_grant(node, reader)).collect()
}

fn read_grant(node: &Node, reader: &mut Reader<'_>) -> Option<RawGrant> {
    let fields = reader.fields(node, "a grant", GRANT_KEYS)?;
    let name = reader.required(&fields, "name");
    let to = reader.optional_texts(&fields, "to");
    let actions = reader.optional_texts(&fields, "actions");
    for (key, example, missing) in
        [("to", "orders-service", to.is_empty()), ("actions", "read", actions.is_empty())]
    {
        // A list of unreadable items has been reported item by item.
        if missing && fields.find(key).is_none_or(|node| reader.list(node, &format!("`{key}`")).is_empty()) {
            reader.problem(
                node.at,
                format!("`{key}` is missing or empty"),
                format!("add `{key}: [{example}]`"),
            );
        }
    }
    let cluster = fields.find("cluster").and_then(|flag| {
        let value = reader.flag(flag, "`cluster`")?;
        Some(At { value, at: flag.at })
    });
    let clusters =
        fields.find("clusters").map(|node| At { value: reader.texts(node, "`clusters`"), at: node.at });
    let grant = RawGrant {
        at: node.at,
        to,
        actions,
        topics: reader.optional_texts(&fields, "topics"),
        consumer_groups: reader.optional_texts(&fields, "consumer_groups"),
        transactional_ids: reader.optional_texts(&fields, "transactional_ids"),
        cluster,
        clusters,
        name: name?,
    };
    Some(grant)
}
