//! Topics by their ids: unknown, known, created again, and given beside a name.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, Message, id_of};
use crate::requests::{list, tree};
use crate::{requests, shapes};

const FETCHED: shapes::Shape = shapes::shape(&[f::RESPONSES, f::PARTITIONS], f::TOPIC);

/// The broker's answer to the gateway's question for names.
fn names(known: &[&str], unknown: &[&str]) -> Tree {
    let known = known.iter().map(|name| tree().with(f::NAME, *name).with(f::TOPIC_ID, id_of(name)));
    let unknown = unknown.iter().map(|name| {
        tree()
            .with(f::NAME, Value::Null)
            .with(f::TOPIC_ID, id_of(name))
            .with(f::ERROR_CODE, ErrorCode::UNKNOWN_TOPIC_ID)
    });
    tree().with(f::TOPICS, list(known.chain(unknown)))
}

fn asks_for_names(sent: &Message) {
    assert_eq!(sent.api.key, key::METADATA);
    assert_eq!(sent.tree.bool(f::ALLOW_AUTO_TOPIC_CREATION), Some(false));
    assert!(sent.tree.structs(f::TOPICS).all(|topic| topic.get(f::NAME) == Some(&Value::Null)));
}

#[test]
fn an_unknown_id_is_asked_for_once_and_then_judged_by_its_name() {
    let mut bench = Bench::new(&["read topic mine"]);
    bench.send(key::FETCH, 17, &requests::fetch(17, &["mine", "secret", "nowhere"])).unwrap();
    let question = bench.only_upstream();
    asks_for_names(&question);
    assert_eq!(question.tree.structs(f::TOPICS).count(), 3);
    assert!(!bench.session.ready_for_request(), "another request would overtake the one that waits");
    bench.reply(&question, &names(&["mine", "secret"], &["nowhere"])).unwrap();
    let sent = bench.only_upstream();
    let asked: Vec<_> = sent.tree.structs(f::TOPICS).map(|topic| topic.uuid(f::TOPIC_ID)).collect();
    assert_eq!(asked, [Some(id_of("mine"))]);
    bench.reply(&sent, &tree()).unwrap();
    let answer = bench.only_answer().tree;
    let error = |name: &str| {
        let topic = answer.structs(f::RESPONSES).find(|topic| topic.uuid(f::TOPIC_ID) == Some(id_of(name)));
        topic.unwrap().structs(f::PARTITIONS).next().unwrap().int(f::ERROR_CODE)
    };
    assert_eq!(error("secret"), Some(i64::from(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0)));
    assert_eq!(error("nowhere"), Some(i64::from(ErrorCode::UNKNOWN_TOPIC_ID.0)));
    bench.send(key::FETCH, 17, &requests::fetch(17, &["mine"])).unwrap();
    assert_eq!(bench.only_upstream().api.key, key::FETCH);
}

#[test]
fn a_topic_created_again_is_another_topic() {
    // The name moves to a new id; the old id keeps the old name and is judged by it, the new one is asked for.
    let mut bench = Bench::knowing(&["mine"], &["read topic mine"]);
    let new_id = [9; 16];
    let partition = list([tree().with(f::PARTITION, 0)]);
    let topic = tree().with(f::TOPIC_ID, new_id).with(f::PARTITIONS, partition);
    bench.send(key::FETCH, 17, &tree().with(f::TOPICS, list([topic]))).unwrap();
    let question = bench.only_upstream();
    asks_for_names(&question);
    let told = tree().with(f::NAME, "secret").with(f::TOPIC_ID, new_id);
    bench.reply(&question, &tree().with(f::TOPICS, list([told]))).unwrap();
    let sent = bench.only_upstream();
    assert_eq!(sent.tree.structs(f::TOPICS).count(), 0);
}

#[test]
fn an_id_in_an_answer_is_judged_by_its_name_before_its_records_are_shown() {
    let mut bench = Bench::knowing(&["mine"], &["read topic mine"]);
    bench.send(key::FETCH, 17, &requests::fetch(17, &["mine"])).unwrap();
    let sent = bench.only_upstream();
    // A fetch session brings topics that this request does not name.
    let reply = FETCHED.write(sent.api.response.root, 17, &["mine", "secret"]);
    bench.reply(&sent, &with_records(reply)).unwrap();
    let question = bench.only_upstream();
    asks_for_names(&question);
    assert!(bench.client().is_empty());
    bench.reply(&question, &names(&["secret"], &[])).unwrap();
    let answer = bench.only_answer();
    let records: Vec<usize> = answer
        .tree
        .structs(f::RESPONSES)
        .flat_map(|topic| topic.structs(f::PARTITIONS))
        .map(|partition| partition.bytes(f::RECORDS).map_or(0, bytes::Bytes::len))
        .collect();
    assert_eq!(records, [4, 0]);
}

