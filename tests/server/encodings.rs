//! Columns in the client's unit.

use serde_json::{Value, json};

use crate::support::{Client, edit};

const URI: &str = "file:///report.md";

/// Columns of what follows `😀𠮷表` by encoding.
const COLUMNS: [(&str, i64); 3] = [("utf-8", 11), ("utf-16", 5), ("utf-32", 3)];

fn start(offers: &Value) -> (Client, Value) {
    let general = json!({"positionEncodings": offers});
    let params = json!({"capabilities": {"general": general}});
    let (client, mut answer) = Client::start_with(params);
    (client, answer["capabilities"]["positionEncoding"].take())
}

#[test]
fn the_clients_first_known_encoding_is_taken() {
    let cases = [
        (json!(["utf-8", "utf-16", "utf-32"]), json!("utf-8")),
        (json!(["utf-32", "utf-8", "utf-16"]), json!("utf-32")),
        (json!(["utf-16"]), json!("utf-16")),
        (json!(["utf-7", "utf-32"]), json!("utf-32")),
        (json!([]), Value::Null),
    ];
    for (offers, expected) in cases {
        let (client, taken) = start(&offers);
        assert_eq!(taken, expected, "of {offers}");
        client.finish();
    }
}

#[test]
fn edits_behind_wide_characters_land_where_they_should() {
    for (encoding, column) in COLUMNS {
        let (mut client, _) = start(&json!([encoding]));
        client.open(URI, 1, "甲\n😀𠮷表1\r\n乙");
        client.change(URI, 2, json!([edit((1, column), (1, column + 1), "2")]));
        client.assert_text(URI, 2, "甲\n😀𠮷表2\r\n乙");
        client.finish();
    }
}

#[test]
fn without_an_offer_columns_are_utf_16() {
    let mut client = Client::start();
    client.open(URI, 1, "😀𠮷表1");
    client.change(URI, 2, json!([edit((0, 5), (0, 6), "2")]));
    client.assert_text(URI, 2, "😀𠮷表2");
    client.finish();
}
