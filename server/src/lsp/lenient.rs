//! Messages that the types of lsp-types refuse or misread although their meaning is plain.
//!
//! A refused `didChange` would leave the document out of step with the editor for good. So a
//! number outside its range becomes the nearest inside it, and a missing version 0.

use serde_json::{Map, Value, json};
use tower_lsp::jsonrpc::Request;

/// The request with what can be mended in it.
pub(super) fn mend(request: Request) -> Request {
    let method = request.method();
    let is_on_document = method.starts_with("textDocument/");
    if !is_on_document && !matches!(method, "initialize" | "shutdown") {
        return request;
    }
    let (method, id, params) = request.into_parts();
    // Some clients send `null` or `{}` where `shutdown` has no parameters.
    let params = params.filter(|_| method != "shutdown").map(|mut params| {
        match &*method {
            "initialize" => rename_diagnostics(&mut params),
            "textDocument/didOpen" | "textDocument/didChange" => complete(&mut params),
            _ => (),
        }
        if is_on_document {
            clamp(&mut params);
        }
        params
    });
    let mut mended = Request::build(method);
    if let Some(params) = params {
        mended = mended.params(params);
    }
    if let Some(id) = id {
        mended = mended.id(id);
    }
    mended.finish()
}

/// Gives `workspace.diagnostics` the name by which lsp-types look for it.
fn rename_diagnostics(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    let Some(workspace) = workspace else { return };
    if let Some(diagnostics) = workspace.remove("diagnostics") {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
}

/// Adds what a document item must have and some clients leave out or send as `null`.
fn complete(params: &mut Value) {
    let Some(document) = params.get_mut("textDocument").and_then(Value::as_object_mut) else {
        return;
    };
    for (key, default) in [("version", json!(0)), ("languageId", json!(""))] {
        let value = document.entry(key).or_insert(Value::Null);
        if value.is_null() {
            *value = default;
        }
    }
}

fn clamp(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(clamp),
        Value::Object(members) => clamp_members(members),
        _ => (),
    }
}

fn clamp_members(members: &mut Map<String, Value>) {
    // Deprecated, and ignored here.
    members.remove("rangeLength");
    for (key, value) in members {
        match key.as_str() {
            "line" | "character" => to_range(value, 0, i64::from(u32::MAX)),
            "version" => to_range(value, i64::from(i32::MIN), i64::from(i32::MAX)),
            // What we sent ourselves and clients only send back.
            "data" => (),
            _ => clamp(value),
        }
    }
}

fn to_range(value: &mut Value, least: i64, most: i64) {
    let Value::Number(number) = &*value else { return };
    let whole = number.as_i64().unwrap_or_else(|| {
        // A fraction is cut off; a number beyond 64 bits ends at the bound of its side.
        number.as_f64().map_or(most, |it| it as i64)
    });
    *value = json!(whole.clamp(least, most));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(method: &'static str, params: Value) -> Option<Value> {
        mend(Request::build(method).params(params).finish()).into_parts().2
    }

    #[test]
    fn numbers_outside_their_range_become_the_nearest_inside() {
        let position = json!({"line": -1, "character": 1e30});
        let change = json!({"range": {"start": position, "end": {"line": 1.0, "character": 2}},
            "rangeLength": -5, "text": "x"});
        let params = json!({"textDocument": {"uri": "a:b", "version": 99_999_999_999_i64},
            "contentChanges": [change]});
        let params = mended("textDocument/didChange", params).unwrap();
        let range = &params["contentChanges"][0]["range"];
        assert_eq!(range["start"], json!({"line": 0, "character": u32::MAX}));
        assert_eq!(range["end"], json!({"line": 1, "character": 2}));
        assert_eq!(params["textDocument"]["version"], json!(i32::MAX));
        assert!(params["contentChanges"][0].get("rangeLength").is_none());
    }

    #[test]
    fn a_missing_version_is_zero() {
        for document in [json!({"uri": "a:b"}), json!({"uri": "a:b", "version": null})] {
            let params = json!({"textDocument": document, "contentChanges": []});
            let params = mended("textDocument/didChange", params).unwrap();
            assert_eq!(params["textDocument"]["version"], 0);
        }
    }

    #[test]
    fn shutdown_has_no_parameters() {
        assert_eq!(mended("shutdown", Value::Null), None);
        assert_eq!(mended("shutdown", json!({})), None);
    }

    #[test]
    fn other_messages_stay_as_they_are() {
        let params = json!({"line": -1});
        assert_eq!(mended("workspace/executeCommand", params.clone()), Some(params));
    }
}
