//! `$/progress`: says that a long check is under way.
//!
//! The client is asked for a place to show it first. Where the check ends before it has
//! answered, nothing is shown, and so nothing flickers.

use std::sync::atomic::{AtomicI32, Ordering};

use gouji_analysis::message;
use tokio::sync::oneshot;
use tower_lsp::lsp_types::notification::Progress as Notification;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd,
};

use super::client::Client;
use super::session::Session;

/// Ends what is shown when it is dropped.
pub(super) struct Progress {
    _end: oneshot::Sender<()>,
}

impl Progress {
    /// Has a client that shows such things show that a document is checked.
    pub(super) fn begin(client: &Client, session: &Session) -> Option<Self> {
        let title = message::sentence("server.checking", session.lang);
        let (end, ended) = oneshot::channel();
        session.peer.shows_progress().then(|| {
            tokio::spawn(show(client.clone(), title, ended));
            Self { _end: end }
        })
    }
}

async fn show(client: Client, title: &'static str, mut ended: oneshot::Receiver<()>) {
    static LAST: AtomicI32 = AtomicI32::new(0);
    let token = NumberOrString::Number(1 + LAST.fetch_add(1, Ordering::Relaxed));
    let params = WorkDoneProgressCreateParams { token: token.clone() };
    let created = client.request::<WorkDoneProgressCreate>(params);
    let created = tokio::select! {
        biased;
        _ = &mut ended => return,
        created = created => created,
    };
    if created.is_none() {
        return;
    }
    let tell = |value| {
        let value = ProgressParamsValue::WorkDone(value);
        client.notify::<Notification>(ProgressParams { token: token.clone(), value });
    };
    let begin = WorkDoneProgressBegin { title: title.to_owned(), ..Default::default() };
    tell(WorkDoneProgress::Begin(begin));
    // The end is that the sender goes.
    let _ = ended.await;
    tell(WorkDoneProgress::End(WorkDoneProgressEnd::default()));
}
