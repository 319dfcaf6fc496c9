//! Semantic tokens.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::page::{Page, SAMPLE, URI};
use crate::support::Client;
use crate::support::reports;

/// Texts with the names of their kinds.
fn told(page: &Page, tokens: &Value) -> Vec<(String, u64)> {
    let data: Vec<u64> =
        tokens["data"].as_array().expect("data").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut character) = (0, 0);
    let token = |it: &[u64]| {
        character = if it[0] == 0 { character + it[1] } else { it[1] };
        line += it[0];
        let start = json!({"line": line, "character": character});
        let end = json!({"line": line, "character": character + it[2]});
        (page.text_at(&json!({"start": start, "end": end})), it[3])
    };
    data.chunks_exact(5).map(token).collect()
}

#[test]
fn labels_numbers_totals_and_claims_are_told_apart() {
    let (client, answer) = Client::start_with(json!({"capabilities": {}}));
    client.finish();
    let legend = &answer["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
    assert_eq!(*legend, json!(["label", "number", "total", "claim"]));
    let mut page = Page::open(SAMPLE);
    let tokens = page.ask_all("textDocument/semanticTokens/full");
    let tokens = told(&page, &tokens);
    let has = |text: &str, kind: u64| tokens.contains(&(text.to_owned(), kind));
    assert!(has("一、本年新收政府信息公开申请数量", 0) && has("现行有效件数", 0));
    assert!(has("236.48", 1) && has("24", 1) && !has("24", 2));
    assert!(has("34", 2) && !has("34", 1));
    assert!(has("13.33", 3) && has("45", 3) && has("33", 3));
    assert!(!tokens.iter().any(|it| it.0 == "990018"), "a postal code claims nothing");
    page.finish();
}

#[test]
fn a_range_has_the_tokens_that_the_document_has_there() {
    for dialect in Dialect::ALL {
        let mut page = Page::open(&reports::wrong(dialect));
        let all = page.ask_all("textDocument/semanticTokens/full");
        let all = told(&page, &all);
        assert!(all.len() > 200, "{dialect:?}");
        let range = crate::support::range((0, 0), (10_000, 0));
        let params = json!({"textDocument": {"uri": URI}, "range": range});
        let tokens = page.request("textDocument/semanticTokens/range", params);
        assert_eq!(told(&page, &tokens), all);
        let range = crate::support::range((0, 0), (30, 0));
        let params = json!({"textDocument": {"uri": URI}, "range": range});
        let tokens = page.request("textDocument/semanticTokens/range", params);
        assert!(all.starts_with(&told(&page, &tokens)), "{dialect:?}");
        page.finish();
    }
}
