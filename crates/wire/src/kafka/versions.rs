//! Which requests and versions a client may use: what the broker offers, cut down to what the gateway judges.

use crate::kafka::codec::{self, CodecError, ErrorCode, Frame, Limits, Tree, Value, View, field};
use crate::kafka::session::UpstreamIdentity;

/// API keys with a meaning of their own in this crate. The numbers are Kafka's.
pub mod key {
    #![expect(missing_docs, reason = "the names are Kafka's own")]
    pub const PRODUCE: i16 = 0;
    pub const FETCH: i16 = 1;
    pub const LIST_OFFSETS: i16 = 2;
    pub const METADATA: i16 = 3;
    pub const OFFSET_COMMIT: i16 = 8;
    pub const OFFSET_FETCH: i16 = 9;
    pub const FIND_COORDINATOR: i16 = 10;
    pub const JOIN_GROUP: i16 = 11;
    pub const HEARTBEAT: i16 = 12;
    pub const LEAVE_GROUP: i16 = 13;
    pub const SYNC_GROUP: i16 = 14;
    pub const DESCRIBE_GROUPS: i16 = 15;
    pub const LIST_GROUPS: i16 = 16;
    pub const SASL_HANDSHAKE: i16 = 17;
    pub const API_VERSIONS: i16 = 18;
    pub const CREATE_TOPICS: i16 = 19;
    pub const DELETE_TOPICS: i16 = 20;
    pub const DELETE_RECORDS: i16 = 21;
    pub const INIT_PRODUCER_ID: i16 = 22;
    pub const OFFSET_FOR_LEADER_EPOCH: i16 = 23;
    pub const ADD_PARTITIONS_TO_TXN: i16 = 24;
    pub const ADD_OFFSETS_TO_TXN: i16 = 25;
    pub const END_TXN: i16 = 26;
    pub const WRITE_TXN_MARKERS: i16 = 27;
    pub const TXN_OFFSET_COMMIT: i16 = 28;
    pub const DESCRIBE_ACLS: i16 = 29;
    pub const CREATE_ACLS: i16 = 30;
    pub const DELETE_ACLS: i16 = 31;
    pub const DESCRIBE_CONFIGS: i16 = 32;
    pub const ALTER_CONFIGS: i16 = 33;
    pub const ALTER_REPLICA_LOG_DIRS: i16 = 34;
    pub const DESCRIBE_LOG_DIRS: i16 = 35;
    pub const SASL_AUTHENTICATE: i16 = 36;
    pub const CREATE_PARTITIONS: i16 = 37;
    pub const CREATE_DELEGATION_TOKEN: i16 = 38;
    pub const RENEW_DELEGATION_TOKEN: i16 = 39;
    pub const EXPIRE_DELEGATION_TOKEN: i16 = 40;
    pub const DESCRIBE_DELEGATION_TOKEN: i16 = 41;
    pub const DELETE_GROUPS: i16 = 42;
    pub const ELECT_LEADERS: i16 = 43;
    pub const INCREMENTAL_ALTER_CONFIGS: i16 = 44;
    pub const ALTER_PARTITION_REASSIGNMENTS: i16 = 45;
    pub const LIST_PARTITION_REASSIGNMENTS: i16 = 46;
    pub const OFFSET_DELETE: i16 = 47;
    pub const DESCRIBE_CLIENT_QUOTAS: i16 = 48;
    pub const ALTER_CLIENT_QUOTAS: i16 = 49;
    pub const DESCRIBE_USER_SCRAM_CREDENTIALS: i16 = 50;
    pub const ALTER_USER_SCRAM_CREDENTIALS: i16 = 51;
    pub const DESCRIBE_QUORUM: i16 = 55;
    pub const UPDATE_FEATURES: i16 = 57;
    pub const DESCRIBE_CLUSTER: i16 = 60;
    pub const DESCRIBE_PRODUCERS: i16 = 61;
    pub const UNREGISTER_BROKER: i16 = 64;
    pub const DESCRIBE_TRANSACTIONS: i16 = 65;
    pub const LIST_TRANSACTIONS: i16 = 66;
    pub const CONSUMER_GROUP_HEARTBEAT: i16 = 68;
    pub const CONSUMER_GROUP_DESCRIBE: i16 = 69;
    pub const LIST_CONFIG_RESOURCES: i16 = 74;
    pub const DESCRIBE_TOPIC_PARTITIONS: i16 = 75;
    pub const SHARE_GROUP_HEARTBEAT: i16 = 76;
    pub const SHARE_GROUP_DESCRIBE: i16 = 77;
    pub const SHARE_FETCH: i16 = 78;
    pub const SHARE_ACKNOWLEDGE: i16 = 79;
    pub const ADD_RAFT_VOTER: i16 = 80;
    pub const REMOVE_RAFT_VOTER: i16 = 81;
    pub const STREAMS_GROUP_HEARTBEAT: i16 = 88;
    pub const STREAMS_GROUP_DESCRIBE: i16 = 89;
    pub const DESCRIBE_SHARE_GROUP_OFFSETS: i16 = 90;
    pub const ALTER_SHARE_GROUP_OFFSETS: i16 = 91;
    pub const DELETE_SHARE_GROUP_OFFSETS: i16 = 92;
}

