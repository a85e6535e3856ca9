//! Java libraries from Maven, and Java programs compiled against them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::cache;
use crate::process::Program;

/// The class path of the given artifacts (`group:artifact:version`) and all they need at run time.
///
/// Resolved once per list and kept in the cache.
pub fn classpath(artifacts: &[&str]) -> Result<String> {
    let entry = cache::entry("maven", artifacts, |dir| download(artifacts, dir))?;
    Ok(format!("{}/*", entry.display()))
}

/// Compiles every Java source below `sources` against `classpath` and returns the directory of classes.
///
/// Compiled once per content of the sources and class path. The classes run on Java 17 and later.
pub fn compile(sources: &Path, classpath: &str) -> Result<PathBuf> {
    let texts = cache::tree(sources, &is_java)?;
    if texts.is_empty() {
        bail!("no Java source below `{}`", sources.display());
    }
    let mut inputs: Vec<&str> = texts.iter().map(String::as_str).collect();
    inputs.push(classpath);
    cache::entry("classes", &inputs, |dir| {
        let mut files = Vec::new();
        java_files(sources, &mut files)?;
        let options = ["--release", "17", "-Xlint:-options", "-proc:none", "-cp", classpath, "-d"];
        Program::new("javac").args(options).arg(dir).args(files).timeout(BUILD_TIMEOUT).run()?.success()?;
        Ok(())
    })
}

fn download(artifacts: &[&str], dir: &Path) -> Result<()> {
    let project = tempfile::tempdir()?;
    let pom = project.path().join("pom.xml");
    fs::write(&pom, pom_of(artifacts)?)?;
    let goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
    let copy = Program::new("mvn")
        .args(["-B", "-q", "-f"])
        .arg(&pom)
        .arg(goal)
        .arg("-DincludeScope=runtime")
        .arg(format!("-DoutputDirectory={}", dir.display()))
        .timeout(BUILD_TIMEOUT);
    // A mirror that drops one of a hundred downloads is worth a second try, not a failed test run.
    let mut last = copy.clone().run()?;
    for _ in 0..2 {
        if last.is_success() {
            break;
        }
        last = copy.clone().run()?;
    }
    last.success().with_context(|| format!("cannot resolve `{}`", artifacts.join("`, `")))?;
    Ok(())
}

fn pom_of(artifacts: &[&str]) -> Result<String> {
    let mut dependencies = String::new();
    for artifact in artifacts {
        let [group, name, version] = artifact.split(':').collect::<Vec<_>>()[..] else {
            bail!("`{artifact}` is not of the form `group:artifact:version`");
        };
        dependencies += &format!(
            "<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
        );
    }
    Ok(format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>\
         <groupId>tidegate</groupId><artifactId>classpath</artifactId><version>1</version><packaging>pom</packaging>\
         <dependencies>{dependencies}</dependencies></project>"
    ))
}

fn java_files(dir: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            java_files(&path, found)?;
        } else if is_java(&path) {
            found.push(path);
        }
    }
    Ok(())
}

fn is_java(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "java")
}

const BUILD_TIMEOUT: Duration = Duration::from_secs(600);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_artifact_without_a_version_is_refused() {
        assert!(pom_of(&["org.apache.kafka:kafka_2.13"]).unwrap_err().to_string().contains("kafka_2.13"));
    }

    #[test]
    fn a_directory_without_java_is_refused() {
        let empty = tempfile::tempdir().unwrap();
        assert!(compile(empty.path(), "").unwrap_err().to_string().contains("no Java source"));
    }
}
