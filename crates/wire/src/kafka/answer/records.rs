//! Records on their way to a client: each topic is judged again as it is delivered.
//!
//! The request was judged when it came, but an answer may follow minutes later, and an incremental fetch brings topics that no
//! request names any more. What may not be read by now is withheld, partition by partition, with Kafka's own error.

use std::collections::BTreeSet;

use bytes::Bytes;
use tidegate_model::{Action, ResourceKind};

use super::{Answer, error_of, set_error};
use crate::kafka::codec::{CodecError, ErrorCode, Tree, Value, View, field as f};
use crate::kafka::judge::policy::Policy;
use crate::kafka::session::fatal::Fatal;
use crate::kafka::session::{Awaited, SHARE_SESSION};
use crate::kafka::topics::{NO_TOPIC_ID, TopicId};
use crate::kafka::versions::key;

/// What is known of one topic of the answer.
enum Seen {
    Allowed,
    Refused,
    Unnamed(TopicId),
}

/// Withholds what may not be read. Gives the topic ids whose names must be asked for first.
pub(super) fn judge(
    answer: &mut Answer<'_>,
    policy: &mut Policy<'_>,
    asked: bool,
) -> Result<Option<Vec<TopicId>>, Fatal> {
    let seen = survey(&answer.root, policy).map_err(Fatal::UpstreamMalformed)?;
    let unnamed: BTreeSet<TopicId> =
        seen.iter().filter_map(|seen| if let Seen::Unnamed(id) = seen { Some(*id) } else { None }).collect();
    let unnamed: Vec<TopicId> = unnamed.into_iter().filter(|id| *id != NO_TOPIC_ID).collect();
    if !asked && !unnamed.is_empty() {
        return Ok(Some(unnamed));
    }
    if seen.iter().all(|seen| matches!(seen, Seen::Allowed)) {
        return Ok(None);
    }
    for (topic, seen) in answer.tree()?.structs_mut(f::RESPONSES).zip(seen) {
        match seen {
            Seen::Allowed => {}
            Seen::Refused => withhold(topic, ErrorCode::TOPIC_AUTHORIZATION_FAILED),
            Seen::Unnamed(_) => withhold(topic, ErrorCode::UNKNOWN_TOPIC_ID),
        }
    }
    Ok(None)
}

fn survey(root: &View<'_>, policy: &mut Policy<'_>) -> Result<Vec<Seen>, CodecError> {
    let Some(topics) = root.array(f::RESPONSES)? else { return Ok(Vec::new()) };
    let mut seen = Vec::with_capacity(topics.len());
    for topic in topics.views() {
        let topic = topic?;
        let named = if topic.has(f::TOPIC) { topic.string(f::TOPIC)? } else { None };
        seen.push(match named {
            Some(name) => verdict(policy, name),
            None => {
                let id = topic.uuid(f::TOPIC_ID)?;
                match policy.topic_name(&id) {
                    Some(name) => verdict(policy, &name),
                    None => Seen::Unnamed(id),
                }
            }
        });
    }
    Ok(seen)
}

fn verdict(policy: &mut Policy<'_>, name: &str) -> Seen {
    if policy.may_recorded(Action::Read, ResourceKind::Topic, name) { Seen::Allowed } else { Seen::Refused }
}

/// Leaves a partition its number and an error, the broker's own where there is one.
fn withhold(topic: &mut Tree, error: ErrorCode) {
    for partition in topic.structs_mut(f::PARTITIONS) {
        let error = Some(error_of(partition)).filter(|error| *error != ErrorCode::NONE).unwrap_or(error);
        let index = partition.int(f::PARTITION_INDEX).unwrap_or(-1);
        // Whether an acknowledgement was taken stays true whatever may be read now.
        let acknowledged = partition.get(f::ACKNOWLEDGE_ERROR_CODE).cloned();
        let instead = [
            (f::HIGH_WATERMARK, Some(Value::Int(-1))),
            (f::RECORDS, Some(Value::Bytes(Bytes::new()))),
            (f::ACKNOWLEDGE_ERROR_CODE, acknowledged),
        ];
        let mut withheld = Tree::new().with(f::PARTITION_INDEX, index);
        for (field, value) in instead {
            if let (Some(_), Some(value)) = (partition.get(field), value) {
                withheld.set(field, value);
            }
        }
        set_error(&mut withheld, error);
        *partition = withheld;
    }
}

/// Notes which fetch session the answer says is open.
pub(super) fn session(answer: &Answer<'_>, awaited: &mut Awaited) -> Result<(), Fatal> {
    let int = |field| answer.root.int(field).map_err(Fatal::UpstreamMalformed);
    let failed = answer.root.has(f::ERROR_CODE) && int(f::ERROR_CODE)? != 0;
    awaited.session = match answer.api.key {
        _ if failed => None,
        key::FETCH if answer.root.has(f::SESSION_ID) => Some(int(f::SESSION_ID)?).filter(|id| *id != 0),
        key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE if !awaited.closes_share_session => Some(SHARE_SESSION),
        _ => None,
    };
    Ok(())
}
