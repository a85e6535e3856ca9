//! An authenticated session: one task that owns both connections and moves frames between them.
//!
//! What may pass is [`tidegate_wire::kafka::session::Session`]'s to say; this is the loop around it. One task polls both sides
//! itself, so nothing is locked and nothing is copied between tasks.

mod renewal;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use tidegate_model::Caller;
use tidegate_wire::kafka::codec::frame::Frame;
use tidegate_wire::kafka::session::{Context, Session};
use tokio::sync::watch;
use tokio::time::{Instant, Sleep};

use super::auth::AuthFailure;
use super::establish::Established;
use super::open::Client;
use super::report::{End, Reporter};
use crate::clock;
use crate::config::UpstreamCredential;
use crate::io::Link;
use crate::metrics::Direction;
use crate::standing::Standing;
use crate::state::{ListenerState, Phase, Shared};
use crate::upstream::Upstream;

/// Runs the session to its end.
pub(super) async fn run(
    shared: Arc<Shared>,
    listener: Arc<ListenerState>,
    client: Client,
    established: Established,
) {
    let caller = Caller {
        identity: established.standing.identity.clone(),
        cluster: Arc::clone(&listener.cluster.config.name),
        listener: Arc::clone(&listener.config.name),
        peer: client.peer,
    };
    let software = established.software.describe();
    let registered = shared.sessions.register(&caller, established.upstream.node, &software);
    let reporter = Reporter::new(Arc::clone(&shared.metrics), registered.id(), &caller, &software);
    let Client { mut link, admission, .. } = client;
    link.set_frame_limit(listener.config.limits.request_frame);
    let Established { standing, upstream, identity, login, ends_at, first, .. } = established;
    let session = Session::new(listener.route(identity), upstream.versions.clone());
    let (login, login_again) = login.map_or((None, None), |(credential, at)| (Some(credential), at));
    let mut running = Running {
        client: link,
        upstream,
        session,
        caller,
        standing,
        reporter,
        ends_at,
        login,
        login_again,
        last_request: Instant::now(),
        phase: Phase::Running,
        entered: [None; 2],
        timer: Box::pin(tokio::time::sleep_until(Instant::now())),
        listener,
        shared,
    };
    let end = match running.first(first).await {
        Ok(()) => running.run().await,
        Err(end) => end,
    };
    running.finish(end).await;
    drop((registered, admission));
}

struct Running {
    shared: Arc<Shared>,
    listener: Arc<ListenerState>,
    client: Link,
    upstream: Upstream,
    session: Session,
    caller: Caller,
    standing: Standing,
    reporter: Reporter,
    /// When the proof ends, unless it is renewed.
    ends_at: Option<Instant>,
    /// The credential the gateway logged in with, and when it must do so again.
    login: Option<UpstreamCredential>,
    login_again: Option<Instant>,
    last_request: Instant,
    phase: Phase,
    /// Since when bytes of each direction are inside the gateway.
    entered: [Option<Instant>; 2],
    timer: Pin<Box<Sleep>>,
}

/// What the loop stops for.
enum Turn {
    /// The client began to authenticate again.
    Reauthentication(Frame),
    /// The gateway must log in again, and nothing is under way.
    LoginDue,
}

impl Running {
    /// A request that was read while the connection was still being made. What the client stood on may be gone since.
    async fn first(&mut self, frame: Option<Frame>) -> Result<(), End> {
        self.standing.check(&self.shared, &self.listener).await.map_err(End::Fallen)?;
        match frame {
            Some(frame) => self.request(frame),
            None => Ok(()),
        }
    }

    async fn run(&mut self) -> End {
        let mut changes = self.shared.changes.subscribe();
        let mut phases = self.shared.phase.subscribe();
        // Something may have changed between the proof and the subscription.
        changes.mark_changed();
        phases.mark_changed();
        loop {
            if let Err(end) = self.turn(&mut changes, &mut phases).await {
                return end;
            }
        }
    }

