//! One side of a session: a stream cut into frames on the way in, and a bounded queue on the way out.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tidegate_wire::kafka::codec::frame::{Frame, FrameError, Framer, PREFIX};
use tokio::time::Instant;

use super::Transport;

/// What a link takes from its peer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkLimits {
    /// The largest frame.
    pub(crate) frame: usize,
    /// Time to finish a frame once begun.
    pub(crate) frame_time: Duration,
    /// How long the peer may leave what was written unread.
    pub(crate) write_stall: Duration,
    /// How much is reserved for an announced frame before more than that has arrived.
    pub(crate) ahead: usize,
}

/// One side of a session.
pub(crate) struct Link {
    transport: Transport,
    framer: Framer,
    limits: LinkLimits,
    inbox: BytesMut,
    /// Since when the frame at the head of the inbox is incomplete.
    incomplete_since: Option<Instant>,
    outbox: VecDeque<Bytes>,
    outbox_bytes: usize,
    /// Since when nothing of the outbox could be written.
    stalled_since: Option<Instant>,
    flush: Flush,
    received: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flush {
    Needed,
    Done,
}

/// Why a link came to its end.
#[derive(Debug)]
pub(crate) enum LinkError {
    /// The peer closed it, between frames.
    Closed,
    /// The peer closed it inside a frame, or the network failed.
    Broken(io::Error),
    /// The bytes cannot be cut into frames.
    Frame(FrameError),
    /// A frame took too long.
    SlowFrame,
    /// The peer reads nothing.
    Stalled,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("closed by the peer"),
            Self::Broken(error) => write!(f, "connection lost: {error}"),
            Self::Frame(error) => error.fmt(f),
            Self::SlowFrame => f.write_str("a frame was begun and not finished in time"),
            Self::Stalled => f.write_str("the peer does not read what is written to it"),
        }
    }
}

impl std::error::Error for LinkError {}

impl Link {
    pub(crate) fn new(transport: Transport, limits: LinkLimits) -> Self {
        Self {
            transport,
            framer: Framer::new(limits.frame),
            limits,
            inbox: BytesMut::new(),
            incomplete_since: None,
            outbox: VecDeque::new(),
            outbox_bytes: 0,
            stalled_since: None,
            flush: Flush::Done,
            received: 0,
        }
    }

    /// Changes the largest frame, for frames read from now on.
    pub(crate) fn set_frame_limit(&mut self, limit: usize) {
        self.limits.frame = limit;
        self.framer.set_limit(limit);
    }

    /// Bytes received so far, as frames.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Bytes that wait to be written.
    pub(crate) fn waiting(&self) -> usize {
        self.outbox_bytes
    }

    /// Queues a chunk. [`Self::poll_flush`] writes it.
    pub(crate) fn queue(&mut self, chunk: Bytes) {
        if !chunk.is_empty() {
            self.outbox_bytes += chunk.len();
            self.outbox.push_back(chunk);
        }
    }

    /// Forgets what waits to be written.
    pub(crate) fn discard(&mut self) {
        self.outbox.clear();
        self.outbox_bytes = 0;
    }

    /// The next whole frame.
    pub(crate) fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Result<Frame, LinkError>> {
        loop {
            if let Some(frame) = self.framer.next(&mut self.inbox).map_err(LinkError::Frame)? {
                self.incomplete_since = None;
                self.received += frame.wire().len() as u64;
                return Poll::Ready(Ok(frame));
            }
            let Poll::Ready(chunk) = self.transport.poll_chunk(cx) else {
                self.wait_for_more();
                return Poll::Pending;
            };
            let chunk = chunk.map_err(LinkError::Broken)?;
            if chunk.is_empty() {
                return Poll::Ready(Err(self.end()));
            }
            reserve(&mut self.inbox, chunk, &self.limits);
            self.inbox.extend_from_slice(chunk);
            let count = chunk.len();
            self.transport.consume(count);
        }
    }

    fn wait_for_more(&mut self) {
        if self.inbox.is_empty() {
            // An idle connection keeps no buffer.
            self.inbox = BytesMut::new();
            self.incomplete_since = None;
        } else {
            self.incomplete_since.get_or_insert_with(Instant::now);
        }
    }

    fn end(&self) -> LinkError {
        if self.inbox.is_empty() {
            LinkError::Closed
        } else {
            LinkError::Broken(io::ErrorKind::UnexpectedEof.into())
        }
    }

