//! The text that the server holds, against a model of it.

use serde_json::{Value, json};

use crate::support::{Client, edit};

const URI: &str = "file:///report.md";

#[test]
fn a_batch_applies_in_order_each_change_after_the_one_before() {
    let mut client = Client::start();
    // Bottom-up, as VS Code sends it, and top-down, as helix does.
    client.open(URI, 1, "甲\n乙\n丙\n");
    client.change(URI, 2, json!([edit((2, 0), (2, 1), "3\n3"), edit((0, 0), (0, 1), "1\n1")]));
    client.assert_text(URI, 2, "1\n1\n乙\n3\n3\n");
    client.change(URI, 3, json!([{"text": "甲\n乙\n丙\n"}]));
    client.change(URI, 4, json!([edit((0, 0), (0, 1), "1\n1"), edit((3, 0), (3, 1), "3\n3")]));
    client.assert_text(URI, 4, "1\n1\n乙\n3\n3\n");
    client.finish();
}

#[test]
fn a_whole_text_in_a_batch_replaces_what_was_before_it() {
    let mut client = Client::start();
    client.open(URI, 1, "甲");
    let changes = json!([edit((0, 0), (0, 0), "x"), {"text": "乙"}, edit((0, 1), (0, 1), "丙")]);
    client.change(URI, 2, changes);
    client.assert_text(URI, 2, "乙丙");
    client.change(URI, 3, json!([]));
    client.assert_text(URI, 3, "乙丙");
    client.change(URI, 4, json!([{"text": ""}]));
    client.assert_text(URI, 4, "");
    client.finish();
}

#[test]
fn lines_end_as_the_protocol_says_and_not_at_form_feeds() {
    let mut client = Client::start();
    client.open(URI, 1, "甲\r\n乙\r丙\u{c}丁\u{2028}戊\n己");
    client.change(URI, 2, json!([edit((2, 2), (2, 3), "4"), edit((3, 0), (3, 1), "6")]));
    client.assert_text(URI, 2, "甲\r\n乙\r丙\u{c}4\u{2028}戊\n6");
    // A column past the end of a line is its end, before the \r\n.
    client.change(URI, 3, json!([edit((0, 9), (1, 0), "")]));
    client.assert_text(URI, 3, "甲乙\r丙\u{c}4\u{2028}戊\n6");
    client.finish();
}

#[test]
fn a_document_can_be_opened_again_after_its_close() {
    let mut client = Client::start();
    client.open(URI, 7, "甲");
    client.diagnostics_of(URI, 7);
    client.close(URI);
    assert_eq!(client.info(URI), Value::Null);
    client.open(URI, 1, "乙");
    client.assert_text(URI, 1, "乙");
    assert!(client.diagnostics(URI).get("version").is_none(), "the close empties the list");
    client.diagnostics_of(URI, 1);
    client.finish();
}

#[test]
fn opening_an_open_document_gives_it_the_new_text() {
    let mut client = Client::start();
    client.open(URI, 1, "甲");
    client.open(URI, 1, "乙");
    client.assert_text(URI, 1, "乙");
    client.change(URI, 2, json!([edit((0, 1), (0, 1), "丙")]));
    client.assert_text(URI, 2, "乙丙");
    client.finish();
}

#[test]
fn after_thousands_of_random_edits_the_text_is_the_models() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let capabilities = json!({"general": {"positionEncodings": [encoding]}});
        let (mut client, answer) = Client::start_with(json!({"capabilities": capabilities}));
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        let mut model = Model::new("# 年度报告\n\n| 甲 | 1 |\n", encoding);
        client.open(URI, 0, &model.text);
        for version in 1..=1000 {
            let count = 1 + model.random(3);
            let changes = (0..count).map(|_| model.random_edit()).collect();
            client.change(URI, version, Value::Array(changes));
            if version % 50 == 0 {
                client.assert_text(URI, version, &model.text);
            }
        }
        client.finish();
    }
}

/// A text as a string, edited in the plainest way that there is.
struct Model {
    text: String,
    encoding: &'static str,
    state: u64,
}

impl Model {
    const PIECES: [&str; 16] = [
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "😀",
        "𠮷",
        "报告",
        "一、总体情况\n",
        "| 1 | 2 |\n",
        "\t",
        "|",
        "# ",
        "```\n",
        "<table>",
        "\u{c}",
        "",
    ];

    fn new(text: &str, encoding: &'static str) -> Self {
        Self { text: text.to_owned(), encoding, state: 42 }
    }

    /// A number below `bound`, the same in every run.
    fn random(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.state >> 33) as usize % bound
    }

    /// Edits the text and says how.
    fn random_edit(&mut self) -> Value {
        let (start, end) = (self.random_boundary(), self.random_boundary());
        // Mostly short ranges, or the text would never grow.
        let end = if start <= end && end - start < 12 { end } else { start };
        let piece = Self::PIECES[self.random(Self::PIECES.len())];
        let (from, to) = (self.position(start), self.position(end));
        self.text.replace_range(start..end, piece);
        edit(from, to, piece)
    }

    /// A character boundary that is not between \r and \n: there is no position for that.
    fn random_boundary(&mut self) -> usize {
        let mut at = self.random(self.text.len() + 1);
        let inside = |text: &str, at: usize| {
            !text.is_char_boundary(at)
                || (text[..at].ends_with('\r') && text[at..].starts_with('\n'))
        };
        while inside(&self.text, at) {
            at -= 1;
        }
        at
    }

    fn position(&self, at: usize) -> (i64, i64) {
        let before = &self.text[..at];
        let text = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = text.matches('\n').count();
        let last = text.rsplit('\n').next().unwrap_or_default();
        let column = match self.encoding {
            "utf-8" => last.len(),
            "utf-16" => last.encode_utf16().count(),
            _ => last.chars().count(),
        };
        (i64::try_from(line).expect("short"), i64::try_from(column).expect("short"))
    }
}
