//! Where a cursor is: in which report, and at which cell, label or number of it.

use std::ops::Range;
use std::sync::Arc;

use gouji_analysis::relations::{self, Relation, touches};
use gouji_analysis::report::{Cell, Header, Row, Table};
use gouji_analysis::{Checked, Place, Reading, block};

/// A cursor in a report.
pub(crate) struct Spot {
    pub(crate) reading: Arc<Reading>,
    /// Where the report's blocks start.
    starts: Vec<usize>,
    /// Where the cursor is, counted from the report's first block.
    pub(crate) place: Place,
}

/// What is at a cursor.
pub(crate) enum Subject<'a> {
    /// A value cell: its row and column.
    Cell(&'a Table, &'a Row, usize, &'a Cell),
    /// The label of a row.
    Label(&'a Table, &'a Row, Place),
    /// The header of a column.
    Header(&'a Table, &'a Header),
}

impl Spot {
    /// The report at a byte of a document.
    pub(crate) fn at(checked: &Checked, at: usize) -> Option<Self> {
        let doc = checked.document();
        let starts = doc.starts();
        let block = starts.partition_point(|it| *it <= at).saturating_sub(1);
        // The end of the document is in its last block.
        let block = block.min(doc.count().checked_sub(1)?);
        let (first, reading) = checked.reading(block)?;
        let starts = block::starts(doc.start(first), &reading.blocks);
        let byte = at.checked_sub(*starts.get(block - first)?)?;
        let place = Place::new(block - first, gouji_syntax::range(byte, byte));
        Some(Self { reading, starts, place })
    }

    /// Where the report's blocks start.
    pub(crate) fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// Bytes of the document.
    pub(crate) fn range(&self, place: Place) -> Range<usize> {
        place.resolve(&self.starts)
    }

    /// Where the report stands in the document.
    pub(crate) fn extent(&self) -> Range<usize> {
        let ends = (self.starts.first(), self.starts.last());
        ends.0.copied().unwrap_or_default()..ends.1.copied().unwrap_or_default()
    }

    /// The bound table whose cell or label is here.
    pub(crate) fn subject(&self) -> Option<Subject<'_>> {
        self.reading.report.tables.iter().find_map(|it| subject(it, self.place))
    }

    /// The relations that a number here is part of.
    pub(crate) fn relations(&self) -> Vec<Relation> {
        // A blank cell is anywhere between its separators.
        let place = match self.subject() {
            Some(Subject::Cell(_, _, _, cell)) => cell.visible(),
            Some(Subject::Label(..) | Subject::Header(..)) => return Vec::new(),
            None => self.place,
        };
        let mut relations = relations::of_report(&self.reading);
        relations.retain(|it| it.side_of(place).is_some());
        relations
    }

    /// The number here: that of a cell, or the one of a relation that the cursor touches.
    pub(crate) fn number(&self, relations: &[Relation]) -> Option<Place> {
        if let Some(Subject::Cell(_, _, _, cell)) = self.subject() {
            return Some(cell.visible());
        }
        let places = relations.iter().flat_map(|it| it.stated.iter().chain(&it.sources));
        places.copied().find(|it| touches(*it, self.place))
    }
}

fn subject(table: &Table, place: Place) -> Option<Subject<'_>> {
    let label = |row: &Row| row.label.filter(|it| touches(*it, place));
    let cell = table.cells().find(|it| touches(it.2.slot, place));
    let cell = cell.map(|(row, column, cell)| Subject::Cell(table, row, column, cell));
    let label = || table.rows.iter().find_map(|row| Some(Subject::Label(table, row, label(row)?)));
    let header = || {
        let header = table.headers.iter().find(|it| touches(it.place, place));
        header.map(|it| Subject::Header(table, it))
    };
    cell.or_else(label).or_else(header)
}
