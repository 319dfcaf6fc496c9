//! T205: a label that nearly matches the form's.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Edit, Finding, Fix, Place, Safety, Severity};
use crate::label;
use crate::message::Message;
use crate::report::Wording;

/// T205
pub(super) static RULE: Rule = Rule {
    code: "T205",
    name: "label-wording",
    severity: Severity::Warning,
    fix: FixClass::Safe,
    summary: ["行名或列名与官方格式不一致", "a row or column label nearly matches the form's"],
    docs: "\
行名、列名应与官方格式一字不差。常见错误：「2.其他法律法规禁止公开」（漏「行政」）、「本年度止件数」、\
「属于三类内容事务信息」、竖排表头丢字（「结果正」「其他果」）。

**不报**：空格、换行、全半角、编号（1. 1、 ①）、引号和括号写法不同；括号内的说明；公认的简称。

**修复**：改为官方文字，不动数值。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for header in table.headers.iter().filter(|it| it.wording == Wording::Damaged) {
        let official = &table.schema.parts[header.part].columns[header.column].label.label;
        findings.push(finding(ctx, rule, header.place, official));
    }
    for row in table.rows.iter().filter(|it| it.wording == Wording::Damaged) {
        let official = &table.schema.parts[row.part].rows[row.row].label.label;
        findings.extend(row.label.map(|it| finding(ctx, rule, it, official)));
    }
    findings
}

fn finding(ctx: &TableContext, rule: &Rule, place: Place, official: &str) -> Finding {
    let text = place.text(ctx.blocks);
    // A report that numbers its rows in a cell of their own keeps doing so.
    let unnumbered = label::strip_numbering(text) == text.trim();
    let official = if unnumbered { label::strip_numbering(official) } else { official };
    let with = |key| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Message::new(key).with("label", text).with("official", official)
    };
    rule.finding(place, with("T205")).fix(Fix {
        title: with("fix.official-wording"),
        safety: Safety::Safe,
        preferred: true,
        edits: vec![Edit { place, text: official.to_owned() }],
    })
}
