//! Streams of bytes into frames.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tidegate_fuzz::frames(data));

#[cfg(not(fuzzing))]
fn main() {}
