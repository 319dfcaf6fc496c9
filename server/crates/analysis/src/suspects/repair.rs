//! The repair that an explanation asks for, as edits of cells.

use super::{Suspects, text};
use crate::cell_edit;
use crate::finding::{Edit, Fix, Safety};
use crate::localise::{EventKind, Explanation};
use crate::message::Message;
use crate::report::{Cell, Table, Value};
use crate::rules::TableContext;

/// Slips that are repaired at one stroke without a look at each.
const MOST_PREFERRED: usize = 2;

/// The cell of a table, where it has it.
pub(crate) fn cell<'a>(suspects: &Suspects, table: &'a Table, index: usize) -> Option<&'a Cell> {
    let (part, row, column) = suspects.key(index);
    let row = table.rows.iter().find(|it| (it.part, it.row) == (part, row))?;
    table.values(row).get(column)?.as_ref()
}

/// Sets all cells of an explanation, and the blanks that have but one value then. `None` where
/// other values would do as well, or the table lacks a cell that must change. A blank that it
/// lacks belongs to a row or column that is missing, and a text says more than nothing: both are
/// left to the rules that are about them.
pub(crate) fn repair(
    ctx: &TableContext,
    suspects: &Suspects,
    explanation: &Explanation,
) -> Option<Fix> {
    if !explanation.is_determined {
        return None;
    }
    let set = |&(index, value): &(usize, i64)| -> Option<Edit> {
        let cell = cell(suspects, ctx.table, index)?;
        Some(cell_edit::set(ctx.blocks, ctx.table, cell, value.into()))
    };
    let changes = explanation.events.iter().flat_map(|it| &it.changes);
    let mut edits = changes.map(set).collect::<Option<Vec<_>>>()?;
    let is_text = |it: &Cell| it.value == Value::Text;
    let is_blank = |index| cell(suspects, ctx.table, index).is_some_and(|it| !is_text(it));
    edits.extend(explanation.blanks.iter().filter(|it| is_blank(it.0)).filter_map(set));
    edits.sort_by_key(|it| it.place);
    let is_likeliest = suspects.likeliest() == Some(explanation);
    Some(Fix {
        title: title(suspects, explanation, edits.len())?,
        safety: Safety::Unsafe,
        preferred: is_likeliest && explanation.events.len() <= MOST_PREFERRED,
        edits,
    })
}

fn title(suspects: &Suspects, explanation: &Explanation, cells: usize) -> Option<Message> {
    let changed: usize = explanation.events.iter().map(|it| it.changes.len()).sum();
    let blanks = cells - changed;
    let told = explanation.events.iter().map(|it| text::event(suspects, it));
    let filled = (blanks > 0).then(|| Message::new("event.blanks").with("count", blanks));
    let told = text::joined("list.and", told.chain(filled))?;
    let title = match &explanation.events[..] {
        [event] if event.kind == EventKind::Cell && cells == 1 => Message::new("fix.set-cell"),
        _ => Message::new("fix.set-cells").with("count", cells),
    };
    Some(title.with_part("events", told))
}
