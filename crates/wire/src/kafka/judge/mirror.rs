//! How a refusal looks: which part of an answer repeats which part of the request, and where the error stands.

use bytes::Bytes;

use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{Api, Field, FieldSchema, Kind, StructSchema, Tree, Value, field as f};
use crate::kafka::versions::key;

/// One array of an answer that repeats an array of its request.
pub(crate) struct Mirror {
    /// The array in the answer.
    answer: Field,
    /// The array in the request.
    request: Field,
    /// Fields of an answer's element and the request's field each is copied from.
    copy: &'static [(Field, Field)],
    /// Where the request's elements are plain values: the answer's field that takes it.
    value: Option<Field>,
    /// Values that Kafka gives beside an error, where they are not the definitions' defaults.
    set: &'static [(Field, i64)],
    /// The array inside, where errors stand on the inner elements.
    inner: Option<&'static Mirror>,
}

const fn named(answer: Field, request: Field, copy: &'static [(Field, Field)]) -> Mirror {
    Mirror { answer, request, copy, value: None, set: &[], inner: None }
}

const fn nested(
    answer: Field,
    request: Field,
    copy: &'static [(Field, Field)],
    inner: &'static Mirror,
) -> Mirror {
    Mirror { answer, request, copy, value: None, set: &[], inner: Some(inner) }
}

const fn valued(answer: Field, request: Field, value: Field) -> Mirror {
    Mirror { answer, request, copy: &[], value: Some(value), set: &[], inner: None }
}

const NAME_AND_ID: &[(Field, Field)] = &[(f::NAME, f::NAME), (f::TOPIC_ID, f::TOPIC_ID)];
const TOPIC_AND_ID: &[(Field, Field)] = &[(f::TOPIC, f::TOPIC), (f::TOPIC_ID, f::TOPIC_ID)];
const TOPIC_NAME: &[(Field, Field)] = &[(f::TOPIC_NAME, f::TOPIC_NAME)];
const INDEX: &[(Field, Field)] = &[(f::PARTITION_INDEX, f::PARTITION_INDEX)];
const RESOURCE: &[(Field, Field)] =
    &[(f::RESOURCE_TYPE, f::RESOURCE_TYPE), (f::RESOURCE_NAME, f::RESOURCE_NAME)];

static PARTITIONS: Mirror = named(f::PARTITIONS, f::PARTITIONS, INDEX);
static PARTITION_VALUES: Mirror = valued(f::PARTITIONS, f::PARTITIONS, f::PARTITION_INDEX);

static PRODUCE: [Mirror; 1] = [nested(f::RESPONSES, f::TOPIC_DATA, NAME_AND_ID, &PRODUCE_PARTITION)];
static PRODUCE_PARTITION: Mirror = Mirror {
    set: &[(f::BASE_OFFSET, -1)],
    ..named(f::PARTITION_RESPONSES, f::PARTITION_DATA, &[(f::INDEX, f::INDEX)])
};
static FETCH: [Mirror; 1] = [nested(f::RESPONSES, f::TOPICS, TOPIC_AND_ID, &FETCH_PARTITION)];
static FETCH_PARTITION: Mirror = Mirror {
    set: &[(f::HIGH_WATERMARK, -1)],
    ..named(f::PARTITIONS, f::PARTITIONS, &[(f::PARTITION_INDEX, f::PARTITION)])
};
static SHARE: [Mirror; 1] = [nested(f::RESPONSES, f::TOPICS, &[(f::TOPIC_ID, f::TOPIC_ID)], &PARTITIONS)];
static TOPIC_PARTITIONS: [Mirror; 1] = [nested(f::TOPICS, f::TOPICS, NAME_AND_ID, &PARTITIONS)];
static METADATA: [Mirror; 1] = [named(f::TOPICS, f::TOPICS, NAME_AND_ID)];
static OFFSET_FETCH: [Mirror; 2] = [
    nested(f::TOPICS, f::TOPICS, NAME_AND_ID, &FETCHED_OFFSET),
    named(f::GROUPS, f::GROUPS, &[(f::GROUP_ID, f::GROUP_ID)]),
];
static FETCHED_OFFSET: Mirror = Mirror {
    set: &[(f::COMMITTED_OFFSET, -1)],
    ..valued(f::PARTITIONS, f::PARTITION_INDEXES, f::PARTITION_INDEX)
};
static FIND_COORDINATOR: [Mirror; 1] = [Mirror {
    set: &[(f::NODE_ID, -1), (f::PORT, -1)],
    ..valued(f::COORDINATORS, f::COORDINATOR_KEYS, f::KEY)
}];
static DESCRIBE_GROUPS: [Mirror; 1] = [valued(f::GROUPS, f::GROUPS, f::GROUP_ID)];
static GROUP_DESCRIBE: [Mirror; 1] = [valued(f::GROUPS, f::GROUP_IDS, f::GROUP_ID)];
static CREATE_TOPICS: [Mirror; 1] = [named(f::TOPICS, f::TOPICS, NAME_AND_ID)];
static DELETE_TOPICS: [Mirror; 2] =
    [named(f::RESPONSES, f::TOPICS, NAME_AND_ID), valued(f::RESPONSES, f::TOPIC_NAMES, f::NAME)];
