//! Requests by which the process tests make the server slow or make it fail.
//!
//! They exist only with the environment variable `GOUJI_TEST_HOOKS`.

use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

use serde_json::Value;
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use super::documents::Snapshot;
use super::server::Server;

static ON: LazyLock<bool> = LazyLock::new(|| std::env::var_os("GOUJI_TEST_HOOKS").is_some());

/// A document with this text cannot be checked.
const UNCHECKABLE: &str = "gouji/test/panic";

/// A long document with this text is checked when `gouji/test/release` has come.
const HELD: &str = "gouji/test/hold";

static RELEASED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// Adds the requests to the service.
pub(super) fn add(builder: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    if !*ON {
        return builder;
    }
    builder
        .custom_method("gouji/test/wait", wait)
        .custom_method("gouji/test/release", release)
        .custom_method("gouji/test/panic", panic)
        .custom_method("gouji/test/panicNotification", panic_notification)
}

/// Panics or waits where the text asks for it.
pub(super) fn before_check(snapshot: &Snapshot) {
    if *ON {
        let text = snapshot.doc.text().to_string();
        assert!(!text.contains(UNCHECKABLE), "asked to panic in a check");
        if text.contains(HELD) && snapshot.is_long() {
            let released = RELEASED.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _released = RELEASED.1.wait_while(released, |it| !*it);
        }
    }
}

/// Waits until it is cancelled.
async fn wait(_server: &Server) -> Result<Value> {
    std::future::pending().await
}

async fn release(_server: &Server) {
    *RELEASED.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
    RELEASED.1.notify_all();
}

async fn panic(_server: &Server) -> Result<Value> {
    panic!("asked to panic in a request")
}

async fn panic_notification(_server: &Server) {
    panic!("asked to panic in a notification")
}
