//! Findings as a client sees them.

use gouji_analysis::{Config, Document};
use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::reports::{self, WRONG};
use crate::support::{Client, edit, every_version, range};

const URI: &str = "file:///report.md";

/// The diagnostic with a code at a range that starts in a line and column.
fn find<'a>(published: &'a Value, code: &str) -> Option<&'a Value> {
    let diagnostics = published["diagnostics"].as_array().expect("a list");
    diagnostics.iter().find(|it| it["code"] == code)
}

fn codes(published: &Value) -> Vec<&str> {
    let diagnostics = published["diagnostics"].as_array().expect("a list");
    diagnostics.iter().filter_map(|it| it["code"].as_str()).collect()
}

/// Line and column of a text in UTF-16 units.
fn position(text: &str, wanted: &str) -> (i64, i64) {
    let before = &text[..text.find(wanted).expect("is in the text")];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    (i64::try_from(line).expect("short"), i64::try_from(column).expect("short"))
}

#[test]
fn a_report_without_errors_has_an_empty_list_of_its_version() {
    for dialect in [Dialect::Gfm, Dialect::Html, Dialect::Tab] {
        let mut client = Client::start();
        client.open(URI, 7, &reports::right(dialect));
        let published = client.diagnostics_of(URI, 7);
        assert_eq!(published["diagnostics"], json!([]), "{dialect:?}");
        client.finish();
    }
}

#[test]
fn a_finding_has_all_that_an_editor_shows() {
    let mut client = Client::start();
    let text = reports::report(Dialect::Gfm, "0", &[("natural", "3"), ("total", WRONG)]);
    client.open(URI, 1, &text);
    let published = client.diagnostics_of(URI, 1);
    let found = find(&published, "R301").expect("a broken sum");
    let (line, column) = position(&text, WRONG);
    assert_eq!(found["range"], range((line, column), (line, column + 2)));
    assert_eq!((&found["severity"], &found["source"]), (&json!(1), &json!("gouji")));
    let href = found["codeDescription"]["href"].as_str().expect("a page");
    assert!(href.ends_with("/server/docs/rules/R301.md"), "{href}");
    let message = found["message"].as_str().expect("a message");
    assert!(message.contains("总计") && message.contains(WRONG), "{message}");
    let related = found["relatedInformation"].as_array().expect("the addends");
    assert!(!related.is_empty());
    assert!(related.iter().all(|it| it["location"]["uri"] == URI), "{related:?}");
    assert_eq!(found["data"], json!({"rule": "row-total"}));
    client.finish();
}

#[test]
fn ranges_are_in_the_clients_unit() {
    // The whole report stands on one line, behind characters of two and four bytes more.
    let text = reports::wrong(Dialect::Html).replace('\n', "");
    let text = format!("<p>😀𠮷</p>{text}");
    let before = &text[..text.find(WRONG).expect("planted")];
    let columns = [
        ("utf-8", before.len()),
        ("utf-16", before.encode_utf16().count()),
        ("utf-32", before.chars().count()),
    ];
    for (encoding, column) in columns {
        let general = json!({"positionEncodings": [encoding]});
        let (mut client, _) = Client::start_with(json!({"capabilities": {"general": general}}));
        client.open(URI, 1, &text);
        let published = client.diagnostics_of(URI, 1);
        let found = find(&published, "R301").expect("a broken sum");
        let column = i64::try_from(column).expect("short");
        assert_eq!(found["range"], range((0, column), (0, column + 2)), "{encoding}");
        client.finish();
    }
}

#[test]
fn line_endings_of_windows_change_no_range() {
    let mut client = Client::start();
    let text = reports::wrong(Dialect::Gfm);
    client.open(URI, 1, &text);
    client.open("file:///crlf.md", 1, &text.replace('\n', "\r\n"));
    let unix = client.diagnostics_of(URI, 1);
    let windows = client.diagnostics_of("file:///crlf.md", 1);
    let ranges = |published: &Value| -> Vec<Value> {
        let list = published["diagnostics"].as_array().expect("a list");
        list.iter().map(|it| it["range"].clone()).collect()
    };
    assert!(!ranges(&unix).is_empty());
    assert_eq!(ranges(&unix), ranges(&windows));
    client.finish();
}

