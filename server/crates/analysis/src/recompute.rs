//! Totals made from their addends: one sum, or all of a table.
//!
//! Recomputing makes a sum hold; whether it repairs the error or hides it in the total is
//! for the person to say. That is why none of these is applied without being asked for.

use gouji_syntax::Number;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::cell_edit;
use crate::finding::{Edit, Fix, Place, Safety};
use crate::message::Message;
use crate::report::{Cell, Report, Table};
use crate::sums::{self, Operand, Sum};
use crate::{Blocks, names, relations};

type Key = (usize, usize, usize);

/// Rounds after which totals of totals have settled: rows, columns, 结转, their totals.
const ROUNDS: usize = 4;

/// The recomputation of one sum, where it changes something.
#[must_use]
pub fn sum(blocks: &Blocks, table: &Table, sum: &Sum) -> Option<Fix> {
    let target = sum.target()?;
    let value = sum.solve(&|it: &Operand| it.number())?;
    if target.number() == Some(value) {
        return None;
    }
    let cell = target.cell?;
    let title = match &*sum.equality.rule {
        "R301" => "fix.recompute-row",
        "R302" => "fix.recompute-column",
        "R303" => "fix.recompute-carried-out",
        _ => "fix.recompute-group",
    };
    let name = names::cell(table.schema, target.key.0, target.key.1, target.key.2);
    Some(Fix {
        title: Message::new(title)
            .with("cell", name)
            .with("old", shown(blocks, cell))
            .with("new", Number::plain(value)),
        safety: Safety::Unsafe,
        preferred: false,
        edits: vec![cell_edit::set(blocks, table, cell, value)],
    })
}

/// The recomputation of all totals of a table, where it changes something and leaves no sum
/// broken.
#[must_use]
pub fn table(blocks: &Blocks, table: &Table) -> Option<Fix> {
    let sums = sums::sums(table);
    let values = settled(&sums)?;
    let mut edits: Vec<Edit> = Vec::new();
    let cells = sums.iter().filter_map(Sum::target);
    for target in cells {
        let (Some(cell), Some(value)) = (target.cell, values.get(&target.key)) else { continue };
        if sums::number(cell) == Some(*value) {
            continue;
        }
        let edit = cell_edit::set(blocks, table, cell, *value);
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    edits.sort_by_key(|it| it.place);
    let count = edits.len();
    (count > 0).then(|| Fix {
        title: Message::new("fix.recompute-table")
            .with("table", names::table(table))
            .with("count", count),
        safety: Safety::Unsafe,
        preferred: false,
        edits,
    })
}

/// The values of all cells once every total is recomputed; `None` where a sum stays broken.
fn settled(sums: &[Sum]) -> Option<FxHashMap<Key, Decimal>> {
    let operands = sums.iter().flat_map(Sum::operands);
    let mut values: FxHashMap<Key, Decimal> =
        operands.filter_map(|it| Some((it.key, it.number()?))).collect();
    for _ in 0..ROUNDS {
        for sum in sums {
            let value = |it: &Operand| values.get(&it.key).copied();
            if let (Some(target), Some(solved)) = (sum.target(), sum.solve(&value)) {
                values.insert(target.key, solved);
            }
        }
    }
    let value = |it: &Operand| values.get(&it.key).copied();
    let holds = |sum: &Sum| sum.has_unknown() || sum.holds_with(&value);
    sums.iter().all(holds).then_some(values)
}

/// What can be recomputed at a place: the sums whose total stands there, and the table.
#[must_use]
pub fn at(blocks: &Blocks, report: &Report, place: Place) -> Vec<Fix> {
    let touches = |it: Place| relations::touches(it, place);
    let mut fixes = Vec::new();
    for table_ in &report.tables {
        let sums = sums::sums(table_);
        let here = sums.iter().filter(|it| {
            let cell = it.target().and_then(|it| it.cell);
            cell.is_some_and(|it| touches(it.slot()))
        });
        fixes.extend(here.filter_map(|it| sum(blocks, table_, it)));
        if table_.cells().any(|it| touches(it.2.slot())) {
            fixes.extend(table(blocks, table_));
        }
    }
    fixes
}

/// What a cell says now, for a title.
#[must_use]
pub fn shown(blocks: &Blocks, cell: &Cell) -> String {
    let text = cell.place.text(blocks);
    if text.is_empty() { "□".to_owned() } else { text.to_owned() }
}
