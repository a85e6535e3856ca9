//! `tidegate init`: a small working bundle, with certificates for development.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use tidegate_connect::identity::users::{UserFile, generate_password};
use tidegate_model::guardrail::READY;

use super::Exit;
use crate::files;
use crate::output::{Screen, Tone};
use crate::pki::Authority;

/// Write a small working bundle: configuration, catalog, policy, tests, and certificates for development
///
/// Nothing that exists is overwritten.
#[derive(Args)]
#[command(after_help = "Examples:
  tidegate init gateway --broker 1=broker-1.internal:9093 --broker 2=broker-2.internal:9093
  tidegate init gateway --broker 1=localhost:9092 --dangerous-plaintext")]
pub(crate) struct Init {
    /// The folder to write into; created where it is missing
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// A broker node, as `ID=HOST:PORT`; repeat it for every node
    #[arg(long = "broker", value_name = "ID=HOST:PORT", default_value = "1=localhost:9093", value_parser = parse_node)]
    brokers: Vec<(u32, String)>,
    /// The brokers have neither TLS nor authentication, as on a developer's machine
    #[arg(long)]
    dangerous_plaintext: bool,
    /// The first port to listen on; each broker node gets one of those that follow
    #[arg(long, value_name = "PORT", default_value_t = 19092, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
}

impl Init {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        self.check_free()?;
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create `{}`", self.folder.display()))?;
        for (path, text) in self.texts()? {
            files::write_public(&self.folder.join(path), &text)?;
        }
        self.write_certificates()?;
        // An empty store of users: the gateway would rather not start than guess that there are none.
        UserFile::new(self.folder.join("run/users.yaml")).update(|_| Ok(()))?;
        if !self.dangerous_plaintext {
            let password = generate_password()?;
            let text = password.expose_str().context("the new password is not text")?.to_owned();
            files::write_secret(&self.folder.join(UPSTREAM_PASSWORD), &text)?;
        }
        self.say_what_is_next(screen)?;
        Ok(Exit::Clean)
    }

    /// Refuses before the first file is written, so that no half of a bundle is left beside what was there.
    fn check_free(&self) -> Result<()> {
        let owned = FILES.iter().map(|(path, _)| *path).chain([
            "tidegate.yaml",
            "policy/guardrails.cedar",
            "pki",
            "run",
        ]);
        for path in owned {
            let path = self.folder.join(path);
            if path.exists() {
                bail!("`{}` exists already; name an empty folder", path.display());
            }
        }
        let ids: std::collections::BTreeSet<_> = self.brokers.iter().map(|(id, _)| id).collect();
        if ids.len() != self.brokers.len() {
            bail!("two brokers have the same id; `ID` is each broker's `node.id`");
        }
        if usize::from(u16::MAX - self.port) < self.brokers.len() {
            bail!("there are not enough ports after {}", self.port);
        }
        Ok(())
    }

    fn texts(&self) -> Result<Vec<(&'static str, String)>> {
        let nodes: Vec<_> = self.brokers.iter().map(|(id, address)| format!("{id}: \"{address}\"")).collect();
        let ports: Vec<_> =
            self.brokers.iter().zip(self.port + 1..).map(|((id, _), port)| format!("{id}: {port}")).collect();
        let upstream = if self.dangerous_plaintext { PLAINTEXT } else { SECURED };
        let filled = |template: &str| {
            template
                .replace("{{environment}}", ENVIRONMENT)
                .replace("{{nodes}}", &nodes.join(", "))
                .replace("{{upstream}}", upstream)
                .replace("{{bootstrap_port}}", &self.port.to_string())
                .replace("{{node_ports}}", &ports.join(", "))
                .replace("{{trust_domain}}", TRUST_DOMAIN)
        };
        let mut texts: Vec<_> = FILES.iter().map(|(path, template)| (*path, filled(template))).collect();
        texts.push(("tidegate.yaml", filled(CONFIGURATION)));
        let guardrails: Vec<_> = READY.iter().map(|ready| ready.text).collect();
        texts.push(("policy/guardrails.cedar", guardrails.join("\n")));
        Ok(texts)
    }

    fn write_certificates(&self) -> Result<()> {
        let authority = Authority::new("Tidegate development authority", VALIDITY)?;
        let pki = self.folder.join("pki");
        files::create_private_folder(&pki)?;
        files::create_private_folder(&self.folder.join("run"))?;
        files::write_public(&pki.join("ca.pem"), &authority.certificate_pem())?;
        if !self.dangerous_plaintext {
            files::write_public(&pki.join("brokers-ca.pem"), &authority.certificate_pem())?;
        }
        authority.server(&["localhost", "127.0.0.1"])?.write(&pki, "gateway")?;
        for name in CLIENTS {
            authority.client(name, &format!("spiffe://{TRUST_DOMAIN}/{name}"))?.write(&pki, name)?;
            files::write_public(
                &self.folder.join(format!("clients/{name}.properties")),
                &self.client_properties(name)?,
            )?;
        }
        Ok(())
    }

    /// What Kafka's own tools need to connect as `name`.
    fn client_properties(&self, name: &str) -> Result<String> {
        let pki = std::path::absolute(&self.folder)?.join("pki");
        let file = |name: &str| pki.join(name).display().to_string();
        Ok(format!(
            "bootstrap.servers=localhost:{}\nsecurity.protocol=SSL\nssl.truststore.type=PEM\n\
             ssl.truststore.location={}\nssl.keystore.type=PEM\nssl.keystore.location={}\n",
            self.port,
            file("ca.pem"),
            file(&format!("{name}.keystore.pem")),
        ))
    }

    fn say_what_is_next(&self, screen: &mut Screen) -> Result<()> {
        let folder = shown(&self.folder);
        screen.line(format_args!(
            "wrote a bundle into `{folder}`: tidegate.yaml, catalog/, policy/, clients/, pki/"
        ))?;
        let warning = screen.paint(Tone::Warning, "pki/ is for development:");
        screen.line(format_args!(
            "{warning} certificates that your machine made for itself, valid for a year; the authority's key was not kept"
        ))?;
        if self.dangerous_plaintext {
            screen.line(
                "the brokers are reached without TLS and without a login, which `tidegate check` reports",
            )?;
        } else {
            screen.line(format_args!(
                "brokers are reached with TLS: replace {folder}/pki/brokers-ca.pem by the authority of their certificates,\n\
                 and create the user `tidegate` (SCRAM-SHA-512) there, with the password in {folder}/{UPSTREAM_PASSWORD} and the rights\n\
                 that all of the gateway's clients together need"
            ))?;
        }
        screen.line("next:")?;
        for next in ["check", "test"] {
            screen.line(format_args!("  tidegate {next} {folder}"))?;
        }
        screen.line(format_args!("  tidegate up --config {folder}/tidegate.yaml"))
    }
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

