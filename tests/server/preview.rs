//! `gouji/preview`: the page of a report.

use gouji_syntax::table::Dialect;
use serde_json::{Value, json};

use crate::support::Client;
use crate::support::reports;

const URI: &str = "file:///%E6%8A%A5.md";

fn preview(client: &mut Client, line: Option<u64>) -> Value {
    let mut params = json!({"textDocument": {"uri": URI}});
    if let Some(line) = line {
        params["position"] = json!({"line": line, "character": 0});
    }
    client.request("gouji/preview", params)
}

fn texts<'a>(page: &'a Value, kind: &str) -> Vec<&'a str> {
    let nodes = page["nodes"].as_array().expect("a list").iter();
    let runs = nodes.filter(|it| it["kind"] == kind).map(|it| &it["runs"][0]["text"]);
    runs.map(|it| it.as_str().expect("a text")).collect()
}

#[test]
fn a_report_is_laid_out_with_its_findings_where_they_stand() {
    let mut client = Client::start();
    let text = reports::wrong(Dialect::Gfm);
    client.open(URI, 3, &text);
    let page = preview(&mut client, None);
    assert_eq!((&page["version"], &page["shown"]), (&json!(3), &json!(0)));
    assert_eq!(texts(&page, "title"), ["青禾市水务局2023年政府信息公开工作年度报告"]);
    assert_eq!(texts(&page, "heading").len(), 6);
    assert_eq!(texts(&page, "signature"), ["青禾市水务局", "2024年1月20日"]);

    let nodes = page["nodes"].as_array().expect("a list");
    let tables: Vec<_> = nodes.iter().filter(|it| it["kind"] == "table").collect();
    assert_eq!(tables.iter().map(|it| &it["name"]).collect::<Vec<_>>(), ["表二", "表三", "表四"]);
    let cells = tables[1]["rows"].as_array().expect("rows").iter();
    let mut cells = cells.flat_map(|it| it.as_array().expect("cells"));
    let cell = cells.find(|it| it["text"] == reports::WRONG).expect("the wrong total");
    let line = text.lines().position(|it| it.contains(reports::WRONG)).expect("its line");
    let column = text.lines().nth(line).and_then(|it| it.split_once(reports::WRONG));
    let column = column.expect("its text").0.encode_utf16().count();
    assert_eq!(cell["range"]["start"], json!({"line": line, "character": column}));

    // What is marked is what is published.
    let published = client.diagnostics_of(URI, 3);
    let published = published["diagnostics"].as_array().expect("a list");
    for index in cell["findings"].as_array().expect("a list") {
        let finding = &page["findings"][usize::try_from(index.as_u64().unwrap()).unwrap()];
        let same = |it: &&Value| {
            ["code", "severity", "message", "range"].iter().all(|key| it[key] == finding[key])
        };
        assert!(published.iter().any(|it| same(&it)), "{finding}");
    }
    client.finish();
}

#[test]
fn the_report_at_the_position_is_shown_and_an_edit_changes_the_page() {
    let mut client = Client::start();
    let one = reports::right(Dialect::Gfm);
    let lines = one.lines().count() as u64;
    client.open(URI, 1, &[&one, "\n", &one.replace("水务局", "林业局")].concat());
    for (line, shown, agency) in [(None, 0, "水务局"), (Some(lines + 5), 1, "林业局")] {
        let page = preview(&mut client, line);
        assert_eq!(
            (page["reports"].as_array().map(Vec::len), &page["shown"]),
            (Some(2), &json!(shown))
        );
        assert!(texts(&page, "title")[0].contains(agency), "{page}");
    }
    client.change(URI, 2, json!([{"text": one.replace("水务局", "农业局")}]));
    let page = preview(&mut client, Some(lines * 9));
    assert_eq!((&page["version"], page["reports"].as_array().map(Vec::len)), (&json!(2), Some(1)));
    assert!(texts(&page, "title")[0].contains("农业局"));
    client.finish();
}

#[test]
fn of_what_is_no_report_and_what_is_not_open_there_is_no_page() {
    let mut client = Client::start();
    assert_eq!(preview(&mut client, None), Value::Null);
    client.open(URI, 1, "# 会议记录\n");
    let page = preview(&mut client, None);
    assert_eq!(page, json!({"version": 1, "reports": [], "shown": 0, "nodes": [], "findings": []}));
    let id = client.ask("gouji/preview", json!({"uri": URI}));
    assert_eq!(client.error(id), -32602);
    client.finish();
}
