//! The clients of the story: librdkafka producers and consumers, as any application would use them.
//!
//! Every action runs on a thread of its own and is waited for with a limit, so that a client that never comes back
//! costs the story one step and not its end.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rdkafka::client::OAuthToken;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::message::DeliveryResult;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer, ProducerContext};
use rdkafka::{ClientConfig, ClientContext, Message, Offset, TopicPartitionList};

use super::token::TOKEN_LIFETIME;

/// How a client reaches a cluster and what it presents. It has no `Debug`: it holds secrets.
#[derive(Clone)]
pub(crate) struct Access {
    /// `bootstrap.servers`.
    pub(crate) bootstrap: String,
    /// Further librdkafka properties: protocol, certificates, user and password.
    pub(crate) properties: Vec<(String, String)>,
    /// The bearer token presented with OAUTHBEARER.
    pub(crate) token: Option<String>,
}

/// How a consumer comes by its partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It joins the group and is given its share.
    Joined,
    /// It takes them all by itself and leaves the group alone.
    Apart,
}

/// What came of a client's attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It got what it wanted.
    Succeeded(String),
    /// The other side said no, in these words.
    Refused(String),
    /// The other side closed the connection without a word that a client can read.
    Disconnected(String),
    /// Neither, within the time allowed.
    Unclear(String),
}

impl Access {
    /// Sets a librdkafka property, in place of an earlier value.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.properties.retain(|(known, _)| known != name);
        self.properties.push((name.to_owned(), value.to_owned()));
    }

    /// The value of a librdkafka property.
    pub(crate) fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same cluster, trusted as before, but with nothing that says who calls.
    pub(crate) fn without_credentials(&self) -> Self {
        let mut access = self.clone();
        access.token = None;
        let credential = |name: &str| {
            name.starts_with("sasl.")
                || ["ssl.certificate", "ssl.key", "ssl.keystore"].iter().any(|own| name.starts_with(own))
        };
        access.properties.retain(|(name, _)| !credential(name));
        let protocol = access.property("security.protocol").unwrap_or_default().to_lowercase();
        if let Some(transport) = protocol.strip_prefix("sasl_") {
            access.set("security.protocol", transport);
        }
        access
    }

    /// Publishes one record and waits for its acknowledgement.
    pub(crate) fn produce(&self, topic: &str, key: &str, value: &str) -> Outcome {
        let (access, topic) = (self.clone(), topic.to_owned());
        let (key, value) = (key.to_owned(), value.to_owned());
        bounded(move |report| {
            let producer: BaseProducer<Watch> = match access.config().create_with_context(access.watch()) {
                Ok(producer) => producer,
                Err(error) => return report(Outcome::Unclear(error.to_string())),
            };
            if let Err((error, _)) = producer.send(BaseRecord::to(&topic).key(&key).payload(&value)) {
                return report(outcome_of(&error));
            }
            let deadline = Instant::now() + ACTION_LIMIT;
            while Instant::now() < deadline {
                producer.poll(POLL);
                if let Some(outcome) = producer.context().verdict() {
                    return report(outcome);
                }
            }
            report(producer.context().last_word());
        })
    }

    /// Reads `topic` from its beginning until the record `wanted` comes.
    pub(crate) fn consume(&self, topic: &str, group: &str, membership: Membership, wanted: &str) -> Outcome {
        let (access, topic, wanted) = (self.clone(), topic.to_owned(), wanted.to_owned());
        let group = group.to_owned();
        bounded(move |report| {
            let consumer = match access.consumer(&topic, &group, membership) {
                Ok(consumer) => consumer,
                Err(error) => return report(outcome_of(&error)),
            };
            let deadline = Instant::now() + ACTION_LIMIT;
            while Instant::now() < deadline {
                if let Some(outcome) = next_word(&consumer, &wanted) {
                    return report(outcome);
                }
            }
            report(consumer.context().last_word());
        })
    }

    /// Reads `topic` as a member of `group` until `wanted` comes, and then stays until the connection is taken away.
    pub(crate) fn stay(&self, topic: &str, group: &str, wanted: &str) -> LiveSession {
        let (access, topic, wanted) = (self.clone(), topic.to_owned(), wanted.to_owned());
        let group = group.to_owned();
        let (started, start) = mpsc::channel();
        let (ended, end) = mpsc::channel();
        std::thread::spawn(move || {
            let consumer = match access.consumer(&topic, &group, Membership::Joined) {
                Ok(consumer) => consumer,
                Err(error) => return drop(started.send(outcome_of(&error))),
            };
            let deadline = Instant::now() + ACTION_LIMIT;
            let first = loop {
                match next_word(&consumer, &wanted) {
                    Some(outcome) => break outcome,
                    None if Instant::now() > deadline => break consumer.context().last_word(),
                    None => {}
                }
            };
            // What was said before the session stood is of no interest any more.
            consumer.context().forget();
            let _ = started.send(first);
            let deadline = Instant::now() + SESSION_LIMIT;
            while Instant::now() < deadline {
                if let Some(Err(error)) = consumer.poll(SHORT_POLL) {
                    consumer.context().note(outcome_of(&error));
                }
                if let Some(outcome) = consumer.context().first_trouble() {
                    let _ = ended.send((Instant::now(), outcome));
                    return;
                }
            }
        });
        LiveSession { start, end }
    }

    fn consumer(&self, topic: &str, group: &str, membership: Membership) -> KafkaResult<BaseConsumer<Watch>> {
        let mut config = self.config();
        config.set("auto.offset.reset", "earliest").set("enable.auto.commit", "false").set("group.id", group);
        let consumer: BaseConsumer<Watch> = config.create_with_context(self.watch())?;
        if membership == Membership::Joined {
            consumer.subscribe(&[topic])?;
            return Ok(consumer);
        }
        let mut partitions = TopicPartitionList::new();
        for partition in 0..super::PARTITIONS {
            partitions.add_partition_offset(topic, partition, Offset::Beginning)?;
        }
        consumer.assign(&partitions)?;
        Ok(consumer)
    }

    /// The settings for librdkafka. Only waiting times differ from its defaults.
    pub(crate) fn config(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.bootstrap);
        config.set("message.timeout.ms", ACTION_LIMIT.as_millis().to_string());
        config.set("reconnect.backoff.ms", "50").set("reconnect.backoff.max.ms", "500");
        config.set("socket.connection.setup.timeout.ms", "5000");
        config.set("session.timeout.ms", "6000");
        for (name, value) in &self.properties {
            config.set(name, value);
        }
        config.set_log_level(RDKafkaLogLevel::Info);
        config
    }

    pub(crate) fn watch(&self) -> Watch {
        Watch { token: self.token.clone(), heard: Mutex::new(Heard::default()) }
    }
}

