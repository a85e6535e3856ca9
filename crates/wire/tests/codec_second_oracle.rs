//! The `kafka-protocol` crate as a second judge, for the keys and versions it knows: it reads what we write, and writes
//! the same bytes again.

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

use bytes::{Bytes, BytesMut};
use codec_support::{Seeded, random_tree};
use kafka_protocol::messages::{ApiKey, RequestKind, ResponseKind};
use tidegate_wire::kafka::codec::{APIS, Api, MessageSchema, encode};

const EACH: usize = 20;
const SEED: u64 = 20_261_122;

#[test]
fn kafka_protocol_reads_what_we_write_and_writes_the_same() {
    println!("seed {SEED}");
    let mut choices = Seeded(SEED);
    let (mut versions, mut messages) = (0, 0);
    for (api, key, version) in known_to_both() {
        let before = messages;
        for _ in 0..EACH {
            let request = ours(&api.request, version, &mut choices);
            if let Some(theirs) = known(RequestKind::decode(key, &mut request.clone(), version)) {
                check(&api.request, version, &request, |out| theirs.encode(out, version));
                messages += 1;
            }
            let response = ours(&api.response, version, &mut choices);
            if let Some(theirs) = known(ResponseKind::decode(key, &mut response.clone(), version)) {
                check(&api.response, version, &response, |out| theirs.encode(out, version));
                messages += 1;
            }
        }
        versions += usize::from(messages > before);
    }
    println!("{messages} messages of {versions} keys and versions");
    assert!(versions > 200, "only {versions} keys and versions are known to both");
}

fn known_to_both() -> impl Iterator<Item = (&'static Api, ApiKey, i16)> {
    APIS.iter().filter_map(|api| Some((*api, ApiKey::try_from(api.key).ok()?))).flat_map(|(api, key)| {
        let theirs = key.valid_versions();
        let both = move |version: &i16| theirs.min <= *version && *version <= theirs.max;
        api.request.versions.iter().filter(both).map(move |version| (api, key, version))
    })
}

/// Its table of versions promises a few that its messages do not have.
fn known<T>(decoded: anyhow::Result<T>) -> Option<T> {
    match decoded {
        Err(error)
            if error.root_cause().to_string() == "specified version not supported by this message type" =>
        {
            None
        }
        decoded => Some(decoded.unwrap()),
    }
}

fn ours(message: &'static MessageSchema, version: i16, choices: &mut Seeded) -> Bytes {
    let mut out = BytesMut::new();
    encode(message, version, &random_tree(message, version, choices), &mut out).unwrap();
    out.freeze()
}

fn check<E: std::fmt::Debug>(
    message: &MessageSchema,
    version: i16,
    ours: &Bytes,
    write: impl FnOnce(&mut BytesMut) -> Result<(), E>,
) {
    let mut theirs = BytesMut::new();
    write(&mut theirs).unwrap_or_else(|error| panic!("{} v{version}: {error:?}", message.name));
    assert_eq!(theirs, ours, "{} v{version}", message.name);
}
