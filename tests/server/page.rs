//! An open report, of which things are asked by the words that stand there.

// Calls read better with `json!(…)` than with `&json!(…)`.
#![allow(clippy::needless_pass_by_value)]

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};

use crate::support::Client;

pub(crate) const URI: &str = "file:///report.md";

/// The report of the README, with a wrong total, percentage and statement.
pub(crate) const SAMPLE: &str = include_str!("../reports/sample.md");

/// A client with one open report.
pub(crate) struct Page {
    client: Client,
    text: String,
}

impl Deref for Page {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

impl Page {
    pub(crate) fn open(text: &str) -> Self {
        Self::open_with(json!({"capabilities": {}}), text)
    }

    pub(crate) fn open_with(params: Value, text: &str) -> Self {
        let (mut client, _) = Client::start_with(params);
        client.open(URI, 1, text);
        Self { client, text: text.to_owned() }
    }

    /// The position right after the first of two strings, where the second follows it at once.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> Value {
        let at = self.text.find(&format!("{before}{after}")).expect("the text has it");
        self.position(at + before.len())
    }

    fn position(&self, at: usize) -> Value {
        let before = &self.text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        let character = line.encode_utf16().count();
        json!({"line": before.matches('\n').count(), "character": character})
    }

    /// The text of a range.
    #[track_caller]
    pub(crate) fn text_at(&self, range: &Value) -> String {
        let offset = |it: &Value| {
            let number = |name: &str| it[name].as_u64().expect("a number") as usize;
            let line = self.text.split_inclusive('\n').take(number("line"));
            let start: usize = line.map(str::len).sum();
            let units: Vec<u16> =
                self.text[start..].encode_utf16().take(number("character")).collect();
            start + String::from_utf16(&units).expect("whole characters").len()
        };
        self.text[offset(&range["start"])..offset(&range["end"])].to_owned()
    }

    /// Asks something about a position; `more` are further parameters.
    #[track_caller]
    pub(crate) fn ask_at(&mut self, method: &str, position: Value, more: Value) -> Value {
        let mut params = json!({"textDocument": {"uri": URI}, "position": position});
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.client.request(method, params)
    }

    /// Asks something about the document.
    #[track_caller]
    pub(crate) fn ask_all(&mut self, method: &str) -> Value {
        self.client.request(method, json!({"textDocument": {"uri": URI}}))
    }

    /// The texts at the ranges of an answer's items.
    #[track_caller]
    pub(crate) fn texts(&self, answer: &Value) -> Vec<String> {
        let items = answer.as_array().expect("a list");
        items.iter().map(|it| self.text_at(&it["range"])).collect()
    }

    pub(crate) fn finish(self) -> String {
        self.client.finish()
    }
}
