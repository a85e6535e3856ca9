//! Length of files, and words that have no place in them.

use super::File;

/// How long a source file may be, tests at its end not counted.
const LONGEST: usize = 600;

/// Files that may be longer, each with the reason. An entry that is no longer needed is a problem as well.
const LONG: &[(&str, &str)] = &[];

/// Words no file may have: what they give away, and the words, in pieces so that this file is not caught itself.
const STRAY: &[(&str, &str)] = &[
    ("a path of somebody's machine", concat!("/ro", "ot/")),
    ("a path of somebody's machine", concat!("/wo", "rk/")),
    ("a path of somebody's machine", concat!("/ho", "me/")),
    ("a reference only its author can follow", concat!("issue", " #")),
    ("a reference only its author can follow", concat!("mission", ".md")),
    ("a reference only its author can follow", concat!("design", ".md")),
    ("a reference only its author can follow", concat!("house-style", ".md")),
    ("a reference only its author can follow", concat!("contracts", ".md")),
    ("a test that never runs", concat!("#[ig", "nore")),
    ("work that was not done", concat!("FIX", "ME")),
    ("work that was not done", concat!("TO", "DO")),
    ("work that was not done", concat!("XX", "X:")),
];

/// Files whose text is not ours to change.
const FOREIGN: &[&str] = &["LICENSE", "Cargo.lock", "fuzz/Cargo.lock"];

/// The registries that lock files of foreign languages may name.
const REGISTRIES: &[&str] = &["https://registry.npmjs.org/"];

/// What the two crates that only compute must not reach for. The types of `std::net` are fine, its sockets are not.
const IMPURE: &[&str] = &[
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "UnixStream",
    "std::fs",
    "std::thread",
    "std::process",
    "std::env",
    "SystemTime::now",
    "Instant::now",
    "async fn",
];

const PURE: &[&str] = &["crates/model/src/", "crates/wire/src/"];

pub(super) fn check(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        problems.extend(length(file));
        problems.extend(stray(file));
        problems.extend(registries(file));
        problems.extend(purity(file));
    }
    for (path, _) in LONG {
        let long = files.iter().any(|file| file.path == *path && own_lines(file) > LONGEST);
        if !long {
            problems.push(format!("{path}: needs no exception from the length limit any more"));
        }
    }
    problems
}

fn length(file: &File) -> Option<String> {
    let exempt = file.path.contains("/generated/") || LONG.iter().any(|(path, _)| *path == file.path);
    let lines = own_lines(file);
    (is_source(file) && !exempt && lines > LONGEST).then(|| {
        format!("{}: {lines} lines; split it, or say in `xtask/src/tidy/text.rs` why not", file.path)
    })
}

fn is_source(file: &File) -> bool {
    let tests = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
    !tests && [".rs", ".java", ".py", ".js", ".go"].iter().any(|ending| file.path.ends_with(ending))
}

fn own_lines(file: &File) -> usize {
    own_text(file).lines().count()
}

/// The text without the unit tests at its end.
fn own_text(file: &File) -> &str {
    file.text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

fn stray(file: &File) -> Vec<String> {
    if FOREIGN.contains(&file.path.as_str()) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for (what, word) in STRAY.iter().filter(|(_, word)| line.contains(word)) {
            problems.push(format!("{}:{}: `{word}` is {what}", file.path, index + 1));
        }
    }
    problems
}

fn registries(file: &File) -> Option<String> {
    let is_lock = ["package-lock.json", "requirements.txt", "go.mod", "pom.xml"]
        .iter()
        .any(|name| file.path.ends_with(name));
    let mut addresses =
        file.text.split('"').flat_map(str::split_whitespace).filter(|word| word.contains("://"));
    let strange = addresses.find(|word| {
        word.contains("resolved")
            || word.ends_with(".tgz")
            || word.contains("index-url")
            || word.contains("simple/")
    });
    let strange = strange.filter(|word| !REGISTRIES.iter().any(|known| word.starts_with(known)))?;
    is_lock.then(|| format!("{}: `{strange}` is not a public registry", file.path))
}

fn purity(file: &File) -> Option<String> {
    if !PURE.iter().any(|folder| file.path.starts_with(folder)) || file.path.ends_with("tests.rs") {
        return None;
    }
    let code = own_text(file).lines().filter(|line| !line.trim_start().starts_with("//"));
    let found = code.flat_map(|line| IMPURE.iter().filter(|word| line.contains(**word))).next()?;
    Some(format!("{}: `{found}` has no place in a crate that only computes", file.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn expect(path: &str, text: &str, problems: usize) {
        let found = check(&[File { path: path.to_owned(), text: text.to_owned() }]);
        assert_eq!(found.len(), problems, "{path}: {found:?}");
    }

    #[test]
    fn a_file_may_have_exactly_the_longest_length() {
        expect("crates/cli/src/long.rs", &"line\n".repeat(LONGEST), 0);
        expect("crates/cli/src/long.rs", &"line\n".repeat(LONGEST + 1), 1);
        let tests =
            format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "line\n".repeat(LONGEST), "line\n".repeat(900));
        expect("crates/cli/src/long.rs", &tests, 0);
        expect("crates/wire/src/generated/table.rs", &"line\n".repeat(LONGEST + 1), 0);
    }

    #[test]
    fn words_without_a_place_are_reported_with_their_line() {
        for (_, word) in STRAY {
            let text = format!("first\nand {word}then\n");
            let found = check(&[File { path: "README.md".to_owned(), text }]);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("README.md:2:"), "{found:?}");
        }
    }

    #[test]
    fn a_lock_file_names_public_registries_only() {
        let path = "conformance/kafka/node/package-lock.json";
        expect(path, r#""resolved": "https://registry.npmjs.org/kafkajs/-/kafkajs-2.2.4.tgz""#, 0);
        expect(path, r#""resolved": "https://mirror.corp.test/kafkajs/-/kafkajs-2.2.4.tgz""#, 1);
    }

    #[test]
    fn crates_that_only_compute_stay_so_outside_of_their_tests() {
        expect("crates/wire/src/frame.rs", "use std::net::TcpStream;\n", 1);
        expect("crates/wire/src/frame.rs", "let now = Instant::now();\n", 1);
        expect("crates/wire/src/frame.rs", "// unlike std::fs\nuse std::net::IpAddr;\n", 0);
        expect("crates/wire/src/frame.rs", "#[cfg(test)]\nmod tests {\n use std::fs;\n}\n", 0);
        expect("crates/gateway/src/listen.rs", "use std::net::TcpStream;\n", 0);
    }
}