    /// Writes what is queued, as far as the peer takes it. Ready when nothing is left.
    pub(crate) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), LinkError>> {
        while !self.outbox.is_empty() {
            let mut slices = [io::IoSlice::new(&[]); MAX_SLICES];
            let mut count = 0;
            for (slice, chunk) in slices.iter_mut().zip(&self.outbox) {
                *slice = io::IoSlice::new(chunk);
                count += 1;
            }
            let filled = slices.get(..count).unwrap_or_default();
            let Poll::Ready(written) = self.transport.poll_write(cx, filled) else {
                self.stalled_since.get_or_insert_with(Instant::now);
                return Poll::Pending;
            };
            let written = written.map_err(LinkError::Broken)?;
            if written == 0 {
                return Poll::Ready(Err(LinkError::Broken(io::ErrorKind::WriteZero.into())));
            }
            self.written(written);
        }
        if self.flush == Flush::Needed {
            let Poll::Ready(flushed) = self.transport.poll_flush(cx) else {
                self.stalled_since.get_or_insert_with(Instant::now);
                return Poll::Pending;
            };
            flushed.map_err(LinkError::Broken)?;
            self.flush = Flush::Done;
            self.stalled_since = None;
        }
        Poll::Ready(Ok(()))
    }

    fn written(&mut self, mut count: usize) {
        self.stalled_since = None;
        self.flush = Flush::Needed;
        self.outbox_bytes = self.outbox_bytes.saturating_sub(count);
        while let Some(chunk) = self.outbox.front_mut() {
            if chunk.len() > count {
                chunk.advance(count);
                return;
            }
            count -= chunk.len();
            self.outbox.pop_front();
        }
    }

    /// When this link fails for slowness if nothing changes.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let frame = self.incomplete_since.map(|since| since + self.limits.frame_time);
        let stall = self.stalled_since.map(|since| since + self.limits.write_stall);
        frame.into_iter().chain(stall).min()
    }

    /// Whether one of its times is over.
    pub(crate) fn check_deadline(&self, now: Instant) -> Result<(), LinkError> {
        let over = |since: Option<Instant>, limit: Duration| since.is_some_and(|since| now >= since + limit);
        if over(self.incomplete_since, self.limits.frame_time) {
            return Err(LinkError::SlowFrame);
        }
        if over(self.stalled_since, self.limits.write_stall) {
            return Err(LinkError::Stalled);
        }
        Ok(())
    }

    /// Reads one frame, within the limits on time.
    pub(crate) async fn read_frame(&mut self) -> Result<Frame, LinkError> {
        loop {
            let deadline = self.deadline();
            let reading = poll_fn(|cx| {
                let read = self.poll_frame(cx);
                // A frame that has just begun sets a new deadline.
                if read.is_pending() && self.deadline() != deadline {
                    Poll::Ready(None)
                } else {
                    read.map(Some)
                }
            });
            let outcome = match deadline {
                Some(deadline) => tokio::time::timeout_at(deadline, reading).await,
                None => Ok(reading.await),
            };
            match outcome {
                Ok(Some(read)) => return read,
                Ok(None) => {}
                Err(_) => self.check_deadline(Instant::now())?,
            }
        }
    }

    /// Queues a chunk and writes everything.
    pub(crate) async fn send(&mut self, chunk: Bytes) -> Result<(), LinkError> {
        self.queue(chunk);
        self.flush().await
    }

    /// Writes everything that is queued.
    pub(crate) async fn flush(&mut self) -> Result<(), LinkError> {
        let stall = self.limits.write_stall;
        let flushing = poll_fn(|cx| self.poll_flush(cx));
        tokio::time::timeout(stall, flushing).await.unwrap_or(Err(LinkError::Stalled))
    }

    /// Says goodbye to the peer, as far as that is possible at once.
    pub(crate) async fn close(mut self) {
        let closing = poll_fn(|cx| {
            let _ = ready!(self.poll_flush(cx));
            self.transport.poll_shutdown(cx)
        });
        // A peer that does not even take the goodbye is not waited for.
        let _ = tokio::time::timeout(CLOSE_TIME, closing).await;
    }
}

/// Makes room for `chunk` and, so far as that is prudent, for the rest of the frame it belongs to.
fn reserve(inbox: &mut BytesMut, chunk: &[u8], limits: &LinkLimits) {
    let head: &[u8] = if inbox.is_empty() { chunk } else { inbox.as_ref() };
    let announced =
        head.first_chunk::<PREFIX>().and_then(|length| usize::try_from(i32::from_be_bytes(*length)).ok());
    // INVARIANT: no more is reserved than has arrived, plus a fixed step, whatever length the peer announces.
    let rest = announced
        .map_or(0, |length| length.min(limits.frame).saturating_add(PREFIX).saturating_sub(inbox.len()))
        .min(limits.ahead.max(inbox.len()));
    inbox.reserve(rest.max(chunk.len()).max(MIN_RESERVE));
}

