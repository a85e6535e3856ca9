//! Random requests under random grants, answered at random: whatever happens, nothing goes out that is not granted, nothing comes
//! back that is hidden, and nobody waits for ever.

mod oracle;

use std::collections::BTreeSet;
use std::sync::Arc;

use tidegate_model::Snapshot;
use tidegate_wire::kafka::codec::{
    Entity, ErrorCode, Kind, MessageSchema, StructSchema, Tree, Value, field as f,
};
use tidegate_wire::kafka::versions::key;
use tidegate_wire::kafka::{Fatal, Session, UpstreamIdentity};

use crate::bench::{BROKER, Bench, IDENTITIES, Message, contains, id_of, newest_broker, route, snapshot};
use crate::codec_support::{Choices, Seeded, random_tree};
use crate::requests::{CONTROL, TRANSACTIONAL, batch};
use oracle::{Grants, check_answer, check_request};

/// Changed by hand to look for trouble elsewhere; printed when a test fails.
const SEED: u64 = 20_261_122;

/// How many policies are tried, and how many requests of every version under each.
const POLICIES: usize = 40;
const REQUESTS: usize = 3;

/// The names that random messages have, and so those that grants speak of.
const NAMES: [&str; 5] = ["a", "orders", "日本語", "🚀", "__consumer_offsets"];

struct Policy {
    grants: Grants,
    snapshot: Arc<Snapshot>,
}

fn random_policy(version: u64, choices: &mut impl Choices) -> Policy {
    let patterns = ["a", "orders", "日本語", "__consumer_offsets", "o*", "*", "*", "*"];
    let mut grants = Vec::new();
    for action in tidegate_model::Action::ALL {
        for kind in action.kinds() {
            if choices.below(3) == 0 {
                continue;
            }
            let pattern = patterns[choices.below(patterns.len() as u64) as usize];
            grants.push((*action, *kind, pattern));
        }
    }
    let grants = Grants(grants);
    let lines: Vec<String> =
        grants.0.iter().map(|(a, k, p)| format!("{} {} {p}", a.as_str(), k.as_str())).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let snapshot = Arc::new(snapshot(&lines, version));
    Policy { grants, snapshot }
}

