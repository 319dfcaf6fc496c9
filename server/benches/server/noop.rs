//! The floor: tower-lsp as everybody runs it, keeping the text in a rope and answering each
//! change with a fixed list of diagnostics. What a server costs that does nothing.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Diagnostic, DiagnosticSeverity, DidChangeTextDocumentParams, DidOpenTextDocumentParams,
    InitializeParams, InitializeResult, NumberOrString, Position, Range, ServerCapabilities,
    TextDocumentContentChangeEvent, TextDocumentSyncCapability, TextDocumentSyncKind, Url,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

/// Serves standard input and output, with so many diagnostics after each change.
pub(crate) fn serve(diagnostics: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let diagnostics = (0..diagnostics).map(|it| diagnostic(it as u32)).collect();
    runtime.block_on(async {
        let (service, socket) =
            LspService::new(|client| Noop { client, texts: Mutex::default(), diagnostics });
        Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    });
    runtime.shutdown_background();
}

struct Noop {
    client: Client,
    texts: Mutex<HashMap<Url, Rope>>,
    diagnostics: Vec<Diagnostic>,
}

impl Noop {
    fn texts(&self) -> MutexGuard<'_, HashMap<Url, Rope>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn publish(&self, uri: Url, version: i32) {
        self.client.publish_diagnostics(uri, self.diagnostics.clone(), Some(version)).await;
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Noop {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let sync = TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL);
        let capabilities =
            ServerCapabilities { text_document_sync: Some(sync), ..ServerCapabilities::default() };
        Ok(InitializeResult { capabilities, server_info: None })
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.texts().insert(document.uri.clone(), Rope::from_str(&document.text));
        self.publish(document.uri, document.version).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        if let Some(text) = self.texts().get_mut(&document.uri) {
            params.content_changes.iter().for_each(|it| apply(text, it));
        }
        self.publish(document.uri, document.version).await;
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

fn apply(text: &mut Rope, change: &TextDocumentContentChangeEvent) {
    let Some(range) = change.range else {
        *text = Rope::from_str(&change.text);
        return;
    };
    let at = |it: Position| {
        let line = text.line_to_char(it.line as usize);
        text.utf16_cu_to_char(text.char_to_utf16_cu(line) + it.character as usize)
    };
    let (start, end) = (at(range.start), at(range.end));
    text.remove(start..end);
    text.insert(start, &change.text);
}

/// A diagnostic of ordinary size.
fn diagnostic(line: u32) -> Diagnostic {
    Diagnostic {
        range: Range::new(Position::new(line, 20), Position::new(line, 22)),
        severity: Some(DiagnosticSeverity::ERROR),
        code: Some(NumberOrString::String("R301".to_owned())),
        source: Some("noop".to_owned()),
        message: "表三「（一）予以公开」总计应为 12（9+2+1），现为 11，差 −1".to_owned(),
        ..Diagnostic::default()
    }
}
