//! What the server says of itself for a bug report.

use gouji_syntax::table::Dialect;
use serde_json::json;

use crate::support::Client;
use crate::support::reports;

#[test]
fn it_names_program_client_and_documents_but_no_word_of_a_document() {
    let options = json!({"lang": "en", "config": {"ignore": ["N402"]}});
    let general = json!({"positionEncodings": ["utf-8"]});
    let (mut client, _) = Client::start_with(json!({
        "capabilities": {"general": general},
        "clientInfo": {"name": "an editor", "version": "1.2"},
        "initializationOptions": options,
    }));
    let report = reports::wrong(Dialect::Gfm);
    client.open("file:///b|c.md", 7, &report);
    client.open("file:///a.txt", 3, "a shopping list");
    let answer = client.request("gouji/debugInformation", json!({}));
    let command = json!({"command": "gouji.debugInformation"});
    let again = client.request("workspace/executeCommand", command);
    let is_memory = |it: &&str| it.contains("memory");
    let steady = |it: &serde_json::Value| {
        let text = it["text"].as_str().expect("Markdown");
        text.lines().filter(|it| !is_memory(it)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(steady(&again), steady(&answer), "the same by its command");
    let text = answer["text"].as_str().expect("Markdown");
    let version = format!("- version: {}", env!("CARGO_PKG_VERSION"));
    for line in [&*version, "- client: an editor 1.2", "- encoding: UTF-8", "- language: en"] {
        assert!(text.lines().any(|it| it == line), "no {line} in:\n{text}");
    }
    for word in [std::env::consts::OS, "gouji", "N402", "diagnostics: push"] {
        assert!(text.contains(word), "no {word} in:\n{text}");
    }
    assert_eq!(text.contains("- most memory: "), cfg!(target_os = "linux"));
    let rows: Vec<_> = text.lines().filter(|it| it.starts_with("| file:")).collect();
    assert_eq!(rows[0], "| file:///a.txt | 3 | 15 | 1 | 0 | | | |");
    let start = format!("| file:///b%7Cc.md | 7 | {} | ", report.len());
    assert!(rows[1].starts_with(&start) && rows[1].contains(" | 1 | "), "{}", rows[1]);
    for of_the_text in ["青禾市", "shopping", "总体情况"] {
        assert!(!text.contains(of_the_text), "{text}");
    }
    client.finish();
}
