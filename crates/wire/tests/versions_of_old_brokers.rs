//! A broker that does not know the version in which it is asked for its versions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use bytes::{BufMut, Bytes, BytesMut};
use tidegate_wire::kafka::auth::{OWN_API_VERSIONS_VERSION, oldest_api_versions_request};
use tidegate_wire::kafka::codec::field;
use tidegate_wire::kafka::codec::frame::Frame;
use tidegate_wire::kafka::codec::request_header;
use tidegate_wire::kafka::session::UpstreamIdentity;
use tidegate_wire::kafka::versions::{VersionTable, VersionsError};

fn frame(body: &[u8]) -> Frame {
    let mut wire = BytesMut::new();
    wire.put_u32(u32::try_from(body.len()).unwrap() + 4);
    wire.put_i32(0);
    wire.put_slice(body);
    Frame::from_wire(wire.freeze()).unwrap()
}

/// Error code, then one key (18: ApiVersions) from version 0 to 2, as version 0 of the answer has it.
fn answer(error: i16) -> Vec<u8> {
    let mut body = Vec::new();
    body.put_i16(error);
    body.put_i32(1);
    for number in [18, 0, 2] {
        body.put_i16(number);
    }
    body
}

#[test]
fn its_refusal_is_told_from_nonsense_whatever_shape_the_rest_has() {
    for rest in [&answer(35)[..], &[0, 35], &[0, 35, 1, 0, 18, 0, 0, 0, 2, 0, 0, 0, 0]] {
        let told = VersionTable::from_response(&frame(rest), OWN_API_VERSIONS_VERSION);
        let refused = matches!(&told, Err(VersionsError::Broker(code)) if code.0 == 35);
        assert!(refused, "{rest:?}: {:?}", told.err());
    }
    for nonsense in [&answer(0)[..], &[0], &[]] {
        let told = VersionTable::from_response(&frame(nonsense), OWN_API_VERSIONS_VERSION);
        assert!(matches!(told, Err(VersionsError::Malformed(_))), "{nonsense:?}");
    }
}

#[test]
fn asked_in_the_oldest_version_it_answers() {
    let request = oldest_api_versions_request(7, Some("client")).unwrap();
    let request: Bytes = Frame::from_wire(request).unwrap().payload();
    let header = request_header(&request).unwrap();
    assert_eq!((header.key, header.version, header.correlation_id), (18, 0, 7));
    assert_eq!(header.body_at, request.len(), "version 0 asks without a body");
    let table = VersionTable::from_response(&frame(&answer(0)), 0).unwrap();
    assert_eq!(table.range(18), Some((0, 2)));
}

#[test]
fn a_broker_without_sasl_keeps_no_client_from_logging_in_at_the_gateway() {
    let table =
        VersionTable::from_response(&frame(&answer(0)), 0).unwrap().advertised(UpstreamIdentity::AsGateway);
    for key in [17, 36] {
        assert_eq!(table.range(key), None, "what the broker lacks is not offered in relay");
    }
    let table = table.with_own_authentication();
    assert_eq!(
        (table.range(17), table.range(18), table.range(36)),
        (Some((1, 1)), Some((0, 2)), Some((0, 2)))
    );
    assert!(table.ranges().is_sorted());
}

#[test]
fn an_old_librdkafka_finds_the_ranges_it_looks_for() {
    let table = VersionTable::from_response(&frame(&answer(0)), 0).unwrap().with_own_authentication();
    let named = table.to_tree(0);
    let lowest = |key: i64| {
        let entry = named.structs(field::API_KEYS).find(|entry| entry.int(field::API_KEY) == Some(key));
        entry.and_then(|entry| entry.int(field::MIN_VERSION))
    };
    assert_eq!((lowest(17), lowest(36)), (Some(0), Some(0)));
    assert!(!table.contains(17, 0), "naming it does not make it acceptable");
}
