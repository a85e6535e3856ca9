//! Bodies and headers from clients.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tidegate_fuzz::message(tidegate_fuzz::Side::Request, data));

#[cfg(not(fuzzing))]
fn main() {}
