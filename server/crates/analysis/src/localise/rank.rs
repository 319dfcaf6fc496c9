//! How likely it is that a table came to say what it says: the length of its description.
//!
//! Costs are natural logarithms, in `f64`: they are compared and never shown. The priors are
//! round numbers that were not tuned to any set of tables.

use std::cmp::Ordering;

use super::system::System;
use super::{Event, EventKind, Explanation};

/// How likely single slips are.
const SUBSTITUTED: f64 = 0.25;
const TRANSPOSED: f64 = 0.15;
const INSERTED: f64 = 0.15;
const FORGOTTEN: f64 = 0.10;
const ADDED_WRONG: f64 = 0.12;
const MISPLACED: f64 = 0.05;
const ANY: f64 = 0.05;
const SWAPPED: f64 = 0.12;
const ROW_SHIFTED: f64 = 0.04;
const COLUMN_SHIFTED: f64 = 0.02;
/// That a wrong number was carried into a total.
const PROPAGATED: f64 = 0.25;
/// That a blank means 0.
const BLANK_IS_ZERO: f64 = 0.6;
/// That there is one slip more.
const ONE_MORE: f64 = 0.3;
/// That a sentence of the report says a wrong number.
const CONTRADICTED: f64 = 0.05;

/// What slips of a table are measured by.
pub(super) struct Measure<'a> {
    system: &'a System,
    observed: &'a [Option<i64>],
    /// More than any number of the table, at least 10.
    range: f64,
}

/// Numbers that differ from those of a table.
type Changes = [(usize, i64)];

impl<'a> Measure<'a> {
    pub(super) fn new(system: &'a System, observed: &'a [Option<i64>]) -> Self {
        let greatest = observed.iter().flatten().max().map_or(0, |it| it + 1);
        Self { system, observed, range: real(greatest.max(10)) }
    }

    /// The cost of an explanation by itself. `changes` are all that it changes.
    pub(super) fn cost(&self, explanation: &Explanation, changes: &Changes) -> f64 {
        let events: f64 = explanation.events.iter().map(|it| self.event(it, changes)).sum();
        events + explanation.blanks.iter().map(|it| self.blank(*it)).sum::<f64>()
    }

    /// The cost of an event. `changes` are all of the explanation.
    fn event(&self, event: &Event, changes: &Changes) -> f64 {
        let likelihood = match event.kind {
            EventKind::Cell | EventKind::Propagated => self.wrong_cell(event, changes),
            EventKind::Swap => SWAPPED / 300.0,
            EventKind::RowShift => ROW_SHIFTED / 750.0,
            EventKind::ColumnShift => COLUMN_SHIFTED / 1200.0,
            // Sought apart from all others, so that none is weighed against them.
            EventKind::Rows
            | EventKind::RowsShift
            | EventKind::Columns
            | EventKind::ColumnsShift => 1.0,
        };
        -(likelihood * ONE_MORE).ln()
    }

    /// How likely a cell is wrong, and was perhaps carried into totals.
    fn wrong_cell(&self, event: &Event, changes: &Changes) -> f64 {
        let source = event.changes.iter().min_by_key(|it| (self.is_total(it.0), it.0));
        let Some((cell, new)) = source else { return 1.0 };
        let carried = match event.changes.len() {
            0 | 1 => 1.0,
            2 => PROPAGATED,
            _ => PROPAGATED * PROPAGATED,
        };
        let place = 1.0 / count(self.system.cells());
        place * carried * self.cell(*cell, *new, changes)
    }

    /// What an addend probably is: its row's total by its column's part of the other rows.
    /// `None` for what is no addend of a row.
    fn expected(&self, cell: usize) -> Option<f64> {
        let total = self.system.row_totals[cell]?;
        let (_, start, (rows, columns)) = self.system.grid_of(cell)?;
        let (row, column) = ((cell - start) / columns, (cell - start) % columns);
        let (row, end) = (start + row * columns, start + rows * columns);
        let value = |cell: usize| self.observed[cell].unwrap_or_default();
        let is_addend = |cell: &usize| self.system.row_totals[*cell].is_some();
        let all: i64 = (start..end).filter(is_addend).map(value).sum();
        let added: i64 = (row..row + columns).filter(is_addend).map(value).sum();
        let same = (start + column..end).step_by(columns).filter(is_addend);
        let others = same.map(value).sum::<i64>() - value(cell);
        // A little of everything, so that nothing is impossible.
        let (part, whole) = (real(others) + 0.5, real(all - added) + 0.5 * count(columns));
        let total = real(self.observed[total].unwrap_or(added)).max(0.5);
        Some(total * part / whole)
    }

    /// The cost of the numbers that stand after a repair, against those that stood before.
    ///
    /// Of all distributions with a mean, the geometric one supposes least. A number far out
    /// says that the mean is wrong, so one alone never decides.
    pub(super) fn numbers(&self, changes: &Changes) -> f64 {
        const MOST: f64 = 4.0;
        let addends = changes.iter().filter(|it| !self.is_total(it.0));
        let cost = |(cell, new): &(usize, i64)| {
            let grown = real(new - self.observed[*cell].unwrap_or_default());
            let unit = self.expected(*cell).map_or(0.0, |it| (1.0 / it).ln_1p());
            (grown * unit).clamp(-MOST, MOST)
        };
        addends.map(cost).sum()
    }

