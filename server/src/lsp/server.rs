//! One method per message of the protocol.
//!
//! Notifications change state before their first `await`, requests take their snapshot before
//! it; [`super::ingress`] makes that the order of the wire. What awaits an answer of the
//! client keeps nothing else waiting.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use dashmap::DashMap;
use gouji_analysis::{Config, Document};
use serde::Serialize;
use serde_json::Value;
use tokio::task::JoinHandle;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::{
    ApplyWorkspaceEdit, CodeLensRefresh, InlayHintRefreshRequest, RegisterCapability,
    WorkspaceConfiguration, WorkspaceDiagnosticRefresh,
};
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams,
    CompletionParams, CompletionResponse, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentFormattingParams,
    DocumentHighlight, DocumentHighlightParams, DocumentRangeFormattingParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange,
    FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location,
    ReferenceParams, SelectionRange, SelectionRangeParams, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, SymbolInformation,
    TextDocumentIdentifier, TextEdit, Url, WorkspaceSymbolParams,
};
use tower_lsp::{LanguageServer, LspService};

use super::capabilities::{DEBUG_INFORMATION, RECOMPUTE_TABLE};
use super::client::Client;
use super::diagnostics::{self, Publisher};
use super::documents::{Documents, Snapshot};
use super::hash::fnv1a;
use super::session::{Delivery, Session};
use super::{
    actions, blank_report, capabilities, completion, configuration, debug, formatting, hints,
    hooks, hover, log, navigation, outline, preview, pull, tokens,
};

/// The state of one session.
#[derive(Debug)]
pub(super) struct Server {
    publisher: Publisher,
    client: Client,
    documents: Documents,
    session: RwLock<Arc<Session>>,
    /// The last diagnostics task of each document: the next one waits for its end, so that
    /// the empty list of a close cannot follow the list of the next opening.
    tasks: DashMap<Url, JoinHandle<()>>,
    /// How often the configuration has changed.
    configurations: AtomicU64,
}

