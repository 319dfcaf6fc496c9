//! What the client says of itself in `initialize`, and what of it decides what it is asked.

use tower_lsp::lsp_types::{ClientCapabilities, ClientInfo, InitializeParams, MarkupKind};

/// The client, by its own account.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Peer {
    /// Its name and version.
    pub(super) info: Option<ClientInfo>,
    capabilities: ClientCapabilities,
}

impl Peer {
    pub(super) fn new(params: &InitializeParams) -> Self {
        Self { info: params.client_info.clone(), capabilities: params.capabilities.clone() }
    }

    /// Whether it answers `workspace/configuration`.
    pub(super) fn gives_configuration(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.configuration).unwrap_or_default()
    }

    /// Whether it wants to be told that changes of the configuration are wanted.
    pub(super) fn registers_configuration(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        let changes = workspace.and_then(|it| it.did_change_configuration);
        changes.and_then(|it| it.dynamic_registration).unwrap_or_default()
    }

    /// Whether edits for it can name the version that they are meant for.
    pub(super) fn tells_versions_apart(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        let edit = workspace.and_then(|it| it.workspace_edit.as_ref());
        edit.and_then(|it| it.document_changes).unwrap_or_default()
    }

    /// Whether a completion can mark places to fill in.
    pub(super) fn knows_snippets(&self) -> bool {
        let document = self.capabilities.text_document.as_ref();
        let item = document.and_then(|it| it.completion.as_ref()?.completion_item.as_ref());
        item.and_then(|it| it.snippet_support).unwrap_or_default()
    }

    /// How it wants a hover: its favourite of those that it can show; Markdown where it does
    /// not say.
    pub(super) fn hover_kind(&self) -> MarkupKind {
        let document = self.capabilities.text_document.as_ref();
        let formats = document.and_then(|it| it.hover.as_ref()?.content_format.as_ref());
        formats.and_then(|it| it.first()).cloned().unwrap_or(MarkupKind::Markdown)
    }

    /// Whether it knows outlines that are trees.
    pub(super) fn has_symbol_trees(&self) -> bool {
        let document = self.capabilities.text_document.as_ref();
        let symbols = document.and_then(|it| it.document_symbol.as_ref());
        symbols.and_then(|it| it.hierarchical_document_symbol_support).unwrap_or_default()
    }

    /// Whether it applies edits that it did not ask for.
    pub(super) fn applies_edits(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.apply_edit).unwrap_or_default()
    }

    /// Whether it asks for inlay hints again when it is told to.
    pub(super) fn refreshes_hints(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support).unwrap_or_default()
    }

    /// Whether it asks for code lenses again when it is told to.
    pub(super) fn refreshes_lenses(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support).unwrap_or_default()
    }

    /// Whether it shows that something takes its time.
    pub(super) fn shows_progress(&self) -> bool {
        let window = self.capabilities.window.as_ref();
        window.and_then(|it| it.work_done_progress).unwrap_or_default()
    }

    /// Whether it asks for diagnostics again when it is told to.
    pub(super) fn refreshes_diagnostics(&self) -> bool {
        let workspace = self.capabilities.workspace.as_ref();
        workspace.and_then(|it| it.diagnostic.as_ref()?.refresh_support).unwrap_or_default()
    }
}
