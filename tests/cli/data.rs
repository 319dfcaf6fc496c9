//! `extract`, `rules` and `explain`.

use serde_json::{Value, json};

use crate::{REPORT, one};

#[test]
fn extract_gives_tables_by_row_and_column() {
    let run = one(REPORT).run(&["extract"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let json = run.json();
    assert_eq!((&json["version"], &json["files"][0]["path"]), (&json!(1), &json!("a.md")));
    let report = &json["files"][0]["reports"][0];
    assert_eq!(report["agency"], "青禾市水务局");
    assert_eq!((&report["year"], &report["template"]), (&json!(2023), &json!("2021")));
    assert_eq!(report["sections"][1]["key"], "disclosure");
    assert_eq!(report["sections"][1]["line"], 6);
    let disclosure = &report["tables"]["disclosure"];
    assert_eq!(disclosure["rules"], json!({"made": 0, "repealed": 0, "in_force": 0}));
    assert_eq!(disclosure["normative"]["in_force"], 1234);
    assert_eq!(disclosure["license"], json!({"decisions": 3}));
    assert_eq!(report["tables"]["litigation"]["review"]["total"], 2);
    assert_eq!(report["tables"]["requests"], Value::Null);
    let keys = report.as_object().unwrap().len();
    assert_eq!(keys, 8, "{report}");
}

#[test]
fn extract_tells_blank_from_text_and_keeps_decimals() {
    let text = REPORT.replace("| 规章 | 0 | 0 |", "| 规章 | | 若干 |").replace("52.50", "0.10");
    let run = one(&text).run(&["extract"]);
    let json = run.json();
    let disclosure = &json["files"][0]["reports"][0]["tables"]["disclosure"];
    assert_eq!(disclosure["rules"], json!({"made": null, "repealed": "若干", "in_force": 0}));
    assert!(run.out.contains(r#""amount":0.1}"#), "{}", run.out);
}

#[test]
fn extract_writes_a_line_for_each_report_or_value() {
    let folder = one(&REPORT.replace("| 规章 | 0 |", "| 规章 | 一,二 |"));
    let lines = folder.run(&["extract", "--format", "jsonl"]).out;
    assert_eq!(lines.lines().count(), 1);
    let report: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!((&report["path"], &report["year"]), (&json!("a.md"), &json!(2023)));
    let csv = folder.run(&["extract", "--format", "csv"]).out;
    assert!(csv.starts_with("path,report,agency,year,template,table,row,column,value\r\n"));
    let row = "a.md,1,青禾市水务局,2023,2021,disclosure,rules,made,\"一,二\"\r\n";
    assert!(csv.contains(row), "{csv}");
    assert!(csv.contains(",litigation,,review.total,2\r\n"), "{csv}");
}

#[test]
fn rules_are_listed_as_text_and_json() {
    let folder = one(REPORT);
    let rules = gouji_analysis::rules::ALL;
    assert_eq!(folder.run(&["rules"]).out.lines().count(), rules.len() + 1);
    let json = folder.run(&["rules", "--format", "json"]).json();
    let listed = json["rules"].as_array().unwrap();
    assert_eq!(listed.len(), rules.len());
    assert!(listed.iter().zip(rules).all(|(a, b)| a["code"] == b.code && a["name"] == b.name));
}

#[test]
fn explain_takes_a_code_or_a_name() {
    let folder = one(REPORT);
    let page = folder.run(&["explain", "R301"]);
    assert!(page.code == 0 && page.out.starts_with("# R301 row-total\n"), "{page:?}");
    assert_eq!(folder.run(&["explain", "row-total"]), page);
    assert_eq!(folder.run(&["explain", "r301"]), page);
}

#[test]
fn explain_suggests_near_rules() {
    let folder = one(REPORT);
    folder.run(&["explain", "row-totel"]).fails_with("row-total");
    folder.run(&["explain", "R31"]).fails_with("R301");
    folder.run(&["explain", "没有这条"]).fails_with("没有这条");
}
