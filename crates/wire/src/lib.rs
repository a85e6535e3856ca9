//! tidegate-wire
pub mod sasl;