fn parse_node(text: &str) -> Result<(u32, String), String> {
    let expected = || format!("`{text}` is not `ID=HOST:PORT`, for example `1=broker-1.internal:9093`");
    let (id, address) = text.split_once('=').ok_or_else(expected)?;
    let (host, port) = address.rsplit_once(':').ok_or_else(expected)?;
    let id = id.parse().map_err(|_| expected())?;
    let port: u16 = port.parse().map_err(|_| expected())?;
    if host.is_empty() || port == 0 || host.contains(['"', '\\']) || i32::try_from(id).is_err() {
        return Err(expected());
    }
    Ok((id, address.to_owned()))
}

const CONFIGURATION: &str = include_str!("../../templates/init/tidegate.yaml");
const FILES: [(&str, &str); 5] = [
    ("catalog/principals.yaml", include_str!("../../templates/init/principals.yaml")),
    ("catalog/streams.yaml", include_str!("../../templates/init/streams.yaml")),
    ("policy/grants.yaml", include_str!("../../templates/init/grants.yaml")),
    ("policy/tests.yaml", include_str!("../../templates/init/tests.yaml")),
    (
        ".gitignore",
        "# Keys, passwords and what the gateway writes while it runs stay out of git.\n/pki/\n/run/\n",
    ),
];
const SECURED: &str = "    # How the brokers prove who they are, and who the gateway is to them.
    tls: { ca: file:pki/brokers-ca.pem }
    identity:
      gateway: { mechanism: scram-sha-512, username: tidegate, password: \"file:pki/upstream.password\" }
";
const PLAINTEXT: &str =
    "    # The brokers have no security of their own, so whoever reaches them directly is not stopped.
    dangerous_plaintext: true
    identity: { dangerous_no_upstream_identity: true }
";
const UPSTREAM_PASSWORD: &str = "pki/upstream.password";
const CLIENTS: [&str; 2] = ["orders-service", "billing-service"];
const ENVIRONMENT: &str = "development";
const TRUST_DOMAIN: &str = "development.tidegate.example";
const VALIDITY: Duration = Duration::from_secs(365 * 24 * 3600);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_is_an_id_and_an_address() {
        assert_eq!(parse_node("3=broker-3:9093"), Ok((3, "broker-3:9093".to_owned())));
        assert_eq!(parse_node("0=[::1]:9093"), Ok((0, "[::1]:9093".to_owned())));
        for wrong in [
            "",
            "broker:9093",
            "x=broker:9093",
            "1=broker",
            "1=:9093",
            "1=b:0",
            "1=b:70000",
            "1=b\":1",
            "-1=b:1",
            "4294967295=b:1",
        ] {
            assert!(parse_node(wrong).is_err(), "{wrong}");
        }
    }
}
