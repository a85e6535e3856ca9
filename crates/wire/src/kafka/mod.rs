//! Apache Kafka: its codec, and the session that judges every request and answer between a client and its broker.
//!
//! Sources: the message definitions of Apache Kafka 4.3.1 and the KIPs named where they matter.

pub mod addresses;
mod answer;
pub mod auth;
pub mod codec;
mod generated;
mod judge;
pub mod session;
pub mod topics;
pub mod versions;

pub use addresses::AddressMap;
pub use session::{Context, Event, Fatal, Route, Session, UpstreamIdentity};
pub use topics::TopicNames;
pub use versions::VersionTable;
