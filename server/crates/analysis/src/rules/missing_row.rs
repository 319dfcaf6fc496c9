//! T201: a row of the form that the table lacks.

use std::sync::Arc;

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::report::{Oddity, Table};
use crate::{insert_row, names};

/// T201
pub(super) static RULE: Rule = Rule {
    code: "T201",
    name: "missing-row",
    severity: Severity::Error,
    fix: FixClass::Safe,
    summary: ["表格缺少规定的行", "a row of the official form is absent"],
    docs: "\
表二、表三应有官方格式规定的全部行（2021 年格式：表二 5 行、表三 25 行；2019 年格式：表三 23 行）。

**不报**：行名的空格、全半角、编号写法不同，或行名有错但可辨认（由 T205 报告）。

**缺失过半时**只在表头报告一次，不逐行重复。

**修复**：在规定位置补插空行，单元格留空待填。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    check_table(ctx, rule, ctx.table)
}

fn check_table(ctx: &TableContext, rule: &Rule, table: &Table) -> Vec<Finding> {
    let missing = missing(table);
    let of_all: usize = table.schema.parts.iter().map(|it| it.rows.len()).sum();
    let Some(first) = table.first_cell() else { return Vec::new() };
    if of_all > 2 && missing.len() * 2 > of_all {
        let message = Message::new("T201.most")
            .with("table", names::table(table))
            .with("missing", missing.len())
            .with("rows", of_all);
        return vec![rule.finding(first, message)];
    }
    let finding = |(part, row): (usize, usize)| {
        // The one row of 表四 has no label: what is missing is its numbers.
        let unlabelled = table.schema.parts[part].rows[row].label.label.is_empty();
        let message = Message::new(if unlabelled { "T201.values" } else { "T201" })
            .with("table", names::table(table))
            .with("row", names::row(table.schema, part, row));
        let place = table.label_before(part, row).unwrap_or(first);
        let mut finding = rule.finding(place, message);
        finding.fixes.extend(insert_row::fix(ctx.blocks, table, part, row).map(Arc::new));
        finding
    };
    missing.into_iter().map(finding).collect()
}

/// Rows of the form that were not found. A second, unbound row of that name is one too many,
/// not one too few.
fn missing(table: &Table) -> Vec<(usize, usize)> {
    // No row is bound twice.
    if table.rows.len() == table.schema.parts.iter().map(|it| it.rows.len()).sum::<usize>() {
        return Vec::new();
    }
    let is_lost = table.oddities.iter().any(|it| matches!(it, Oddity::ValuesLost { .. }));
    let mut missing = Vec::new();
    for (part, it) in table.schema.parts.iter().enumerate() {
        for (row, it) in it.rows.iter().enumerate() {
            let found = table.rows.iter().any(|it| (it.part, it.row) == (part, row));
            // A row without a label is lost with its values, which is said already.
            let is_said = is_lost && it.label.label.is_empty();
            if !found && !is_said {
                missing.push((part, row));
            }
        }
    }
    missing
}
