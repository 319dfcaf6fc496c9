//! T204: a row with too few or too many values.

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::names;
use crate::report::{Oddity, Table};

/// T204
pub(super) static RULE: Rule = Rule {
    code: "T204",
    name: "cell-count",
    severity: Severity::Error,
    fix: FixClass::None,
    summary: ["一行的数值个数不对", "a row has too few or too many values"],
    docs: "\
每一行的数值个数应与列数相同：表三 7 个，表四 15 个，表二按条款 1 至 3 个。

**不报**：合并单元格留下的空格、行末补齐的空格；空着的单元格（由 T206 报告）。

**个数不对的行**不参与求和，以免连带报错；大多数行没有数值时只报告一次。

**依据**：国办公开办函〔2021〕30号、〔2019〕60号所附格式。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    check_table(rule, ctx.table).collect()
}

fn check_table<'a>(rule: &'a Rule, table: &'a Table) -> impl Iterator<Item = Finding> + 'a {
    table.oddities.iter().filter_map(|oddity| match oddity {
        Oddity::CellCount { row, place, found, expected } => {
            let message = Message::new("T204")
                .with("table", names::table(table))
                .with("row", names::row(table.schema, row.0, row.1))
                .with("expected", expected)
                .with("found", found);
            Some(rule.finding(*place, message))
        }
        Oddity::ValuesLost { place, rows } => {
            let message =
                Message::new("T204.lost").with("table", names::table(table)).with("rows", rows);
            Some(rule.finding(*place, message))
        }
        _ => None,
    })
}
