//! T203: a row that the form does not have.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Oddity;

/// T203
pub(super) static RULE: Rule = Rule {
    code: "T203",
    name: "unknown-row",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["表格有格式之外的行", "a row that the official form does not have"],
    docs: "\
官方格式不得自行增加行；多出的行会使（七）总计与各项不符，也无法汇总。

**不报**：没有数值的说明行、表下注释；可辨认的规定行（由 T205 报告）。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for oddity in &table.oddities {
        let Oddity::UnknownRow { place } = oddity else { continue };
        let message = Message::new("T203")
            .with("table", names::table(table))
            .with("label", place.text(ctx.blocks).trim());
        findings.push(rule.finding(*place, message));
    }
    findings
}
