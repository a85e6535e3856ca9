//! Real parts for Tidegate's tests, and nothing that ships.
//!
//! | module | gives |
//! |---|---|
//! | [`kafka`] | Apache Kafka clusters on this machine, plain or secured, with an administrator at hand |
//! | [`pki`] | certificate authorities, server and client certificates, revocation lists |
//! | [`oauth`] | signed tokens with arbitrary claims, and the key set that verifies them |
//! | [`process`] | programs that end with the test, free ports, captured output |
//! | [`clients`] | pinned Python, Node.js and Go environments of the conformance clients |
//! | [`maven`] | class paths and compiled Java programs |
//! | [`scenario`] | other people's Kafka clients, led through a script of steps |
//! | [`cache`] | where downloads and builds are kept between runs |
//!
//! Whatever is started here is stopped when its handle is dropped, when the test panics, and when the test process is
//! killed and can do nothing any more.

pub mod cache;
pub mod clients;
pub mod kafka;
pub mod maven;
pub mod oauth;
pub mod pki;
pub mod process;
pub mod scenario;
