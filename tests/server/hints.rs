//! Inlay hints, code lenses, and the command behind them.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::page::{Page, SAMPLE, URI};
use crate::support::reports::{self, WRONG};

fn options(options: &Value) -> Value {
    let workspace = json!({"applyEdit": true});
    json!({"capabilities": {"workspace": workspace}, "initializationOptions": options})
}

fn hints(page: &mut Page) -> Value {
    let range = crate::support::range((0, 0), (10_000, 0));
    page.request("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": range}))
}

fn labels(hints: &Value) -> Vec<&str> {
    hints.as_array().expect("a list").iter().filter_map(|it| it["label"].as_str()).collect()
}

#[test]
fn hints_stand_at_the_ends_of_broken_lines_in_every_dialect() {
    for dialect in Dialect::ALL {
        let mut page = Page::open(&reports::wrong(dialect));
        let found = hints(&mut page);
        // The row with the total, and the line on which its column is balanced: there the
        // column is named, unless the line is but its cell.
        let balance = if dialect.has_rows() { "总计 差 −77" } else { "差 −77" };
        assert_eq!(labels(&found), ["差 +77", balance], "{dialect:?}");
        for hint in found.as_array().expect("a list") {
            let (line, character) = (&hint["position"]["line"], &hint["position"]["character"]);
            let rest = json!({"start": {"line": line, "character": character}, "end": {"line": line.as_u64().unwrap() + 1, "character": 0}});
            assert_eq!(page.text_at(&rest), "\n", "{dialect:?} {hint}");
        }
        page.finish();
        let mut page = Page::open(&reports::right(dialect));
        assert_eq!(hints(&mut page), json!([]), "{dialect:?}");
        page.finish();
    }
}

#[test]
fn hints_can_be_on_every_total_or_off() {
    let mut page = Page::open_with(options(&json!({"inlayHints": "all"})), SAMPLE);
    let found = hints(&mut page);
    let labels = labels(&found);
    assert_eq!(labels.len(), 26, "a row each of 表三 and the one of 表四");
    assert!(labels.contains(&"= 34 ✓") && labels.contains(&"差 −1"), "{labels:?}");
    page.finish();
    let mut page = Page::open_with(options(&json!({"inlayHints": "off"})), SAMPLE);
    assert_eq!(hints(&mut page), Value::Null);
    page.finish();
}

#[test]
fn hints_are_of_the_lines_that_are_asked_for() {
    let mut page = Page::open_with(options(&json!({"inlayHints": "all"})), SAMPLE);
    let line = page.between("| ", "一、本年新收")["line"].clone();
    let start = json!({"line": line, "character": 0});
    let end = json!({"line": line.as_u64().unwrap() + 1, "character": 0});
    let params = json!({"textDocument": {"uri": URI}, "range": {"start": start, "end": end}});
    let found = page.request("textDocument/inlayHint", params);
    assert_eq!(labels(&found), ["= 34 ✓"]);
    page.finish();
}

#[test]
fn a_change_of_the_settings_has_the_client_ask_again() {
    let workspace =
        json!({"inlayHint": {"refreshSupport": true}, "codeLens": {"refreshSupport": true}});
    let mut page = Page::open_with(json!({"capabilities": {"workspace": workspace}}), SAMPLE);
    assert_eq!(labels(&hints(&mut page)), ["差 −1", "总计 差 +1"]);
    let settings = json!({"gouji": {"inlayHints": "off", "codeLens": false}});
    page.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
    for method in ["workspace/inlayHint/refresh", "workspace/codeLens/refresh"] {
        let (id, _) = page.asked(method);
        page.answer(id, Value::Null);
    }
    assert_eq!(hints(&mut page), Value::Null);
    assert_eq!(page.ask_all("textDocument/codeLens"), Value::Null);
    page.finish();
}

#[test]
fn a_lens_says_how_the_sums_stand_and_recomputes_the_table() {
    let text = reports::report(Dialect::Gfm, "0", &[("other", "2"), ("total", WRONG)]);
    let mut page = Page::open_with(options(&json!({})), &text);
    let lenses = page.ask_all("textDocument/codeLens");
    let titles: Vec<_> =
        lenses.as_array().unwrap().iter().map(|it| it["command"]["title"].clone()).collect();
    assert_eq!(titles, ["勾稽 39 项，3 项不符 · 重算全表", "勾稽 3 项，全部相符"]);
    assert_eq!(lenses[1]["command"]["command"], "", "there is nothing to do");
    let command = &lenses[0]["command"];
    assert_eq!(command["command"], "gouji.recomputeTable");
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    let request = page.ask("workspace/executeCommand", params);
    let (id, asked) = page.asked("workspace/applyEdit");
    let edits = asked["edit"]["changes"][URI].clone();
    page.answer(id, json!({"applied": true}));
    assert_eq!(page.result(request), Value::Null);
    // From the end, none moves another.
    let mut changes: Vec<_> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|it| json!({"range": it["range"], "text": it["newText"]}))
        .collect();
    changes.reverse();
    page.change(URI, 2, json!(changes));
    let lenses = page.ask_all("textDocument/codeLens");
    assert_eq!(lenses[0]["command"]["title"], "勾稽 39 项，全部相符");
    page.finish();
}

#[test]
fn a_command_that_cannot_be_understood_is_an_error() {
    let mut page = Page::open(SAMPLE);
    for params in [
        json!({"command": "gouji.other"}),
        json!({"command": "gouji.recomputeTable"}),
        json!({"command": "gouji.recomputeTable", "arguments": [5]}),
    ] {
        let id = page.ask("workspace/executeCommand", params);
        assert_eq!(page.error(id), -32602);
    }
    // A document that is not open, and a place without a table: nothing to do.
    for (uri, line) in [("file:///other.md", 0), (URI, 0), (URI, 100_000)] {
        let argument = json!({"uri": uri, "position": {"line": line, "character": 0}});
        let params = json!({"command": "gouji.recomputeTable", "arguments": [argument]});
        assert_eq!(page.request("workspace/executeCommand", params), Value::Null);
    }
    page.finish();
}
