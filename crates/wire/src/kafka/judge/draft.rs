//! A request while it is judged: what is cleared, what is cut out, what is changed, and what its answer will need.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use smallvec::SmallVec;
use tidegate_model::{Action, Resource, ResourceKind};

use super::clearance::{Cleared, Name, Outbound, Unjudged};
use super::mirror;
use super::policy::Policy;
use super::{Outcome, Question, Stop};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{self, Api, Array, Field, RequestHeader, Tree, Value, View, field as f};
use crate::kafka::session::fatal::Fatal;
use crate::kafka::topics::{NO_TOPIC_ID, TopicId};

/// One request as it came, read and found well-formed.
pub(crate) struct Request<'a> {
    pub(crate) api: &'static Api,
    pub(crate) header: RequestHeader<'a>,
    /// The whole frame, length prefix included.
    pub(crate) wire: &'a Bytes,
    pub(crate) body: &'a Bytes,
    pub(crate) root: View<'a>,
    /// The header or the body has tagged fields that the definitions do not know; they are left out on the way, as an older
    /// broker would leave them unread.
    pub(crate) has_unknown_tags: bool,
}

/// How elements of an array name their resource.
#[derive(Clone, Copy)]
pub(crate) enum Naming {
    /// The element is the name.
    Value,
    /// In a field.
    Field(Field),
    /// In a field, or by topic id in another.
    FieldOrId(Field, Field),
    /// By topic id.
    Id(Field),
}

/// What the answer must still be given when the broker's part of it arrives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// Refused elements, to be put into the answer's arrays.
    pub(crate) merge: Vec<(Field, Value)>,
    /// Refused topics of a group, by the group's name.
    pub(crate) merge_in_group: BTreeMap<String, Vec<Value>>,
    /// The client named topics by their ids: one it may not see is answered as unknown instead of left out.
    pub(crate) by_id: bool,
    /// The client named no topic and so asked for all: those it may not see are left out.
    pub(crate) all: bool,
    /// Topics of the pages before, where a page ended on the name of a hidden topic.
    pub(crate) gathered: Vec<Value>,
}

impl Plan {
    /// How many refused elements wait in it.
    pub(crate) fn refusals(&self) -> usize {
        self.merge.len() + self.merge_in_group.values().map(Vec::len).sum::<usize>()
    }
}

