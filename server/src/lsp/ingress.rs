//! The middleware between the transport and tower-lsp's service.
//!
//! tower-lsp queues `$/cancelRequest` behind the work that it should cancel, lets a panic end
//! the process and goes on after `exit`. Messages arrive here in the order of the wire, and
//! each is polled once before the next is looked at. So what a handler does before its first
//! `await` is done in that order, however many others are under way.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use serde_json::Value;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Error, ErrorCode, Request, Response};
use tower_service::Service;

use super::frames::UNREADABLE;
use super::lenient;
use super::spelling::Spellings;

/// How far the session has come to its end.
#[derive(Debug, Default)]
pub(super) struct Lifecycle {
    shut_down: AtomicBool,
    exit: Notify,
}

impl Lifecycle {
    /// Whether `shutdown` was answered: only then is `exit` a success.
    pub(super) fn was_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::SeqCst)
    }

    /// Waits for `exit`.
    pub(super) async fn exited(&self) {
        self.exit.notified().await;
    }
}

/// Wraps the service `S`.
#[derive(Debug)]
pub(super) struct Ingress<S> {
    inner: S,
    spellings: Arc<Spellings>,
    lifecycle: Arc<Lifecycle>,
    exited: bool,
}

type Answer<E> = Result<Option<Response>, E>;

impl<S> Ingress<S> {
    pub(super) fn new(inner: S, spellings: Arc<Spellings>, lifecycle: Arc<Lifecycle>) -> Self {
        Self { inner, spellings, lifecycle, exited: false }
    }
}

impl<S> Service<Request> for Ingress<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Answer<S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // After `exit` the inner service fails, and the transport would never end.
        if self.exited { Poll::Ready(Ok(())) } else { self.inner.poll_ready(cx) }
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if self.exited {
            return ready(Ok(None)).boxed();
        }
        let request = lenient::mend(request);
        match request.method() {
            UNREADABLE => return ready(Ok(Some(unreadable(request)))).boxed(),
            "exit" => {
                self.exited = true;
                self.lifecycle.exit.notify_one();
                // Cancels what is under way, so that the transport can end.
                return ready(self.now(request)).boxed();
            }
            "$/cancelRequest" => return ready(self.now(request)).boxed(),
            "shutdown" => {
                let answer = self.now(request);
                let done = matches!(&answer, Ok(Some(response)) if response.is_ok());
                self.lifecycle.shut_down.fetch_or(done, Ordering::SeqCst);
                return ready(answer).boxed();
            }
            _ => (),
        }
        let restore = self.spellings.note(&request);
        let mut future = self.guarded(request);
        if let Some(restore) = restore {
            future = future.map(move |it| it.map(|it| it.map(|it| restore.response(it)))).boxed();
        }
        match (&mut future).now_or_never() {
            Some(answer) => ready(answer).boxed(),
            None => future,
        }
    }
}

impl<S> Ingress<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    /// The answer of a handler that never waits.
    fn now(&mut self, request: Request) -> Answer<S::Error> {
        self.guarded(request).now_or_never().unwrap_or(Ok(None))
    }

    /// Calls the service; a panic becomes an error reply, or nothing for a notification.
    /// The panic hook has logged it.
    fn guarded(&mut self, request: Request) -> BoxFuture<'static, Answer<S::Error>> {
        let id = request.id().cloned();
        let panicked = move || id.map(|it| Response::from_error(it, Error::internal_error()));
        let call = std::panic::catch_unwind(AssertUnwindSafe(|| self.inner.call(request)));
        let Ok(future) = call else { return ready(Ok(panicked())).boxed() };
        let future = AssertUnwindSafe(future).catch_unwind();
        future.map(|it| it.unwrap_or_else(|_panic| Ok(panicked()))).boxed()
    }
}

/// The reply to a message that could not be read, and so has no id.
fn unreadable(request: Request) -> Response {
    let (_, id, code) = request.into_parts();
    let code = code.as_ref().and_then(Value::as_i64).map(ErrorCode::from);
    let error = Error::new(code.unwrap_or(ErrorCode::ParseError));
    Response::from_error(id.unwrap_or_default(), error)
}
