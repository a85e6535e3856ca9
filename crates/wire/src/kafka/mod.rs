//! Apache Kafka.

pub mod codec;
mod generated;