/// Makes a random message more like one that somebody would send.
fn plausible(schema: &'static StructSchema, tree: &mut Tree, choices: &mut impl Choices) {
    for field in schema.fields {
        let Some(value) = tree.get_mut(field.field) else { continue };
        match (value, field.field) {
            (Value::Uuid(id), f::TOPIC_ID) if choices.below(8) > 0 => {
                *id = id_of(NAMES[choices.below(NAMES.len() as u64) as usize]);
            }
            (Value::Int(id), f::REPLICA_ID) if choices.below(8) > 0 => *id = -1,
            (Value::Int(kind), f::KEY_TYPE) => *kind = choices.below(3) as i64,
            (Value::Int(kind), f::RESOURCE_TYPE) => *kind = [2, 32, 4, 16, 0][choices.below(5) as usize],
            (Value::Int(kind), f::ENDPOINT_TYPE) => *kind = 1 + choices.below(2) as i64,
            (Value::Int(epoch), f::SESSION_EPOCH | f::SHARE_SESSION_EPOCH) => {
                *epoch = choices.below(3) as i64 - 1
            }
            (Value::Int(id), f::SESSION_ID) if choices.below(4) > 0 => *id = 0,
            (Value::Int(acks), f::ACKS) => *acks = [-1, 1, 1, 0][choices.below(4) as usize],
            (Value::Int(code), f::ERROR_CODE) if choices.below(4) > 0 => *code = 0,
            (value @ (Value::Bytes(_) | Value::Null), f::RECORDS) if choices.below(8) > 0 => {
                let attributes = [0, 0, TRANSACTIONAL, TRANSACTIONAL, CONTROL][choices.below(5) as usize];
                *value = Value::Bytes(batch(attributes));
            }
            (Value::Struct(inside), _) => plausible(field.kind.structure().unwrap(), inside, choices),
            (Value::Array(elements), _) => {
                let Some(inner) = field.kind.structure() else { continue };
                for element in elements {
                    if let Value::Struct(element) = element {
                        plausible(inner, element, choices);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Puts the broker's address everywhere a broker puts one.
fn plant(schema: &'static StructSchema, tree: &mut Tree) {
    let address = format!("SSL://{BROKER}:9093");
    for field in schema.fields {
        let Some(value) = tree.get_mut(field.field) else { continue };
        let planted = match field.field {
            f::HOST | f::CLIENT_HOST => Some(BROKER.to_owned()),
            f::ERROR_MESSAGE
            | f::BATCH_INDEX_ERROR_MESSAGE
            | f::ACKNOWLEDGE_ERROR_MESSAGE
            | f::STATUS_DETAIL => Some(format!("cannot reach {BROKER}:9093 (id: 1)")),
            f::VALUE => Some(address.clone()),
            _ => None,
        };
        match (value, planted) {
            // An application's own address and tags are its own business.
            (Value::Struct(_), _) if field.field == f::USER_ENDPOINT => {}
            (Value::Array(_), _) if matches!(field.field, f::CLIENT_TAGS | f::TOPIC_CONFIGS) => {}
            // Access control lists name the hosts of clients.
            (Value::Array(_), _) if matches!(field.field, f::ACLS | f::MATCHING_ACLS) => {}
            (Value::String(text), Some(planted)) => *text = planted,
            (Value::Struct(inside), _) => plant(field.kind.structure().unwrap(), inside),
            (Value::Array(elements), _) => {
                let Some(inner) = field.kind.structure() else { continue };
                for element in elements {
                    if let Value::Struct(element) = element {
                        plant(inner, element);
                    }
                }
            }
            _ => {}
        }
    }
}

fn random_message(schema: &'static MessageSchema, version: i16, choices: &mut impl Choices) -> Tree {
    let mut tree = random_tree(schema, version, choices);
    plausible(schema.root, &mut tree, choices);
    tree
}

fn random_reply(to: &Message, choices: &mut impl Choices) -> Tree {
    let mut reply = random_message(&to.api.response, to.version, choices);
    keep_ids(&mut reply);
    // CreateTopics tells the configuration of a topic, which is its creator's.
    if to.api.key != key::CREATE_TOPICS {
        plant(to.api.response.root, &mut reply);
    }
    if choices.below(4) > 0 && reply.get(f::ERROR_CODE).is_some() {
        reply.set(f::ERROR_CODE, ErrorCode::NONE);
    }
    reply
}

/// A broker is random in what it says but not in what an id stands for.
fn keep_ids(tree: &mut Tree) {
    if let (Some(name), Some(_)) = (tree.string(f::NAME), tree.uuid(f::TOPIC_ID)) {
        let id = if NAMES.contains(&name) { id_of(name) } else { [0; 16] };
        tree.set(f::TOPIC_ID, id);
    }
    for array in [f::TOPICS, f::RESPONSES] {
        tree.structs_mut(array).for_each(keep_ids);
    }
}

#[derive(Default)]
struct Counts {
    keys: BTreeSet<i16>,
    forwarded: usize,
    answered: usize,
    ended: usize,
}

/// One request and everything that follows from it.
fn play(
    bench: &mut Bench,
    policy: &Policy,
    later: &Policy,
    request: (i16, i16, &Tree),
    choices: &mut impl Choices,
    counts: &mut Counts,
) {
    let (key, version, body) = request;
    let unanswered = key == key::PRODUCE && body.int(f::ACKS) == Some(0);
    let frame = bench.encode(key, version, body);
    if let Err(end) = bench.send_frame(frame) {
        let expected = matches!(
            end,
            Fatal::UnansweredProduceRefused | Fatal::Unoffered { api: key::SASL_AUTHENTICATE, .. }
        );
        assert!(expected, "{key} v{version}: {end}: {body:?}");
        assert!(bench.upstream().is_empty(), "something went out before the end");
        counts.ended += 1;
        return;
    }
    let mut current = policy;
    for _ in 0..300 {
        let sent = bench.upstream();
        if sent.is_empty() {
            break;
        }
        for message in sent {
            check_request(&message, &current.grants);
            counts.forwarded += 1;
            counts.keys.insert(message.api.key);
            if unanswered && message.client_id.as_deref() != Some("tidegate") {
                return;
            }
            if choices.below(4) == 0 {
                current = later;
                bench.snapshot = later.snapshot.clone();
            }
            let reply = random_reply(&message, choices);
            if let Err(end) = bench.reply(&message, &reply) {
                let expected = matches!(end, Fatal::TooManyPages | Fatal::UnansweredProduceRefused);
                assert!(expected, "{key} v{version}: {end}: {body:?}: {reply:?}");
                counts.ended += 1;
                return;
            }
        }
    }
    if bench.session.take_reauthentication().is_some() {
        return;
    }
    let answer = bench.only_answer();
    check_answer(&answer, body, &current.grants);
    let label = format!("{} v{}: {:?}", answer.api.name, answer.version, answer.tree);
    assert!(!contains(&answer.wire, BROKER.as_bytes()), "the broker's address went out: {label}");
    counts.answered += 1;
}

#[test]
fn nothing_goes_out_ungranted_and_nothing_hidden_comes_back() {
    println!("seed {SEED}");
    let mut choices = Seeded(SEED);
    let mut counts = Counts::default();
    for round in 0..POLICIES {
        let (policy, later) = (random_policy(1, &mut choices), random_policy(2, &mut choices));
        let identity = IDENTITIES[round % 2];
        every_version(identity, |api, version| {
            for _ in 0..REQUESTS {
                let body = random_message(&api.request, version, &mut choices);
                let known: Vec<&str> = NAMES.iter().copied().filter(|_| choices.below(4) > 0).collect();
                let session = Session::new(route(identity, &known), newest_broker());
                let mut bench = Bench::with(session, policy.snapshot.clone());
                play(&mut bench, &policy, &later, (api.key, version, &body), &mut choices, &mut counts);
            }
        });
    }
    let Counts { keys, forwarded, answered, ended } = counts;
    println!("{forwarded} went out, {answered} were answered, {ended} ended the connection");
    let mut left = BTreeSet::new();
    every_version(UpstreamIdentity::AsClient, |api, _| {
        left.insert(api.key);
    });
    left.retain(|key| !keys.contains(key) && !matches!(*key, key::SASL_HANDSHAKE | key::SASL_AUTHENTICATE));
    assert!(left.is_empty(), "never went out: {left:?}");
    assert!(forwarded > 5_000 && answered > 5_000, "{forwarded} went out, {answered} were answered");
}

fn every_version(
    identity: UpstreamIdentity,
    mut check: impl FnMut(&'static tidegate_wire::kafka::codec::Api, i16),
) {
    for (key, min, max) in newest_broker().advertised(identity).ranges() {
        let api = tidegate_wire::kafka::codec::api(key).unwrap();
        (min..=max).for_each(|version| check(api, version));
    }
}

/// Every name that the definitions mark, anywhere in a message.
fn marked(schema: &'static StructSchema, tree: &Tree, found: &mut Vec<(Entity, String)>) {
    for field in schema.fields {
        match (tree.get(field.field), &field.kind) {
            (Some(Value::String(name)), _) => found.push((field.entity, name.clone())),
            (Some(Value::Array(values)), Kind::Array(Kind::String)) => {
                for value in values {
                    if let Value::String(name) = value {
                        found.push((field.entity, name.clone()));
                    }
                }
            }
            (Some(Value::Struct(inside)), _) => marked(field.kind.structure().unwrap(), inside, found),
            (Some(Value::Array(values)), _) => {
                let Some(inner) = field.kind.structure() else { continue };
                for value in values {
                    if let Value::Struct(inside) = value {
                        marked(inner, inside, found);
                    }
                }
            }
            _ => {}
        }
    }
}
