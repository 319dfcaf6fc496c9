//! The server's messages against the protocol's types.
//!
//! A message is read and written again: what the protocol does not know is lost on the way,
//! and what it writes otherwise is changed.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::lsp_types::{
    ApplyWorkspaceEditParams, CodeActionResponse, CodeLens, CompletionResponse,
    ConfigurationParams, DiagnosticSeverity, DocumentDiagnosticReportResult, DocumentHighlight,
    DocumentSymbolResponse, FoldingRange, GotoDefinitionResponse, Hover, InitializeResult,
    InlayHint, Location, ProgressParams, PublishDiagnosticsParams, Range, RegistrationParams,
    SelectionRange, SemanticTokensResult, SymbolInformation, TextEdit, Url,
    WorkDoneProgressCreateParams,
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

/// The answer to `gouji/debugInformation`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct DebugInformation {
    text: String,
}

/// Fails unless `message` is a request that the server may make of its client.
pub(crate) fn check_request(message: &Value) {
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    assert!(message["id"].is_i64(), "{message}");
    let params = &message["params"];
    match message["method"].as_str() {
        Some("client/registerCapability") => round_trip::<RegistrationParams>(params),
        Some("workspace/applyEdit") => round_trip::<ApplyWorkspaceEditParams>(&escaped(params)),
        Some("window/workDoneProgress/create") => {
            round_trip::<WorkDoneProgressCreateParams>(params);
        }
        Some("workspace/diagnostic/refresh") => assert!(params.is_null(), "{message}"),
        Some("workspace/configuration") => round_trip::<ConfigurationParams>(params),
        Some("workspace/codeLens/refresh" | "workspace/inlayHint/refresh") => {
            assert!(params.is_null(), "{message}");
        }
        _ => panic!("an unexpected request: {message}"),
    }
}

/// The answer to `gouji/blankReport`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct BlankReport {
    text: String,
    template: String,
    language_id: String,
}

/// The answer to `gouji/preview`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Preview {
    version: i32,
    reports: Vec<Range>,
    shown: usize,
    nodes: Vec<PreviewNode>,
    findings: Vec<PreviewFinding>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
enum PreviewNode {
    Title { runs: Vec<PreviewRun> },
    Heading { level: u8, runs: Vec<PreviewRun> },
    Paragraph { runs: Vec<PreviewRun> },
    Signature { runs: Vec<PreviewRun> },
    Table { name: Option<String>, range: Range, rows: Vec<Vec<PreviewCell>>, findings: Vec<usize> },
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PreviewRun {
    text: String,
    range: Range,
    findings: Vec<usize>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PreviewCell {
    text: String,
    columns: usize,
    rows: usize,
    is_label: bool,
    range: Option<Range>,
    findings: Vec<usize>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct PreviewFinding {
    code: String,
    severity: DiagnosticSeverity,
    message: String,
    range: Range,
}

/// Fails unless `message` is a notification that the server may send.
pub(crate) fn check_notification(message: &Value) {
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    let params = &message["params"];
    match message["method"].as_str() {
        Some("textDocument/publishDiagnostics") => {
            round_trip::<PublishDiagnosticsParams>(&escaped(params));
            let diagnostics = params["diagnostics"].as_array().expect("a list");
            for diagnostic in diagnostics {
                assert_ne!(diagnostic["message"], "", "VS Code refuses it: {diagnostic}");
            }
        }
        Some("$/progress") => round_trip::<ProgressParams>(params),
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
        Some("workspace/executeCommand") => {
            assert!(result.is_null() || result["text"].is_string(), "{message}");
        }
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
        Some("textDocument/hover") => round_trip::<Option<Hover>>(result),
        Some("textDocument/documentHighlight") => {
            round_trip::<Option<Vec<DocumentHighlight>>>(result);
        }
        Some("textDocument/definition") => {
            round_trip::<Option<GotoDefinitionResponse>>(&escaped(result));
        }
        Some("textDocument/references") => round_trip::<Option<Vec<Location>>>(&escaped(result)),
        Some("textDocument/selectionRange") => round_trip::<Option<Vec<SelectionRange>>>(result),
        Some("textDocument/inlayHint") => round_trip::<Option<Vec<InlayHint>>>(result),
        Some("textDocument/codeLens") => round_trip::<Option<Vec<CodeLens>>>(result),
        Some("textDocument/documentSymbol") => {
            round_trip::<Option<DocumentSymbolResponse>>(&escaped(result));
        }
        Some("workspace/symbol") => {
            round_trip::<Option<Vec<SymbolInformation>>>(&escaped(result));
        }
        Some("textDocument/foldingRange") => round_trip::<Option<Vec<FoldingRange>>>(result),
        Some("textDocument/semanticTokens/full" | "textDocument/semanticTokens/range") => {
            round_trip::<Option<SemanticTokensResult>>(result);
        }
        Some("gouji/blankReport") => round_trip::<BlankReport>(result),
        Some("gouji/debugInformation") => round_trip::<DebugInformation>(result),
        Some("gouji/documentInfo") => round_trip::<Option<DocumentInfo>>(result),
        Some("gouji/preview") => round_trip::<Option<Preview>>(result),
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
