//! `policy/tests.yaml`, checked.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::check_streams::check_cluster_name;
use super::{People, note_twice, shared, shared_or_none};
use crate::bundle::reader::{Reader, suggest};
use crate::bundle::tests::RawTest;
use crate::bundle::yaml::At;
use crate::catalog::{ClusterEntry, GroupSource};
use crate::expectation::{Expectation, Expected};
use crate::identity::{Caller, Mechanism, PrincipalName, Proof, UnixMillis, WorkloadIdentity};
use crate::operation::{Action, Resource, ResourceKind};

const EXPECTED: &[(&str, Expected)] = &[("allow", Expected::Allow), ("refuse", Expected::Refuse)];
const MECHANISMS: &[(&str, Mechanism)] = &[
    ("mtls", Mechanism::Mtls),
    ("plain", Mechanism::Plain),
    ("scram-sha-256", Mechanism::ScramSha256),
    ("scram-sha-512", Mechanism::ScramSha512),
    ("oauthbearer", Mechanism::OauthBearer),
];

/// A Wednesday at noon, UTC: `2026-01-07T12:00:00Z`.
const DEFAULT_TIME: UnixMillis = UnixMillis(1_767_787_200_000);
const DEFAULT_PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const DEFAULT_CLUSTER: &str = "main";
const DEFAULT_LISTENER: &str = "main";

pub(super) fn check(
    raw: Vec<RawTest>,
    people: Option<&People>,
    clusters: Option<&FxHashMap<Arc<str>, ClusterEntry>>,
    reader: &mut Reader<'_>,
) -> Vec<Expectation> {
    let mut seen = BTreeMap::new();
    let mut expectations = Vec::with_capacity(raw.len());
    for raw in raw {
        note_twice(reader, &mut seen, "test", &raw.name);
        check_cluster_name(raw.on_cluster.as_ref(), clusters, reader);
        check_groups(&raw, people, reader);
        expectations.extend(check_test(raw, reader));
    }
    expectations
}

/// A group that no token can bring would make a test pass for the wrong reason.
fn check_groups(raw: &RawTest, people: Option<&People>, reader: &mut Reader<'_>) {
    let Some(people) = people else { return };
    for group in &raw.groups {
        match people.groups.get(group.value.as_str()) {
            Some(GroupSource::CatalogOrToken) => {}
            Some(GroupSource::Catalog) => {
                let fix = "add `from_token: true` to the group, or the principal to the group, in catalog/principals.yaml";
                reader.problem(group.at, format!("group `{}` cannot come from a token", group.value), fix);
            }
            None => {
                let fix = people.suggest_group(&group.value);
                reader.problem(group.at, format!("unknown group `{}`", group.value), fix);
            }
        }
    }
}

fn check_test(raw: RawTest, reader: &mut Reader<'_>) -> Option<Expectation> {
    let expected = reader.choice(&raw.expect, "expectation", EXPECTED);
    let action = check_action(&raw.action, reader);
    let resource = check_resource(&raw, action, reader);
    let now = raw.time.as_ref().map_or(Some(DEFAULT_TIME), |time| check_time(time, reader));
    // A bad time must not hide what else is wrong with the test.
    let caller = check_caller(&raw, now.unwrap_or(DEFAULT_TIME), reader);
    let (kind, resource) = resource?;
    Some(Expectation {
        place: reader.place(raw.name.at),
        name: shared(raw.name),
        caller: caller?,
        action: action?,
        kind,
        resource,
        now: now?,
        expected: expected?,
        because: shared_or_none(raw.because),
    })
}

fn check_action(name: &At<String>, reader: &mut Reader<'_>) -> Option<Action> {
    let action = Action::from_name(&name.value);
    if action.is_none() {
        let names: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
        reader.problem(name.at, format!("unknown action `{}`", name.value), suggest(&name.value, &names));
    }
    action
}

fn check_resource(
    raw: &RawTest,
    action: Option<Action>,
    reader: &mut Reader<'_>,
) -> Option<(ResourceKind, Arc<str>)> {
    let named = [
        (ResourceKind::Topic, &raw.topic),
        (ResourceKind::Group, &raw.consumer_group),
        (ResourceKind::TransactionalId, &raw.transactional_id),
    ];
    let mut all: Vec<(ResourceKind, Arc<str>)> = Vec::new();
    for (kind, name) in named {
        all.extend(name.as_ref().map(|name| (kind, Arc::from(name.value.as_str()))));
    }
    if raw.cluster {
        all.push((ResourceKind::Cluster, Arc::from(Resource::CLUSTER_NAME)));
    }
    let [only] = all.as_slice() else {
        let fix = "give one of `topic`, `consumer_group`, `transactional_id` and `cluster: true`";
        reader.problem(raw.at, format!("test `{}` names {} resources", raw.name.value, all.len()), fix);
        return None;
    };
    if let Some(action) = action.filter(|action| !action.kinds().contains(&only.0)) {
        let message = format!("there is no action `{}` on a {}", action.as_str(), only.0.as_str());
        let can: Vec<&str> = action.kinds().iter().map(|kind| kind.as_str()).collect();
        reader.problem(raw.action.at, message, format!("it goes with `{}`", can.join("`, `")));
    }
    Some(only.clone())
}

fn check_time(time: &At<String>, reader: &mut Reader<'_>) -> Option<UnixMillis> {
    match time.value.parse::<Timestamp>() {
        Ok(timestamp) => Some(UnixMillis(timestamp.as_millisecond())),
        Err(_) => {
            let message = format!("`{}` is not a time", time.value);
            reader.problem(time.at, message, "write it like `2026-01-07T12:00:00Z`");
            None
        }
    }
}

fn check_caller(raw: &RawTest, now: UnixMillis, reader: &mut Reader<'_>) -> Option<Caller> {
    let mechanism = match &raw.mechanism {
        Some(name) => reader.choice(name, "mechanism", MECHANISMS),
        None => Some(Mechanism::Mtls),
    };
    let peer = match &raw.peer_ip {
        Some(address) => check_peer(address, reader),
        None => Some(DEFAULT_PEER),
    };
    let principal = PrincipalName::new(&raw.principal.value);
    if let Err(error) = &principal {
        let message = format!("`{}` is not the name of a principal", raw.principal.value);
        reader.problem(raw.principal.at, message, error.to_string());
    }
    let issued = |age: &At<i64>| UnixMillis(now.0.saturating_sub(age.value.saturating_mul(1000)));
    let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect();
    let proof = Proof {
        credential_issued_at: raw.credential_age_s.as_ref().map(issued),
        amr: texts(&raw.amr),
        groups: texts(&raw.groups),
        device_posture: raw.device_posture.as_ref().map(|posture| posture.value.clone()),
        ..Proof::new(mechanism?, now)
    };
    let text = |value: &Option<At<String>>, default: &str| -> Arc<str> {
        Arc::from(value.as_ref().map_or(default, |text| text.value.as_str()))
    };
    Some(Caller {
        identity: WorkloadIdentity { principal: principal.ok()?, proof },
        cluster: text(&raw.on_cluster, DEFAULT_CLUSTER),
        listener: text(&raw.listener, DEFAULT_LISTENER),
        peer: peer?,
    })
}

fn check_peer(address: &At<String>, reader: &mut Reader<'_>) -> Option<IpAddr> {
    let parsed = address.value.parse().ok();
    if parsed.is_none() {
        let message = format!("`{}` is not a network address", address.value);
        reader.problem(address.at, message, "write one address, for example `10.1.2.3`");
    }
    parsed
}
