//! One line for each request a client may send: who judges it. What is not here is not offered and ends the connection.

use super::draft::Draft;
use super::policy::Policy;
use super::{Stop, cluster, configs, fetch, groups, offsets, produce, topics, transactions};
use crate::kafka::versions::key;

/// Judges one request: clears, cuts or changes the draft, or stops.
pub(crate) type Rule = for<'a> fn(&mut Draft<'a>, &mut Policy<'_>) -> Result<(), Stop>;

static RULES: &[(i16, Rule)] = &[
    (key::PRODUCE, produce::produce),
    (key::FETCH, fetch::fetch),
    (key::LIST_OFFSETS, topics::list_offsets),
    (key::METADATA, topics::metadata),
    (key::OFFSET_COMMIT, offsets::commit),
    (key::OFFSET_FETCH, offsets::fetch),
    (key::FIND_COORDINATOR, groups::find_coordinator),
    (key::JOIN_GROUP, groups::member),
    (key::HEARTBEAT, groups::member),
    (key::LEAVE_GROUP, groups::member),
    (key::SYNC_GROUP, groups::member),
    (key::DESCRIBE_GROUPS, groups::describe_classic),
    (key::LIST_GROUPS, nothing_named),
    // The shell takes this and SaslAuthenticate out of the stream before they are judged; reached here they change nothing.
    (key::SASL_HANDSHAKE, out_of_place),
    (key::API_VERSIONS, nothing_named),
    (key::CREATE_TOPICS, topics::create),
    (key::DELETE_TOPICS, topics::delete),
    (key::DELETE_RECORDS, topics::delete_records),
    (key::INIT_PRODUCER_ID, transactions::init_producer_id),
    (key::OFFSET_FOR_LEADER_EPOCH, topics::offset_for_leader_epoch),
    (key::ADD_PARTITIONS_TO_TXN, transactions::add_partitions),
    (key::ADD_OFFSETS_TO_TXN, transactions::add_offsets),
    (key::END_TXN, transactions::end),
    (key::WRITE_TXN_MARKERS, transactions::write_markers),
    (key::TXN_OFFSET_COMMIT, offsets::commit_in_transaction),
    (key::DESCRIBE_ACLS, cluster::describe_acls),
    (key::CREATE_ACLS, cluster::administer_acls),
    (key::DELETE_ACLS, cluster::administer_acls),
    (key::DESCRIBE_CONFIGS, configs::describe),
    (key::ALTER_CONFIGS, configs::replace),
    (key::ALTER_REPLICA_LOG_DIRS, cluster::alter_replica_log_dirs),
    (key::DESCRIBE_LOG_DIRS, cluster::describe),
    (key::SASL_AUTHENTICATE, out_of_place),
    (key::CREATE_PARTITIONS, topics::create_partitions),
    (key::CREATE_DELEGATION_TOKEN, cluster::delegation_tokens),
    (key::RENEW_DELEGATION_TOKEN, cluster::delegation_tokens),
    (key::EXPIRE_DELEGATION_TOKEN, cluster::delegation_tokens),
    (key::DESCRIBE_DELEGATION_TOKEN, cluster::delegation_tokens),
    (key::DELETE_GROUPS, groups::delete),
    (key::ELECT_LEADERS, cluster::elect_leaders),
    (key::INCREMENTAL_ALTER_CONFIGS, configs::alter),
    (key::ALTER_PARTITION_REASSIGNMENTS, cluster::alter),
    (key::LIST_PARTITION_REASSIGNMENTS, cluster::describe),
    (key::OFFSET_DELETE, offsets::delete),
    (key::DESCRIBE_CLIENT_QUOTAS, cluster::describe_configs),
    (key::ALTER_CLIENT_QUOTAS, cluster::administer_quotas),
    (key::DESCRIBE_USER_SCRAM_CREDENTIALS, cluster::describe),
    (key::ALTER_USER_SCRAM_CREDENTIALS, cluster::administer_scram),
    (key::DESCRIBE_QUORUM, cluster::describe),
    (key::UPDATE_FEATURES, cluster::alter),
    (key::DESCRIBE_CLUSTER, cluster::describe_cluster),
    (key::DESCRIBE_PRODUCERS, topics::describe_producers),
    (key::UNREGISTER_BROKER, cluster::alter),
    (key::DESCRIBE_TRANSACTIONS, transactions::describe),
    (key::LIST_TRANSACTIONS, nothing_named),
    (key::CONSUMER_GROUP_HEARTBEAT, groups::heartbeat),
    (key::CONSUMER_GROUP_DESCRIBE, groups::describe),
    (key::LIST_CONFIG_RESOURCES, cluster::describe_configs),
    (key::DESCRIBE_TOPIC_PARTITIONS, topics::describe_partitions),
    (key::SHARE_GROUP_HEARTBEAT, groups::heartbeat),
    (key::SHARE_GROUP_DESCRIBE, groups::describe),
    (key::SHARE_FETCH, fetch::share),
    (key::SHARE_ACKNOWLEDGE, fetch::share),
    (key::ADD_RAFT_VOTER, cluster::alter),
    (key::REMOVE_RAFT_VOTER, cluster::alter),
    (key::STREAMS_GROUP_HEARTBEAT, groups::streams_heartbeat),
    (key::STREAMS_GROUP_DESCRIBE, groups::describe),
    (key::DESCRIBE_SHARE_GROUP_OFFSETS, offsets::describe_share),
    (key::ALTER_SHARE_GROUP_OFFSETS, offsets::alter_share),
    (key::DELETE_SHARE_GROUP_OFFSETS, offsets::delete_share),
];

/// Requests that a client may send to a broker but that nothing here offers, each with why.
#[cfg(test)]
pub(crate) static NOT_OFFERED: &[(i16, &str)] = &[
    (71, "client telemetry carries data into the broker under no grant"),
    (72, "client telemetry carries data into the broker under no grant"),
    (83, "share-group state is written by brokers only"),
    (84, "share-group state is written by brokers only"),
    (85, "share-group state is written by brokers only"),
    (86, "share-group state is written by brokers only"),
    (87, "share-group state is written by brokers only"),
];

/// The rule for that key.
pub(crate) fn rule(api_key: i16) -> Option<Rule> {
    let at = RULES.binary_search_by_key(&api_key, |(key, _)| *key).ok()?;
    RULES.get(at).map(|(_, rule)| *rule)
}

/// Whether requests of that key are judged, and so may be offered.
pub(crate) fn is_judged(api_key: i16) -> bool {
    rule(api_key).is_some()
}

/// The request names no resource; its answer is cut down to what the caller may see.
fn nothing_named(_: &mut Draft<'_>, _: &mut Policy<'_>) -> Result<(), Stop> {
    Ok(())
}

fn out_of_place(draft: &mut Draft<'_>, _: &mut Policy<'_>) -> Result<(), Stop> {
    Err(Stop::Fatal(crate::kafka::session::fatal::Fatal::Unoffered {
        api: draft.request.api.key,
        version: draft.version(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kafka::codec;

    #[test]
    fn every_request_of_the_definitions_is_judged_or_left_out_with_a_reason() {
        for api in codec::APIS {
            let left_out = NOT_OFFERED.iter().any(|(key, _)| *key == api.key);
            assert_ne!(is_judged(api.key), left_out, "{} (key {})", api.name, api.key);
        }
    }

    #[test]
    fn rules_are_sorted_so_that_the_search_finds_each() {
        for (key, _) in RULES {
            assert!(rule(*key).is_some(), "key {key}");
        }
        assert!(RULES.is_sorted_by_key(|(key, _)| *key));
    }
}
