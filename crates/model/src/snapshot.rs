//! One version of the whole policy: compiled, checked, immutable.

mod check_grants;
mod check_principals;
mod check_streams;
mod check_tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bundle::reader::Reader;
use crate::bundle::yaml::{At, Node, parse};
use crate::bundle::{
    self, BundleSources, FILES, GRANTS, GUARDRAILS, PRINCIPALS, Place, Problem, STREAMS, TESTS,
};
use crate::catalog::{GroupSource, HumanAccess, Labels, PrincipalEntry, StreamCatalog, StreamEntry};
use crate::expectation::Expectation;
use crate::grant::{Grant, GrantIndex};
use crate::guardrail::{self, Guardrail, Guardrails, PrincipalEntity};
use crate::identity::PrincipalName;
use crate::operation::{Resource, ResourceKind};

/// Catalog, grants and guardrails of one version of the bundle. It never changes; a reload makes another.
#[derive(Debug)]
pub struct Snapshot {
    version: u64,
    pub(crate) digest: [u8; 32],
    pub(crate) principals: FxHashMap<Arc<str>, KnownPrincipal>,
    pub(crate) groups: BTreeMap<Arc<str>, GroupSource>,
    pub(crate) human_access: Option<HumanAccess>,
    pub(crate) streams: StreamCatalog,
    pub(crate) grants: GrantIndex,
    pub(crate) guardrails: Guardrails,
    expectations: Vec<Expectation>,
}

/// A principal and how guardrails see it.
#[derive(Debug)]
pub(crate) struct KnownPrincipal {
    pub(crate) entry: PrincipalEntry,
    pub(crate) entity: PrincipalEntity,
}

impl Snapshot {
    /// Compiles a bundle, or says everything that is wrong with it, ordered by file and line.
    ///
    /// `version` is the caller's to count; decisions carry it, and caches drop what another version decided.
    /// ```
    /// use tidegate_model::{BundleSources, Snapshot, bundle};
    /// let sources = BundleSources::new()
    ///     .with(bundle::PRINCIPALS, "principals:\n- name: orders-service\n")
    ///     .with(bundle::STREAMS, "streams: []")
    ///     .with(bundle::GRANTS, "grants:\n- name: everything\n  to: [orders-servise]\n  actions: [read]\n  topics: ['*']\n")
    ///     .with(bundle::GUARDRAILS, "");
    /// let problems = Snapshot::compile(&sources, 1).unwrap_err();
    /// assert_eq!(
    ///     problems[0].to_string(),
    ///     "policy/grants.yaml:3:8: unknown principal `orders-servise`; did you mean `orders-service`?"
    /// );
    /// ```
    pub fn compile(sources: &BundleSources, version: u64) -> Result<Self, Vec<Problem>> {
        let mut problems = check_paths(sources);
        let compiled = compile(sources, version, &mut problems);
        problems.sort();
        problems.dedup();
        if problems.is_empty() { Ok(compiled) } else { Err(problems) }
    }

    /// The number the caller gave it.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// SHA-256 over the bundle's files, in hexadecimal: equal bundles have equal digests.
    pub fn digest(&self) -> String {
        self.digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The catalog's entry for a principal.
    pub fn principal(&self, name: &PrincipalName) -> Option<&PrincipalEntry> {
        self.principals.get(name.as_str()).map(|known| &known.entry)
    }

    /// Every principal, by name.
    pub fn principals(&self) -> Vec<&PrincipalEntry> {
        let mut entries: Vec<_> = self.principals.values().map(|known| &known.entry).collect();
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        entries
    }

    /// Every group, by name, and where its members come from.
    pub fn groups(&self) -> impl Iterator<Item = (&str, GroupSource)> {
        self.groups.iter().map(|(name, source)| (&**name, *source))
    }

    /// Every grant, in the order written.
    pub fn grants(&self) -> &[Grant] {
        &self.grants.all
    }

    /// Every guardrail, in the order written.
    pub fn guardrails(&self) -> &[Guardrail] {
        &self.guardrails.all
    }

    /// Every entry of the stream catalog, in the order written.
    pub fn streams(&self) -> &[StreamEntry] {
        &self.streams.entries
    }

    /// All that the catalog says of one stream: the labels of every entry about it, the narrowest winning.
    pub fn stream_labels(&self, cluster: &str, stream: &str) -> Labels {
        self.streams.labels(cluster, stream)
    }

    /// All that the catalog says of a resource; of anything but a topic it knows the cluster alone.
    pub(crate) fn labels_of(&self, cluster: &str, resource: &Resource<'_>) -> Labels {
        match resource.kind {
            ResourceKind::Topic => self.streams.labels(cluster, resource.name),
            _ => self.streams.cluster_labels(cluster),
        }
    }

    /// How humans may act, if the catalog says.
    pub fn human_access(&self) -> Option<&HumanAccess> {
        self.human_access.as_ref()
    }

    /// The expectations of `policy/tests.yaml`, in the order written.
    pub fn expectations(&self) -> &[Expectation] {
        &self.expectations
    }
}

/// Files that are missing, twice there, or that nobody reads though they lie where policy lies.
fn check_paths(sources: &BundleSources) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |file: &str, message: &str, fix: String| {
        problems.push(Problem::new(&Arc::from(file), (1, 1), message, &fix));
    };
    let mut seen = BTreeSet::new();
    for path in sources.paths() {
        let ours = path.starts_with("policy/") || path.starts_with("catalog/");
        if ours && !FILES.contains(&path) {
            problem(path, "nothing reads this file", bundle::reader::suggest(path, &FILES));
        }
        if !seen.insert(path) {
            problem(path, "the file is given twice", "give it once".to_owned());
        }
    }
    for path in FILES.into_iter().filter(|path| *path != TESTS && !seen.contains(path)) {
        // A file that is lost must not look like a policy without rules.
        problem(path, "the file is missing", "create it; it may be empty".to_owned());
    }
    problems
}

