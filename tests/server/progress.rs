//! That a long check is under way.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::{Client, edit, reports};

const URI: &str = "file:///long.md";

fn start(shows: bool) -> Client {
    let window = json!({"workDoneProgress": shows});
    Client::start_with(json!({"capabilities": {"window": window}})).0
}

/// A text whose check is long, and waits to be released.
fn long() -> String {
    format!("<!-- gouji/test/hold {} -->\n", "x".repeat(16 << 20))
}

fn release(client: &mut Client) {
    client.notify("gouji/test/release", Value::Null);
}

#[test]
fn a_long_check_is_shown_from_its_beginning_to_its_end() {
    let mut client = start(true);
    client.open(URI, 1, &long());
    let (id, params) = client.asked("window/workDoneProgress/create");
    let token = &params["token"];
    client.answer(id, Value::Null);
    let begin = client.notification("$/progress", |it| it["token"] == *token);
    assert_eq!(begin["value"], json!({"kind": "begin", "title": "正在检查年度报告"}));
    // A check that an edit cancels and the next one are shown as one.
    client.change(URI, 2, json!([edit((1, 0), (1, 0), "\n")]));
    release(&mut client);
    let end = client.notification("$/progress", |it| it["token"] == *token);
    assert_eq!(end["value"]["kind"], "end");
    // A short text is checked without.
    client.change(URI, 3, json!([{"text": reports::wrong(Dialect::Gfm)}]));
    assert_ne!(client.diagnostics_of(URI, 3)["diagnostics"], json!([]));
    let asked = |it: &Value| it["method"] == "window/workDoneProgress/create";
    assert!(!client.unread().any(asked));
    client.finish();
}

#[test]
fn nothing_is_shown_where_the_client_refuses_or_answers_too_late() {
    for refuses in [true, false] {
        let mut client = start(true);
        client.open(URI, 1, &long());
        let (id, _) = client.asked("window/workDoneProgress/create");
        if refuses {
            let error = json!({"code": -32601, "message": "unknown"});
            client.send(&json!({"jsonrpc": "2.0", "id": id, "error": error}));
            release(&mut client);
            client.diagnostics(URI);
        } else {
            release(&mut client);
            client.diagnostics(URI);
            client.answer(id, Value::Null);
        }
        client.info("file:///other.md");
        assert!(client.unread().all(|it| it["method"] != "$/progress"));
        client.finish();
    }
}

#[test]
fn short_checks_and_clients_that_show_nothing_are_not_bothered() {
    let mut client = start(true);
    client.open(URI, 1, &reports::wrong(Dialect::Gfm).repeat(20));
    client.diagnostics(URI);
    assert!(client.unread().all(|it| it.get("id").is_none()));
    client.finish();
    let mut client = start(false);
    release(&mut client);
    client.open(URI, 1, &long());
    client.diagnostics(URI);
    assert!(client.unread().all(|it| it.get("id").is_none()));
    client.finish();
}
