//! What a session asks the broker for itself, on the client's own connection, and what it remembers of fetch sessions.
//!
//! The questions go as whoever the connection authenticated as, so they need no further credential and cannot learn more than the
//! broker would tell that identity. The client's request waits meanwhile; Kafka serves one request of a connection at a time
//! anyway.

use super::pending::{Awaited, Expected, More, OWN_CORRELATION_ID, OpenSession, OwnQuestion, share_member};
use super::{Context, Fatal, Session};
use crate::kafka::answer::{self, Passed};
use crate::kafka::codec::{self, ErrorCode, Frame, Limits, Tree, Value, field as f};
use crate::kafka::judge::Question;
use crate::kafka::judge::clearance::Outbound;
use crate::kafka::judge::draft::Request;
use crate::kafka::topics::TopicId;
use crate::kafka::versions::key;

/// Metadata answers to topic ids from this version on.
const METADATA_BY_ID: i16 = 12;

/// The last version of OffsetFetch that asks for one group by topic names.
const OFFSET_FETCH_ONE_GROUP: i16 = 7;

/// How many further pages are asked for when pages end on hidden topics, each of [`PAGE_PARTITIONS`].
pub(super) const MAX_PAGES: usize = 256;

/// How many partitions a further page holds (Kafka's own limit).
const PAGE_PARTITIONS: i64 = 2_000;

impl Session {
    /// Asks; or, where this broker has no way to be asked, marks the question as asked in vain and says so.
    pub(super) fn ask(&mut self, question: Question) -> Result<bool, Fatal> {
        let request = match &question {
            Question::TopicNames(ids) => self.topic_names_request(ids),
            Question::CommittedOffsets { group, partitions } => self.offsets_request(group, partitions),
        };
        let Some((api_key, version, body)) = request else {
            if let Question::TopicNames(ids) = question {
                self.asked.extend(ids);
            }
            return Ok(false);
        };
        let api = codec::api(api_key).ok_or(Fatal::Unoffered { api: api_key, version })?;
        self.send_own(api, version, &body)?;
        let own = OwnQuestion { api, version, correlation_id: OWN_CORRELATION_ID, question };
        self.expected.push_back(Expected::Own(own));
        Ok(true)
    }

    fn send_own(&mut self, api: &'static codec::Api, version: i16, body: &Tree) -> Result<(), Fatal> {
        let bytes = codec::encode_request(api, version, OWN_CORRELATION_ID, Some("tidegate"), body)
            .map_err(Fatal::Encode)?;
        self.to_upstream.push_back(Outbound::question(bytes).into_bytes());
        Ok(())
    }

    fn topic_names_request(&self, ids: &[TopicId]) -> Option<(i16, i16, Tree)> {
        let (_, upstream_max) = self.upstream.range(key::METADATA)?;
        let version = upstream_max.min(codec::api(key::METADATA)?.request.versions.max);
        let topics =
            ids.iter().map(|id| Value::Struct(Tree::new().with(f::TOPIC_ID, *id).with(f::NAME, Value::Null)));
        let body = Tree::new()
            .with(f::TOPICS, Value::Array(topics.collect()))
            .with(f::ALLOW_AUTO_TOPIC_CREATION, false);
        (version >= METADATA_BY_ID).then_some((key::METADATA, version, body))
    }

    fn offsets_request(&self, group: &str, partitions: &[(String, Vec<i32>)]) -> Option<(i16, i16, Tree)> {
        let (_, upstream_max) = self.upstream.range(key::OFFSET_FETCH)?;
        let topics = partitions.iter().map(|(name, indexes)| {
            let indexes = indexes.iter().map(|index| Value::Int(i64::from(*index))).collect();
            Value::Struct(
                Tree::new().with(f::NAME, name.as_str()).with(f::PARTITION_INDEXES, Value::Array(indexes)),
            )
        });
        let body = Tree::new().with(f::GROUP_ID, group).with(f::TOPICS, Value::Array(topics.collect()));
        Some((key::OFFSET_FETCH, upstream_max.min(OFFSET_FETCH_ONE_GROUP), body))
    }

