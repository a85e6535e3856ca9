//! Fetch, ShareFetch and ShareAcknowledge: each topic, and never as a replica.

use tidegate_model::{Action, ResourceKind};

use super::draft::{Draft, Naming};
use super::policy::Policy;
use super::{Stop, topics};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::field as f;

/// Judges a Fetch. It is forwarded even with no topic left in it, so that the fetch session's epochs stay in step (KIP-227).
pub(crate) fn fetch(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.always_forward();
    if claims_to_be_a_replica(draft)? {
        return Err(Stop::Refused(ErrorCode::CLUSTER_AUTHORIZATION_FAILED));
    }
    topics::read_each(draft, policy, Naming::FieldOrId(f::TOPIC, f::TOPIC_ID))
}

/// Replicas see records that are not committed yet, and move the high watermark (KIP-903 moved the id into a struct).
fn claims_to_be_a_replica(draft: &Draft<'_>) -> Result<bool, Stop> {
    let root = draft.root();
    if root.int(f::REPLICA_ID)? >= 0 {
        return Ok(true);
    }
    let state = root.structure(f::REPLICA_STATE)?;
    Ok(match state {
        Some(state) => state.int(f::REPLICA_ID)? >= 0,
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
