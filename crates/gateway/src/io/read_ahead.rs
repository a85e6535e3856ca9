//! Large reads from a socket for a reader that asks for little at a time.
//!
//! rustls asks for 4 KiB at a time. Reading what the kernel has in one call and handing it out from memory saves three
//! system calls in four. The buffer is borrowed from the thread while it holds something, so idle connections have none.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A socket that reads ahead.
#[derive(Debug)]
pub(crate) struct ReadAhead {
    socket: TcpStream,
    /// Empty while nothing is buffered.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl ReadAhead {
    pub(crate) fn new(socket: TcpStream) -> Self {
        Self { socket, buffer: Vec::new(), start: 0, end: 0 }
    }

    fn give_back(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        (self.start, self.end) = (0, 0);
        if buffer.len() == BUFFER_BYTES {
            SPARE.with_borrow_mut(|spare| {
                if spare.len() < MAX_SPARE {
                    spare.push(buffer);
                }
            });
        }
    }
}

impl AsyncBufRead for ReadAhead {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        if this.start == this.end {
            if this.buffer.is_empty() {
                this.buffer = SPARE.with_borrow_mut(Vec::pop).unwrap_or_else(|| vec![0; BUFFER_BYTES]);
            }
            let mut into = ReadBuf::new(&mut this.buffer);
            let read = Pin::new(&mut this.socket).poll_read(cx, &mut into);
            let filled = into.filled().len();
            if !matches!(read, Poll::Ready(Ok(()))) || filled == 0 {
                this.give_back();
                return read.map_ok(|()| &[][..]);
            }
            (this.start, this.end) = (0, filled);
        }
        Poll::Ready(Ok(this.buffer.get(this.start..this.end).unwrap_or_default()))
    }

    fn consume(self: Pin<&mut Self>, count: usize) {
        let this = self.get_mut();
        this.start = this.start.saturating_add(count).min(this.end);
        if this.start == this.end {
            this.give_back();
        }
    }
}

impl AsyncRead for ReadAhead {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let available = ready!(self.as_mut().poll_fill_buf(cx))?;
        let count = available.len().min(into.remaining());
        into.put_slice(available.get(..count).unwrap_or_default());
        self.consume(count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ReadAhead {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, from)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(cx, from)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

impl Drop for ReadAhead {
    fn drop(&mut self) {
        self.give_back();
    }
}

thread_local! {
    /// Buffers that hold nothing at the moment.
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// How much one read takes from the kernel at most.
const BUFFER_BYTES: usize = 64 * 1024;

/// How many buffers a thread keeps; a task seldom leaves more than two filled between its turns.
const MAX_SPARE: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn hands_out_everything_in_order_and_keeps_no_buffer() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut writer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let mut reader = ReadAhead::new(listener.accept().await.unwrap().0);
        let sent: Vec<u8> = (0..300_000u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let expected = sent.clone();
        let writing = tokio::spawn(async move {
            writer.write_all(&sent).await.unwrap();
            writer.shutdown().await.unwrap();
        });
        let mut seen = Vec::new();
        let mut piece = [0; 4096];
        loop {
            let count = reader.read(&mut piece).await.unwrap();
            if count == 0 {
                break;
            }
            seen.extend_from_slice(&piece[..count]);
        }
        writing.await.unwrap();
        assert!(seen == expected);
        assert!(reader.buffer.is_empty());
    }
}
