//! How a session starts and ends.

use serde_json::{Value, json};

use crate::support::{Client, frame};

const URI: &str = "file:///a.md";

fn exit() -> Value {
    json!({"jsonrpc": "2.0", "method": "exit"})
}

#[test]
fn shutdown_and_exit_end_with_0_while_stdin_is_open() {
    let mut client = Client::start();
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    client.send(&exit());
    assert_eq!(client.ended().0, Some(0));
}

#[test]
fn exit_alone_ends_with_1_while_stdin_is_open() {
    let mut client = Client::start();
    client.send(&exit());
    assert_eq!(client.ended().0, Some(1));
    let mut client = Client::spawn();
    client.send(&exit());
    assert_eq!(client.ended().0, Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let mut client = Client::start();
    client.close_stdin();
    assert_eq!(client.ended().0, Some(1));
    let mut client = Client::start();
    client.request("shutdown", Value::Null);
    client.close_stdin();
    assert_eq!(client.ended().0, Some(0));
}

#[test]
fn the_answer_to_shutdown_comes_also_when_exit_is_right_behind() {
    let mut client = Client::start();
    let shutdown = json!({"jsonrpc": "2.0", "id": 77, "method": "shutdown"});
    client.send_raw((frame(&shutdown) + &frame(&exit())).as_bytes());
    assert_eq!(client.ended().0, Some(0));
    let answers: Vec<_> = client.unread().filter(|it| it["id"] == 77).collect();
    assert_eq!(answers, [&json!({"jsonrpc": "2.0", "id": 77, "result": null})]);
}

#[test]
fn exit_does_not_wait_for_what_is_under_way() {
    for close in [false, true] {
        let mut client = Client::start();
        for _ in 0..5 {
            client.ask("gouji/test/wait", Value::Null);
        }
        if close {
            client.close_stdin();
        } else {
            client.send(&exit());
        }
        assert_eq!(client.ended().0, Some(1));
    }
}

#[test]
fn a_client_that_dies_leaves_no_server_behind() {
    let mut client = Client::deaf();
    let params = json!({"uri": URI});
    let ask = json!({"jsonrpc": "2.0", "id": 1, "method": "gouji/documentInfo", "params": params});
    client.send_in_vain(frame(&ask).repeat(400).as_bytes());
    // Nobody reads the answers any more, and nobody says `exit`.
    client.close_stdin();
    assert_eq!(client.ended().0, Some(1));
}

#[test]
fn shutdown_may_have_null_as_its_parameters() {
    let mut client = Client::start();
    let shutdown = json!({"jsonrpc": "2.0", "method": "shutdown", "params": null});
    let id = client.ask_as_is(shutdown);
    assert_eq!(client.result(id), Value::Null);
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = Client::spawn();
    let early = client.ask("gouji/documentInfo", json!({"uri": URI}));
    assert_eq!(client.error(early), -32002);
    client.request("initialize", json!({"capabilities": {}}));
    let twice = client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(client.error(twice), -32600);
    client.request("shutdown", Value::Null);
    let late = client.ask("gouji/documentInfo", json!({"uri": URI}));
    assert_eq!(client.error(late), -32600);
    client.send(&exit());
    assert_eq!(client.ended().0, Some(0));
}

#[test]
fn an_opening_right_behind_initialize_is_not_lost() {
    let mut client = Client::spawn();
    let id = client.ask("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open(URI, 1, "甲");
    client.result(id);
    client.assert_text(URI, 1, "甲");
    client.finish();
}

#[test]
fn the_server_names_itself_and_what_it_can_do() {
    let (client, answer) = Client::start_with(json!({"capabilities": {}}));
    assert_eq!(
        answer["serverInfo"],
        json!({"name": "gouji", "version": env!("CARGO_PKG_VERSION")})
    );
    let can = &answer["capabilities"];
    assert_eq!(can["textDocumentSync"], json!({"openClose": true, "change": 2}));
    let kinds = &can["codeActionProvider"]["codeActionKinds"];
    assert_eq!(kinds, &json!(["quickfix", "source.fixAll.gouji", "refactor.rewrite.gouji"]));
    client.finish();
}

#[test]
fn odd_initialization_options_are_logged_and_left() {
    for options in [json!(5), json!([]), json!({"config": {"ignore": 5}}), json!({"lang": 5})] {
        let params = json!({"capabilities": {}, "initializationOptions": options});
        let (client, _) = Client::start_with(params);
        let log = client.finish();
        assert_eq!(log.contains("configuration is ignored"), options["config"].is_object());
    }
}
