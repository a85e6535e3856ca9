//! A connection to a client or a broker, with TLS or without.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncBufRead, AsyncWrite};
use tokio_rustls::{client, server};

use super::ReadAhead;

/// A connected stream.
pub(crate) enum Transport {
    /// Without TLS.
    Plain(ReadAhead),
    /// A client's TLS.
    Accepted(Box<server::TlsStream<ReadAhead>>),
    /// TLS towards a broker.
    Connected(Box<client::TlsStream<ReadAhead>>),
}

macro_rules! stream {
    ($transport:expr, $stream:ident => $body:expr) => {
        match $transport {
            Transport::Plain($stream) => $body,
            Transport::Accepted($stream) => $body,
            Transport::Connected($stream) => $body,
        }
    };
}

impl Transport {
    /// What has arrived and was not consumed; empty at the end of the stream.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        stream!(self, stream => Pin::new(stream).poll_fill_buf(cx))
    }

    pub(crate) fn consume(&mut self, count: usize) {
        stream!(self, stream => Pin::new(stream).consume(count));
    }

    pub(crate) fn poll_write(
        &mut self,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        stream!(self, stream => Pin::new(stream).poll_write_vectored(cx, from))
    }

    pub(crate) fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        stream!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    /// Says goodbye: the TLS closing alert, then the end of the stream.
    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        stream!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}