static DELETE_RECORDS: [Mirror; 1] = [nested(f::TOPICS, f::TOPICS, NAME_AND_ID, &DELETED_RECORDS)];
static DELETED_RECORDS: Mirror =
    Mirror { set: &[(f::LOW_WATERMARK, -1)], ..named(f::PARTITIONS, f::PARTITIONS, INDEX) };
static OFFSET_FOR_LEADER_EPOCH: [Mirror; 1] = [nested(
    f::TOPICS,
    f::TOPICS,
    &[(f::TOPIC, f::TOPIC)],
    &named(f::PARTITIONS, f::PARTITIONS, &[(f::PARTITION, f::PARTITION)]),
)];
static ADD_PARTITIONS: [Mirror; 1] = [nested(
    f::RESULTS_BY_TOPIC_V3_AND_BELOW,
    f::V3_AND_BELOW_TOPICS,
    &[(f::NAME, f::NAME)],
    &valued(f::RESULTS_BY_PARTITION, f::PARTITIONS, f::PARTITION_INDEX),
)];
static MARKERS: [Mirror; 1] =
    [nested(f::MARKERS, f::MARKERS, &[(f::PRODUCER_ID, f::PRODUCER_ID)], &MARKER_TOPICS)];
static MARKER_TOPICS: Mirror = nested(f::TOPICS, f::TOPICS, &[(f::NAME, f::NAME)], &MARKER_PARTITIONS);
static MARKER_PARTITIONS: Mirror = valued(f::PARTITIONS, f::PARTITION_INDEXES, f::PARTITION_INDEX);
static CREATE_ACLS: [Mirror; 1] = [named(f::RESULTS, f::CREATIONS, &[])];
static DELETE_ACLS: [Mirror; 1] = [named(f::FILTER_RESULTS, f::FILTERS, &[])];
static DESCRIBE_CONFIGS: [Mirror; 1] = [named(f::RESULTS, f::RESOURCES, RESOURCE)];
static ALTER_CONFIGS: [Mirror; 1] = [named(f::RESPONSES, f::RESOURCES, RESOURCE)];
static CREATE_PARTITIONS: [Mirror; 1] = [named(f::RESULTS, f::TOPICS, &[(f::NAME, f::NAME)])];
static DELETE_GROUPS: [Mirror; 1] = [valued(f::RESULTS, f::GROUPS_NAMES, f::GROUP_ID)];
static QUOTAS: [Mirror; 1] = [named(f::ENTRIES, f::ENTRIES, &[(f::ENTITY, f::ENTITY)])];
static SCRAM: [Mirror; 2] = [
    named(f::RESULTS, f::DELETIONS, &[(f::USER, f::NAME)]),
    named(f::RESULTS, f::UPSERTIONS, &[(f::USER, f::NAME)]),
];
static PRODUCERS: [Mirror; 1] = [nested(
    f::TOPICS,
    f::TOPICS,
    &[(f::NAME, f::NAME)],
    &valued(f::PARTITIONS, f::PARTITION_INDEXES, f::PARTITION_INDEX),
)];
static TRANSACTIONS: [Mirror; 1] = [valued(f::TRANSACTION_STATES, f::TRANSACTIONAL_IDS, f::TRANSACTIONAL_ID)];
static SHARE_OFFSETS: [Mirror; 1] = [named(f::GROUPS, f::GROUPS, &[(f::GROUP_ID, f::GROUP_ID)])];
static SHARE_OFFSET_TOPIC: Mirror = nested(f::TOPICS, f::TOPICS, TOPIC_NAME, &PARTITION_VALUES);
static ALTER_SHARE_OFFSETS: [Mirror; 1] = [nested(f::RESPONSES, f::TOPICS, TOPIC_NAME, &PARTITIONS)];
static DELETE_SHARE_OFFSETS: [Mirror; 1] = [named(f::RESPONSES, f::TOPICS, TOPIC_NAME)];
static ELECTIONS: [Mirror; 1] = [nested(
    f::REPLICA_ELECTION_RESULTS,
    f::TOPIC_PARTITIONS,
    &[(f::TOPIC, f::TOPIC)],
    &valued(f::PARTITION_RESULT, f::PARTITIONS, f::PARTITION_ID),
)];
static REASSIGNMENTS: [Mirror; 1] =
    [nested(f::RESPONSES, f::TOPICS, &[(f::NAME, f::NAME)], &named(f::PARTITIONS, f::PARTITIONS, INDEX))];
