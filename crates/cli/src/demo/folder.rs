//! The demo's folder: authority, credentials, bundle and client configurations, made on the spot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use tidegate_connect::identity::users::{UserFile, generate_password};
use tidegate_model::PrincipalName;
use tidegate_wire::sasl::Secret;

use super::client::Access;
use super::cluster::Cluster;
use super::token::TokenIssuer;
use crate::pki::Authority;
use crate::{clock, files};

/// The demo's folder and what clients need from it.
pub(crate) struct Folder {
    path: PathBuf,
    bootstrap_port: u16,
    tokens: TokenIssuer,
    payments_thumbprint: String,
    billing_password: Secret,
}

impl Folder {
    /// Writes everything the gateway and its clients need into `path`.
    pub(crate) fn create(path: &Path, cluster: &Cluster) -> Result<Self> {
        let authority = Authority::new("Tidegate demo authority", VALIDITY)?;
        let tokens = TokenIssuer::new(TOKEN_ISSUER)?;
        files::write_public(&path.join("pki/ca.pem"), &authority.certificate_pem())?;
        files::write_public(&path.join("pki/tokens.jwks"), &tokens.jwks()?)?;
        let pki = path.join("pki");
        authority.server(&["localhost", "127.0.0.1"])?.write(&pki, "gateway")?;
        let mut thumbprints = BTreeMap::new();
        for name in CERTIFICATE_HOLDERS {
            let certificate = authority.client(name, &format!("{SPIFFE_PREFIX}{name}"))?;
            certificate.write(&pki, name)?;
            thumbprints.insert(name, certificate.thumbprint());
        }
        let ports = free_ports(cluster.nodes.len() + 1)?;
        write_bundle(path, cluster, &ports)?;
        Ok(Self {
            path: path.to_owned(),
            bootstrap_port: ports.first().copied().context("no free port")?,
            tokens,
            payments_thumbprint: thumbprints
                .remove("payments-worker")
                .context("no certificate to bind tokens to")?,
            billing_password: add_user(&path.join(USERS), "billing-worker")?,
        })
    }

    /// The bundle's `tidegate.yaml`.
    pub(crate) fn configuration(&self) -> PathBuf {
        self.path.join("tidegate.yaml")
    }

    /// A file in the folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The gateway's address for first contact.
    pub(crate) fn bootstrap(&self) -> String {
        format!("localhost:{}", self.bootstrap_port)
    }

    /// A client with nothing but trust in the gateway's authority.
    pub(crate) fn anonymous(&self) -> Access {
        let properties = [
            ("security.protocol", "ssl".to_owned()),
            ("ssl.ca.location", self.file("pki/ca.pem").display().to_string()),
            // The gateway of the demo listens on IPv4 alone, and `localhost` may mean more.
            ("broker.address.family", "v4".to_owned()),
        ];
        let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Access { bootstrap: self.bootstrap(), properties, token: None }
    }

    /// A client with the certificate of `name`.
    pub(crate) fn with_certificate(&self, name: &str) -> Access {
        let mut access = self.anonymous();
        let file = |suffix: &str| self.file(&format!("pki/{name}.{suffix}")).display().to_string();
        access.set("ssl.certificate.location", &file("pem"));
        access.set("ssl.key.location", &file("key"));
        access
    }

    /// `billing-worker` with its password.
    pub(crate) fn with_password(&self) -> Access {
        let mut access = self.anonymous();
        access.set("security.protocol", "sasl_ssl");
        access.set("sasl.mechanism", "SCRAM-SHA-512");
        access.set("sasl.username", "billing-worker");
        access.set("sasl.password", self.billing_password.expose_str().unwrap_or_default());
        access
    }

    /// `access` with the token of `payments-worker`, which is bound to that principal's certificate.
    pub(crate) fn with_token(&self, mut access: Access) -> Result<Access> {
        access.set("security.protocol", "sasl_ssl");
        access.set("sasl.mechanism", "OAUTHBEARER");
        access.token =
            Some(self.tokens.bound_token("payments-worker", AUDIENCE, &self.payments_thumbprint)?);
        Ok(access)
    }

    /// Writes configurations for kcat and for Kafka's own tools.
    pub(crate) fn write_client_configurations(&self) -> Result<()> {
        for name in CERTIFICATE_HOLDERS {
            let mut kcat = format!("bootstrap.servers={}\n", self.bootstrap());
            for (property, value) in &self.with_certificate(name).properties {
                writeln!(kcat, "{property}={value}")?;
            }
            files::write_public(&self.file(&format!("clients/{name}.kcat")), &kcat)?;
            let java = format!(
                "security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location={}\n\
                 ssl.keystore.type=PEM\nssl.keystore.location={}\n",
                self.file("pki/ca.pem").display(),
                self.file(&format!("pki/{name}.keystore.pem")).display(),
            );
            files::write_public(&self.file(&format!("clients/{name}.properties")), &java)?;
        }
        Ok(())
    }
}

