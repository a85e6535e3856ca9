//! One client's conversation with its broker, after authentication: frames in, judged frames out.
//!
//! The session holds no socket and reads no clock. The shell hands it whole frames of both sides, with the time and the policy in
//! force, and writes what it finds in the two outgoing queues.
//!
//! Kafka answers the requests of one connection in their order. Answers of the gateway's own take their place in that order: each
//! request has a slot, and slots leave from the front once they are filled.

pub mod event;
pub mod fatal;
mod own;
mod pending;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use tidegate_model::{Caller, DecisionCache, Snapshot, UnixMillis};

use crate::kafka::addresses::AddressMap;
use crate::kafka::answer::{self, Passed};
use crate::kafka::codec::{self, Api, CodecError, ErrorCode, Frame, Limits, RequestHeader, Tree};
use crate::kafka::judge::draft::{Draft, Request};
use crate::kafka::judge::offsets::KnownOffsets;
use crate::kafka::judge::policy::Policy;
use crate::kafka::judge::{Outcome, Question, Stop, cluster, rules};
use crate::kafka::topics::{TopicId, TopicNames};
use crate::kafka::versions::{VersionTable, key};

pub use event::{Event, Events};
pub use fatal::Fatal;
pub(crate) use own::SHARE_SESSION;
pub(crate) use pending::Awaited;
use pending::{Expected, FetchSession, More, Slots};

/// As whom the gateway speaks to the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpstreamIdentity {
    /// As the client: its own conversation was relayed, or a credential mapped to its principal is used.
    AsClient,
    /// As itself, for every client.
    AsGateway,
}

/// How many requests of one client may wait for their answers; further ones are read once some have left.
pub const MAX_IN_FLIGHT: usize = 64;

/// How much the answers and refusals of one client that wait for an earlier answer may take before no more requests are read. One
/// request more may go over it.
pub const MAX_WAITING_BYTES: usize = 4 << 20;

/// About how much memory one refused element takes while it waits for the answer it belongs to.
const REFUSAL_BYTES: usize = 512;

/// What all sessions of a listener share.
#[derive(Debug)]
pub struct Route {
    /// As whom the gateway speaks to the broker.
    pub upstream_identity: UpstreamIdentity,
    /// The addresses that clients may learn.
    pub addresses: AddressMap,
    /// The cluster's topic ids.
    pub topics: Arc<TopicNames>,
    /// Limits on answers. Requests have [`Limits::REQUESTS`].
    pub limits: Limits,
}

/// What a frame is judged with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The policy in force.
    pub snapshot: &'a Snapshot,
    /// Who sends it.
    pub caller: &'a Caller,
    /// The time.
    pub now: UnixMillis,
}

/// A session. See the module.
#[derive(Debug)]
pub struct Session {
    route: Arc<Route>,
    /// What the broker speaks.
    upstream: VersionTable,
    /// What the client was told.
    offered: VersionTable,
    cache: DecisionCache,
    events: Events,
    offsets: KnownOffsets,
    fetches: FetchSession,
    shares: FetchSession,
    slots: Slots,
    /// How many refused elements wait for the broker's answers.
    planned: usize,
    expected: VecDeque<Expected>,
    to_upstream: VecDeque<Bytes>,
    to_client: VecDeque<Bytes>,
    /// A request that waits for an answer to the gateway's own question.
    held: Option<Frame>,
    /// Ordered, not hashed: clients choose the ids, and could choose ones that collide.
    asked: BTreeSet<TopicId>,
    reauthentication: Option<Frame>,
}

impl Session {
    /// A session over `route` with a broker that speaks `upstream`.
    pub fn new(route: Arc<Route>, upstream: VersionTable) -> Self {
        let offered = upstream.advertised(route.upstream_identity);
        Self {
            route,
            upstream,
            offered,
            cache: DecisionCache::new(),
            events: Events::default(),
            offsets: KnownOffsets::default(),
            fetches: FetchSession::default(),
            shares: FetchSession::default(),
            slots: Slots::default(),
            planned: 0,
            expected: VecDeque::new(),
            to_upstream: VecDeque::new(),
            to_client: VecDeque::new(),
            held: None,
            asked: BTreeSet::new(),
            reauthentication: None,
        }
    }

    /// Whether the next request may be handed over.
    pub fn ready_for_request(&self) -> bool {
        self.held.is_none()
            && self.reauthentication.is_none()
            && self.slots.len() < MAX_IN_FLIGHT
            && self.waiting_bytes() < MAX_WAITING_BYTES
    }

    /// About how much memory is held by answers that wait for their turn and refusals that wait for theirs.
    fn waiting_bytes(&self) -> usize {
        self.slots.filled_bytes() + self.planned * REFUSAL_BYTES
    }

    /// How many requests wait for their answer.
    pub fn in_flight(&self) -> usize {
        self.slots.len()
    }

