//! Cedar text to checked guardrails.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use cedar_policy::{Effect, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use miette::Diagnostic;

use super::split::{Piece, split};
use super::{Applicable, Guardrail, Guardrails, SCHEMA, Words};
use crate::bundle::reader::suggest;
use crate::bundle::{Place, Problem};
use crate::operation::{Action, ResourceKind};

/// The annotations a guardrail may carry.
pub(crate) const ANNOTATIONS: &[&str] = &["id", "reason", "fix"];

/// Parsed once; it is a constant of the program.
static PARSED_SCHEMA: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::from_str(SCHEMA).map_err(|error| error.to_string()));

/// The parsed schema, for tests that hold what we build against it.
#[cfg(test)]
pub(super) fn schema() -> &'static Schema {
    PARSED_SCHEMA.as_ref().unwrap()
}

/// Compiles the text of a guardrail file, reporting everything that is wrong with it.
pub(crate) fn compile(file: &Arc<str>, text: &str, problems: &mut Vec<Problem>) -> Guardrails {
    let mut compiler =
        Compiler { file, text, problems, guardrails: Guardrails::default(), ids: BTreeSet::new() };
    match &*PARSED_SCHEMA {
        Ok(schema) => {
            let validator = Validator::new(schema.clone());
            for piece in split(text) {
                compiler.add(&piece, &validator);
            }
        }
        Err(error) => {
            compiler.problem(0, format!("the guardrail schema is broken: {error}"), "report it as a bug")
        }
    }
    compiler.guardrails
}

struct Compiler<'c> {
    file: &'c Arc<str>,
    text: &'c str,
    problems: &'c mut Vec<Problem>,
    guardrails: Guardrails,
    ids: BTreeSet<String>,
}

impl Compiler<'_> {
    fn problem(&mut self, offset: usize, message: impl AsRef<str>, fix: impl AsRef<str>) {
        let place = line_and_column(self.text, offset);
        self.problems.push(Problem::new(self.file, place, message.as_ref(), fix.as_ref()));
    }

    fn add(&mut self, piece: &Piece<'_>, validator: &Validator) {
        let index = self.guardrails.all.len();
        let policy = match Policy::parse(Some(PolicyId::new(index.to_string())), piece.text) {
            Ok(policy) => policy,
            Err(errors) => {
                for error in errors.iter() {
                    let message = format!("not a Cedar policy: {error}");
                    self.problem(piece.offset + offset_of(error), message, help_of(error));
                }
                return;
            }
        };
        let before = self.problems.len();
        let id = self.check_head(piece, &policy);
        let envs = self.validate(piece, &policy, validator);
        let (Some(id), true) = (id, self.problems.len() == before) else { return };
        let Some(words) = Words::of(&policy) else {
            return self.problem(piece.offset, "cannot be analysed", "write it more simply");
        };
        let (line, _) = line_and_column(self.text, piece.offset);
        let annotation = |key: &str| policy.annotation(key).filter(|text| !text.is_empty()).map(Arc::from);
        self.guardrails.all.push(Guardrail {
            id: Arc::from(id),
            place: Place { file: self.file.clone(), line },
            reason: annotation("reason"),
            fix: annotation("fix"),
        });
        self.guardrails.words = self.guardrails.words.union(words);
        for env in envs {
            let applicable = self.guardrails.applicable.entry(env).or_default();
            if add_to(applicable, policy.clone(), index, words).is_none() {
                self.problem(
                    piece.offset,
                    "cannot be combined with the others",
                    "give it an `@id` of its own",
                );
            }
        }
    }

    /// Checks effect and annotations; the `@id` if it is good.
    fn check_head(&mut self, piece: &Piece<'_>, policy: &Policy) -> Option<String> {
        if policy.effect() == Effect::Permit {
            let fix = "put what is allowed into policy/grants.yaml and write `forbid` here";
            self.problem(piece.offset, "a guardrail cannot permit", fix);
        }
        for (key, _) in policy.annotations() {
            if !ANNOTATIONS.contains(&key) {
                self.problem(piece.offset, format!("unknown annotation `@{key}`"), suggest(key, ANNOTATIONS));
            }
        }
        let id = policy.annotation("id").unwrap_or_default();
        let named =
            !id.is_empty() && id.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char));
        if !named {
            let fix = "put `@id(\"some-name\")` in front, of letters, digits, `-`, `_` and `.`";
            self.problem(piece.offset, "a guardrail has no usable `@id`", fix);
            return None;
        }
        if !self.ids.insert(id.to_owned()) {
            self.problem(
                piece.offset,
                format!("guardrail `{id}` is there twice"),
                "give one of them another `@id`",
            );
        }
        Some(id.to_owned())
    }

    /// Checks the policy against the schema; the actions and kinds of resource that it can speak about.
    fn validate(
        &mut self,
        piece: &Piece<'_>,
        policy: &Policy,
        validator: &Validator,
    ) -> BTreeSet<(Action, ResourceKind)> {
        let Ok(alone) = PolicySet::from_policies([policy.clone()]) else { return BTreeSet::new() };
        let result = validator.validate(&alone, ValidationMode::Strict);
        // Cedar repeats an error for every action it concerns; the place is told once.
        let mut told = BTreeSet::new();
        for error in result.validation_errors() {
            let offset = offset_of(error);
            if told.insert(offset) {
                self.problem(piece.offset + offset, message_of(&error.to_string()), help_of(error));
            }
        }
        let envs = policy.get_valid_request_envs(validator.schema());
        envs.filter_map(|env| Some((action_of(env.action())?, kind_of(env.resource())?))).collect()
    }
}

/// Adds a policy to what can apply; `None` if Cedar does not take it.
fn add_to(applicable: &mut Applicable, policy: Policy, index: usize, words: Words) -> Option<()> {
    applicable.policies.add(policy).ok()?;
    applicable.members.push(index);
    applicable.words = applicable.words.union(words);
    Some(())
}

fn action_of(uid: &cedar_policy::EntityUid) -> Option<Action> {
    Action::from_name(uid.id().unescaped())
}

fn kind_of(name: &cedar_policy::EntityTypeName) -> Option<ResourceKind> {
    ResourceKind::ALL.into_iter().find(|kind| kind.entity_type() == name.basename())
}

impl ResourceKind {
    /// The name of its entity type in guardrails.
    pub(super) fn entity_type(self) -> &'static str {
        match self {
            Self::Topic => "Topic",
            Self::Group => "Group",
            Self::TransactionalId => "TransactionalId",
            Self::Cluster => "Cluster",
        }
    }
}

fn offset_of(error: &dyn Diagnostic) -> usize {
    error.labels().and_then(|mut labels| labels.next()).map_or(0, |label| label.offset())
}

/// Cedar's message without the name it has for the policy and without the action it happened to look at.
fn message_of(message: &str) -> String {
    let message = message.split_once(", ").map_or(message, |(_, rest)| rest);
    match message.split_once(" for Action::\"") {
        Some((before, after)) => format!("{before}{}", after.split_once('"').map_or("", |(_, rest)| rest)),
        None => message.to_owned(),
    }
}

fn help_of(error: &dyn Diagnostic) -> String {
    error
        .help()
        .map_or_else(|| "see docs/policy.md for what a guardrail may say".to_owned(), |help| help.to_string())
}

fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |from: usize| u32::try_from(from).unwrap_or(u32::MAX);
    (number(line), number(column))
}