/// Compiles as much as can be compiled, so that one broken file hides nothing of the others.
fn compile(sources: &BundleSources, version: u64, problems: &mut Vec<Problem>) -> Snapshot {
    let text = sources.text(GUARDRAILS).unwrap_or_default();
    let guardrails = guardrail::compile(&Arc::from(GUARDRAILS), text, problems);

    let raw = read(sources, PRINCIPALS, problems, bundle::principals::read);
    let principals_known = raw.is_some();
    let mut reader = Reader::new(PRINCIPALS, problems);
    let people = check_principals::check(raw.unwrap_or_default(), guardrails.words, &mut reader);
    // With an unreadable catalog every name in the other files would be reported as unknown, which helps nobody.
    let names = principals_known.then_some(&people);

    let raw = read(sources, STREAMS, problems, bundle::streams::read).unwrap_or_default();
    let clusters_declared = raw.clusters.is_some();
    let streams = check_streams::check(raw, names, &mut Reader::new(STREAMS, problems));
    let clusters = clusters_declared.then_some(&streams.clusters);

    let raw = read(sources, GRANTS, problems, bundle::grants::read).unwrap_or_default();
    let grants = check_grants::check(raw, names, clusters, &mut Reader::new(GRANTS, problems));

    let raw = read(sources, TESTS, problems, bundle::tests::read).unwrap_or_default();
    let expectations = check_tests::check(raw, names, clusters, &mut Reader::new(TESTS, problems));

    Snapshot {
        version,
        digest: sources.digest(),
        principals: people.principals,
        groups: people.groups,
        human_access: people.human_access,
        streams,
        grants: GrantIndex::new(grants),
        guardrails,
        expectations,
    }
}

/// One file as written; `None` where it is missing or not YAML.
fn read<T>(
    sources: &BundleSources,
    file: &str,
    problems: &mut Vec<Problem>,
    read: fn(&Node, &mut Reader<'_>) -> T,
) -> Option<T> {
    let root = parse(&Arc::from(file), sources.text(file)?).map_err(|problem| problems.push(problem)).ok()?;
    Some(read(&root, &mut Reader::new(file, problems)))
}

/// What the other files refer to.
#[derive(Debug, Default)]
pub(crate) struct People {
    principals: FxHashMap<Arc<str>, KnownPrincipal>,
    groups: BTreeMap<Arc<str>, GroupSource>,
    human_access: Option<HumanAccess>,
}

impl People {
    fn suggest_principal(&self, name: &str) -> String {
        let mut names: Vec<&str> = self.principals.keys().map(|name| &**name).collect();
        names.sort_unstable();
        or_declare(name, &names, "add it to catalog/principals.yaml")
    }

    fn suggest_group(&self, name: &str) -> String {
        let names: Vec<&str> = self.groups.keys().map(|name| &**name).collect();
        or_declare(name, &names, "declare it under `groups:` in catalog/principals.yaml")
    }
}

fn or_declare(name: &str, known: &[&str], declare: &str) -> String {
    let suggestion = bundle::reader::suggest(name, known);
    if suggestion.starts_with("did you mean") { suggestion } else { declare.to_owned() }
}

fn shared(text: At<String>) -> Arc<str> {
    Arc::from(text.value)
}

fn shared_or_none(text: Option<At<String>>) -> Option<Arc<str>> {
    text.map(shared)
}

/// Reports a name that was there before; `first` says where.
fn note_twice(reader: &mut Reader<'_>, seen: &mut BTreeMap<String, Place>, what: &str, name: &At<String>) {
    let place = reader.place(name.at);
    if let Some(first) = seen.get(&name.value) {
        let message = format!("{what} `{}` is already at {first}", name.value);
        reader.problem(name.at, message, "rename or remove one of them");
        return;
    }
    seen.insert(name.value.clone(), place);
}
