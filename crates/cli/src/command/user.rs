//! `tidegate user`: the users whose passwords the gateway itself checks.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use tidegate_connect::identity::users::{MAX_PASSWORD, Standing, UserFile, UserSummary, generate_password};
use tidegate_model::{PrincipalName, UnixMillis};
use tidegate_wire::sasl::Secret;

use super::Exit;
use crate::output::{Format, Screen};
use crate::{bundle, clock, files};

/// Add, rotate, list, disable and enable users of the gateway's own password store
///
/// Running gateways follow within a second: a rotated or disabled user's sessions end. What a user may do stands in the
/// policy, under the same name.
#[derive(Args)]
#[command(after_help = "Examples:
  tidegate user add billing-service --generate billing-service.password
  vault kv get -field=password secret/billing | tidegate user rotate billing-service --password-stdin
  tidegate user list --output json")]
pub(crate) struct User {
    #[command(subcommand)]
    change: Change,
}

#[derive(Subcommand)]
enum Change {
    /// Add a user
    #[command(
        after_help = "Example:\n  tidegate user add billing-service --generate billing-service.password"
    )]
    Add(WithPassword),
    /// Give a user a new password; sessions of the old one end
    #[command(after_help = "Example:\n  tidegate user rotate billing-service --generate billing-service.new")]
    Rotate(WithPassword),
    /// List the users
    #[command(after_help = "Example:\n  tidegate user list --output json")]
    List {
        #[command(flatten)]
        store: Store,
        /// How to print the list
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        output: Format,
    },
    /// Let a user log in no more; its sessions end
    #[command(after_help = "Example:\n  tidegate user disable billing-service")]
    Disable(Named),
    /// Let a disabled user log in again, with its old password
    #[command(after_help = "Example:\n  tidegate user enable billing-service")]
    Enable(Named),
}

#[derive(Args)]
struct WithPassword {
    /// The user's name, which is the principal's name in the policy
    name: String,
    #[command(flatten)]
    password: Password,
    #[command(flatten)]
    store: Store,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Password {
    /// Generate a password and write it to this new file, for you to hand over
    #[arg(long, value_name = "FILE")]
    generate: Option<PathBuf>,
    /// Read the password from standard input; one newline at its end does not count
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
struct Named {
    /// The user's name
    name: String,
    #[command(flatten)]
    store: Store,
}

#[derive(Args)]
struct Store {
    /// The gateway's configuration, which names the store
    #[arg(long, value_name = "FILE", default_value = "tidegate.yaml")]
    config: PathBuf,
    /// The listener whose store it is; needed where listeners have different ones
    #[arg(long, value_name = "LISTENER")]
    listener: Option<String>,
}

impl User {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        match self.change {
            Change::Add(user) => {
                let name = PrincipalName::new(&user.name).with_context(|| format!("`{}`", user.name))?;
                let store = user.store.open()?;
                user.password.apply(|password, now| {
                    store.update(|users| users.add(&name, password, now))?;
                    Ok(())
                })?;
                screen.line(format_args!("added `{name}` to {}", store.path().display()))?;
            }
            Change::Rotate(user) => {
                let store = user.store.open()?;
                user.password.apply(|password, now| {
                    store.update(|users| users.rotate(&user.name, password, now))?;
                    Ok(())
                })?;
                screen
                    .line(format_args!("`{}` has a new password; sessions of the old one end", user.name))?;
            }
            Change::List { store, output } => list(&store.open()?, output, screen)?,
            Change::Disable(user) => {
                user.store.open()?.update(|users| users.set_standing(&user.name, Standing::Disabled))?;
                screen.line(format_args!("`{}` is disabled; its sessions end", user.name))?;
            }
            Change::Enable(user) => {
                user.store.open()?.update(|users| users.set_standing(&user.name, Standing::Active))?;
                screen.line(format_args!("`{}` may log in again", user.name))?;
            }
        }
        Ok(Exit::Clean)
    }
}

impl Password {
    /// Runs `change` with the password. A generated one is on disk before the store knows it: the other order could lose
    /// it. If the change then fails, the file goes again.
    fn apply(&self, change: impl FnOnce(&Secret, UnixMillis) -> Result<()>) -> Result<()> {
        let now = clock::now()?;
        let Some(path) = &self.generate else {
            return change(&password_from_stdin()?, now);
        };
        let password = generate_password()?;
        let text = password.expose_str().context("the new password is not text")?;
        files::write_secret(path, text)?;
        change(&password, now).inspect_err(|_| {
            // The change's own error is the one to report.
            let _ = std::fs::remove_file(path);
        })
    }
}

impl Store {
    fn open(&self) -> Result<UserFile> {
        let config = bundle::configuration(&self.config)?;
        let mut stores: Vec<_> = config
            .listeners
            .iter()
            .filter(|listener| self.listener.as_deref().is_none_or(|wanted| wanted == &*listener.name))
            .filter_map(|listener| listener.authentication.users.as_deref())
            .collect();
        stores.dedup();
        match stores.as_slice() {
            [path] => {
                if let Some(folder) =
                    path.parent().filter(|folder| *folder != Path::new("") && !folder.exists())
                {
                    files::create_private_folder(folder)?;
                }
                Ok(UserFile::new(*path))
            }
            [] => bail!(
                "no such listener of `{}` has `users`: add `users: file:run/users.yaml`",
                self.config.display()
            ),
            _ => bail!("listeners have different stores: name one with `--listener`"),
        }
    }
}

fn password_from_stdin() -> Result<Secret> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        bail!("a password typed here would be seen: pipe it in, or use `--generate FILE`");
    }
    // One byte more than acceptable, and a newline, so that too long a password is refused and never cut.
    let mut bytes = Vec::with_capacity(MAX_PASSWORD + 2);
    let limit = u64::try_from(MAX_PASSWORD + 2)?;
    stdin.lock().take(limit).read_to_end(&mut bytes).context("cannot read the password")?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    Ok(Secret::new(bytes))
}

fn list(store: &UserFile, output: Format, screen: &mut Screen) -> Result<()> {
    let users = if store.path().exists() { store.load()?.list() } else { Vec::new() };
    match output {
        Format::Json => screen.json(&users.iter().map(as_json).collect::<Vec<_>>()),
        Format::Table if users.is_empty() => screen.line("no users: add one with `tidegate user add`"),
        Format::Table => {
            let rows = users.iter().map(|user| {
                let standing = word(user.standing).to_owned();
                vec![user.name.to_string(), standing, moment(user.created_at), moment(user.rotated_at)]
            });
            let rows = rows.collect();
            screen.table(&["name", "standing", "created", "password since"], rows)
        }
    }
}

fn as_json(user: &UserSummary) -> serde_json::Value {
    json!({
        "name": user.name.as_str(),
        "standing": word(user.standing),
        "created_at": moment(user.created_at),
        "rotated_at": moment(user.rotated_at),
        "generation": user.generation,
    })
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Active => "active",
        Standing::Disabled => "disabled",
    }
}

fn moment(at: UnixMillis) -> String {
    let time = Timestamp::from_second(at.0.div_euclid(1000));
    time.map_or_else(|_| at.0.to_string(), |time| time.to_string())
}
