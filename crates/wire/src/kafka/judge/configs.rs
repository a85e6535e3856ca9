//! Configuration of topics, groups, brokers and the cluster.

use tidegate_model::{Action, Resource, ResourceKind};

use super::Stop;
use super::clearance::Name;
use super::draft::Draft;
use super::policy::Policy;
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{View, field as f};

/// Configuration resource types (`ConfigResource.Type`).
const TOPIC: i64 = 2;
const GROUP: i64 = 32;

/// A setting of a topic, or a broker's default for topics and groups, that says how long, or how much, is kept.
fn is_retention(name: &str) -> bool {
    ["retention.", "cleanup.policy", "compaction.lag."].iter().any(|part| name.contains(part))
        || matches!(name, "remote.storage.enable" | "remote.log.delete.on.disable")
}

/// No topic can have this name, so only a grant over every topic reaches it.
const EVERY_TOPIC: &str = "*";

/// Reads configuration, resource by resource.
pub(crate) fn describe(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    each(draft, policy, Action::DescribeConfigs, |_| Ok(false))
}

/// Changes single settings. Those of retention need their own right.
pub(crate) fn alter(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    each(draft, policy, Action::AlterConfigs, |resource| {
        let Some(configs) = resource.array(f::CONFIGS)? else { return Ok(false) };
        for config in configs.views() {
            if config?.string(f::NAME)?.is_some_and(is_retention) {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

/// Replaces all settings: what is not named falls back to its default, retention included.
pub(crate) fn replace(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    each(draft, policy, Action::AlterConfigs, |_| Ok(true))
}

fn each(
    draft: &mut Draft<'_>,
    policy: &mut Policy<'_>,
    action: Action,
    touches_retention: impl Fn(&View<'_>) -> Result<bool, Stop>,
) -> Result<(), Stop> {
    let Some(resources) = draft.root().array(f::RESOURCES)? else { return Ok(()) };
    for (index, resource) in resources.views().enumerate() {
        let resource = resource?;
        let name = resource.string(f::RESOURCE_NAME)?.unwrap_or_default();
        let (kind, name, error) = match resource.int(f::RESOURCE_TYPE)? {
            TOPIC => (ResourceKind::Topic, name, ErrorCode::TOPIC_AUTHORIZATION_FAILED),
            GROUP => (ResourceKind::Group, name, ErrorCode::GROUP_AUTHORIZATION_FAILED),
            // Brokers, their loggers, client metrics, and whatever a later version adds.
            _ => (ResourceKind::Cluster, Resource::CLUSTER_NAME, ErrorCode::CLUSTER_AUTHORIZATION_FAILED),
        };
        let mut allowed = draft.clear(policy, action, kind, Name::Borrowed(name));
        if allowed && kind != ResourceKind::Group && touches_retention(&resource)? {
            let topic = if kind == ResourceKind::Topic { name } else { EVERY_TOPIC };
            allowed = draft.clear(policy, Action::AlterRetention, ResourceKind::Topic, Name::Borrowed(topic));
        }
        if !allowed {
            draft.cut(f::RESOURCES, index, error);
        }
    }
    Ok(())
}
