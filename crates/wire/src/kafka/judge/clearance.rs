//! What a request has been cleared for, and the only way out to the broker.
//!
//! A request is built into an [`Outbound`] only here, from permits that deciding issued, and only after a second look that does
//! not trust the rules: every topic, group and transactional id that the outgoing bytes name, by the definitions' own marks, must
//! have had its permit. A rule that forgets a field makes the request fail, not pass.

use std::sync::Arc;

use bytes::Bytes;
use smallvec::SmallVec;
use tidegate_model::{Operation, Permit, ResourceKind};

use crate::kafka::codec::{CodecError, Entity, Field, Kind, StructSchema, View, field};
use crate::kafka::topics::{NO_TOPIC_ID, TopicId};
use crate::kafka::versions::key;

/// A resource name, borrowed from the request or found by the topic id that stands there.
#[derive(Clone, Debug)]
pub(crate) enum Name<'a> {
    Borrowed(&'a str),
    OfId(TopicId, Arc<str>),
}

impl Name<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(name) => name,
            Self::OfId(_, name) => name,
        }
    }
}

/// The resources of one request for which permits were spent. A request may name a million, so nothing here is searched while
/// it grows.
#[derive(Debug, Default)]
pub(crate) struct Cleared<'a> {
    resources: SmallVec<[(ResourceKind, Name<'a>); 4]>,
    /// The topics among them that the request names by id.
    ids: SmallVec<[TopicId; 2]>,
    cluster: bool,
}

impl<'a> Cleared<'a> {
    /// Spends `permit` on `operation`. A permit for another operation clears nothing.
    pub(crate) fn spend(&mut self, permit: Permit, operation: &Operation<'_>, name: Name<'a>) -> bool {
        if permit.redeem(operation).is_err() {
            return false;
        }
        if let Name::OfId(id, _) = &name {
            self.ids.push(*id);
        }
        match operation.resource.kind {
            ResourceKind::Cluster => self.cluster = true,
            kind => self.resources.push((kind, name)),
        }
        true
    }

    fn has(&self, kind: ResourceKind, name: &str) -> bool {
        self.resources.iter().any(|(cleared, held)| *cleared == kind && held.as_str() == name)
    }
}

/// A request that may go to the broker: length prefix, header and body.
#[derive(Debug)]
pub(crate) struct Outbound {
    bytes: Bytes,
}

impl Outbound {
    /// Releases `bytes`, whose body is seen as `root`, when everything it names is cleared.
    pub(crate) fn release(
        bytes: Bytes,
        api_key: i16,
        root: &View<'_>,
        cleared: &Cleared<'_>,
    ) -> Result<Self, Unjudged> {
        let by_cluster = cleared.cluster && names_topics_by_cluster_right(api_key);
        if !by_cluster {
            Survey { api_key, cleared, sorted: None }.structure(root)?;
        }
        Ok(Self { bytes })
    }

    /// A question of the gateway itself: about what the client named, and answered to the gateway alone.
    pub(crate) fn question(bytes: Bytes) -> Self {
        Self { bytes }
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        self.bytes
    }
}

/// Requests whose right is one over the cluster, whatever topics they name.
fn names_topics_by_cluster_right(api_key: i16) -> bool {
    matches!(
        api_key,
        key::WRITE_TXN_MARKERS
            | key::ALTER_REPLICA_LOG_DIRS
            | key::DESCRIBE_LOG_DIRS
            | key::ELECT_LEADERS
            | key::ALTER_PARTITION_REASSIGNMENTS
            | key::LIST_PARTITION_REASSIGNMENTS
            | key::DESCRIBE_QUORUM
    )
}

/// Something outgoing names a resource that no permit covers: a defect of the rules, answered by refusing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// The field that names it.
    Field(&'static str),
    /// Something refused is still in it.
    Uncut,
    /// The outgoing bytes could not be read back.
    Malformed(CodecError),
}

impl std::fmt::Display for Unjudged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field(field) => write!(f, "field {field} names a resource that no permit covers"),
            Self::Uncut => f.write_str("a refused part could not be taken out of the request"),
            Self::Malformed(error) => write!(f, "the outgoing request cannot be read back: {error}"),
        }
    }
}

impl From<CodecError> for Unjudged {
    fn from(error: CodecError) -> Self {
        Self::Malformed(error)
    }
}

fn resource_kind(entity: Entity) -> Option<ResourceKind> {
    match entity {
        Entity::TopicName => Some(ResourceKind::Topic),
        Entity::GroupId => Some(ResourceKind::Group),
        Entity::TransactionalId => Some(ResourceKind::TransactionalId),
        Entity::None | Entity::BrokerId | Entity::ProducerId => None,
    }
}

