//! Configuration in answers: what names addresses, and what the caller may not read.

use tidegate_model::{Action, ResourceKind};

use super::{error_of, retain_structs};
use crate::kafka::addresses::AddressMap;
use crate::kafka::codec::{ErrorCode, Tree, Value, field as f};
use crate::kafka::judge::policy::Policy;

/// Settings of brokers whose values are addresses, whatever they look like.
fn names_addresses(setting: &str) -> bool {
    setting.ends_with("listeners")
        || setting.contains("quorum.voters")
        || setting.contains("bootstrap.servers")
        || matches!(
            setting,
            "host.name" | "port" | "advertised.host.name" | "advertised.port" | "zookeeper.connect"
        )
}

/// Settings of topics that list replicas as `partition:broker`, which is no address.
fn lists_replicas(setting: &str) -> bool {
    setting.ends_with(".replication.throttled.replicas")
}

/// Shows a setting that names an address as Kafka shows a secret: sensitive, without a value.
pub(super) fn redact(tree: &mut Tree, addresses: &AddressMap) {
    for config in tree.structs_mut(f::RESULTS).flat_map(|result| result.structs_mut(f::CONFIGS)) {
        let name = config.string(f::NAME).unwrap_or_default();
        if lists_replicas(name) {
            continue;
        }
        let by_name = names_addresses(name);
        if by_name || config.string(f::VALUE).is_some_and(|value| addresses.withholds(value)) {
            config.set(f::VALUE, Value::Null).set(f::IS_SENSITIVE, true);
        }
        for synonym in config.structs_mut(f::SYNONYMS) {
            let named = synonym.string(f::NAME).is_some_and(names_addresses);
            let in_value = synonym.string(f::VALUE).is_some_and(|value| addresses.withholds(value));
            if by_name || named || in_value {
                synonym.set(f::VALUE, Value::Null);
            }
        }
    }
}

/// Configuration resource types (`ConfigResource.Type`).
const TOPIC: i64 = 2;
const GROUP: i64 = 32;

/// Resources that have configuration: topics and groups one by one.
pub(super) fn resources(tree: &mut Tree, policy: &mut Policy<'_>) {
    retain_structs(tree, f::CONFIG_RESOURCES, |resource| {
        let name = resource.string(f::RESOURCE_NAME).unwrap_or_default();
        match resource.int(f::RESOURCE_TYPE) {
            Some(TOPIC) => policy.may(Action::DescribeConfigs, ResourceKind::Topic, name),
            Some(GROUP) => policy.may(Action::DescribeConfigs, ResourceKind::Group, name),
            _ => true,
        }
    });
}

/// From this version on, CreateTopics answers with the new topic's configuration (KIP-525).
const CREATE_TOPICS_WITH_CONFIGS: i16 = 5;

/// The configuration of a new topic is for those who may read it; others are told so, as in Kafka.
pub(super) fn of_created(tree: &mut Tree, version: i16, policy: &mut Policy<'_>) {
    if version < CREATE_TOPICS_WITH_CONFIGS {
        return;
    }
    for topic in tree.structs_mut(f::TOPICS) {
        let name = topic.string(f::NAME).unwrap_or_default();
        if error_of(topic) != ErrorCode::NONE
            || policy.may(Action::DescribeConfigs, ResourceKind::Topic, name)
        {
            continue;
        }
        topic
            .set(f::TOPIC_CONFIG_ERROR_CODE, i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0))
            .set(f::NUM_PARTITIONS, -1)
            .set(f::REPLICATION_FACTOR, -1)
            .set(f::CONFIGS, Value::Array(Vec::new()));
    }
}
