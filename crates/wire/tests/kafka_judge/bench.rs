//! A session between a client and a broker that are played by the test.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use tidegate_model::{
    BundleSources, Caller, Mechanism, PrincipalName, Proof, Snapshot, UnixMillis, WorkloadIdentity, bundle,
};
use tidegate_wire::kafka::codec::{self, Api, Frame, Limits, Tree, Value, View, api, field as f};
use tidegate_wire::kafka::session::UpstreamIdentity;
use tidegate_wire::kafka::{AddressMap, Context, Fatal, Route, Session, TopicNames, VersionTable};

pub(crate) const NOON: UnixMillis = UnixMillis(1_767_787_200_000);
pub(crate) const IDENTITIES: [UpstreamIdentity; 2] =
    [UpstreamIdentity::AsClient, UpstreamIdentity::AsGateway];
/// The addresses that clients may learn: nodes 1 to 3.
pub(crate) const GATEWAY: &str = "gateway.example";
/// Where the broker is; no client may see it.
pub(crate) const BROKER: &str = "broker-1.internal";

/// A policy of grants like `read topic orders.*` or `alter cluster`, all for the one caller.
pub(crate) fn snapshot(grants: &[&str], version: u64) -> Snapshot {
    guarded(grants, "", version)
}

pub(crate) fn guarded(grants: &[&str], guardrails: &str, version: u64) -> Snapshot {
    let mut text = String::from("grants:\n");
    for (number, grant) in grants.iter().enumerate() {
        let words: Vec<&str> = grant.splitn(3, ' ').collect();
        let on = match words[1] {
            "topic" => format!("topics: ['{}']", words[2]),
            "group" => format!("consumer_groups: ['{}']", words[2]),
            "transactional_id" => format!("transactional_ids: ['{}']", words[2]),
            "cluster" => "cluster: true".to_owned(),
            other => panic!("{other}"),
        };
        text += &format!("- name: g{number}\n  to: [orders-service]\n  actions: [{}]\n  {on}\n", words[0]);
    }
    let grants = if grants.is_empty() { "grants: []\n" } else { &text };
    let sources = BundleSources::new()
        .with(bundle::PRINCIPALS, "principals:\n- name: orders-service\n")
        .with(bundle::STREAMS, "streams: []\n")
        .with(bundle::GRANTS, grants)
        .with(bundle::GUARDRAILS, guardrails);
    Snapshot::compile(&sources, version).unwrap_or_else(|problems| panic!("{problems:?}\n{grants}"))
}

pub(crate) fn caller() -> Caller {
    Caller {
        identity: WorkloadIdentity {
            principal: PrincipalName::new("orders-service").unwrap(),
            proof: Proof::new(Mechanism::Mtls, NOON),
        },
        cluster: Arc::from("main"),
        listener: Arc::from("main"),
        peer: IpAddr::from([127, 0, 0, 1]),
    }
}

/// A broker that speaks everything of the definitions.
pub(crate) fn newest_broker() -> VersionTable {
    broker(|_, range| Some(range))
}

pub(crate) fn broker(range: impl Fn(i16, (i16, i16)) -> Option<(i16, i16)>) -> VersionTable {
    let keys = codec::APIS.iter().filter_map(|api| {
        let (min, max) = range(api.key, (api.request.versions.min, api.request.versions.max))?;
        let key = Tree::new().with(f::API_KEY, api.key).with(f::MIN_VERSION, min).with(f::MAX_VERSION, max);
        Some(Value::Struct(key))
    });
    VersionTable::from_tree(Tree::new().with(f::API_KEYS, Value::Array(keys.collect()))).unwrap()
}

/// The id of the topic of that name.
pub(crate) fn id_of(name: &str) -> [u8; 16] {
    let mut id = [0xa5_u8; 16];
    for (at, byte) in name.bytes().enumerate() {
        id[at % 16] = id[at % 16].rotate_left(3) ^ byte;
    }
    id
}

pub(crate) fn route(identity: UpstreamIdentity, known_topics: &[&str]) -> Arc<Route> {
    let topics = TopicNames::new();
    known_topics.iter().for_each(|name| topics.learn(id_of(name), name));
    Arc::new(Route {
        upstream_identity: identity,
        addresses: AddressMap::new((1..=3).map(|id| (id, GATEWAY.to_owned(), 19_090 + id as u16))),
        topics: Arc::new(topics),
        limits: Limits::default(),
    })
}

/// One frame, taken apart.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) api: &'static Api,
    pub(crate) version: i16,
    pub(crate) correlation_id: i32,
    pub(crate) client_id: Option<String>,
    pub(crate) tree: Tree,
    pub(crate) wire: Bytes,
}

pub(crate) struct Bench {
    pub(crate) session: Session,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) caller: Caller,
    pub(crate) now: UnixMillis,
    pub(crate) client_id: Option<&'static str>,
    /// The next correlation id, and the requests that the client has no answer to.
    next: i32,
    asked: std::collections::VecDeque<(i32, &'static Api, i16)>,
}

impl Bench {
    pub(crate) fn new(grants: &[&str]) -> Self {
        Self::over(route(UpstreamIdentity::AsClient, &[]), grants)
    }

    pub(crate) fn knowing(topics: &[&str], grants: &[&str]) -> Self {
        Self::over(route(UpstreamIdentity::AsClient, topics), grants)
    }

    pub(crate) fn over(route: Arc<Route>, grants: &[&str]) -> Self {
        Self::with(Session::new(route, newest_broker()), snapshot(grants, 1))
    }

