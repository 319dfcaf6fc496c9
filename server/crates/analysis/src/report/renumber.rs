//! A report after a number in one of its tables was edited.
//!
//! Labels say which cells are a table and whose values they are, and that a cell holds a number,
//! but not which. So all of the report stays but for that number, and for the places after it.

use std::sync::Arc;

use gouji_syntax::table::NumberEdit;

use super::read::Change;
use super::{Oddity, Report, Table, Value};
use crate::block::Blocks;
use crate::finding::Place;

impl Report {
    /// This report after some changes, if they are an edit of one number in a table. `blocks` are
    /// those that it has then.
    pub(super) fn renumbered(&self, blocks: &Blocks, changes: &[Change]) -> Option<Self> {
        let [change] = changes else { return None };
        let edit = change.old.number_edit(change.new)?;
        let was_number = change.old.classes().get(edit.cell)?.is_number();
        let value = change.new.classes().get(edit.cell)?.number().filter(|_| was_number)?;
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
            *table = Arc::new(table.renumbered(&edit, &value));
        }
        Some(report)
    }
}

impl Table {
    /// This table, which is one block, after an edit of it that left `value` in a cell.
    fn renumbered(&self, edit: &NumberEdit, value: &Value) -> Self {
        let moved =
            |it: &mut Place| *it = Place::new(it.block as usize, edit.moved(it.text_range()));
        let mut table = self.clone();
        moved(&mut table.place);
        table.headers.iter_mut().for_each(|it| moved(&mut it.place));
        for row in &mut table.rows {
            row.label.iter_mut().for_each(moved);
            for cell in row.values.iter_mut().flatten() {
                if cell.place.text_range() == edit.old {
                    cell.value = value.clone();
                }
                moved(&mut cell.place);
                moved(&mut cell.slot);
            }
        }
        for oddity in &mut table.oddities {
            match oddity {
                Oddity::UnknownRow { place }
                | Oddity::CellCount { place, .. }
                | Oddity::ValuesLost { place, .. } => moved(place),
                Oddity::DuplicateRow { place, first, .. } => {
                    moved(place);
                    moved(first);
                }
            }
        }
        table
    }
}