    /// The next bytes for the broker.
    pub fn next_to_upstream(&mut self) -> Option<Bytes> {
        self.to_upstream.pop_front()
    }

    /// The next bytes for the client.
    pub fn next_to_client(&mut self) -> Option<Bytes> {
        self.to_client.pop_front()
    }

    /// What happened, for logs and metrics.
    pub fn events(&mut self) -> &mut Events {
        &mut self.events
    }

    /// A SaslHandshake that begins a re-authentication (KIP-368), once every earlier answer has been queued.
    pub fn take_reauthentication(&mut self) -> Option<Frame> {
        if self.slots.is_empty() { self.reauthentication.take() } else { None }
    }

    /// The caller's proof was renewed: nothing decided before holds any longer.
    pub fn caller_changed(&mut self) {
        self.cache.clear();
    }

    /// One request of the client.
    pub fn on_request(&mut self, frame: Frame, context: &Context<'_>) -> Result<(), Fatal> {
        if !self.ready_for_request() {
            return Err(Fatal::OutOfTurn);
        }
        let payload = frame.payload();
        let (api_key, version) = codec::peek_key_and_version(&payload).map_err(Fatal::Malformed)?;
        if api_key == key::SASL_HANDSHAKE {
            self.reauthentication = Some(frame);
            return Ok(());
        }
        if !self.offered.contains(api_key, version) {
            return self.unoffered(api_key, version, &payload);
        }
        self.judge(frame, context)
    }

    /// ApiVersions of an unknown version has an answer; anything else not offered ends the connection, as in Kafka.
    fn unoffered(&mut self, api_key: i16, version: i16, payload: &Bytes) -> Result<(), Fatal> {
        let fatal = Fatal::Unoffered { api: api_key, version };
        if api_key != key::API_VERSIONS {
            return Err(fatal);
        }
        let api = codec::api(api_key).ok_or(fatal)?;
        let correlation_id = codec::peek_correlation_id(payload).map_err(Fatal::Malformed)?;
        let answer = crate::kafka::versions::unsupported_api_versions();
        let bytes = codec::encode_response(api, 0, correlation_id, &answer).map_err(Fatal::Encode)?;
        let slot = self.slots.open();
        self.fill(slot, bytes);
        Ok(())
    }

    /// Judges a request and sends it on, answers it, or asks first and holds it.
    fn judge(&mut self, frame: Frame, context: &Context<'_>) -> Result<(), Fatal> {
        let payload = frame.payload();
        let header = codec::request_header(&payload).map_err(Fatal::Malformed)?;
        let api =
            codec::api(header.key).ok_or(Fatal::Unoffered { api: header.key, version: header.version })?;
        let body = payload.slice(header.body_at..);
        let validated = match codec::validate(&api.request, header.version, &body, &Limits::REQUESTS) {
            Ok(validated) => validated,
            Err(error) => {
                let exact = without_forgotten_end(&frame, api.key, &error).ok_or(Fatal::Malformed(error))?;
                return self.judge(exact, context);
            }
        };
        let root = validated.root(&body).map_err(Fatal::Malformed)?;
        let has_unknown_tags = validated.has_unknown_tags() || header.has_unknown_tags();
        let request = Request { api, header, wire: frame.wire(), body: &body, root, has_unknown_tags };
        if let Some(answer) = self.stale_fetch(&request, context)? {
            return self.answer(api, &request.header, &answer);
        }
        let outcome = self.decide(&request, context);
        self.offsets.fresh = false;
        match outcome {
            Ok(Outcome::Forward { outbound, plan }) => {
                let awaited = Awaited::new(&request, plan, context.snapshot.version())?;
                self.forward(outbound, awaited);
                Ok(())
            }
            Ok(Outcome::Answer(tree)) | Err(Stop::Answer(tree)) => self.answer(api, &request.header, &tree),
            Err(Stop::Ask(question)) => {
                if self.ask(question.clone())? {
                    self.held = Some(frame.clone());
                    Ok(())
                } else if matches!(question, Question::TopicNames(_)) {
                    self.judge(frame.clone(), context)
                } else {
                    // The check cannot run with this broker: no for now.
                    self.refuse(&request, ErrorCode::COORDINATOR_NOT_AVAILABLE)
                }
            }
            Err(Stop::Refused(error)) => self.refuse(&request, error),
            Err(Stop::Fatal(fatal)) => Err(fatal),
        }
    }

    fn decide(&mut self, request: &Request<'_>, context: &Context<'_>) -> Result<Outcome, Stop> {
        let unoffered = Fatal::Unoffered { api: request.api.key, version: request.header.version };
        let rule = rules::rule(request.api.key).ok_or(unoffered)?;
        let mut policy = Policy {
            snapshot: context.snapshot,
            caller: context.caller,
            now: context.now,
            cache: &mut self.cache,
            events: &mut self.events,
            topics: &self.route.topics,
            asked: &self.asked,
            offsets: &mut self.offsets,
            api: request.api.name,
        };
        let mut draft = Draft::new(request);
        rule(&mut draft, &mut policy)?;
        draft.finish()
    }

