//! What is no message, and what is over a limit by one.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

use bytes::{BufMut, Bytes, BytesMut};
use tidegate_model::UnixMillis;
use tidegate_wire::kafka::codec::limits::{
    ARRAY_ELEMENTS, BODY_BYTES, DEPTH, FRAME_AFTER_AUTHENTICATION, FRAME_BEFORE_AUTHENTICATION, FRAME_TIME,
    MESSAGE_ELEMENTS, REQUEST_ELEMENTS, STRING_BYTES, TAGGED_FIELDS, UNKNOWN_TAGGED_FIELDS,
};
use tidegate_wire::kafka::codec::{
    APIS, CodecError, EncodeError, ErrorCode, Field, FrameError, Framer, Kind, Limits, MessageSchema,
    StructSchema, Tree, Value, Versions, View, api, encode, encode_request, field, request_header,
    response_header, validate,
};

const METADATA: i16 = 3;
const DESCRIBE_GROUPS: i16 = 15;
const API_VERSIONS: i16 = 18;
const DESCRIBE_TOPIC_PARTITIONS: i16 = 75;

fn request(key: i16) -> &'static MessageSchema {
    &api(key).unwrap().request
}

fn response(key: i16) -> &'static MessageSchema {
    &api(key).unwrap().response
}

fn outcome(message: &'static MessageSchema, version: i16, body: &[u8]) -> Result<(), CodecError> {
    validate(message, version, body, &Limits::DEFAULT).map(drop)
}

#[test]
fn malformed_bodies_are_refused() {
    let check =
        |message: &'static MessageSchema, version: i16, body: &[u8], expected: Result<(), CodecError>| {
            assert_eq!(outcome(message, version, body), expected, "{} v{version} {body:x?}", message.name);
        };
    // Strings with a two-byte length, in an array with a four-byte count.
    let groups = request(DESCRIBE_GROUPS);
    check(groups, 0, b"\0\0\0\x01\0\x01a", Ok(()));
    check(groups, 0, b"", Err(CodecError::Truncated { at: 0 }));
    check(groups, 0, b"\0\0\0", Err(CodecError::Truncated { at: 0 }));
    check(groups, 0, b"\0\0\0\x01\0\x02a", Err(CodecError::Truncated { at: 6 }));
    check(groups, 0, b"\0\0\0\x01\0\x01ab", Err(CodecError::Trailing { bytes: 1 }));
    check(groups, 0, b"\xff\xff\xff\xff", Err(CodecError::UnexpectedNull { field: field::GROUPS }));
    check(groups, 0, b"\xff\xff\xff\xfe", Err(CodecError::BadLength { at: 0 }));
    check(groups, 0, b"\x7f\xff\xff\xff", Err(CodecError::TooManyElements { at: 0 }));
    check(groups, 0, b"\0\0\0\x02\0\0\0", Err(CodecError::TooManyElements { at: 0 }));
    check(groups, 0, b"\0\0\0\x01\xff\xff", Err(CodecError::UnexpectedNull { field: field::GROUPS }));
    check(groups, 0, b"\0\0\0\x01\xff\xfe", Err(CodecError::BadLength { at: 4 }));
    check(groups, 0, b"\0\0\0\x01\0\x01\xff", Err(CodecError::NotUtf8 { at: 6 }));
    check(groups, 0, b"\0\0\0\x01\0\x02\xc0\x80", Err(CodecError::NotUtf8 { at: 6 }));
    check(groups, -1, b"", Err(CodecError::UnsupportedVersion { key: 15, version: -1 }));
    check(groups, 7, b"", Err(CodecError::UnsupportedVersion { key: 15, version: 7 }));
    // The same with compact lengths.
    check(groups, 5, b"\x02\x02a\0\0", Ok(()));
    check(groups, 5, b"\x82\x00\x02a\0\0", Ok(()));
    check(groups, 5, b"\0\0\0", Err(CodecError::UnexpectedNull { field: field::GROUPS }));
    check(groups, 5, b"\x02\0\0\0", Err(CodecError::UnexpectedNull { field: field::GROUPS }));
    check(groups, 5, b"\xff\xff\xff\xff\x0f", Err(CodecError::BadLength { at: 0 }));
    check(groups, 5, b"\xff\xff\xff\xff\x07", Err(CodecError::TooManyElements { at: 0 }));
    check(groups, 5, b"\x81\x80\x80\x80\x10", Err(CodecError::BadVarint { at: 0 }));
    check(groups, 5, b"\x81\x80\x80\x80\x80\0", Err(CodecError::BadVarint { at: 0 }));
    check(groups, 5, b"\x80", Err(CodecError::Truncated { at: 1 }));
    // Truth values.
    let metadata = request(METADATA);
    check(metadata, 4, b"\xff\xff\xff\xff\x01", Ok(()));
    check(metadata, 4, b"\xff\xff\xff\xff\x02", Err(CodecError::BadBool { at: 4 }));
    check(metadata, 4, b"\xff\xff\xff\xff\xff", Err(CodecError::BadBool { at: 4 }));
    // A structure that may be null.
    let partitions = request(DESCRIBE_TOPIC_PARTITIONS);
    check(partitions, 0, b"\x01\0\0\0\x01\xff\0", Ok(()));
    check(partitions, 0, b"\x01\0\0\0\x01\x01\x02t\0\0\0\0\0\0", Ok(()));
    check(partitions, 0, b"\x01\0\0\0\x01\0\x02t\0\0\0\0\0\0", Err(CodecError::BadPresence { at: 5 }));
    check(partitions, 0, b"\x01\0\0\0\x01\x02\x02t\0\0\0\0\0\0", Err(CodecError::BadPresence { at: 5 }));
    check(partitions, 0, b"\x01\0\0\0\x01\xfe\0", Err(CodecError::BadPresence { at: 5 }));
}

