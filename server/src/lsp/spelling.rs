//! How the client writes the URI of a document.
//!
//! `Url` escapes what the client may have left as it is: one sends 报告.md in the path, others
//! %E6… or %e6…. Clients compare strings, so a document is named to them as they named it.

use std::sync::Arc;

use dashmap::DashMap;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::lsp_types::Url;

/// The documents that `Url` writes otherwise than the client does.
#[derive(Debug, Default)]
pub(super) struct Spellings(DashMap<Url, Spelling>);

/// Puts the client's spelling of one URI back.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    ours: Arc<str>,
    theirs: Arc<str>,
}

impl Spellings {
    /// Remembers how a request or notification spells its document's URI.
    pub(super) fn note(&self, request: &Request) -> Option<Spelling> {
        let theirs = request.params()?.get("textDocument")?.get("uri")?.as_str()?;
        let uri = Url::parse(theirs).ok()?;
        if uri.as_str() == theirs {
            self.0.remove(&uri);
            return None;
        }
        let spelling = Spelling { ours: uri.as_str().into(), theirs: theirs.into() };
        self.0.insert(uri, spelling.clone());
        Some(spelling)
    }

    /// Puts the client's spelling of every document back.
    pub(super) fn restore(&self, value: &mut Value) {
        self.0.iter().for_each(|it| it.restore(value));
    }

    /// The spelling of a document that `Url` writes otherwise.
    pub(super) fn of(&self, uri: &Url) -> Option<Spelling> {
        self.0.get(uri).map(|it| it.value().clone())
    }
}

impl Spelling {
    /// The URI as the client writes it.
    pub(super) fn theirs(&self) -> Arc<str> {
        Arc::clone(&self.theirs)
    }

    /// A response with the client's spelling in its result.
    pub(super) fn response(&self, response: Response) -> Response {
        let (id, body) = response.into_parts();
        let body = body.map(|mut value| {
            self.restore(&mut value);
            value
        });
        Response::from_parts(id, body)
    }

    /// Replaces the URI wherever it stands as a string or, in `changes`, as a key.
    pub(super) fn restore(&self, value: &mut Value) {
        match value {
            Value::String(text) if **text == *self.ours => *text = self.theirs.to_string(),
            Value::Array(items) => items.iter_mut().for_each(|it| self.restore(it)),
            Value::Object(members) => {
                if let Some(member) = members.remove(&*self.ours) {
                    members.insert(self.theirs.to_string(), member);
                }
                self.restore_members(members);
            }
            _ => (),
        }
    }

    fn restore_members(&self, members: &mut Map<String, Value>) {
        members.values_mut().for_each(|it| self.restore(it));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn note(uri: &str) -> Option<Spelling> {
        let params = json!({"textDocument": {"uri": uri}});
        Spellings::default().note(&Request::build("textDocument/didOpen").params(params).finish())
    }

    #[test]
    fn escapes_of_either_case_need_no_spelling() {
        assert!(note("file:///%E6%8A%A5.md").is_none());
        assert!(note("file:///%e6%8a%a5.md").is_none());
        assert!(note("untitled:Untitled-1").is_none());
    }

    #[test]
    fn an_unescaped_path_is_put_back_as_string_and_as_key() {
        let theirs = "file:///报.md";
        let spelling = note(theirs).unwrap();
        let ours = "file:///%E6%8A%A5.md";
        let mut value = json!({"changes": {ours: []}, "list": [{"uri": ours}, "file:///a"]});
        spelling.restore(&mut value);
        let expected = json!({"changes": {theirs: []}, "list": [{"uri": theirs}, "file:///a"]});
        assert_eq!(value, expected);
    }
}
