//! Settings that the client is asked for.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::{Client, every_version, reports};

const URI: &str = "file:///report.md";

/// Starts a server for a client that wants to be asked for its settings, and to have the list
/// of every check.
fn start() -> Client {
    let changes = json!({"dynamicRegistration": true});
    let workspace = json!({"configuration": true, "didChangeConfiguration": changes});
    let mut capabilities = every_version();
    capabilities["workspace"] = workspace;
    Client::start_with(json!({"capabilities": capabilities})).0
}

fn change(client: &mut Client, settings: &Value) {
    client.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
}

/// Whether the next diagnostics name a broken row total.
fn is_told(client: &mut Client) -> bool {
    let published = client.diagnostics(URI);
    let list = published["diagnostics"].as_array().expect("a list");
    list.iter().any(|it| it["code"] == "R301")
}

#[test]
fn a_client_is_asked_for_the_settings_that_it_does_not_send() {
    let mut client = start();
    let (id, params) = client.asked("client/registerCapability");
    let registration = &params["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeConfiguration");
    assert_eq!(registration["registerOptions"], json!({"section": "gouji"}));
    client.answer(id, Value::Null);
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    assert!(is_told(&mut client));

    for settings in &[Value::Null, json!({})] {
        change(&mut client, settings);
        let (id, params) = client.asked("workspace/configuration");
        assert_eq!(params, json!({"items": [{"section": "gouji"}]}));
        client.answer(id, json!([{"ignore": ["R301"]}]));
        assert!(!is_told(&mut client));
        change(&mut client, &json!({"gouji": {"ignore": []}}));
        assert!(is_told(&mut client));
    }
    client.finish();
}

#[test]
fn the_settings_that_were_told_last_hold_however_late_another_answer_comes() {
    let mut client = start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    assert!(is_told(&mut client));
    change(&mut client, &Value::Null);
    change(&mut client, &Value::Null);
    let (first, _) = client.asked("workspace/configuration");
    let (second, _) = client.asked("workspace/configuration");
    client.answer(second, json!([{"ignore": ["R"]}]));
    assert!(!is_told(&mut client));
    client.answer(first, json!([{"ignore": []}]));
    change(&mut client, &json!({"gouji": {"ignore": ["R301"]}}));
    assert!(!is_told(&mut client));
    client.finish();
}

#[test]
fn no_settings_no_answer_and_a_refusal_change_nothing() {
    let mut client = start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    assert!(is_told(&mut client));
    let error = json!({"code": -32601, "message": "unknown"});
    for answer in [json!({"result": [null]}), json!({"result": []}), json!({"error": error})] {
        change(&mut client, &Value::Null);
        let (id, _) = client.asked("workspace/configuration");
        let mut answer = answer;
        (answer["jsonrpc"], answer["id"]) = (json!("2.0"), json!(id));
        client.send(&answer);
    }
    // A client that never answers is served all the same, and so is its next change.
    for _ in 0..200 {
        change(&mut client, &Value::Null);
    }
    change(&mut client, &json!({"gouji": {"ignore": ["R301"]}}));
    assert!(!is_told(&mut client));
    assert!(client.unread().all(|it| it["method"] != "textDocument/publishDiagnostics"));
    client.finish();
}

#[test]
fn settings_that_say_what_holds_already_cost_no_check() {
    let mut client = start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    assert!(is_told(&mut client));
    change(&mut client, &json!({"gouji": {"ignore": [], "server": {"path": ""}}}));
    change(&mut client, &json!({"gouji": {"ignore": ["R301"]}}));
    assert!(!is_told(&mut client), "the first change was followed by a list of its own");
    client.finish();
}

#[test]
fn a_client_that_does_not_say_it_answers_is_asked_nothing() {
    let mut client = Client::start();
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    change(&mut client, &Value::Null);
    client.diagnostics(URI);
    client.info(URI);
    assert!(client.unread().all(|it| it.get("id").is_none()));
    client.finish();
}
