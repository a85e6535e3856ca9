//! What a node is told in its properties file.

use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::oauth::Mint;
use crate::pki::Authority;
use crate::process::free_port;

/// A Kafka release the tests run against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 4.3.1, as three nodes.
    V4_3,
    /// 3.9.2, as one node.
    V3_9,
}

impl Version {
    /// The release most tests run against.
    pub const CURRENT: Self = Self::V4_3;
    /// The older line that is still in wide use.
    pub const OLDER: Self = Self::V3_9;

    /// As its makers write it.
    pub fn number(self) -> &'static str {
        match self {
            Self::V4_3 => "4.3.1",
            Self::V3_9 => "3.9.2",
        }
    }

    pub(super) fn default_nodes(self) -> u8 {
        match self {
            Self::V4_3 => 3,
            Self::V3_9 => 1,
        }
    }

    pub(super) fn artifacts(self) -> Vec<&'static str> {
        match self {
            Self::V4_3 => vec![
                "org.apache.kafka:kafka_2.13:4.3.1",
                "org.apache.kafka:kafka-tools:4.3.1",
                "org.slf4j:slf4j-simple:1.7.36",
            ],
            Self::V3_9 => vec!["org.apache.kafka:kafka_2.13:3.9.2", "org.apache.kafka:kafka-tools:3.9.2"],
        }
    }
}

/// Whether a cluster asks its clients who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// No encryption, no authentication, no access control.
    Plain,
    /// TLS, SASL or client certificates, native access control.
    Secured,
}

/// A listener clients connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// PLAINTEXT; plain clusters only.
    Plain,
    /// SASL_SSL with SCRAM-SHA-256, SCRAM-SHA-512, PLAIN and OAUTHBEARER; secured clusters only.
    Sasl,
    /// SSL that asks for a client certificate and takes its CN as the user; secured clusters only.
    Mtls,
}

/// Which tokens brokers accept.
#[derive(Clone, Debug)]
pub struct OAuth {
    /// The `iss` they must have.
    pub issuer: String,
    /// The `aud` they must have.
    pub audience: String,
    /// The JSON Web Key Set that verifies them.
    pub jwks: String,
}

impl OAuth {
    /// The tokens `mint` makes.
    pub fn of(mint: &Mint) -> Self {
        Self {
            issuer: mint.issuer().to_owned(),
            audience: mint.audience().to_owned(),
            jwks: mint.jwks().to_string(),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) password: String,
}

/// Where one node listens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses {
    pub(super) internal: SocketAddr,
    controller: SocketAddr,
    first: SocketAddr,
    second: SocketAddr,
}

impl Addresses {
    pub(super) fn pick(ip: IpAddr) -> Result<Self> {
        let pick = || Ok::<_, anyhow::Error>(SocketAddr::new(ip, free_port(ip)?));
        Ok(Self { internal: pick()?, controller: pick()?, first: pick()?, second: pick()? })
    }

    pub(super) fn of(&self, listener: Listener) -> SocketAddr {
        match listener {
            Listener::Plain | Listener::Sasl => self.first,
            Listener::Mtls => self.second,
        }
    }

    pub(super) fn ports(&self) -> Vec<u16> {
        [self.internal, self.controller, self.first, self.second].iter().map(SocketAddr::port).collect()
    }
}

/// All that the nodes of one cluster have in common.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) version: Version,
    pub(super) security: Security,
    pub(super) users: Vec<User>,
    pub(super) super_users: Vec<String>,
    pub(super) oauth: OAuth,
    pub(super) properties: Vec<(String, String)>,
    pub(super) advertised_mtls: Option<SocketAddr>,
    pub(super) addresses: Vec<Addresses>,
    pub(super) home: PathBuf,
}

impl Plan {
    pub(super) fn authority_file(&self) -> PathBuf {
        self.home.join("authority.pem")
    }

    pub(super) fn log_file(&self, id: i32) -> PathBuf {
        self.home.join(format!("node-{id}.log"))
    }

    pub(super) fn jwks_file(&self) -> PathBuf {
        self.home.join("jwks.json")
    }

    /// Name and password on the listener between brokers, when it asks for them.
    pub(super) fn internal_login(&self) -> Option<(&'static str, &'static str)> {
        match self.security {
            Security::Plain => None,
            Security::Secured => Some((BROKER_USER, BROKER_PASSWORD)),
        }
    }

    pub(super) fn write_shared_files(&self, authority: &Authority) -> Result<()> {
        fs::write(self.authority_file(), authority.pem())?;
        fs::write(self.jwks_file(), &self.oauth.jwks)?;
        fs::write(self.home.join("log4j.properties"), LOG4J)?;
        fs::write(self.home.join("admin.properties"), self.admin_properties())?;
        Ok(())
    }

