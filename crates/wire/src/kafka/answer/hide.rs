//! Topics, groups and transactional ids that the caller may not see.

use tidegate_model::{Action, ResourceKind};

use super::operations;
use super::{Answer, Passed, append, error_of, learn_topics, retain_structs, set_error};
use crate::kafka::codec::{
    Api, CodecError, Entity, ErrorCode, Field, StructSchema, Tree, Value, View, field as f,
};
use crate::kafka::judge::policy::Policy;
use crate::kafka::session::fatal::Fatal;
use crate::kafka::session::{Awaited, Route};
use crate::kafka::topics::{NO_TOPIC_ID, TopicId};

pub(super) fn sees_topic(policy: &mut Policy<'_>, name: &str) -> bool {
    policy.may(Action::Describe, ResourceKind::Topic, name)
}

fn sees_named(policy: &mut Policy<'_>, topic: &Tree, name: Field) -> bool {
    match (topic.string(name), topic.uuid(f::TOPIC_ID)) {
        (Some(name), _) => sees_topic(policy, name),
        (None, Some(id)) => match policy.topic_name(&id) {
            Some(name) => sees_topic(policy, &name),
            None => false,
        },
        (None, None) => false,
    }
}

/// Topics of Metadata. Asked for by id, a hidden topic is as unknown as one that does not exist.
pub(super) fn metadata_topics(tree: &mut Tree, by_id: bool, policy: &mut Policy<'_>) {
    retain_structs(tree, f::TOPICS, |topic| {
        let nameless = topic.string(f::NAME).is_none_or(str::is_empty);
        if !nameless && sees_named(policy, topic, f::NAME) {
            return true;
        }
        if by_id {
            // Without a name the element says only that the id is unknown, in the broker's form of no name.
            let name = topic.get(f::NAME).filter(|_| nameless).cloned().unwrap_or(Value::Null);
            let id = topic.uuid(f::TOPIC_ID).unwrap_or_default();
            let error = Some(error_of(topic)).filter(|error| nameless && *error != ErrorCode::NONE);
            *topic = Tree::new().with(f::TOPIC_ID, id).with(f::NAME, name);
            set_error(topic, error.unwrap_or(ErrorCode::UNKNOWN_TOPIC_ID));
        }
        by_id
    });
}

/// A list of topics.
pub(super) fn topics(tree: &mut Tree, policy: &mut Policy<'_>) {
    retain_structs(tree, f::TOPICS, |topic| sees_named(policy, topic, f::NAME));
}

/// Elections in all topics.
pub(super) fn elections(tree: &mut Tree, policy: &mut Policy<'_>) {
    retain_structs(tree, f::REPLICA_ELECTION_RESULTS, |topic| sees_named(policy, topic, f::TOPIC));
}

/// The topics that members of a streams group serve. The members' own addresses belong to the application and stay.
pub(super) fn endpoints(answer: &mut Answer<'_>, policy: &mut Policy<'_>) -> Result<(), Fatal> {
    let served = answer.root.array(f::PARTITIONS_BY_USER_ENDPOINT).map_err(Fatal::UpstreamMalformed)?;
    if served.is_none_or(|served| served.is_empty()) {
        return Ok(());
    }
    for endpoint in answer.tree()?.structs_mut(f::PARTITIONS_BY_USER_ENDPOINT) {
        for partitions in [f::ACTIVE_PARTITIONS, f::STANDBY_PARTITIONS] {
            retain_structs(endpoint, partitions, |topic| sees_named(policy, topic, f::TOPIC));
        }
    }
    Ok(())
}

/// Lists of topics inside the elements of `outer`.
pub(super) fn topics_inside(tree: &mut Tree, outer: Field, name: Field, policy: &mut Policy<'_>) {
    for element in tree.structs_mut(outer) {
        retain_structs(element, f::TOPICS, |topic| sees_named(policy, topic, name));
    }
}

/// Groups: all to those who may describe the cluster, as in Kafka, else one by one.
pub(super) fn groups(tree: &mut Tree, policy: &mut Policy<'_>) {
    if policy.may_cluster(Action::Describe) {
        return;
    }
    retain_structs(tree, f::GROUPS, |group| {
        policy.may(Action::Describe, ResourceKind::Group, group.string(f::GROUP_ID).unwrap_or_default())
    });
}

/// Transactional ids, one by one.
pub(super) fn transactional_ids(tree: &mut Tree, policy: &mut Policy<'_>) {
    retain_structs(tree, f::TRANSACTION_STATES, |transaction| {
        let id = transaction.string(f::TRANSACTIONAL_ID).unwrap_or_default();
        policy.may(Action::Describe, ResourceKind::TransactionalId, id)
    });
}

