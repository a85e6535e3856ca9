//! Documents name paths and symbols, and those exist.

use std::collections::HashSet;
use std::path::Path;

use super::File;

/// Directories that a quoted path of ours starts with.
const ROOTS: &[&str] =
    &["crates/", "xtask/", "fuzz/", "conformance/", "examples/", "docs/", ".ci/", ".cargo/"];

/// The document that also names symbols: each `a::b` in it must be found in the sources.
const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(root: &Path, files: &[File]) -> Vec<String> {
    let words = source_words(files);
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
        for quoted in quotations(&file.text) {
            if ROOTS.iter().any(|known| quoted.starts_with(known)) && !exists(root, quoted) {
                problems.push(format!("{}: there is no `{quoted}`", file.path));
            }
            if file.path == MAP {
                problems
                    .extend(gone_symbol(quoted, &words).map(|gone| format!("{MAP}: no source has `{gone}`")));
            }
        }
        for target in links(&file.text) {
            if !root.join(folder).join(target).exists() {
                problems.push(format!("{}: the link to `{target}` leads nowhere", file.path));
            }
        }
    }
    problems
}

/// What stands between backticks, outside of code blocks.
fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The targets of links to files of the project, without the part behind `#`.
fn links(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for rest in text.split("](").skip(1) {
        let target = rest.split(')').next().unwrap_or_default();
        let file = target.split('#').next().unwrap_or_default();
        if !file.is_empty() && !file.contains("://") && !file.starts_with("mailto:") {
            found.push(file);
        }
    }
    found
}

/// Whether a quoted path is there. Braces and stars are read as a shell would read them, one level deep.
fn exists(root: &Path, quoted: &str) -> bool {
    let quoted = quoted.split_whitespace().next().unwrap_or_default();
    if let Some((before, rest)) = quoted.split_once('{') {
        let Some((choices, after)) = rest.split_once('}') else {
            return false;
        };
        return choices.split(',').all(|choice| exists(root, &format!("{before}{choice}{after}")));
    }
    // What a star or an angle bracket stands for is not ours to know; the directory before it must be there.
    let fixed = quoted.split(['*', '<']).next().unwrap_or_default();
    let fixed = if fixed == quoted { fixed } else { fixed.rsplit_once('/').map_or("", |(folder, _)| folder) };
    !fixed.is_empty() && root.join(fixed).exists()
}

/// The first part of a quoted `a::b` that no source has.
fn gone_symbol<'a>(quoted: &'a str, words: &HashSet<&str>) -> Option<&'a str> {
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    let parts: Vec<&str> = quoted.trim_end_matches("()").split("::").collect();
    if parts.len() < 2 || !parts.iter().all(|part| is_name(part)) {
        return None;
    }
    parts.into_iter().find(|part| !words.contains(part))
}

fn source_words(files: &[File]) -> HashSet<&str> {
    let sources = files.iter().filter(|file| file.path.ends_with(".rs"));
    let texts = sources.flat_map(|file| file.text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let names = files.iter().flat_map(|file| file.path.split(['/', '.']));
    texts.chain(names).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn problems(document: &str) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("crates/model/src")).unwrap();
        fs::write(root.path().join("crates/model/src/lib.rs"), "").unwrap();
        let files = [
            File { path: MAP.to_owned(), text: document.to_owned() },
            File { path: "crates/model/src/lib.rs".to_owned(), text: "pub fn decide() -> Permit".to_owned() },
        ];
        check(root.path(), &files)
    }

    #[test]
    fn what_a_document_names_and_is_gone_is_reported() {
        for document in [
            "see `crates/model/src/gone.rs`",
            "see `crates/{model,gone}`",
            "see `crates/gone/*.rs`",
            "calls `model::forget`",
            "[here](crates/gone)",
        ] {
            assert_eq!(problems(document).len(), 1, "{document}");
        }
    }

    #[test]
    fn what_a_document_names_and_exists_is_fine() {
        for document in [
            "see `crates/model/src/lib.rs`",
            "see `crates/{model,model/src}`",
            "see `crates/model/src/*.rs` and `crates/model/<name>`",
            "calls `model::decide()` for a `Permit`",
            "[here](crates/model/src/lib.rs#top) and [there](https://example.com/gone)",
            "```text\n`crates/gone`\n```",
            "run `cargo xtask test`",
        ] {
            assert_eq!(problems(document), Vec::<String>::new(), "{document}");
        }
    }
}
