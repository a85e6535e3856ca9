//! What holds for every message, whatever is in it.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod codec_support;

use bytes::{BufMut, Bytes, BytesMut};
use codec_support::{Choices, Given, Seeded, all_messages, random_tree};
use proptest::prelude::*;
use tidegate_model::UnixMillis;
use tidegate_wire::kafka::codec::{
    APIS, Array, CodecError, Field, Framer, Kind, Limits, MessageSchema, Splice, Tree, Value, View, encode,
    encode_request, encode_response, encode_structure, request_header, response_header, validate,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_message_survives_reading_and_writing(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        for (message, version) in all_messages() {
            let body = random_body(message, version, &mut Given(&choices));
            let tree = read(message, version, &body);
            prop_assert_eq!(&write(message, version, &tree), &body, "{} v{}", message.name, version);
        }
    }

    #[test]
    fn no_part_of_a_message_is_a_message_and_nothing_may_follow_it(seed: u64) {
        let mut choices = Seeded(seed);
        for (message, version) in all_messages() {
            let body = random_body(message, version, &mut choices);
            let extended: Vec<u8> = body.iter().copied().chain([0]).collect();
            let trailing = validate(message, version, &extended, &Limits::DEFAULT).unwrap_err();
            prop_assert_eq!(trailing, CodecError::Trailing { bytes: 1 });
            if !body.is_empty() {
                let cut = choices.below(body.len() as u64) as usize;
                prop_assert!(validate(message, version, &body[..cut], &Limits::DEFAULT).is_err(), "{}", message.name);
                prop_assert!(View::root(message, version, &body[..cut]).is_err(), "{}", message.name);
            }
        }
    }

    #[test]
    fn noise_is_refused_or_survives(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        for (message, version) in all_messages() {
            let noise = Bytes::copy_from_slice(&noise);
            if let Ok(validated) = validate(message, version, &noise, &Limits::DEFAULT) {
                let tree = validated.root(&noise).unwrap().to_tree(&noise).unwrap();
                let body = write(message, version, &tree);
                prop_assert_eq!(write(message, version, &read(message, version, &body)), body);
            }
        }
    }

    #[test]
    fn edits_in_place_give_what_writing_the_edited_message_gives(seed: u64) {
        let mut choices = Seeded(seed);
        for (message, version) in all_messages() {
            let body = random_body(message, version, &mut choices);
            let validated = validate(message, version, &body, &Limits::DEFAULT).unwrap();
            let view = validated.root(&body).unwrap();
            let mut tree = view.to_tree(&body).unwrap();
            let mut edits = Edits { message, version, body: &body, splice: validated.splice(&body), choices: &mut choices };
            edits.structure(view, Some(&mut tree));
            let splice = edits.splice;
            let shown = format!("{splice:?}");
            let spliced = splice.apply().unwrap_or_else(|e| panic!("{e} {} v{version} {shown}", message.name)).freeze();
            // A tagged array that lost its last element is there and empty; written again it is left out.
            let spliced = write(message, version, &read(message, version, &spliced));
            prop_assert_eq!(spliced, write(message, version, &tree), "{} v{}", message.name, version);
        }
    }

    #[test]
    fn whole_frames_carry_headers_and_bodies(seed: u64, correlation_id: i32, client_id: Option<String>) {
        let mut choices = Seeded(seed);
        for api in APIS {
            for version in api.request.versions.iter() {
                let client_id = client_id.as_deref();
                let tree = random_tree(&api.request, version, &mut choices);
                let frame = unframe(encode_request(api, version, correlation_id, client_id, &tree).unwrap());
                let header = request_header(&frame).unwrap();
                prop_assert_eq!((header.key, header.version, header.correlation_id), (api.key, version, correlation_id));
                prop_assert_eq!(header.client_id, client_id);
                prop_assert!(!header.has_unknown_tags());
                prop_assert_eq!(&frame[header.body_at..], &write(&api.request, version, &tree));

                let tree = random_tree(&api.response, version, &mut choices);
                let frame = unframe(encode_response(api, version, correlation_id, &tree).unwrap());
                let header = response_header(api, version, &frame).unwrap();
                prop_assert_eq!(header.correlation_id, correlation_id);
                prop_assert_eq!(&frame[header.body_at..], &write(&api.response, version, &tree));
            }
        }
    }

    #[test]
    fn frames_are_the_same_however_the_bytes_arrive(
        frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..50), 0..10),
        cuts in prop::collection::vec(1_usize..30, 1..100),
    ) {
        let mut stream = BytesMut::new();
        for frame in &frames {
            stream.put_i32(frame.len() as i32);
            stream.put_slice(frame);
        }
        let mut framer = Framer::new(50);
        let (mut buffer, mut seen) = (BytesMut::new(), Vec::new());
        for cut in cuts.iter().cycle() {
            if stream.is_empty() {
                break;
            }
            buffer.extend_from_slice(&stream.split_to((*cut).min(stream.len())));
            while let Some(frame) = framer.next(&mut buffer).unwrap() {
                seen.push(frame.payload().to_vec());
            }
            framer.tick(&buffer, UnixMillis(0)).unwrap();
        }
        prop_assert_eq!(seen, frames);
        prop_assert!(buffer.is_empty());
    }
}

