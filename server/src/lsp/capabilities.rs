//! What the server says it can do.

use gouji_syntax::Encoding;
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    ExecuteCommandOptions, FoldingRangeProviderCapability, HoverProviderCapability,
    InitializeParams, InitializeResult, OneOf, PositionEncodingKind,
    SelectionRangeProviderCapability, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions,
};

use super::session::Delivery;
use super::{completion, pull, session, tokens};

/// Every safe fix at once: of use on save.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.gouji");

/// Changes that repair nothing: a total computed anew from its addends.
pub(super) const REWRITE: CodeActionKind = CodeActionKind::new("refactor.rewrite.gouji");

/// The command of a code lens: recomputes the totals of a table. Its argument is
/// `{"uri": …, "position": …}`, with a position in the table.
pub(super) const RECOMPUTE_TABLE: &str = "gouji.recomputeTable";

/// The command that answers what `gouji/debugInformation` does. It is not announced: VS Code's
/// client would make a command of its own of it, and the extension has one that shows the answer.
pub(super) const DEBUG_INFORMATION: &str = "gouji.debugInformation";

/// The answer to `initialize`.
pub(super) fn answer(params: &InitializeParams) -> InitializeResult {
    let info = ServerInfo {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    };
    let pulls = session::delivery(params) == Delivery::Pull;
    let capabilities = ServerCapabilities {
        // Clients from before the negotiation are not told what they did not ask for.
        position_encoding: session::offered(&params.capabilities).next().map(kind),
        text_document_sync: Some(sync()),
        code_action_provider: Some(code_actions()),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(commands()),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(tokens::options().into()),
        completion_provider: Some(completion::options()),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        // To a client that is sent the lists it is not announced: it would show both.
        diagnostic_provider: pulls.then(pull::options),
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

fn commands() -> ExecuteCommandOptions {
    let commands = vec![RECOMPUTE_TABLE.to_owned()];
    ExecuteCommandOptions { commands, ..ExecuteCommandOptions::default() }
}

fn code_actions() -> CodeActionProviderCapability {
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL, REWRITE]),
        ..CodeActionOptions::default()
    })
}
