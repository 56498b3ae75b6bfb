//! A connection whose other end has to take what it is sent: one that does not is ended.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// So many bytes have to be taken in each such time, as long as some wait.
const ENOUGH: usize = 16 << 10;
const TIME: Duration = Duration::from_secs(15);

pub struct Watched<S> {
    stream: S,
    sleep: Pin<Box<Sleep>>,
    /// Bytes that were taken since somebody began to wait; `None`: nobody waits.
    taken: Option<usize>,
}

impl<S> Watched<S> {
    pub fn new(stream: S) -> Watched<S> {
        Watched { stream, sleep: Box::pin(tokio::time::sleep(TIME)), taken: None }
    }

    fn took(&mut self, written: &Poll<io::Result<usize>>, context: &mut Context<'_>) -> io::Result<()> {
        match (written, self.taken) {
            (Poll::Ready(Ok(more)), Some(taken)) if taken + more < ENOUGH => self.taken = Some(taken + more),
            (Poll::Ready(_), _) => self.taken = None,
            (Poll::Pending, None) => {
                self.taken = Some(0);
                self.sleep.as_mut().reset(Instant::now() + TIME);
            }
            (Poll::Pending, Some(_)) => {}
        }
        match self.taken.is_some() && written.is_pending() && self.sleep.as_mut().poll(context).is_ready() {
            true => Err(io::ErrorKind::TimedOut.into()),
            false => Ok(()),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.took(&written, context)?;
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.took(&written, context)?;
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Asked for when all has been written: nobody waits any more.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(context));
        self.taken = None;
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
