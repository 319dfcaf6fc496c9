//! Completion.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::{Client, line_of, reports};

const URI: &str = "file:///report.md";

/// Opens a text at whose mark, `$0`, it asks.
#[track_caller]
fn complete(client: &mut Client, version: i64, marked: &str) -> Vec<Value> {
    let line = line_of(marked, "$0");
    let before = marked.split("$0").next().and_then(|it| it.rsplit('\n').next());
    let column = before.expect("a line").encode_utf16().count();
    client.open(URI, version, &marked.replace("$0", ""));
    let position = json!({"line": line, "character": column});
    let params = json!({"textDocument": {"uri": URI}, "position": position});
    client.request("textDocument/completion", params).as_array().expect("a list").clone()
}

fn snippets() -> Value {
    json!({"capabilities": {"textDocument": {"completion": {
        "completionItem": {"snippetSupport": true}
    }}}})
}

#[test]
fn headings_are_found_by_initials_and_inserted_in_the_reports_markup() {
    let mut client = Client::start();
    let whole = reports::right(Dialect::Gfm);
    let heading = "## 五、存在的主要问题及改进情况";
    let items = complete(&mut client, 1, &whole.replacen(heading, "czdz$0", 1));
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(items[0]["label"], "五、存在的主要问题及改进情况");
    assert!(items[0]["filterText"].as_str().is_some_and(|it| it.starts_with("wczdz")));
    assert_eq!(items[0]["insertTextFormat"], Value::Null);
    client.apply(URI, 2, &json!([items[0]["textEdit"]]));
    client.assert_text(URI, 2, &whole);
    client.finish();
}

#[test]
fn totals_show_their_arithmetic_and_sentences_the_tables_numbers() {
    let mut client = Client::start();
    let planted = [("natural", "3"), ("business", "1"), ("total", "X4X")];
    let whole = reports::report(Dialect::Gfm, "0", &planted);
    let items = complete(&mut client, 1, &whole.replacen("X4X", "$0  ", 1));
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!((&items[0]["label"], &items[0]["detail"]), (&json!("4"), &json!("= 3+1")));
    client.close(URI);

    let whole = whole.replace("X4X", " 4 ");
    let items = complete(&mut client, 2, &whole.replacen("## 二、", "gsd$0\n\n## 二、", 1));
    let sentence = "共收到政府信息公开申请4件，其中自然人3件、法人或其他组织1件。";
    assert_eq!(items[0]["label"], sentence);
    assert_eq!(items[0]["textEdit"]["newText"], format!("2023年，{sentence}"));
    let sorted: Vec<_> = items.iter().map(|it| it["sortText"].as_str()).collect();
    assert!(sorted.is_sorted(), "{sorted:?}");
    client.finish();
}

#[test]
fn an_empty_document_becomes_a_report_on_last_year() {
    for (params, start) in
        [(snippets(), "# ${1:机关名称}${2:20"), (json!({"capabilities": {}}), "# 【机关名称】20")]
    {
        let (mut client, answer) = Client::start_with(params.clone());
        assert!(answer["capabilities"]["completionProvider"].is_object());
        let items = complete(&mut client, 1, "$0");
        assert_eq!(items.len(), 1, "{items:?}");
        let text = items[0]["textEdit"]["newText"].as_str().expect("a text");
        assert!(text.starts_with(start), "{text}");
        let is_snippet = items[0]["insertTextFormat"] == json!(2);
        assert_eq!(is_snippet, params == snippets());
        client.finish();
    }
}

#[test]
fn ordinary_texts_and_closed_documents_get_nothing() {
    let mut client = Client::start();
    assert_eq!(complete(&mut client, 1, "# 备忘\n\n主动$0\n"), Vec::<Value>::new());
    client.close(URI);
    let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.request("textDocument/completion", params), Value::Null);
    client.finish();
}