#[test]
fn tagged_fields_are_known_whole_in_order_and_once() {
    let check = |tags: &[u8], expected: Result<bool, CodecError>| {
        let body = [b"\0\0\x01\0\0\0\0", tags].concat();
        let validated = validate(response(API_VERSIONS), 3, &body, &Limits::DEFAULT);
        assert_eq!(validated.map(|validated| validated.has_unknown_tags()), expected, "{tags:x?}");
    };
    check(b"\0", Ok(false));
    check(b"\x01\x01\x08\0\0\0\0\0\0\0\x07", Ok(false));
    check(b"\x01\x03\x01\x01", Ok(false));
    check(b"\x01\x09\x00", Ok(true));
    check(b"\x02\x03\x01\x01\x09\x02ab", Ok(true));
    check(b"\x01", Err(CodecError::Truncated { at: 8 }));
    check(b"\x01\x03\x01\x02", Err(CodecError::BadBool { at: 10 }));
    check(b"\x01\x03\x02\x01\x00", Err(CodecError::TagLength { at: 10 }));
    check(b"\x01\x01\x04\0\0\0\0\0\0\0\0", Err(CodecError::TagLength { at: 10 }));
    check(b"\x01\x01\x08\0\0\0\0", Err(CodecError::Truncated { at: 10 }));
    check(b"\x01\x09\xff\xff\xff\xff\x0f", Err(CodecError::Truncated { at: 14 }));
    check(b"\x02\x03\x01\x01\x03\x01\x01", Err(CodecError::TagOrder { at: 11 }));
    check(b"\x02\x09\x00\x09\x00", Err(CodecError::TagOrder { at: 10 }));
    check(b"\x02\x03\x01\x01\x01\x08\0\0\0\0\0\0\0\0", Err(CodecError::TagOrder { at: 11 }));
    check(b"\xff\xff\xff\xff\x0f", Err(CodecError::TooManyTags { at: 7 }));
}

