//! Broker protocols without sockets: bytes and time in, operations, answers and bytes out.
//!
//! A protocol's knowledge, including how to say no in it, stays in its own module. Nothing here opens a connection, reads a clock or
//! draws a random number.

pub mod kafka;
pub mod sasl;
