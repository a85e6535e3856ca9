//! What a session waits for, and in which order its answers leave.

use std::collections::VecDeque;

use bytes::Bytes;

use super::fatal::Fatal;
use crate::kafka::codec::{Api, Frame, field as f};
use crate::kafka::judge::Question;
use crate::kafka::judge::draft::{Plan, Request};
use crate::kafka::versions::key;

/// Places for answers, in the order of their requests.
#[derive(Debug, Default)]
pub(super) struct Slots {
    first: u64,
    slots: VecDeque<Option<Bytes>>,
    filled_bytes: usize,
}

impl Slots {
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// How many bytes of answers wait for an earlier one.
    pub(super) fn filled_bytes(&self) -> usize {
        self.filled_bytes
    }

    /// A place behind all others; its number finds it again.
    pub(super) fn open(&mut self) -> u64 {
        self.slots.push_back(None);
        self.first + self.slots.len() as u64 - 1
    }

    pub(super) fn fill(&mut self, slot: u64, bytes: Bytes) {
        let at = slot.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        if let Some(place) = at.and_then(|at| self.slots.get_mut(at)) {
            self.filled_bytes += bytes.len();
            *place = Some(bytes);
        }
    }

    /// The answer at the front, once it is there.
    pub(super) fn pop_filled(&mut self) -> Option<Bytes> {
        if !matches!(self.slots.front(), Some(Some(_))) {
            return None;
        }
        self.first += 1;
        let filled = self.slots.pop_front().flatten();
        self.filled_bytes -= filled.as_ref().map_or(0, Bytes::len);
        filled
    }
}

/// A client's request that went out.
#[derive(Clone, Debug)]
pub(crate) struct Awaited {
    pub(crate) api: &'static Api,
    pub(crate) version: i16,
    pub(crate) correlation_id: i32,
    pub(crate) plan: Plan,
    /// The policy under which it went.
    pub(crate) policy_version: u64,
    /// The request ends the connection's share session.
    pub(crate) closes_share_session: bool,
    /// Group and member of a share session, by which the broker knows it.
    pub(crate) member: Option<Member>,
    /// The fetch session that its answer says is open.
    pub(crate) session: Option<i64>,
    /// The names that its answer needs were asked for.
    pub(crate) asked_names: bool,
}

impl Awaited {
    /// `None` for the one request without an answer: Produce with acks=0.
    pub(super) fn new(request: &Request<'_>, plan: Plan, policy_version: u64) -> Result<Option<Self>, Fatal> {
        let api = request.api;
        if api.key == key::PRODUCE && request.root.int(f::ACKS).map_err(Fatal::Malformed)? == 0 {
            return Ok(None);
        }
        let closes_share_session = matches!(api.key, key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE)
            && request.root.int(f::SHARE_SESSION_EPOCH).map_err(Fatal::Malformed)? < 0;
        Ok(Some(Self {
            api,
            version: request.header.version,
            correlation_id: request.header.correlation_id,
            plan,
            policy_version,
            closes_share_session,
            member: share_member(request)?,
            session: None,
            asked_names: false,
        }))
    }
}

/// Group and member id.
pub(crate) type Member = (String, String);

/// Whose share session a request is about.
pub(super) fn share_member(request: &Request<'_>) -> Result<Option<Member>, Fatal> {
    if !matches!(request.api.key, key::SHARE_FETCH | key::SHARE_ACKNOWLEDGE) {
        return Ok(None);
    }
    let name = |field| {
        request.root.string(field).map_err(Fatal::Malformed).map(|name| name.unwrap_or_default().to_owned())
    };
    Ok(Some((name(f::GROUP_ID)?, name(f::MEMBER_ID)?)))
}

/// An answer that the broker owes.
#[derive(Debug)]
pub(super) enum Expected {
    /// To a client's request.
    Client { slot: u64, awaited: Awaited },
    /// To the gateway's own question.
    Own(OwnQuestion),
    /// To the question for the names that a client's answer, already here, needs.
    Names { slot: u64, awaited: Box<Awaited>, version: i16, answer: Frame },
    /// To a further page of a client's request.
    More(Box<More>),
}

impl Expected {
    pub(super) fn correlation_id(&self) -> i32 {
        match self {
            Self::Client { awaited, .. } => awaited.correlation_id,
            Self::Own(own) => own.correlation_id,
            Self::Names { .. } | Self::More(_) => OWN_CORRELATION_ID,
        }
    }
}

/// The correlation id of the gateway's own requests. Answers come in order, so it need not be unique.
pub(super) const OWN_CORRELATION_ID: i32 = i32::MIN;

/// A question that was asked.
#[derive(Debug)]
pub(super) struct OwnQuestion {
    pub(super) api: &'static Api,
    pub(super) version: i16,
    pub(super) correlation_id: i32,
    pub(super) question: Question,
}

/// A page being gathered because the broker's own would have ended on the name of a hidden topic.
#[derive(Debug)]
pub(super) struct More {
    pub(super) slot: u64,
    pub(super) awaited: Awaited,
    /// How many pages were asked for.
    pub(super) pages: usize,
}

/// The incremental fetch session of a connection (KIP-227, KIP-932): only one that was built here, under the policy still in force,
/// is gone on with.
#[derive(Debug, Default)]
pub(super) struct FetchSession {
    pub(super) open: Option<OpenSession>,
    /// The last one that was opened here, which the client may end.
    pub(super) opened: Option<i64>,
    /// Whose share session it is.
    pub(super) member: Option<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenSession {
    pub(super) id: i64,
    pub(super) policy_version: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_leave_in_the_order_of_their_requests() {
        let mut slots = Slots::default();
        let (first, second, third) = (slots.open(), slots.open(), slots.open());
        slots.fill(third, Bytes::from_static(b"3"));
        assert_eq!(slots.pop_filled(), None);
        assert_eq!(slots.filled_bytes(), 1);
        slots.fill(first, Bytes::from_static(b"1"));
        assert_eq!(slots.pop_filled().as_deref(), Some(&b"1"[..]));
        assert_eq!(slots.pop_filled(), None);
        slots.fill(second, Bytes::from_static(b"2"));
        assert_eq!(slots.pop_filled().as_deref(), Some(&b"2"[..]));
        assert_eq!(slots.pop_filled().as_deref(), Some(&b"3"[..]));
        assert!(slots.is_empty());
        assert_eq!(slots.filled_bytes(), 0);
        let fourth = slots.open();
        slots.fill(first, Bytes::from_static(b"old"));
        assert_eq!(slots.pop_filled(), None);
        slots.fill(fourth, Bytes::from_static(b"4"));
        assert_eq!(slots.pop_filled().as_deref(), Some(&b"4"[..]));
    }
}