/// Committed offsets, in both forms of the answer.
pub(super) fn offsets(tree: &mut Tree, name: Field, policy: &mut Policy<'_>) {
    retain_structs(tree, f::TOPICS, |topic| sees_named(policy, topic, name));
    topics_inside(tree, f::GROUPS, name, policy);
}

/// The ids in an OffsetFetch answer whose names are not known yet.
pub(super) fn unknown_ids_in_groups(
    root: &View<'_>,
    policy: &Policy<'_>,
) -> Result<Option<Vec<TopicId>>, Fatal> {
    let find = || -> Result<Vec<TopicId>, CodecError> {
        let mut unknown = Vec::new();
        let Some(groups) = root.array(f::GROUPS)? else { return Ok(unknown) };
        for group in groups.views() {
            let Some(topics) = group?.array(f::TOPICS)? else { continue };
            for topic in topics.views() {
                let topic = topic?;
                if topic.has(f::TOPIC_ID) {
                    let id = topic.uuid(f::TOPIC_ID)?;
                    if id != NO_TOPIC_ID && policy.topic_name(&id).is_none() {
                        unknown.push(id);
                    }
                }
            }
        }
        Ok(unknown)
    };
    let unknown = find().map_err(Fatal::UpstreamMalformed)?;
    Ok((!unknown.is_empty()).then_some(unknown))
}

/// Groups whose members read a topic that the caller may not see are refused whole, as in Kafka.
pub(super) fn described_groups(tree: &mut Tree, api: &'static Api, policy: &mut Policy<'_>) {
    let Some(schema) = element_schema(api.response.root, f::GROUPS) else { return };
    for group in tree.structs_mut(f::GROUPS) {
        if every_topic(schema, group, &mut |name| sees_topic(policy, name)) {
            continue;
        }
        let id = group.string(f::GROUP_ID).unwrap_or_default().to_owned();
        *group = Tree::new().with(f::GROUP_ID, id);
        set_error(group, ErrorCode::TOPIC_AUTHORIZATION_FAILED);
    }
}

fn element_schema(schema: &'static StructSchema, field: Field) -> Option<&'static StructSchema> {
    schema.field(field).and_then(|found| found.kind.structure())
}

/// Whether `check` holds for every topic name anywhere inside, by the definitions' own marks.
fn every_topic(schema: &StructSchema, tree: &Tree, check: &mut impl FnMut(&str) -> bool) -> bool {
    schema.fields.iter().all(|field| match (tree.get(field.field), field.entity, field.kind.structure()) {
        (Some(Value::String(name)), Entity::TopicName, _) => check(name),
        (Some(Value::Array(values)), Entity::TopicName, None) => {
            values.iter().all(|value| if let Value::String(name) = value { check(name) } else { true })
        }
        (Some(Value::Array(values)), _, Some(inner)) => values.iter().all(|value| {
            if let Value::Struct(tree) = value { every_topic(inner, tree, check) } else { true }
        }),
        (Some(Value::Struct(inside)), _, Some(inner)) => every_topic(inner, inside, check),
        _ => true,
    })
}

/// A page of topics. One that ends on a hidden topic's name is gone on with, because the name itself must not be told.
pub(super) fn partitions(
    answer: &mut Answer<'_>,
    awaited: &mut Awaited,
    policy: &mut Policy<'_>,
    route: &Route,
) -> Result<Option<Passed>, Fatal> {
    let tree = answer.tree()?;
    learn_topics(tree, f::TOPICS, policy.topics);
    topics(tree, policy);
    operations::topics_and_cluster(tree, policy, route);
    let hidden = tree.structure(f::NEXT_CURSOR).filter(|cursor| {
        let name = cursor.string(f::TOPIC_NAME).unwrap_or_default();
        !sees_topic(policy, name)
    });
    match hidden.cloned() {
        Some(cursor) if awaited.plan.all => {
            if let Some(Value::Array(page)) = tree.remove(f::TOPICS) {
                awaited.plan.gathered.extend(page);
            }
            return Ok(Some(Passed::Continue { cursor }));
        }
        // Of the topics that the client named, none that it may still see comes after a hidden one it was allowed to name.
        Some(_) => {
            tree.set(f::NEXT_CURSOR, Value::Null);
        }
        None => {}
    }
    let gathered = std::mem::take(&mut awaited.plan.gathered);
    if !gathered.is_empty() {
        let page = tree.remove(f::TOPICS);
        tree.set(f::TOPICS, Value::Array(gathered));
        if let Some(Value::Array(page)) = page {
            page.into_iter().for_each(|topic| append(tree, f::TOPICS, topic));
        }
    }
    Ok(None)
}
