//! What must hold for any bytes, called by the four targets in `fuzz/targets`.
//!
//! A broken promise is a panic, which libFuzzer reports with the input that caused it.

#[path = "../../crates/wire/tests/codec_support/mod.rs"]
mod codec_support;

use bytes::{BufMut, Bytes, BytesMut};
use codec_support::{Given, random_tree};
use tidegate_model::UnixMillis;
use tidegate_wire::kafka::codec::batch::batches;
use tidegate_wire::kafka::codec::{
    APIS, Api, Framer, Limits, MessageSchema, Tree, View, encode, request_header, response_header, validate,
};

/// Which side of the conversation the bytes are from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From a client.
    Request,
    /// From a broker.
    Response,
}

/// The first three bytes choose the key, the version, and whether the rest is a body or the choices that make one.
pub fn message(side: Side, input: &[u8]) {
    let Some((&[key, version, mode], rest)) = input.split_first_chunk::<3>() else { return };
    let api = APIS[usize::from(key) % APIS.len()];
    let schema = match side {
        Side::Request => &api.request,
        Side::Response => &api.response,
    };
    let count = schema.versions.max - schema.versions.min + 1;
    let version = schema.versions.min + i16::from(version) % count;
    header(side, api, version, rest);
    if mode & 1 == 0 {
        body(schema, version, &Bytes::copy_from_slice(rest));
    } else {
        let made = write(schema, version, &random_tree(schema, version, &mut Given(rest)));
        assert!(body(schema, version, &made), "a message of our own is refused");
    }
}

fn header(side: Side, api: &Api, version: i16, frame: &[u8]) {
    let end = match side {
        Side::Request => request_header(frame).map(|header| (header.tags, header.body_at)),
        Side::Response => response_header(api, version, frame).map(|header| (header.tags, header.body_at)),
    };
    if let Ok((tags, body_at)) = end {
        assert!(tags.start <= tags.end && tags.end == body_at && body_at <= frame.len());
    }
}

/// Whether the bytes are a message; panics where the parts of the codec disagree about them.
fn body(schema: &'static MessageSchema, version: i16, body: &Bytes) -> bool {
    let validated = validate(schema, version, body, &Limits::DEFAULT);
    let view = View::root(schema, version, body);
    let (validated, view) = match (validated, view) {
        (Ok(validated), Ok(view)) => (validated, view),
        (Err(one), Err(other)) => {
            assert_eq!(one, other);
            let strict = validate(schema, version, body, &Limits::BEFORE_AUTHENTICATION);
            assert!(strict.is_err(), "smaller limits accept more");
            return false;
        }
        (validated, view) => panic!("validate {:?}, view {:?}", validated.err(), view.err()),
    };
    assert_eq!(view.range(), 0..body.len());
    ranges(view);
    let tree = view.to_tree(body).expect("a valid message can be copied");
    let written = write(schema, version, &tree);
    assert!(written.len() <= body.len(), "writing made it longer");
    // Shorter where unknown tagged fields, tagged defaults or padded integers went; otherwise nothing may change.
    assert!(written.len() < body.len() || written == body);
    assert_eq!(write(schema, version, &reread(schema, version, &written)), written);

    assert_eq!(validated.splice(body).apply().expect("no edits"), body);
    let mut splice = validated.splice(body);
    validated.strip_unknown_tags(&mut splice);
    assert_eq!(splice.is_empty(), !validated.has_unknown_tags());
    let stripped = splice.apply().expect("unknown tagged fields can be cut out").freeze();
    assert_eq!(write(schema, version, &reread(schema, version, &stripped)), written);
    drop_all(schema, version, body);
    true
}

/// Every part of a structure lies inside it.
fn ranges(view: View<'_>) {
    let whole = view.range();
    for field in
        view.schema().fields.iter().filter(|schema| view.has(schema.field)).map(|schema| schema.field)
    {
        let span = view.span(field).expect("a field that is there has a place");
        assert!(whole.start <= span.start && span.start <= span.end && span.end <= whole.end, "{field}");
        if let Ok(Some(array)) = view.array(field) {
            let mut count = 0;
            if let Some(Ok(_)) = array.views().next() {
                for element in array.views() {
                    ranges(element.expect("the message is valid"));
                    count += 1;
                }
                assert_eq!(count, array.len());
            }
        } else if let Ok(Some(inner)) = view.structure(field) {
            ranges(inner);
        }
    }
}

