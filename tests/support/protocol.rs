//! The server's messages against the protocol's types.
//!
//! A message is read and written again: what the protocol does not know is lost on the way,
//! and what it writes otherwise is changed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::lsp_types::{
    CodeActionResponse, CompletionResponse, DocumentDiagnosticReportResult, InitializeResult,
    PublishDiagnosticsParams, TextEdit, Url,
};

/// `gouji/status`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Status {
    uri: String,
    report: bool,
    checks: u32,
    broken: u32,
}

/// The answer to `gouji/documentInfo`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct DocumentInfo {
    version: i32,
    length: u64,
    hash: String,
}

/// The answer to `gouji/blankReport`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct BlankReport {
    text: String,
    template: String,
    language_id: String,
}

/// Fails unless `message` is a notification that the server may send.
pub(crate) fn check_notification(message: &Value) {
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    assert!(message.get("id").is_none(), "the server asks its client nothing: {message}");
    let params = &message["params"];
    match message["method"].as_str() {
        Some("textDocument/publishDiagnostics") => {
            round_trip::<PublishDiagnosticsParams>(&escaped(params));
            let diagnostics = params["diagnostics"].as_array().expect("a list");
            for diagnostic in diagnostics {
                assert_ne!(diagnostic["message"], "", "VS Code refuses it: {diagnostic}");
            }
        }
        Some("gouji/status") => round_trip::<Status>(params),
        _ => panic!("an unexpected message: {message}"),
    }
}

/// Fails unless `message` is an answer to a request `method`.
pub(crate) fn check_response(method: Option<&str>, message: &Value) {
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    let error = message.get("error");
    assert_ne!(message.get("result").is_some(), error.is_some(), "{message}");
    if let Some(error) = error {
        assert!(error["code"].is_i64() && error["message"].is_string(), "{message}");
        return;
    }
    let result = &message["result"];
    match method {
        Some("initialize") => round_trip::<InitializeResult>(result),
        Some("shutdown") => assert!(result.is_null(), "{message}"),
        Some("textDocument/codeAction") => {
            round_trip::<Option<CodeActionResponse>>(&escaped(result));
        }
        Some("textDocument/completion") => round_trip::<Option<CompletionResponse>>(result),
        Some("textDocument/formatting" | "textDocument/rangeFormatting") => {
            round_trip::<Option<Vec<TextEdit>>>(result);
        }
        Some("textDocument/diagnostic") => {
            round_trip::<DocumentDiagnosticReportResult>(&escaped(result));
        }
        Some("gouji/blankReport") => round_trip::<BlankReport>(result),
        Some("gouji/documentInfo") => round_trip::<Option<DocumentInfo>>(result),
        _ => panic!("no request {method:?} was sent for {message}"),
    }
}

#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(value: &Value) {
    let typed: T = serde_json::from_value(value.clone())
        .unwrap_or_else(|error| panic!("not the protocol's: {error}: {value}"));
    let again = serde_json::to_value(typed).expect("it came from JSON");
    assert_eq!(&again, value, "not the protocol's");
}

/// The value with paths as the types write them: the server names a document as its client
/// does, which may leave Chinese unescaped.
fn escaped(value: &Value) -> Value {
    match value {
        Value::String(text) if ["file:", "untitled:"].iter().any(|it| text.starts_with(it)) => {
            let url = Url::parse(text).expect("a URI");
            Value::String(url.to_string())
        }
        Value::Array(items) => Value::Array(items.iter().map(escaped).collect()),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(key, value)| {
                    let key = escaped(&Value::String(key.clone()));
                    (key.as_str().unwrap_or_default().to_owned(), escaped(value))
                })
                .collect(),
        ),
        _ => value.clone(),
    }
}