/// How many chunks one write takes.
const MAX_SLICES: usize = 16;

/// How much is reserved at least when something arrives: one TLS record.
const MIN_RESERVE: usize = 16 * 1024;

/// How long the closing alert may take.
const CLOSE_TIME: Duration = Duration::from_millis(500);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::ReadAhead;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    const LIMITS: LinkLimits = LinkLimits {
        ahead: 1 << 20,
        frame: 1024,
        frame_time: Duration::from_millis(50),
        write_stall: Duration::from_millis(50),
    };

    async fn pair(limits: LinkLimits) -> (TcpStream, Link) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let socket = listener.accept().await.unwrap().0;
        (peer, Link::new(Transport::Plain(ReadAhead::new(socket)), limits))
    }

    fn frame(length: usize) -> Vec<u8> {
        let mut bytes = i32::try_from(length).unwrap().to_be_bytes().to_vec();
        bytes.resize(4 + length, 7);
        bytes
    }

    #[tokio::test]
    async fn reads_frames_and_then_the_end() {
        let (mut peer, mut link) = pair(LIMITS).await;
        peer.write_all(&[frame(1024), frame(0), frame(3)].concat()).await.unwrap();
        drop(peer);
        for length in [1024, 0, 3] {
            assert_eq!(link.read_frame().await.unwrap().payload().len(), length);
        }
        assert!(matches!(link.read_frame().await, Err(LinkError::Closed)));
    }

    #[tokio::test]
    async fn refuses_a_frame_of_one_byte_more_than_the_limit_before_it_arrives() {
        let (mut peer, mut link) = pair(LIMITS).await;
        peer.write_all(&1025i32.to_be_bytes()).await.unwrap();
        let refused = link.read_frame().await;
        assert!(matches!(refused, Err(LinkError::Frame(FrameError::TooLong { length: 1025, limit: 1024 }))));
    }

    #[tokio::test]
    async fn refuses_a_frame_that_is_not_finished_in_time() {
        let (mut peer, mut link) = pair(LIMITS).await;
        peer.write_all(&frame(100)[..50]).await.unwrap();
        assert!(matches!(link.read_frame().await, Err(LinkError::SlowFrame)));
    }

    #[tokio::test]
    async fn tells_an_end_inside_a_frame_from_one_between_frames() {
        let (mut peer, mut link) = pair(LIMITS).await;
        peer.write_all(&frame(100)[..50]).await.unwrap();
        drop(peer);
        assert!(matches!(link.read_frame().await, Err(LinkError::Broken(_))));
    }

    #[tokio::test]
    async fn gives_up_on_a_peer_that_reads_nothing() {
        let (_peer, mut link) = pair(LIMITS).await;
        let chunk = Bytes::from(vec![0; 64 << 20]);
        assert!(matches!(link.send(chunk).await, Err(LinkError::Stalled)));
    }

    #[tokio::test]
    async fn writes_chunks_in_order() {
        let (mut peer, mut link) = pair(LIMITS).await;
        let expected: Vec<u8> = (0..40u8).flat_map(|n| vec![n; 10_000]).collect();
        for n in 0..40u8 {
            link.queue(Bytes::from(vec![n; 10_000]));
        }
        assert_eq!(link.waiting(), expected.len());
        let reading = tokio::spawn(async move {
            let mut seen = vec![0; 400_000];
            peer.read_exact(&mut seen).await.unwrap();
            seen
        });
        link.flush().await.unwrap();
        assert_eq!(link.waiting(), 0);
        assert!(reading.await.unwrap() == expected);
    }

    #[test]
    fn reserves_by_what_arrived_and_not_by_what_is_announced() {
        let mut inbox = BytesMut::new();
        inbox.extend_from_slice(&i32::MAX.to_be_bytes());
        reserve(&mut inbox, &[0; 10], &LinkLimits { frame: usize::MAX, ahead: 1 << 20, ..LIMITS });
        assert!(inbox.capacity() <= 2 << 20, "{}", inbox.capacity());
        let mut inbox = BytesMut::new();
        reserve(&mut inbox, &frame(50_000)[..100], &LinkLimits { frame: 50_000, ahead: 1 << 20, ..LIMITS });
        assert!((50_004..60_000).contains(&inbox.capacity()), "{}", inbox.capacity());
    }
}