    /// The answer to the gateway's own question: the request that waited for it is judged again.
    pub(super) fn learn(
        &mut self,
        own: &OwnQuestion,
        frame: &Frame,
        context: &Context<'_>,
    ) -> Result<(), Fatal> {
        let answer = read_answer(own.api, own.version, frame, &self.route.limits)?;
        let failure = match &own.question {
            Question::TopicNames(ids) => {
                answer::learn_topics(&answer, f::TOPICS, &self.route.topics);
                self.asked.extend(ids);
                None
            }
            Question::CommittedOffsets { group, .. } => self.learn_offsets(group, &answer, context),
        };
        let Some(held) = self.held.take() else { return Ok(()) };
        match failure {
            None => self.judge(held, context),
            Some(error) => self.refuse_frame(&held, error),
        }
    }

    /// An error of the coordinator is the answer to the commit as well: nothing was checked, so nothing is committed.
    fn learn_offsets(&mut self, group: &str, answer: &Tree, context: &Context<'_>) -> Option<ErrorCode> {
        let error_of = |tree: &Tree| Some(wire_error(tree)).filter(|error| *error != ErrorCode::NONE);
        if let Some(error) = error_of(answer) {
            return Some(error);
        }
        let partitions = answer.structs(f::TOPICS).map(|topic| topic.structs(f::PARTITIONS).count()).sum();
        self.offsets.make_room(partitions);
        for topic in answer.structs(f::TOPICS) {
            for partition in topic.structs(f::PARTITIONS) {
                if let Some(error) = error_of(partition) {
                    return Some(error);
                }
                let index = i32::try_from(partition.int(f::PARTITION_INDEX).unwrap_or(-1)).unwrap_or(-1);
                let offset = partition.int(f::COMMITTED_OFFSET).filter(|offset| *offset >= 0);
                self.offsets.learn(
                    group,
                    topic.string(f::NAME).unwrap_or_default(),
                    index,
                    offset,
                    context.now,
                );
            }
        }
        self.offsets.fresh = true;
        None
    }

    fn refuse_frame(&mut self, frame: &Frame, error: ErrorCode) -> Result<(), Fatal> {
        let payload = frame.payload();
        let header = codec::request_header(&payload).map_err(Fatal::Malformed)?;
        let api =
            codec::api(header.key).ok_or(Fatal::Unoffered { api: header.key, version: header.version })?;
        let body = payload.slice(header.body_at..);
        let root = codec::View::root(&api.request, header.version, &body).map_err(Fatal::Malformed)?;
        let request = Request { api, header, wire: frame.wire(), body: &body, root, has_unknown_tags: false };
        self.refuse(&request, error)
    }

    /// Asks for the names that an answer needs before it may be shown.
    pub(super) fn ask_for_answer(
        &mut self,
        slot: u64,
        awaited: Awaited,
        frame: &Frame,
        ids: Vec<TopicId>,
    ) -> Result<bool, Fatal> {
        let Some((api_key, version, body)) = self.topic_names_request(&ids) else { return Ok(false) };
        let api = codec::api(api_key).ok_or(Fatal::Unoffered { api: api_key, version })?;
        self.send_own(api, version, &body)?;
        self.expected.push_back(Expected::Names {
            slot,
            awaited: Box::new(awaited),
            version,
            answer: frame.clone(),
        });
        Ok(true)
    }

    /// Those names have come: the answer is looked at again.
    pub(super) fn pass_with_names(
        &mut self,
        (slot, awaited, held): (u64, Awaited, &Frame),
        (version, frame): (i16, &Frame),
        context: &Context<'_>,
    ) -> Result<(), Fatal> {
        let api = codec::api(key::METADATA).ok_or(Fatal::Unoffered { api: key::METADATA, version })?;
        let names = read_answer(api, version, frame, &self.route.limits)?;
        answer::learn_topics(&names, f::TOPICS, &self.route.topics);
        self.pass(slot, awaited, held, context)
    }