#[test]
fn an_edit_brings_the_diagnostics_of_its_version_and_the_status_when_it_changes() {
    let mut client = Client::start();
    let text = reports::wrong(Dialect::Gfm);
    client.open(URI, 1, &text);
    assert!(codes(&client.diagnostics_of(URI, 1)).contains(&"R301"));
    let before = client.notification("gouji/status", |it| it["uri"] == URI);
    assert!(before["report"] == true && before["checks"].as_u64() > before["broken"].as_u64());
    assert!(before["broken"].as_u64() > Some(0), "{before}");

    // An edit that changes no sum: the same list for another version, and no status.
    client.change(URI, 2, json!([edit((0, 0), (0, 0), "\n")]));
    assert!(codes(&client.diagnostics_of(URI, 2)).contains(&"R301"));
    client.change(URI, 3, json!([edit((0, 0), (1, 0), "")]));
    client.diagnostics_of(URI, 3);
    assert!(client.unread().all(|it| it["method"] != "gouji/status"));

    let (line, column) = position(&text, WRONG);
    client.change(URI, 4, json!([edit((line, column), (line, column + 2), "0")]));
    assert_eq!(client.diagnostics_of(URI, 4)["diagnostics"], json!([]));
    let after = client.notification("gouji/status", |it| it["uri"] == URI);
    assert_eq!((&after["broken"], &after["checks"]), (&json!(0), &before["checks"]));
    client.finish();
}

#[test]
fn an_unchanged_list_is_sent_again_only_to_clients_that_ask_for_versions() {
    for asks in [false, true] {
        let capabilities = if asks { every_version() } else { json!({}) };
        let (mut client, _) = Client::start_with(json!({"capabilities": capabilities}));
        let text = reports::wrong(Dialect::Gfm);
        client.open(URI, 1, &text);
        let first = client.diagnostics_of(URI, 1);
        let last = i64::try_from(text.lines().count()).expect("short");
        client.change(URI, 2, json!([edit((last, 0), (last, 0), "\n")]));
        client.assert_text(URI, 2, &format!("{text}\n"));
        if asks {
            assert_eq!(client.diagnostics_of(URI, 2)["diagnostics"], first["diagnostics"]);
        }
        // Another list is sent, and so is the first one after it.
        client.change(URI, 3, json!([{"text": ""}]));
        assert_eq!(client.diagnostics_of(URI, 3)["diagnostics"], json!([]));
        client.change(URI, 4, json!([{"text": text}]));
        assert_eq!(client.diagnostics_of(URI, 4)["diagnostics"], first["diagnostics"]);
        assert!(client.unread().all(|it| it["params"]["version"] != 2), "sent without need");
        client.finish();
    }
}

#[test]
fn of_a_text_that_is_no_report_nothing_is_said() {
    let mut client = Client::start();
    let text = "# 购物清单\n\n| 名称 | 数量 | 总计 |\n|---|---|---|\n| 茶 | 1 | 5 |\n";
    client.open(URI, 1, text);
    assert_eq!(client.diagnostics_of(URI, 1)["diagnostics"], json!([]));
    assert_eq!(
        client.code_actions(URI, &range((0, 0), (9, 0)), json!({"diagnostics": []})),
        json!([])
    );
    client.change(URI, 2, json!([{"text": reports::wrong(Dialect::Gfm)}]));
    assert!(codes(&client.diagnostics_of(URI, 2)).contains(&"R301"));
    client.notification("gouji/status", |it| it["report"] == true);
    client.change(URI, 3, json!([{"text": text}]));
    assert_eq!(client.diagnostics_of(URI, 3)["diagnostics"], json!([]));
    client.notification("gouji/status", |it| it["report"] == false);
    client.finish();
}

#[test]
fn messages_are_in_the_language_of_the_options_or_the_locale() {
    let cases = [
        (json!({"capabilities": {}}), "应为"),
        (json!({"capabilities": {}, "locale": "en-US"}), "should be"),
        (json!({"capabilities": {}, "initializationOptions": {"lang": "en"}}), "should be"),
        (
            json!({"capabilities": {}, "locale": "en",
                "initializationOptions": {"lang": "zh", "status": false}}),
            "应为",
        ),
    ];
    for (params, word) in cases {
        let quiet = params["initializationOptions"]["status"] == false;
        let (mut client, _) = Client::start_with(params);
        client.open(URI, 1, &reports::wrong(Dialect::Gfm));
        let published = client.diagnostics_of(URI, 1);
        let message = &find(&published, "R301").expect("a broken sum")["message"];
        assert!(message.as_str().is_some_and(|it| it.contains(word)), "{message}");
        client.close(URI);
        client.diagnostics(URI);
        let told = client.unread().any(|it| it["method"] == "gouji/status");
        assert_eq!(told, !quiet);
        client.finish();
    }
}