/// Adds a user with a new password to the gateway's store.
fn add_user(store: &Path, name: &str) -> Result<Secret> {
    files::create_private_folder(store.parent().unwrap_or(Path::new(".")))?;
    let password = generate_password()?;
    let now = clock::now()?;
    let principal = PrincipalName::new(name)?;
    UserFile::new(store).update(|users| users.add(&principal, &password, now))?;
    Ok(password)
}

fn write_bundle(folder: &Path, cluster: &Cluster, ports: &[u16]) -> Result<()> {
    for (path, template) in TEMPLATES {
        let text = template.replace("{{prefix}}", &cluster.prefix);
        files::write_public(&folder.join(path), &text)?;
    }
    let guardrails: String = tidegate_model::guardrail::READY.iter().map(|ready| ready.text).collect();
    files::write_public(&folder.join("policy/guardrails.cedar"), &guardrails)?;
    let (bootstrap, node_ports) = ports.split_first().context("no free port")?;
    let nodes: Vec<_> = cluster.nodes.iter().map(|(id, address)| format!("{id}: \"{address}\"")).collect();
    let shown: Vec<_> =
        cluster.nodes.keys().zip(node_ports).map(|(id, port)| format!("{id}: {port}")).collect();
    let text = CONFIGURATION
        .replace("{{nodes}}", &nodes.join(", "))
        .replace("{{upstream}}", &upstream_settings(folder, cluster)?)
        .replace("{{bootstrap_port}}", &bootstrap.to_string())
        .replace("{{node_ports}}", &shown.join(", "))
        .replace("{{what}}", if cluster.is_sandbox() { "a sandbox broker" } else { "a cluster of yours" })
        .replace("{{issuer}}", TOKEN_ISSUER)
        .replace("{{audience}}", AUDIENCE);
    files::write_public(&folder.join("tidegate.yaml"), &text)
}

/// The part of `tidegate.yaml` that says how brokers prove who they are and who the gateway is to them.
fn upstream_settings(folder: &Path, cluster: &Cluster) -> Result<String> {
    let upstream = &cluster.upstream;
    let mut text = match &upstream.ca {
        None => "    dangerous_plaintext: true\n".to_owned(),
        Some(ca) => {
            let mut tls = format!("    tls:\n      ca: {}\n", reference(ca)?);
            if let Some((certificate, key)) = &upstream.certificate {
                write!(
                    tls,
                    "      certificate: {}\n      key: {}\n",
                    reference(certificate)?,
                    reference(key)?
                )?;
            }
            tls
        }
    };
    match (&upstream.login, &upstream.certificate) {
        (Some((mechanism, username, password)), _) => {
            files::write_secret(&folder.join("pki/upstream.password"), password)?;
            let username = serde_json::to_string(username)?;
            write!(
                text,
                "    identity:\n      gateway: {{ mechanism: {mechanism}, username: {username}, \
                 password: \"file:pki/upstream.password\" }}\n"
            )?;
        }
        (None, Some(_)) => text.push_str("    identity:\n      gateway: { mechanism: mtls }\n"),
        (None, None) => text.push_str("    identity:\n      dangerous_no_upstream_identity: true\n"),
    }
    Ok(text)
}

/// A quoted reference to a file that the user named, relative to where the command runs.
fn reference(path: &str) -> Result<String> {
    let path = std::path::absolute(path).with_context(|| format!("cannot find `{path}`"))?;
    Ok(serde_json::to_string(&format!("file:{}", path.display()))?)
}

/// Ports that nobody listens on at this moment. All are held until the last is found, so that they differ.
fn free_ports(count: usize) -> Result<Vec<u16>> {
    let held: Vec<_> = (0..count).map(|_| TcpListener::bind(("127.0.0.1", 0))).collect::<Result<_, _>>()?;
    Ok(held
        .iter()
        .map(|listener| listener.local_addr().map(|address| address.port()))
        .collect::<Result<_, _>>()?)
}

const CONFIGURATION: &str = include_str!("../../templates/demo/tidegate.yaml");
const TEMPLATES: [(&str, &str); 4] = [
    ("catalog/principals.yaml", include_str!("../../templates/demo/principals.yaml")),
    ("catalog/streams.yaml", include_str!("../../templates/demo/streams.yaml")),
    ("policy/grants.yaml", include_str!("../../templates/demo/grants.yaml")),
    ("policy/tests.yaml", include_str!("../../templates/demo/tests.yaml")),
];
const CERTIFICATE_HOLDERS: [&str; 4] = ["orders-api", "billing-worker", "payments-worker", "search-indexer"];
const USERS: &str = "run/users.yaml";
const SPIFFE_PREFIX: &str = "spiffe://demo.tidegate.example/";
const TOKEN_ISSUER: &str = "https://tokens.tidegate.example";
const AUDIENCE: &str = "tidegate-demo";
/// The demo's certificates outlive any demonstration and are worthless soon after.
const VALIDITY: Duration = Duration::from_secs(24 * 3600);
