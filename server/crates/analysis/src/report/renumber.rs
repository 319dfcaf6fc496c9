//! A report after numbers in one of its tables were edited.
//!
//! Labels say which cells are a table and whose values they are, and that a cell holds a number,
//! but not which. So all of the report stays but for these numbers, and for the places after them.

use std::sync::Arc;

use gouji_syntax::table::{Digits, Renumbering, Shifts};
use text_size::TextRange;

use super::read::Change;
use super::{Cell, Header, Oddity, Report, Row, Table, Value};
use crate::bind::tokens;
use crate::block::Blocks;
use crate::finding::Place;

impl Report {
    /// This report after some changes, if they are edits of numbers in a table. `blocks` are
    /// those that it has then.
    pub(super) fn renumbered(&self, blocks: &Blocks, changes: &[Change]) -> Option<Self> {
        let [change] = changes else { return None };
        let edit = change.old.renumbering(change.new)?;
        // What reaches over blocks counts its places over them.
        let has_heading = self.headings().iter().any(|it| it.block as usize == change.block);
        let is_outlined = !has_heading
            && change.old.keeps_lines(change.new)
            && self.is_outlined_in_blocks(blocks);
        let is_here = |it: &Arc<Table>| it.blocks.contains(&change.block);
        let mut tables = self.tables.iter().filter(|it| is_here(it)).peekable();
        if !is_outlined || tables.peek().is_none() || tables.any(|it| it.blocks.len() > 1) {
            return None;
        }
        let mut report = self.clone();
        for table in report.tables.iter_mut().filter(|it| is_here(it)) {
            *table = Arc::new(table.renumbered(&edit, &change.new.data.text, change.block));
        }
        Some(report)
    }
}

impl Table {
    /// This table, which is one block, after an edit of its numbers that gave the block a text and
    /// perhaps another place in its report.
    pub(crate) fn renumbered(&self, edit: &Renumbering, text: &str, block: usize) -> Self {
        let mut new = Renumbered { shifts: edit.shifts(), text, block };
        // Each from its start to its end in the order in which they stand: the fewest steps.
        let start = new.shifts.at(self.place.text_range().start());
        let header = |it: &Header| Header { place: new.place(it.place), ..it.clone() };
        let headers = self.headers.iter().map(header).collect();
        let values = self.values.iter().map(|it| Some(new.cell(it.as_ref()?))).collect();
        let end = new.shifts.at(self.place.text_range().end());
        new.shifts = edit.shifts();
        let row = |it: &Row| Row { label: it.label.map(|it| new.place(it)), ..it.clone() };
        let rows = self.rows.iter().map(row).collect();
        let oddities = self.oddities.iter().map(|it| new.oddity(it)).collect();
        let (place, blocks) = (Place::new(block, TextRange::new(start, end)), block..block + 1);
        Self { place, blocks, rows, headers, oddities, values, ..*self }.counted()
    }
}

/// The new block, and the way to it from the old one.
struct Renumbered<'a> {
    shifts: Shifts<'a>,
    text: &'a str,
    block: usize,
}

impl Renumbered<'_> {
    fn place(&mut self, old: Place) -> Place {
        Place::new(self.block, self.shifts.range(old.text_range()))
    }

    fn cell(&mut self, old: &Cell) -> Cell {
        let (text, slot) = (old.place.text_range(), old.slot().text_range());
        let (text, slot, digits) = self.shifts.cell(text, slot);
        let value = match digits {
            Some(Digits::Integer(count)) => Some(Value::Count(count)),
            Some(Digits::Other) => tokens::number(&self.text[text]),
            None => None,
        };
        let value = value.unwrap_or(old.value);
        Cell::new(Place::new(self.block, text), slot, value)
    }

    fn oddity(&mut self, old: &Oddity) -> Oddity {
        let mut new = old.clone();
        match &mut new {
            Oddity::UnknownRow { place }
            | Oddity::CellCount { place, .. }
            | Oddity::ValuesLost { place, .. } => *place = self.place(*place),
            Oddity::DuplicateRow { place, first, .. } => {
                (*place, *first) = (self.place(*place), self.place(*first));
            }
        }
        new
    }
}
