//! T208: a number that cannot be a count.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Value;
use crate::schema::NumberKind;

/// T208
pub(super) static RULE: Rule = Rule {
    code: "T208",
    name: "invalid-count",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["件数为负数或小数", "a count is negative or fractional"],
    docs: "\
件数、数量必须是不小于 0 的整数。

**不报**：收费金额（万元，可有小数）；2019 年格式的「本年增/减」（可为负数）和采购总金额。

**依据**：官方格式填报惯例。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for &(row, column, cell) in &ctx.unusual {
        let Value::Number(value) = cell.value else { continue };
        let part = &table.schema.parts[row.part];
        let kind = part.rows[row.row].number.unwrap_or(part.columns[column].number);
        let negative = value.is_sign_negative() && !value.is_zero();
        let fractional = !value.fract().is_zero();
        let key = match kind {
            NumberKind::Count if negative => "T208.negative",
            NumberKind::Count | NumberKind::Change if fractional => "T208.fractional",
            NumberKind::Amount if negative => "T208.negative-amount",
            _ => continue,
        };
        let message = Message::new(key)
            .with("cell", names::cell(table.schema, row.part, row.row, column))
            .with("value", cell.place.text(ctx.blocks));
        findings.push(rule.finding(cell.place, message));
    }
    findings
}
