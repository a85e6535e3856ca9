//! What a client may see of the broker's answers.
//!
//! An answer that needs no change passes as the bytes that came. Otherwise it is taken apart, cut down to what the caller may see,
//! given the gateway's addresses and the refusals that were kept for it, and encoded anew.

mod addresses;
mod configs;
mod hide;
mod messages;
mod operations;
mod records;
mod subscriptions;

use bytes::Bytes;

use crate::kafka::codec::{self, Api, CodecError, ErrorCode, Field, Frame, Tree, Value, View, field as f};
use crate::kafka::judge::draft::append;
use crate::kafka::judge::policy::Policy;
use crate::kafka::session::fatal::Fatal;
use crate::kafka::session::{Awaited, Route};
use crate::kafka::topics::{TopicId, TopicNames};
use crate::kafka::versions::{VersionTable, key};

/// What became of an answer.
#[derive(Debug)]
pub(crate) enum Passed {
    /// It may go to the client: length prefix, header and body.
    Ready(Bytes),
    /// It ends on the name of a hidden topic, so the next page, which starts there, must be put to it first.
    Continue { cursor: Tree },
    /// It names topics by ids whose names must be asked for first.
    Ask(Vec<TopicId>),
}

/// An answer on its way.
struct Answer<'a> {
    api: &'static Api,
    version: i16,
    root: View<'a>,
    body: &'a Bytes,
    /// The answer taken apart, from the first change on.
    tree: Option<Tree>,
}

impl Answer<'_> {
    fn tree(&mut self) -> Result<&mut Tree, Fatal> {
        if self.tree.is_none() {
            self.tree = Some(self.root.to_tree(self.body).map_err(Fatal::UpstreamMalformed)?);
        }
        self.tree.as_mut().ok_or(Fatal::UpstreamMalformed(CodecError::Truncated { at: 0 }))
    }
}

/// Judges an answer of the broker.
pub(crate) fn pass(
    awaited: &mut Awaited,
    frame: &Frame,
    policy: &mut Policy<'_>,
    route: &Route,
) -> Result<Passed, Fatal> {
    let (api, version) = (awaited.api, awaited.version);
    let payload = frame.payload();
    let header = codec::response_header(api, version, &payload).map_err(Fatal::UpstreamMalformed)?;
    let body = payload.slice(header.body_at..);
    let validated =
        codec::validate(&api.response, version, &body, &route.limits).map_err(Fatal::UpstreamMalformed)?;
    let root = validated.root(&body).map_err(Fatal::UpstreamMalformed)?;
    let mut answer = Answer { api, version, root, body: &body, tree: None };
    if validated.has_unknown_tags() || header.has_unknown_tags() {
        answer.tree()?;
    }
    if let Some(other) = judge(&mut answer, awaited, policy, route)? {
        return Ok(other);
    }
    merge(&mut answer, awaited)?;
    messages::scrub(&mut answer, &route.addresses)?;
    let bytes = match &answer.tree {
        None => frame.wire().clone(),
        Some(tree) => {
            codec::encode_response(api, version, awaited.correlation_id, tree).map_err(Fatal::Encode)?
        }
    };
    Ok(Passed::Ready(bytes))
}

/// Applies the rules of the answer's key.
fn judge(
    answer: &mut Answer<'_>,
    awaited: &mut Awaited,
    policy: &mut Policy<'_>,
    route: &Route,
) -> Result<Option<Passed>, Fatal> {
    match answer.api.key {
        key::PRODUCE => addresses::node_endpoints(answer, route)?,
        key::FETCH | key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE => {
            records::session(answer, awaited)?;
            if let Some(ids) = records::judge(answer, policy, awaited.asked_names)? {
                return Ok(Some(Passed::Ask(ids)));
            }
            addresses::node_endpoints(answer, route)?;
        }
        key::OFFSET_FETCH if !awaited.asked_names && answer.root.has(f::GROUPS) => {
            if let Some(ids) = hide::unknown_ids_in_groups(&answer.root, policy)? {
                return Ok(Some(Passed::Ask(ids)));
            }
            rules(answer, awaited, policy, route)?;
        }
        key::DESCRIBE_TOPIC_PARTITIONS => return hide::partitions(answer, awaited, policy, route),
        _ => rules(answer, awaited, policy, route)?,
    }
    Ok(None)
}

