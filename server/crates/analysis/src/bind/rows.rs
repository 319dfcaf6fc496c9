//! Which cells are the values of which row.
//!
//! A row's values are the run of value cells after its last label. Where a row has more
//! cells than values, blank ones at either end come from merged cells and padding: the
//! values are the window that leaves only blank cells outside, and where several windows
//! do, the one that other rows of the same width show. A row that fits no window is an
//! oddity, never a guess.

mod segments;
mod window;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use gouji_syntax::table::Dialect;
use text_size::TextRange;

use super::lexicon::{Meaning, Names, TABLES, What};
use super::pieces::{Piece, Tok};
use super::tokens::Class;
use crate::Blocks;
use crate::finding::Place;
use crate::report::{Cell, Oddity, Row, Table, Value, Wording};
use crate::schema::{self, SCHEMAS};
use crate::sums::Tally;
use segments::{Segment, Shape, Subject};

/// Binds a piece to its table of the form; `None` where the form has no such table.
pub(super) fn bind(blocks: &Blocks, piece: &Piece, form: usize) -> Option<Table> {
    let id = TABLES[piece.table];
    let table = SCHEMAS.get(form)?.tables.iter().position(|it| it.id == id)?;
    let schema = &SCHEMAS[form].tables[table];
    let (parts, headers) = segments::read(blocks, schema, &piece.toks, Ours { form, table });
    let segments: Vec<_> = parts.segments().collect();
    let mut binder = Binder::new(schema, &headers, &segments);
    for segment in &segments {
        binder.take(segment);
    }
    binder.find_lost_values();
    binder.fold_repetitions();
    let (first, last) = (piece.toks.first()?.place(), piece.toks.last()?.place());
    let table = Table {
        schema,
        dialect: dominant_dialect(&piece.toks)?,
        place: span(blocks, first, last),
        blocks: first.block as usize..last.block as usize + 1,
        rows: binder.rows,
        values: binder.values,
        headers,
        unknown_headers: unknown_headers(&segments),
        oddities: binder.oddities,
        tally: Tally::default(),
        has_unusual: false,
    };
    Some(table.counted())
}

/// Texts before the first values that are no label of the form.
fn unknown_headers(segments: &[Segment]) -> usize {
    let is_unknown = |it: &&Segment| matches!(it.subject, Subject::Unknown { .. });
    let has_number = |it: &&Segment| it.cells.iter().any(|it| it.class.is_number());
    let texts =
        |it: &Segment| 1 + it.cells.iter().filter(|it| matches!(it.class, Class::Text)).count();
    segments.iter().take_while(|it| !has_number(it)).filter(is_unknown).map(texts).sum()
}

/// The dialect of most cells.
fn dominant_dialect(toks: &[Tok]) -> Option<Dialect> {
    let (first, last) = (toks.first()?, toks.last()?);
    if first.block == last.block {
        return Some(first.dialect);
    }
    let mut counts: Vec<(Dialect, usize)> = Vec::new();
    for tok in toks {
        match counts.iter_mut().find(|it| it.0 == tok.dialect) {
            Some(count) => count.1 += 1,
            None => counts.push((tok.dialect, 1)),
        }
    }
    counts.iter().max_by_key(|it| it.1).map(|it| it.0)
}

/// From the start of `first` to the end of `last`.
fn span(blocks: &Blocks, first: Place, last: Place) -> Place {
    let between = &blocks[first.block as usize..last.block as usize];
    let offset: usize = between.iter().map(crate::block::Block::len).sum();
    let end = offset as u32 + last.range.end();
    let range = TextRange::new(first.range.start().into(), end.into());
    Place::new(first.block as usize, range)
}

/// Where the values start in rows with so many cells, by rows that leave no choice: how many
/// rows show each start.
type Starts = BTreeMap<Shape, BTreeMap<usize, usize>>;

/// Builds the rows of one table.
struct Binder<'a> {
    schema: &'static schema::Table,
    segments: &'a [Segment<'a>],
    /// For each part, the columns that the table has.
    columns: Vec<Vec<usize>>,
    /// Asked for only where a row leaves a choice; most leave none.
    starts: OnceCell<Starts>,
    rows: Vec<Row>,
    /// Their values.
    values: Vec<Option<Cell>>,
    /// For each row of each part, its index in `rows`.
    found: Vec<Vec<Option<usize>>>,
    oddities: Vec<Oddity>,
    /// Rows without any cell after the label.
    lost: Vec<(Place, (usize, usize))>,
}