static NONE: [Mirror; 0] = [];

/// How answers of `api_key` repeat their requests.
pub(crate) fn mirrors(api_key: i16) -> &'static [Mirror] {
    match api_key {
        key::PRODUCE => &PRODUCE,
        key::FETCH => &FETCH,
        key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE => &SHARE,
        key::LIST_OFFSETS | key::OFFSET_COMMIT | key::TXN_OFFSET_COMMIT | key::OFFSET_DELETE => {
            &TOPIC_PARTITIONS
        }
        key::METADATA | key::DESCRIBE_TOPIC_PARTITIONS => &METADATA,
        key::OFFSET_FETCH => &OFFSET_FETCH,
        key::FIND_COORDINATOR => &FIND_COORDINATOR,
        key::DESCRIBE_GROUPS => &DESCRIBE_GROUPS,
        key::CONSUMER_GROUP_DESCRIBE | key::SHARE_GROUP_DESCRIBE | key::STREAMS_GROUP_DESCRIBE => {
            &GROUP_DESCRIBE
        }
        key::CREATE_TOPICS => &CREATE_TOPICS,
        key::DELETE_TOPICS => &DELETE_TOPICS,
        key::DELETE_RECORDS => &DELETE_RECORDS,
        key::OFFSET_FOR_LEADER_EPOCH => &OFFSET_FOR_LEADER_EPOCH,
        key::ADD_PARTITIONS_TO_TXN => &ADD_PARTITIONS,
        key::WRITE_TXN_MARKERS => &MARKERS,
        key::CREATE_ACLS => &CREATE_ACLS,
        key::DELETE_ACLS => &DELETE_ACLS,
        key::DESCRIBE_CONFIGS => &DESCRIBE_CONFIGS,
        key::ALTER_CONFIGS | key::INCREMENTAL_ALTER_CONFIGS => &ALTER_CONFIGS,
        key::CREATE_PARTITIONS => &CREATE_PARTITIONS,
        key::DELETE_GROUPS => &DELETE_GROUPS,
        key::ALTER_CLIENT_QUOTAS => &QUOTAS,
        key::ALTER_USER_SCRAM_CREDENTIALS => &SCRAM,
        key::DESCRIBE_PRODUCERS => &PRODUCERS,
        key::DESCRIBE_TRANSACTIONS => &TRANSACTIONS,
        key::DESCRIBE_SHARE_GROUP_OFFSETS => &SHARE_OFFSETS,
        key::ALTER_SHARE_GROUP_OFFSETS => &ALTER_SHARE_OFFSETS,
        key::DELETE_SHARE_GROUP_OFFSETS => &DELETE_SHARE_OFFSETS,
        key::ELECT_LEADERS => &ELECTIONS,
        key::ALTER_PARTITION_REASSIGNMENTS => &REASSIGNMENTS,
        _ => &NONE,
    }
}

/// The mirror for a topic inside a group of an answer, where there is one.
pub(crate) fn topic_in_group(api_key: i16) -> Option<&'static Mirror> {
    match api_key {
        key::OFFSET_FETCH => OFFSET_FETCH.first(),
        key::DESCRIBE_SHARE_GROUP_OFFSETS => Some(&SHARE_OFFSET_TOPIC),
        _ => None,
    }
}

