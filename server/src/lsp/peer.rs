//! What the client says of itself in `initialize`, and what of it decides what it is asked.

use tower_lsp::lsp_types::{
    ClientInfo, InitializeParams, MarkupKind, TextDocumentClientCapabilities,
    WindowClientCapabilities, WorkspaceClientCapabilities,
};

/// The client, by its own account.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Peer {
    /// Its name and version.
    pub(super) info: Option<ClientInfo>,
    workspace: WorkspaceClientCapabilities,
    document: TextDocumentClientCapabilities,
    window: WindowClientCapabilities,
}

impl Peer {
    pub(super) fn new(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        Self {
            info: params.client_info.clone(),
            workspace: capabilities.workspace.clone().unwrap_or_default(),
            document: capabilities.text_document.clone().unwrap_or_default(),
            window: capabilities.window.clone().unwrap_or_default(),
        }
    }

    /// Whether it answers `workspace/configuration`.
    pub(super) fn gives_configuration(&self) -> bool {
        self.workspace.configuration.unwrap_or_default()
    }

    /// Whether it wants to be told that changes of the configuration are wanted.
    pub(super) fn registers_configuration(&self) -> bool {
        let changes = self.workspace.did_change_configuration;
        changes.and_then(|it| it.dynamic_registration).unwrap_or_default()
    }

    /// Whether edits for it can name the version that they are meant for.
    pub(super) fn tells_versions_apart(&self) -> bool {
        let edit = self.workspace.workspace_edit.as_ref();
        edit.and_then(|it| it.document_changes).unwrap_or_default()
    }

    /// Whether a completion can mark places to fill in.
    pub(super) fn knows_snippets(&self) -> bool {
        let item = self.document.completion.as_ref().and_then(|it| it.completion_item.as_ref());
        item.and_then(|it| it.snippet_support).unwrap_or_default()
    }

    /// How it wants a hover: its favourite of those that it can show; Markdown where it does
    /// not say.
    pub(super) fn hover_kind(&self) -> MarkupKind {
        let formats = self.document.hover.as_ref().and_then(|it| it.content_format.as_ref());
        formats.and_then(|it| it.first()).cloned().unwrap_or(MarkupKind::Markdown)
    }

    /// Whether it knows outlines that are trees.
    pub(super) fn has_symbol_trees(&self) -> bool {
        let symbols = self.document.document_symbol.as_ref();
        symbols.and_then(|it| it.hierarchical_document_symbol_support).unwrap_or_default()
    }

    /// Whether it applies edits that it did not ask for.
    pub(super) fn applies_edits(&self) -> bool {
        self.workspace.apply_edit.unwrap_or_default()
    }

    /// Whether it asks for inlay hints again when it is told to.
    pub(super) fn refreshes_hints(&self) -> bool {
        let hints = self.workspace.inlay_hint.as_ref();
        hints.and_then(|it| it.refresh_support).unwrap_or_default()
    }

    /// Whether it asks for code lenses again when it is told to.
    pub(super) fn refreshes_lenses(&self) -> bool {
        let lenses = self.workspace.code_lens.as_ref();
        lenses.and_then(|it| it.refresh_support).unwrap_or_default()
    }

    /// Whether it shows that something takes its time.
    pub(super) fn shows_progress(&self) -> bool {
        self.window.work_done_progress.unwrap_or_default()
    }

    /// Whether it asks for diagnostics again when it is told to.
    pub(super) fn refreshes_diagnostics(&self) -> bool {
        let diagnostics = self.workspace.diagnostic.as_ref();
        diagnostics.and_then(|it| it.refresh_support).unwrap_or_default()
    }
}
