//! Topics: looking at them, creating and deleting them, and their records' offsets.

use tidegate_model::{Action, Resource, ResourceKind};

use super::Stop;
use super::clearance::Name;
use super::draft::{Draft, Naming};
use super::policy::Policy;
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::field as f;

const REFUSED: ErrorCode = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
const BY_NAME: Naming = Naming::Field(f::NAME);

/// Only brokers have a replica id. Of the ids below zero, -1 is a client and -2 a tool; others are a broker's own.
fn refuse_followers(draft: &Draft<'_>) -> Result<(), Stop> {
    match draft.root().int(f::REPLICA_ID)? {
        -2 | -1 => Ok(()),
        _ => Err(Stop::Refused(ErrorCode::CLUSTER_AUTHORIZATION_FAILED)),
    }
}

/// Offsets by time, per topic.
pub(crate) fn list_offsets(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    refuse_followers(draft)?;
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::Describe), REFUSED)
}

/// Ends of leader epochs, per topic.
pub(crate) fn offset_for_leader_epoch(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    if draft.root().has(f::REPLICA_ID) {
        refuse_followers(draft)?;
    }
    draft.each(policy, f::TOPICS, Naming::Field(f::TOPIC), (ResourceKind::Topic, Action::Describe), REFUSED)
}

/// From this version on, Metadata takes ids and answers without names; before, brokers refuse a topic without a name.
const METADATA_BY_ID: i16 = 12;

/// Metadata names topics, asks for all of them, or gives ids. Names are judged here, the rest when the answer comes.
/// Creating on the way is left to those who may create every topic they name.
pub(crate) fn metadata(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let root = draft.root();
    let Some(topics) = root.array(f::TOPICS)? else {
        return forbid_creation(draft);
    };
    let mut creates = root.bool(f::ALLOW_AUTO_TOPIC_CREATION)?;
    for (index, topic) in topics.views().enumerate() {
        // A topic asked for by its id has no name here.
        let Some(name) = topic?.string(f::NAME)? else {
            draft.plan.by_id = draft.version() >= METADATA_BY_ID;
            continue;
        };
        if !draft.clear(policy, Action::Describe, ResourceKind::Topic, Name::Borrowed(name)) {
            draft.cut(f::TOPICS, index, REFUSED);
        }
        // Clients ask for it by default, so that to be without the right is nothing to record.
        creates = creates
            && policy.may(Action::Create, ResourceKind::Topic, name)
            && draft.clear(policy, Action::Create, ResourceKind::Topic, Name::Borrowed(name));
    }
    // The answer also lists the brokers, which only the broker knows: with every topic refused the rest still goes.
    draft.always_forward();
    if creates { Ok(()) } else { forbid_creation(draft) }
}

fn forbid_creation(draft: &mut Draft<'_>) -> Result<(), Stop> {
    if draft.root().bool(f::ALLOW_AUTO_TOPIC_CREATION)? {
        draft.set(f::ALLOW_AUTO_TOPIC_CREATION, false);
    }
    Ok(())
}

/// The paged successor of Metadata. Where to go on is a topic name too: one that may not be seen ends the paging.
pub(crate) fn describe_partitions(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    if let Some(cursor) = draft.root().structure(f::CURSOR)? {
        let name = cursor.string(f::TOPIC_NAME)?.unwrap_or_default();
        draft.whole(policy, Action::Describe, Resource::topic(name), REFUSED)?;
    }
    draft.plan.all = draft.root().array(f::TOPICS)?.is_none_or(|topics| topics.is_empty());
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::Describe), REFUSED)
}

/// Topics are created one by one.
pub(crate) fn create(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::Create), REFUSED)
}

/// Topics are deleted one by one, by name or by id.
pub(crate) fn delete(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let right = (ResourceKind::Topic, Action::Delete);
    if draft.root().has(f::TOPIC_NAMES) {
        return draft.each(policy, f::TOPIC_NAMES, Naming::Value, right, REFUSED);
    }
    draft.each(policy, f::TOPICS, Naming::FieldOrId(f::NAME, f::TOPIC_ID), right, REFUSED)
}

/// Deleting records is a right of its own.
pub(crate) fn delete_records(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::Purge), REFUSED)
}

/// Adding partitions moves keys to other partitions, so it is a right of its own.
pub(crate) fn create_partitions(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::CreatePartitions), REFUSED)
}

/// Who produces to a partition is told to those who may read it.
pub(crate) fn describe_producers(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, BY_NAME, (ResourceKind::Topic, Action::Read), REFUSED)
}

/// Clears the topics of a root array, by name or id.
pub(crate) fn read_each(draft: &mut Draft<'_>, policy: &mut Policy<'_>, naming: Naming) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, naming, (ResourceKind::Topic, Action::Read), REFUSED)
}
