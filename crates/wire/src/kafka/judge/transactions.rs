//! Producer ids and transactions.

use tidegate_model::{Action, ResourceKind};

use super::Stop;
use super::draft::{Draft, Naming};
use super::policy::Policy;
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{View, field as f};

const ID_REFUSED: ErrorCode = ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
const CLUSTER_REFUSED: ErrorCode = ErrorCode::CLUSTER_AUTHORIZATION_FAILED;

fn own_transaction(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.whole_named(policy, Action::Write, ResourceKind::TransactionalId, f::TRANSACTIONAL_ID, ID_REFUSED)
}

/// A producer id for a transaction needs the transactional id; for idempotence alone, the right to write some topic.
pub(crate) fn init_producer_id(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    if draft.root().string(f::TRANSACTIONAL_ID)?.is_some() {
        return own_transaction(draft, policy);
    }
    let may = policy.snapshot.may_any(policy.caller, Action::Write, ResourceKind::Topic, policy.now);
    if may { Ok(()) } else { Err(Stop::Refused(CLUSTER_REFUSED)) }
}

/// Adds partitions to one's own transaction. As in Kafka it is all or nothing: beside a refused topic the others are not attempted.
pub(crate) fn add_partitions(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let id = f::V3_AND_BELOW_TRANSACTIONAL_ID;
    draft.whole_named(policy, Action::Write, ResourceKind::TransactionalId, id, ID_REFUSED)?;
    let topics = f::V3_AND_BELOW_TOPICS;
    let right = (ResourceKind::Topic, Action::Write);
    draft.each(policy, topics, Naming::Field(f::NAME), right, ErrorCode::TOPIC_AUTHORIZATION_FAILED)?;
    if draft.has_cuts() {
        let count = draft.root().array(topics)?.map_or(0, |topics| topics.len());
        for index in 0..count {
            if !draft.is_cut(topics, index) {
                draft.cut(topics, index, ErrorCode::OPERATION_NOT_ATTEMPTED);
            }
        }
    }
    Ok(())
}

/// Brings a group's offsets into one's own transaction.
pub(crate) fn add_offsets(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    own_transaction(draft, policy)?;
    let refused = ErrorCode::GROUP_AUTHORIZATION_FAILED;
    draft.whole_named(policy, Action::Read, ResourceKind::Group, f::GROUP_ID, refused)
}

/// Ends one's own transaction.
pub(crate) fn end(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    own_transaction(draft, policy)
}

/// Markers are written by brokers; tools write one to abort a hanging transaction, which has its own grant. A marker that commits
/// somebody's transaction has none.
pub(crate) fn write_markers(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let Some(markers) = draft.root().array(f::MARKERS)? else { return Err(Stop::Refused(CLUSTER_REFUSED)) };
    for marker in markers.views() {
        if commits(&marker?)? {
            return Err(Stop::Refused(CLUSTER_REFUSED));
        }
    }
    draft.whole(policy, Action::AbortTransactions, tidegate_model::Resource::cluster(), CLUSTER_REFUSED)
}

fn commits(marker: &View<'_>) -> Result<bool, Stop> {
    Ok(marker.bool(f::TRANSACTION_RESULT)?)
}

/// Transactions are described one by one; topics in the answer are judged when it comes.
pub(crate) fn describe(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let right = (ResourceKind::TransactionalId, Action::Describe);
    draft.each(policy, f::TRANSACTIONAL_IDS, Naming::Value, right, ID_REFUSED)
}
