//! Between the transport and tower-lsp's service.
//!
//! tower-lsp queues `$/cancelRequest` behind the work that it should cancel, and lets a panic
//! end the process. Messages arrive here in the order of the wire, and each is polled once
//! before the next is looked at. So what a handler does before its first `await` is done in
//! that order, however many others are under way.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_service::Service;

use super::spelling::Spellings;
use super::{beside, lenient};

/// The notification that ends the session.
pub(super) const EXIT: &str = "exit";

/// What a message comes to.
pub(super) enum Reply {
    /// Done; a notification has no answer.
    Now(Option<Response>),
    /// A request that waits for something.
    Later(BoxFuture<'static, Option<Response>>),
    /// A request that is answered on a thread of its own.
    Beside(BoxFuture<'static, Option<Response>>),
}

/// Wraps the service `S`.
#[derive(Debug)]
pub(super) struct Ingress<S> {
    inner: S,
    spellings: Arc<Spellings>,
    shut_down: bool,
}

impl<S> Ingress<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    pub(super) fn new(inner: S, spellings: Arc<Spellings>) -> Self {
        Self { inner, spellings, shut_down: false }
    }

    /// Whether `shutdown` was answered: only then is `exit` a success.
    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down
    }

    /// Handles a message as far as it goes without waiting.
    pub(super) fn call(&mut self, request: Request) -> Reply {
        let request = lenient::mend(request);
        match request.method() {
            "$/cancelRequest" => return Reply::Now(self.now(request)),
            "shutdown" => {
                let answer = self.now(request);
                self.shut_down |= answer.as_ref().is_some_and(Response::is_ok);
                return Reply::Now(answer);
            }
            _ => (),
        }
        let is_beside = beside::answers(request.method());
        let restore = self.spellings.note(&request);
        let mut future = self.guarded(request);
        if let Some(restore) = restore {
            future = future.map(move |it| it.map(|it| restore.response(it))).boxed();
        }
        match (&mut future).now_or_never() {
            Some(answer) => Reply::Now(answer),
            None if is_beside => Reply::Beside(future),
            None => Reply::Later(future),
        }
    }

    /// Cancels what is under way, which is answered so.
    pub(super) fn exit(&mut self) {
        self.now(Request::build(EXIT).finish());
    }

    /// The answer of a handler that never waits.
    fn now(&mut self, request: Request) -> Option<Response> {
        self.guarded(request).now_or_never().flatten()
    }

    /// Calls the service; a panic becomes an error reply, or nothing for a notification.
    /// The panic hook has logged it.
    fn guarded(&mut self, request: Request) -> BoxFuture<'static, Option<Response>> {
        let id = request.id().cloned();
        let panicked = move || id.map(|it| Response::from_error(it, Error::internal_error()));
        let call = std::panic::catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        let Ok(future) = call else { return ready(panicked()).boxed() };
        let future = AssertUnwindSafe(future).catch_unwind();
        // The service fails after `exit` alone.
        future.map(|it| it.map_or_else(|_panic| panicked(), Result::unwrap_or_default)).boxed()
    }
}