/// A client that has connected and stays.
pub(crate) struct LiveSession {
    start: Receiver<Outcome>,
    end: Receiver<(Instant, Outcome)>,
}

impl LiveSession {
    /// How it started.
    pub(crate) fn started(&self) -> Outcome {
        received(self.start.recv_timeout(STEP_LIMIT))
    }

    /// When and how it ended, if it did within `limit`.
    pub(crate) fn ended(&self, limit: Duration) -> Option<(Instant, Outcome)> {
        self.end.recv_timeout(limit).ok()
    }
}

/// Listens to what librdkafka reports beside the answers to calls.
pub(crate) struct Watch {
    token: Option<String>,
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    /// An answer that settles the matter.
    settled: Option<Outcome>,
    /// Lost connections, the latest and their number: one may be chance.
    lost: Option<String>,
    losses: u32,
}

impl Watch {
    fn with<T>(&self, work: impl FnOnce(&mut Heard) -> T) -> T {
        work(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, outcome: Outcome) {
        self.with(|heard| match outcome {
            Outcome::Succeeded(_) | Outcome::Refused(_) => {
                heard.settled.get_or_insert(outcome);
            }
            Outcome::Disconnected(text) => {
                heard.lost = Some(text);
                heard.losses += 1;
            }
            Outcome::Unclear(text) => {
                heard.lost.get_or_insert(text);
            }
        });
    }

    fn verdict(&self) -> Option<Outcome> {
        self.with(|heard| match (&heard.settled, &heard.lost) {
            (Some(outcome), _) => Some(outcome.clone()),
            (None, Some(text)) if heard.losses >= LOSSES_THAT_SETTLE => {
                Some(Outcome::Disconnected(text.clone()))
            }
            _ => None,
        })
    }

    /// The first bad news, a single lost connection included.
    fn first_trouble(&self) -> Option<Outcome> {
        self.with(|heard| match (&heard.settled, &heard.lost) {
            (Some(outcome), _) => Some(outcome.clone()),
            (None, Some(text)) if heard.losses > 0 => Some(Outcome::Disconnected(text.clone())),
            _ => None,
        })
    }

    fn last_word(&self) -> Outcome {
        self.with(|heard| match (heard.settled.take(), heard.lost.take()) {
            (Some(outcome), _) => outcome,
            (None, Some(text)) if heard.losses > 0 => Outcome::Disconnected(text),
            (None, Some(text)) => Outcome::Unclear(text),
            (None, None) => Outcome::Unclear(NO_ANSWER.to_owned()),
        })
    }

    fn forget(&self) {
        self.with(|heard| *heard = Heard::default());
    }
}

impl ClientContext for Watch {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = true;

