//! `catalog/streams.yaml` as written.

use super::reader::Reader;
use super::yaml::{At, Mark, Node};

pub(crate) const KEYS: &[&str] = &["clusters", "streams"];
pub(crate) const CLUSTER_KEYS: &[&str] = &["name", "tenant", "environment"];
pub(crate) const STREAM_KEYS: &[&str] = &[
    "name",
    "cluster",
    "owner",
    "kind",
    "producer",
    "tenant",
    "environment",
    "classification",
    "regulation",
    "retention",
    "schema",
    "key",
    "tags",
];

/// The whole file.
#[derive(Default)]
pub(crate) struct RawStreams {
    /// `None` when the file has no such section, so that no name is unknown.
    pub(crate) clusters: Option<Vec<RawCluster>>,
    pub(crate) streams: Vec<RawStream>,
}

/// A cluster, and what is true of everything in it.
pub(crate) struct RawCluster {
    pub(crate) name: At<String>,
    pub(crate) tenant: Option<At<String>>,
    pub(crate) environment: Option<At<String>>,
}

/// A stream, or all streams of a prefix.
pub(crate) struct RawStream {
    pub(crate) at: Mark,
    pub(crate) name: At<String>,
    pub(crate) cluster: Option<At<String>>,
    pub(crate) owner: Option<At<String>>,
    pub(crate) kind: Option<At<String>>,
    pub(crate) producer: Option<At<String>>,
    pub(crate) tenant: Option<At<String>>,
    pub(crate) environment: Option<At<String>>,
    pub(crate) classification: Option<At<String>>,
    pub(crate) regulation: Vec<At<String>>,
    pub(crate) retention: Option<At<String>>,
    pub(crate) schema: Option<At<String>>,
    pub(crate) key: Option<At<String>>,
    pub(crate) tags: Vec<(At<String>, At<String>)>,
}

/// Reads the file, reporting what has the wrong shape.
pub(crate) fn read(root: &Node, reader: &mut Reader<'_>) -> RawStreams {
    let Some(fields) = reader.fields(root, "the file", KEYS) else { return RawStreams::default() };
    let clusters = fields.find("clusters").map(|node| {
        let nodes = reader.list(node, "`clusters`");
        nodes.iter().filter_map(|node| read_cluster(node, reader)).collect()
    });
    let nodes = fields.find("streams").map_or(&[][..], |node| reader.list(node, "`streams`"));
    let streams = nodes.iter().filter_map(|node| read_stream(node, reader)).collect();
    RawStreams { clusters, streams }
}

fn read_cluster(node: &Node, reader: &mut Reader<'_>) -> Option<RawCluster> {
    let fields = reader.fields(node, "a cluster", CLUSTER_KEYS)?;
    let name = reader.required(&fields, "name");
    let tenant = reader.optional(&fields, "tenant");
    let environment = reader.optional(&fields, "environment");
    Some(RawCluster { name: name?, tenant, environment })
}

fn read_stream(node: &Node, reader: &mut Reader<'_>) -> Option<RawStream> {
    let fields = reader.fields(node, "a stream", STREAM_KEYS)?;
    let name = reader.required(&fields, "name");
    let stream = RawStream {
        at: node.at,
        cluster: reader.optional(&fields, "cluster"),
        owner: reader.optional(&fields, "owner"),
        kind: reader.optional(&fields, "kind"),
        producer: reader.optional(&fields, "producer"),
        tenant: reader.optional(&fields, "tenant"),
        environment: reader.optional(&fields, "environment"),
        classification: reader.optional(&fields, "classification"),
        regulation: reader.optional_texts(&fields, "regulation"),
        retention: reader.optional(&fields, "retention"),
        schema: reader.optional(&fields, "schema"),
        key: reader.optional(&fields, "key"),
        tags: reader.text_map(&fields, "tags"),
        name: name?,
    };
    Some(stream)
}
