//! `policy/tests.yaml` as written.

use super::reader::{Fields, Reader};
use super::yaml::{At, Mark, Node};

pub(crate) const KEYS: &[&str] = &["tests"];
pub(crate) const TEST_KEYS: &[&str] = &[
    "name",
    "principal",
    "groups",
    "amr",
    "mechanism",
    "peer_ip",
    "listener",
    "on_cluster",
    "time",
    "credential_age_s",
    "device_posture",
    "action",
    "topic",
    "consumer_group",
    "transactional_id",
    "cluster",
    "expect",
    "because",
];

/// One expectation.
pub(crate) struct RawTest {
    pub(crate) at: Mark,
    pub(crate) name: At<String>,
    pub(crate) principal: At<String>,
    pub(crate) groups: Vec<At<String>>,
    pub(crate) amr: Vec<At<String>>,
    pub(crate) mechanism: Option<At<String>>,
    pub(crate) peer_ip: Option<At<String>>,
    pub(crate) listener: Option<At<String>>,
    pub(crate) on_cluster: Option<At<String>>,
    pub(crate) time: Option<At<String>>,
    pub(crate) credential_age_s: Option<At<i64>>,
    pub(crate) device_posture: Option<At<String>>,
    pub(crate) action: At<String>,
    pub(crate) topic: Option<At<String>>,
    pub(crate) consumer_group: Option<At<String>>,
    pub(crate) transactional_id: Option<At<String>>,
    pub(crate) cluster: bool,
    pub(crate) expect: At<String>,
    pub(crate) because: Option<At<String>>,
}

/// Reads the file, reporting what has the wrong shape.
pub(crate) fn read(root: &Node, reader: &mut Reader<'_>) -> Vec<RawTest> {
    let Some(fields) = reader.fields(root, "the file", KEYS) else { return Vec::new() };
    let nodes = fields.find("tests").map_or(&[][..], |node| reader.list(node, "`tests`"));
    nodes.iter().filter_map(|node| read_test(node, reader)).collect()
}

fn read_test(node: &Node, reader: &mut Reader<'_>) -> Option<RawTest> {
    let fields = reader.fields(node, "a test", TEST_KEYS)?;
    // All four are looked at before the first missing one ends the reading, so that each is reported.
    let [name, principal, action, expect] =
        ["name", "principal", "action", "expect"].map(|key| reader.required(&fields, key));
    let test = RawTest {
        at: node.at,
        groups: reader.optional_texts(&fields, "groups"),
        amr: reader.optional_texts(&fields, "amr"),
        mechanism: reader.optional(&fields, "mechanism"),
        peer_ip: reader.optional(&fields, "peer_ip"),
        listener: reader.optional(&fields, "listener"),
        on_cluster: reader.optional(&fields, "on_cluster"),
        time: reader.optional(&fields, "time"),
        credential_age_s: credential_age(&fields, reader),
        device_posture: reader.optional(&fields, "device_posture"),
        topic: reader.optional(&fields, "topic"),
        consumer_group: reader.optional(&fields, "consumer_group"),
        transactional_id: reader.optional(&fields, "transactional_id"),
        cluster: fields.find("cluster").and_then(|flag| reader.flag(flag, "`cluster`")).unwrap_or(false),
        because: reader.optional(&fields, "because"),
        name: name?,
        principal: principal?,
        action: action?,
        expect: expect?,
    };
    Some(test)
}

fn credential_age(fields: &Fields<'_>, reader: &mut Reader<'_>) -> Option<At<i64>> {
    let node = fields.find("credential_age_s")?;
    let value = reader.whole_number(node, "`credential_age_s`")?;
    Some(At { value, at: node.at })
}
