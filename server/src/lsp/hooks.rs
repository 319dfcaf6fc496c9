//! Requests by which the process tests make the server slow or make it fail.
//!
//! They exist only with the environment variable `GOUJI_TEST_HOOKS`.

use std::sync::LazyLock;

use serde_json::Value;
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use super::documents::Snapshot;
use super::server::Server;

static ON: LazyLock<bool> = LazyLock::new(|| std::env::var_os("GOUJI_TEST_HOOKS").is_some());

/// A document with this text cannot be checked.
const UNCHECKABLE: &str = "gouji/test/panic";

/// Adds the requests to the service.
pub(super) fn add(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    if !*ON {
        return builder;
    }
    builder
        .custom_method("gouji/test/wait", wait)
        .custom_method("gouji/test/panic", panic)
        .custom_method("gouji/test/panicNotification", panic_notification)
}

/// Panics where the text asks for it.
pub(super) fn before_check(snapshot: &Snapshot) {
    if *ON {
        let asked = snapshot.doc.text().to_string().contains(UNCHECKABLE);
        assert!(!asked, "asked to panic in a check");
    }
}

/// Waits until it is cancelled.
async fn wait(_server: &Server) -> Result<Value> {
    std::future::pending().await
}

async fn panic(_server: &Server) -> Result<Value> {
    panic!("asked to panic in a request")
}

async fn panic_notification(_server: &Server) {
    panic!("asked to panic in a notification")
}