impl<'a> Binder<'a> {
    fn new(
        schema: &'static schema::Table,
        headers: &[crate::report::Header],
        segments: &'a [Segment<'a>],
    ) -> Self {
        let parts = 0..schema.parts.len();
        let columns = parts.map(|it| window::present_columns(schema, it, headers, segments));
        let columns = columns.collect();
        let found = schema.parts.iter().map(|it| vec![None; it.rows.len()]).collect();
        let rows = Vec::with_capacity(segments.len());
        let (values, oddities, lost) = (Vec::new(), Vec::new(), Vec::new());
        let starts = OnceCell::new();
        Self { schema, segments, columns, starts, rows, values, found, oddities, lost }
    }

    fn starts(&self) -> Starts {
        let mut starts = Starts::new();
        for segment in self.segments {
            let Some((part, _)) = segment.row(self.schema) else { continue };
            if let Ok(Some(start)) = segment.width.only(self.columns[part].len()) {
                let (shape, origin) = segment.shape();
                *starts.entry(shape).or_default().entry(origin + start).or_default() += 1;
            }
        }
        starts
    }

    fn take(&mut self, segment: &Segment) {
        let Some((part, row)) = segment.row(self.schema) else {
            return self.take_unknown(segment);
        };
        let first = self.found[part][row].map(|it| &self.rows[it]);
        if let (Some(first), Subject::Row { label, .. }) = (first, &segment.subject) {
            let first = first.label.unwrap_or(*label);
            let oddity = Oddity::DuplicateRow { place: *label, first, row: (part, row) };
            return self.oddities.push(oddity);
        }
        let (label, wording) = match &segment.subject {
            Subject::Row { label, wording, .. } => (Some(*label), *wording),
            _ if !self.rows.is_empty() => return,
            _ => (None, Wording::Official),
        };
        let values = self.take_values(segment, (part, row), label);
        self.found[part][row] = Some(self.rows.len());
        self.rows.push(Row { part, row, label, wording, values });
    }

    fn take_unknown(&mut self, segment: &Segment) {
        let Subject::Unknown { place } = segment.subject else { return };
        let has_number = segment.cells.iter().any(|it| it.class.is_number());
        // A note below the table is no row.
        if has_number && !self.rows.is_empty() {
            self.oddities.push(Oddity::UnknownRow { place });
        }
    }

    /// Takes the values of a row by column of the part; none where their number is wrong.
    fn take_values(
        &mut self,
        segment: &Segment,
        row: (usize, usize),
        label: Option<Place>,
    ) -> Range<usize> {
        let columns = &self.columns[row.0];
        let first = self.values.len();
        let expected = columns.len();
        let Ok(start) = self.start(segment, expected) else {
            let found = segment.filled();
            let place = label.or(segment.cells.first().map(Tok::place));
            let Some(place) = place else { return first..first };
            if segment.cells.is_empty() {
                self.lost.push((place, row));
            } else {
                self.oddities.push(Oddity::CellCount { row, place, found, expected });
            }
            return first..first;
        };
        // Columns that the table lacks have none.
        let all = first..first + self.schema.parts[row.0].columns.len();
        self.values.resize(all.end, None);
        for (column, tok) in columns.iter().zip(&segment.cells[start..]) {
            self.values[first + column] = Some(cell(tok));
        }
        all
    }

    /// The first value's index among the cells.
    fn start(&self, segment: &Segment, wanted: usize) -> Result<usize, ()> {
        if let Some(start) = segment.width.only(wanted)? {
            return Ok(start);
        }
        let (shape, origin) = segment.shape();
        let fitting = segment.width.starts(wanted);
        let votes = self.starts.get_or_init(|| self.starts()).get(&shape).into_iter().flatten();
        let common = votes
            .filter_map(|(start, count)| Some((start.checked_sub(origin)?, *count)))
            .filter(|it| fitting.contains(&it.0))
            .max_by_key(|it| it.1);
        // Without other rows of this shape, padding comes last.
        Ok(common.map_or(fitting.start, |it| it.0))
    }

    /// A whole table that stands twice is one oddity, not one a row.
    fn fold_repetitions(&mut self) {
        const SINGLE: usize = 3;
        let is_repetition = |it: &Oddity| matches!(it, Oddity::DuplicateRow { .. });
        if self.oddities.iter().filter(|it| is_repetition(it)).count() > SINGLE {
            let first = self.oddities.iter().position(is_repetition);
            let mut index = 0..;
            self.oddities.retain(|it| index.next() == first || !is_repetition(it));
        }
    }

    /// Rows without values: one oddity for all where the page lost most of them.
    fn find_lost_values(&mut self) {
        let Some((place, _)) = self.lost.first().copied() else { return };
        if self.lost.len() * 2 > self.rows.len() && self.lost.len() > 2 {
            self.oddities.push(Oddity::ValuesLost { place, rows: self.lost.len() });
            return;
        }
        for (place, row) in std::mem::take(&mut self.lost) {
            let expected = self.columns[row.0].len();
            self.oddities.push(Oddity::CellCount { row, place, found: 0, expected });
        }
    }
}

fn cell(tok: &Tok) -> Cell {
    let value = match tok.class {
        Class::Empty | Class::Mark => Value::Blank,
        class => class.number().unwrap_or(Value::Text),
    };
    Cell::new(tok.place(), tok.cell().slot, value)
}

/// The table that cells are bound to.
#[derive(Clone, Copy)]
struct Ours {
    form: usize,
    table: usize,
}

impl Ours {
    /// What a label is in this table.
    fn meanings(self, names: &Names) -> impl Iterator<Item = Meaning> + Clone {
        names.meanings(self.form, self.table).iter().copied()
    }
}
