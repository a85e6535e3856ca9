//! The cluster that the story plays on: librdkafka's mock cluster in this process, or a real one by address.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::RDKafkaErrorCode;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::RDKafkaApiKey;

use super::client::{Access, Watch};

/// A broker cluster with the topics of the story.
pub(crate) struct Cluster {
    /// Node id to address.
    pub(crate) nodes: BTreeMap<i32, String>,
    /// How to reach it without the gateway: in the clear in the sandbox, with the given credential otherwise.
    pub(crate) direct: Access,
    /// What the names of its topics and groups begin with, so that a real cluster's own are never touched.
    pub(crate) prefix: String,
    /// How the gateway connects to it.
    pub(crate) upstream: Upstream,
    sandbox: Option<MockCluster<'static, DefaultProducerContext>>,
}

/// The upstream settings of the gateway, taken from librdkafka properties.
#[derive(Clone, Default)]
pub(crate) struct Upstream {
    /// The authority of the brokers' certificates; none for a plaintext cluster.
    pub(crate) ca: Option<String>,
    /// A client certificate and its key.
    pub(crate) certificate: Option<(String, String)>,
    /// SASL mechanism, user and password.
    pub(crate) login: Option<(String, String, String)>,
}

impl Cluster {
    /// Three nodes of librdkafka's mock cluster. They ask nobody who they are, like a broker left at its defaults.
    pub(crate) fn sandbox(topics: &[&str]) -> Result<Self> {
        let mock = MockCluster::new(SANDBOX_NODES).context("cannot start the sandbox broker")?;
        for (api, newest) in SANDBOX_VERSIONS {
            mock.apiversion(api, Some(0), Some(newest)).context("cannot set up the sandbox broker")?;
        }
        for topic in topics {
            mock.create_topic(topic, super::PARTITIONS, SANDBOX_NODES)
                .with_context(|| format!("cannot create topic `{topic}` in the sandbox"))?;
        }
        let direct = Access { bootstrap: mock.bootstrap_servers(), properties: Vec::new(), token: None };
        let nodes = nodes_of(&direct)?;
        Ok(Self { nodes, direct, prefix: String::new(), upstream: Upstream::default(), sandbox: Some(mock) })
    }

    /// The cluster at `bootstrap`, reached with the librdkafka properties in `config`.
    pub(crate) fn real(bootstrap: &str, config: Option<&Path>, prefix: String) -> Result<Self> {
        let properties = config.map(read_properties).transpose()?.unwrap_or_default();
        let upstream = Upstream::from_properties(&properties)?;
        let direct = Access { bootstrap: bootstrap.to_owned(), properties, token: None };
        let nodes =
            nodes_of(&direct).with_context(|| format!("cannot reach the cluster at `{bootstrap}`"))?;
        Ok(Self { nodes, direct, prefix, upstream, sandbox: None })
    }

    /// Whether it is the sandbox, which has no security of its own.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    /// The name of a topic or group of the story on this cluster.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Creates topics on a real cluster. The sandbox has them already.
    pub(crate) fn create_topics(&self, runtime: &tokio::runtime::Runtime, topics: &[String]) -> Result<()> {
        if self.is_sandbox() {
            return Ok(());
        }
        let replication = i32::try_from(self.nodes.len().min(3)).unwrap_or(1);
        let wanted: Vec<_> = topics
            .iter()
            .map(|name| NewTopic::new(name, super::PARTITIONS, TopicReplication::Fixed(replication)))
            .collect();
        let admin = self.admin()?;
        let results = runtime.block_on(admin.create_topics(&wanted, &admin_options()))?;
        for result in results {
            if let Err((topic, code)) = result {
                bail!("cannot create topic `{topic}`: {code}");
            }
        }
        Ok(())
    }

    /// Deletes the topics again, as far as the cluster lets it.
    pub(crate) fn delete_topics(&self, runtime: &tokio::runtime::Runtime, topics: &[String]) -> Result<()> {
        if self.is_sandbox() {
            return Ok(());
        }
        let names: Vec<_> = topics.iter().map(String::as_str).collect();
        let admin = self.admin()?;
        for result in runtime.block_on(admin.delete_topics(&names, &admin_options()))? {
            match result {
                Ok(_) | Err((_, RDKafkaErrorCode::UnknownTopicOrPartition)) => {}
                Err((topic, code)) => bail!("cannot delete topic `{topic}`: {code}"),
            }
        }
        Ok(())
    }

    fn admin(&self) -> Result<AdminClient<Watch>> {
        self.direct.config().create_with_context(self.direct.watch()).context("cannot make an admin client")
    }
}

