//! The open documents.
//!
//! A document is an immutable [`Snapshot`] in a `watch` cell: edits put the next one in,
//! requests take the one that is there, the diagnostics task is woken by the change. Edits
//! are applied synchronously, by the one task that reads messages; no guard of the map leaves
//! this file.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use dashmap::DashMap;
use gouji_analysis::check::{self, Replaced};
use gouji_analysis::{Checked, Document};
use gouji_syntax::Edit;
use tokio::sync::watch;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Url};

use super::from_proto;
use super::session::Session;

/// Bytes of a text that is checked between two messages: several times a usual report.
const QUICK: usize = 32 << 10;

/// Bytes of a text whose check people wait for: a quarter of a second at the 65 MB/s of one core.
const LONG: usize = 16 << 20;

/// One version of a document, as it is to be checked for one session.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// The document's name; [`super::spelling`] knows how the client writes it.
    pub(super) uri: Url,
    /// The client's number for it, whatever that is.
    pub(super) version: i32,
    /// Text and blocks.
    pub(super) doc: Document,
    /// What was agreed when it came in.
    pub(super) session: Arc<Session>,
    /// What is known of an earlier version, checked for the same session.
    before: Mutex<Option<Arc<Checked>>>,
    checked: OnceLock<Arc<Checked>>,
}

impl Snapshot {
    fn new(uri: Url, version: i32, doc: Document, session: Arc<Session>) -> Self {
        Self { uri, version, doc, session, before: Mutex::default(), checked: OnceLock::new() }
    }

    /// What is wrong in it; `None` where it is no report. Editors send us every text they open:
    /// of one that is no report nothing is said. Computed once.
    pub(super) fn checked(&self) -> Option<&Checked> {
        self.checked_unless(&|| false).filter(|it| it.is_report())
    }

    /// Checks it now, on the thread that applies edits. What is known of the version before is
    /// taken, not copied: the next version asks for it when this is over.
    ///
    /// What comes back is freed where it is dropped.
    pub(super) fn check_quickly(&self) -> Option<Replaced> {
        if self.checked.get().is_some() {
            return None;
        }
        let before = self.before().take();
        self.check(before, &|| false)
    }

    /// As [`Self::checked`], whether it is a report or not, but `None` once `cancelled` says so.
    pub(super) fn checked_unless(&self, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<&Checked> {
        if let Some(checked) = self.checked.get() {
            return Some(checked);
        }
        let before = self.before().clone();
        self.check(before, cancelled);
        self.checked.get().map(|it| &**it)
    }

    fn check(
        &self,
        before: Option<Arc<Checked>>,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Replaced> {
        let mut checked = before.map(Arc::unwrap_or_clone).unwrap_or_default();
        let replaced = checked.update(&self.doc, &self.session.config, cancelled)?;
        self.checked.get_or_init(|| Arc::new(checked));
        Some(replaced)
    }

    fn before(&self) -> MutexGuard<'_, Option<Arc<Checked>>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a check takes so little time that a thread hop would be a large part of it, and
    /// nobody notices that no message is handled meanwhile.
    pub(super) fn is_quick(&self) -> bool {
        self.stale() < QUICK
    }

    /// Whether a check takes so long that one wants to know that it is under way.
    pub(super) fn is_long(&self) -> bool {
        // Most texts are told by their length, at every key.
        self.doc.bytes() >= LONG && self.stale() >= LONG
    }

    /// Bytes that a check has to read.
    fn stale(&self) -> usize {
        match self.checked.get() {
            Some(_) => 0,
            None => check::stale(&self.doc, self.before().as_deref()),
        }
    }

    /// The snapshot after a batch of changes, each against the text after the one before.
    fn changed(&self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) -> Self {
        let mut doc = self.doc.clone();
        for change in changes {
            doc = match change.range {
                None => replaced(&doc, &change.text),
                Some(range) => {
                    let range = from_proto::range(&doc, range, self.session.encoding);
                    edited(&doc, &Edit { range, text: change.text })
                }
            };
        }
        let before = self.checked.get().cloned().or_else(|| self.before().clone());
        let before = Mutex::new(before);
        Self { before, ..Self::new(self.uri.clone(), version, doc, Arc::clone(&self.session)) }
    }
}

/// The document after an edit. Should the incremental parser fail, the text is parsed in
/// full: a lost edit would leave all later ones in the wrong place.
fn edited(doc: &Document, edit: &Edit) -> Document {
    let incremental = || {
        let mut next = doc.clone();
        next.edit(edit);
        next
    };
    std::panic::catch_unwind(AssertUnwindSafe(incremental)).unwrap_or_else(|_panic| {
        let mut text = doc.text().to_string();
        text.replace_range(edit.range.clone(), &edit.text);
        Document::new(&text)
    })
}

fn replaced(doc: &Document, text: &str) -> Document {
    let incremental = || {
        let mut next = doc.clone();
        next.replace(text);
        next
    };
    let next = std::panic::catch_unwind(AssertUnwindSafe(incremental));
    next.unwrap_or_else(|_panic| Document::new(text))
}

/// The open documents by URI.
#[derive(Debug, Default)]
pub(super) struct Documents(DashMap<Url, watch::Sender<Arc<Snapshot>>>);

impl Documents {
    /// The newest snapshot of an open document: the only way to read one.
    pub(super) fn snapshot(&self, uri: &Url) -> Option<Arc<Snapshot>> {
        self.0.get(uri).map(|it| Arc::clone(&it.borrow()))
    }

    /// The newest snapshots of all open documents, by their names.
    pub(super) fn all(&self) -> Vec<Arc<Snapshot>> {
        let mut all: Vec<_> = self.0.iter().map(|it| Arc::clone(&it.borrow())).collect();
        all.sort_by(|a, b| a.uri.cmp(&b.uri));
        all
    }

    /// Opens a document. Gives the cell to watch, or `None` where the document was open
    /// already and now has the new text.
    pub(super) fn open(
        &self,
        item: TextDocumentItem,
        session: Arc<Session>,
    ) -> Option<watch::Receiver<Arc<Snapshot>>> {
        let doc = Document::new(&item.text);
        let snapshot = Arc::new(Snapshot::new(item.uri, item.version, doc, session));
        if let Some(open) = self.0.get(&snapshot.uri) {
            open.send_replace(snapshot);
            return None;
        }
        let uri = snapshot.uri.clone();
        let (sender, receiver) = watch::channel(snapshot);
        self.0.insert(uri, sender);
        Some(receiver)
    }

    /// Applies a batch of changes; false where the document is not open.
    ///
    /// The version is taken as it comes: the client alone knows what it counts, and to refuse
    /// an edit for its number would lose it.
    pub(super) fn change(
        &self,
        uri: &Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> bool {
        let Some(before) = self.snapshot(uri) else { return false };
        self.put(Arc::new(before.changed(version, changes)));
        true
    }

    /// Forgets a document; its watchers see the end of the cell. False where it is not open.
    pub(super) fn close(&self, uri: &Url) -> bool {
        self.0.remove(uri).is_some()
    }

    /// Has every document checked anew for another session.
    pub(super) fn renew(&self, session: &Arc<Session>) {
        for open in &self.0 {
            let before = Arc::clone(&open.borrow());
            let (uri, doc) = (before.uri.clone(), before.doc.clone());
            open.send_replace(Arc::new(Snapshot::new(
                uri,
                before.version,
                doc,
                Arc::clone(session),
            )));
        }
    }

    fn put(&self, snapshot: Arc<Snapshot>) {
        if let Some(open) = self.0.get(&snapshot.uri) {
            open.send_replace(snapshot);
        }
    }
}
