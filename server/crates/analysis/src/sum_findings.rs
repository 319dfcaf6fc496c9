//! Findings on broken sums, shared by the rules R301 to R304, which differ in the sums
//! that they are about.

use std::sync::Arc;

use gouji_syntax::Number;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::finding::{BrokenSum, Finding, Fix, Safety};
use crate::message::Message;
use crate::recompute;
use crate::report::Table;
use crate::rules::{Rule, TableContext};
use crate::schema::Along;
use crate::sums::{Operand, State, Sum};
use crate::{cell_edit, names};

/// What a finding says of a broken sum. It depends on the numbers alone, so that it is written
/// once, wherever the cells move.
#[derive(Debug)]
pub(crate) struct SumText {
    /// Of the totals, then of the addends.
    pub(crate) numbers: Vec<Option<Decimal>>,
    message: Message,
    /// Of each of these that is not 0.
    related: Vec<Option<Message>>,
}

/// What is said of broken sums, by [`Sum::index`].
pub(crate) type SumTexts = FxHashMap<usize, Arc<SumText>>;

/// A finding for each broken sum of the rule. Its repairs are found by [`repairs`].
#[must_use]
pub(crate) fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    if ctx.tally.broken == 0 {
        return Vec::new();
    }
    let own = ctx.sums().iter().filter(|it| it.equality.rule == rule.code);
    own.filter_map(|sum| finding(ctx, rule, sum)).collect()
}

fn finding(ctx: &TableContext, rule: &Rule, sum: &Sum) -> Option<Finding> {
    let State::Broken { terms, total } = sum.state() else { return None };
    let cells = sum.total.iter().rev().chain(&sum.terms);
    let place = cells.filter_map(|it| it.cell).find(|it| !it.place.text_range().is_empty())?.place;
    let numbers: Vec<_> = sum.operands().map(Operand::number).collect();
    let text = ctx.known(sum.index, &numbers).cloned().unwrap_or_else(|| {
        let message = message(rule, ctx.table, sum, terms, total);
        let related = sum.operands().map(|it| addend(ctx.table, it)).collect();
        Arc::new(SumText { numbers, message, related })
    });
    let mut finding = rule.finding(place, text.message.clone());
    for (operand, message) in sum.operands().zip(&text.related) {
        let (Some(cell), Some(message)) = (operand.cell, message) else { continue };
        if cell.place != place {
            finding = finding.related(cell.place, message.clone());
        }
    }
    finding.sum = Some(BrokenSum { table: ctx.table.place, index: sum.index });
    ctx.texts.borrow_mut().insert(sum.index, text);
    Some(finding)
}

fn addend(table: &Table, operand: &Operand) -> Option<Message> {
    let number = operand.number().filter(|it| !it.is_zero())?;
    let message = Message::new("related.addend");
    Some(message.with("cell", name(table, operand)).with("value", Number::plain(number)))
}

/// The repairs of a broken sum.
#[must_use]
pub(crate) fn repairs(ctx: &TableContext, sum: BrokenSum) -> Vec<Arc<Fix>> {
    let sum = ctx.sums().iter().find(|it| it.index == sum.index);
    sum.map(|it| fixes(ctx, it)).unwrap_or_default()
}

fn name(table: &Table, operand: &Operand) -> String {
    let (part, row, column) = operand.key;
    names::cell(table.schema, part, row, column)
}

/// What is wrong, with the arithmetic. With blanks in the sum, that no count in them
/// repairs it.
fn message(rule: &Rule, table: &Table, sum: &Sum, terms: Decimal, total: Decimal) -> Message {
    let (part, row, column) = sum.total.first().map_or((0, 0, 0), |it| it.key);
    let subject = match sum.equality.along {
        Along::Row => names::row(table.schema, part, row).to_owned(),
        Along::Column => names::column(table.schema, part, column),
    };
    let total_name = match (&sum.equality.name, sum.equality.along) {
        (Some(name), _) => name.clone(),
        (None, Along::Row) => names::column(table.schema, part, column),
        (None, Along::Column) => names::row(table.schema, part, row).to_owned(),
    };
    let key = match (rule.code, sum.has_unknown()) {
        ("R303", false) => "R303",
        ("R303", true) => "R303.blank",
        ("R302", false) => "R302",
        ("R302", true) => "R302.blank",
        (_, false) => "sum",
        (_, true) => "sum.blank",
    };
    Message::new(key)
        .with("table", names::table(table))
        .with("subject", subject)
        .with("total-name", total_name)
        .with("expected", Number::plain(terms))
        .with("terms", addition(&sum.terms))
        .with("totals", addition(&sum.total))
        .with("stated", Number::plain(total))
        .with("difference", signed(total - terms))
}

/// `10+2`: the addends that are not 0, or `0`.
fn addition(operands: &[Operand]) -> String {
    let numbers = operands.iter().filter_map(Operand::number).filter(|it| !it.is_zero());
    let text = numbers.map(Number::plain).collect::<Vec<_>>().join("+");
    if text.is_empty() { "0".to_owned() } else { text }
}

fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO {
        format!("+{}", Number::plain(value))
    } else {
        Number::plain(value).replace('-', "−")
    }
}

/// The one cell that explains everything first, then the totals.
fn fixes(ctx: &TableContext, sum: &Sum) -> Vec<Arc<Fix>> {
    let table = ctx.table;
    let singles = recompute::single_cells(ctx.sums(), sum);
    let unique = singles.len() == 1;
    let recompute_sum = recompute::sum(ctx.blocks, table, sum);
    let mut fixes = Vec::new();
    for (operand, value) in singles {
        let Some(cell) = operand.cell else { continue };
        let edits = vec![cell_edit::set(ctx.blocks, table, cell, value)];
        // Setting the total alone is what recomputing offers below, under its own name.
        if recompute_sum.as_ref().is_some_and(|it| it.edits == edits) {
            continue;
        }
        let title = Message::new("fix.set-cell")
            .with("cell", name(table, &operand))
            .with("old", recompute::shown(ctx.blocks, cell))
            .with("new", Number::plain(value));
        fixes.push(Arc::new(Fix { title, safety: Safety::Unsafe, preferred: unique, edits }));
    }
    if let Some(mut fix) = recompute_sum {
        // Preferred only where no other single cell could be what is wrong.
        fix.preferred = unique && fixes.is_empty();
        fixes.push(Arc::new(fix));
    }
    fixes.extend(ctx.recomputed().cloned());
    fixes
}
