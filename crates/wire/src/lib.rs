//! tidegate-wire
pub mod kafka;
pub mod sasl;
