//! Cutting a stream of bytes into frames.

use std::error::Error;
use std::fmt;

use bytes::{Bytes, BytesMut};
use tidegate_model::UnixMillis;

use super::limits::FRAME_TIME;

/// The bytes of the length that stands before a frame.
pub const PREFIX: usize = 4;

/// One frame as it was received. Both views share the received bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    wire: Bytes,
}

impl Frame {
    /// A frame of our own making, such as [`super::encode_request`] returns: the length, then as many bytes.
    pub fn from_wire(wire: Bytes) -> Result<Self, FrameError> {
        let announced = wire.first_chunk::<PREFIX>().map(|length| i32::from_be_bytes(*length));
        match announced.and_then(|length| usize::try_from(length).ok()) {
            Some(length) if wire.len() - PREFIX == length => Ok(Self { wire }),
            _ => Err(FrameError::WrongLength),
        }
    }

    /// The frame with its length, ready to be sent on.
    pub fn wire(&self) -> &Bytes {
        &self.wire
    }

    /// A frame of the same payload without its last `bytes` bytes; `None` when it has fewer.
    pub fn without_end(&self, bytes: usize) -> Option<Self> {
        let payload = self.payload();
        let kept = payload.get(..payload.len().checked_sub(bytes)?)?;
        let length = i32::try_from(kept.len()).ok()?;
        let mut wire = BytesMut::with_capacity(PREFIX + kept.len());
        wire.extend_from_slice(&length.to_be_bytes());
        wire.extend_from_slice(kept);
        Some(Self { wire: wire.freeze() })
    }

    /// The frame without its length.
    pub fn payload(&self) -> Bytes {
        self.wire.slice(PREFIX.min(self.wire.len())..)
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({} bytes)", self.wire.len())
    }
}

/// Cuts frames off the front of a buffer: four bytes of length, then that many bytes.
///
/// It does no I/O and reads no clock. A length over the limit is refused before a byte of the frame is waited for.
#[derive(Clone, Debug)]
pub struct Framer {
    limit: usize,
    pending_since: Option<UnixMillis>,
}

impl Framer {
    /// Frames of at most `limit` bytes, not counting the length itself.
    pub fn new(limit: usize) -> Self {
        Self { limit, pending_since: None }
    }

    /// Changes the limit, for frames that are cut off from now on.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The next whole frame, or `None` until there is one. Takes it off the buffer without copying.
    ///
    /// An error is final: the place where the next frame would start is not known.
    pub fn next(&mut self, buffer: &mut BytesMut) -> Result<Option<Frame>, FrameError> {
        let Some(length) = buffer.first_chunk::<PREFIX>() else { return Ok(None) };
        let announced = i32::from_be_bytes(*length);
        let length = usize::try_from(announced).map_err(|_| FrameError::NegativeLength)?;
        if length > self.limit {
            return Err(FrameError::TooLong { length, limit: self.limit });
        }
        if buffer.len() - PREFIX < length {
            return Ok(None);
        }
        self.pending_since = None;
        Ok(Some(Frame { wire: buffer.split_to(PREFIX + length).freeze() }))
    }

    /// To be called after [`Self::next`] has given all it can, and from time to time while nothing arrives.
    ///
    /// Refuses a frame that was begun and not finished within [`FRAME_TIME`].
    pub fn tick(&mut self, buffer: &BytesMut, now: UnixMillis) -> Result<(), FrameError> {
        if buffer.is_empty() {
            self.pending_since = None;
            return Ok(());
        }
        let since = self.pending_since.get_or_insert(now);
        let limit = i64::try_from(FRAME_TIME.as_millis()).unwrap_or(i64::MAX);
        if now.0.saturating_sub(since.0) > limit { Err(FrameError::TooSlow) } else { Ok(()) }
    }

    /// Since when an unfinished frame has been waited for.
    pub fn pending_since(&self) -> Option<UnixMillis> {
        self.pending_since
    }
}

/// Why a stream cannot be cut into frames any further.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameError {
    /// The length is negative.
    NegativeLength,
    /// The length is over the limit.
    TooLong {
        /// The length announced.
        length: usize,
        /// The limit at that time.
        limit: usize,
    },
    /// The frame was begun too long ago.
    TooSlow,
    /// The length does not agree with the bytes behind it.
    WrongLength,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NegativeLength => f.write_str("the frame length is negative"),
            Self::TooLong { length, limit } => {
                write!(f, "a frame of {length} bytes is over the limit of {limit}")
            }
            Self::WrongLength => f.write_str("the frame length does not agree with the frame"),
            Self::TooSlow => f.write_str("a frame was begun and not finished in time"),
        }
    }
}

impl Error for FrameError {}