    fn refuse(&mut self, request: &Request<'_>, error: ErrorCode) -> Result<(), Fatal> {
        let draft = Draft::new(request);
        match cluster::refuse(&draft, error) {
            Ok(tree) => self.answer(request.api, &request.header, &tree),
            Err(Stop::Fatal(fatal)) => Err(fatal),
            Err(_) => Err(Fatal::OutOfTurn),
        }
    }

    fn answer(&mut self, api: &'static Api, header: &RequestHeader<'_>, body: &Tree) -> Result<(), Fatal> {
        self.asked.clear();
        let bytes = codec::encode_response(api, header.version, header.correlation_id, body)
            .map_err(Fatal::Encode)?;
        let slot = self.slots.open();
        self.fill(slot, bytes);
        Ok(())
    }

    fn forward(&mut self, outbound: crate::kafka::judge::clearance::Outbound, awaited: Option<Awaited>) {
        self.asked.clear();
        self.to_upstream.push_back(outbound.into_bytes());
        if let Some(awaited) = awaited {
            let slot = self.slots.open();
            self.planned += awaited.plan.refusals();
            self.expected.push_back(Expected::Client { slot, awaited });
        }
    }

    fn fill(&mut self, slot: u64, bytes: Bytes) {
        self.slots.fill(slot, bytes);
        while let Some(bytes) = self.slots.pop_filled() {
            self.to_client.push_back(bytes);
        }
    }

    /// One answer of the broker.
    pub fn on_response(&mut self, frame: Frame, context: &Context<'_>) -> Result<(), Fatal> {
        let payload = frame.payload();
        let correlation_id =
            codec::peek_response_correlation_id(&payload).map_err(Fatal::UpstreamMalformed)?;
        let Some(expected) = self.expected.pop_front() else {
            return Err(Fatal::UpstreamUnexpected { correlation_id });
        };
        if correlation_id != expected.correlation_id() {
            return Err(Fatal::UpstreamUnexpected { correlation_id });
        }
        match expected {
            Expected::Client { slot, awaited } => {
                self.planned = self.planned.saturating_sub(awaited.plan.refusals());
                self.pass(slot, awaited, &frame, context)
            }
            Expected::Own(question) => self.learn(&question, &frame, context),
            Expected::Names { slot, awaited, version, answer } => {
                self.pass_with_names((slot, *awaited, &answer), (version, &frame), context)
            }
            Expected::More(more) => self.continue_paging(*more, &frame, context),
        }
    }

    fn pass(
        &mut self,
        slot: u64,
        mut awaited: Awaited,
        frame: &Frame,
        context: &Context<'_>,
    ) -> Result<(), Fatal> {
        match self.pass_answer(&mut awaited, frame, context)? {
            Passed::Ready(bytes) => {
                self.remember_fetch(&awaited);
                self.fill(slot, bytes);
                Ok(())
            }
            Passed::Continue { cursor } => self.page_on(More { slot, awaited, pages: 0 }, cursor),
            Passed::Ask(ids) => {
                awaited.asked_names = true;
                let again = awaited.clone();
                if self.ask_for_answer(slot, awaited, frame, ids)? {
                    Ok(())
                } else {
                    self.pass(slot, again, frame, context)
                }
            }
        }
    }

    fn pass_answer(
        &mut self,
        awaited: &mut Awaited,
        frame: &Frame,
        context: &Context<'_>,
    ) -> Result<Passed, Fatal> {
        let route = Arc::clone(&self.route);
        let mut policy = Policy {
            snapshot: context.snapshot,
            caller: context.caller,
            now: context.now,
            cache: &mut self.cache,
            events: &mut self.events,
            topics: &route.topics,
            asked: &self.asked,
            offsets: &mut self.offsets,
            api: awaited.api.name,
        };
        answer::pass(awaited, frame, &mut policy, &route)
    }
}

/// The same request without the bytes that were forgotten behind it, where a widespread client is known to do so.
///
/// librdkafka 2.0, which Debian 12 has, leaves the rest of a placeholder behind Metadata requests for all topics. A
/// broker does not look there. What goes on from here is the request that was judged and nothing else.
fn without_forgotten_end(frame: &Frame, api_key: i16, error: &CodecError) -> Option<Frame> {
    match error {
        CodecError::Trailing { bytes } if api_key == key::METADATA && *bytes <= FORGOTTEN_BYTES => {
            frame.without_end(*bytes)
        }
        _ => None,
    }
}

/// A placeholder of four bytes, of which the first was used.
const FORGOTTEN_BYTES: usize = 3;