/// What names topics to no effect: those that a fetch lets go of or a member says it holds, and ids in Metadata, whose answer is
/// judged by the names that the broker gives.
fn is_exempt(api_key: i16, field: Field) -> bool {
    match field {
        field::FORGOTTEN_TOPICS_DATA => true,
        field::TOPIC_PARTITIONS => api_key == key::CONSUMER_GROUP_HEARTBEAT,
        field::TOPIC_ID => api_key == key::METADATA,
        _ => false,
    }
}

fn names_anything(schema: &StructSchema) -> bool {
    schema.fields.iter().any(|f| {
        f.field == field::TOPIC_ID
            || resource_kind(f.entity).is_some()
            || inner(&f.kind).is_some_and(names_anything)
    })
}

fn inner(kind: &Kind) -> Option<&'static StructSchema> {
    match kind {
        Kind::Struct(schema) => Some(schema),
        Kind::Array(element) => inner(element),
        _ => None,
    }
}

struct Survey<'s, 'c> {
    api_key: i16,
    cleared: &'s Cleared<'c>,
    /// What is cleared in order, made when there is too much to search one by one.
    sorted: Option<Sorted<'s>>,
}

/// Sorted, not hashed: clients choose the names, and could choose ones that collide.
struct Sorted<'s> {
    names: Vec<(ResourceKind, &'s str)>,
    ids: Vec<TopicId>,
}

/// From this many cleared names on, they are sorted.
const SORTED_FROM: usize = 16;

