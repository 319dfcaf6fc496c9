//! What the client says of itself in `initialize`, and what of it decides what it is asked.

use tower_lsp::lsp_types::{ClientCapabilities, ClientInfo, InitializeParams};

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
