//! What no client should send.

use serde_json::{Value, json};

use crate::support::{Client, edit, frame};

const URI: &str = "file:///a.md";

fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend(body);
    message
}

#[test]
fn messages_that_cannot_be_read_get_an_error_and_the_next_one_is_read() {
    let mut client = Client::start();
    client.open(URI, 1, "甲");
    let unreadable: [(&[u8], i64); 7] = [
        (b"{", -32700),
        (b"not json", -32700),
        (b"\xff\xfe{}", -32700),
        (b"[]", -32600),
        (b"{}", -32600),
        (b"5", -32600),
        (br#"{"jsonrpc":"2.0","id":[],"method":"x"}"#, -32600),
    ];
    for (body, code) in unreadable {
        client.send_raw(&framed(body));
        let reply = client.wait("an error", |it| it.get("error").is_some());
        assert_eq!((&reply["id"], &reply["error"]["code"]), (&Value::Null, &json!(code)));
        client.assert_text(URI, 1, "甲");
    }
    client.finish();
}

#[test]
fn bytes_that_are_no_message_are_skipped() {
    let mut client = Client::start();
    for garbage in ["garbage\r\n\r\n", "Content-Length: -5\r\n\r\n", "Content-Length: 9e9\r\n\r\n"]
    {
        client.send_raw(garbage.as_bytes());
        client.wait("an error", |it| it["error"]["code"] == -32700);
        assert_eq!(client.info(URI), Value::Null);
    }
    client.send_raw(b"Content-Length: 99999999999999\r\n\r\n");
    client.wait("an error", |it| it["error"]["code"] == -32700);
    client.finish();
}

#[test]
fn unknown_methods_are_refused_and_unknown_notifications_ignored() {
    let mut client = Client::start();
    let id = client.ask("textDocument/unheardOf", json!({}));
    assert_eq!(client.error(id), -32601);
    client.notify("textDocument/unheardOf", json!({}));
    client.notify("$/unheardOf", json!({}));
    // A method that exists and is not announced.
    let id = client.ask("textDocument/documentLink", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.error(id), -32601);
    let id = client.ask("textDocument/codeAction", json!({"odd": 1}));
    assert_eq!(client.error(id), -32602);
    client.finish();
}

#[test]
fn answers_to_questions_never_asked_are_ignored() {
    let mut client = Client::start();
    client.send(&json!({"jsonrpc": "2.0", "id": 12, "result": null}));
    client.send(&json!({"jsonrpc": "2.0", "id": 12, "error": {"code": 1, "message": "no"}}));
    client.send(&json!({"jsonrpc": "2.0", "id": null, "result": null}));
    assert_eq!(client.info(URI), Value::Null);
    client.finish();
}

#[test]
fn changes_and_closes_of_documents_that_are_not_open_are_logged() {
    let mut client = Client::start();
    client.change(URI, 1, json!([{"text": "甲"}]));
    client.close(URI);
    let actions = client.code_actions(
        URI,
        &crate::support::range((0, 0), (9, 9)),
        json!({"diagnostics": []}),
    );
    assert_eq!(actions, Value::Null);
    let log = client.finish();
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn ranges_reversed_or_outside_the_text_lose_no_edit() {
    let mut client = Client::start();
    client.open(URI, 1, "甲乙丙\n丁\n");
    let cases = [
        (edit((0, 2), (0, 1), "-"), "甲-丙\n丁\n"),
        (edit((9, 0), (9, 9), "戊"), "甲-丙\n丁\n戊"),
        (edit((0, 99), (0, 99), "!"), "甲-丙!\n丁\n戊"),
        (edit((-5, -5), (0, 1), ""), "-丙!\n丁\n戊"),
        (edit((1 << 40, 0), (1 << 40, 0), "己"), "-丙!\n丁\n戊己"),
        (edit((0, i64::MAX), (0, i64::MAX), "?"), "-丙!?\n丁\n戊己"),
    ];
    for (version, (change, text)) in (2..).zip(cases) {
        client.change(URI, version, json!([change]));
        client.assert_text(URI, version, text);
    }
    client.finish();
}

#[test]
fn versions_are_taken_as_they_come() {
    let mut client = Client::start();
    client.open(URI, 0, "0");
    let versions = [5, 5, 3, -1, 0, i64::from(i32::MAX), i64::from(i32::MIN)];
    for version in versions {
        client.change(URI, version, json!([{"text": version.to_string()}]));
        client.assert_text(URI, version, &version.to_string());
    }
    client.change(URI, i64::MAX, json!([{"text": "most"}]));
    client.assert_text(URI, i64::from(i32::MAX), "most");
    let document = json!({"uri": URI, "version": null});
    let changes = json!([{"text": "none"}]);
    let params = json!({"textDocument": document, "contentChanges": changes});
    client.notify("textDocument/didChange", params);
    client.assert_text(URI, 0, "none");
    client.finish();
}

#[test]
fn half_a_surrogate_pair_becomes_one_unit_of_another_character() {
    let mut client = Client::start();
    client.open(URI, 1, "甲乙");
    let message = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": URI, "version": 2},
        "contentChanges": [edit((0, 1), (0, 1), "HALF"), edit((0, 2), (0, 2), "-")]}});
    let body = message.to_string().replace("HALF", r"\ud83d");
    client.send_raw(&framed(body.as_bytes()));
    client.assert_text(URI, 2, "甲\u{fffd}-乙");
    client.finish();
}

#[test]
fn headers_of_either_case_and_other_headers_are_read() {
    let mut client = Client::start();
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params":
        {"textDocument": {"uri": URI, "languageId": "x", "version": 1, "text": "甲"}}});
    let message = frame(&open).replace("Content-Length", "content-length");
    client.send_raw(
        format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n{message}").as_bytes(),
    );
    client.assert_text(URI, 1, "甲");
    client.finish();
}
