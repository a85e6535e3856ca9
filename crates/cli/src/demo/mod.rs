//! The demo: a broker, the gateway in front of it, and a story of what each of them lets happen.

mod client;
mod cluster;
mod folder;
mod journal;
mod keep;
mod narrator;
mod stage;
mod story;
mod token;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::command::Exit;
use crate::output::{Format, Screen};
use cluster::Cluster;
use narrator::Narrator;
use stage::Stage;

/// What the demo is to do.
pub(crate) struct Settings {
    /// How to tell the story.
    pub(crate) format: Format,
    /// Stay up afterwards.
    pub(crate) keep: bool,
    /// The real cluster to play on, instead of the sandbox.
    pub(crate) bootstrap: Option<String>,
    /// librdkafka properties to reach it with.
    pub(crate) upstream_config: Option<PathBuf>,
}

/// Plays the story. Everything came out as expected, or it did not, or the stage could not be set.
pub(crate) fn run(settings: &Settings, screen: &mut Screen) -> Result<Exit> {
    let began = Instant::now();
    let cluster = match &settings.bootstrap {
        None => Cluster::sandbox(&stage::topics::ALL)?,
        Some(bootstrap) => {
            Cluster::real(bootstrap, settings.upstream_config.as_deref(), stage::own_prefix()?)?
        }
    };
    let stage = Stage::set(cluster)?;
    let outcome = stage.prepare().and_then(|()| play(&stage, settings, screen, began));
    stage.strike(screen);
    outcome
}

fn play(stage: &Stage, settings: &Settings, screen: &mut Screen, began: Instant) -> Result<Exit> {
    let sandbox = stage.is_sandbox();
    let mut narrator = Narrator::new(settings.format, sandbox);
    narrator.open(screen)?;
    let mut failed = 0_usize;
    for step in story::STORY {
        if stage.is_interrupted() {
            bail!("interrupted");
        }
        narrator.announce(step, screen)?;
        let observed = if began.elapsed() > STORY_LIMIT {
            story::Observed::Unclear("not tried: the story took too long".to_owned())
        } else {
            (step.play)(stage)
        };
        let met = step.is_met(&observed, sandbox);
        failed += usize::from(!met);
        narrator.tell(step, &observed, met, screen)?;
    }
    narrator.close(failed, began.elapsed(), screen)?;
    if settings.keep {
        keep::stay(stage, screen)?;
    }
    Ok(if failed == 0 { Exit::Clean } else { Exit::Error })
}

/// Partitions of every topic of the story.
const PARTITIONS: i32 = 3;
/// After this time no further step begins. Each step has a limit of its own.
const STORY_LIMIT: Duration = Duration::from_secs(150);
