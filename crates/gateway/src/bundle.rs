//! A bundle's files on disk, as text for [`Snapshot::compile`].

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use tidegate_model::bundle::{FILES, STREAMS};
use tidegate_model::{BundleSources, Problem, Snapshot};

use crate::config::{ClusterConfig, Config};

/// Reads every policy and catalog file below `folder`. Files that nobody reads are handed over too, so that compiling can
/// say so; files that are missing are left out, for the same reason.
pub fn read(folder: &Path) -> Result<BundleSources, Problem> {
    let mut sources = BundleSources::new();
    for part in PARTS {
        let mut names = match list(&folder.join(part)) {
            Ok(names) => names,
            Err(error) => return Err(unreadable(part, &error)),
        };
        names.sort();
        for name in names {
            let path = format!("{part}/{name}");
            match fs::read_to_string(folder.join(&path)) {
                Ok(text) => {
                    sources.add(path, text);
                }
                // It may be gone again: an editor's temporary file.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !FILES.contains(&path.as_str()) => {}
                Err(error) => return Err(unreadable(&path, &error)),
            }
        }
    }
    Ok(sources)
}

/// Reads and compiles the bundle in `folder` as version `version`.
pub fn load(folder: &Path, version: u64) -> Result<Snapshot, Vec<Problem>> {
    let sources = read(folder).map_err(|problem| vec![problem])?;
    Snapshot::compile(&sources, version)
}

/// The same for a gateway with `config`: what the catalog says of its clusters must agree with what the gateway was told.
pub fn load_for(config: &Config, version: u64) -> Result<Snapshot, Vec<Problem>> {
    let snapshot = load(&config.bundle, version)?;
    let problems: Vec<_> =
        config.clusters.iter().filter_map(|cluster| disagreement(cluster, &snapshot)).collect();
    if problems.is_empty() { Ok(snapshot) } else { Err(problems) }
}

fn disagreement(cluster: &ClusterConfig, snapshot: &Snapshot) -> Option<Problem> {
    let told = cluster.environment.as_ref()?;
    // No stream has an empty name, so what is left are the cluster's own labels.
    let known = snapshot.stream_labels(&cluster.name, "").environment?;
    (known != *told).then(|| Problem {
        file: Arc::from(STREAMS),
        line: 1,
        column: 1,
        message: format!(
            "cluster `{}` is of environment `{known}` here, and `{told}` in tidegate.yaml",
            cluster.name
        ),
        fix: "use the catalog of this environment, or correct one of the two".to_owned(),
    })
}

/// The names of the policy and catalog files in one folder. Editors' leavings and hidden files are no part of a bundle.
fn list(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = [".yaml", ".yml", ".cedar"].iter().any(|extension| name.ends_with(extension));
        if ours && !name.starts_with('.') && entry.path().is_file() {
            names.push(name);
        }
    }
    Ok(names)
}

fn unreadable(path: &str, error: &io::Error) -> Problem {
    Problem {
        file: Arc::from(path),
        line: 1,
        column: 1,
        message: format!("cannot be read: {error}"),
        fix: "make it readable for the user the gateway runs as".to_owned(),
    }
}

/// The folders of a bundle that policy lies in.
pub(crate) const PARTS: [&str; 2] = ["catalog", "policy"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_there_and_nothing_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("policy/grants.yaml", "grants: []"),
            ("policy/guardrails.cedar", ""),
            ("policy/.grants.yaml.swp", "x"),
            ("policy/grants.yaml~", "x"),
            ("policy/notes.txt", "x"),
            ("policy/extra.yaml", "x"),
            ("catalog/principals.yaml", "principals: []"),
            ("catalog/streams.yaml", "streams: []"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let sources = read(folder.path()).unwrap();
        let paths: Vec<_> = sources.paths().collect();
        let expected = [
            "catalog/principals.yaml",
            "catalog/streams.yaml",
            "policy/extra.yaml",
            "policy/grants.yaml",
            "policy/guardrails.cedar",
        ];
        assert_eq!(paths, expected);
        let problems = load(folder.path(), 1).unwrap_err();
        assert!(problems.iter().any(|problem| &*problem.file == "policy/extra.yaml"), "{problems:?}");
        fs::remove_file(folder.path().join("policy/extra.yaml")).unwrap();
        assert_eq!(load(folder.path(), 7).unwrap().version(), 7);
    }

    #[test]
    fn a_catalog_of_another_environment_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("policy/grants.yaml", "grants: []"),
            ("policy/guardrails.cedar", ""),
            ("catalog/principals.yaml", "principals: []"),
            ("catalog/streams.yaml", "clusters: [{ name: main, environment: production }]\nstreams: []"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let config = |environment: &str| {
            let text = format!(
                "admin: {{ socket: a }}\nclusters: {{ main: {{ {environment} nodes: {{ 1: 'b:1' }}, dangerous_plaintext: true, identity: {{ dangerous_no_upstream_identity: true }} }} }}\nlisteners: [{{ name: l, cluster: main, bind: 127.0.0.1, advertise: l, ports: {{ bootstrap: 1, nodes: {{ 1: 2 }} }}, dangerous_plaintext: true, authentication: {{ mode: terminate, mechanisms: [scram-sha-512], users: 'file:u' }} }}]"
            );
            Config::from_text("tidegate.yaml", &text, folder.path(), &|_| None).unwrap()
        };
        assert!(load_for(&config(""), 1).is_ok());
        assert!(load_for(&config("environment: production,"), 1).is_ok());
        let problems = load_for(&config("environment: staging,"), 1).unwrap_err();
        assert!(problems[0].message.contains("`production` here, and `staging`"), "{problems:?}");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_problem_and_not_an_empty_policy() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("policy")).unwrap();
        fs::write(folder.path().join("policy/grants.yaml"), [0xff, 0xfe]).unwrap();
        assert_eq!(&*read(folder.path()).unwrap_err().file, "policy/grants.yaml");
        assert!(load(&folder.path().join("nowhere"), 1).is_err());
    }
}
