//! Fetch, ShareFetch and ShareAcknowledge: each topic, and never as a replica.

use tidegate_model::{Action, ResourceKind};

use super::draft::{Draft, Naming};
use super::policy::Policy;
use super::{Stop, topics};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{Tree, field as f};

/// Judges a Fetch. It is forwarded even with no topic left in it, so that the fetch session's epochs stay in step (KIP-227).
pub(crate) fn fetch(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.always_forward();
    if claims_to_be_a_replica(draft)? {
        return Err(Stop::Refused(ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
    }
    topics::read_each(draft, policy, Naming::FieldOrId(f::TOPIC, f::TOPIC_ID))?;
    if draft.has_cuts() { without_session(draft) } else { Ok(()) }
}

/// A broker's fetch session does not hold the refused topics, so their error would be told once and never again. A full fetch
/// therefore goes without a session, and an incremental one is answered so that the client makes a full one.
fn without_session(draft: &mut Draft<'_>) -> Result<(), Stop> {
    if !draft.root().has(f::SESSION_EPOCH) {
        return Ok(());
    }
    if draft.root().int(f::SESSION_EPOCH)? > 0 {
        let error = ErrorCode::FETCH_SESSION_ID_NOT_FOUND;
        return Err(Stop::Answer(Tree::new().with(f::ERROR_CODE, i64::from(error.0))));
    }
    draft.set(f::SESSION_EPOCH, NO_FETCH_SESSION);
    Ok(())
}

/// The session epoch of a fetch that wants none (KIP-227).
const NO_FETCH_SESSION: i64 = -1;

/// The only replica id of a client. Brokers treat other negative ids too as readers of what is not committed yet.
const CONSUMER: i64 = -1;

/// Replicas see records that are not committed yet, and move the high watermark (KIP-903 moved the id into a struct).
fn claims_to_be_a_replica(draft: &Draft<'_>) -> Result<bool, Stop> {
    let root = draft.root();
    if root.int(f::REPLICA_ID)? != CONSUMER {
        return Ok(true);
    }
    Ok(match root.structure(f::REPLICA_STATE)? {
        Some(state) => state.int(f::REPLICA_ID)? != CONSUMER,
        None => false,
    })
}

/// Judges ShareFetch and ShareAcknowledge: Read on the group, then on each topic.
pub(crate) fn share(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.always_forward();
    let refused = ErrorCode::GROUP_AUTHORIZATION_FAILED;
    draft.whole_named(policy, Action::Read, ResourceKind::Group, f::GROUP_ID, refused)?;
    topics::read_each(draft, policy, Naming::Id(f::TOPIC_ID))
}
