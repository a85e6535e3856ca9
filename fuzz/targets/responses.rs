//! Bodies and headers from brokers.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tidegate_fuzz::message(tidegate_fuzz::Side::Response, data));

#[cfg(not(fuzzing))]
fn main() {}
