//! Compiling never panics, whatever the text: mutated examples, and bundles of broken bits.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]

mod common;

use common::example;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tidegate_model::{BundleSources, Snapshot, bundle, run_tests};

/// What is put in, or put in the place of something else.
const BITS: &[&str] = &[
    "",
    " ",
    "\n",
    "\t",
    ":",
    "-",
    "*",
    "&a ",
    "*a",
    "<<: ",
    "|\n",
    ">-\n",
    "!!binary ",
    "!!set ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "#",
    "'",
    "\"",
    "\\",
    ";",
    "@",
    "@id(\"x\")",
    "forbid",
    "permit",
    "when",
    "//",
    "null",
    "~",
    "true",
    "-1",
    "1e999",
    ".nan",
    "99999999999999999999",
    "0x",
    "ä",
    "\u{0}",
    "\u{feff}",
    "\u{2028}",
    "---\n",
    "...\n",
    "%YAML 9\n",
    "group:",
    "__",
    "**",
    "name: x\n",
    "2026-13-45T99:99:99Z",
    "::1",
    "principal",
    "?resource",
    "context",
    "has",
    "ip(\"x\")",
    "9223372036854775807",
];

#[derive(Clone, Debug)]
struct Change {
    file: Index,
    at: Index,
    length: usize,
    bit: &'static str,
}

fn change() -> impl Strategy<Value = Change> {
    let length = prop_oneof![Just(0), 0..4_usize, 0..200_usize];
    (any::<Index>(), any::<Index>(), length, select(BITS)).prop_map(|(file, at, length, bit)| Change {
        file,
        at,
        length,
        bit,
    })
}

/// Replaces some characters of one file.
fn apply(texts: &mut [String], change: &Change) {
    let text = &mut texts[change.file.index(bundle::FILES.len())];
    let chars: Vec<char> = text.chars().collect();
    let start = change.at.index(chars.len() + 1);
    let end = (start + change.length).min(chars.len());
    *text = chars[..start]
        .iter()
        .copied()
        .chain(change.bit.chars())
        .chain(chars[end..].iter().copied())
        .collect();
}

fn sources(texts: &[String]) -> BundleSources {
    let mut sources = BundleSources::new();
    for (file, text) in bundle::FILES.iter().zip(texts) {
        sources.add(*file, text.as_str());
    }
    sources
}

/// Whatever comes out can be used, and every problem is where there is text and says what to do.
fn compile(sources: &BundleSources) {
    match Snapshot::compile(sources, 1) {
        Ok(snapshot) => drop(run_tests(&snapshot)),
        Err(problems) => {
            assert!(!problems.is_empty());
            for problem in problems {
                let lines = sources.text(&problem.file).unwrap_or_default().split('\n').count();
                assert!(
                    problem.line >= 1 && problem.line as usize <= lines + 1,
                    "{problem} of {lines} lines"
                );
                assert!(problem.column >= 1, "{problem}");
                assert!(!problem.message.is_empty() && !problem.fix.is_empty(), "{problem}");
                assert!(!problem.to_string().contains('\n'), "{problem}");
            }
        }
    }
}

/// A few seconds' worth.
const CASES: u32 = 60;

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_examples(changes in prop::collection::vec(change(), 1..6)) {
        let example = example();
        let mut texts: Vec<String> = bundle::FILES.iter().map(|file| example.text(file).unwrap().to_owned()).collect();
        changes.iter().for_each(|change| apply(&mut texts, change));
        compile(&sources(&texts));
    }

    #[test]
    fn broken_bits(texts in prop::collection::vec(prop::collection::vec(select(BITS), 0..30), 5)) {
        let texts: Vec<String> = texts.iter().map(|bits| bits.concat()).collect();
        compile(&sources(&texts));
    }
}
