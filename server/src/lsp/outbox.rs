//! The one owner of the output.
//!
//! A frame is written at once by the task that has it, as long as nothing waits; what the
//! client does not take then is written by [`Outbox::drain`] as room appears. Frames never
//! mingle: both ways lead through one lock, and the direct one is closed while a frame is
//! half written.
//!
//! While the client does not read, answers queue (the reader of messages stops at
//! [`Outbox::room`]), but of the news of each document only the newest waits: what has been
//! superseded is dropped, and memory stays bounded.

use std::collections::VecDeque;
use std::io::{ErrorKind, IoSlice};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tower_lsp::lsp_types::Url;

use super::stdio::TryWrite;

/// Bytes of answers that may wait before no more messages are read.
const BACKLOG: usize = 4 << 20;

/// What a piece of news is about: the newest of each document and topic replaces the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Diagnostics,
    Status,
}

/// Sends frames. Clones share one output.
#[derive(Clone)]
pub(super) struct Outbox(Arc<Shared>);

struct Shared {
    now: Option<TryWrite>,
    queue: Mutex<Queue>,
    /// Something waits to be written, or nothing will any more.
    filled: Notify,
    /// What waited has shrunk.
    emptied: Notify,
}

#[derive(Default)]
struct Queue {
    /// Whole frames, but for the first, which may be the rest of one.
    answers: Vec<u8>,
    news: VecDeque<(Topic, Url, Vec<u8>)>,
    /// The drain has taken frames that it has not written yet.
    draining: bool,
    closed: bool,
    /// The client does not read any more: nothing is kept.
    broken: bool,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

impl Outbox {
    /// `now` writes what it can without waiting. Whoever has the output calls [`Self::drain`].
    pub(super) fn new(now: Option<TryWrite>) -> Self {
        let (filled, emptied) = (Notify::new(), Notify::new());
        Self(Arc::new(Shared { now, queue: Mutex::default(), filled, emptied }))
    }

    /// Sends an answer; it is never dropped.
    pub(super) fn answer(&self, frame: &[u8]) {
        let mut queue = self.queue();
        let mut frame = [IoSlice::new(frame)];
        let rest = self.write_now(&mut queue, &mut frame);
        if !rest.is_empty() {
            append(&mut queue.answers, rest);
            self.0.filled.notify_one();
        }
    }

    /// Sends what replaces any unsent frame of the same topic and document: the pieces of a frame.
    pub(super) fn news(&self, topic: Topic, uri: &Url, frame: &mut [IoSlice]) {
        let mut queue = self.queue();
        let whole = length(frame);
        let rest = self.write_now(&mut queue, frame);
        if rest.is_empty() {
            return;
        }
        if length(rest) < whole {
            // Half of it is out, and so nothing else waits.
            append(&mut queue.answers, rest);
        } else {
            let mut waiting = Vec::new();
            append(&mut waiting, rest);
            match queue.news.iter_mut().find(|it| it.0 == topic && it.1 == *uri) {
                Some((.., old)) => *old = waiting,
                None => queue.news.push_back((topic, uri.clone(), waiting)),
            }
        }
        self.0.filled.notify_one();
    }

    /// Waits until so few answers wait that another message may be read.
    pub(super) async fn room(&self) {
        while self.queue().answers.len() > BACKLOG {
            self.0.emptied.notified().await;
        }
    }

    /// Writes what waits, until all is written after [`Self::close`].
    pub(super) async fn drain(&self, mut output: impl AsyncWrite + Unpin) {
        while let Some(frames) = self.next().await {
            let written = async {
                output.write_all(&frames).await?;
                output.flush().await
            };
            let broken = written.await.is_err();
            let mut queue = self.queue();
            queue.draining = false;
            if broken {
                queue.give_up();
            }
            drop(queue);
            self.0.emptied.notify_one();
        }
    }

    /// Lets [`Self::drain`] end.
    pub(super) fn close(&self) {
        self.queue().closed = true;
        self.0.filled.notify_one();
    }

    async fn next(&self) -> Option<Vec<u8>> {
        loop {
            {
                let mut queue = self.queue();
                if let Some(frames) = queue.take() {
                    queue.draining = true;
                    return Some(frames);
                }
                if queue.closed {
                    return None;
                }
            }
            self.0.filled.notified().await;
        }
    }

    /// Writes what can be written of a frame and gives the rest, which is to be kept.
    fn write_now<'f, 'p>(
        &self,
        queue: &mut Queue,
        mut rest: &'f mut [IoSlice<'p>],
    ) -> &'f mut [IoSlice<'p>] {
        let Some(now) = self.0.now.as_ref().filter(|_| queue.is_idle()) else {
            return if queue.broken { &mut [] } else { rest };
        };
        while !rest.is_empty() && !queue.broken {
            match now(rest) {
                Ok(0) => queue.give_up(),
                Ok(written) => IoSlice::advance_slices(&mut rest, written),
                Err(error) if error.kind() == ErrorKind::Interrupted => (),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return rest,
                Err(_) => queue.give_up(),
            }
        }
        &mut []
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Whether nothing waits, so that a frame can be written without mingling or overtaking.
    fn is_idle(&self) -> bool {
        !self.draining && !self.broken && self.answers.is_empty() && self.news.is_empty()
    }

    fn give_up(&mut self) {
        self.broken = true;
        self.answers.clear();
        self.news.clear();
    }

    /// What is to be written next: all answers, or else a single piece of news, since one that
    /// was taken can no longer be replaced.
    fn take(&mut self) -> Option<Vec<u8>> {
        if !self.answers.is_empty() {
            return Some(std::mem::take(&mut self.answers));
        }
        self.news.pop_front().map(|(.., frame)| frame)
    }
}

fn append(bytes: &mut Vec<u8>, pieces: &[IoSlice]) {
    bytes.reserve(length(pieces));
    for piece in pieces {
        bytes.extend_from_slice(piece);
    }
}

/// The bytes of some pieces.
fn length(pieces: &[IoSlice]) -> usize {
    pieces.iter().map(|it| it.len()).sum()
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
