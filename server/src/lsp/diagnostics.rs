//! Diagnostics: one task per open document, from its opening to its close.
//!
//! The `watch` cell coalesces edits and is the cancel token of a check that is under way. A
//! check is far shorter than the time between two keys, so none is put off. A quick one runs
//! here, on the thread of the protocol; [`super::transport`] lets it begin only once all that
//! has arrived is applied. Others run on the blocking pool.

use std::io::IoSlice;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use gouji_analysis::Checked;
use gouji_analysis::check::Replaced;
use gouji_analysis::sums::Tally;
use serde::Serialize;
use tokio::sync::watch;
use tower_lsp::lsp_types::Url;

use super::client::Client;
use super::documents::Snapshot;
use super::framed::Framed;
use super::outbox::{Outbox, Topic};
use super::progress::Progress;
use super::publication::Publication;
use super::session::{Delivery, Session};
use super::spelling::Spellings;
use super::{hooks, log};

/// Checks in a row that newer edits may cancel; the next one is let finish, so that a long
/// document shows something while its author goes on typing.
const PATIENCE: usize = 4;

/// Sends what a document's task finds.
#[derive(Clone, Debug)]
pub(super) struct Publisher {
    pub(super) outbox: Outbox,
    pub(super) spellings: Arc<Spellings>,
    pub(super) client: Client,
}

/// `gouji/status`: the sums of a document, for a client's status bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Status {
    report: bool,
    checks: usize,
    broken: usize,
}

/// Publishes the diagnostics of one document until it is closed.
pub(super) async fn follow(publisher: Publisher, mut cell: watch::Receiver<Arc<Snapshot>>) {
    let uri = cell.borrow().uri.clone();
    let mut shown = Shown::default();
    let mut cancelled = 0;
    let mut progress = None;
    let mut is_new = true;
    loop {
        let snapshot = Arc::clone(&cell.borrow_and_update());
        // One for all checks in a row that are cancelled.
        if progress.is_none() && snapshot.is_long() {
            progress = Progress::begin(&publisher.client, &snapshot.session);
        }
        let job = Job { snapshot, uri: publisher.name(&uri), last: shown.last.clone() };
        match job.run(&cell, cancelled >= PATIENCE).await {
            Ok(Some(outcome)) => {
                cancelled = 0;
                let snapshot = Arc::clone(&outcome.snapshot);
                shown.update(&publisher, outcome);
                if std::mem::take(&mut is_new) {
                    // The first key need not wait for it, nor the first list.
                    tokio::task::spawn_blocking(move || {
                        let _ = snapshot.doc.text();
                    });
                }
            }
            Ok(None) => cancelled += 1,
            // Logged by the panic hook. What was shown stays: the next edit tries again.
            Err(Panicked) => cancelled = 0,
        }
        progress = progress.filter(|_| cancelled > 0);
        if cell.changed().await.is_err() {
            break;
        }
    }
    // Who is sent nothing has nothing to be taken back.
    let session = Arc::clone(&cell.borrow().session);
    if session.delivery == Delivery::Push {
        publisher.take_back(&session, &uri);
    }
}

/// The check of one version.
struct Job {
    snapshot: Arc<Snapshot>,
    /// The document's name, as the client writes it.
    uri: Arc<str>,
    /// What was published last.
    last: Option<Arc<Publication>>,
}

/// What a check comes to.
struct Outcome {
    snapshot: Arc<Snapshot>,
    /// The list, where it is another than the last.
    publication: Option<Publication>,
    status: Status,
    /// Freed once the list is on its way.
    replaced: Option<Replaced>,
}

struct Panicked;