    fn admin_properties(&self) -> String {
        let internal: Vec<_> = self.addresses.iter().map(|node| node.internal.to_string()).collect();
        let mut lines = vec![
            format!("bootstrap.servers={}", internal.join(",")),
            "client.id=testkit-admin".to_owned(),
            "group.id=testkit-admin".to_owned(),
            "linger.ms=0".to_owned(),
            "auto.offset.reset=earliest".to_owned(),
            "request.timeout.ms=15000".to_owned(),
            "default.api.timeout.ms=30000".to_owned(),
        ];
        if let Some((name, password)) = self.internal_login() {
            lines.push("security.protocol=SASL_PLAINTEXT".to_owned());
            lines.push("sasl.mechanism=PLAIN".to_owned());
            lines.push(format!("sasl.jaas.config={}", plain_login(name, password, &[])));
        }
        lines.join("\n")
    }

    /// The properties of the node at `index`, whose key store, if any, is `keystore`.
    pub(super) fn node_properties(&self, index: usize, data: &Path, keystore: &Path) -> Result<String> {
        let here = self.addresses.get(index).context("there is no such node")?;
        let voters: Vec<_> = self
            .addresses
            .iter()
            .enumerate()
            .map(|(at, node)| format!("{}@{}", at + 1, node.controller))
            .collect();
        let replicas = self.addresses.len();
        let mut lines = vec![
            "process.roles=broker,controller".to_owned(),
            format!("node.id={}", index + 1),
            format!("controller.quorum.voters={}", voters.join(",")),
            "inter.broker.listener.name=INTERNAL".to_owned(),
            "controller.listener.names=CONTROLLER".to_owned(),
            format!("log.dirs={}", data.display()),
            format!("offsets.topic.replication.factor={replicas}"),
            format!("transaction.state.log.replication.factor={replicas}"),
        ];
        lines.extend(SMALL.iter().map(|line| (*line).to_owned()));
        if self.version == Version::V4_3 {
            lines.push(format!("share.coordinator.state.topic.replication.factor={replicas}"));
            lines.extend(SMALL_SHARE.iter().map(|line| (*line).to_owned()));
        }
        match self.security {
            Security::Plain => lines.extend(plain_listeners(here)),
            Security::Secured => lines.extend(self.secured_listeners(here, keystore)),
        }
        lines.extend(self.properties.iter().map(|(name, value)| format!("{name}={value}")));
        Ok(lines.join("\n"))
    }

    fn secured_listeners(&self, here: &Addresses, keystore: &Path) -> Vec<String> {
        let brokers = plain_login(BROKER_USER, BROKER_PASSWORD, &[(BROKER_USER, BROKER_PASSWORD)]);
        let users: Vec<_> =
            self.users.iter().map(|user| (user.name.as_str(), user.password.as_str())).collect();
        let clients = plain_login(BROKER_USER, BROKER_PASSWORD, &users);
        let Addresses { internal, controller, first, second } = here;
        let announced = self.advertised_mtls.unwrap_or(*second);
        let mut super_users = vec![format!("User:{BROKER_USER}"), format!("User:{}", super::SUPER_USER)];
        super_users.extend(self.super_users.iter().cloned());
        let mut lines = vec![
            format!(
                "listeners=INTERNAL://{internal},CONTROLLER://{controller},SASL://{first},MTLS://{second}"
            ),
            format!("advertised.listeners=INTERNAL://{internal},SASL://{first},MTLS://{announced}"),
            format!("super.users={}", super_users.join(";")),
            format!("listener.name.internal.plain.sasl.jaas.config={brokers}"),
            format!("listener.name.controller.plain.sasl.jaas.config={brokers}"),
            format!("listener.name.sasl.plain.sasl.jaas.config={clients}"),
            format!("ssl.keystore.location={}", keystore.display()),
            format!("ssl.truststore.location={}", self.authority_file().display()),
            format!("sasl.oauthbearer.jwks.endpoint.url=file://{}", self.jwks_file().display()),
            format!("sasl.oauthbearer.expected.issuer={}", self.oauth.issuer),
            format!("sasl.oauthbearer.expected.audience={}", self.oauth.audience),
        ];
        lines.extend(SECURED.iter().map(|line| (*line).to_owned()));
        lines
    }

    /// The arguments of `kafka-storage format` behind the properties file.
    pub(super) fn format_arguments(&self) -> Vec<String> {
        let mut arguments =
            vec!["--ignore-formatted".to_owned(), "--cluster-id".to_owned(), CLUSTER_ID.to_owned()];
        if self.security == Security::Secured {
            for user in &self.users {
                for mechanism in ["SCRAM-SHA-256", "SCRAM-SHA-512"] {
                    arguments.push("--add-scram".to_owned());
                    arguments.push(format!("{mechanism}=[name={},password={}]", user.name, user.password));
                }
            }
        }
        arguments
    }
}

