//! Standard input and output of the process.
//!
//! tokio reads and writes them on threads of their own, which is a thread hop for each message
//! each way. Editors hand over pipes or sockets, and those are driven through epoll here; files,
//! terminals and other systems stay with tokio.

use std::io::{self, IoSlice};

use tokio::io::{AsyncRead, AsyncWrite};

/// Writes what can be written without waiting, of some pieces.
pub(super) type TryWrite = Box<dyn Fn(&[IoSlice]) -> io::Result<usize> + Send + Sync>;

/// Where messages come from.
pub(super) type Input = Box<dyn AsyncRead + Send + Unpin>;

/// Where messages go: one descriptor that can be written in two ways, by one owner.
pub(super) struct Output {
    /// Absent where every write may wait.
    pub(super) now: Option<TryWrite>,
    pub(super) later: Box<dyn AsyncWrite + Send + Unpin>,
}

/// Both ends of the process's connection.
pub(super) struct Stdio {
    pub(super) input: Input,
    pub(super) output: Output,
    /// Restores what was changed of the descriptors.
    pub(super) restore: Restore,
}

impl Stdio {
    /// Opens them in the fastest way there is. Needs a runtime.
    pub(super) fn open() -> Self {
        let mut restore = Restore::default();
        let input = direct::input(&mut restore);
        let output = direct::output(&mut restore);
        Self {
            input: input.unwrap_or_else(|| Box::new(tokio::io::stdin())),
            output: output
                .unwrap_or_else(|| Output { now: None, later: Box::new(tokio::io::stdout()) }),
            restore,
        }
    }
}

pub(super) use direct::Restore;

#[cfg(not(unix))]
mod direct {
    use super::{Input, Output};

    /// Nothing was changed.
    #[derive(Debug, Default)]
    pub(in super::super) struct Restore;

    pub(super) fn input(_: &mut Restore) -> Option<Input> {
        None
    }

    pub(super) fn output(_: &mut Restore) -> Option<Output> {
        None
    }
}

#[cfg(unix)]
pub(super) mod direct {
    use std::fs::File;
    use std::io::{self, IoSlice};
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    use std::pin::Pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, ready};

    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    use tokio::io::AsyncWrite;
    use tokio::net::UnixStream;
    use tokio::net::unix::pipe::{Receiver, Sender};

    use super::{Input, Output, TryWrite};

    pub(super) fn input(restore: &mut Restore) -> Option<Input> {
        Some(match Descriptor::of(io::stdin().as_fd(), restore)? {
            Descriptor::Pipe(fd) => Box::new(Receiver::from_owned_fd(fd).ok()?),
            Descriptor::Socket(fd) => Box::new(stream(fd).ok()?),
        })
    }

    pub(super) fn output(restore: &mut Restore) -> Option<Output> {
        Some(match Descriptor::of(io::stdout().as_fd(), restore)? {
            Descriptor::Pipe(fd) => shared(Sender::from_owned_fd(fd).ok()?),
            Descriptor::Socket(fd) => shared(stream(fd).ok()?),
        })
    }

    /// What epoll can wait for, in non-blocking mode.
    enum Descriptor {
        Pipe(OwnedFd),
        Socket(OwnedFd),
    }

    impl Descriptor {
        fn of(fd: BorrowedFd<'_>, restore: &mut Restore) -> Option<Self> {
            let file = File::from(fd.try_clone_to_owned().ok()?);
            let meta = file.metadata().ok()?;
            // Lines of the log would be lost at a full pipe that does not block.
            if is_stderr(meta.dev(), meta.ino()) {
                return None;
            }
            let kind = meta.file_type();
            let descriptor = match () {
                () if kind.is_fifo() => Self::Pipe,
                () if kind.is_socket() => Self::Socket,
                () => return None,
            };
            restore.set_nonblocking(file.as_fd()).ok()?;
            Some(descriptor(file.into()))
        }
    }

    fn is_stderr(dev: u64, ino: u64) -> bool {
        let stderr = io::stderr().as_fd().try_clone_to_owned().map(File::from);
        let stderr = stderr.and_then(|it| it.metadata());
        stderr.is_ok_and(|it| (it.dev(), it.ino()) == (dev, ino))
    }

    fn stream(fd: OwnedFd) -> io::Result<UnixStream> {
        UnixStream::from_std(fd.into())
    }

    /// What pipes and sockets have in common without a trait of tokio's.
    trait Writable: Send + Sync + 'static {
        fn try_write(&self, pieces: &[IoSlice]) -> io::Result<usize>;
        fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>>;
    }

    impl Writable for Sender {
        fn try_write(&self, pieces: &[IoSlice]) -> io::Result<usize> {
            self.try_write_vectored(pieces)
        }

        fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            self.poll_write_ready(cx)
        }
    }

    impl Writable for UnixStream {
        fn try_write(&self, pieces: &[IoSlice]) -> io::Result<usize> {
            self.try_write_vectored(pieces)
        }

        fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
            self.poll_write_ready(cx)
        }
    }

    fn shared(output: impl Writable) -> Output {
        let output = Arc::new(output);
        let direct = Arc::clone(&output);
        let now: TryWrite = Box::new(move |pieces| direct.try_write(pieces));
        Output { now: Some(now), later: Box::new(Shared(output)) }
    }

    #[cfg(test)]
    pub(in super::super) fn of_stream(stream: UnixStream) -> Output {
        shared(stream)
    }

    /// Writes when there is room, to what others write without waiting.
    struct Shared<W>(Arc<W>);

    impl<W: Writable> AsyncWrite for Shared<W> {
        fn poll_write(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            loop {
                ready!(self.0.poll_write_ready(cx))?;
                match self.0.try_write(&[IoSlice::new(bytes)]) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => (),
                    written => return Poll::Ready(written),
                }
            }
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Puts flags of descriptors back when dropped: they are those of the open file, which
    /// other processes share, and nobody else expects it not to block.
    #[derive(Debug, Default)]
    pub(in super::super) struct Restore(Vec<(OwnedFd, OFlags)>);

    impl Restore {
        fn set_nonblocking(&mut self, fd: BorrowedFd<'_>) -> io::Result<()> {
            let flags = fcntl_getfl(fd)?;
            if !flags.contains(OFlags::NONBLOCK) {
                let kept = fd.try_clone_to_owned()?;
                fcntl_setfl(fd, flags | OFlags::NONBLOCK)?;
                self.0.push((kept, flags));
            }
            Ok(())
        }
    }

    impl Drop for Restore {
        fn drop(&mut self) {
            for (fd, flags) in &self.0 {
                let _ = fcntl_setfl(fd, *flags);
            }
        }
    }
}