/// The service. tower-lsp's `Client` is left unused: what the client is sent unasked goes to
/// the publisher, ready for the wire, and what it is asked to `client`.
pub(super) fn service(publisher: Publisher, client: Client) -> LspService<Server> {
    let builder = LspService::build(|_client| Server {
        publisher,
        client,
        documents: Documents::default(),
        session: RwLock::default(),
        tasks: DashMap::new(),
        configurations: AtomicU64::new(0),
    });
    let builder = builder.custom_method("gouji/documentInfo", Server::document_info);
    let builder = builder.custom_method("gouji/blankReport", Server::blank_report);
    let builder = builder.custom_method("gouji/preview", Server::preview);
    let builder = builder.custom_method("gouji/debugInformation", Server::debug_information);
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
        if self.session().peer.registers_configuration() {
            self.client.request::<RegisterCapability>(configuration::registration()).await;
        }
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
        let change = 1 + self.configurations.fetch_add(1, Ordering::Relaxed);
        if !configuration::is_left_out(&params.settings) {
            return self.configure(&params.settings);
        }
        if self.session().peer.gives_configuration() {
            let question = configuration::question();
            let answer = self.client.request::<WorkspaceConfiguration>(question).await;
            // What was told later is right, whichever is answered first.
            if change == self.configurations.load(Ordering::Relaxed) {
                self.configure(&configuration::told(answer));
            }
        }
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        self.compute(&params.text_document.uri.clone(), move |it| actions::find(it, &params)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.find(&uri, move |it| hover::find(it, &params)).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.find(&uri, move |it| navigation::highlights(it, &params)).await
    }

    async fn goto_definition(
        &self,
        params: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.find(&uri, move |it| navigation::definitions(it, &params)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let uri = params.text_document_position.text_document.uri.clone();
        self.find(&uri, move |it| navigation::references(it, &params)).await
    }

    async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let uri = params.text_document.uri.clone();
        self.find(&uri, move |it| navigation::selections(it, &params)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.find(&params.text_document.uri.clone(), move |it| hints::inlay(it, &params)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.find(&params.text_document.uri, hints::lenses).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command == DEBUG_INFORMATION {
            let information = self.debug_information(Value::Null).await?;
            return serde_json::to_value(information)
                .map(Some)
                .map_err(|_| Error::internal_error());
        }
        if params.command != RECOMPUTE_TABLE {
            return Err(Error::invalid_params(format!("no command {}", params.command)));
        }
        let Some((uri, position)) = hints::target(&params) else {
            return Err(Error::invalid_params("the argument is {uri, position}"));
        };
        let edit = self.find(&uri, move |it| hints::recomputed(it, position)).await?;
        if let Some(edit) = edit.filter(|_| self.session().peer.applies_edits()) {
            let params = ApplyWorkspaceEditParams { label: None, edit };
            self.client.request::<ApplyWorkspaceEdit>(params).await;
        }
        Ok(None)
    }

    async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.find(&params.text_document.uri, outline::document).await
    }

    async fn symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<Vec<SymbolInformation>>> {
        let snapshots = self.documents.all();
        let found = move || outline::workspace(&snapshots, &params.query);
        let found = tokio::task::spawn_blocking(found).await;
        found.map(Some).map_err(|_panic| Error::internal_error())
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.find(&params.text_document.uri, outline::folds).await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let found = self.find(&params.text_document.uri, tokens::full).await?;
        Ok(found.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let uri = params.text_document.uri;
        let found = self.find(&uri, move |it| tokens::range(it, params.range)).await?;
        Ok(found.map(SemanticTokensRangeResult::Tokens))
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

    async fn diagnostic(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri.clone();
        let found = self.compute(&uri, move |it| pull::find(it, &params)).await?;
        Ok(found.unwrap_or_else(pull::none))
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
    /// Takes over settings that say something new, and has all documents checked with them.
    fn configure(&self, settings: &Value) {
        let session = self.session();
        if let Some(configured) = session.configured(settings).filter(|it| it != &*session) {
            self.set_session(configured);
            self.documents.renew(&self.session());
            self.refresh();
            self.refresh_diagnostics();
        }
    }

    /// Has the client ask again for what it shows beside diagnostics.
    fn refresh(&self) {
        let peer = &self.session().peer;
        // Whether it does is its own affair: nobody waits for the answers.
        if peer.refreshes_hints() {
            drop(self.client.request::<InlayHintRefreshRequest>(()));
        }
        if peer.refreshes_lenses() {
            drop(self.client.request::<CodeLensRefresh>(()));
        }
    }

    /// Has a client that pulls ask again.
    fn refresh_diagnostics(&self) {
        let session = self.session();
        if session.delivery == Delivery::Pull && session.peer.refreshes_diagnostics() {
            // Whether it does is its own affair: nobody waits for the answer.
            drop(self.client.request::<WorkspaceDiagnosticRefresh>(()));
        }
    }

    async fn document_info(&self, params: TextDocumentIdentifier) -> Result<Option<DocumentInfo>> {
        self.compute(&params.uri, DocumentInfo::new).await
    }

    #[expect(clippy::unused_async, reason = "methods of the protocol are futures")]
    async fn blank_report(&self, params: blank_report::Params) -> Result<blank_report::Answer> {
        blank_report::make(&self.session(), &params)
    }

    async fn preview(&self, params: preview::Params) -> Result<Option<preview::Preview>> {
        let uri = params.text_document.uri.clone();
        self.compute(&uri, move |it| preview::find(it, &params)).await
    }

    /// Its parameters are `{}`.
    async fn debug_information(&self, _: Value) -> Result<debug::Information> {
        let (session, snapshots) = (self.session(), self.documents.all());
        let made = move || debug::Information::new(&session, &snapshots);
        tokio::task::spawn_blocking(made).await.map_err(|_panic| Error::internal_error())
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

    /// As [`Self::compute`], where there may be nothing to find.
    async fn find<T: Send + 'static>(
        &self,
        uri: &Url,
        work: impl FnOnce(&Snapshot) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        Ok(self.compute(uri, work).await?.flatten())
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
        let hash = fnv1a(text.bytes());
        Self { version: snapshot.version, length: text.len_bytes(), hash }
    }
}
