//! The extension's settings for rules are those that the server reads, and name every rule in
//! both languages. `UPDATE=1` renews them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use gouji_analysis::Config;
use gouji_analysis::rules::{ALL, Rule};
use serde_json::{Value, json};

use crate::pages::{root, update};

const LEVELS: [&str; 5] = ["off", "hint", "information", "warning", "error"];

/// What stands before and after the generated part of the manifest.
const MANIFEST: [&str; 2] = ["        \"title\": \"%config.rules%\",\n", "\n      }\n"];

fn file(name: &str) -> PathBuf {
    root().join("editors/vscode").join(name)
}

/// The letters of the rules' families, then their codes.
fn words() -> Vec<String> {
    let mut families: Vec<_> = ALL.iter().map(|it| it.code[..1].to_owned()).collect();
    families.dedup();
    families.into_iter().chain(ALL.iter().map(|it| it.code.to_owned())).collect()
}

/// The key of the text that describes a family or a rule.
fn description(word: &str) -> String {
    let kind = if word.len() == 1 { "family" } else { "rule" };
    format!("%{kind}.{word}%")
}

fn level(rule: &Rule) -> Value {
    serde_json::to_value(rule.severity).unwrap()
}

/// The settings, one for each part of the server's configuration.
fn settings() -> [(&'static str, Value); 3] {
    // A part that is added is missed here.
    let Config { select: _, ignore: _, severity: _ } = Config::default();
    let severity: BTreeMap<_, _> = words()
        .into_iter()
        .map(|it| {
            let mut level_of = json!({"type": "string", "enum": LEVELS});
            level_of["description"] = description(&it).into();
            if let Some(rule) = ALL.iter().find(|rule| rule.code == it) {
                level_of["default"] = level(rule);
            }
            (it, level_of)
        })
        .collect();
    let list = |text: &str, order: usize| {
        let descriptions: Vec<_> = words().iter().map(|it| description(it)).collect();
        let items = json!({"type": "string", "enum": words(), "enumDescriptions": descriptions});
        json!({"type": "array", "items": items, "uniqueItems": true, "default": [],
            "scope": "window", "markdownDescription": text, "order": order})
    };
    [
        (
            "gouji.severity",
            json!({"type": "object", "properties": severity, "additionalProperties": false,
                "default": {}, "scope": "window",
                "markdownDescription": "%config.severity%", "order": 1}),
        ),
        ("gouji.ignore", list("%config.ignore%", 2)),
        ("gouji.select", list("%config.select%", 3)),
    ]
}

/// A value on several lines as deep as `depth` levels, on one line below.
fn write(value: &Value, depth: usize, indent: usize) -> String {
    match value {
        Value::Object(members) if depth > 0 && !members.is_empty() => {
            let inner = " ".repeat(indent + 2);
            let member =
                |(key, it): (_, _)| format!("{inner}{key:?}: {}", write(it, depth - 1, indent + 2));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{\n{}\n{}}}", members.join(",\n"), " ".repeat(indent))
        }
        _ => value.to_string(),
    }
}

/// The manifest with its part on rules renewed.
fn manifest(text: &str) -> String {
    let [start, end] = MANIFEST;
    let (before, rest) = text.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let setting = |(key, it): &(_, Value)| format!("          {key:?}: {}", write(it, 2, 10));
    let settings = settings().each_ref().map(setting).join(",\n");
    format!("{before}{start}        \"properties\": {{\n{settings}\n        }}{end}{after}")
}

/// A file of the manifest's texts with those on rules renewed.
fn texts(text: &str, lang: usize) -> String {
    let (before, _) = text.split_once("  \"rule.").unwrap_or((text, ""));
    let (_, last) = text.rsplit_once("  \"rule.").unwrap_or(("", text));
    let (_, after) = last.split_once('\n').unwrap();
    let rule = |it: &&Rule| {
        let brackets = [("（", "）"), (" (", ")")][lang];
        let text = [it.summary[lang], brackets.0, it.name, brackets.1].concat();
        format!("  \"rule.{}\": {},\n", it.code, Value::String(text))
    };
    let rules: String = ALL.iter().map(rule).collect();
    [before, &rules, after].concat()
}

#[track_caller]
fn assert_up_to_date(name: &str, renew: impl Fn(&str) -> String) {
    let text = fs::read_to_string(file(name)).unwrap().replace("\r\n", "\n");
    let renewed = renew(&text);
    assert_eq!(renew(&renewed), renewed, "{name} is renewed once");
    if update() {
        fs::write(file(name), renewed).unwrap();
        return;
    }
    assert_eq!(text, renewed, "{name} is stale, renew with UPDATE=1");
}

#[test]
fn the_settings_of_rules_are_up_to_date() {
    assert_up_to_date("package.json", manifest);
}

#[test]
fn the_texts_of_rules_are_up_to_date() {
    assert_up_to_date("package.nls.zh-cn.json", |it| texts(it, 0));
    assert_up_to_date("package.nls.json", |it| texts(it, 1));
}

#[test]
fn what_can_be_set_is_what_the_server_reads() {
    for (name, setting) in settings() {
        let key = name.strip_prefix("gouji.").unwrap();
        let read = |value: Value| serde_json::from_value::<Config>(json!({key: value})).unwrap();
        assert_eq!(read(setting["default"].clone()), Config::default(), "{name}");
        for word in words() {
            assert!(ALL.iter().any(|it| it.is_named(&word)), "{word}");
            let values = if key == "severity" {
                LEVELS.map(|it| json!({&*word: it})).to_vec()
            } else {
                vec![json!([word])]
            };
            for value in values {
                assert_ne!(read(value), Config::default(), "{name} {word}");
            }
        }
    }
}
