//! What the server says it can do.

use gouji_syntax::Encoding;
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, InitializeParams,
    InitializeResult, OneOf, PositionEncodingKind, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
};

use super::{completion, session};

/// Every safe fix at once: of use on save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.gouji");

/// Changes that repair nothing: a total computed anew from its addends.
pub(super) const REWRITE: CodeActionKind = CodeActionKind::new("refactor.rewrite.gouji");

/// The answer to `initialize`.
pub(super) fn answer(params: &InitializeParams) -> InitializeResult {
    let info = ServerInfo {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    };
    let capabilities = ServerCapabilities {
        // Clients from before the negotiation are not told what they did not ask for.
        position_encoding: session::offered(&params.capabilities).next().map(kind),
        text_document_sync: Some(sync()),
        code_action_provider: Some(code_actions()),
        completion_provider: Some(completion::options()),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    };
    InitializeResult { capabilities, server_info: Some(info) }
}

fn kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

fn sync() -> TextDocumentSyncCapability {
    TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        ..TextDocumentSyncOptions::default()
    })
}

fn code_actions() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL, REWRITE]),
        ..CodeActionOptions::default()
    })
}
