//! T207: text where a number belongs.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Value;

/// T207
pub(super) static RULE: Rule = Rule {
    code: "T207",
    name: "not-a-number",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["数值格里是文字", "text where a number belongs"],
    docs: "\
数值格只能填数字。常见情形：「若干」「约10」「10余」「见附件」「O」（字母）。

**不报**：全角数字、千分位、数字内空格（由 T209 提示）；「/」「-」「无」（由 T206 报告）；\
2019 年格式「本年增/减」中的「增5」「减4」。

**依据**：官方格式填报惯例。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for &(row, column, cell) in &ctx.unusual {
        if cell.value != Value::Text {
            continue;
        }
        let message = Message::new("T207")
            .with("cell", names::cell(table.schema, row.part, row.row, column))
            .with("text", cell.text(ctx.blocks).trim());
        findings.push(rule.finding(cell.place, message));
    }
    findings
}
