//! T202: a value column of the form that the table lacks.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Table;

/// T202
pub(super) static RULE: Rule = Rule {
    code: "T202",
    name: "missing-column",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["表格缺少规定的列", "a column of the official form is absent"],
    docs: "\
表头应有官方格式规定的全部列。表三为自然人、法人或其他组织五类（商业企业、科研机构、社会公益组织、\
法律服务机构、其他）和总计，共 7 列；表四为三组各 5 列，共 15 列。

**不报**：数值齐全而表头另有说法（如「复议维持」）；表头整体缺失或缺失过半（多为网页提取所致，数值仍按位置读取）；表头写法不同但可辨认\
（由 T205 报告）。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    check_table(rule, ctx.table)
}

fn check_table(rule: &Rule, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (part, it) in table.schema.parts.iter().enumerate() {
        let found = || table.headers.iter().filter(|it| it.part == part);
        // No column has two headers.
        if found().count() == it.columns.len() {
            continue;
        }
        let found: Vec<_> = found().collect();
        let missing = it.columns.len() - found.len().min(it.columns.len());
        let is_whole = table.rows.iter().any(|it| {
            let values = table.values(it);
            it.part == part && !values.is_empty() && values.iter().all(Option::is_some)
        });
        // With all values there, a header in other words is a column of another name.
        let is_renamed = is_whole && table.unknown_headers >= missing;
        if found.len() * 2 <= it.columns.len() || is_renamed {
            continue;
        }
        for column in 0..it.columns.len() {
            if found.iter().any(|it| it.column == column) {
                continue;
            }
            let before = found.iter().rev().find(|it| it.column < column);
            let Some(near) = before.or(found.first()) else { continue };
            let message = Message::new("T202")
                .with("table", names::table(table))
                .with("column", names::column(table.schema, part, column));
            findings.push(rule.finding(near.place, message));
        }
    }
    findings
}
