//! Consumer, share and streams groups, and where their coordinators are.

use tidegate_model::{Action, Resource, ResourceKind};

use super::Stop;
use super::clearance::Name;
use super::draft::{Draft, Naming};
use super::policy::Policy;
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{View, field as f};

const GROUP_REFUSED: ErrorCode = ErrorCode::GROUP_AUTHORIZATION_FAILED;
const TOPIC_REFUSED: ErrorCode = ErrorCode::TOPIC_AUTHORIZATION_FAILED;

/// The right to be a member: Read on the group.
pub(crate) fn member(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.whole_named(policy, Action::Read, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)
}

/// Members of the newer groups also name what they subscribe to; one topic they may not see refuses the heartbeat, as in Kafka.
pub(crate) fn heartbeat(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    member(draft, policy)?;
    topics_of(draft, policy, draft.root(), f::SUBSCRIBED_TOPIC_NAMES, &[Action::Describe])
}

/// A streams group names its topology: sources must be visible, and internal topics, which the broker creates, creatable.
pub(crate) fn streams_heartbeat(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    member(draft, policy)?;
    let Some(topology) = draft.root().structure(f::TOPOLOGY)? else { return Ok(()) };
    let Some(subtopologies) = topology.array(f::SUBTOPOLOGIES)? else { return Ok(()) };
    for subtopology in subtopologies.views() {
        let subtopology = subtopology?;
        if subtopology.array(f::SOURCE_TOPIC_REGEX)?.is_some_and(|patterns| !patterns.is_empty()) {
            // The broker would resolve the pattern over topics that the caller may not see.
            return Err(Stop::Refused(TOPIC_REFUSED));
        }
        topics_of(draft, policy, subtopology, f::SOURCE_TOPICS, &[Action::Describe])?;
        topics_of(draft, policy, subtopology, f::REPARTITION_SINK_TOPICS, &[Action::Describe])?;
        for created in [f::STATE_CHANGELOG_TOPICS, f::REPARTITION_SOURCE_TOPICS] {
            created_topics(draft, policy, &subtopology, created)?;
        }
    }
    Ok(())
}

fn created_topics<'a>(
    draft: &mut Draft<'a>,
    policy: &mut Policy<'_>,
    subtopology: &View<'a>,
    list: crate::kafka::codec::Field,
) -> Result<(), Stop> {
    let Some(topics) = subtopology.array(list)? else { return Ok(()) };
    for topic in topics.views() {
        let name = topic?.string(f::NAME)?.unwrap_or_default();
        for action in [Action::Describe, Action::Create] {
            draft.whole(policy, action, Resource::topic(name), TOPIC_REFUSED)?;
        }
    }
    Ok(())
}

fn topics_of<'a>(
    draft: &mut Draft<'a>,
    policy: &mut Policy<'_>,
    view: View<'a>,
    list: crate::kafka::codec::Field,
    actions: &[Action],
) -> Result<(), Stop> {
    let Some(names) = view.array(list)? else { return Ok(()) };
    for name in names.strings() {
        let name = name?;
        for action in actions {
            draft.whole(policy, *action, Resource::topic(name), TOPIC_REFUSED)?;
        }
    }
    Ok(())
}

/// Groups are described one by one; those that may not be seen are refused by themselves.
pub(crate) fn describe_classic(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::GROUPS, Naming::Value, (ResourceKind::Group, Action::Describe), GROUP_REFUSED)
}

/// The same for the newer kinds of group. Topics in the answer are judged when it comes.
pub(crate) fn describe(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::GROUP_IDS, Naming::Value, (ResourceKind::Group, Action::Describe), GROUP_REFUSED)
}

/// Groups are deleted one by one.
pub(crate) fn delete(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::GROUPS_NAMES, Naming::Value, (ResourceKind::Group, Action::Delete), GROUP_REFUSED)
}

/// Coordinator key types (KIP-98, KIP-932).
const GROUP_KEY: i64 = 0;
const TRANSACTION_KEY: i64 = 1;

/// A coordinator is looked up for a group or a transactional id that the caller may see.
/// Keys of share-group state are for brokers.
pub(crate) fn find_coordinator(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let root = draft.root();
    let (kind, error) = match root.int(f::KEY_TYPE)? {
        GROUP_KEY => (ResourceKind::Group, GROUP_REFUSED),
        TRANSACTION_KEY => (ResourceKind::TransactionalId, ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
        _ => return Err(Stop::Refused(ErrorCode::CLUSTER_AUTHORIZATION_FAILED)),
    };
    if root.has(f::COORDINATOR_KEYS) {
        return draft.each(policy, f::COORDINATOR_KEYS, Naming::Value, (kind, Action::Describe), error);
    }
    let name = root.string(f::KEY)?.unwrap_or_default();
    if draft.clear(policy, Action::Describe, kind, Name::Borrowed(name)) {
        Ok(())
    } else {
        Err(Stop::Refused(error))
    }
}
