//! The gateway's addresses in the place of the brokers'.

use super::{Answer, retain_structs, set_error};
use crate::kafka::codec::{ErrorCode, Field, Tree, Value, field as f};
use crate::kafka::session::Route;
use crate::kafka::session::fatal::Fatal;

/// Puts the gateway's address for the node into `entry`. Without one the entry must not be shown.
fn rewrite(entry: &mut Tree, node: Field, route: &Route) -> bool {
    let id = entry.int(node).unwrap_or(-1);
    let Some((host, port)) = route.addresses.address(id) else { return false };
    entry.set(f::HOST, host).set(f::PORT, i64::from(port));
    true
}

/// The list of brokers.
pub(super) fn brokers(tree: &mut Tree, node: Field, route: &Route) {
    retain_structs(tree, f::BROKERS, |broker| rewrite(broker, node, route));
}

/// The coordinator, or the coordinators of several keys.
pub(super) fn coordinators(tree: &mut Tree, route: &Route) {
    coordinator(tree, route);
    for found in tree.structs_mut(f::COORDINATORS) {
        coordinator(found, route);
    }
}

fn coordinator(found: &mut Tree, route: &Route) {
    let Some(node) = found.int(f::NODE_ID) else { return };
    if node < 0 || !rewrite(found, f::NODE_ID, route) {
        found.set(f::HOST, "").set(f::PORT, -1).set(f::NODE_ID, -1);
        if node >= 0 {
            set_error(found, ErrorCode::COORDINATOR_NOT_AVAILABLE);
        }
    }
}

/// The leaders named beside errors (KIP-951).
pub(super) fn node_endpoints(answer: &mut Answer<'_>, route: &Route) -> Result<(), Fatal> {
    let endpoints = answer.root.array(f::NODE_ENDPOINTS).map_err(Fatal::UpstreamMalformed)?;
    if endpoints.is_some_and(|endpoints| !endpoints.is_empty()) {
        retain_structs(answer.tree()?, f::NODE_ENDPOINTS, |node| rewrite(node, f::NODE_ID, route));
    }
    Ok(())
}

/// Where the broker sees the members of groups: on the gateway's side of the network, which is the broker's.
pub(super) fn no_member_hosts(tree: &mut Tree) {
    for member in tree.structs_mut(f::GROUPS).flat_map(|group| group.structs_mut(f::MEMBERS)) {
        member.set(f::CLIENT_HOST, "");
    }
}

/// Voters are controllers, which are not reached through the gateway.
pub(super) fn no_listeners(tree: &mut Tree) {
    for node in tree.structs_mut(f::NODES) {
        node.set(f::LISTENERS, Value::Array(Vec::new()));
    }
}
