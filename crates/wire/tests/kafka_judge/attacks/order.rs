//! The order of answers, what is out of turn, and what is in no definition.

use bytes::{BufMut, Bytes, BytesMut};
use tidegate_wire::kafka::Fatal;
use tidegate_wire::kafka::codec::{self, Frame, Tree, field as f};
use tidegate_wire::kafka::session::MAX_IN_FLIGHT;
use tidegate_wire::kafka::versions::key;

use crate::bench::{Bench, Message};
use crate::requests::{fetch, list_offsets, produce, tree};

const GRANTS: &[&str] = &["read topic ok.topic", "write topic ok.topic"];

#[test]
fn the_gateways_own_answers_keep_their_place() {
    let mut bench = Bench::new(GRANTS);
    for name in ["ok.topic", "no.topic", "ok.topic", "no.topic", "no.topic"] {
        bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &[name])).unwrap();
    }
    assert!(bench.client().is_empty(), "a refusal overtook the answer before it");
    let sent = bench.upstream();
    assert_eq!(sent.len(), 2);
    bench.reply(&sent[0], &tree()).unwrap();
    assert_eq!(bench.client().len(), 2);
    bench.reply(&sent[1], &tree()).unwrap();
    assert_eq!(bench.client().len(), 3);
    assert_eq!(bench.session.in_flight(), 0);
}

#[test]
fn requests_in_flight_have_a_limit() {
    let mut bench = Bench::new(GRANTS);
    for _ in 0..MAX_IN_FLIGHT {
        assert!(bench.session.ready_for_request());
        bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"])).unwrap();
    }
    assert!(!bench.session.ready_for_request());
    let one_more = bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"]));
    assert_eq!(one_more, Err(Fatal::OutOfTurn));
    let sent = bench.upstream();
    assert_eq!(sent.len(), MAX_IN_FLIGHT);
    bench.reply(&sent[0], &tree()).unwrap();
    assert!(bench.session.ready_for_request());
}

#[test]
fn refusals_behind_an_unanswered_request_count_as_in_flight() {
    let mut bench = Bench::new(GRANTS);
    bench.send(key::FETCH, 12, &fetch(12, &["ok.topic"])).unwrap();
    for _ in 1..MAX_IN_FLIGHT {
        bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["no.topic"])).unwrap();
    }
    assert!(!bench.session.ready_for_request());
}

#[test]
fn an_answer_to_another_request_ends_the_connection() {
    let mut bench = Bench::new(GRANTS);
    bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"])).unwrap();
    let mut sent = bench.only_upstream();
    sent.correlation_id += 1;
    let wrong = Fatal::UpstreamUnexpected { correlation_id: sent.correlation_id };
    assert_eq!(bench.reply(&sent, &tree()), Err(wrong));
}

#[test]
fn an_answer_to_nothing_ends_the_connection() {
    let mut bench = Bench::new(GRANTS);
    let api = codec::api(key::LIST_OFFSETS).unwrap();
    let nothing =
        Message { api, version: 5, correlation_id: 7, client_id: None, tree: tree(), wire: Bytes::new() };
    assert_eq!(bench.reply(&nothing, &tree()), Err(Fatal::UpstreamUnexpected { correlation_id: 7 }));
}