#[test]
fn headers() {
    let check = |frame: &[u8], expected: Result<(i16, i16, i32, Option<&str>, usize), CodecError>| {
        let header = request_header(frame);
        let parts = header.map(|h| (h.key, h.version, h.correlation_id, h.client_id, h.body_at));
        assert_eq!(parts, expected, "{frame:x?}");
    };
    check(b"\0\x03\0\x04\0\0\0\x05\0\x01a", Ok((3, 4, 5, Some("a"), 11)));
    check(b"\0\x03\0\x04\0\0\0\x05\xff\xff", Ok((3, 4, 5, None, 10)));
    check(b"\0\x03\0\x09\0\0\0\x05\0\x01a\0", Ok((3, 9, 5, Some("a"), 12)));
    check(b"\0\x03\0\x09\0\0\0\x05\0\x01a\x01\x05\x02xy", Ok((3, 9, 5, Some("a"), 16)));
    // The answer to a version that nobody knows yet is still ours to give.
    check(b"\0\x12\0\x63\0\0\0\x05\0\x01a\0", Ok((18, 99, 5, Some("a"), 12)));
    check(b"", Err(CodecError::Truncated { at: 0 }));
    check(b"\0\x03\0\x04\0\0\0", Err(CodecError::Truncated { at: 4 }));
    check(b"\0\x03\0\x04\0\0\0\x05\0\x02a", Err(CodecError::Truncated { at: 10 }));
    check(b"\0\x03\0\x04\0\0\0\x05\xff\xfe", Err(CodecError::BadLength { at: 8 }));
    check(b"\0\x03\0\x04\0\0\0\x05\0\x01\xff", Err(CodecError::NotUtf8 { at: 10 }));
    check(b"\0\x03\0\x09\0\0\0\x05\0\x01a", Err(CodecError::Truncated { at: 11 }));
    check(b"\0\x03\0\x09\0\0\0\x05\0\x01a\x02\x05\0\x05\0", Err(CodecError::TagOrder { at: 14 }));
    check(b"\0\x03\0\x09\0\0\0\x05\0\x01a\x41", Err(CodecError::TooManyTags { at: 11 }));
    // Broker to controller, gone, never there, negative.
    for key in [52_i16, 4, 999, -1] {
        let frame = [&key.to_be_bytes()[..], b"\0\0\0\0\0\x05\xff\xff"].concat();
        check(&frame, Err(CodecError::UnknownApi { key }));
    }
    let metadata = api(METADATA).unwrap();
    assert_eq!(response_header(metadata, 8, b"\0\0\0\x05rest").unwrap().body_at, 4);
    assert_eq!(response_header(metadata, 9, b"\0\0\0\x05\0rest").unwrap().body_at, 5);
    assert_eq!(response_header(metadata, 9, b"\0\0\0\x05"), Err(CodecError::Truncated { at: 4 }));
    let versions = api(API_VERSIONS).unwrap();
    assert_eq!(response_header(versions, 3, b"\0\0\0\x05rest").unwrap().body_at, 4);
}

#[test]
fn a_frame_over_its_limit_is_refused_before_it_is_waited_for() {
    for limit in [FRAME_BEFORE_AUTHENTICATION, FRAME_AFTER_AUTHENTICATION] {
        let next = |length: usize| {
            let mut buffer = BytesMut::from(&(length as i32).to_be_bytes()[..]);
            Framer::new(limit).next(&mut buffer)
        };
        assert_eq!(next(limit), Ok(None));
        assert_eq!(next(limit + 1), Err(FrameError::TooLong { length: limit + 1, limit }));
    }
    let negative = Framer::new(10).next(&mut BytesMut::from(&[0xff_u8, 0xff, 0xff, 0xff][..]));
    assert_eq!(negative, Err(FrameError::NegativeLength));
}

