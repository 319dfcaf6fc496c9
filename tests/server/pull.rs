//! Diagnostics for clients that ask for them.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::reports::{self, WRONG};
use crate::support::{Client, edit};

const URI: &str = "file:///report.md";

/// Starts a server for a client that can pull; gives what is announced, too.
fn start(options: &Value) -> (Client, Value) {
    let workspace = json!({"diagnostics": {"refreshSupport": true}});
    let capabilities = json!({"textDocument": {"diagnostic": {}}, "workspace": workspace});
    let params = json!({"capabilities": capabilities, "initializationOptions": options});
    let (client, answer) = Client::start_with(params);
    let provider = answer["capabilities"].get("diagnosticProvider").cloned();
    (client, provider.unwrap_or_default())
}

fn pull(client: &mut Client, previous: Option<&Value>) -> Value {
    let mut params = json!({"textDocument": {"uri": URI}});
    if let Some(previous) = previous {
        params["previousResultId"] = previous.clone();
    }
    client.request("textDocument/diagnostic", params)
}

#[test]
fn pulling_is_announced_only_to_clients_that_are_configured_for_it_and_can() {
    let (client, announced) = start(&json!({"diagnostics": "pull"}));
    let options = json!({"identifier": "gouji", "interFileDependencies": false,
        "workspaceDiagnostics": false});
    assert_eq!(announced, options);
    client.finish();
    for options in [Value::Null, json!({}), json!({"diagnostics": "push"})] {
        let (client, announced) = start(&options);
        assert_eq!(announced, Value::Null, "{options}");
        client.finish();
    }
    let options = json!({"diagnostics": "pull"});
    let params = json!({"capabilities": {}, "initializationOptions": options});
    let (mut client, answer) = Client::start_with(params);
    assert!(answer["capabilities"].get("diagnosticProvider").is_none());
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    client.diagnostics(URI);
    client.finish();
}

#[test]
fn who_pulls_is_sent_no_list_unasked_and_the_status_all_the_same() {
    let (mut client, _) = start(&json!({"diagnostics": "pull"}));
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    let status = client.notification("gouji/status", |it| it["uri"] == URI);
    assert!(status["broken"].as_u64() > Some(0));
    let list = pull(&mut client, None);
    assert!(list["items"].as_array().is_some_and(|it| it.iter().any(|it| it["code"] == "R301")));
    client.close(URI);
    assert_eq!(pull(&mut client, None)["items"], json!([]));
    assert!(client.unread().all(|it| it["method"] != "textDocument/publishDiagnostics"));
    client.finish();
}

#[test]
fn a_list_that_the_client_has_is_not_sent_again() {
    let (mut client, _) = start(&json!({"diagnostics": "pull"}));
    let text = reports::wrong(Dialect::Gfm);
    client.open(URI, 1, &text);
    let first = pull(&mut client, None);
    let id = &first["resultId"];
    let unchanged = json!({"kind": "unchanged", "resultId": id});
    assert_eq!(pull(&mut client, Some(id)), unchanged);
    // An edit below the last finding.
    let last = i64::try_from(text.lines().count()).expect("short");
    client.change(URI, 2, json!([edit((last, 0), (last, 0), "\n")]));
    assert_eq!(pull(&mut client, Some(id)), unchanged);
    // One that moves them, and its undoing.
    client.change(URI, 3, json!([edit((0, 0), (0, 0), "\n")]));
    let moved = pull(&mut client, Some(id));
    assert_eq!(moved["kind"], "full");
    assert_ne!(&moved["resultId"], id);
    client.change(URI, 4, json!([edit((0, 0), (1, 0), "")]));
    assert_eq!(pull(&mut client, Some(id)), unchanged);
    // One that repairs all.
    client.change(URI, 5, json!([{"text": text.replace(WRONG, "0")}]));
    let right = pull(&mut client, Some(id));
    assert_eq!(right["items"], json!([]));
    assert_eq!(pull(&mut client, Some(&right["resultId"]))["kind"], "unchanged");
    client.finish();
}

#[test]
fn other_settings_have_the_client_ask_again() {
    let (mut client, _) = start(&json!({"diagnostics": "pull"}));
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    let first = pull(&mut client, None);
    let settings = json!({"settings": {"gouji": {"ignore": ["R301"]}}});
    client.notify("workspace/didChangeConfiguration", settings.clone());
    let (id, _) = client.asked("workspace/diagnostic/refresh");
    client.answer(id, Value::Null);
    let second = pull(&mut client, Some(&first["resultId"]));
    assert_eq!(second["kind"], "full");
    assert!(!second.to_string().contains("R301"));
    // The same settings change nothing.
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(pull(&mut client, Some(&second["resultId"]))["kind"], "unchanged");
    assert!(client.unread().all(|it| it["method"] != "workspace/diagnostic/refresh"));
    client.finish();
}

#[test]
fn who_is_sent_the_lists_is_not_asked_to_ask() {
    let (mut client, _) = start(&json!({}));
    client.open(URI, 1, &reports::wrong(Dialect::Gfm));
    client.diagnostics(URI);
    let settings = json!({"settings": {"gouji": {"ignore": ["R301"]}}});
    client.notify("workspace/didChangeConfiguration", settings);
    client.diagnostics(URI);
    client.info(URI);
    assert!(client.unread().all(|it| it["method"] != "workspace/diagnostic/refresh"));
    client.finish();
}
