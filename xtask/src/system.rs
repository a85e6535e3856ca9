//! Programs the tests need and Cargo cannot bring.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// What a part of the tests needs from the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A C toolchain, for the cryptography and librdkafka.
    Toolchain,
    /// A JDK and Maven, for Apache Kafka itself.
    Java,
    /// The languages and tools of the client programs.
    Clients,
    /// What benchmarks compare the gateway with.
    Peers,
}

/// Makes sure everything behind `needs` is there.
///
/// On Debian, and as root, what is missing is installed. Anywhere else it is an error that says how to.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if !(is_debian() && rustix::process::geteuid().is_root()) {
        bail!("{}", report(&missing));
    }
    install(&missing)?;
    let still = self::missing(needs);
    if still.is_empty() { Ok(()) } else { bail!("{}", report(&still)) }
}

struct Program {
    name: &'static str,
    need: Need,
    /// What to ask the machine; status 0 means it is there.
    probe: &'static [&'static str],
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    /// What to know beyond its name.
    hint: &'static str,
}

fn missing(needs: &[Need]) -> Vec<&'static Program> {
    PROGRAMS.iter().filter(|program| needs.contains(&program.need) && !is_present(program)).collect()
}

fn is_present(program: &Program) -> bool {
    let Some((name, arguments)) = program.probe.split_first() else {
        return false;
    };
    let Ok(output) = Command::new(name).args(arguments).stdin(Stdio::null()).output() else {
        return false;
    };
    if program.name == "java" {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        return java_major(&text).is_some_and(|major| major >= JAVA);
    }
    output.status.success()
}

/// The major version in what `java --version` prints, for example `openjdk 17.0.15 2025-04-15`.
fn java_major(text: &str) -> Option<u32> {
    let version = text.split_whitespace().nth(1)?;
    version.split(['.', '-', '+']).next()?.parse().ok()
}

fn report(missing: &[&Program]) -> String {
    let mut lines = vec!["the tests need programs that are not here:".to_owned()];
    for program in missing {
        let packages = program.packages.join(" ");
        lines.push(format!("  `{}`{}; on Debian: `apt-get install {packages}`", program.name, program.hint));
    }
    lines.join("\n")
}

fn install(missing: &[&Program]) -> Result<()> {
    let mut packages: Vec<&str> = missing.iter().flat_map(|program| program.packages).copied().collect();
    packages.sort_unstable();
    packages.dedup();
    println!("installing {}", packages.join(", "));
    apt(&["update", "-qq"])?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments)
}

fn apt(arguments: &[&str]) -> Result<()> {
    let output = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output()
        .context("cannot start `apt-get`")?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        bail!("`apt-get {}` ended with {}\n{text}", arguments.join(" "), output.status);
    }
    Ok(())
}

fn is_debian() -> bool {
    let release = fs::read_to_string(Path::new("/etc/os-release")).unwrap_or_default();
    release.lines().any(|line| line == "ID=debian" || line.starts_with("ID_LIKE=") && line.contains("debian"))
}

const JAVA: u32 = 17;

const PROGRAMS: &[Program] = &[
    Program {
        name: "cc",
        need: Need::Toolchain,
        probe: &["cc", "--version"],
        packages: &["gcc", "libc6-dev"],
        hint: "",
    },
    Program {
        name: "c++",
        need: Need::Toolchain,
        probe: &["c++", "--version"],
        packages: &["g++"],
        hint: "",
    },
    Program {
        name: "make",
        need: Need::Toolchain,
        probe: &["make", "--version"],
        packages: &["make"],
        hint: "",
    },
    Program {
        name: "perl",
        need: Need::Toolchain,
        probe: &["perl", "--version"],
        packages: &["perl"],
        hint: "",
    },
    Program {
        name: "java",
        need: Need::Java,
        probe: &["java", "--version"],
        packages: &["openjdk-17-jdk-headless"],
        hint: ", version 17 or later",
    },
    Program {
        name: "javac",
        need: Need::Java,
        probe: &["javac", "--version"],
        packages: &["openjdk-17-jdk-headless"],
        hint: ", version 17 or later",
    },
    Program { name: "mvn", need: Need::Java, probe: &["mvn", "--version"], packages: &["maven"], hint: "" },
    Program {
        name: "go",
        need: Need::Clients,
        probe: &["go", "version"],
        packages: &["golang-go"],
        hint: "",
    },
    Program {
        name: "node",
        need: Need::Clients,
        probe: &["node", "--version"],
        packages: &["nodejs"],
        hint: "",
    },
    Program { name: "npm", need: Need::Clients, probe: &["npm", "--version"], packages: &["npm"], hint: "" },
    Program {
        name: "python3",
        need: Need::Clients,
        probe: &["python3", "-c", "import venv, ensurepip"],
        packages: &["python3", "python3-venv"],
        hint: " with `venv`",
    },
    Program { name: "kcat", need: Need::Clients, probe: &["kcat", "-V"], packages: &["kcat"], hint: "" },
    Program {
        name: "haproxy",
        need: Need::Peers,
        probe: &["haproxy", "-v"],
        packages: &["haproxy"],
        hint: "",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn java_versions_are_read_as_their_makers_print_them() {
        for (text, expected) in [
            ("openjdk 17.0.15 2025-04-15\nOpenJDK Runtime Environment", Some(17)),
            ("java 21 2023-09-19 LTS", Some(21)),
            ("openjdk 25-ea 2025-09-16", Some(25)),
            ("openjdk", None),
            ("", None),
        ] {
            assert_eq!(java_major(text), expected, "{text}");
        }
    }

    #[test]
    fn a_missing_program_is_named_with_the_command_that_installs_it() {
        let kcat = PROGRAMS.iter().find(|program| program.name == "kcat").unwrap();
        let text = report(&[kcat]);
        assert!(text.contains("`kcat`") && text.contains("apt-get install kcat"), "{text}");
    }

    #[test]
    fn a_program_that_cannot_be_started_is_missing() {
        let absent = Program {
            name: "x",
            need: Need::Java,
            probe: &["tidegate-no-such-program"],
            packages: &[],
            hint: "",
        };
        assert!(!is_present(&absent));
    }
}