    /// The page ended on a topic that the client may not see: the next page is asked for and put to it.
    pub(super) fn page_on(&mut self, more: More, cursor: Tree) -> Result<(), Fatal> {
        if more.pages >= MAX_PAGES {
            return Err(Fatal::TooManyPages);
        }
        let body = Tree::new()
            .with(f::TOPICS, Value::Array(Vec::new()))
            .with(f::RESPONSE_PARTITION_LIMIT, PAGE_PARTITIONS)
            .with(f::CURSOR, Value::Struct(cursor));
        self.send_own(more.awaited.api, more.awaited.version, &body)?;
        self.expected.push_back(Expected::More(Box::new(more)));
        Ok(())
    }

    /// A further page has come.
    pub(super) fn continue_paging(
        &mut self,
        mut more: More,
        frame: &Frame,
        context: &Context<'_>,
    ) -> Result<(), Fatal> {
        match self.pass_answer(&mut more.awaited, frame, context)? {
            Passed::Continue { cursor } => {
                more.pages += 1;
                self.page_on(more, cursor)
            }
            Passed::Ready(bytes) => {
                self.fill(more.slot, bytes);
                Ok(())
            }
            Passed::Ask(_) => Err(Fatal::OutOfTurn),
        }
    }

    /// Fetch sessions that this connection did not build under the policy in force are not gone on with: the client starts afresh,
    /// and every topic is judged again.
    pub(super) fn stale_fetch(
        &mut self,
        request: &Request<'_>,
        context: &Context<'_>,
    ) -> Result<Option<Tree>, Fatal> {
        let int = |field| request.root.int(field).map_err(Fatal::Malformed);
        let (remembered, epoch, id, error) = match request.api.key {
            key::FETCH => {
                let error = ErrorCode::FETCH_SESSION_ID_NOT_FOUND;
                (&mut self.fetches, int(f::SESSION_EPOCH)?, int(f::SESSION_ID)?, error)
            }
            key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE => {
                let error = ErrorCode::SHARE_SESSION_NOT_FOUND;
                (&mut self.shares, int(f::SHARE_SESSION_EPOCH)?, SHARE_SESSION, error)
            }
            _ => return Ok(None),
        };
        let current = OpenSession { id, policy_version: context.snapshot.version() };
        let allowed = match epoch {
            1.. => remembered.open == Some(current) && remembered.member == share_member(request)?,
            // A full fetch ends the session whose id it gives, and the broker does not ask whose that is.
            _ => matches!(id, NO_SESSION) || remembered.opened == Some(id),
        };
        if allowed {
            return Ok(None);
        }
        remembered.open = None;
        Ok(Some(Tree::new().with(f::ERROR_CODE, i64::from(error.0))))
    }

    /// Remembers the fetch session that an answer opened or went on with.
    pub(super) fn remember_fetch(&mut self, awaited: &Awaited) {
        let open = awaited.session.map(|id| OpenSession { id, policy_version: awaited.policy_version });
        let remembered = match awaited.api.key {
            key::FETCH => &mut self.fetches,
            key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE => &mut self.shares,
            _ => return,
        };
        remembered.open = open;
        remembered.opened = awaited.session.or(remembered.opened);
        remembered.member.clone_from(&awaited.member);
    }
}

/// The id that means no fetch session.
const NO_SESSION: i64 = 0;

/// Share sessions have no id; a connection has one.
pub(crate) const SHARE_SESSION: i64 = 0;

fn wire_error(tree: &Tree) -> ErrorCode {
    let code = tree.int(f::ERROR_CODE).unwrap_or(0);
    ErrorCode(i16::try_from(code).unwrap_or(ErrorCode::UNKNOWN_SERVER_ERROR.0))
}

fn read_answer(
    api: &'static codec::Api,
    version: i16,
    frame: &Frame,
    limits: &Limits,
) -> Result<Tree, Fatal> {
    let payload = frame.payload();
    let header = codec::response_header(api, version, &payload).map_err(Fatal::UpstreamMalformed)?;
    let body = payload.slice(header.body_at..);
    let validated =
        codec::validate(&api.response, version, &body, limits).map_err(Fatal::UpstreamMalformed)?;
    let root = validated.root(&body).map_err(Fatal::UpstreamMalformed)?;
    root.to_tree(&body).map_err(Fatal::UpstreamMalformed)
}
