//! Code actions.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::reports::{self, WRONG};
use crate::support::{Client, line_of};

const URI: &str = "file:///report.md";

fn everything() -> Value {
    crate::support::range((0, 0), (10_000, 0))
}

fn of_code<'a>(published: &'a Value, code: &str) -> Vec<&'a Value> {
    let list = published["diagnostics"].as_array().expect("a list");
    list.iter().filter(|it| it["code"] == code).collect()
}

/// Applies the edits of an action to the server's document, as an editor would.
fn apply(client: &mut Client, version: i64, action: &Value) -> Value {
    client.apply(URI, version, &action["edit"]["changes"][URI]);
    client.diagnostics_of(URI, version)
}

fn kinds(actions: &Value) -> Vec<&str> {
    let list = actions.as_array().expect("a list");
    list.iter().filter_map(|it| it["kind"].as_str()).collect()
}

#[test]
fn a_quick_fix_belongs_to_the_clients_own_diagnostics_and_removes_them() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    let published = client.diagnostics_of(URI, 1);
    let mut found = of_code(&published, "R301")[0].clone();
    // A client may add to a diagnostic or drop from it; code and range say which it is.
    found["message"] = json!("as the client keeps it");
    let context = json!({"diagnostics": [found]});
    let actions = client.code_actions(URI, &found["range"], context);
    let fix = actions.as_array().expect("a list").iter().find(|it| it["kind"] == "quickfix");
    let fix = fix.expect("a quick fix");
    // The cell that is probably wrong is the total itself: one repair of both.
    assert_eq!(fix["diagnostics"], json!([found, of_code(&published, "R305")[0]]));
    assert_eq!(fix["isPreferred"], true);
    let after = apply(&mut client, 2, fix);
    for code in ["R301", "R303", "R305"] {
        assert!(of_code(&after, code).is_empty(), "{after}");
    }
    client.finish();
}

#[test]
fn only_the_kinds_that_are_asked_for_are_given() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::report(Dialect::Gfm, "０", &[("total", WRONG)]));
    let published = client.diagnostics_of(URI, 1);
    let at = of_code(&published, "R301")[0]["range"].clone();
    let mut ask = |only: Value| {
        let actions = client.code_actions(URI, &at, json!({"diagnostics": [], "only": only}));
        kinds(&actions).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let quick = ask(json!(["quickfix"]));
    assert!(!quick.is_empty() && quick.iter().all(|it| it == "quickfix"), "{quick:?}");
    for only in ["source", "source.fixAll", "source.fixAll.gouji"] {
        assert_eq!(ask(json!([only])), ["source.fixAll.gouji"], "{only}");
    }
    assert_eq!(ask(json!(["source.organizeImports"])), [""; 0]);
    assert_eq!(ask(json!([])), [""; 0]);
    let rewrites = ask(json!(["refactor"]));
    assert!(rewrites.iter().all(|it| it == "refactor.rewrite.gouji"), "{rewrites:?}");
    client.finish();
}

#[test]
fn without_a_wish_for_it_fix_all_is_not_in_the_menu() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::report(Dialect::Gfm, "０", &[]));
    let actions = client.code_actions(URI, &everything(), json!({"diagnostics": []}));
    assert!(!kinds(&actions).is_empty());
    assert!(!kinds(&actions).contains(&"source.fixAll.gouji"));
    client.finish();
}

#[test]
fn fix_all_repairs_what_is_of_form_and_no_number() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::report(Dialect::Gfm, "０", &[("total", WRONG)]));
    let before = client.diagnostics_of(URI, 1);
    assert!(of_code(&before, "T209").len() > 100, "many full-width digits");
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let actions = client.code_actions(URI, &everything(), context.clone());
    assert_eq!(actions.as_array().map(Vec::len), Some(1));
    let after = apply(&mut client, 2, &actions[0]);
    assert!(of_code(&after, "T209").is_empty());
    assert!(!of_code(&after, "R301").is_empty(), "a sum is not form");
    client.assert_text(URI, 2, &reports::wrong(Dialect::Gfm));
    assert_eq!(client.code_actions(URI, &everything(), context), json!([]));
    client.finish();
}

#[test]
fn actions_are_for_the_version_that_the_request_found() {
    let workspace = json!({"workspaceEdit": {"documentChanges": true}});
    let (mut client, _) = Client::start_with(json!({"capabilities": {"workspace": workspace}}));
    let text = reports::report(Dialect::Gfm, "０", &[]);
    client.open(URI, 1, &text);
    let mut asked = Vec::new();
    for version in 2..12 {
        client.change(URI, version, json!([{"text": text}]));
        let context = json!({"diagnostics": [], "only": ["quickfix"]});
        let document = json!({"uri": URI});
        let params = json!({"textDocument": document, "range": everything(), "context": context});
        asked.push((client.ask("textDocument/codeAction", params), version));
    }
    for (id, version) in asked {
        let actions = client.result(id);
        let document = &actions[0]["edit"]["documentChanges"][0]["textDocument"];
        assert_eq!(document["version"], version);
    }
    client.finish();
}

#[test]
fn a_table_is_rewritten_in_another_dialect_and_back() {
    let mut client = Client::start();
    let text = reports::right(Dialect::Gfm);
    client.open(URI, 1, &text);
    let at = |text: &str, words: &str| {
        let line = line_of(text, words);
        crate::support::range((line, 3), (line, 3))
    };
    let only = json!({"diagnostics": [], "only": ["refactor.rewrite"], "triggerKind": 1});
    let ask = |client: &mut Client, text: &str| {
        let actions = client.code_actions(URI, &at(text, "2.重复申请"), only.clone());
        assert!(kinds(&actions).iter().all(|it| *it == "refactor.rewrite.gouji"));
        actions.as_array().expect("a list").clone()
    };
    let titled = |actions: &[Value], word: &str| {
        let is_it = |it: &&Value| it["title"].as_str().is_some_and(|it| it.contains(word));
        actions.iter().find(is_it).cloned().unwrap_or_else(|| panic!("{actions:?}"))
    };
    let actions = ask(&mut client, &text);
    assert_eq!(actions.len(), 2, "{actions:?}");
    let html = titled(&actions, "表三改写为 HTML");
    apply(&mut client, 2, &html);
    let changed = html["edit"]["changes"][URI][0]["newText"].as_str().expect("a text").to_owned();
    let lines = text.lines().position(|it| it.starts_with("| （本列")).expect("table 三");
    let there = "\n".repeat(lines) + &changed;
    let back = titled(&ask(&mut client, &there), "Markdown");
    apply(&mut client, 3, &back);
    client.assert_text(URI, 3, &text);
    client.finish();
}

#[test]
fn no_light_bulb_hangs_on_every_cell() {
    let mut client = Client::start();
    let text = reports::right(Dialect::Gfm);
    client.open(URI, 1, &text);
    let line = line_of(&text, "2.重复申请");
    let at = crate::support::range((line, 3), (line, 3));
    let actions = client.code_actions(URI, &at, json!({"diagnostics": [], "triggerKind": 2}));
    assert_eq!(actions, json!([]));
    client.finish();
}
