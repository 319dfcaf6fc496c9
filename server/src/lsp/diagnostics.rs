//! Diagnostics: one task per open document, from its opening to its close.
//!
//! The `watch` cell coalesces edits and is the cancel token of a check that is under way. A
//! check is far shorter than the time between two keys, so none is put off.

use std::sync::Arc;

use gouji_analysis::sums::Tally;
use gouji_analysis::{Checked, Finding, Message};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{Diagnostic, DiagnosticSeverity, PublishDiagnosticsParams, Url};

use super::documents::Snapshot;
use super::hooks;
use super::spelling::Spellings;
use super::to_proto::{SOURCE, ToProto};

/// Diagnostics of one document: editors grow slow far beyond this, and nobody reads so many.
const MOST: usize = 500;

/// Checks in a row that newer edits may cancel; the next one is let finish, so that a long
/// document shows something while its author goes on typing.
const PATIENCE: usize = 4;

/// Sends what a document's task finds.
#[derive(Clone, Debug)]
pub(super) struct Publisher {
    pub(super) client: Client,
    pub(super) spellings: Arc<Spellings>,
}

/// `gouji/status`: the sums of a document, for a client's status bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    loop {
        let snapshot = Arc::clone(&cell.borrow_and_update());
        let patient = cancelled >= PATIENCE;
        let stale = cell.clone();
        let job = tokio::task::spawn_blocking(move || {
            compute(snapshot, &|| !patient && stale.has_changed().unwrap_or(true))
        });
        match job.await {
            Ok(Some(outcome)) => {
                cancelled = 0;
                shown.update(&publisher, outcome).await;
            }
            Ok(None) => cancelled += 1,
            // Logged by the panic hook. What was shown stays: the next edit tries again.
            Err(_panic) => cancelled = 0,
        }
        if cell.changed().await.is_err() {
            break;
        }
    }
    publisher.diagnostics(&uri, Vec::new(), None).await;
}

/// What a check of one version comes to.
struct Outcome {
    snapshot: Arc<Snapshot>,
    diagnostics: Vec<Diagnostic>,
    status: Status,
}

fn compute(snapshot: Arc<Snapshot>, cancelled: &dyn Fn() -> bool) -> Option<Outcome> {
    hooks::before_check(&snapshot);
    snapshot.checked_unless(cancelled)?;
    let checked = snapshot.checked();
    let Tally { checks, broken } = checked.map(Checked::tally).unwrap_or_default();
    let status = Status { report: checked.is_some(), checks, broken };
    let diagnostics = diagnostics(&snapshot);
    Some(Outcome { snapshot, diagnostics, status })
}

/// The diagnostics of a snapshot, at most [`MOST`].
pub(super) fn diagnostics(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let findings = &snapshot.checked().map(Checked::findings).unwrap_or_default();
    let to_proto = ToProto::new(snapshot);
    if findings.len() <= MOST {
        return findings.iter().map(|it| to_proto.diagnostic(it)).collect();
    }
    let worst = worst(findings, MOST - 1);
    let mut diagnostics: Vec<_> = worst.iter().map(|it| to_proto.diagnostic(it)).collect();
    let count = findings.len() - worst.len();
    diagnostics.push(Diagnostic {
        range: diagnostics.last().map(|it| it.range).unwrap_or_default(),
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(SOURCE.to_owned()),
        message: Message::new("server.more").with("count", count).text(snapshot.session.lang),
        ..Diagnostic::default()
    });
    diagnostics
}

/// The `most` worst findings, in their order.
fn worst(findings: &[Finding], most: usize) -> Vec<&Finding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|it| std::cmp::Reverse(findings[*it].severity));
    order.truncate(most);
    order.sort_unstable();
    order.into_iter().map(|it| &findings[it]).collect()
}

/// What the client has been told about one document.
#[derive(Default)]
struct Shown {
    status: Status,
    /// Whether anything was published, and whether that was an empty list.
    published: Option<bool>,
}

impl Shown {
    async fn update(&mut self, publisher: &Publisher, outcome: Outcome) {
        let Outcome { snapshot, diagnostics, status } = outcome;
        let empty = diagnostics.is_empty();
        // A report's list is published for every version, also when it is the same as before:
        // clients show a list for the version that it names. Other texts are told once.
        if status.report || self.published.is_none_or(|was_empty| was_empty != empty) {
            self.published = Some(empty);
            publisher.diagnostics(&snapshot.uri, diagnostics, Some(snapshot.version)).await;
        }
        if status != self.status && snapshot.session.status {
            self.status = status.clone();
            publisher.status(&snapshot.uri, status).await;
        }
    }
}

impl Publisher {
    async fn diagnostics(&self, uri: &Url, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let params = PublishDiagnosticsParams::new(uri.clone(), diagnostics, version);
        self.send::<Published>(uri, params).await;
    }

    async fn status(&self, uri: &Url, status: Status) {
        let uri_of = StatusOf { uri, status };
        self.send::<StatusChanged>(uri, uri_of).await;
    }

    /// Sends a notification that names the document as the client does.
    async fn send<N>(&self, uri: &Url, params: impl Serialize)
    where
        N: Notification<Params = Value>,
    {
        let Ok(mut params) = serde_json::to_value(params) else { return };
        if let Some(spelling) = self.spellings.of(uri) {
            spelling.restore(&mut params);
        }
        self.client.send_notification::<N>(params).await;
    }
}

#[derive(Serialize)]
struct StatusOf<'a> {
    uri: &'a Url,
    #[serde(flatten)]
    status: Status,
}

/// `textDocument/publishDiagnostics` with a URI that need not be as `Url` writes it.
enum Published {}

impl Notification for Published {
    type Params = Value;
    const METHOD: &'static str = PublishDiagnostics::METHOD;
}

enum StatusChanged {}

impl Notification for StatusChanged {
    type Params = Value;
    const METHOD: &'static str = "gouji/status";
}
