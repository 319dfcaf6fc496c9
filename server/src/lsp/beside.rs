//! What editors ask by themselves after each edit: outline, folds, hints, colours.
//!
//! In a long document the answers are long, and to make them takes far longer than to check what
//! was typed. So they are made on a thread of their own, one after the other, until they are
//! bytes: the thread of the protocol and one more processor stay free for the next key.

use std::future::Future;
use std::io;
use std::sync::mpsc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::Response;

use super::framed::Framed;
use super::outbox::Outbox;

/// A request that was taken in, and who waits for its end.
struct Job {
    answer: BoxFuture<'static, Option<Response>>,
    done: oneshot::Sender<()>,
}

/// The thread. It ends with this.
#[derive(Debug)]
pub(super) struct Beside {
    sender: mpsc::Sender<Job>,
}

/// Whether a request is answered there.
pub(super) fn answers(method: &str) -> bool {
    matches!(
        method,
        "textDocument/codeLens"
            | "textDocument/documentHighlight"
            | "textDocument/documentSymbol"
            | "textDocument/foldingRange"
            | "textDocument/inlayHint"
            | "textDocument/semanticTokens/full"
            | "textDocument/semanticTokens/range"
            | "workspace/symbol"
            | "gouji/preview"
    )
}

/// Leaves the thread of the protocol: what comes after is done by the thread of this module.
pub(super) async fn step_aside() {
    tokio::task::yield_now().await;
}

impl Beside {
    /// Starts the thread, inside the runtime of the protocol.
    pub(super) fn start(outbox: Outbox) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let runtime = Handle::current();
        let thread = std::thread::Builder::new().name("beside".to_owned());
        thread.spawn(move || serve(&runtime, &receiver, &outbox))?;
        Ok(Self { sender })
    }

    /// Has a request answered; the future ends when it is.
    pub(super) fn answer(
        &self,
        answer: BoxFuture<'static, Option<Response>>,
    ) -> impl Future<Output = Option<Response>> + Send + use<> {
        let (done, receiver) = oneshot::channel();
        // The thread ends with this sender, so it is there.
        let _ = self.sender.send(Job { answer, done });
        receiver.map(|_| None)
    }
}

fn serve(runtime: &Handle, jobs: &mpsc::Receiver<Job>, outbox: &Outbox) {
    let mut frame = Framed::default();
    for Job { answer, done } in jobs {
        // A panic was made an error before it comes here.
        if let Some(answer) = runtime.block_on(answer) {
            frame.answer(&answer, outbox);
        }
        let _ = done.send(());
    }
}
