//! What members of a classic consumer group told each other. The broker keeps it as bytes, but the consumer protocol begins with
//! the names of topics, and who may describe the group need not be shown every topic that it reads.

use bytes::Bytes;

use super::hide::sees_topic;
use crate::kafka::codec::{Tree, field as f};
use crate::kafka::judge::policy::Policy;

/// The protocol type of consumers; other types are an application's own and name nothing that Kafka knows.
const CONSUMER: &str = "consumer";

/// Leaves out what names a hidden topic, or cannot be read.
pub(super) fn hide(tree: &mut Tree, policy: &mut Policy<'_>) {
    for group in tree.structs_mut(f::GROUPS) {
        if group.string(f::PROTOCOL_TYPE) != Some(CONSUMER) {
            continue;
        }
        for member in group.structs_mut(f::MEMBERS) {
            for (field, then) in
                [(f::MEMBER_METADATA, Then::NextTopic), (f::MEMBER_ASSIGNMENT, Then::Partitions)]
            {
                let Some(told) = member.bytes(field) else { continue };
                if !told.is_empty() && !every_topic(told, then, |name| sees_topic(policy, name)) {
                    member.set(field, Bytes::new());
                }
            }
        }
    }
}

/// What follows a topic's name.
#[derive(Clone, Copy)]
enum Then {
    /// The next name, in `ConsumerProtocolSubscription`.
    NextTopic,
    /// A list of partitions, in `ConsumerProtocolAssignment`.
    Partitions,
}

/// Whether the bytes are a version and a list of topics, and `check` holds for each of them.
fn every_topic(told: &[u8], then: Then, mut check: impl FnMut(&str) -> bool) -> bool {
    let mut rest = told;
    let mut all = || -> Option<bool> {
        take::<2>(&mut rest)?;
        let mut count = i32::from_be_bytes(take(&mut rest)?);
        while count > 0 {
            let length = usize::try_from(i16::from_be_bytes(take(&mut rest)?)).ok()?;
            let (name, behind) = rest.split_at_checked(length)?;
            rest = behind;
            if !check(std::str::from_utf8(name).ok()?) {
                return Some(false);
            }
            if let Then::Partitions = then {
                let partitions = usize::try_from(i32::from_be_bytes(take(&mut rest)?)).ok()?;
                rest = rest.get(partitions.checked_mul(4)?..)?;
            }
            count -= 1;
        }
        Some(true)
    };
    all().unwrap_or(false)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, behind) = rest.split_first_chunk::<N>()?;
    *rest = behind;
    Some(*first)
}