#[test]
fn the_configuration_decides_what_is_published_and_can_change() {
    let options = json!({"config": {"ignore": ["R301"]}});
    let params = json!({"capabilities": {}, "initializationOptions": options});
    let (mut client, _) = Client::start_with(params);
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    assert!(!codes(&client.diagnostics_of(URI, 1)).contains(&"R301"));
    let mut configure = |settings: Value| {
        client.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
        client.diagnostics_of(URI, 1)
    };
    let published = configure(json!({"gouji": {"severity": {"R301": "hint"}}}));
    assert_eq!(find(&published, "R301").expect("it is on again")["severity"], 4);
    let published = configure(json!({"gouji": {"select": ["R301"]}}));
    assert!(codes(&published).iter().all(|it| *it == "R301"));
    assert_eq!(configure(json!({"gouji": {"ignore": ["R"]}}))["diagnostics"], json!([]));
    client.finish();
}

#[test]
fn a_long_list_is_cut_and_its_last_entry_says_so() {
    let mut client = Client::start();
    // Many reports, each with many rows that do not add up.
    let text = reports::report(Dialect::Gfm, "1", &[]).repeat(20);
    client.open(URI, 1, &text);
    let published = client.diagnostics_of(URI, 1);
    let list = published["diagnostics"].as_array().expect("a list");
    assert_eq!(list.len(), 200);
    let end = list.last().expect("not empty");
    assert_eq!((&end["severity"], end.get("code")), (&json!(3), None));
    let message = end["message"].as_str().expect("a message");
    assert!(message.contains("未列出"), "{message}");
    let digits: String = message.chars().filter(char::is_ascii_digit).collect();
    let left_out: usize = digits.parse().expect("how many are left out");
    let all = gouji_analysis::check(&Document::new(&text), &Config::default(), None, &|| false);
    assert_eq!(Some(199 + left_out), all.map(|it| it.findings().len()), "{message}");
    client.finish();
}

#[test]
fn after_each_key_the_list_is_that_of_the_whole_text() {
    let [right, wrong] = [reports::right(Dialect::Gfm), reports::wrong(Dialect::Gfm)];
    let many = reports::report(Dialect::Gfm, "1", &[]).repeat(20);
    for text in [[&*right, &wrong, &right].concat(), many] {
        let (mut client, _) = Client::start_with(json!({"capabilities": every_version()}));
        client.open(URI, 1, &text);
        client.diagnostics_of(URI, 1);
        let line = |at: usize| i64::try_from(text[..at].matches('\n').count()).expect("short");
        let lines = |sign| text.match_indices(sign).map(|it| line(it.0)).take(3);
        let in_sentences = lines("。\n").flat_map(|it| [(it, "的"), (it, "\n")]);
        let mut version = 1;
        for (line, typed) in in_sentences.chain(lines("总计").map(|it| (it, "1"))) {
            version += 1;
            client.change(URI, version, json!([edit((line, 2), (line, 2), typed)]));
            let published = client.diagnostics_of(URI, version);
            let params = json!({"textDocument": {"uri": URI}});
            let asked = client.request("textDocument/diagnostic", params);
            assert_eq!(published["diagnostics"], asked["items"], "{typed:?} in line {line}");
        }
        assert_eq!(version, 1 + 3 * 2 + 3);
        client.finish();
    }
}

#[test]
fn a_client_that_asks_gets_the_same_list() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    let published = client.diagnostics_of(URI, 1);
    let params = json!({"textDocument": {"uri": URI}});
    let report = client.request("textDocument/diagnostic", params);
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"], published["diagnostics"]);
    assert!(report["resultId"].is_string(), "{report}");
    let params = json!({"textDocument": {"uri": "file:///other.md"}});
    assert_eq!(client.request("textDocument/diagnostic", params)["items"], json!([]));
    client.finish();
}

#[test]
fn related_places_and_edits_name_the_document_as_the_client_does() {
    for uri in ["file:///%E6%8A%A5.md", "file:///%e6%8a%a5.md", "file:///报.md"] {
        for document_changes in [false, true] {
            let edits = json!({"workspaceEdit": {"documentChanges": document_changes}});
            let params = json!({"capabilities": {"workspace": edits}});
            let (mut client, _) = Client::start_with(params);
            let planted = [("natural", "3"), ("total", WRONG)];
            client.open(uri, 1, &reports::report(Dialect::Gfm, "0", &planted));
            let published = client.diagnostics_of(uri, 1);
            let found = find(&published, "R301").expect("a broken sum");
            let related = &found["relatedInformation"][0]["location"]["uri"];
            assert_eq!(related, uri);
            let context = json!({"diagnostics": [found]});
            let actions = client.code_actions(uri, &found["range"], context);
            let edit = &actions[0]["edit"];
            if document_changes {
                let document = &edit["documentChanges"][0]["textDocument"];
                assert_eq!(document, &json!({"uri": uri, "version": 1}));
            } else {
                assert!(edit["changes"][uri].is_array(), "{edit}");
            }
            client.finish();
        }
    }
}
