//! T210: a row of the form that stands twice.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Oddity;

/// T210
pub(super) static RULE: Rule = Rule {
    code: "T210",
    name: "duplicate-row",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["同一行出现两次", "a row of the official form stands twice"],
    docs: "\
官方格式的每一行只应出现一次。求和以第一次出现的一行为准。

**不报**：跨页重复的表头；表三「3.其他」与列名「其他」。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for oddity in &table.oddities {
        let Oddity::DuplicateRow { place, first, row } = oddity else { continue };
        let with = |key| {
            Message::new(key)
                .with("table", names::table(table))
                .with("row", names::row(table.schema, row.0, row.1))
        };
        let finding = rule.finding(*place, with("T210"));
        findings.push(finding.related(*first, with("related.first-row")));
    }
    findings
}
