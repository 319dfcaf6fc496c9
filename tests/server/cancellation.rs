//! `$/cancelRequest`.

use serde_json::{Value, json};

use crate::support::Client;

#[test]
fn a_cancelled_request_is_answered_at_once_and_the_others_go_on() {
    let mut client = Client::start();
    let waiting: Vec<_> = (0..60).map(|_| client.ask("gouji/test/wait", Value::Null)).collect();
    client.notify("$/cancelRequest", json!({"id": waiting[7]}));
    assert_eq!(client.error(waiting[7]), -32800);
    // Other requests are still answered, and the waiting ones have not been.
    client.open("file:///a.md", 1, "甲");
    client.assert_text("file:///a.md", 1, "甲");
    assert!(client.unread().all(|it| it.get("id").is_none()));
    for id in waiting {
        client.notify("$/cancelRequest", json!({"id": id}));
    }
    client.finish();
}

#[test]
fn cancelling_what_is_not_under_way_does_nothing() {
    let mut client = Client::start();
    for params in [json!({"id": 999}), json!({"id": "x"}), json!({}), json!([])] {
        client.notify("$/cancelRequest", params);
    }
    let id = client.ask("gouji/documentInfo", json!({"uri": "file:///a.md"}));
    client.result(id);
    client.notify("$/cancelRequest", json!({"id": id}));
    assert_eq!(client.info("file:///a.md"), Value::Null);
    client.finish();
}

#[test]
fn edits_are_applied_however_many_requests_wait() {
    let mut client = Client::start();
    client.open("file:///a.md", 1, "甲");
    let waiting: Vec<_> = (0..150).map(|_| client.ask("gouji/test/wait", Value::Null)).collect();
    client.change("file:///a.md", 2, json!([{"text": "乙"}]));
    for id in waiting {
        client.notify("$/cancelRequest", json!({"id": id}));
        assert_eq!(client.error(id), -32800);
    }
    client.assert_text("file:///a.md", 2, "乙");
    client.finish();
}
