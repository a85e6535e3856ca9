//! Record batch headers.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tidegate_fuzz::record_batches(data));

#[cfg(not(fuzzing))]
fn main() {}