/// Makes the same random changes to the bytes and to the tree.
struct Edits<'a, 'c> {
    message: &'static MessageSchema,
    version: i16,
    body: &'a Bytes,
    splice: Splice<'a>,
    choices: &'c mut Seeded,
}

impl Edits<'_, '_> {
    /// Without a tree the structure is one that is dropped, and edits to it must vanish with it.
    fn structure(&mut self, view: View<'_>, mut tree: Option<&mut Tree>) {
        for schema in view.schema().fields.iter().filter(|schema| view.has(schema.field)) {
            let field = schema.field;
            match &schema.kind {
                Kind::String if self.choices.below(3) == 0 => self.string(view, field, tree.as_deref_mut()),
                Kind::Struct(_) => {
                    if let Some(inner) = view.structure(field).unwrap() {
                        self.structure(inner, tree.as_deref_mut().and_then(|tree| tree.structure_mut(field)));
                    }
                }
                Kind::Array(Kind::Struct(_)) => {
                    if let Some(array) = view.array(field).unwrap() {
                        self.array(array, field, tree.as_deref_mut());
                    }
                }
                _ => {}
            }
        }
    }

    fn string(&mut self, view: View<'_>, field: Field, tree: Option<&mut Tree>) {
        let text =
            ["replaced", "", "replaced by something that is a good deal longer than what was there before"]
                [self.choices.below(3) as usize];
        let mut encoded = Vec::new();
        if self.message.flexible.contains(self.version) {
            encoded.put_u8(text.len() as u8 + 1);
        } else {
            encoded.put_u16(text.len() as u16);
        }
        encoded.put_slice(text.as_bytes());
        self.splice.replace(view.span(field).unwrap(), encoded);
        if let Some(tree) = tree {
            tree.set(field, text);
        }
    }

    fn array(&mut self, array: Array<'_>, field: Field, tree: Option<&mut Tree>) {
        let keep: Vec<bool> = (0..array.len()).map(|_| self.choices.below(3) > 0).collect();
        let mut elements = tree.and_then(|tree| tree.array_mut(field));
        for (index, view) in array.views().enumerate() {
            let kept = elements.as_deref_mut().filter(|_| keep[index]).map(|elements| &mut elements[index]);
            let Some(Value::Struct(kept)) = kept else {
                self.structure(view.unwrap(), None);
                continue;
            };
            self.structure(view.unwrap(), Some(kept));
        }
        self.splice.retain(&array, |index| keep[index]);
        if let Some(elements) = elements.as_deref_mut() {
            let mut index = 0;
            elements.retain(|_| {
                index += 1;
                keep[index - 1]
            });
        }
        if self.choices.below(3) == 0 {
            self.append(array, elements);
        }
    }

    /// Adds a copy of the first element.
    fn append(&mut self, array: Array<'_>, elements: Option<&mut Vec<Value>>) {
        let Some(first) = array.views().next() else { return };
        let first = first.unwrap();
        let mut encoded = BytesMut::new();
        let copy = first.to_tree(self.body).unwrap();
        encode_structure(self.message, self.version, first.schema(), &copy, &mut encoded).unwrap();
        self.splice.append(&array, encoded.freeze());
        if let Some(elements) = elements {
            elements.push(Value::Struct(copy));
        }
    }
}

fn random_body(message: &'static MessageSchema, version: i16, choices: &mut impl Choices) -> Bytes {
    write(message, version, &random_tree(message, version, choices))
}

fn write(message: &'static MessageSchema, version: i16, tree: &Tree) -> Bytes {
    let mut out = BytesMut::new();
    encode(message, version, tree, &mut out).unwrap();
    out.freeze()
}

fn read(message: &'static MessageSchema, version: i16, body: &Bytes) -> Tree {
    let validated = validate(message, version, body, &Limits::DEFAULT).unwrap();
    assert!(!validated.has_unknown_tags());
    let view = View::root(message, version, body).unwrap();
    let tree = view.to_tree(body).unwrap();
    assert_eq!(validated.root(body).unwrap().to_tree(body).unwrap(), tree);
    tree
}

fn unframe(frame: Bytes) -> Bytes {
    let frame = Framer::new(1 << 20).next(&mut BytesMut::from(&frame[..])).unwrap().unwrap();
    frame.payload()
}
