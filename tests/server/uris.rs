//! The same path in the spellings that clients use.

use serde_json::{Value, json};

use crate::support::Client;

#[test]
fn a_document_is_named_as_its_client_names_it() {
    let spellings = [
        "file:///home/%E6%8A%A5%E5%91%8A.md",
        "file:///home/%e6%8a%a5%e5%91%8a.md",
        "file:///home/报告.md",
        "file:///c%3A/Users/%E6%8A%A5.md",
        "file:///C:/Users/%E6%8A%A5.md",
        "file:///home/a%20b%2Bc.md",
        "file:///home/a b.md",
        "untitled:Untitled-1",
        "untitled:报告.md",
        "vscode-vfs://github/a/b/%E6%8A%A5.md",
    ];
    let mut client = Client::start();
    for uri in spellings {
        client.open(uri, 3, "甲");
        assert_eq!(client.diagnostics_of(uri, 3)["uri"], uri);
        client.assert_text(uri, 3, "甲");
        client.close(uri);
        let is_last = |it: &Value| it["uri"] == uri && it.get("version").is_none();
        client.notification("textDocument/publishDiagnostics", is_last);
    }
    client.finish();
}

#[test]
fn what_is_no_uri_is_refused() {
    let mut client = Client::start();
    client.open("no uri", 1, "甲");
    let id = client.ask("gouji/documentInfo", json!({"uri": "no uri"}));
    assert_eq!(client.error(id), -32602);
    client.finish();
}