    pub(crate) fn with(session: Session, snapshot: impl Into<Arc<Snapshot>>) -> Self {
        let snapshot = snapshot.into();
        let asked = std::collections::VecDeque::new();
        Self {
            session,
            snapshot,
            caller: caller(),
            now: NOON,
            client_id: Some("client-7"),
            next: 1000,
            asked,
        }
    }

    /// The policy is another from now on.
    pub(crate) fn regrant(&mut self, grants: &[&str]) {
        self.snapshot = Arc::new(snapshot(grants, self.snapshot.version() + 1));
    }

    pub(crate) fn encode(&mut self, key: i16, version: i16, body: &Tree) -> Frame {
        self.next += 1;
        let api = api(key).unwrap();
        let wire = codec::encode_request(api, version, self.next, self.client_id, body)
            .unwrap_or_else(|error| panic!("{} v{version}: {error}: {body:?}", api.name));
        Frame::from_wire(wire).unwrap()
    }

    pub(crate) fn send(&mut self, key: i16, version: i16, body: &Tree) -> Result<(), Fatal> {
        let frame = self.encode(key, version, body);
        self.send_frame(frame)
    }

    pub(crate) fn send_frame(&mut self, frame: Frame) -> Result<(), Fatal> {
        let header = codec::request_header(&frame.payload()).map(|h| (h.key, h.version, h.correlation_id));
        let context = Context { snapshot: &self.snapshot, caller: &self.caller, now: self.now };
        self.session.on_request(frame, &context)?;
        if let Ok((key, version, correlation_id)) = header {
            self.asked.push_back((correlation_id, api(key).unwrap(), version));
        }
        Ok(())
    }

    /// What went to the broker.
    pub(crate) fn upstream(&mut self) -> Vec<Message> {
        std::iter::from_fn(|| self.session.next_to_upstream()).map(read_request).collect()
    }

    pub(crate) fn only_upstream(&mut self) -> Message {
        let mut sent = self.upstream();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.remove(0)
    }

    /// What went to the client, each read as the answer to the oldest request without one.
    pub(crate) fn client(&mut self) -> Vec<Message> {
        let mut answers = Vec::new();
        while let Some(wire) = self.session.next_to_client() {
            let (correlation_id, api, version) = self.asked.pop_front().expect("nothing was asked");
            let answer = read_response(api, version, wire);
            assert_eq!(answer.correlation_id, correlation_id, "{}", api.name);
            answers.push(answer);
        }
        answers
    }

    pub(crate) fn only_answer(&mut self) -> Message {
        let mut answers = self.client();
        assert_eq!(answers.len(), 1, "{answers:?}");
        answers.remove(0)
    }

    /// Sends a request that the gateway answers by itself.
    pub(crate) fn refused(&mut self, key: i16, version: i16, body: &Tree) -> Tree {
        self.send(key, version, body).unwrap();
        let sent = self.upstream();
        assert!(sent.is_empty(), "went upstream: {sent:?}");
        self.only_answer().tree
    }

    /// Sends a request that goes out, answers it as the broker with `reply`, and gives what the client gets.
    pub(crate) fn exchange(&mut self, key: i16, version: i16, body: &Tree, reply: &Tree) -> Tree {
        self.send(key, version, body).unwrap();
        let sent = self.only_upstream();
        self.reply(&sent, reply).unwrap();
        self.only_answer().tree
    }

    pub(crate) fn reply(&mut self, to: &Message, body: &Tree) -> Result<(), Fatal> {
        let wire = codec::encode_response(to.api, to.version, to.correlation_id, body)
            .unwrap_or_else(|error| panic!("{} v{}: {error}: {body:?}", to.api.name, to.version));
        self.reply_frame(Frame::from_wire(wire).unwrap())
    }

    pub(crate) fn reply_frame(&mut self, frame: Frame) -> Result<(), Fatal> {
        let context = Context { snapshot: &self.snapshot, caller: &self.caller, now: self.now };
        self.session.on_response(frame, &context)
    }
}

pub(crate) fn read_request(wire: Bytes) -> Message {
    let frame = Frame::from_wire(wire.clone()).unwrap();
    let payload = frame.payload();
    let header = codec::request_header(&payload).unwrap();
    let api = api(header.key).unwrap();
    let body = payload.slice(header.body_at..);
    let validated = codec::validate(&api.request, header.version, &body, &Limits::default()).unwrap();
    assert!(!validated.has_unknown_tags() && !header.has_unknown_tags(), "unknown tagged fields went on");
    let tree = View::root(&api.request, header.version, &body).unwrap().to_tree(&body).unwrap();
    let client_id = header.client_id.map(str::to_owned);
    Message { api, version: header.version, correlation_id: header.correlation_id, client_id, tree, wire }
}

pub(crate) fn read_response(api: &'static Api, version: i16, wire: Bytes) -> Message {
    let frame = Frame::from_wire(wire.clone()).unwrap();
    let payload = frame.payload();
    // An answer to a version that is not supported has version 0.
    let version = if api.request.versions.contains(version) { version } else { 0 };
    let header = codec::response_header(api, version, &payload).unwrap();
    let body = payload.slice(header.body_at..);
    let validated = codec::validate(&api.response, version, &body, &Limits::default())
        .unwrap_or_else(|error| panic!("{} v{version}: {error}", api.name));
    assert!(!validated.has_unknown_tags() && !header.has_unknown_tags(), "unknown tagged fields went on");
    let tree = View::root(&api.response, version, &body).unwrap().to_tree(&body).unwrap();
    Message { api, version, correlation_id: header.correlation_id, client_id: None, tree, wire }
}

/// Whether the bytes of `needle` are anywhere in `hay`.
pub(crate) fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}
