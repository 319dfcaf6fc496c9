//! Findings on broken sums, shared by the rules R301 to R304, which differ in the sums
//! that they are about.

use std::sync::Arc;

use gouji_syntax::Number;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::finding::{BrokenSum, Finding, Fix, Place, Related};
use crate::message::Message;
use crate::recompute;
use crate::relations::signed;
use crate::report::Table;
use crate::rules::{Rule, TableContext};
use crate::schema::Along;
use crate::sums::{Operand, State, Sum};
use crate::{names, suspects};

/// Repairs that are offered where several are as good.
const MOST_REPAIRS: usize = 3;

/// What a finding says of a broken sum. It depends on the numbers alone, so that it is written
/// once, wherever the cells move.
#[derive(Debug)]
pub(crate) struct SumText {
    /// Of the totals, then of the addends.
    pub(crate) numbers: Vec<Option<Decimal>>,
    pub(crate) message: Message,
    /// Of each of these that is not 0.
    related: Vec<Option<Message>>,
}

/// What is said of broken sums, by [`Sum::index`].
pub(crate) type SumTexts = FxHashMap<usize, Arc<SumText>>;

/// A finding for each broken sum of the rule. Its repairs are found by [`repairs`].
#[must_use]
pub(crate) fn check(ctx: &TableContext, rule: &Rule) -> Vec<Finding> {
    if ctx.tally.broken == 0 || ctx.is_told_as_one() {
        return Vec::new();
    }
    let own = ctx.sums().iter().filter(|it| it.equality.rule == rule.code);
    own.filter_map(|sum| finding(ctx, rule, sum)).collect()
}

fn finding(ctx: &TableContext, rule: &Rule, sum: &Sum) -> Option<Finding> {
    let (place, text) = said(ctx, sum)?;
    let mut finding = rule.finding(place, text.message.clone());
    finding.related.reserve_exact(1 + text.related.iter().flatten().count());
    finding.related.extend(suspect(ctx, sum));
    finding.related.extend(sum.operands().zip(&text.related).filter_map(|(operand, message)| {
        let cell = operand.cell.filter(|it| it.place != place)?;
        Some(Related { place: cell.place, message: message.clone()? })
    }));
    finding.sum = Some(BrokenSum { table: ctx.table.place, index: sum.index });
    Some(finding)
}

/// Where a broken sum is reported, and what is said of it.
pub(crate) fn said(ctx: &TableContext, sum: &Sum) -> Option<(Place, Arc<SumText>)> {
    let State::Broken { terms, total } = sum.state() else { return None };
    let cells = sum.total.iter().rev().chain(&sum.terms);
    let place = cells.filter_map(|it| it.cell).find(|it| !it.place.text_range().is_empty())?.place;
    let numbers = || sum.operands().map(Operand::number);
    let text = match ctx.said(sum.index) {
        Some(text) if numbers().eq(text.numbers.iter().copied()) => text,
        before => {
            let numbers: Vec<_> = numbers().collect();
            let message = message(ctx.table, sum, terms, total);
            let related = addends(ctx.table, sum, &numbers, before.as_deref());
            Arc::new(SumText { numbers, message, related })
        }
    };
    ctx.texts.borrow_mut().insert(sum.index, Arc::clone(&text));
    Some((place, text))
}

/// The cell of a sum that is probably wrong.
fn suspect(ctx: &TableContext, sum: &Sum) -> Option<Related> {
    let suspects = ctx.suspects()?;
    let found = suspects.likeliest()?.events.iter();
    let mut found = found.filter_map(|it| Some((it, suspects.first_in(it, sum)?)));
    let (event, (cell, _)) = found.next()?;
    let place = suspects::cell(suspects, ctx.table, cell)?.visible();
    let told = suspects::event(suspects, event);
    Some(Related { place, message: Message::new("related.suspect").with_part("event", told) })
}

/// What is said of the numbers of a sum. Few of them are others than `before`.
fn addends(
    table: &Table,
    sum: &Sum,
    numbers: &[Option<Decimal>],
    before: Option<&SumText>,
) -> Vec<Option<Message>> {
    let operands = sum.operands().zip(numbers).enumerate();
    let said = operands.map(|(index, (operand, number))| match before {
        Some(it) if it.numbers.get(index) == Some(number) => it.related[index].clone(),
        _ => addend(table, operand),
    });
    said.collect()
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
fn message(table: &Table, sum: &Sum, terms: Decimal, total: Decimal) -> Message {
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
    let key = match (&*sum.equality.rule, sum.has_unknown()) {
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
pub(crate) fn addition(operands: &[Operand]) -> String {
    let numbers = operands.iter().filter_map(Operand::number).filter(|it| !it.is_zero());
    let text = numbers.map(Number::plain).collect::<Vec<_>>().join("+");
    if text.is_empty() { "0".to_owned() } else { text }
}

/// The repairs of the whole table that change a cell of the sum first, then those of totals.
fn fixes(ctx: &TableContext, sum: &Sum) -> Vec<Arc<Fix>> {
    let mut fixes = explained(ctx, sum);
    if let Some(mut recomputed) = recompute::sum(ctx.blocks, ctx.table, sum) {
        // A repair that sets the total alone is what recomputing offers, under its own name.
        // It is preferred there only: elsewhere it would hide the error in the total.
        if let Some(same) = fixes.iter_mut().find(|it| it.edits == recomputed.edits) {
            recomputed.preferred = same.preferred;
            *same = recomputed;
        } else {
            fixes.push(recomputed);
        }
    }
    fixes.into_iter().map(Arc::new).chain(ctx.recomputed().cloned()).collect()
}

/// The repair that is the only one, or several that are as good.
fn explained(ctx: &TableContext, sum: &Sum) -> Vec<Fix> {
    let Some(suspects) = ctx.suspects() else { return Vec::new() };
    let offered = suspects.offered().iter().filter(|it| suspects.touch(it, sum));
    offered.take(MOST_REPAIRS).filter_map(|it| suspects::repair(ctx, suspects, it)).collect()
}
