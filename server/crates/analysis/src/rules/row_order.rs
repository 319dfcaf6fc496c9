//! T211: rows out of the form's order.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::Table;

/// T211
pub(super) static RULE: Rule = Rule {
    code: "T211",
    name: "row-order",
    severity: Severity::Warning,
    fix: FixClass::None,
    summary: ["行的顺序与官方格式不同", "rows stand out of the form's order"],
    docs: "\
各行应按官方格式的顺序排列。只报告移动了的行，不报告它后面的行。

**不报**：缺行造成的顺延。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    check_table(rule, ctx.table)
}

fn check_table(rule: &Rule, table: &Table) -> Vec<Finding> {
    let order: Vec<_> = table.rows.iter().map(|it| (it.part, it.row)).collect();
    if order.is_sorted() {
        return Vec::new();
    }
    let kept = longest_ascending(&order);
    let moved = table.rows.iter().enumerate().filter(|(index, _)| !kept.contains(index));
    let finding = |row: &crate::report::Row| {
        let message = Message::new("T211")
            .with("table", names::table(table))
            .with("row", names::row(table.schema, row.part, row.row));
        Some(rule.finding(row.label?, message))
    };
    moved.filter_map(|(_, row)| finding(row)).collect()
}

/// Indices of a longest ascending subsequence: the rows that stayed where they belong.
fn longest_ascending<T: Ord>(items: &[T]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let before = (0..index).filter(|it| items[*it] < *item);
        let mut chain = before.map(|it| best[it].clone()).max_by_key(Vec::len).unwrap_or_default();
        chain.push(index);
        best.push(chain);
    }
    best.into_iter().max_by_key(Vec::len).unwrap_or_default()
}