pub(crate) struct Draft<'a> {
    pub(crate) request: &'a Request<'a>,
    pub(crate) plan: Plan,
    cleared: Cleared<'a>,
    /// What is cut, by array and index.
    cuts: BTreeMap<(Field, usize), ErrorCode>,
    /// Topics that are cut, by the group's index and their own.
    group_cuts: BTreeMap<(usize, usize), ErrorCode>,
    sets: SmallVec<[(Field, Value); 2]>,
    always_forward: bool,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(request: &'a Request<'a>) -> Self {
        Self {
            request,
            plan: Plan::default(),
            cleared: Cleared::default(),
            cuts: BTreeMap::new(),
            group_cuts: BTreeMap::new(),
            sets: SmallVec::new(),
            always_forward: false,
        }
    }

    pub(crate) fn root(&self) -> View<'a> {
        self.request.root
    }

    pub(crate) fn version(&self) -> i16 {
        self.request.header.version
    }

    /// Forwarded even when nothing is left of it, so that both ends count the same session epochs.
    pub(crate) fn always_forward(&mut self) {
        self.always_forward = true;
    }

    /// Changes a field of the request.
    pub(crate) fn set(&mut self, field: Field, value: impl Into<Value>) {
        self.sets.push((field, value.into()));
    }

    /// Decides one operation and spends its permit.
    pub(crate) fn clear(
        &mut self,
        policy: &mut Policy<'_>,
        action: Action,
        kind: ResourceKind,
        name: Name<'a>,
    ) -> bool {
        policy.clear(&mut self.cleared, action, kind, name)
    }

    /// The request stands or falls with this one resource.
    pub(crate) fn whole(
        &mut self,
        policy: &mut Policy<'_>,
        action: Action,
        resource: Resource<'a>,
        error: ErrorCode,
    ) -> Result<(), Stop> {
        if self.clear(policy, action, resource.kind, Name::Borrowed(resource.name)) {
            Ok(())
        } else {
            Err(Stop::Refused(error))
        }
    }

    /// The request stands or falls with the resource named in a field of its root. No name is the empty name.
    pub(crate) fn whole_named(
        &mut self,
        policy: &mut Policy<'_>,
        action: Action,
        kind: ResourceKind,
        field: Field,
        error: ErrorCode,
    ) -> Result<(), Stop> {
        let name = self.root().string(field)?.unwrap_or_default();
        self.whole(policy, action, Resource { kind, name }, error)
    }

    /// Each element of a root array stands or falls by itself: what is refused is cut out and answered here.
    pub(crate) fn each(
        &mut self,
        policy: &mut Policy<'_>,
        array: Field,
        naming: Naming,
        (kind, action): (ResourceKind, Action),
        error: ErrorCode,
    ) -> Result<(), Stop> {
        let Some(elements) = self.root().array(array)? else { return Ok(()) };
        for (index, name) in names(policy, &elements, naming)?.into_iter().enumerate() {
            let refused = match name {
                Err(unnamed) => Some(unnamed),
                Ok(name) => (!self.clear(policy, action, kind, name)).then_some(error),
            };
            if let Some(error) = refused {
                self.cut(array, index, error);
            }
        }
        Ok(())
    }

    /// Takes one element out of a root array and answers it with `error`.
    pub(crate) fn cut(&mut self, array: Field, index: usize, error: ErrorCode) {
        self.cuts.entry((array, index)).or_insert(error);
    }

    pub(crate) fn is_cut(&self, array: Field, index: usize) -> bool {
        self.cuts.contains_key(&(array, index))
    }

    pub(crate) fn has_cuts(&self) -> bool {
        !self.cuts.is_empty() || !self.group_cuts.is_empty()
    }

    /// Takes one topic out of one group of the request.
    pub(crate) fn cut_in_group(&mut self, group: usize, topic: usize, error: ErrorCode) {
        self.group_cuts.entry((group, topic)).or_insert(error);
    }

    /// Ends the judging: the request as it may go out, or the answer if nothing is left of it.
    pub(crate) fn finish(mut self) -> Result<Outcome, Stop> {
        let api = self.request.api;
        if !self.has_cuts() && self.sets.is_empty() && !self.request.has_unknown_tags {
            let outbound =
                Outbound::release(self.request.wire.clone(), api.key, &self.request.root, &self.cleared)
                    .map_err(Fatal::Unjudged)?;
            return Ok(Outcome::Forward { outbound, plan: self.plan });
        }
        let mut tree = self.request.root.to_tree(self.request.body)?;
        let cuts = self.cuts.len() + self.group_cuts.len();
        let something_left = self.apply_cuts(&mut tree);
        if self.plan.refusals() != cuts {
            return Err(Fatal::Unjudged(Unjudged::Uncut).into());
        }
        for (field, value) in std::mem::take(&mut self.sets) {
            tree.set(field, value);
        }
        if !something_left && !self.always_forward {
            return Ok(Outcome::Answer(self.answer_alone()));
        }
        self.release_changed(&tree)
    }

    fn release_changed(self, tree: &Tree) -> Result<Outcome, Stop> {
        let (api, header) = (self.request.api, &self.request.header);
        let wire = codec::encode_request(api, header.version, header.correlation_id, header.client_id, tree)
            .map_err(Fatal::Encode)?;
        let payload = wire.slice(codec::frame::PREFIX..);
        let body = payload.slice(codec::request_header(&payload)?.body_at..);
        let root = View::root(&api.request, header.version, &body)?;
        let outbound = Outbound::release(wire, api.key, &root, &self.cleared).map_err(Fatal::Unjudged)?;
        Ok(Outcome::Forward { outbound, plan: self.plan })
    }

    /// Moves what is cut from the request into the plan for the answer. Says whether the arrays cut still hold anything.
    fn apply_cuts(&mut self, tree: &mut Tree) -> bool {
        let (api, version) = (self.request.api, self.version());
        self.apply_group_cuts(tree);
        let mut left = self.cuts.is_empty();
        let arrays: BTreeSet<Field> = self.cuts.keys().map(|(array, _)| *array).collect();
        for mirror in mirror::mirrors(api.key).iter().filter(|m| arrays.contains(&m.request())) {
            let Some(elements) = tree.array_mut(mirror.request()) else { continue };
            let mut kept = Vec::with_capacity(elements.len());
            for (index, element) in std::mem::take(elements).into_iter().enumerate() {
                match self.cuts.get(&(mirror.request(), index)) {
                    None => kept.push(element),
                    Some(error) => {
                        let refused = mirror.element(api.response.root, version, &element, *error);
                        self.plan.merge.push((mirror.answer(), refused));
                    }
                }
            }
            left |= !kept.is_empty();
            *elements = kept;
        }
        left
    }

    fn apply_group_cuts(&mut self, tree: &mut Tree) {
        let Some(mirror) = mirror::topic_in_group(self.request.api.key) else { return };
        let (response, version) = (self.request.api.response.root, self.version());
        let Some(schema) = group_schema(response) else { return };
        for (index, group) in tree.structs_mut(f::GROUPS).enumerate() {
            if self.group_cuts.range((index, 0)..(index + 1, 0)).next().is_none() {
                continue;
            }
            let name = group.string(f::GROUP_ID).unwrap_or_default().to_owned();
            let Some(topics) = group.array_mut(mirror.request()) else { continue };
            let merged = self.plan.merge_in_group.entry(name).or_default();
            let mut kept = Vec::with_capacity(topics.len());
            for (at, topic) in std::mem::take(topics).into_iter().enumerate() {
                match self.group_cuts.get(&(index, at)) {
                    None => kept.push(topic),
                    Some(error) => merged.push(mirror.element(schema, version, &topic, *error)),
                }
            }
            *topics = kept;
        }
    }

    /// The answer when every element was refused.
    fn answer_alone(&mut self) -> Tree {
        let mut answer = Tree::new();
        for (array, element) in std::mem::take(&mut self.plan.merge) {
            append(&mut answer, array, element);
        }
        answer
    }
}

