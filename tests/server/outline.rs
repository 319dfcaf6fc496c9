//! Document symbols, workspace symbols, folding.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::page::{Page, SAMPLE, URI};
use crate::support::reports;

fn trees() -> Value {
    json!({"capabilities": {"textDocument":
        {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}}})
}

/// `name[children]` of each.
fn told(symbols: &Value) -> String {
    let one = |it: &Value| {
        let name = it["name"].as_str().expect("a name");
        let short: String = name.chars().take(2).collect();
        match it.get("children") {
            Some(children) => format!("{short}[{}]", told(children)),
            None => short,
        }
    };
    symbols.as_array().expect("a list").iter().map(one).collect::<Vec<_>>().join(" ")
}

const OUTLINE: &str = "青禾[一、 二、[表二] 三、[表三] 四、[表四] 五、 六、]";

#[test]
fn the_outline_is_report_section_table_in_every_dialect() {
    for dialect in Dialect::ALL {
        let mut page = Page::open_with(trees(), &reports::right(dialect));
        let symbols = page.ask_all("textDocument/documentSymbol");
        assert_eq!(told(&symbols), OUTLINE, "{dialect:?}");
        assert_names_are_inside(&page, &symbols);
        page.finish();
    }
}

#[track_caller]
fn assert_names_are_inside(page: &Page, symbols: &Value) {
    for it in symbols.as_array().expect("a list") {
        let (all, name) = (page.text_at(&it["range"]), page.text_at(&it["selectionRange"]));
        assert!(all.contains(&name), "{name} is not in {all}");
        if let Some(children) = it.get("children") {
            assert_names_are_inside(page, children);
            for child in children.as_array().expect("a list") {
                assert!(all.contains(&page.text_at(&child["range"])), "{child}");
            }
        }
    }
}

#[test]
fn a_compendium_has_an_outline_for_each_report() {
    let text = [reports::right(Dialect::Gfm), reports::wrong(Dialect::Tab)].concat();
    let mut page = Page::open_with(trees(), &text);
    assert_eq!(told(&page.ask_all("textDocument/documentSymbol")), format!("{OUTLINE} {OUTLINE}"));
    // Of a report that has changed, and of one that has not.
    page.change(URI, 2, json!([{"range": crate::support::range((0, 0), (0, 0)), "text": "\n\n"}]));
    let symbols = page.ask_all("textDocument/documentSymbol");
    assert_eq!(told(&symbols), format!("{OUTLINE} {OUTLINE}"));
    assert_eq!(symbols[0]["selectionRange"]["start"]["line"], 2);
    page.finish();
}

#[test]
fn clients_without_trees_get_a_list() {
    let mut page = Page::open(SAMPLE);
    let symbols = page.ask_all("textDocument/documentSymbol");
    let names: Vec<_> =
        symbols.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 10);
    assert!(names.contains(&"表三 收到和处理政府信息公开申请情况"), "{names:?}");
    assert_eq!(symbols[2]["containerName"], names[0]);
    page.finish();
}

#[test]
fn symbols_of_all_open_documents_are_found_by_part_of_their_name() {
    let mut page = Page::open(SAMPLE);
    page.open("file:///b.md", 1, &reports::right(Dialect::Html));
    page.open("file:///c.md", 1, "三、收到的信\n");
    let mut find = |query: &str| {
        let found = page.request("workspace/symbol", json!({"query": query}));
        let uris =
            found.as_array().unwrap().iter().map(|it| it["location"]["uri"].as_str().unwrap());
        uris.map(|it| it[8..9].to_owned()).collect::<String>()
    };
    assert_eq!(find("表三"), "br");
    // The section, and the table that is in it.
    assert_eq!(find("收到和处理"), "bbrr");
    assert_eq!(find("水务局2025"), "r");
    assert_eq!(find("没有的"), "");
    assert_eq!(find("").len(), 20);
    page.finish();
}

#[test]
fn reports_sections_and_tables_fold() {
    let mut page = Page::open(SAMPLE);
    let folds = page.ask_all("textDocument/foldingRange");
    let lines = |it: &Value| (it["startLine"].as_u64().unwrap(), it["endLine"].as_u64().unwrap());
    let folds: Vec<_> = folds.as_array().expect("a list").iter().map(lines).collect();
    assert_eq!(folds.len(), 10);
    let heading = page.between("## ", "三、收到")["line"].as_u64().unwrap();
    let next = page.between("## ", "四、政府")["line"].as_u64().unwrap();
    assert!(folds.contains(&(heading, next - 2)), "the blank line before 四 stays: {folds:?}");
    assert!(folds.iter().all(|it| it.0 < it.1));
    page.finish();
    let mut page = Page::open("一、苹果\n二、梨\n");
    assert_eq!(page.ask_all("textDocument/foldingRange"), Value::Null);
    page.finish();
}
