//! What a session lets through, cuts out, answers itself and hides, with frames of every request and version and no broker.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod attacks;
mod bench;
#[path = "../codec_support/mod.rs"]
mod codec_support;
mod judged_fields;
mod random;
mod records;
mod requests;
mod shapes;
mod table;
