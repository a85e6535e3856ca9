//! What the gateway logs while the story runs: the reason behind every refusal, in the gateway's own words.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// The gateway's log, kept in memory.
#[derive(Clone, Default)]
pub(crate) struct Journal {
    entries: Arc<Mutex<Vec<Entry>>>,
}

/// One line of the log: its fields by name, the message as `message`.
pub(crate) struct Entry {
    fields: BTreeMap<&'static str, String>,
}

/// A place in the log, to look at what came after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark(usize);

impl Journal {
    /// Makes it the log of the whole process, and writes the same to `file`.
    pub(crate) fn install(file: &Path) -> Result<Self> {
        let journal = Self::default();
        let written = File::create(file).with_context(|| format!("cannot create `{}`", file.display()))?;
        let lines =
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(Mutex::new(written));
        // What librdkafka's wrapper and others log is of no interest here.
        let filter = Targets::new().with_target("tidegate", Level::DEBUG);
        let subscriber = Registry::default().with(filter).with(journal.clone()).with(lines);
        tracing::subscriber::set_global_default(subscriber).context("something else logs already")?;
        Ok(journal)
    }

    /// Where the log ends now.
    pub(crate) fn mark(&self) -> Mark {
        Mark(self.with(|entries| entries.len()))
    }

    /// The first entry after `mark` that `wanted` makes something of. A log line may come a moment after the answer it
    /// explains, so this waits for it, though not for long.
    pub(crate) fn find<T>(&self, mark: Mark, wanted: impl Fn(&Entry) -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + LATENESS;
        loop {
            let found = self.with(|entries| entries.iter().skip(mark.0).find_map(&wanted));
            if found.is_some() || Instant::now() > deadline {
                return found;
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Vec<Entry>) -> T) -> T {
        work(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Entry {
    /// A field's text.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

impl<S: Subscriber> Layer<S> for Journal {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        self.with(|entries| entries.push(Entry { fields: fields.0 }));
    }
}

struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

const LATENESS: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(5);