    /// The cost of what a blank holds.
    fn blank(&self, (cell, value): (usize, i64)) -> f64 {
        if value == 0 {
            return -BLANK_IS_ZERO.ln();
        }
        let other = match self.expected(cell).filter(|_| !self.is_total(cell)) {
            Some(mean) => (mean.ln_1p() + real(value) * (1.0 / mean).ln_1p()).min(self.range.ln()),
            None => self.range.ln(),
        };
        other - (1.0 - BLANK_IS_ZERO).ln()
    }

    /// The cost of sentences that an explanation contradicts.
    pub(super) fn contradictions(sentences: usize) -> f64 {
        -count(sentences) * CONTRADICTED.ln()
    }

    fn is_total(&self, cell: usize) -> bool {
        let mut equations = self.system.of_cell[cell].iter();
        equations.any(|it| it.1 < 0 && self.system.equations()[it.0].sole_total().is_some())
    }

    /// How likely a cell says what it says, if it should say `new`.
    fn cell(&self, cell: usize, new: i64, changes: &Changes) -> f64 {
        let old = self.observed[cell].unwrap_or_default();
        let mut likeliest = ANY / self.range;
        likeliest = likeliest.max(typed(new, old));
        if old == 0 {
            likeliest = likeliest.max(FORGOTTEN);
        }
        likeliest = likeliest.max(self.misplaced(cell, changes));
        likeliest.max(self.added(cell, (new - old).abs(), changes))
    }

    /// How likely a cell says what belongs into another one of its row or column.
    fn misplaced(&self, cell: usize, changes: &Changes) -> f64 {
        let Some(old) = self.observed[cell].filter(|it| *it != 0) else { return 0.0 };
        let Some((_, start, (rows, columns))) = self.system.grid_of(cell) else { return 0.0 };
        let (row, column) = ((cell - start) / columns, (cell - start) % columns);
        let along = (0..columns).map(|it| start + row * columns + it);
        let across = (0..rows).map(|it| start + it * columns + column);
        let mut others = along.chain(across).filter(|it| *it != cell);
        let is_there = others.any(|it| self.value(it, changes) == old);
        if is_there { MISPLACED / count(rows + columns - 2) } else { 0.0 }
    }

    /// How likely a total is wrong by such a difference: an addend was forgotten or counted
    /// twice, or a carry was.
    fn added(&self, cell: usize, difference: i64, changes: &Changes) -> f64 {
        let mut addends = Vec::new();
        for (index, coefficient) in &self.system.of_cell[cell] {
            let equation = &self.system.equations()[*index];
            if *coefficient < 0 && equation.sole_total() == Some(cell) {
                addends.extend(equation.terms.iter().map(|it| self.value(*it, changes)));
            }
        }
        if addends.is_empty() {
            return 0.0;
        }
        addends.sort_unstable();
        addends.dedup();
        addends.retain(|it| *it != 0);
        let mut likeliest: f64 = 0.0;
        if addends.binary_search(&difference).is_ok() {
            likeliest = ADDED_WRONG * 0.6 / count(2 * addends.len());
        }
        if matches!(difference, 1 | 2 | 10 | 100) {
            likeliest = likeliest.max(ADDED_WRONG * 0.4 / 8.0);
        }
        likeliest
    }

    fn value(&self, cell: usize, changes: &Changes) -> i64 {
        let new = changes.iter().find(|it| it.0 == cell).map(|it| it.1);
        new.or(self.observed[cell]).unwrap_or_default()
    }
}

/// The least cost.
pub(super) fn least(all: &[(f64, Explanation)]) -> f64 {
    all.iter().map(|it| it.0).fold(f64::INFINITY, f64::min)
}

/// Explanations with the probabilities that follow from their costs, the likeliest first. What
/// costs the same stays in its order.
pub(super) fn by_likelihood(mut all: Vec<(f64, Explanation)>) -> Vec<Explanation> {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let least = least(&all);
    let sum: f64 = all.iter().map(|it| (least - it.0).exp()).sum();
    let with = |(cost, it): (f64, _)| Explanation { probability: (least - cost).exp() / sum, ..it };
    all.into_iter().map(with).collect()
}

/// How likely `old` is typed for `new` by one slip of a finger; 0 where it takes more.
fn typed(new: i64, old: i64) -> f64 {
    let (new, old) = (new.to_string(), old.to_string());
    // A number that lost its first digit may stand behind a 0.
    let padded = format!("{old:0>width$}", width = new.len());
    one_slip(new.as_bytes(), old.as_bytes()).max(one_slip(new.as_bytes(), padded.as_bytes()))
}

fn one_slip(new: &[u8], old: &[u8]) -> f64 {
    let length = count(new.len());
    let inserted = INSERTED / (10.0 * (length + 1.0) + length);
    let same = new.iter().zip(old).take_while(|it| it.0 == it.1).count();
    match old.len().cmp(&new.len()) {
        Ordering::Equal => match (&new[same..], &old[same..]) {
            ([_, new @ ..], [_, old @ ..]) if new == old => SUBSTITUTED / (9.0 * length),
            ([a, b, new @ ..], [c, d, old @ ..]) if (a, b) == (d, c) && new == old => {
                TRANSPOSED / (length - 1.0).max(1.0)
            }
            _ => 0.0,
        },
        Ordering::Greater if new[same..] == old[same + 1..] => inserted,
        Ordering::Less if new[same + 1..] == old[same..] => inserted,
        _ => 0.0,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a table are far below 2^52")]
fn real(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "cells of a table are far below 2^52")]
fn count(cells: usize) -> f64 {
    cells as f64
}