impl Job {
    /// Runs it in the place that suits it; `None` where a newer version of `cell` cancelled it.
    async fn run(
        self,
        cell: &watch::Receiver<Arc<Snapshot>>,
        to_the_end: bool,
    ) -> Result<Option<Outcome>, Panicked> {
        if self.snapshot.is_quick() {
            // No newer version can arrive meanwhile.
            let run = AssertUnwindSafe(|| {
                hooks::before_check(&self.snapshot);
                let replaced = self.snapshot.check_quickly();
                Some(Outcome { replaced, ..self.publish()? })
            });
            return std::panic::catch_unwind(run).map_err(|_| Panicked);
        }
        let cell = cell.clone();
        let is_stale = move || !to_the_end && cell.has_changed().unwrap_or(true);
        let job = tokio::task::spawn_blocking(move || {
            hooks::before_check(&self.snapshot);
            self.snapshot.checked_unless(&is_stale)?;
            self.publish()
        });
        job.await.map_err(|_| Panicked)
    }

    /// Writes what a check has found.
    fn publish(self) -> Option<Outcome> {
        let Self { snapshot, uri, last } = self;
        let checked = snapshot.checked();
        let Tally { checks, broken } = checked.map(Checked::tally).unwrap_or_default();
        let status = Status { report: checked.is_some(), checks, broken };
        if last.as_ref().is_some_and(|it| it.holds(&snapshot, &uri)) {
            return Some(Outcome { snapshot, publication: None, status, replaced: None });
        }
        match Publication::of(&snapshot, &uri, last.as_deref()) {
            Ok(it) => Some(Outcome { snapshot, publication: Some(it), status, replaced: None }),
            Err(error) => {
                log::line(format_args!("diagnostics cannot be written: {error}"));
                None
            }
        }
    }
}

/// What the client has been told about one document.
#[derive(Default)]
struct Shown {
    status: Status,
    last: Option<Arc<Publication>>,
}

impl Shown {
    fn update(&mut self, publisher: &Publisher, outcome: Outcome) {
        let Outcome { snapshot, publication, status, replaced } = outcome;
        let same = publication.is_none_or(|it| self.take(it));
        // A client that declares `versionSupport` may drop or hold back a list whose version
        // is not the document's, so it is told of each version that the list still holds. Of
        // texts that are no reports the one empty list is enough.
        let pushes = snapshot.session.delivery == Delivery::Push;
        if pushes && (!same || (snapshot.session.versions && status.report)) {
            self.send(publisher, &snapshot);
        }
        if status != self.status && snapshot.session.status {
            self.status = status;
            publisher.status(&snapshot.uri, status);
        }
        drop(replaced);
    }

    /// Takes a list as the last; whether it says what the one before said.
    fn take(&mut self, publication: Publication) -> bool {
        let same = self.last.as_ref().is_some_and(|it| it.is_same_list(&publication));
        self.last = Some(Arc::new(publication));
        same
    }

    /// Sends the last list as that of a snapshot.
    fn send(&self, publisher: &Publisher, snapshot: &Snapshot) {
        if let Some(last) = &self.last {
            publisher.list(last, &snapshot.uri, Some(snapshot.version));
        }
    }
}

#[derive(Serialize)]
struct StatusChanged<'a> {
    jsonrpc: &'static str,
    method: &'static str,
    params: StatusOf<'a>,
}

#[derive(Serialize)]
struct StatusOf<'a> {
    uri: &'a str,
    #[serde(flatten)]
    status: Status,
}

impl Publisher {
    /// A document's name as the client writes it.
    fn name(&self, uri: &Url) -> Arc<str> {
        self.spellings.of(uri).map_or_else(|| uri.as_str().into(), |it| it.theirs())
    }

    /// Takes all diagnostics of a document back.
    fn take_back(&self, session: &Arc<Session>, uri: &Url) {
        if let Ok(none) = Publication::none(session, &self.name(uri)) {
            self.list(&none, uri, None);
        }
    }

    fn list(&self, list: &Publication, uri: &Url, version: Option<i32>) {
        list.send(version, |frame| self.outbox.news(Topic::Diagnostics, uri, frame));
    }

    fn status(&self, uri: &Url, status: Status) {
        let params = StatusOf { uri: &self.name(uri), status };
        let changed = StatusChanged { jsonrpc: "2.0", method: "gouji/status", params };
        let mut frame = Framed::default();
        if frame.json(&changed).is_ok() {
            self.outbox.news(Topic::Status, uri, &mut [IoSlice::new(frame.bytes())]);
        }
    }
}
