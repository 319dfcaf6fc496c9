//! Edits and requests in the order of the wire.

use serde_json::json;

use crate::support::{Client, edit, info};

const URI: &str = "file:///report.md";

#[test]
fn each_of_three_thousand_requests_sees_exactly_the_edits_before_it() {
    let mut client = Client::start();
    let mut text = String::from("年度报告\n");
    client.open(URI, 0, &text);
    let mut expected = Vec::new();
    for version in 1..=3000 {
        // Never longer than a line, so that the test is about order and nothing else.
        let digit = (version % 10).to_string();
        let old = i64::from(version > 1);
        client.change(URI, version, json!([edit((1, 0), (1, old), &digit)]));
        text.truncate("年度报告\n".len());
        text.push_str(&digit);
        let id = client.ask("gouji/documentInfo", json!({"uri": URI}));
        expected.push((id, info(version, &text)));
    }
    for (id, expected) in expected {
        assert_eq!(client.result(id), expected);
    }
    client.finish();
}

#[test]
fn a_burst_of_edits_ends_in_diagnostics_of_the_last_version() {
    let mut client = Client::start();
    client.open(URI, 0, "年度报告\n");
    client.diagnostics_of(URI, 0);
    client.close(URI);
    client.open(URI, 1, "年度报告\n");
    for version in 2..=500 {
        client.change(URI, version, json!([edit((1, 0), (1, 0), "一\n")]));
    }
    client.close(URI);
    // The list of the close is the last: nothing of the versions before follows it.
    let is_last = |it: &serde_json::Value| it["uri"] == URI && it.get("version").is_none();
    client.notification("textDocument/publishDiagnostics", is_last);
    client.notification("textDocument/publishDiagnostics", is_last);
    let log = client.finish();
    assert_eq!(log, "");
}
