//! Formatting of a document and of a range.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::{Client, line_of, range, reports};

const URI: &str = "file:///report.md";

fn ask(client: &mut Client, range: Option<Value>) -> Value {
    let options = json!({"tabSize": 4, "insertSpaces": true});
    let mut params = json!({"textDocument": {"uri": URI}, "options": options});
    let method = match range {
        Some(range) => {
            params["range"] = range;
            "textDocument/rangeFormatting"
        }
        None => "textDocument/formatting",
    };
    client.request(method, params)
}

#[test]
fn a_squeezed_report_is_aligned_again_and_then_stays() {
    let (mut client, answer) = Client::start_with(json!({"capabilities": {}}));
    assert_eq!(answer["capabilities"]["documentFormattingProvider"], true);
    assert_eq!(answer["capabilities"]["documentRangeFormattingProvider"], true);
    let text = reports::right(Dialect::Gfm);
    let squeezed = text.lines().map(|line| match line.strip_prefix("| ") {
        Some(cells) => format!("|{}\n", cells.replace(' ', "")),
        None => format!("{line}\n"),
    });
    client.open(URI, 1, &squeezed.collect::<String>());
    let edits = ask(&mut client, None);
    client.apply(URI, 2, &edits);
    client.assert_text(URI, 2, &text);
    assert_eq!(ask(&mut client, None), json!([]));
    client.finish();
}

#[test]
fn a_range_means_the_tables_in_it() {
    let mut client = Client::start();
    let text = reports::right(Dialect::Gfm).replace(" 0 ", "0");
    client.open(URI, 1, &text);
    let line = |words: &str| line_of(&text, words);
    let at = line("行政许可");
    let edits = ask(&mut client, Some(range((at, 0), (at, 2))));
    let lines: Vec<_> = edits.as_array().expect("edits").iter().collect();
    assert!(!lines.is_empty());
    for edit in lines {
        let at = edit["range"]["start"]["line"].as_i64().expect("a line");
        assert!((line("二、主动公开政府")..line("三、收到")).contains(&at), "{edit}");
    }
    assert_eq!(ask(&mut client, Some(range((0, 0), (1, 0)))), json!([]));
    client.finish();
}

#[test]
fn texts_that_are_no_report_are_left_alone() {
    let mut client = Client::start();
    client.open(URI, 1, "# 备忘\n\n|甲|乙|\n|--|--|\n|1|22|\n");
    assert_eq!(ask(&mut client, None), json!([]));
    client.open("file:///other.md", 1, "");
    client.close(URI);
    assert_eq!(ask(&mut client, None), Value::Null);
    client.finish();
}