/// From this version on, Produce takes part in a transaction without AddPartitionsToTxn (KIP-890); `transaction.version` 2 needs it.
const PRODUCE_WITH_IMPLICIT_TRANSACTION: i16 = 12;

/// The versions of an ApiVersions answer from which feature ranges may start at 0 (KAFKA-17011).
const FEATURES_FROM_ZERO: i16 = 4;

/// The range of versions this crate judges for `api_key`, or `None` where it must not be offered at all.
///
/// It differs from the definitions where an older version cannot be judged or a newer one is for brokers only:
/// - Metadata before version 4 creates topics and cannot say "do not";
/// - SaslHandshake 0 is followed by bytes outside Kafka's framing;
/// - AddPartitionsToTxn from version 4 is spoken between brokers (KIP-890);
/// - client telemetry (KIP-714) and share-group state are not offered: nothing grants them;
/// - under the gateway's own identity the broker would resolve a topic pattern with the gateway's rights, so
///   ConsumerGroupHeartbeat stays at version 0, which has none.
pub fn judged_versions(api_key: i16, identity: UpstreamIdentity) -> Option<(i16, i16)> {
    if !crate::kafka::judge::rules::is_judged(api_key) {
        return None;
    }
    let versions = codec::api(api_key)?.request.versions;
    let (min, max) = match api_key {
        key::METADATA => (4, versions.max),
        key::SASL_HANDSHAKE => (1, versions.max),
        key::ADD_PARTITIONS_TO_TXN => (versions.min, 3),
        key::CONSUMER_GROUP_HEARTBEAT if identity == UpstreamIdentity::AsGateway => (versions.min, 0),
        _ => (versions.min, versions.max),
    };
    (min <= max).then_some((min, max))
}

/// The request versions that one side of a connection supports, with the features it announced beside them.
#[derive(Clone, Debug, Default)]
pub struct VersionTable {
    /// Sorted by key.
    ranges: Vec<(i16, i16, i16)>,
    /// The answer it was read from, without its keys.
    features: Tree,
}

impl VersionTable {
    /// Reads a broker's answer to ApiVersions of `version`.
    pub fn from_response(frame: &Frame, version: i16) -> Result<Self, VersionsError> {
        let api = codec::api(key::API_VERSIONS).ok_or(VersionsError::NoTable)?;
        let header =
            codec::response_header(api, version, &frame.payload()).map_err(VersionsError::Malformed)?;
        let body = frame.payload().slice(header.body_at..);
        // A broker that does not know the version answers in one it knows: the error alone is at the same place (KIP-511).
        if body.first_chunk().copied().map(i16::from_be_bytes) == Some(ErrorCode::UNSUPPORTED_VERSION.0) {
            return Err(VersionsError::Broker(ErrorCode::UNSUPPORTED_VERSION));
        }
        codec::validate(&api.response, version, &body, &Limits::default())
            .map_err(VersionsError::Malformed)?;
        let root = View::root(&api.response, version, &body).map_err(VersionsError::Malformed)?;
        Self::from_tree(root.to_tree(&body).map_err(VersionsError::Malformed)?)
    }

    /// Reads the fields of an answer.
    pub fn from_tree(mut answer: Tree) -> Result<Self, VersionsError> {
        let error = answer.int(field::ERROR_CODE).unwrap_or(0);
        if error != 0 {
            return Err(VersionsError::Broker(ErrorCode::from_wire(error)));
        }
        let number = |entry: &Tree, f| i16::try_from(entry.int(f).unwrap_or(-1)).unwrap_or(-1);
        let mut ranges: Vec<_> = answer
            .structs(field::API_KEYS)
            .map(|entry| {
                (
                    number(entry, field::API_KEY),
                    number(entry, field::MIN_VERSION),
                    number(entry, field::MAX_VERSION),
                )
            })
            .filter(|(api_key, min, max)| *api_key >= 0 && *min >= 0 && min <= max)
            .collect();
        ranges.sort_unstable();
        ranges.dedup_by_key(|(api_key, _, _)| *api_key);
        answer.remove(field::API_KEYS);
        answer.remove(field::THROTTLE_TIME_MS);
        Ok(Self { ranges, features: answer })
    }

    /// What a client is told: the intersection of these versions with those judged here. Unknown keys vanish.
    pub fn advertised(&self, identity: UpstreamIdentity) -> Self {
        let ranges: Vec<_> = self
            .ranges
            .iter()
            .filter_map(|&(api_key, min, max)| {
                let (judged_min, judged_max) = judged_versions(api_key, identity)?;
                let (min, max) = (min.max(judged_min), max.min(judged_max));
                (min <= max).then_some((api_key, min, max))
            })
            .collect();
        let mut table = Self { ranges, features: self.features.clone() };
        let produce = table.range(key::PRODUCE).map_or(-1, |(_, max)| max);
        if produce < PRODUCE_WITH_IMPLICIT_TRANSACTION {
            clamp_transaction_version(&mut table.features);
        }
        table
    }

