//! What commands print: lines, tables or JSON, coloured only where a person looks.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a listing is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people
    #[default]
    Table,
    /// JSON for programs
    Json,
}

/// What a word says, which decides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
    /// Worth a look.
    Warning,
    /// A heading.
    Strong,
    /// In the background.
    Quiet,
}

/// The two standard streams.
pub(crate) struct Screen {
    colour_out: bool,
    colour_error: bool,
}

impl Screen {
    /// A screen that colours as asked.
    pub(crate) fn new(colour: Colour) -> Self {
        let on = |terminal: bool| match colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self { colour_out: on(io::stdout().is_terminal()), colour_error: on(io::stderr().is_terminal()) }
    }

    /// Prints a line.
    pub(crate) fn line(&mut self, text: impl Display) -> Result<()> {
        writeln!(io::stdout().lock(), "{text}")?;
        Ok(())
    }

    /// Prints a value as one line of JSON, at once.
    #[cfg(feature = "sandbox")]
    pub(crate) fn json_line(&mut self, value: &impl Serialize) -> Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer(&mut out, value)?;
        writeln!(out)?;
        out.flush()?;
        Ok(())
    }

    /// Prints a value as indented JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
        Ok(())
    }

    /// Prints rows under headings, wrapped to the terminal's width.
    pub(crate) fn table(&mut self, headings: &[&str], rows: Vec<Vec<String>>) -> Result<()> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(headings.iter().map(|heading| heading.to_uppercase()));
        table.add_rows(rows);
        writeln!(io::stdout().lock(), "{}", table.trim_fmt())?;
        Ok(())
    }

    /// The text in the colour of its tone, where standard output is coloured.
    pub(crate) fn paint(&self, tone: Tone, text: impl Display) -> String {
        paint(self.colour_out, tone, text)
    }

    /// Prints a note for the person at the terminal, on standard error.
    pub(crate) fn note(&mut self, text: impl Display) {
        // A note that cannot be shown is no reason to stop.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints an error with its causes, on standard error.
    pub(crate) fn error(&mut self, error: &anyhow::Error) {
        let label = paint(self.colour_error, Tone::Bad, "error:");
        self.note(format_args!("{label} {error:#}"));
    }
}

/// Whether the reader of standard output went away, which ends a command quietly.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause
            .downcast_ref::<io::Error>()
            .map(io::Error::kind)
            .or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind));
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}

fn paint(colour: bool, tone: Tone, text: impl Display) -> String {
    if !colour {
        return text.to_string();
    }
    let code = match tone {
        Tone::Good => "32",
        Tone::Bad => "1;31",
        Tone::Warning => "33",
        Tone::Strong => "1",
        Tone::Quiet => "2",
    };
    format!("\x1b[{code}m{text}\x1b[0m")
}