#[test]
fn a_malformed_frame_ends_the_connection_on_either_side() {
    let mut bench = Bench::new(GRANTS);
    let frame = bench.encode(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"]));
    let whole = frame.payload();
    for length in 0..whole.len() {
        let mut bench = Bench::new(GRANTS);
        assert!(bench.send_frame(framed(&whole[..length])).is_err(), "{length} bytes");
        assert!(bench.upstream().is_empty());
    }
    let mut longer = whole.to_vec();
    longer.push(0);
    assert!(matches!(bench.send_frame(framed(&longer)), Err(Fatal::Malformed(_))));
    let mut bench = Bench::new(GRANTS);
    bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"])).unwrap();
    let sent = bench.only_upstream();
    let mut answer = sent.correlation_id.to_be_bytes().to_vec();
    answer.extend([0; 3]);
    assert!(matches!(bench.reply_frame(framed(&answer)), Err(Fatal::UpstreamMalformed(_))));
}

fn framed(payload: &[u8]) -> Frame {
    let mut wire = BytesMut::new();
    wire.put_i32(i32::try_from(payload.len()).unwrap());
    wire.extend_from_slice(payload);
    Frame::from_wire(wire.freeze()).unwrap()
}

#[test]
fn authenticating_again_waits_for_every_answer_before_it() {
    let mut bench = Bench::new(GRANTS);
    bench.send(key::LIST_OFFSETS, 5, &list_offsets(5, &["ok.topic"])).unwrap();
    let sent = bench.only_upstream();
    let handshake = bench.encode(key::SASL_HANDSHAKE, 1, &tree().with(f::MECHANISM, "PLAIN"));
    bench.send_frame(handshake).unwrap();
    assert!(bench.upstream().is_empty(), "the handshake is not for the broker to see unread");
    assert!(!bench.session.ready_for_request());
    assert!(bench.session.take_reauthentication().is_none());
    bench.reply(&sent, &tree()).unwrap();
    assert!(bench.session.take_reauthentication().is_some());
    assert!(bench.session.ready_for_request());
}

#[test]
fn a_sasl_message_out_of_its_conversation_ends_the_connection() {
    let mut bench = Bench::new(GRANTS);
    let message = tree().with(f::AUTH_BYTES, Bytes::from_static(b"\0admin\0secret"));
    for version in 0..=2 {
        assert!(matches!(
            bench.send(key::SASL_AUTHENTICATE, version, &message),
            Err(Fatal::Unoffered { api: key::SASL_AUTHENTICATE, .. })
        ));
        assert!(bench.upstream().is_empty());
    }
}

/// The frame with an unknown tagged field in its header and one at the end of its body.
fn with_unknown_tags(frame: &Frame, header: bool, body: bool) -> Frame {
    let payload = frame.payload();
    let request = codec::request_header(&payload).unwrap();
    let tag = [1, 99, 6, b's', b'e', b'c', b'r', b'e', b't'];
    let mut changed = payload[..request.tags.start].to_vec();
    changed.extend_from_slice(if header { &tag } else { &[0] });
    let rest = &payload[request.tags.end..];
    assert_eq!(rest.last(), Some(&0), "the body ends without tagged fields");
    changed.extend_from_slice(&rest[..rest.len() - 1]);
    changed.extend_from_slice(if body { &tag } else { &[0] });
    framed(&changed)
}

#[test]
fn tagged_fields_of_no_definition_are_left_out_on_the_way() {
    for (header, body) in [(true, false), (false, true), (true, true)] {
        let mut bench = Bench::new(GRANTS);
        let plain = bench.encode(key::PRODUCE, 9, &produce(9, &["ok.topic"]));
        bench.send_frame(with_unknown_tags(&plain, header, body)).unwrap();
        let sent = bench.only_upstream();
        assert_eq!(&sent.wire, plain.wire(), "header {header}, body {body}");
        let wire = codec::encode_response(sent.api, 9, sent.correlation_id, &tree()).unwrap();
        let mut answer = wire[4..wire.len() - 1].to_vec();
        answer.extend_from_slice(&[1, 99, 6, b's', b'e', b'c', b'r', b'e', b't']);
        bench.reply_frame(framed(&answer)).unwrap();
        assert_eq!(bench.only_answer().wire, wire);
    }
}

#[test]
fn what_is_not_offered_ends_the_connection() {
    let mut bench = Bench::new(&["alter cluster"]);
    let telemetry = [71, 72, 83, 84, 85, 86, 87];
    for api in telemetry {
        let end = bench.send(api, 0, &Tree::new());
        assert_eq!(end, Err(Fatal::Unoffered { api, version: 0 }));
    }
    for (api, version) in
        [(key::METADATA, 3), (key::ADD_PARTITIONS_TO_TXN, 4), (key::ADD_PARTITIONS_TO_TXN, 5)]
    {
        let end = bench.send(api, version, &Tree::new());
        assert_eq!(end, Err(Fatal::Unoffered { api, version }));
    }
    for (api, version) in [(key::PRODUCE, 2), (key::PRODUCE, 14), (4, 0), (56, 0), (1000, 0), (-1, 0)] {
        let mut payload = Vec::new();
        payload.extend_from_slice(&i16::to_be_bytes(api));
        payload.extend_from_slice(&i16::to_be_bytes(version));
        payload.extend_from_slice(&[0; 16]);
        assert_eq!(bench.send_frame(framed(&payload)), Err(Fatal::Unoffered { api, version }));
    }
    assert!(bench.upstream().is_empty());
}
