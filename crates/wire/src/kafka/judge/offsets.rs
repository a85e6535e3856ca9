//! Committed offsets: reading, moving and deleting them.
//!
//! A group's offsets moved back deliver old records again, which is a redrive by other means, so it has a right of its own. Whether a
//! commit moves back can only be told against what is committed: the session remembers what it saw committed, and asks the
//! broker when it does not know or is about to refuse.

use std::collections::BTreeMap;

use tidegate_model::{Action, ResourceKind, UnixMillis};

use super::clearance::Name;
use super::draft::{self, Draft, Naming};
use super::policy::Policy;
use super::{Question, Stop};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{Array, field as f};

const GROUP_REFUSED: ErrorCode = ErrorCode::GROUP_AUTHORIZATION_FAILED;
const TOPIC_REFUSED: ErrorCode = ErrorCode::TOPIC_AUTHORIZATION_FAILED;
const BY_NAME_OR_ID: Naming = Naming::FieldOrId(f::NAME, f::TOPIC_ID);

/// Commits offsets: Read on the group and on each topic, and Rewind on the group where an offset moves back.
pub(crate) fn commit(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.whole_named(policy, Action::Read, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    commit_topics(draft, policy)
}

/// The same inside a transaction.
pub(crate) fn commit_in_transaction(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let id_refused = ErrorCode::TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
    let kind = ResourceKind::TransactionalId;
    draft.whole_named(policy, Action::Write, kind, f::TRANSACTIONAL_ID, id_refused)?;
    draft.whole_named(policy, Action::Read, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    commit_topics(draft, policy)
}

fn commit_topics(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.each(policy, f::TOPICS, BY_NAME_OR_ID, (ResourceKind::Topic, Action::Read), TOPIC_REFUSED)?;
    let group = draft.root().string(f::GROUP_ID)?.unwrap_or_default();
    if policy.may(Action::Rewind, ResourceKind::Group, group) {
        return Ok(());
    }
    keep_no_shorter_than_the_broker(draft)?;
    let Some(topics) = draft.root().array(f::TOPICS)? else { return Ok(()) };
    let mut to_ask = Vec::new();
    let mut back = Vec::new();
    for (index, (name, partitions)) in commits(policy, &topics)?.into_iter().enumerate() {
        if draft.is_cut(f::TOPICS, index) {
            continue;
        }
        match policy.offsets.direction(group, name.as_str(), &partitions, policy.now) {
            Direction::Forward => policy.offsets.note(group, name.as_str(), &partitions),
            Direction::Unknown => {
                let partitions = partitions.iter().map(|(partition, _)| *partition).collect();
                to_ask.push((name.as_str().to_owned(), partitions));
            }
            Direction::Back => back.push(index),
        }
    }
    if !to_ask.is_empty() {
        return Err(Stop::Ask(Question::CommittedOffsets { group: group.to_owned(), partitions: to_ask }));
    }
    for index in back {
        // Recorded as a refusal of the right that is missing.
        if !draft.clear(policy, Action::Rewind, ResourceKind::Group, Name::Borrowed(group)) {
            draft.cut(f::TOPICS, index, GROUP_REFUSED);
        }
    }
    Ok(())
}

/// Old versions let a commit say when it is to be forgotten. An offset forgotten early is an offset moved back.
fn keep_no_shorter_than_the_broker(draft: &mut Draft<'_>) -> Result<(), Stop> {
    let root = draft.root();
    if root.schema().field(f::RETENTION_TIME_MS).is_some()
        && root.int(f::RETENTION_TIME_MS)? != BROKERS_RETENTION
    {
        draft.set(f::RETENTION_TIME_MS, BROKERS_RETENTION);
    }
    Ok(())
}

/// The retention time that leaves it to the broker.
const BROKERS_RETENTION: i64 = -1;

type Commit<'a> = (Name<'a>, Vec<(i32, i64)>);

fn commits<'a>(policy: &mut Policy<'_>, topics: &Array<'a>) -> Result<Vec<Commit<'a>>, Stop> {
    let mut commits = Vec::with_capacity(topics.len());
    for (name, topic) in draft::names(policy, topics, BY_NAME_OR_ID)?.into_iter().zip(topics.views()) {
        let mut partitions = Vec::new();
        if let Some(list) = topic?.array(f::PARTITIONS)? {
            for partition in list.views() {
                let partition = partition?;
                let index = i32::try_from(partition.int(f::PARTITION_INDEX)?).unwrap_or(-1);
                partitions.push((index, partition.int(f::COMMITTED_OFFSET)?));
            }
        }
        // An unnamed topic was cut before and is skipped by its index.
        commits.push((name.unwrap_or(Name::Borrowed("")), partitions));
    }
    Ok(commits)
}

/// Reads offsets: Describe on each group and topic. A null list of topics is all of them; the answer is cut down when it comes.
pub(crate) fn fetch(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    if draft.root().has(f::GROUPS) {
        return each_group(draft, policy, BY_NAME_OR_ID);
    }
    draft.whole_named(policy, Action::Describe, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    let right = (ResourceKind::Topic, Action::Describe);
    draft.each(policy, f::TOPICS, Naming::Field(f::NAME), right, TOPIC_REFUSED)
}

/// Reads share-group offsets.
pub(crate) fn describe_share(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    each_group(draft, policy, Naming::Field(f::TOPIC_NAME))
}

fn each_group(draft: &mut Draft<'_>, policy: &mut Policy<'_>, naming: Naming) -> Result<(), Stop> {
    let right = (ResourceKind::Group, Action::Describe);
    draft.each(policy, f::GROUPS, Naming::Field(f::GROUP_ID), right, GROUP_REFUSED)?;
    let Some(groups) = draft.root().array(f::GROUPS)? else { return Ok(()) };
    for (index, group) in groups.views().enumerate() {
        if draft.is_cut(f::GROUPS, index) {
            continue;
        }
        let Some(topics) = group?.array(f::TOPICS)? else { continue };
        for (at, name) in draft::names(policy, &topics, naming)?.into_iter().enumerate() {
            match name {
                Err(error) => draft.cut_in_group(index, at, error),
                Ok(name) if draft.clear(policy, Action::Describe, ResourceKind::Topic, name.clone()) => {}
                Ok(_) => draft.cut_in_group(index, at, TOPIC_REFUSED),
            }
        }
    }
    Ok(())
}

/// Deletes a group's offsets: Delete on the group and Read on each topic, as Kafka asks for, and Rewind on the group, because
/// it reads from elsewhere afterwards.
pub(crate) fn delete(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    for action in [Action::Delete, Action::Rewind] {
        draft.whole_named(policy, action, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    }
    let right = (ResourceKind::Topic, Action::Read);
    draft.each(policy, f::TOPICS, Naming::Field(f::NAME), right, TOPIC_REFUSED)
}

/// Sets a share group's start offsets, which may be back: Rewind on the group, Read on each topic.
pub(crate) fn alter_share(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    for action in [Action::Read, Action::Rewind] {
        draft.whole_named(policy, action, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    }
    let right = (ResourceKind::Topic, Action::Read);
    draft.each(policy, f::TOPICS, Naming::Field(f::TOPIC_NAME), right, TOPIC_REFUSED)
}

/// Deletes a share group's offsets, with the same rights.
pub(crate) fn delete_share(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    for action in [Action::Delete, Action::Rewind] {
        draft.whole_named(policy, action, ResourceKind::Group, f::GROUP_ID, GROUP_REFUSED)?;
    }
    let right = (ResourceKind::Topic, Action::Read);
    draft.each(policy, f::TOPICS, Naming::Field(f::TOPIC_NAME), right, TOPIC_REFUSED)
}

/// Which way a commit moves a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forward,
    Back,
    Unknown,
}

/// What a session knows of committed offsets.
#[derive(Debug, Default)]
pub(crate) struct KnownOffsets {
    /// By group and topic. Ordered, not hashed: clients choose the names, and could choose ones that collide.
    known: BTreeMap<String, BTreeMap<String, Partitions>>,
    count: usize,
    /// The broker was asked for the request at hand: what is known now is fresh, and a refusal may rest on it.
    pub(crate) fresh: bool,
}

type Partitions = BTreeMap<i32, Known>;

#[derive(Clone, Copy, Debug)]
struct Known {
    /// `None` where nothing is committed.
    offset: Option<i64>,
    at: UnixMillis,
}

impl KnownOffsets {
    /// How many partitions are remembered beside those of the last answer; beyond that the memory starts afresh.
    pub(crate) const MAX_PARTITIONS: usize = 10_000;

    /// How long a remembered offset may clear a commit without asking, in milliseconds: members of the group commit on other
    /// connections too.
    pub(crate) const LIFETIME_MS: i64 = 10_000;

    /// Which way these commits go, all together: one back is back, one unknown is unknown.
    pub(crate) fn direction(
        &self,
        group: &str,
        topic: &str,
        commits: &[(i32, i64)],
        now: UnixMillis,
    ) -> Direction {
        let remembered = self.known.get(group).and_then(|topics| topics.get(topic));
        let mut direction = Direction::Forward;
        for (partition, offset) in commits {
            match remembered.and_then(|partitions| partitions.get(partition)) {
                Some(known) if self.fresh || now.0 - known.at.0 < Self::LIFETIME_MS => {
                    let back = known.offset.is_some_and(|committed| *offset < committed);
                    match (back, self.fresh) {
                        (true, true) => direction = Direction::Back,
                        // Remembered is enough to pass, not to refuse.
                        (true, false) => return Direction::Unknown,
                        (false, _) => {}
                    }
                }
                // The broker was asked and did not say: no commit to move back from is proven, so it is refused as one.
                _ if self.fresh => direction = Direction::Back,
                _ => return Direction::Unknown,
            }
        }
        direction
    }

    /// Remembers commits that go out. When the broker was asked stays as it was: one's own commits say nothing of the others',
    /// and must not put off asking for ever.
    pub(crate) fn note(&mut self, group: &str, topic: &str, commits: &[(i32, i64)]) {
        let Some(remembered) = self.known.get_mut(group).and_then(|topics| topics.get_mut(topic)) else {
            return;
        };
        for (partition, offset) in commits {
            if let Some(known) = remembered.get_mut(partition) {
                known.offset = Some(*offset);
            }
        }
    }

    /// Makes room for what one answer says, all of which is needed to judge the commit that asked.
    pub(crate) fn make_room(&mut self, partitions: usize) {
        if self.count + partitions > Self::MAX_PARTITIONS {
            self.known.clear();
            self.count = 0;
        }
    }

    /// Remembers what the broker said is committed.
    pub(crate) fn learn(
        &mut self,
        group: &str,
        topic: &str,
        partition: i32,
        offset: Option<i64>,
        now: UnixMillis,
    ) {
        let topics = self.known.entry(group.to_owned()).or_default();
        let remembered = topics.entry(topic.to_owned()).or_default();
        self.count += usize::from(remembered.insert(partition, Known { offset, at: now }).is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_000_000);

    fn known(offset: Option<i64>, at: UnixMillis, fresh: bool) -> KnownOffsets {
        let mut known = KnownOffsets { fresh, ..KnownOffsets::default() };
        known.learn("g", "t", 0, offset, at);
        known
    }

    #[test]
    fn only_a_fresh_answer_says_back() {
        let check = |known: KnownOffsets, offset, expected| {
            assert_eq!(known.direction("g", "t", &[(0, offset)], NOW), expected, "{known:?} {offset}");
        };
        check(known(Some(50), NOW, false), 50, Direction::Forward);
        check(known(Some(50), NOW, false), 49, Direction::Unknown);
        check(known(Some(50), NOW, true), 49, Direction::Back);
        check(known(Some(50), NOW, true), 51, Direction::Forward);
        check(known(None, NOW, true), 0, Direction::Forward);
        check(KnownOffsets::default(), 10, Direction::Unknown);
        check(KnownOffsets { fresh: true, ..KnownOffsets::default() }, 10, Direction::Back);
    }

    #[test]
    fn what_was_remembered_long_ago_is_asked_again() {
        let at_limit = UnixMillis(NOW.0 - KnownOffsets::LIFETIME_MS);
        let within = UnixMillis(at_limit.0 + 1);
        assert_eq!(known(Some(1), within, false).direction("g", "t", &[(0, 5)], NOW), Direction::Forward);
        assert_eq!(known(Some(1), at_limit, false).direction("g", "t", &[(0, 5)], NOW), Direction::Unknown);
    }

    #[test]
    fn ones_own_commits_do_not_put_off_asking() {
        let mut known = known(Some(5), NOW, false);
        let later = UnixMillis(NOW.0 + KnownOffsets::LIFETIME_MS - 1);
        known.note("g", "t", &[(0, 6)]);
        assert_eq!(known.direction("g", "t", &[(0, 6)], later), Direction::Forward);
        assert_eq!(known.direction("g", "t", &[(0, 5)], later), Direction::Unknown);
        known.note("g", "t", &[(0, 7)]);
        let expired = UnixMillis(later.0 + 1);
        assert_eq!(known.direction("g", "t", &[(0, 8)], expired), Direction::Unknown);
    }

    #[test]
    fn one_partition_back_is_back() {
        let mut known = known(Some(5), NOW, true);
        known.learn("g", "t", 1, Some(5), NOW);
        assert_eq!(known.direction("g", "t", &[(0, 6), (1, 4)], NOW), Direction::Back);
    }

    #[test]
    fn starts_afresh_one_partition_past_the_limit() {
        let mut known = KnownOffsets::default();
        for partition in 0..i32::try_from(KnownOffsets::MAX_PARTITIONS).unwrap() {
            known.make_room(1);
            known.learn("g", "t", partition, Some(1), NOW);
        }
        assert_eq!(known.count, KnownOffsets::MAX_PARTITIONS);
        known.make_room(1);
        known.learn("g", "u", 0, Some(1), NOW);
        assert_eq!((known.count, known.count), (1, 1));
    }
}