#[test]
fn a_frame_must_be_finished_in_time() {
    let limit = i64::try_from(FRAME_TIME.as_millis()).unwrap();
    let mut framer = Framer::new(10);
    let mut buffer = BytesMut::from(&b"\0\0\0\x02a"[..]);
    assert_eq!(framer.tick(&BytesMut::new(), UnixMillis(0)), Ok(()));
    assert_eq!(framer.tick(&buffer, UnixMillis(1000)), Ok(()));
    assert_eq!(framer.tick(&buffer, UnixMillis(1000 + limit)), Ok(()));
    assert_eq!(framer.tick(&buffer, UnixMillis(1000 + limit + 1)), Err(FrameError::TooSlow));
    // A finished frame starts the time anew for the next.
    buffer.extend_from_slice(b"b\0");
    assert!(framer.next(&mut buffer).unwrap().is_some());
    assert_eq!(framer.tick(&buffer, UnixMillis(1000 + limit + 1)), Ok(()));
    assert_eq!(framer.pending_since(), Some(UnixMillis(1000 + limit + 1)));
}

/// An OffsetFetch v1 request with arrays of so many partitions.
fn offset_fetch(partitions: &[usize]) -> Vec<u8> {
    let mut body = Vec::new();
    body.put_slice(b"\0\x01g");
    body.put_i32(partitions.len() as i32);
    for count in partitions {
        body.put_slice(b"\0\x01t");
        body.put_i32(*count as i32);
        body.resize(body.len() + 4 * count, 0);
    }
    body
}

#[test]
fn elements_at_the_limit_pass_and_one_more_does_not() {
    let message = request(9);
    let check = |partitions: &[usize], expected: Result<(), CodecError>| {
        assert_eq!(outcome(message, 1, &offset_fetch(partitions)), expected, "{partitions:?}");
    };
    check(&[ARRAY_ELEMENTS], Ok(()));
    check(&[ARRAY_ELEMENTS + 1], Err(CodecError::TooManyElements { at: 10 }));
    let full = [ARRAY_ELEMENTS; MESSAGE_ELEMENTS / ARRAY_ELEMENTS];
    let last = full.len() - 1;
    let mut exact = full;
    exact[last] -= full.len();
    check(&exact, Ok(()));
    let request = |count: usize| validate(message, 1, &offset_fetch(&[count]), &Limits::REQUESTS).map(drop);
    assert_eq!(request(REQUEST_ELEMENTS - 1), Ok(()));
    assert_eq!(request(REQUEST_ELEMENTS), Err(CodecError::TooManyElements { at: 10 }));
    let mut over = exact;
    over[last] += 1;
    assert!(matches!(outcome(message, 1, &offset_fetch(&over)), Err(CodecError::TooManyElements { .. })));
}

#[test]
fn strings_at_the_limit_pass_and_one_more_does_not() {
    let body = |length: usize| {
        let mut body = vec![2];
        let mut compact = length + 1;
        while compact >= 0x80 {
            body.push((compact & 0x7f) as u8 | 0x80);
            compact >>= 7;
        }
        body.push(compact as u8);
        body.resize(body.len() + length, b'a');
        body.extend(b"\0\0");
        body
    };
    assert_eq!(outcome(request(DESCRIBE_GROUPS), 5, &body(STRING_BYTES)), Ok(()));
    assert_eq!(
        outcome(request(DESCRIBE_GROUPS), 5, &body(STRING_BYTES + 1)),
        Err(CodecError::BadLength { at: 1 })
    );
}

#[test]
fn tagged_fields_at_the_limit_pass_and_one_more_does_not() {
    let body = |count: usize| {
        let mut body = b"\0\0\x01\0\0\0\0".to_vec();
        body.push(count as u8);
        (0..count).for_each(|tag| body.extend([tag as u8 + 10, 0]));
        body
    };
    assert_eq!(outcome(response(API_VERSIONS), 3, &body(TAGGED_FIELDS)), Ok(()));
    assert_eq!(
        outcome(response(API_VERSIONS), 3, &body(TAGGED_FIELDS + 1)),
        Err(CodecError::TooManyTags { at: 7 })
    );
}

