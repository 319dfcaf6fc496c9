//! One method per message of the protocol.
//!
//! Notifications change state before their first `await`, requests take their snapshot before
//! it; [`super::ingress`] makes that the order of the wire. Nothing here asks the client
//! anything, so no client can leave the server waiting.

use std::sync::{Arc, PoisonError, RwLock};

use dashmap::DashMap;
use gouji_analysis::{Config, Document};
use serde::Serialize;
use tokio::task::JoinHandle;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeActionParams, CodeActionResponse, CompletionParams, CompletionResponse,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentFormattingParams, DocumentRangeFormattingParams,
    FullDocumentDiagnosticReport, InitializeParams, InitializeResult, InitializedParams,
    RelatedFullDocumentDiagnosticReport, TextDocumentIdentifier, TextEdit, Url,
};
use tower_lsp::{LanguageServer, LspService};

use super::diagnostics::{self, Publisher};
use super::documents::{Documents, Snapshot};
use super::session::Session;
use super::{actions, blank_report, capabilities, completion, formatting, hooks, log, publication};

/// The state of one session.
#[derive(Debug)]
pub(super) struct Server {
    publisher: Publisher,
    documents: Documents,
    session: RwLock<Arc<Session>>,
    /// The last diagnostics task of each document: the next one waits for its end, so that
    /// the empty list of a close cannot follow the list of the next opening.
    tasks: DashMap<Url, JoinHandle<()>>,
}

/// The service. tower-lsp's `Client` is left unused: what the client is sent unasked goes to
/// the publisher, ready for the wire.
pub(super) fn service(publisher: Publisher) -> LspService<Server> {
    let builder = LspService::build(|_client| Server {
        publisher,
        documents: Documents::default(),
        session: RwLock::default(),
        tasks: DashMap::new(),
    });
    let builder = builder.custom_method("gouji/documentInfo", Server::document_info);
    let builder = builder.custom_method("gouji/blankReport", Server::blank_report);
    hooks::add(builder).finish().0
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.set_session(Session::new(&params));
        Ok(capabilities::answer(&params))
    }

    async fn initialized(&self, _: InitializedParams) {
        // Schemas and labels are read when they are first needed: better now than at the
        // first document.
        tokio::task::spawn_blocking(warm);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let uri = params.text_document.uri.clone();
        let Some(cell) = self.documents.open(params.text_document, self.session()) else { return };
        self.tasks.retain(|_, task| !task.is_finished());
        let before = self.tasks.remove(&uri);
        let publisher = self.publisher.clone();
        let task = tokio::spawn(async move {
            if let Some((_, before)) = before {
                let _ = before.await;
            }
            diagnostics::follow(publisher, cell).await;
        });
        self.tasks.insert(uri, task);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        if !self.documents.change(&document.uri, document.version, params.content_changes) {
            log::line(format_args!("a change of {}, which is not open", document.uri));
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        if !self.documents.close(&params.text_document.uri) {
            log::line(format_args!("a close of {}, which is not open", params.text_document.uri));
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if let Some(session) = self.session().configured(&params.settings) {
            self.set_session(session);
            self.documents.renew(&self.session());
        }
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.compute(&params.text_document.uri.clone(), move |it| actions::find(it, &params)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let uri = params.text_document_position.text_document.uri.clone();
        self.compute(&uri, move |it| completion::find(it, &params)).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.compute(&params.text_document.uri, formatting::all).await
    }

    async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let uri = params.text_document.uri.clone();
        self.compute(&uri, move |it| formatting::find(it, &params)).await
    }

    /// For clients that ask although it is not announced: those that are told would be sent
    /// each list twice.
    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let items = self.compute(&uri, publication::diagnostics).await?.unwrap_or_default();
        let full = FullDocumentDiagnosticReport { result_id: None, items };
        let report = RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: full,
        };
        Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)))
    }
}

/// Has the analysis prepare what it prepares once.
fn warm() {
    const REPORT: &str = "# 2024年政府信息公开工作年度报告\n\n| 行政许可 | 1 |\n";
    let _ = gouji_analysis::check(&Document::new(REPORT), &Config::default(), None, &|| false);
}

/// The answer to `gouji/documentInfo`: what the server holds of a document, by which a client
/// can tell whether the two are still in step.
#[derive(Debug, Serialize)]
struct DocumentInfo {
    version: i32,
    /// Bytes.
    length: usize,
    /// FNV-1a of the UTF-8 text, 64 bits in hexadecimal.
    hash: String,
}

impl Server {
    async fn document_info(&self, params: TextDocumentIdentifier) -> Result<Option<DocumentInfo>> {
        self.compute(&params.uri, DocumentInfo::new).await
    }

    #[expect(clippy::unused_async, reason = "methods of the protocol are futures")]
    async fn blank_report(&self, params: blank_report::Params) -> Result<blank_report::Answer> {
        blank_report::make(&self.session(), &params)
    }

    /// Runs `work` on the snapshot of this moment, away from the task that reads messages.
    async fn compute<T: Send + 'static>(
        &self,
        uri: &Url,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.documents.snapshot(uri) else { return Ok(None) };
        let done = tokio::task::spawn_blocking(move || work(&snapshot)).await;
        done.map(Some).map_err(|_panic| Error::internal_error())
    }

    fn session(&self) -> Arc<Session> {
        Arc::clone(&self.session.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set_session(&self, session: Session) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(session);
    }
}

impl DocumentInfo {
    fn new(snapshot: &Snapshot) -> Self {
        let text = snapshot.doc.text();
        let hash = format!("{:016x}", fnv1a(text.bytes()));
        Self { version: snapshot.version, length: text.len_bytes(), hash }
    }
}

fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}
