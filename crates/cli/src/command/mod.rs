//! The commands, one file each.

mod check;
#[cfg(feature = "sandbox")]
mod demo;
mod drain;
mod explain;
mod init;
mod reload;
mod revoke;
mod status;
mod test;
mod up;
mod user;

use anyhow::Result;
use clap::Subcommand;

use crate::output::Screen;

/// How a command ended, short of an error on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to object to.
    Clean,
    /// The command did its work, and what it looked at is wrong.
    Error,
    /// There are findings, and the caller asked to be told by the exit code.
    Findings,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    #[cfg(feature = "sandbox")]
    Demo(demo::Demo),
    Init(init::Init),
    Check(check::Check),
    Test(test::Test),
    Explain(Box<explain::Explain>),
    Up(up::Up),
    Status(status::Status),
    Reload(reload::Reload),
    Drain(drain::Drain),
    Revoke(revoke::Revoke),
    User(user::User),
}

impl Command {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        match self {
            #[cfg(feature = "sandbox")]
            Self::Demo(command) => command.run(screen),
            Self::Init(command) => command.run(screen),
            Self::Check(command) => command.run(screen),
            Self::Test(command) => command.run(screen),
            Self::Explain(command) => command.run(screen),
            Self::Up(command) => command.run(screen),
            Self::Status(command) => command.run(screen),
            Self::Reload(command) => command.run(screen),
            Self::Drain(command) => command.run(screen),
            Self::Revoke(command) => command.run(screen),
            Self::User(command) => command.run(screen),
        }
    }
}