#[test]
fn unknown_tagged_fields_at_the_limit_pass_and_one_more_does_not() {
    let body = |count: usize| {
        let mut body = b"\0\0".to_vec();
        let compact = count + 1;
        body.extend([(compact & 0x7f) as u8 | 0x80, (compact >> 7) as u8]);
        (0..count).for_each(|_| body.extend(b"\0\0\0\0\0\0\x01\x09\0"));
        body.extend(b"\0\0\0\0\0");
        body
    };
    assert_eq!(outcome(response(API_VERSIONS), 3, &body(UNKNOWN_TAGGED_FIELDS)), Ok(()));
    assert!(matches!(
        outcome(response(API_VERSIONS), 3, &body(UNKNOWN_TAGGED_FIELDS + 1)),
        Err(CodecError::TooManyTags { .. })
    ));
}

#[test]
fn nesting_at_the_limit_passes_and_one_more_does_not() {
    // Response, topic, partition: three levels.
    let body = [&b"\0\0\0\x01\0\x01t\0\0\0\x01"[..], &[0; 26]].concat();
    let depth =
        |depth: usize| validate(response(0), 3, &body, &Limits { depth, ..Limits::DEFAULT }).map(drop);
    assert_eq!(depth(3), Ok(()));
    assert_eq!(depth(2), Err(CodecError::TooDeep { at: 11 }));
    assert_eq!(depth(0), Err(CodecError::TooDeep { at: 0 }));
    // The definitions themselves stay well below.
    let deepest =
        APIS.iter().flat_map(|api| [&api.request, &api.response]).map(|message| levels(message.root)).max();
    assert!(deepest.unwrap() <= DEPTH / 2, "{deepest:?}");
}

fn levels(schema: &StructSchema) -> usize {
    1 + schema.fields.iter().filter_map(|field| field.kind.structure()).map(levels).max().unwrap_or(0)
}

#[test]
fn a_body_at_the_limit_is_walked_and_one_byte_more_is_not() {
    let groups = request(DESCRIBE_GROUPS);
    let body = vec![0_u8; BODY_BYTES + 1];
    assert_eq!(outcome(groups, 0, &body[..BODY_BYTES]), Err(CodecError::Trailing { bytes: BODY_BYTES - 4 }));
    assert_eq!(outcome(groups, 0, &body), Err(CodecError::TooLong { bytes: BODY_BYTES + 1 }));
    assert_eq!(View::root(groups, 0, &body).unwrap_err(), CodecError::TooLong { bytes: BODY_BYTES + 1 });
}

#[test]
fn before_authentication_less_is_accepted() {
    let limits = Limits::BEFORE_AUTHENTICATION;
    let groups = |count: usize| {
        let mut body = (count as i32).to_be_bytes().to_vec();
        body.resize(4 + 2 * count, 0);
        validate(request(DESCRIBE_GROUPS), 0, &body, &limits).map(drop)
    };
    assert_eq!(groups(limits.array_len), Ok(()));
    assert_eq!(groups(limits.array_len + 1), Err(CodecError::TooManyElements { at: 0 }));
    let tags = |count: usize| {
        let mut body = b"\x02a\x02b".to_vec();
        body.push(count as u8);
        (0..count).for_each(|tag| body.extend([tag as u8, 0]));
        validate(request(API_VERSIONS), 3, &body, &limits).map(drop)
    };
    assert_eq!(tags(limits.unknown_tagged_fields), Ok(()));
    assert_eq!(tags(limits.unknown_tagged_fields + 1), Err(CodecError::TooManyTags { at: 4 }));
}