    fn log(&self, _: RDKafkaLogLevel, facility: &str, message: &str) {
        // A connection that a broker closes without a word is reported nowhere else.
        if facility == "FAIL" && message.contains("isconnected") {
            self.note(Outcome::Disconnected(DISCONNECTED.to_owned()));
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        let says_who = matches!(
            error.rdkafka_error_code(),
            Some(
                RDKafkaErrorCode::Authentication
                    | RDKafkaErrorCode::SaslAuthenticationFailed
                    | RDKafkaErrorCode::SSL
            )
        );
        // The reason then holds the other side's own words.
        self.note(if says_who { Outcome::Refused(tidy(reason)) } else { outcome_of(&error) });
    }

    fn generate_oauth_token(&self, _: Option<&str>) -> Result<OAuthToken, Box<dyn std::error::Error>> {
        let token = self.token.clone().ok_or("no token")?;
        let ends = SystemTime::now().duration_since(UNIX_EPOCH)? + TOKEN_LIFETIME;
        Ok(OAuthToken { token, principal_name: String::new(), lifetime_ms: i64::try_from(ends.as_millis())? })
    }
}

impl ConsumerContext for Watch {}

impl ProducerContext for Watch {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        self.note(match result {
            Ok(message) => Outcome::Succeeded(format!(
                "stored in partition {} at offset {}",
                message.partition(),
                message.offset()
            )),
            Err((error, _)) => outcome_of(error),
        });
    }
}

fn next_word(consumer: &BaseConsumer<Watch>, wanted: &str) -> Option<Outcome> {
    match consumer.poll(POLL) {
        Some(Ok(message)) if message.payload() == Some(wanted.as_bytes()) => {
            return Some(Outcome::Succeeded(format!(
                "read it from partition {} at offset {}",
                message.partition(),
                message.offset()
            )));
        }
        Some(Ok(_)) | None => {}
        Some(Err(error)) => consumer.context().note(outcome_of(&error)),
    }
    consumer.context().verdict()
}

/// Sorts librdkafka's errors by what they say about who refused what.
fn outcome_of(error: &KafkaError) -> Outcome {
    use RDKafkaErrorCode as Code;
    let Some(code) = error.rdkafka_error_code() else { return Outcome::Unclear(error.to_string()) };
    match code {
        Code::TopicAuthorizationFailed => Outcome::Refused("TOPIC_AUTHORIZATION_FAILED".to_owned()),
        Code::GroupAuthorizationFailed => Outcome::Refused("GROUP_AUTHORIZATION_FAILED".to_owned()),
        Code::ClusterAuthorizationFailed => Outcome::Refused("CLUSTER_AUTHORIZATION_FAILED".to_owned()),
        Code::Authentication | Code::SaslAuthenticationFailed => {
            Outcome::Refused(AUTHENTICATION_FAILED.to_owned())
        }
        Code::SSL => Outcome::Refused("TLS handshake failed".to_owned()),
        Code::BrokerTransportFailure | Code::AllBrokersDown => Outcome::Disconnected(DISCONNECTED.to_owned()),
        _ => Outcome::Unclear(error.to_string()),
    }
}

/// librdkafka's own words, without the client's and broker's names before and the timings behind.
fn tidy(reason: &str) -> String {
    let text = reason.rsplit_once("]: ").map_or(reason, |(_, text)| text);
    let text = text.split_once("/bootstrap: ").map_or(text, |(_, text)| text);
    text.split_once(" (after ").map_or(text, |(text, _)| text).trim().to_owned()
}

fn bounded(work: impl FnOnce(&dyn Fn(Outcome)) + Send + 'static) -> Outcome {
    let (sender, receiver) = mpsc::channel();
    // The client is closed on its own thread after it reported, which may take a while and concerns nobody.
    std::thread::spawn(move || {
        work(&|outcome| {
            let _ = sender.send(outcome);
        });
    });
    received(receiver.recv_timeout(STEP_LIMIT))
}

fn received(outcome: Result<Outcome, RecvTimeoutError>) -> Outcome {
    outcome.unwrap_or_else(|_| Outcome::Unclear(NO_ANSWER.to_owned()))
}

/// How long a client tries.
const ACTION_LIMIT: Duration = Duration::from_secs(12);
/// How long a client is waited for, its setting up included.
const STEP_LIMIT: Duration = Duration::from_secs(15);
/// How long a client that stays is watched.
const SESSION_LIMIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);
const SHORT_POLL: Duration = Duration::from_millis(10);
/// So many reports of lost connections are no accident; one loss may be reported twice.
const LOSSES_THAT_SETTLE: u32 = 3;
const DISCONNECTED: &str = "the connection was closed";
const NO_ANSWER: &str = "no answer in time";
const AUTHENTICATION_FAILED: &str = "SASL_AUTHENTICATION_FAILED";