/// Without any element of its arrays a message is still one.
fn drop_all(schema: &'static MessageSchema, version: i16, body: &Bytes) {
    let validated = validate(schema, version, body, &Limits::DEFAULT).expect("it was valid before");
    let view = validated.root(body).expect("it was valid before");
    let mut splice = validated.splice(body);
    validated.strip_unknown_tags(&mut splice);
    for field in view.schema().fields.iter().map(|schema| schema.field) {
        if let Ok(Some(array)) = view.array(field) {
            splice.retain(&array, |_| false);
        }
    }
    let pieces = splice.pieces(body).expect("elements can be dropped");
    reread(schema, version, &Bytes::from(pieces.concat()));
}

fn write(schema: &'static MessageSchema, version: i16, tree: &Tree) -> Bytes {
    let mut out = BytesMut::new();
    encode(schema, version, tree, &mut out).expect("what was read can be written");
    out.freeze()
}

/// Reads a message that must be one, and must have no unknown tagged fields.
fn reread(schema: &'static MessageSchema, version: i16, body: &Bytes) -> Tree {
    let validated = validate(schema, version, body, &Limits::DEFAULT).expect("what was written can be read");
    assert!(!validated.has_unknown_tags());
    validated.root(body).and_then(|view| view.to_tree(body)).expect("what was written can be read")
}

/// The first two bytes choose the limit and how the rest is cut on arrival.
pub fn frames(input: &[u8]) {
    let Some((&[limit, cut], stream)) = input.split_first_chunk::<2>() else { return };
    let limit = usize::from(limit);
    let whole = all_frames(limit, [stream]);
    assert_eq!(
        whole,
        all_frames(limit, stream.chunks(usize::from(cut).max(1))),
        "frames depend on how bytes arrive"
    );
    let (frames, rest, failed) = whole;
    let mut again = BytesMut::new();
    for frame in &frames {
        assert!(frame.len() <= limit);
        again.put_i32(frame.len() as i32);
        again.put_slice(frame);
    }
    if !failed {
        again.put_slice(&rest);
        assert_eq!(again, stream, "bytes were lost");
    }
}

/// The frames, what was left over, and whether it ended in an error.
fn all_frames<'a>(limit: usize, chunks: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Bytes>, Bytes, bool) {
    let mut framer = Framer::new(limit);
    let (mut buffer, mut frames) = (BytesMut::new(), Vec::new());
    for chunk in chunks {
        buffer.extend_from_slice(chunk);
        loop {
            match framer.next(&mut buffer) {
                Ok(Some(frame)) => frames.push(frame.payload()),
                Ok(None) => break,
                Err(_) => return (frames, Bytes::new(), true),
            }
        }
        framer.tick(&buffer, UnixMillis(0)).expect("no time has passed");
    }
    (frames, buffer.freeze(), false)
}

/// Batches lie one behind the other, and none is longer than what is there.
pub fn record_batches(records: &[u8]) {
    let mut end = 0;
    let mut seen = 0;
    for batch in batches(records) {
        seen += 1;
        let Ok(batch) = batch else { continue };
        let start = batch.bytes.as_ptr() as usize - records.as_ptr() as usize;
        assert!(end <= start && start + batch.bytes.len() <= records.len());
        assert_eq!(batch.bytes.len(), batch.length as usize + 12);
        assert_eq!(batch.records().len() + 61, batch.bytes.len());
        assert_eq!(batch.base_offset.to_be_bytes(), batch.bytes[..8]);
        assert_eq!(batch.count.to_be_bytes(), batch.bytes[57..61]);
        end = start + batch.bytes.len();
    }
    assert!(seen <= records.len() / 12 + 1, "the walk does not advance");
}
