//! The fields that tell a client what it is authorised to do (KIP-430): by this policy, whatever the broker thinks.

use tidegate_model::{Action, Resource, ResourceKind};

use crate::kafka::codec::{Field, Tree, field as f};
use crate::kafka::judge::policy::Policy;
use crate::kafka::session::{Route, UpstreamIdentity};

/// The value that stands for "not asked".
const NOT_ASKED: i64 = i32::MIN as i64;

/// Kafka's codes of operations (`AclOperation`) beside the actions here. Each sets the bit of its code.
const TOPIC: &[(u32, Action)] = &[
    (3, Action::Read),
    (4, Action::Write),
    (5, Action::Create),
    (6, Action::Delete),
    (7, Action::CreatePartitions),
    (8, Action::Describe),
    (10, Action::DescribeConfigs),
    (11, Action::AlterConfigs),
];
const GROUP: &[(u32, Action)] = &[
    (3, Action::Read),
    (6, Action::Delete),
    (8, Action::Describe),
    (10, Action::DescribeConfigs),
    (11, Action::AlterConfigs),
];
const CLUSTER: &[(u32, Action)] =
    &[(7, Action::Alter), (8, Action::Describe), (10, Action::DescribeConfigs), (11, Action::AlterConfigs)];

/// Topics in the list of topics, and the cluster beside it.
pub(super) fn topics_and_cluster(tree: &mut Tree, policy: &mut Policy<'_>, route: &Route) {
    for topic in tree.structs_mut(f::TOPICS) {
        let name = topic.string(f::NAME).unwrap_or_default().to_owned();
        recompute(topic, f::TOPIC_AUTHORIZED_OPERATIONS, (TOPIC, ResourceKind::Topic, &name), policy, route);
    }
    let cluster = (CLUSTER, ResourceKind::Cluster, Resource::CLUSTER_NAME);
    recompute(tree, f::CLUSTER_AUTHORIZED_OPERATIONS, cluster, policy, route);
}

/// Groups in the list of groups.
pub(super) fn groups(tree: &mut Tree, policy: &mut Policy<'_>, route: &Route) {
    for group in tree.structs_mut(f::GROUPS) {
        let name = group.string(f::GROUP_ID).unwrap_or_default().to_owned();
        recompute(group, f::AUTHORIZED_OPERATIONS, (GROUP, ResourceKind::Group, &name), policy, route);
    }
}

type Of<'a> = (&'static [(u32, Action)], ResourceKind, &'a str);

fn recompute(
    tree: &mut Tree,
    field: Field,
    (operations, kind, name): Of<'_>,
    policy: &mut Policy<'_>,
    route: &Route,
) {
    let Some(told) = tree.int(field).filter(|told| *told != NOT_ASKED) else { return };
    let granted = operations.iter().filter(|(_, action)| policy.may(*action, kind, name));
    let granted = granted.fold(0_i64, |bits, (code, _)| bits | 1 << code);
    let told = match route.upstream_identity {
        // The broker judges too, as the client: both must allow.
        UpstreamIdentity::AsClient => told & granted,
        UpstreamIdentity::AsGateway => granted,
    };
    tree.set(field, told);
}
