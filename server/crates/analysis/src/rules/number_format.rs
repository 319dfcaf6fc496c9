//! T209: a number with full-width digits, spaces or separators.

use gouji_syntax::Number;

use super::{Check, FixClass, Rule, TableContext};
use crate::cell_edit;
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::message::Message;

/// T209
pub(super) static RULE: Rule = Rule {
    code: "T209",
    name: "number-format",
    severity: Severity::Hint,
    fix: FixClass::Safe,
    summary: [
        "数字含全角字符、空格或千分位",
        "a number has full-width digits, spaces or thousands separators",
    ],
    docs: "\
表格中的数字用半角数字书写，不加空格和千分位，便于汇总。

**不报**：单位、增减字样；正文中的数字。

**修复**：改为半角数字，数值不变。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let mut findings = Vec::new();
    let table = ctx.table;
    for &(_, _, cell) in &ctx.unusual {
        let Some(number) = cell.number(ctx.blocks) else { continue };
        if !(number.style.full_width || number.style.spaced || number.style.thousands) {
            continue;
        }
        let plain = Number::format(number.value, &number.style.with_plain_digits());
        let old = cell.place.text(ctx.blocks);
        let with = |key| Message::new(key).with("old", old).with("new", &plain);
        findings.push(rule.finding(cell.place, with("T209")).fix(Fix {
            title: with("fix.plain-number"),
            safety: Safety::Safe,
            preferred: true,
            edits: vec![cell_edit::set_text(ctx.blocks, table, cell, &plain)],
        }));
    }
    findings
}