impl Mirror {
    /// The array of the answer.
    pub(crate) fn answer(&self) -> Field {
        self.answer
    }

    /// The array of the request.
    pub(crate) fn request(&self) -> Field {
        self.request
    }

    /// The answer's element for a refused element of the request, fit for `version`; `parent` is the answer's struct around it.
    pub(crate) fn element(
        &self,
        parent: &StructSchema,
        version: i16,
        element: &Value,
        error: ErrorCode,
    ) -> Value {
        let mut answer = Tree::new();
        let Some(schema) = member(parent, version, self.answer).and_then(|m| element_of(&m.kind)) else {
            return Value::Struct(answer);
        };
        let mut set = |field: Field, value: Value| {
            if member(schema, version, field).is_some() {
                answer.set(field, value);
            }
        };
        if let Some(field) = self.value {
            set(field, element.clone());
        }
        if let Value::Struct(request) = element {
            for (to, from) in self.copy {
                if let Some(value) = request.get(*from) {
                    set(*to, value.clone());
                }
            }
        }
        for (field, number) in self.set {
            set(*field, Value::Int(*number));
        }
        set(f::ERROR_CODE, Value::Int(i64::from(error.0)));
        set(f::PARTITION_ERROR_CODE, Value::Int(i64::from(error.0)));
        if acknowledges(element) {
            set(f::ACKNOWLEDGE_ERROR_CODE, Value::Int(i64::from(error.0)));
        }
        // Brokers send no records as none, and null only where the version has it.
        set(f::RECORDS, Value::Bytes(Bytes::new()));
        if let (Some(inner), Value::Struct(request)) = (self.inner, element) {
            let inside = request.array(inner.request).map(Vec::as_slice).unwrap_or_default();
            let inside = inside.iter().map(|part| inner.element(schema, version, part, error));
            set(inner.answer, Value::Array(inside.collect()));
        }
        Value::Struct(answer)
    }
}

/// Whether a part of the request acknowledges records beside fetching them; the answer has an error of its own for that.
fn acknowledges(element: &Value) -> bool {
    let Value::Struct(part) = element else { return false };
    part.array(f::ACKNOWLEDGEMENT_BATCHES).is_some_and(|batches| !batches.is_empty())
}

/// An answer that refuses the whole request with `error`, in the words Kafka itself would use.
pub(crate) fn refuse_whole(api: &'static Api, version: i16, request: &Tree, error: ErrorCode) -> Tree {
    let root = api.response.root;
    let mut answer = Tree::new();
    if member(root, version, f::ERROR_CODE).is_some() {
        answer.set(f::ERROR_CODE, i64::from(error.0));
        beside_error(api.key, version, &mut answer);
    }
    for mirror in mirrors(api.key) {
        let Some(elements) = request.array(mirror.request) else { continue };
        if member(root, version, mirror.answer).is_none() {
            continue;
        }
        let refused: Vec<_> =
            elements.iter().map(|part| mirror.element(root, version, part, error)).collect();
        match answer.array_mut(mirror.answer) {
            Some(there) => there.extend(refused),
            None => {
                answer.set(mirror.answer, Value::Array(refused));
            }
        }
    }
    answer
}

/// Values that Kafka gives beside an answer's own error, where they are not the definitions' defaults.
fn beside_error(api_key: i16, version: i16, answer: &mut Tree) {
    match api_key {
        key::FIND_COORDINATOR => {
            answer.set(f::NODE_ID, -1).set(f::PORT, -1);
        }
        key::INIT_PRODUCER_ID => {
            answer.set(f::PRODUCER_EPOCH, -1);
        }
        key::JOIN_GROUP if version >= 7 => {
            answer.set(f::PROTOCOL_NAME, Value::Null);
        }
        _ => {}
    }
}

/// The field of that name in that version of a struct.
pub(crate) fn member(schema: &StructSchema, version: i16, field: Field) -> Option<&FieldSchema> {
    schema.fields.iter().find(|m| m.field == field && m.versions.contains(version))
}

fn element_of(kind: &Kind) -> Option<&'static StructSchema> {
    match kind {
        Kind::Array(Kind::Struct(schema)) | Kind::Struct(schema) => Some(schema),
        _ => None,
    }
}