    async fn turn(
        &mut self,
        changes: &mut watch::Receiver<u64>,
        phases: &mut watch::Receiver<Phase>,
    ) -> Result<(), End> {
        let turn = tokio::select! {
            biased;
            changed = changes.changed() => {
                changed.map_err(|_| End::Stopped)?;
                return self.standing.check(&self.shared, &self.listener).await.map_err(End::Fallen);
            }
            changed = phases.changed() => {
                changed.map_err(|_| End::Stopped)?;
                self.phase = *phases.borrow_and_update();
                return Ok(());
            }
            turn = poll_fn(|cx| self.poll(cx)) => turn?,
        };
        match turn {
            Turn::Reauthentication(frame) => self.authenticate_again(&frame).await,
            Turn::LoginDue => self.log_in_again().await,
        }
    }

    /// Moves what can be moved. Ready when there is something the loop cannot do by itself.
    fn poll(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<Turn, End>> {
        loop {
            let full = self.full();
            let answered = self.poll_answers(cx)?;
            let asked = self.poll_requests(cx)?;
            self.poll_writes(cx)?;
            if full.iter().zip(self.full()).any(|(before, after)| *before && !after) {
                // A side was not read because the other was full, and is not any more: nothing else would wake this task for it.
                continue;
            }
            if let Some(frame) = self.session.take_reauthentication() {
                return Poll::Ready(Ok(Turn::Reauthentication(frame)));
            }
            if self.is_quiet() {
                if let Phase::Draining(_) = self.phase {
                    return Poll::Ready(Err(End::Drained));
                }
                if self.login_due() {
                    return Poll::Ready(Ok(Turn::LoginDue));
                }
            }
            if !answered && !asked && self.poll_timer(cx)?.is_pending() {
                return Poll::Pending;
            }
        }
    }

    /// Whether nothing is under way.
    fn is_quiet(&self) -> bool {
        self.session.in_flight() == 0
            && self.session.ready_for_request()
            && self.client.waiting() == 0
            && self.upstream.link.waiting() == 0
    }

    /// Whether as much waits for the broker, or for the client, as may.
    fn full(&self) -> [bool; 2] {
        let limits = &self.listener.config.limits;
        [
            self.upstream.link.waiting() >= limits.upstream_buffer,
            self.client.waiting() >= limits.client_buffer,
        ]
    }

    fn login_due(&self) -> bool {
        self.login_again.is_some_and(|at| Instant::now() >= at)
    }

    /// Whether another request may be read.
    fn takes_requests(&self) -> bool {
        self.session.ready_for_request()
            && self.phase == Phase::Running
            // Some requests are answered here, so a client that does not read must not go on asking either.
            && self.full() == [false; 2]
            && !self.login_due()
    }

    /// Reads requests, and says whether there were any.
    fn poll_requests(&mut self, cx: &mut TaskContext<'_>) -> Result<bool, End> {
        let mut some = false;
        for _ in 0..FRAMES_PER_TURN {
            if !self.takes_requests() {
                break;
            }
            let Poll::Ready(frame) = self.client.poll_frame(cx) else { break };
            self.request(frame.map_err(End::Client)?)?;
            some = true;
        }
        Ok(some)
    }

    fn request(&mut self, frame: Frame) -> Result<(), End> {
        self.last_request = Instant::now();
        let [entered, _] = &mut self.entered;
        entered.get_or_insert(self.last_request);
        let outcome = {
            let snapshot = self.shared.policy.load();
            let context = Context { snapshot: &snapshot, caller: &self.caller, now: clock::now() };
            self.session.on_request(frame, &context)
        };
        self.collect();
        outcome.map_err(End::Fatal)
    }

    /// Reads answers of the broker, and says whether there were any.
    fn poll_answers(&mut self, cx: &mut TaskContext<'_>) -> Result<bool, End> {
        let mut some = false;
        for _ in 0..FRAMES_PER_TURN {
            if self.client.waiting() >= self.listener.config.limits.client_buffer {
                break;
            }
            let Poll::Ready(frame) = self.upstream.link.poll_frame(cx) else { break };
            let frame = frame.map_err(End::Upstream)?;
            let [_, entered] = &mut self.entered;
            entered.get_or_insert_with(Instant::now);
            let outcome = {
                let snapshot = self.shared.policy.load();
                let context = Context { snapshot: &snapshot, caller: &self.caller, now: clock::now() };
                self.session.on_response(frame, &context)
            };
            self.collect();
            outcome.map_err(End::Fatal)?;
            some = true;
        }
        Ok(some)
    }

    /// Takes from the session what is to be written and to be told.
    fn collect(&mut self) {
        let mut bytes = [0; 2];
        let [upstream, downstream] = &mut bytes;
        while let Some(chunk) = self.session.next_to_upstream() {
            *upstream += chunk.len() as u64;
            self.upstream.link.queue(chunk);
        }
        while let Some(chunk) = self.session.next_to_client() {
            *downstream += chunk.len() as u64;
            self.client.queue(chunk);
        }
        self.reporter.bytes(Direction::Upstream, bytes[0]);
        self.reporter.bytes(Direction::Downstream, bytes[1]);
        self.reporter.events(self.session.events());
    }

    fn poll_writes(&mut self, cx: &mut TaskContext<'_>) -> Result<(), End> {
        let [to_broker, to_client] = &mut self.entered;
        if let Poll::Ready(written) = self.upstream.link.poll_flush(cx) {
            written.map_err(End::Upstream)?;
            self.reporter.latency(Direction::Upstream, to_broker.take());
        }
        if let Poll::Ready(written) = self.client.poll_flush(cx) {
            written.map_err(End::Client)?;
            self.reporter.latency(Direction::Downstream, to_client.take());
        }
        Ok(())
    }

    /// Arms the timer for the next thing that ends in time; ready when something has.
    fn poll_timer(&mut self, cx: &mut TaskContext<'_>) -> Result<Poll<()>, End> {
        let next = self.deadline();
        if next < self.timer.deadline() || self.timer.is_elapsed() {
            self.timer.as_mut().reset(next);
        }
        if self.timer.as_mut().poll(cx).is_pending() {
            return Ok(Poll::Pending);
        }
        self.check_deadlines(Instant::now())?;
        Ok(Poll::Ready(()))
    }

    fn deadline(&self) -> Instant {
        let idle = self.last_request + self.listener.config.limits.idle_timeout;
        let drained = match self.phase {
            Phase::Running => None,
            Phase::Draining(until) => Some(until),
        };
        // A login that is overdue waits for quiet, not for time.
        let login = self.login_again.filter(|at| *at > Instant::now());
        let others = [self.ends_at, login, drained, self.client.deadline(), self.upstream.link.deadline()];
        others.into_iter().flatten().fold(idle, Instant::min)
    }

    fn check_deadlines(&self, now: Instant) -> Result<(), End> {
        self.client.check_deadline(now).map_err(End::Client)?;
        self.upstream.link.check_deadline(now).map_err(End::Upstream)?;
        if self.ends_at.is_some_and(|at| now >= at) {
            return Err(End::Expired);
        }
        if now >= self.last_request + self.listener.config.limits.idle_timeout {
            return Err(End::Idle);
        }
        match self.phase {
            Phase::Draining(until) if now >= until => Err(End::NotDrained),
            _ => Ok(()),
        }
    }

    /// Says goodbye to both sides.
    async fn finish(self, end: End) {
        self.reporter.ended(&end, self.client.received(), self.upstream.link.received());
        let (mut client, mut upstream) = (self.client, self.upstream.link);
        if matches!(end, End::Fallen(_) | End::Expired) {
            // Requests of somebody who may not ask any more do not go on.
            upstream.discard();
        }
        if let End::Reauthentication(AuthFailure::Refused { answer: Some(answer), .. }) = end {
            tokio::time::sleep(self.listener.config.limits.authentication_failure_delay).await;
            // A client that does not wait for its answer has lost nothing.
            let _ = client.send(answer).await;
        }
        tokio::join!(client.close(), upstream.close());
    }
}

/// How many frames of one side are taken before the other side has its turn.
const FRAMES_PER_TURN: usize = 32;
