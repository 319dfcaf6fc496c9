//! `gouji explain` and `gouji rules`: the rules themselves.

use gouji_analysis::rules::{self, FixClass, Rule};
use gouji_analysis::{Lang, Message, Severity, message};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::Format;
use super::output::{json, print};
use super::{Outcome, pages};

/// Near names that are worth suggesting, from 0 to 1.
const NEAR: f64 = 0.5;

pub(crate) fn explain(word: &str, lang: Lang) -> Outcome {
    if let Some(rule) = rules::find(word) {
        return print::plain(&pages::page(rule), lang);
    }
    let near = near(word);
    let message = if near.is_empty() {
        Message::new("cli.unknown-rule")
    } else {
        Message::new("cli.near-rules").with("near", near.join(", "))
    };
    print::error(&message.with("word", word), lang)
}

/// Codes and names like `word`, the likest first.
fn near(word: &str) -> Vec<&'static str> {
    let word = word.to_lowercase();
    let likeness = |it: &str| {
        let it = it.to_lowercase();
        let starts = word.len() > 1 && it.starts_with(&word);
        if starts { 1.0 } else { strsim::normalized_levenshtein(&it, &word) }
    };
    let names = rules::ALL.iter().flat_map(|it| [it.code, it.name]);
    let mut near: Vec<_> = names.map(|it| (likeness(it), it)).filter(|it| it.0 > NEAR).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().take(3).map(|it| it.1).collect()
}

#[derive(Serialize)]
struct Output {
    version: u32,
    rules: Vec<JsonRule>,
}

#[derive(Serialize)]
struct JsonRule {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    fix: &'static str,
    summary: &'static str,
}

pub(crate) fn rules(format: Format, lang: Lang) -> Outcome {
    let text = match format {
        Format::Text => table(lang),
        Format::Json => {
            let rules = rules::ALL.iter().map(|it| json_rule(it, lang)).collect();
            json::line(&Output { version: 1, rules })
        }
    };
    print::plain(&text, lang)
}

fn json_rule(rule: &Rule, lang: Lang) -> JsonRule {
    let fix = match rule.fix {
        FixClass::None => "none",
        FixClass::Safe => "safe",
        FixClass::Number => "number",
        FixClass::Choice => "choice",
    };
    let (code, name, severity) = (rule.code, rule.name, rule.severity);
    JsonRule { code, name, severity, fix, summary: summary(rule, lang) }
}

fn summary(rule: &Rule, lang: Lang) -> &'static str {
    rule.summary[match lang {
        Lang::Zh => 0,
        Lang::En => 1,
    }]
}

fn table(lang: Lang) -> String {
    let word = |key: &str| message::sentence(key, lang);
    let head = ["rule.code", "rule.name", "rule.severity", "rule.fix", "rule.summary"].map(word);
    let row = |it: &&Rule| {
        let (severity, fix) = (word(pages::severity(it.severity)), word(pages::fix(it.fix)));
        [it.code, it.name, severity, fix, summary(it, lang)]
    };
    let rows: Vec<_> = std::iter::once(head).chain(rules::ALL.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|it| it[column].width()).max().unwrap_or_default();
    let widths = [0, 1, 2, 3].map(width);
    let mut text = String::new();
    for row in &rows {
        for (cell, width) in row.iter().zip(widths) {
            text += cell;
            text += &" ".repeat(width - cell.width() + 2);
        }
        text += row[4];
        text += "\n";
    }
    text
}
