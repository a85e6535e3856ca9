//! Rights over the cluster itself, and administration that would go around the gateway.

use tidegate_model::{Action, Resource, ResourceKind};

use super::draft::{Draft, append};
use super::policy::Policy;
use super::{Stop, mirror};
use crate::kafka::codec::error_code::ErrorCode;
use crate::kafka::codec::{Tree, Value, field as f};

const REFUSED: ErrorCode = ErrorCode::CLUSTER_AUTHORIZATION_FAILED;

fn needs(draft: &mut Draft<'_>, policy: &mut Policy<'_>, action: Action) -> Result<(), Stop> {
    draft.whole(policy, action, Resource::cluster(), REFUSED)
}

pub(crate) fn describe(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::Describe)
}

pub(crate) fn alter(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::Alter)
}

/// Elections for the partitions named, or for all.
pub(crate) fn elect_leaders(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    draft.plan.all = draft.root().array(f::TOPIC_PARTITIONS)?.is_none();
    alter(draft, policy)
}

pub(crate) fn describe_configs(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::DescribeConfigs)
}

pub(crate) fn describe_acls(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::DescribeAcls)
}

pub(crate) fn administer_acls(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::AdministerAcls)
}

pub(crate) fn administer_quotas(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::AdministerQuotas)
}

pub(crate) fn administer_scram(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    needs(draft, policy, Action::AdministerScram)
}

pub(crate) fn delegation_tokens(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let refused = ErrorCode::DELEGATION_TOKEN_AUTHORIZATION_FAILED;
    draft.whole(policy, Action::DelegationTokens, Resource::cluster(), refused)
}

/// The only kind of endpoint that the gateway stands for; controllers are not reached through it.
const BROKERS: i64 = 1;

/// Everybody may ask which brokers there are, and gets the gateway's addresses.
pub(crate) fn describe_cluster(draft: &mut Draft<'_>, _: &mut Policy<'_>) -> Result<(), Stop> {
    let root = draft.root();
    if root.int(f::ENDPOINT_TYPE)? != BROKERS {
        return Err(Stop::Refused(ErrorCode::MISMATCHED_ENDPOINT_TYPE));
    }
    Ok(())
}

/// The request lists directories, the answer topics: a refusal turns the one into the other.
pub(crate) fn alter_replica_log_dirs(draft: &mut Draft<'_>, policy: &mut Policy<'_>) -> Result<(), Stop> {
    let cluster = super::clearance::Name::Borrowed(Resource::CLUSTER_NAME);
    if draft.clear(policy, Action::Alter, ResourceKind::Cluster, cluster) {
        return Ok(());
    }
    let request = draft.root().to_tree(draft.request.body)?;
    let mut answer = Tree::new();
    for topic in request.structs(f::DIRS).flat_map(|dir| dir.structs(f::TOPICS)) {
        let mut refused = Tree::new();
        refused.set(f::TOPIC_NAME, Value::String(topic.string(f::NAME).unwrap_or_default().to_owned()));
        let partitions = topic.array(f::PARTITIONS).map(Vec::as_slice).unwrap_or_default();
        let partitions = partitions.iter().map(|index| {
            let error = i64::from(REFUSED.0);
            Value::Struct(Tree::new().with(f::PARTITION_INDEX, index.clone()).with(f::ERROR_CODE, error))
        });
        refused.set(f::PARTITIONS, Value::Array(partitions.collect()));
        append(&mut answer, f::RESULTS, Value::Struct(refused));
    }
    Err(Stop::Answer(answer))
}

/// The answer that refuses a whole request.
pub(crate) fn refuse(draft: &Draft<'_>, error: ErrorCode) -> Result<Tree, Stop> {
    let request = draft.root().to_tree(draft.request.body)?;
    Ok(mirror::refuse_whole(draft.request.api, draft.version(), &request, error))
}
