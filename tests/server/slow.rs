//! Clients that do not read.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::reports;
use crate::support::{Client, edit, every_version};

const URI: &str = "file:///report.md";

#[test]
fn a_client_that_reads_late_gets_the_newest_list_and_few_of_the_others() {
    const LAST: i64 = 3000;
    let mut client = Client::silent();
    let id = client.ask("initialize", json!({"capabilities": every_version()}));
    client.notify("initialized", json!({}));
    client.open(URI, 0, &reports::wrong(Dialect::Gfm));
    // Far more than pipes hold: the server reads, although nobody takes what it writes.
    for version in 1..=LAST {
        let old = i64::from(version > 1);
        client.change(URI, version, json!([edit((0, 0), (0, old), "#")]));
    }
    client.read();
    client.result(id);
    let mut lists = 1;
    while client.diagnostics(URI)["version"] != LAST {
        lists += 1;
    }
    assert!(lists < LAST / 2, "{lists} lists waited");
    client.finish();
}

#[test]
fn answers_wait_for_a_client_that_reads_late_and_none_is_lost() {
    let mut client = Client::silent();
    let id = client.ask("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    let asked: Vec<i64> =
        (0..2000).map(|_| client.ask("gouji/documentInfo", json!({"uri": URI}))).collect();
    client.read();
    client.result(id);
    for id in asked {
        assert_eq!(client.result(id), Value::Null);
    }
    client.finish();
}
