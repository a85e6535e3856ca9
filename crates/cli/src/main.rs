//! `tidegate`: the gateway and the tools around it, in one program.
//!
//! Each command is one file in `command/`; this file only parses, runs and turns the outcome into an exit code.

mod admin;
mod bundle;
mod clock;
mod command;
mod files;
mod logging;
mod output;
mod pki;

#[cfg(feature = "sandbox")]
mod demo;

use std::process::ExitCode;

use clap::Parser;

use crate::command::{Command, Exit};
use crate::output::{Colour, Screen};

/// A security gateway in front of Kafka: it proves who calls and refuses by default.
#[derive(Parser)]
#[command(name = "tidegate", version, max_term_width = 110, after_help = EXAMPLES)]
struct Arguments {
    /// When to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut screen = Screen::new(arguments.color);
    match arguments.command.run(&mut screen) {
        Ok(Exit::Clean) => ExitCode::SUCCESS,
        Ok(Exit::Error) => ExitCode::from(1),
        Ok(Exit::Findings) => ExitCode::from(2),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            screen.error(&error);
            ExitCode::from(1)
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  tidegate demo                 see it work in a minute, with nothing installed
  tidegate init gateway         write a small working bundle into `gateway/`
  tidegate check gateway        find every problem in it
  tidegate up --config gateway/tidegate.yaml

Exit codes: 0 clean, 1 error, 2 findings, only where `--exit-code` asks for it.";