    /// The same, with the authentication that ends at the gateway: a broker without SASL does not name it.
    #[must_use]
    pub fn with_own_authentication(mut self) -> Self {
        for api_key in [key::SASL_HANDSHAKE, key::SASL_AUTHENTICATE] {
            self.ranges.retain(|(known, _, _)| *known != api_key);
            if let Some((min, max)) = judged_versions(api_key, UpstreamIdentity::AsGateway) {
                self.ranges.push((api_key, min, max));
            }
        }
        self.ranges.sort_unstable();
        self
    }

    /// The lowest and highest version of `api_key`.
    pub fn range(&self, api_key: i16) -> Option<(i16, i16)> {
        let at = self.ranges.binary_search_by_key(&api_key, |(key, _, _)| *key).ok()?;
        self.ranges.get(at).map(|(_, min, max)| (*min, *max))
    }

    /// Whether a request of that key and version may be read.
    pub fn contains(&self, api_key: i16, version: i16) -> bool {
        self.range(api_key).is_some_and(|(min, max)| (min..=max).contains(&version))
    }

    /// The keys and versions, sorted by key.
    pub fn ranges(&self) -> impl Iterator<Item = (i16, i16, i16)> + '_ {
        self.ranges.iter().copied()
    }

    /// The body of an answer to ApiVersions of `version`.
    ///
    /// Two ranges are named from 0 although nobody can use the oldest: without Produce 0–2 librdkafka turns compression off
    /// (KAFKA-18659), and without SaslHandshake 0 older ones do not log in at all, though they then use a newer one.
    pub fn to_tree(&self, version: i16) -> Tree {
        let mut answer = self.features.clone();
        if version < FEATURES_FROM_ZERO
            && let Some(features) = answer.array_mut(field::SUPPORTED_FEATURES)
        {
            features.retain(|feature| !starts_at_zero(feature));
        }
        let keys = self.ranges.iter().map(|&(api_key, min, max)| {
            let min = if matches!(api_key, key::PRODUCE | key::SASL_HANDSHAKE) { 0 } else { min };
            Value::Struct(api_version(api_key, min, max))
        });
        answer.set(field::API_KEYS, Value::Array(keys.collect()));
        answer
    }
}

/// The answer to an ApiVersions request whose own version is not supported: version 0, naming what is (KIP-511).
pub fn unsupported_api_versions() -> Tree {
    let (min, max) = judged_versions(key::API_VERSIONS, UpstreamIdentity::AsGateway).unwrap_or((0, 0));
    let only = Value::Struct(api_version(key::API_VERSIONS, min, max));
    Tree::new()
        .with(field::ERROR_CODE, i64::from(ErrorCode::UNSUPPORTED_VERSION.0))
        .with(field::API_KEYS, Value::Array(vec![only]))
}

fn api_version(api_key: i16, min: i16, max: i16) -> Tree {
    Tree::new()
        .with(field::API_KEY, i64::from(api_key))
        .with(field::MIN_VERSION, i64::from(min))
        .with(field::MAX_VERSION, i64::from(max))
}

fn starts_at_zero(feature: &Value) -> bool {
    matches!(feature, Value::Struct(feature) if feature.int(field::MIN_VERSION) == Some(0))
}

/// A client must not use second-generation transactions when it cannot produce with a version that has them.
fn clamp_transaction_version(features: &mut Tree) {
    let lists = [
        (field::SUPPORTED_FEATURES, [field::MAX_VERSION, field::MIN_VERSION]),
        (field::FINALIZED_FEATURES, [field::MAX_VERSION_LEVEL, field::MIN_VERSION_LEVEL]),
    ];
    for (list, levels) in lists {
        for feature in features.structs_mut(list) {
            if feature.string(field::NAME) != Some("transaction.version") {
                continue;
            }
            for level in levels {
                let clamped = feature.int(level).unwrap_or(0).min(1);
                feature.set(level, clamped);
            }
        }
    }
}

/// A broker's ApiVersions answer could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionsError {
    /// The bytes are not an answer to ApiVersions.
    Malformed(CodecError),
    /// The broker answered with an error.
    Broker(ErrorCode),
    /// The generated tables lack ApiVersions.
    NoTable,
}

impl std::fmt::Display for VersionsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "the broker's answer to ApiVersions is malformed: {error}"),
            Self::Broker(code) => write!(f, "the broker refused ApiVersions: {code}"),
            Self::NoTable => f.write_str("this build has no definition of ApiVersions"),
        }
    }
}

impl std::error::Error for VersionsError {}
