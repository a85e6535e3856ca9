//! Requests as large as they may be. Work that grows with the square of their elements would not end here.

use tidegate_wire::kafka::codec::{ErrorCode, Tree, Value, field as f};
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, Message, id_of};
use crate::requests::{list, tree};
use crate::shapes::shape;

const MANY: usize = 40_000;

fn topics(prefixes: &[&str]) -> Vec<String> {
    (0..MANY).map(|at| format!("{}.{at}", prefixes[at % prefixes.len()])).collect()
}

fn sent_and_answered(bench: &mut Bench, reply: &Tree) -> (Message, Tree) {
    let sent = bench.only_upstream();
    bench.reply(&sent, reply).unwrap();
    (sent, bench.only_answer().tree)
}

#[test]
fn many_topics_are_split_into_those_that_go_on_and_those_that_do_not() {
    let names = topics(&["mine", "theirs"]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut bench = Bench::new(&["describe topic mine.*"]);
    bench.send(key::LIST_OFFSETS, 5, &crate::requests::list_offsets(5, &names)).unwrap();
    let (sent, answer) = sent_and_answered(&mut bench, &tree());
    assert_eq!(sent.tree.structs(f::TOPICS).count(), MANY / 2);
    assert_eq!(shape(&[f::TOPICS, f::PARTITIONS], f::NAME).read(&answer).len(), MANY / 2);
}

#[test]
fn one_refused_partition_of_many_ends_the_transactions_growth() {
    let names = topics(&["mine"]);
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.push("theirs");
    let mut bench = Bench::new(&["write topic mine.*", "write transactional_id ok.txn"]);
    let answer = bench.refused(key::ADD_PARTITIONS_TO_TXN, 3, &crate::requests::add_partitions(3, &names));
    let read = shape(&[f::RESULTS_BY_TOPIC_V3_AND_BELOW, f::RESULTS_BY_PARTITION], f::NAME)
        .error(f::PARTITION_ERROR_CODE)
        .read(&answer);
    let not_attempted = i64::from(ErrorCode::OPERATION_NOT_ATTEMPTED.0);
    assert_eq!(read.iter().filter(|(_, error)| *error == not_attempted).count(), MANY);
}

#[test]
fn many_ids_are_asked_for_at_once() {
    let names = topics(&["mine", "theirs"]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut bench = Bench::new(&["read topic mine.*"]);
    bench.send(key::FETCH, 17, &crate::requests::fetch(17, &names)).unwrap();
    let question = bench.only_upstream();
    let distinct: std::collections::BTreeSet<_> = names.iter().map(|name| id_of(name)).collect();
    assert_eq!(question.tree.structs(f::TOPICS).count(), distinct.len());
    let told = names.iter().map(|name| tree().with(f::NAME, *name).with(f::TOPIC_ID, id_of(name)));
    bench.reply(&question, &tree().with(f::TOPICS, list(told))).unwrap();
    let (sent, answer) = sent_and_answered(&mut bench, &tree());
    let refused = answer.structs(f::RESPONSES).count();
    assert_eq!(sent.tree.structs(f::TOPICS).count() + refused, MANY);
    assert!(refused > 0);
}

#[test]
fn many_topics_of_many_groups_are_answered_in_their_groups() {
    const GROUPS: usize = 200;
    const TOPICS: usize = 200;
    let group = |at: usize| {
        let topics = (0..TOPICS).map(|topic| {
            let prefix = if topic % 2 == 0 { "mine" } else { "theirs" };
            tree().with(f::NAME, format!("{prefix}.{topic}"))
        });
        tree().with(f::GROUP_ID, format!("g.{at}")).with(f::TOPICS, list(topics))
    };
    let mut bench = Bench::new(&["describe group g.*", "describe topic mine.*"]);
    let request = tree().with(f::GROUPS, list((0..GROUPS).map(group)));
    bench.send(key::OFFSET_FETCH, 8, &request).unwrap();
    let told = (0..GROUPS).rev().map(|at| tree().with(f::GROUP_ID, format!("g.{at}")));
    let (sent, answer) = sent_and_answered(&mut bench, &tree().with(f::GROUPS, list(told)));
    assert!(sent.tree.structs(f::GROUPS).all(|group| group.structs(f::TOPICS).count() == TOPICS / 2));
    assert!(answer.structs(f::GROUPS).all(|group| group.structs(f::TOPICS).count() == TOPICS / 2));
}

#[test]
fn of_many_refusals_some_are_told_and_the_rest_are_counted() {
    let names = topics(&["theirs"]);
    let topics = names.iter().map(|name| tree().with(f::NAME, name.as_str()));
    let mut bench = Bench::new(&[]);
    bench.refused(key::DESCRIBE_TOPIC_PARTITIONS, 0, &tree().with(f::TOPICS, list(topics)));
    let events = bench.session.events().take();
    assert!(events.len() < 300, "{} events", events.len());
    assert!(matches!(events.last(), Some(tidegate_wire::kafka::Event::Lost { count }) if *count > 30_000));
    assert_eq!(bench.session.events().take(), []);
}

#[test]
fn a_listing_of_many_topics_is_cut_down() {
    let names = topics(&["mine", "theirs"]);
    let told = names.iter().map(|name| tree().with(f::NAME, name.as_str()));
    let reply = tree().with(f::TOPICS, list(told));
    let mut bench = Bench::new(&["describe topic mine.*"]);
    let all = tree().with(f::TOPICS, Value::Null).with(f::ALLOW_AUTO_TOPIC_CREATION, false);
    let answer = bench.exchange(key::METADATA, 12, &all, &reply);
    assert_eq!(answer.structs(f::TOPICS).count(), MANY / 2);
}
