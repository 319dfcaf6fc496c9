//! A panic costs the message that caused it.

use serde_json::{Value, json};

use crate::support::Client;

const URI: &str = "file:///a.md";

/// The hook of the tests: a document with this text cannot be checked.
const UNCHECKABLE: &str = "gouji/test/panic";

#[test]
fn a_panic_in_a_request_is_an_error_reply_and_the_next_request_is_answered() {
    let mut client = Client::start().allow_panics();
    for _ in 0..3 {
        let id = client.ask("gouji/test/panic", Value::Null);
        assert_eq!(client.error(id), -32603);
        client.open(URI, 1, "甲");
        client.assert_text(URI, 1, "甲");
        client.close(URI);
    }
    let log = client.finish();
    assert_eq!(log.lines().filter(|it| it.contains("panic")).count(), 3, "{log}");
}

#[test]
fn a_panic_in_a_notification_is_a_line_in_the_log() {
    let mut client = Client::start().allow_panics();
    client.notify("gouji/test/panicNotification", Value::Null);
    client.open(URI, 1, "甲");
    client.assert_text(URI, 1, "甲");
    let log = client.finish();
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains("asked to panic in a notification"), "{log}");
}

#[test]
fn a_panic_in_a_check_costs_its_document_nothing_but_that_check() {
    let mut client = Client::start().allow_panics();
    client.open(URI, 1, UNCHECKABLE);
    client.open("file:///b.md", 1, "乙");
    client.diagnostics_of("file:///b.md", 1);
    client.assert_text(URI, 1, UNCHECKABLE);
    client.change(URI, 2, json!([{"text": "甲"}]));
    client.diagnostics_of(URI, 2);
    client.change(URI, 3, json!([{"text": UNCHECKABLE}]));
    client.close(URI);
    client.notification("textDocument/publishDiagnostics", |it| {
        it["uri"] == URI && it.get("version").is_none()
    });
    client.finish();
}
