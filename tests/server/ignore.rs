//! Comments that silence findings, written by quick fixes.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::Client;
use crate::support::reports::{self, WRONG};

const URI: &str = "file:///report.md";

fn start(lang: &str) -> Client {
    let options = json!({"lang": lang});
    Client::start_with(json!({"capabilities": {}, "initializationOptions": options})).0
}

fn codes(published: &Value) -> Vec<&str> {
    let list = published["diagnostics"].as_array().expect("a list");
    list.iter().filter_map(|it| it["code"].as_str()).collect()
}

/// The actions at the first finding of a rule.
fn actions(client: &mut Client, published: &Value, code: &str, context: &Value) -> Vec<Value> {
    let list = published["diagnostics"].as_array().expect("a list");
    let found = list.iter().find(|it| it["code"] == code).expect("found");
    let actions = client.code_actions(URI, &found["range"], context.clone());
    actions.as_array().expect("a list").clone()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let titles = || actions.iter().map(|it| it["title"].clone()).collect::<Vec<_>>();
    actions.iter().find(|it| it["title"] == title).unwrap_or_else(|| panic!("{:?}", titles()))
}

/// Applies an action of one edit; gives the list of the text after it.
fn apply(client: &mut Client, version: i64, action: &Value) -> Value {
    let edits = action["edit"]["changes"][URI].as_array().expect("edits");
    let changes = edits.iter().map(|it| json!({"range": it["range"], "text": it["newText"]}));
    client.change(URI, version, changes.collect());
    client.diagnostics(URI)
}

#[test]
fn a_finding_can_be_ignored_here_in_its_table_and_in_the_file() {
    let titles = [
        (
            "zh",
            [
                "忽略此处的 R301（row-total）",
                "忽略本表中的 R301（row-total）",
                "忽略本文件中的 R301（row-total）",
            ],
        ),
        (
            "en",
            [
                "Ignore R301 (row-total) here",
                "Ignore R301 (row-total) in this table",
                "Ignore R301 (row-total) in this file",
            ],
        ),
    ];
    for (lang, titles) in titles {
        for title in titles {
            let mut client = start(lang);
            client.open(URI, 1, &reports::wrong(Dialect::Gfm));
            let published = client.diagnostics(URI);
            let before = codes(&published);
            let actions = actions(&mut client, &published, "R301", &json!({"diagnostics": []}));
            let action = titled(&actions, title);
            assert_eq!((&action["kind"], action.get("isPreferred")), (&json!("quickfix"), None));
            assert_eq!(action["diagnostics"][0]["code"], "R301");
            let after = apply(&mut client, 2, action);
            let others: Vec<_> = before.into_iter().filter(|it| *it != "R301").collect();
            assert_eq!(codes(&after), others);
            client.finish();
        }
    }
}

#[test]
fn what_ignores_comes_last_and_is_no_part_of_fix_all() {
    let mut client = start("zh");
    client.open(URI, 1, &reports::report(Dialect::Gfm, "０", &[("total", WRONG)]));
    let published = client.diagnostics(URI);
    let actions = actions(&mut client, &published, "R301", &json!({"diagnostics": []}));
    let ignores = |it: &Value| it["title"].as_str().is_some_and(|it| it.starts_with("忽略"));
    let first = actions.iter().position(ignores).expect("offered");
    assert!(first > 0 && actions[first..].iter().all(ignores));
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let all = client.code_actions(URI, &crate::support::range((0, 0), (900, 0)), context);
    assert!(!all.to_string().contains("gouji-ignore"));
    client.finish();
}

#[test]
fn a_comment_that_is_not_needed_any_more_is_told_and_fix_all_removes_it() {
    let mut client = start("zh");
    let right = reports::right(Dialect::Gfm);
    let text = right.replacen("## 一、", "<!-- gouji-ignore-file R301 N402 -->\n## 一、", 1);
    assert_ne!(text, right);
    client.open(URI, 1, &text);
    assert_eq!(codes(&client.diagnostics(URI)), ["W603", "W603"]);
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let all = client.code_actions(URI, &crate::support::range((0, 0), (0, 0)), context);
    assert_eq!(codes(&apply(&mut client, 2, &all[0])), [""; 0]);
    client.assert_text(URI, 2, &right);
    client.finish();
}

#[test]
fn of_several_reports_each_is_ignored_for_itself() {
    let mut client = start("zh");
    let other = reports::wrong(Dialect::Gfm).replace("青禾市水务局", "南岭镇人民政府");
    client.open(URI, 1, &[reports::wrong(Dialect::Gfm), other].join("\n"));
    let published = client.diagnostics(URI);
    let sums = |published: &Value| codes(published).iter().filter(|it| **it == "R301").count();
    assert_eq!(sums(&published), 2);
    let actions = actions(&mut client, &published, "R301", &json!({"diagnostics": []}));
    let action = titled(&actions, "忽略本报告中的 R301（row-total）");
    assert_eq!(sums(&apply(&mut client, 2, action)), 1);
    // Not from a selection over both.
    let both = crate::support::range((0, 0), (900, 0));
    let all = client.code_actions(URI, &both, json!({"diagnostics": []}));
    assert!(!all.to_string().contains("忽略本报告"));
    client.finish();
}

#[test]
fn what_the_report_lacks_can_only_be_ignored_in_the_file() {
    let mut client = start("zh");
    let text = reports::right(Dialect::Gfm).replacen("## 一、总体情况", "", 1);
    client.open(URI, 1, &text);
    let published = client.diagnostics(URI);
    let actions = actions(&mut client, &published, "S102", &json!({"diagnostics": []}));
    let of_rule =
        |it: &&Value| it["title"].as_str().is_some_and(|it| it.contains("missing-section"));
    let offered: Vec<_> = actions.iter().filter(of_rule).collect();
    assert_eq!(offered.len(), 1, "{offered:?}");
    let after = apply(&mut client, 2, offered[0]);
    assert!(!codes(&after).contains(&"S102") && !codes(&after).contains(&"W603"));
    client.finish();
}