#[test]
fn questions_that_make_no_sense_are_errors_and_not_absent_fields() {
    let body = Bytes::from_static(b"\0\0\0\x01\0\x01a");
    let view = View::root(request(DESCRIBE_GROUPS), 0, &body).unwrap();
    let wrong = |field: Field| CodecError::WrongField { field };
    assert_eq!(view.string(field::TOPIC_ID).unwrap_err(), wrong(field::TOPIC_ID));
    assert_eq!(view.string(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.int(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.bool(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.uuid(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.float(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.bytes(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(view.structure(field::GROUPS).unwrap_err(), wrong(field::GROUPS));
    assert_eq!(
        view.array(field::INCLUDE_AUTHORIZED_OPERATIONS).unwrap_err(),
        wrong(field::INCLUDE_AUTHORIZED_OPERATIONS)
    );
    assert_eq!(view.span(field::INCLUDE_AUTHORIZED_OPERATIONS), None);
    assert!(!view.has(field::INCLUDE_AUTHORIZED_OPERATIONS));
    assert!(!view.bool(field::INCLUDE_AUTHORIZED_OPERATIONS).unwrap());
    let groups = view.array(field::GROUPS).unwrap().unwrap();
    assert_eq!(groups.strings().collect::<Result<Vec<_>, _>>().unwrap(), ["a"]);
    assert_eq!(groups.ints().collect::<Vec<_>>(), [Err(wrong(field::GROUPS))]);
    assert_eq!(groups.uuids().collect::<Vec<_>>(), [Err(wrong(field::GROUPS))]);
    assert_eq!(groups.views().map(|view| view.unwrap_err()).collect::<Vec<_>>(), [wrong(field::GROUPS)]);
    // A tree only from the very bytes that were viewed.
    let copy = Bytes::copy_from_slice(&body);
    assert_eq!(view.to_tree(&copy).unwrap_err(), CodecError::BadEdit { at: 7 });
}

#[test]
fn edits_that_do_not_fit_are_refused() {
    let body = Bytes::from_static(b"\0\0\0\x02\0\x01a\0\x01b");
    let validated = validate(request(DESCRIBE_GROUPS), 0, &body, &Limits::DEFAULT).unwrap();
    let groups = validated.root(&body).unwrap().array(field::GROUPS).unwrap().unwrap();
    let mut splice = validated.splice(&body);
    splice.replace(4..7, &b"\0\x01c"[..]).replace(6..8, &b"x"[..]);
    assert_eq!(splice.apply().unwrap_err(), CodecError::BadEdit { at: 6 });
    let mut splice = validated.splice(&body);
    splice.replace(9..11, &b"x"[..]);
    assert!(splice.apply().is_err());
    assert!(validated.splice(&body[1..]).apply().is_err());
    let mut splice = validated.splice(&body);
    splice
        .retain(&groups, |index| index == 1)
        .append(&groups, &b"\0\x01c"[..])
        .append(&groups, &b"\0\x01d"[..]);
    assert!(!splice.is_empty());
    assert_eq!(splice.apply().unwrap(), &b"\0\0\0\x03\0\x01b\0\x01c\0\x01d"[..]);
    let mut splice = validated.splice(&body);
    splice.retain(&groups, |_| false);
    let pieces = splice.pieces(&body).unwrap();
    assert_eq!(pieces, [&b"\0\0\0\0"[..]]);
    let splice = validated.splice(&body);
    assert!(splice.is_empty());
    assert_eq!(splice.pieces(&body).unwrap(), [&body[..]]);
    let copy = Bytes::copy_from_slice(&body);
    assert!(validated.splice(&body).pieces(&copy).is_err());
}

#[test]
fn trees_that_say_nothing_sensible_are_not_encoded() {
    let check = |key: i16, version: i16, tree: Tree, expected: Result<&[u8], EncodeError>| {
        let mut out = BytesMut::new();
        let written = encode(request(key), version, &tree, &mut out).map(|()| &out[..]);
        assert_eq!(written, expected, "{tree:?}");
    };
    let groups = |value: Value| Tree::new().with(field::GROUPS, value);
    check(DESCRIBE_GROUPS, 0, Tree::new(), Ok(b"\0\0\0\0"));
    check(DESCRIBE_GROUPS, 0, groups(vec!["a"].into()), Ok(b"\0\0\0\x01\0\x01a"));
    check(DESCRIBE_GROUPS, 9, Tree::new(), Err(EncodeError::UnsupportedVersion { key: 15, version: 9 }));
    check(DESCRIBE_GROUPS, 0, groups(Value::Null), Err(EncodeError::UnexpectedNull { field: field::GROUPS }));
    check(DESCRIBE_GROUPS, 0, groups(1.into()), Err(EncodeError::WrongValue { field: field::GROUPS }));
    check(DESCRIBE_GROUPS, 0, groups(vec![1].into()), Err(EncodeError::WrongValue { field: field::GROUPS }));
    check(DESCRIBE_GROUPS, 0, groups(vec!["a".repeat(STRING_BYTES + 1)].into()), Err(EncodeError::TooLong));
    let extra = Tree::new().with(field::TOPIC_ID, [0; 16]);
    check(DESCRIBE_GROUPS, 0, extra, Err(EncodeError::NoSuchField { field: field::TOPIC_ID }));
    let authorized = |value: bool| Tree::new().with(field::INCLUDE_AUTHORIZED_OPERATIONS, value);
    let lost = EncodeError::NotInVersion { field: field::INCLUDE_AUTHORIZED_OPERATIONS, version: 0 };
    check(DESCRIBE_GROUPS, 0, authorized(true), Err(lost));
    check(DESCRIBE_GROUPS, 0, authorized(false), Ok(b"\0\0\0\0"));
    check(DESCRIBE_GROUPS, 3, authorized(true), Ok(b"\0\0\0\0\x01"));
    let out_of_range = Tree::new().with(field::RESPONSE_PARTITION_LIMIT, i64::from(i32::MAX) + 1);
    let wrong = EncodeError::WrongValue { field: field::RESPONSE_PARTITION_LIMIT };
    check(DESCRIBE_TOPIC_PARTITIONS, 0, out_of_range, Err(wrong));
    check(DESCRIBE_TOPIC_PARTITIONS, 0, Tree::new(), Ok(b"\x01\0\0\x07\xd0\xff\0"));
    let long = "a".repeat(STRING_BYTES + 1);
    let refused = encode_request(api(METADATA).unwrap(), 4, 1, Some(&long), &Tree::new());
    assert_eq!(refused.unwrap_err(), EncodeError::TooLong);
}

#[test]
fn the_tables_are_what_the_documentation_says() {
    assert!(APIS.is_sorted_by_key(|api| api.key));
    for api in APIS {
        assert_eq!(api.request.versions, api.response.versions, "{}", api.name);
        assert!(!api.request.versions.is_empty(), "{}", api.name);
        assert_eq!(tidegate_wire::kafka::codec::api(api.key).map(|found| found.name), Some(api.name));
    }
    // The newest version of InitProducerId is not stable yet.
    assert_eq!(request(22).versions, Versions::new(0, 5));
    for key in [4, 5, 6, 7, 52, 53, 54, 56, 58, 59, 62, 63, 67, 70, 73, 82] {
        assert!(api(key).is_none(), "{key} is between brokers and controllers");
    }
    assert_eq!(Field::from_name("TopicData"), Some(field::TOPIC_DATA));
    assert_eq!(Field::from_name("topicData"), None);
    assert_eq!(field::TOPIC_DATA.name(), "TopicData");
    assert_eq!(ErrorCode::TOPIC_AUTHORIZATION_FAILED.0, 29);
    assert_eq!(ErrorCode(29).name(), Some("TOPIC_AUTHORIZATION_FAILED"));
    assert_eq!(ErrorCode(999).name(), None);
    assert!(ErrorCode::NOT_ENOUGH_REPLICAS.retriable() && !ErrorCode::INVALID_RECORD.retriable());
    assert!(request(0).root.fields.iter().all(|field| !matches!(field.kind, Kind::Records)));
}