impl Upstream {
    fn from_properties(properties: &[(String, String)]) -> Result<Self> {
        let find = |names: &[&str]| {
            properties.iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.clone())
        };
        let protocol = find(&["security.protocol"]).unwrap_or_default().to_lowercase();
        let mut upstream = Self::default();
        match protocol.as_str() {
            "" | "plaintext" => return Ok(upstream),
            "ssl" | "sasl_ssl" => {
                let missing =
                    "the gateway verifies brokers: add `ssl.ca.location=FILE` to the upstream configuration";
                upstream.ca = Some(find(&["ssl.ca.location"]).context(missing)?);
                upstream.certificate = find(&["ssl.certificate.location"]).zip(find(&["ssl.key.location"]));
            }
            "sasl_plaintext" => {}
            other => bail!(
                "`security.protocol={other}` is unknown; use plaintext, ssl, sasl_plaintext or sasl_ssl"
            ),
        }
        if protocol.starts_with("sasl") {
            let mechanism =
                find(&["sasl.mechanism", "sasl.mechanisms"]).context("`sasl.mechanism` is missing")?;
            if !["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"].contains(&mechanism.as_str()) {
                bail!(
                    "`sasl.mechanism={mechanism}` is not supported here; use PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"
                );
            }
            let username = find(&["sasl.username"]).context("`sasl.username` is missing")?;
            let password = find(&["sasl.password"]).context("`sasl.password` is missing")?;
            upstream.login = Some((mechanism.to_lowercase(), username, password));
        }
        Ok(upstream)
    }
}

/// Reads `name=value` lines; empty lines and those that begin with `#` do not count.
fn read_properties(path: &Path) -> Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut properties = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            // The line itself may be a misplaced secret, so only its place is told.
            bail!("{}:{number}: not a `name=value` line", path.display());
        };
        properties.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Ok(properties)
}

fn nodes_of(access: &Access) -> Result<BTreeMap<i32, String>> {
    let client: BaseConsumer<Watch> = access.config().create_with_context(access.watch())?;
    let metadata = client.fetch_metadata(None, METADATA_LIMIT)?;
    let nodes: BTreeMap<_, _> = metadata
        .brokers()
        .iter()
        .map(|broker| (broker.id(), format!("{}:{}", broker.host(), broker.port())))
        .collect();
    if nodes.is_empty() {
        bail!("the cluster announces no nodes");
    }
    Ok(nodes)
}

fn admin_options() -> AdminOptions {
    AdminOptions::new().operation_timeout(Some(ADMIN_LIMIT)).request_timeout(Some(ADMIN_LIMIT))
}

const SANDBOX_NODES: i32 = 3;
/// The newest versions that the mock cluster answers as Kafka's definitions say. Its later ones, those with tagged
/// fields, leave a byte behind the message, and the gateway takes no answer with bytes left over.
const SANDBOX_VERSIONS: [(RDKafkaApiKey, i16); 12] = [
    (RDKafkaApiKey::Produce, 8),
    (RDKafkaApiKey::Fetch, 11),
    (RDKafkaApiKey::ListOffsets, 5),
    (RDKafkaApiKey::Metadata, 8),
    (RDKafkaApiKey::OffsetCommit, 7),
    (RDKafkaApiKey::OffsetFetch, 5),
    (RDKafkaApiKey::FindCoordinator, 2),
    (RDKafkaApiKey::JoinGroup, 5),
    (RDKafkaApiKey::Heartbeat, 3),
    (RDKafkaApiKey::LeaveGroup, 3),
    (RDKafkaApiKey::SyncGroup, 3),
    (RDKafkaApiKey::InitProducerId, 1),
];
const METADATA_LIMIT: Duration = Duration::from_secs(15);
const ADMIN_LIMIT: Duration = Duration::from_secs(15);

#[cfg(test)]
mod tests {
    use super::*;

    fn properties(text: &[(&str, &str)]) -> Vec<(String, String)> {
        text.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn an_upstream_configuration_that_the_gateway_could_not_use_is_refused_with_what_is_missing() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("security.protocol", "ssl")], "ssl.ca.location"),
            (&[("security.protocol", "tls")], "`security.protocol=tls` is unknown"),
            (&[("security.protocol", "sasl_plaintext")], "`sasl.mechanism` is missing"),
            (&[("security.protocol", "sasl_plaintext"), ("sasl.mechanism", "GSSAPI")], "GSSAPI"),
            (
                &[("security.protocol", "sasl_plaintext"), ("sasl.mechanism", "PLAIN")],
                "`sasl.username` is missing",
            ),
        ];
        for (given, expected) in cases {
            let error = Upstream::from_properties(&properties(given)).err().unwrap().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn a_secured_upstream_keeps_authority_and_login() {
        let upstream = Upstream::from_properties(&properties(&[
            ("security.protocol", "SASL_SSL"),
            ("ssl.ca.location", "ca.pem"),
            ("sasl.mechanism", "SCRAM-SHA-512"),
            ("sasl.username", "tidegate"),
            ("sasl.password", "secret"),
        ]))
        .unwrap();
        assert_eq!(upstream.ca.as_deref(), Some("ca.pem"));
        assert_eq!(upstream.login, Some(("scram-sha-512".into(), "tidegate".into(), "secret".into())));
    }

    #[test]
    fn a_broken_properties_file_never_shows_its_text() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "# fine\n\na=b=c\nhunter2\n").unwrap();
        let error = read_properties(file.path()).unwrap_err().to_string();
        assert!(error.ends_with(":4: not a `name=value` line"), "{error}");
    }
}