impl<'s> Survey<'s, '_> {
    fn structure(&mut self, view: &View<'_>) -> Result<(), Unjudged> {
        for f in view.schema().fields {
            if is_exempt(self.api_key, f.field) || !view.has(f.field) {
                continue;
            }
            match (resource_kind(f.entity), &f.kind) {
                (None, Kind::Uuid) if f.field == field::TOPIC_ID => {
                    let id = view.uuid(f.field)?;
                    if id != NO_TOPIC_ID && !self.is_cleared_id(&id) {
                        return Err(Unjudged::Field(f.field.name()));
                    }
                }
                (Some(kind), Kind::String) => {
                    if let Some(name) = view.string(f.field)? {
                        self.named(kind, name, f.field)?;
                    }
                }
                (Some(kind), Kind::Array(_)) => self.list(view, kind, f.field)?,
                (_, kind) => self.nested(view, kind, f.field)?,
            }
        }
        Ok(())
    }

    fn list(&mut self, view: &View<'_>, kind: ResourceKind, field: Field) -> Result<(), Unjudged> {
        let Some(names) = view.array(field)? else { return Ok(()) };
        for name in names.strings() {
            self.named(kind, name?, field)?;
        }
        Ok(())
    }

    fn nested(&mut self, view: &View<'_>, kind: &Kind, field: Field) -> Result<(), Unjudged> {
        if !inner(kind).is_some_and(names_anything) {
            return Ok(());
        }
        match kind {
            Kind::Struct(_) => match view.structure(field)? {
                Some(inside) => self.structure(&inside),
                None => Ok(()),
            },
            _ => {
                let Some(elements) = view.array(field)? else { return Ok(()) };
                for element in elements.views() {
                    self.structure(&element?)?;
                }
                Ok(())
            }
        }
    }

    fn named(&mut self, kind: ResourceKind, name: &str, field: Field) -> Result<(), Unjudged> {
        if self.is_cleared(kind, name) { Ok(()) } else { Err(Unjudged::Field(field.name())) }
    }

    fn is_cleared(&mut self, kind: ResourceKind, name: &str) -> bool {
        if self.cleared.resources.len() < SORTED_FROM {
            return self.cleared.has(kind, name);
        }
        self.sorted().names.binary_search(&(kind, name)).is_ok()
    }

    fn is_cleared_id(&mut self, id: &TopicId) -> bool {
        if self.cleared.ids.len() < SORTED_FROM {
            return self.cleared.ids.contains(id);
        }
        self.sorted().ids.binary_search(id).is_ok()
    }

    fn sorted(&mut self) -> &Sorted<'s> {
        let cleared: &'s Cleared<'_> = self.cleared;
        self.sorted.get_or_insert_with(|| {
            let mut names: Vec<_> =
                cleared.resources.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
            let mut ids = cleared.ids.to_vec();
            names.sort_unstable();
            ids.sort_unstable();
            Sorted { names, ids }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kafka::codec::{self, Tree, Value};

    /// A body with every field of the version set, each name to `name` and each id to another than none.
    fn full(schema: &'static StructSchema, version: i16, name: &str) -> Tree {
        let mut tree = Tree::new();
        for f in schema.fields.iter().filter(|f| f.versions.contains(version)) {
            tree.set(f.field, value(&f.kind, version, name));
        }
        tree
    }

    fn value(kind: &'static Kind, version: i16, name: &str) -> Value {
        match kind {
            Kind::Bool => Value::Bool(true),
            Kind::Float64 => Value::Float(1.0),
            Kind::Uuid => Value::Uuid([7; 16]),
            Kind::String => Value::String(name.to_owned()),
            Kind::Bytes | Kind::Records => Value::Bytes(Bytes::new()),
            Kind::Struct(inner) => Value::Struct(full(inner, version, name)),
            Kind::Array(element) => Value::Array(vec![value(element, version, name)]),
            _ => Value::Int(1),
        }
    }

    fn release(api: &'static codec::Api, version: i16, cleared: &Cleared<'_>) -> Result<Outbound, Unjudged> {
        let tree = full(api.request.root, version, "a");
        let wire = codec::encode_request(api, version, 1, None, &tree).unwrap();
        let payload = wire.slice(codec::frame::PREFIX..);
        let body = payload.slice(codec::request_header(&payload).unwrap().body_at..);
        let root = View::root(&api.request, version, &body).unwrap();
        Outbound::release(wire, api.key, &root, cleared)
    }

    fn marks_a_name(schema: &'static StructSchema, version: i16) -> bool {
        schema.fields.iter().filter(|f| f.versions.contains(version)).any(|f| {
            let named = resource_kind(f.entity).is_some() || f.field == field::TOPIC_ID;
            named || inner(&f.kind).is_some_and(|inner| marks_a_name(inner, version))
        })
    }

    #[test]
    fn without_a_permit_no_request_that_names_something_is_released() {
        let mut refused = 0;
        for api in codec::APIS {
            for version in api.request.versions.iter() {
                let released = release(api, version, &Cleared::default()).is_ok();
                assert_eq!(released, !marks_a_name(api.request.root, version), "{} v{version}", api.name);
                refused += usize::from(!released);
            }
        }
        assert!(refused > 200, "{refused}");
    }

    #[test]
    fn the_right_over_the_cluster_releases_only_requests_that_need_no_other() {
        let cleared = Cleared { cluster: true, ..Cleared::default() };
        for api in codec::APIS {
            let version = api.request.versions.max;
            let expected = names_topics_by_cluster_right(api.key) || !marks_a_name(api.request.root, version);
            assert_eq!(release(api, version, &cleared).is_ok(), expected, "{}", api.name);
        }
    }

    #[test]
    fn a_name_is_cleared_for_its_kind_and_an_id_for_itself() {
        let api = |key| codec::api(key).unwrap();
        let cleared = |kind, name| {
            let mut cleared = Cleared::default();
            cleared.resources.push((kind, name));
            cleared
        };
        let group = cleared(ResourceKind::Group, Name::Borrowed("a"));
        let topic = cleared(ResourceKind::Topic, Name::Borrowed("a"));
        assert!(release(api(key::JOIN_GROUP), 9, &group).is_ok());
        assert_eq!(release(api(key::JOIN_GROUP), 9, &topic).unwrap_err(), Unjudged::Field("GroupId"));
        assert!(release(api(key::LIST_OFFSETS), 5, &topic).is_ok());
        assert_eq!(release(api(key::LIST_OFFSETS), 5, &group).unwrap_err(), Unjudged::Field("Name"));
        // The name of a topic does not clear an id that stands in its place.
        assert_eq!(release(api(key::FETCH), 17, &topic).unwrap_err(), Unjudged::Field("TopicId"));
        let by_id = Cleared { ids: smallvec::smallvec![[7; 16]], ..Cleared::default() };
        assert!(release(api(key::FETCH), 17, &by_id).is_ok());
        let other = Cleared { ids: smallvec::smallvec![[8; 16]; SORTED_FROM + 1], ..Cleared::default() };
        assert_eq!(release(api(key::FETCH), 17, &other).unwrap_err(), Unjudged::Field("TopicId"));
    }

    #[test]
    fn many_names_are_found_as_one_is() {
        let names: Vec<String> = (0..=SORTED_FROM).map(|at| format!("t{at}")).collect();
        let mut cleared = Cleared::default();
        cleared.resources.extend(names.iter().map(|name| (ResourceKind::Topic, Name::Borrowed(name))));
        let api = codec::api(key::LIST_OFFSETS).unwrap();
        assert_eq!(release(api, 5, &cleared).unwrap_err(), Unjudged::Field("Name"));
        cleared.resources.push((ResourceKind::Topic, Name::Borrowed("a")));
        assert!(release(api, 5, &cleared).is_ok());
    }
}