fn rules(
    answer: &mut Answer<'_>,
    awaited: &Awaited,
    policy: &mut Policy<'_>,
    route: &Route,
) -> Result<(), Fatal> {
    let (api, version) = (answer.api, answer.version);
    match api.key {
        key::METADATA => {
            let tree = answer.tree()?;
            learn_topics(tree, f::TOPICS, policy.topics);
            addresses::brokers(tree, f::NODE_ID, route);
            hide::metadata_topics(tree, awaited.plan.by_id, policy);
            operations::topics_and_cluster(tree, policy, route);
        }
        key::DESCRIBE_CLUSTER => {
            let tree = answer.tree()?;
            addresses::brokers(tree, f::BROKER_ID, route);
            operations::topics_and_cluster(tree, policy, route);
        }
        key::FIND_COORDINATOR => addresses::coordinators(answer.tree()?, route),
        key::LIST_GROUPS => hide::groups(answer.tree()?, policy),
        key::LIST_TRANSACTIONS => hide::transactional_ids(answer.tree()?, policy),
        key::OFFSET_FETCH => hide::offsets(answer.tree()?, f::NAME, policy),
        key::DESCRIBE_SHARE_GROUP_OFFSETS => hide::offsets(answer.tree()?, f::TOPIC_NAME, policy),
        key::DESCRIBE_LOG_DIRS => hide::topics_inside(answer.tree()?, f::RESULTS, f::NAME, policy),
        key::DESCRIBE_TRANSACTIONS => {
            hide::topics_inside(answer.tree()?, f::TRANSACTION_STATES, f::TOPIC, policy)
        }
        key::LIST_PARTITION_REASSIGNMENTS => hide::topics(answer.tree()?, policy),
        key::ELECT_LEADERS if awaited.plan.all => hide::elections(answer.tree()?, policy),
        key::STREAMS_GROUP_HEARTBEAT => hide::endpoints(answer, policy)?,
        key::LIST_CONFIG_RESOURCES => configs::resources(answer.tree()?, policy),
        key::DESCRIBE_CONFIGS => configs::redact(answer.tree()?, &route.addresses),
        key::DESCRIBE_QUORUM => addresses::no_listeners(answer.tree()?),
        key::CREATE_TOPICS => {
            let tree = answer.tree()?;
            learn_topics(tree, f::TOPICS, policy.topics);
            configs::of_created(tree, version, policy);
        }
        key::DESCRIBE_GROUPS => {
            let tree = answer.tree()?;
            addresses::no_member_hosts(tree);
            subscriptions::hide(tree, policy);
            operations::groups(tree, policy, route);
        }
        key::CONSUMER_GROUP_DESCRIBE | key::SHARE_GROUP_DESCRIBE | key::STREAMS_GROUP_DESCRIBE => {
            let tree = answer.tree()?;
            hide::described_groups(tree, api, policy);
            addresses::no_member_hosts(tree);
            operations::groups(tree, policy, route);
        }
        // An error has no versions beside it.
        key::API_VERSIONS if error_of(answer.tree()?) != ErrorCode::NONE => {}
        key::API_VERSIONS => {
            let broker = VersionTable::from_tree(answer.tree()?.clone()).map_err(|_| {
                Fatal::UpstreamMalformed(CodecError::UnsupportedVersion { key: api.key, version })
            })?;
            *answer.tree()? = broker.advertised(route.upstream_identity).to_tree(version);
        }
        _ => {}
    }
    Ok(())
}

/// Puts the refusals kept for this answer into it.
fn merge(answer: &mut Answer<'_>, awaited: &mut Awaited) -> Result<(), Fatal> {
    let (elements, mut in_groups) =
        (std::mem::take(&mut awaited.plan.merge), std::mem::take(&mut awaited.plan.merge_in_group));
    if elements.is_empty() && in_groups.is_empty() {
        return Ok(());
    }
    let tree = answer.tree()?;
    for (array, element) in elements {
        append(tree, array, element);
    }
    for described in tree.structs_mut(f::GROUPS) {
        let refused = described.string(f::GROUP_ID).and_then(|group| in_groups.remove(group));
        // A group that failed as a whole answers for its topics too.
        if error_of(described) == ErrorCode::NONE {
            refused.into_iter().flatten().for_each(|topic| append(described, f::TOPICS, topic));
        }
    }
    Ok(())
}

/// Remembers which names the ids in an answer stand for.
pub(crate) fn learn_topics(answer: &Tree, array: Field, topics: &TopicNames) {
    for topic in answer.structs(array) {
        if let (Some(id), Some(name), ErrorCode::NONE) =
            (topic.uuid(f::TOPIC_ID), topic.string(f::NAME), error_of(topic))
        {
            topics.learn(id, name);
        }
    }
}

fn error_of(tree: &Tree) -> ErrorCode {
    let code = tree.int(f::ERROR_CODE).unwrap_or(0);
    ErrorCode(i16::try_from(code).unwrap_or(ErrorCode::UNKNOWN_SERVER_ERROR.0))
}

fn set_error(tree: &mut Tree, error: ErrorCode) {
    tree.set(f::ERROR_CODE, i64::from(error.0));
}

fn retain_structs(tree: &mut Tree, array: Field, mut keep: impl FnMut(&mut Tree) -> bool) {
    if let Some(elements) = tree.array_mut(array) {
        elements.retain_mut(|element| match element {
            Value::Struct(element) => keep(element),
            _ => false,
        });
    }
}
