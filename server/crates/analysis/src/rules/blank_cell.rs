//! T206: a value cell without a number.

use gouji_syntax::Number;
use rust_decimal::Decimal;

use super::{Check, FixClass, Rule, TableContext};
use crate::finding::{Finding, Fix, Safety, Severity};
use crate::message::Message;
use crate::recompute::shown;
use crate::report::{Cell, Table, Value};
use crate::sums::{Operand, Sum};
use crate::{cell_edit, names};

/// T206
pub(super) static RULE: Rule = Rule {
    code: "T206",
    name: "blank-cell",
    severity: Severity::Warning,
    fix: FixClass::Number,
    summary: ["数值格空着，或填「/」「-」「无」", "a value cell is blank, or holds / - — 无"],
    docs: "\
每个数值格都应填数字，没有的填 0。空格、「/」「-」「—」「无」使汇总和求和无从进行，评估时按缺项扣分。

空格不会被当作 0：含空格的等式，只有在空格取任何不小于 0 的整数都不能成立时才报求和错误。

**整张表未填**时只报告一次。

**修复**：各等式已能推出该格数值的，填入该数（首选）；表中另有不成立的等式时，按 R305 更正后推出的数填。否则可填 0。\
都属于改数字，不会自动执行。

**依据**：官方格式填报惯例。",
    check: Check::Table(check),
};

fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    let table = ctx.table;
    let blanks = || ctx.unusual.iter().filter(|it| it.2.value == Value::Blank);
    let count = blanks().count();
    if count > 1 && count == table.cells().count() {
        return check_empty(ctx, rule, table, count);
    }
    let mut findings = Vec::new();
    for &(row, column, cell) in blanks() {
        let key = (row.part, row.row, column);
        let name = names::cell(table.schema, row.part, row.row, column);
        let explained = ctx.suspects().and_then(|it| it.value(key));
        let forced = explained.or_else(|| forced(ctx.sums(), key));
        findings.push(finding(ctx, rule, table, cell, &name, forced));
    }
    findings
}

/// A table that nobody has filled in: one finding.
fn check_empty(ctx: &TableContext, rule: &Rule, table: &Table, blanks: usize) -> Vec<Finding> {
    let Some(place) = table.first_cell() else { return Vec::new() };
    let zero = |it| cell_edit::set(ctx.blocks, table, it, Decimal::ZERO);
    let with = |key| Message::new(key).with("table", names::table(table)).with("count", blanks);
    let fix = Fix {
        title: with("fix.fill-zeros"),
        safety: Safety::Unsafe,
        preferred: false,
        edits: table.cells().map(|it| zero(it.2)).collect(),
    };
    vec![rule.finding(place, with("T206.table")).fix(fix)]
}

fn finding(
    ctx: &TableContext,
    rule: &Rule,
    table: &Table,
    cell: &Cell,
    name: &str,
    forced: Option<Decimal>,
) -> Finding {
    let message = match forced {
        Some(value) => Message::new("T206.forced").with("value", Number::plain(value)),
        None => Message::new("T206"),
    };
    let text = shown(ctx.blocks, cell);
    let finding = rule.finding(cell.visible(), message.with("cell", name).with("text", &text));
    let fill = |value: Decimal, preferred| Fix {
        title: Message::new("fix.fill-blank")
            .with("cell", name)
            .with("old", &text)
            .with("new", Number::plain(value)),
        safety: Safety::Unsafe,
        preferred,
        edits: vec![cell_edit::set(ctx.blocks, table, cell, value)],
    };
    finding.fix(fill(forced.unwrap_or_default(), forced.is_some()))
}

/// The value that a sum with this one unknown forces, or 0 where the other cells already
/// add up; `None` where sums disagree.
fn forced(sums: &[Sum], key: (usize, usize, usize)) -> Option<Decimal> {
    let mut values = sums.iter().filter_map(|it| forced_by(it, key));
    let first = values.next()?;
    values.all(|it| it == first).then_some(first)
}

fn forced_by(sum: &Sum, key: (usize, usize, usize)) -> Option<Decimal> {
    let add = |it: &[Operand]| it.iter().filter_map(Operand::number).sum::<Decimal>();
    let unknowns = |it: &[Operand]| it.iter().filter(|it| it.number().is_none()).count();
    let is_term = sum.terms.iter().any(|it| it.key == key);
    let is_total = sum.total.iter().any(|it| it.key == key);
    if !is_term && !is_total {
        return None;
    }
    let (mine, other) = if is_term { (&sum.terms, &sum.total) } else { (&sum.total, &sum.terms) };
    if unknowns(other) > 0 {
        return None;
    }
    let rest = add(other) - add(mine);
    // Several blanks that must add up to nothing are all 0.
    let told = unknowns(mine) == 1 || rest.is_zero();
    (told && rest >= Decimal::ZERO).then_some(rest)
}
