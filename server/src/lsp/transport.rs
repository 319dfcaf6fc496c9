//! The loop that reads messages, has them handled and sends the answers.
//!
//! It stands in for `tower_lsp::Server`, which hands each message through three channels and
//! parses and writes it by way of `Value`; the service, its state machine and its types are
//! tower-lsp's. All messages that have arrived are handled before the loop waits, and only
//! then do other tasks run: a check starts on the newest version of a burst.

use std::io;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::io::AsyncRead;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::beside::Beside;
use super::client::Client;
use super::framed::Framed;
use super::frames::{Frame, Frames};
use super::ingress::{EXIT, Ingress, Reply};
use super::log;
use super::outbox::Outbox;
use super::stdio::Output;

/// Requests that may be under way before the next message is read.
const MOST_PENDING: usize = 1024;

/// How long answers may take to leave after `exit`: a client that reads no more must not
/// keep the process alive.
const GRACE: Duration = Duration::from_secs(1);

/// One client, from its first message to `exit` or the end of its input.
pub(super) struct Transport<R, S> {
    frames: Frames<R>,
    ingress: Ingress<S>,
    client: Client,
    outbox: Outbox,
    beside: Beside,
    pending: FuturesUnordered<BoxFuture<'static, Option<Response>>>,
    frame: Framed,
}

impl<R, S> Transport<R, S>
where
    R: AsyncRead + Unpin,
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    /// Fails where a thread cannot be started.
    pub(super) fn new(
        input: R,
        ingress: Ingress<S>,
        client: Client,
        outbox: Outbox,
    ) -> io::Result<Self> {
        let (pending, frame) = (FuturesUnordered::new(), Framed::default());
        let (frames, beside) = (Frames::new(input), Beside::start(outbox.clone())?);
        Ok(Self { frames, ingress, client, outbox, beside, pending, frame })
    }

    /// Serves until the end; true where the client shut the server down before.
    pub(super) async fn serve(mut self, output: Output) -> bool {
        let outbox = self.outbox.clone();
        let drained = tokio::spawn(async move { outbox.drain(output.later).await });
        loop {
            match self.event().await {
                Event::Answer(answer) => self.answer(answer),
                Event::Frame(Frame::Message(request)) if request.method() == EXIT => break,
                Event::Frame(Frame::Message(request)) => self.message(request),
                Event::Frame(Frame::Answer(answer)) => self.client.answered(answer),
                Event::Frame(Frame::Unreadable(code, why)) => {
                    log::line(format_args!("a message cannot be read: {why}"));
                    self.answer(Some(Response::from_error(Id::Null, Error::new(code))));
                }
                Event::Frame(Frame::End) => break,
            }
        }
        self.ingress.exit();
        while let Some(Some(cancelled)) = self.pending.next().now_or_never() {
            self.answer(cancelled);
        }
        self.outbox.close();
        if tokio::time::timeout(GRACE, drained).await.is_err() {
            log::line("the client does not read; leaving");
        }
        self.ingress.was_shut_down()
    }

    /// The next thing to do. Answers come first: they need no room.
    async fn event(&mut self) -> Event {
        let more = self.pending.len() < MOST_PENDING;
        let frame = async {
            self.outbox.room().await;
            self.frames.next().await
        };
        tokio::select! {
            biased;
            Some(answer) = self.pending.next() => Event::Answer(answer),
            frame = frame, if more => Event::Frame(frame),
        }
    }

    fn message(&mut self, request: Request) {
        match self.ingress.call(request) {
            Reply::Now(answer) => self.answer(answer),
            Reply::Later(answer) => self.pending.push(answer),
            Reply::Beside(answer) => self.pending.push(self.beside.answer(answer).boxed()),
        }
    }

    fn answer(&mut self, answer: Option<Response>) {
        if let Some(answer) = answer {
            self.frame.answer(&answer, &self.outbox);
        }
    }
}

enum Event {
    Answer(Option<Response>),
    Frame(Frame),
}
