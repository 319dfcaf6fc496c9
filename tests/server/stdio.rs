//! What the server's standard input and output can be.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::process::{Command, Stdio};

use gouji_syntax::table::Dialect;
use rustix::fs::{OFlags, fcntl_getfl};
use serde_json::json;

use crate::support::{Client, edit, every_version, frame, reports};

const URI: &str = "file:///report.md";

fn server() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg("lsp");
    command
}

/// A session from beginning to end, with something to log.
fn session() -> String {
    let initialize = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"capabilities": {}}});
    let shutdown = json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"});
    let exit = json!({"jsonrpc": "2.0", "method": "exit"});
    frame(&initialize) + "garbage\r\n\r\n" + &frame(&shutdown) + &frame(&exit)
}

#[test]
fn over_sockets_messages_stay_whole_under_load() {
    let (mut client, _) = Client::over_sockets();
    client.request("initialize", json!({"capabilities": every_version()}));
    client.notify("initialized", json!({}));
    let text = reports::wrong(Dialect::Gfm);
    client.open(URI, 0, &text);
    let asked: Vec<i64> = (1..=1000)
        .map(|version| {
            let old = i64::from(version > 1);
            client.change(URI, version, json!([edit((0, 0), (0, old), "#")]));
            client.ask("gouji/documentInfo", json!({"uri": URI}))
        })
        .collect();
    for (version, id) in (1..).zip(asked) {
        assert_eq!(client.result(id)["version"], version);
    }
    client.diagnostics_of(URI, 1000);
    client.finish();
}

#[test]
fn a_descriptor_is_left_as_it_was_found() {
    let (mut client, theirs) = Client::over_sockets();
    client.request("initialize", json!({"capabilities": {}}));
    assert!(fcntl_getfl(&theirs).expect("flags").contains(OFlags::NONBLOCK));
    client.finish();
    assert!(!fcntl_getfl(&theirs).expect("flags").contains(OFlags::NONBLOCK));
}

#[test]
fn files_can_be_read_and_written() {
    let mut input = tempfile::tempfile().expect("a file");
    input.write_all(session().as_bytes()).expect("written");
    input.rewind().expect("rewound");
    let mut output = tempfile::tempfile().expect("a file");
    let written: File = output.try_clone().expect("a descriptor");
    let status = server().stdin(input).stdout(written).stderr(Stdio::null()).status();
    assert!(status.expect("it runs").success());
    output.rewind().expect("rewound");
    let mut text = String::new();
    output.read_to_string(&mut text).expect("UTF-8");
    assert_eq!(text.matches("Content-Length: ").count(), 3, "{text}");
    assert!(text.ends_with(r#"{"jsonrpc":"2.0","result":null,"id":2}"#), "{text}");
}

#[test]
fn a_log_in_the_same_pipe_is_not_lost() {
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let log = writer.try_clone().expect("a descriptor");
    let mut child =
        server().stdin(Stdio::piped()).stdout(writer).stderr(log).spawn().expect("runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(session().as_bytes()).expect("it reads");
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("UTF-8");
    assert!(child.wait().expect("it ends").success());
    assert!(text.contains("gouji: a message cannot be read"), "{text}");
    assert_eq!(text.matches("Content-Length: ").count(), 3, "{text}");
}