/// Java client properties to log in over TLS with SCRAM or PLAIN, trusting the authority in the file `authority`.
pub fn sasl_properties(authority: &Path, mechanism: &str, user: &str, password: &str) -> String {
    let jaas = match mechanism {
        "PLAIN" => plain_login(user, password, &[]),
        _ => format!(
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"{user}\" password=\"{password}\";"
        ),
    };
    format!(
        "security.protocol=SASL_SSL\nsasl.mechanism={mechanism}\nsasl.jaas.config={jaas}\n{}",
        trusting(authority)
    )
}

/// Java client properties to log in over TLS with the token in the file `token`.
///
/// The JVM must be started with [`allowing`] this file.
pub fn token_properties(authority: &Path, token: &Path) -> String {
    format!(
        "security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\n\
         sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;\n\
         sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler\n\
         sasl.oauthbearer.token.endpoint.url=file://{}\n{}",
        token.display(),
        trusting(authority)
    )
}

/// Java client properties to show a certificate, where `identity` is a file with key and chain.
pub fn certificate_properties(authority: &Path, identity: &Path) -> String {
    format!(
        "security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location={}\n{}",
        identity.display(),
        trusting(authority)
    )
}

/// The JVM option without which Kafka reads neither tokens nor keys from a file.
pub fn allowing(file: &Path) -> String {
    format!("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=file://{}", file.display())
}

fn trusting(authority: &Path) -> String {
    format!("ssl.truststore.type=PEM\nssl.truststore.location={}\n", authority.display())
}

fn plain_listeners(here: &Addresses) -> Vec<String> {
    let Addresses { internal, controller, first, .. } = here;
    vec![
        format!("listeners=INTERNAL://{internal},CONTROLLER://{controller},PLAIN://{first}"),
        format!("advertised.listeners=INTERNAL://{internal},PLAIN://{first}"),
        "listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,PLAIN:PLAINTEXT".to_owned(),
    ]
}

fn plain_login(name: &str, password: &str, users: &[(&str, &str)]) -> String {
    let known: String = users.iter().map(|(name, password)| format!(" user_{name}=\"{password}\"")).collect();
    format!(
        "org.apache.kafka.common.security.plain.PlainLoginModule required \
         username=\"{name}\" password=\"{password}\"{known};"
    )
}

const CLUSTER_ID: &str = "4L6g3nShT-eMCtK--X86sw";
const BROKER_USER: &str = "broker";
const BROKER_PASSWORD: &str = "between-the-test-brokers";

/// Three nodes share two cores and are thrown away soon, so everything that is sized for production is cut down.
const SMALL: &[&str] = &[
    "offsets.topic.num.partitions=3",
    "transaction.state.log.num.partitions=3",
    "transaction.state.log.min.isr=1",
    "group.initial.rebalance.delay.ms=0",
    "num.network.threads=2",
    "num.io.threads=4",
    "num.recovery.threads.per.data.dir=1",
    "log.cleaner.dedupe.buffer.size=4194304",
    "broker.heartbeat.interval.ms=250",
    "controlled.shutdown.enable=false",
];

const SMALL_SHARE: &[&str] =
    &["share.coordinator.state.topic.num.partitions=3", "share.coordinator.state.topic.min.isr=1"];

const SECURED: &[&str] = &[
    "listener.security.protocol.map=INTERNAL:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT,SASL:SASL_SSL,MTLS:SSL",
    "sasl.mechanism.inter.broker.protocol=PLAIN",
    "sasl.mechanism.controller.protocol=PLAIN",
    "listener.name.internal.sasl.enabled.mechanisms=PLAIN",
    "listener.name.controller.sasl.enabled.mechanisms=PLAIN",
    "listener.name.sasl.sasl.enabled.mechanisms=SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER",
    "listener.name.sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
    "listener.name.sasl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
    "listener.name.sasl.oauthbearer.sasl.jaas.config=\
     org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
    "listener.name.sasl.oauthbearer.sasl.server.callback.handler.class=\
     org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
    "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found=false",
    "delegation.token.secret.key=signs-delegation-tokens-of-the-test-cluster",
    "delegation.token.master.key=signs-delegation-tokens-of-the-test-cluster",
    "ssl.keystore.type=PEM",
    "ssl.truststore.type=PEM",
    "listener.name.mtls.ssl.client.auth=required",
    "ssl.principal.mapping.rules=RULE:^.*CN=([^,]+).*$/$1/,DEFAULT",
];

/// Kafka 3.9 logs through log4j; without this file it would log nothing.
const LOG4J: &str = "log4j.rootLogger=INFO, out\n\
log4j.appender.out=org.apache.log4j.ConsoleAppender\n\
log4j.appender.out.layout=org.apache.log4j.PatternLayout\n\
log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n\n";
