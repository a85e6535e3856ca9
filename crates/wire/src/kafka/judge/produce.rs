//! Produce: each topic, the transactional id, and whether the batches agree with what the request says of them.

use tidegate_model::{Action, ResourceKind};

use super::Stop;
use super::clearance::Name;
use super::draft::{Draft, Naming};
use super::policy::Policy;
use crate::kafka::codec::batch::{self, BatchHeader};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{View, field as f};
use crate::kafka::session::fatal::Fatal;

/// A client that does not wait for an answer.
const NO_ACKNOWLEDGEMENT: i64 = 0;

/// Judges a Produce request. Whatever of it is refused without an answer to say so ends the connection, as in Kafka.
pub(crate) fn produce(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let judged = transactional_id(draft, policy).and_then(|()| topics(draft, policy));
    let unanswered = draft.root().int(f::ACKS)? == NO_ACKNOWLEDGEMENT;
    match judged {
        Err(Stop::Refused(_)) if unanswered => Err(Stop::Fatal(Fatal::UnansweredProduceRefused)),
        Ok(()) if unanswered && draft.has_cuts() => Err(Stop::Fatal(Fatal::UnansweredProduceRefused)),
        judged => judged,
    }
}

fn transactional_id(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let Some(id) = draft.root().string(f::TRANSACTIONAL_ID)? else { return Ok(()) };
    if draft.clear(policy, Action::Write, ResourceKind::TransactionalId, Name::Borrowed(id)) {
        Ok(())
    } else {
        Err(Stop::Refused(ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED))
    }
}

fn topics(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let right = (ResourceKind::Topic, Action::Write);
    let naming = Naming::FieldOrId(f::NAME, f::TOPIC_ID);
    draft.each(policy, f::TOPIC_DATA, naming, right, ErrorCode::TOPIC_AUTHORIZATION_FAILED)?;
    let transactional = draft.root().string(f::TRANSACTIONAL_ID)?.is_some();
    let Some(topics) = draft.root().array(f::TOPIC_DATA)? else { return Ok(()) };
    for (index, topic) in topics.views().enumerate() {
        if draft.is_cut(f::TOPIC_DATA, index) {
            continue;
        }
        if let Some(error) = first_fault(&topic?, transactional)? {
            draft.cut(f::TOPIC_DATA, index, error);
        }
    }
    Ok(())
}

/// What is wrong with the batches of a topic, if anything is.
fn first_fault(topic: &View<'_>, transactional: bool) -> Result<Option<ErrorCode>, Stop> {
    let Some(partitions) = topic.array(f::PARTITION_DATA)? else { return Ok(None) };
    for partition in partitions.views() {
        let Some(records) = partition?.bytes(f::RECORDS)? else { continue };
        let fault = batch_fault(records, transactional);
        if fault.is_some() {
            return Ok(fault);
        }
    }
    Ok(None)
}

/// A partition of a Produce request carries exactly one batch of magic 2 and nothing behind it, and the batch is part of a
/// transaction exactly when the request names one. A control batch is for brokers to write.
pub(crate) fn batch_fault(records: &[u8], transactional: bool) -> Option<ErrorCode> {
    let mut batches = batch::batches(records);
    let Some(Ok(header)) = batches.next() else { return Some(ErrorCode::INVALID_RECORD) };
    if batches.next().is_some() || header.control() {
        return Some(ErrorCode::INVALID_RECORD);
    }
    agreement_fault(&header, transactional)
}

fn agreement_fault(header: &BatchHeader<'_>, transactional: bool) -> Option<ErrorCode> {
    match (header.transactional(), transactional) {
        (true, false) => Some(ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
        (false, true) => Some(ErrorCode::INVALID_RECORD),
        _ => None,
    }
}
