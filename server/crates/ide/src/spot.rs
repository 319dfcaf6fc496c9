//! The reports of a document that something is asked of, and where in one a cursor is: at which
//! cell, label or number.

use std::ops::Range;
use std::sync::Arc;

use gouji_analysis::relations::{self, Relation, touches};
use gouji_analysis::report::{Cell, Header, Row, Table};
use gouji_analysis::{Checked, Part, Place, Reading, block};

/// A report of a document, not read yet.
pub(crate) struct Unread<'a> {
    checked: &'a Checked,
    /// The index of its first block in the document.
    pub(crate) first: usize,
    pub(crate) part: &'a Part,
    /// Where it stands in the document.
    pub(crate) bytes: Range<usize>,
}

/// The reports of a document that a range touches.
pub(crate) fn reports<'a>(
    checked: &'a Checked,
    range: &'a Range<usize>,
) -> impl Iterator<Item = Unread<'a>> {
    let doc = checked.document();
    let reports = checked.parts().map(move |(first, part)| {
        let bytes = doc.start(first)..doc.start(first + part.summary.blocks);
        Unread { checked, first, part, bytes }
    });
    reports.filter(|it| crate::touches(&it.bytes, range))
}

impl Unread<'_> {
    /// What it says, and where its blocks start.
    pub(crate) fn read(&self) -> Option<(Arc<Reading>, Vec<usize>)> {
        let (_, reading) = self.checked.reading(self.first)?;
        let starts = block::starts(self.bytes.start, &reading.blocks);
        Some((reading, starts))
    }
}

/// A range of a document as a place of a report whose blocks start there.
pub(crate) fn place(starts: &[usize], range: &Range<usize>) -> Place {
    let block = starts.partition_point(|it| *it <= range.start).saturating_sub(1);
    let from = starts.get(block).copied().unwrap_or_default();
    Place::new(block, gouji_syntax::range(range.start - from, range.end - from))
}

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
        // Where one report ends another begins, and the cursor is in that.
        let (reading, starts) = reports(checked, &(at..at)).last()?.read()?;
        let block = starts.partition_point(|it| *it <= at).checked_sub(1)?;
        // The end of the document is in its last block.
        let block = block.min(reading.blocks.len().checked_sub(1)?);
        let byte = at.checked_sub(*starts.get(block)?)?;
        let place = Place::new(block, gouji_syntax::range(byte, byte));
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
    let cell = table.cells().find(|it| touches(it.2.slot(), place));
    let cell = cell.map(|(row, column, cell)| Subject::Cell(table, row, column, cell));
    let label = || table.rows.iter().find_map(|row| Some(Subject::Label(table, row, label(row)?)));
    let header = || {
        let header = table.headers.iter().find(|it| touches(it.place, place));
        header.map(|it| Subject::Header(table, it))
    };
    cell.or_else(label).or_else(header)
}
