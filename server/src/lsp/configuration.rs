//! How the client's settings are asked for.
//!
//! Some clients send them with each change, as always; some say that there was a change and
//! want to be asked; and some say even that only where the server has registered for it.

use serde_json::{Value, json};
use tower_lsp::lsp_types::{
    ConfigurationItem, ConfigurationParams, Registration, RegistrationParams,
};

/// The name of our settings among all.
const SECTION: &str = "gouji";

/// Registers for changes.
pub(super) fn registration() -> RegistrationParams {
    let method = "workspace/didChangeConfiguration".to_owned();
    // With the section, VS Code sends the settings too, and of other changes it is silent.
    let register_options = Some(json!({"section": SECTION}));
    let id = "gouji.configuration".to_owned();
    RegistrationParams { registrations: vec![Registration { id, method, register_options }] }
}

/// Whether the settings of a change are left to be asked for.
pub(super) fn is_left_out(settings: &Value) -> bool {
    settings.is_null() || settings.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Asks for our settings.
pub(super) fn question() -> ConfigurationParams {
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    ConfigurationParams { items: vec![item] }
}

/// The answer to [`question`] as a client that does not wait for it would have sent it.
pub(super) fn told(answer: Option<Vec<Value>>) -> Value {
    let section = answer.and_then(|it| it.into_iter().next()).unwrap_or_default();
    json!({SECTION: section})
}