/// Puts one more element into an array, which starts empty where it is absent.
pub(crate) fn append(tree: &mut Tree, array: Field, element: Value) {
    match tree.array_mut(array) {
        Some(elements) => elements.push(element),
        None => {
            tree.set(array, Value::Array(vec![element]));
        }
    }
}

fn group_schema(response: &'static codec::StructSchema) -> Option<&'static codec::StructSchema> {
    response.fields.iter().find(|m| m.field == f::GROUPS).and_then(|m| match &m.kind {
        codec::Kind::Array(codec::Kind::Struct(schema)) => Some(*schema),
        _ => None,
    })
}

type Named<'a> = Result<Name<'a>, ErrorCode>;

/// The name of each element; a topic id that even the broker does not know is an error for that element.
pub(crate) fn names<'a>(
    policy: &mut Policy<'_>,
    elements: &Array<'a>,
    naming: Naming,
) -> Result<SmallVec<[Named<'a>; 4]>, Stop> {
    let mut names = SmallVec::with_capacity(elements.len());
    match naming {
        Naming::Value => {
            for name in elements.strings() {
                names.push(Ok(Name::Borrowed(name?)));
            }
        }
        Naming::Field(field) => {
            for element in elements.views() {
                names.push(Ok(Name::Borrowed(element?.string(field)?.unwrap_or_default())));
            }
        }
        Naming::FieldOrId(field, id) => {
            let mut unknown = BTreeSet::new();
            for element in elements.views() {
                let element = element?;
                let id = if element.has(id) { element.uuid(id)? } else { NO_TOPIC_ID };
                names.push(match (element.string(field)?, id) {
                    (Some(name), NO_TOPIC_ID) => Ok(Name::Borrowed(name)),
                    // Which of the two the broker would go by is not for us to guess.
                    (Some(_), _) => Err(ErrorCode::INVALID_REQUEST),
                    (None, id) => name_of_id(policy, id, &mut unknown),
                });
            }
            ask_for(unknown)?;
        }
        Naming::Id(id) => {
            let mut unknown = BTreeSet::new();
            for element in elements.views() {
                names.push(name_of_id(policy, element?.uuid(id)?, &mut unknown));
            }
            ask_for(unknown)?;
        }
    }
    Ok(names)
}

fn ask_for(unknown: BTreeSet<TopicId>) -> Result<(), Stop> {
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Stop::Ask(Question::TopicNames(unknown.into_iter().collect())))
}

fn name_of_id<'a>(policy: &Policy<'_>, id: TopicId, unknown: &mut BTreeSet<TopicId>) -> Named<'a> {
    if let Some(name) = policy.topic_name(&id) {
        return Ok(Name::OfId(id, name));
    }
    if !policy.has_asked(&id) && id != NO_TOPIC_ID {
        unknown.insert(id);
    }
    Err(ErrorCode::UNKNOWN_TOPIC_ID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kafka::codec::frame::PREFIX;
    use crate::kafka::versions::key;

    #[test]
    fn what_cannot_be_taken_out_ends_the_connection_instead_of_going_on() {
        // No answer to ListGroups repeats its filters, so nothing says where a refused one would be told.
        let api = codec::api(key::LIST_GROUPS).unwrap();
        let body = Tree::new().with(f::STATES_FILTER, vec!["Stable"]);
        let wire = codec::encode_request(api, 4, 1, None, &body).unwrap();
        let payload = wire.slice(PREFIX..);
        let header = codec::request_header(&payload).unwrap();
        let body = payload.slice(header.body_at..);
        let root = View::root(&api.request, 4, &body).unwrap();
        let request = Request { api, header, wire: &wire, body: &body, root, has_unknown_tags: false };
        let mut draft = Draft::new(&request);
        draft.always_forward();
        draft.cut(f::STATES_FILTER, 0, ErrorCode::GROUP_AUTHORIZATION_FAILED);
        assert!(matches!(draft.finish(), Err(Stop::Fatal(Fatal::Unjudged(Unjudged::Uncut)))));
    }
}