fn with_records(mut reply: Tree) -> Tree {
    for topic in reply.structs_mut(f::RESPONSES) {
        for partition in topic.structs_mut(f::PARTITIONS) {
            partition.set(f::RECORDS, bytes::Bytes::from_static(b"data"));
        }
    }
    reply
}

#[test]
fn clients_do_not_teach_names() {
    // Whatever a client writes beside an id, only the broker says what the id stands for.
    let mut bench = Bench::new(&["describe topic mine", "delete topic mine", "read topic mine"]);
    let both = tree().with(f::NAME, "mine").with(f::TOPIC_ID, id_of("secret"));
    bench.send(key::METADATA, 12, &tree().with(f::TOPICS, list([both]))).unwrap();
    bench.upstream();
    bench.send(key::FETCH, 17, &requests::fetch(17, &["secret"])).unwrap();
    asks_for_names(&bench.only_upstream());
}

#[test]
fn a_topic_to_delete_is_named_once() {
    let both = tree().with(f::NAME, "mine").with(f::TOPIC_ID, id_of("secret"));
    let mut bench = Bench::knowing(&["mine", "secret"], &["delete topic mine"]);
    let answer = bench.refused(key::DELETE_TOPICS, 6, &tree().with(f::TOPICS, list([both])));
    let error = answer.structs(f::RESPONSES).next().unwrap().int(f::ERROR_CODE);
    assert_eq!(error, Some(i64::from(ErrorCode::INVALID_REQUEST.0)));
}

#[test]
fn metadata_by_id_does_not_tell_a_hidden_topic_from_none() {
    let mut bench = Bench::new(&["describe topic mine"]);
    let by_id = |name: &str| tree().with(f::NAME, Value::Null).with(f::TOPIC_ID, id_of(name));
    let request = tree()
        .with(f::TOPICS, list(["mine", "secret", "nowhere"].map(by_id)))
        .with(f::ALLOW_AUTO_TOPIC_CREATION, false);
    let answer = bench.exchange(key::METADATA, 12, &request, &names(&["mine", "secret"], &["nowhere"]));
    let told: Vec<_> = answer
        .structs(f::TOPICS)
        .map(|topic| {
            (topic.uuid(f::TOPIC_ID).unwrap(), topic.string(f::NAME), topic.int(f::ERROR_CODE).unwrap())
        })
        .collect();
    let unknown = i64::from(ErrorCode::UNKNOWN_TOPIC_ID.0);
    assert_eq!(
        told,
        [
            (id_of("mine"), Some("mine"), 0),
            (id_of("secret"), None, unknown),
            (id_of("nowhere"), None, unknown)
        ]
    );
}

#[test]
fn a_broker_that_knows_no_ids_is_not_asked_and_the_topic_stays_unknown() {
    let old = crate::bench::broker(|api, (min, max)| {
        Some(if api == key::METADATA { (min, 11) } else { (min, max) })
    });
    let route = crate::bench::route(tidegate_wire::kafka::UpstreamIdentity::AsClient, &[]);
    let session = tidegate_wire::kafka::Session::new(route, old);
    let mut bench = Bench::with(session, crate::bench::snapshot(&["write topic *"], 1));
    let answer = bench.refused(key::PRODUCE, 13, &requests::produce(13, &["mine"]));
    let topic = answer.structs(f::RESPONSES).next().unwrap();
    let error = topic.structs(f::PARTITION_RESPONSES).next().unwrap().int(f::ERROR_CODE);
    assert_eq!(error, Some(i64::from(ErrorCode::UNKNOWN_TOPIC_ID.0)));
}

#[test]
fn a_question_names_each_id_once_and_never_the_empty_one() {
    let mut bench = Bench::new(&["read topic mine"]);
    let mut request = requests::fetch(17, &["mine", "mine", "mine"]);
    request.structs_mut(f::TOPICS).last().unwrap().set(f::TOPIC_ID, [0; 16]);
    bench.send(key::FETCH, 17, &request).unwrap();
    let question = bench.only_upstream();
    assert_eq!(question.tree.structs(f::TOPICS).count(), 1);
    bench.reply(&question, &names(&["mine"], &[])).unwrap();
    assert_eq!(bench.only_upstream().tree.structs(f::TOPICS).count(), 2);
}
