//! A table's cells, divided at its labels.

use gouji_syntax::table::Dialect;

use std::ops::Range;

use super::window::Width;
use super::{Meaning, Ours, What};
use crate::Blocks;
use crate::bind::lexicon::{self, Names};
use crate::bind::pieces::Tok;
use crate::bind::tokens::{Class, cell_text};
use crate::finding::Place;
use crate::report::{Header, Wording};
use crate::schema;

/// The cells after a label, up to the next label or the end of the row.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub(super) subject: Subject,
    pub(super) cells: &'a [Tok<'a>],
    pub(super) width: Width,
}

/// Cells before and in a segment.
pub(super) type Shape = (usize, usize);

/// Whose cells they are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    /// A row of the form.
    Row { part: usize, row: usize, label: Place, wording: Wording },
    /// Values without a label.
    Unlabelled,
    /// Values after a text that is no label of the form.
    Unknown { place: Place },
}

impl<'a> Segment<'a> {
    fn new(subject: Subject, cells: &'a [Tok<'a>]) -> Self {
        let width = Width::new(cells.iter().map(|it| matches!(it.class, Class::Empty)));
        Self { subject, cells, width }
    }

    /// How many cells hold any text.
    pub(super) fn filled(&self) -> usize {
        filled(self.cells)
    }

    /// The row of the schema; values without a label belong to the row without one.
    pub(super) fn row(&self, table: &schema::Table) -> Option<(usize, usize)> {
        match &self.subject {
            Subject::Row { part, row, .. } => Some((*part, *row)),
            Subject::Unlabelled => {
                let part = table.parts.first()?;
                let row = part.rows.iter().position(|it| it.label.label.is_empty())?;
                // Blank cells beside a header are no row.
                let whole = self.cells.len() >= part.columns.len();
                let any = self.cells.iter().any(|it| it.class.is_number());
                (whole || any).then_some((0, row))
            }
            Subject::Unknown { .. } => None,
        }
    }

    /// Which rows tell where this row's values start, and the column from which they count:
    /// all of the same width in a grid; in other dialects those with as many cells before
    /// and after the label.
    pub(super) fn shape(&self) -> (Shape, usize) {
        let Some(first) = self.cells.first() else { return ((0, 0), 0) };
        let before = first.row().map_or(0, |_| first.cell().column as usize);
        let is_grid = matches!(first.dialect, Dialect::Gfm | Dialect::Html);
        if is_grid {
            ((0, before + self.cells.len()), before)
        } else {
            ((before, self.cells.len()), 0)
        }
    }
}

fn filled(cells: &[Tok]) -> usize {
    cells.iter().filter(|it| !matches!(it.class, Class::Empty)).count()
}

/// The segments of a table.
pub(super) struct Parts<'a> {
    /// The cells of all segments, in one list.
    cells: Vec<Tok<'a>>,
    segments: Vec<(Subject, Range<usize>)>,
}

impl Parts<'_> {
    pub(super) fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let segments = self.segments.iter();
        segments.map(|(subject, cells)| Segment::new(*subject, &self.cells[cells.clone()]))
    }
}

/// The segments of a table and the header cells of its value columns.
pub(super) fn read<'a>(
    blocks: &Blocks,
    table: &'static schema::Table,
    toks: &[Tok<'a>],
    ours: Ours,
) -> (Parts<'a>, Vec<Header>) {
    let mut reader = Reader {
        blocks,
        table,
        ours,
        parts: Parts {
            cells: Vec::with_capacity(toks.len()),
            // A row has some six cells and a label.
            segments: Vec::with_capacity(toks.len() / 7 + 1),
        },
        headers: Vec::new(),
        current: None,
        row: None,
        after_column: false,
        rows_begun: false,
    };
    let mut at = 0;
    while at < toks.len() {
        at += reader.step(&toks[at..]);
    }
    reader.close();
    (reader.parts, reader.headers)
}

struct Reader<'r, 'a> {
    blocks: &'r Blocks,
    table: &'static schema::Table,
    ours: Ours,
    parts: Parts<'a>,
    headers: Vec<Header>,
    /// Whose cells come now, and where they start in the list of all.
    current: Option<(Subject, usize)>,
    /// The row of the last cell, where the dialect has rows.
    row: Option<(u32, u32)>,
    after_column: bool,
    /// Whether a label of a row was seen.
    rows_begun: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Takes one cell, or a label that is split over several; returns how many.
    fn step(&mut self, toks: &[Tok<'a>]) -> usize {
        let tok = toks[0];
        if tok.row() != self.row {
            if self.row.is_some() || tok.row().is_some() {
                self.close();
            }
            self.row = tok.row();
            self.after_column = false;
        }
        match tok.class {
            Class::Label(names) => {
                // Half a label can look like all of it with a character lost.
                if names.is_damaged
                    && let Some(len) = self.split_label(toks)
                {
                    return len;
                }
                self.label(&tok, self.ours.meanings(names), tok.place());
                1
            }
            Class::Text | Class::Numbering => self.text(toks),
            Class::Prose => 1,
            Class::Empty | Class::Mark | Class::Plain(_) | Class::Number(_) => {
                if self.current.is_none() {
                    self.start(Subject::Unlabelled);
                }
                let values = toks.iter().take_while(|it| it.class.is_value() && it.is_beside(&tok));
                let len = values.count();
                self.parts.cells.extend_from_slice(&toks[..len]);
                len
            }
        }
    }

    /// Begins a segment after the current one, which is closed.
    fn start(&mut self, subject: Subject) {
        self.rows_begun |= matches!(subject, Subject::Row { .. });
        self.current = Some((subject, self.parts.cells.len()));
    }

    fn label(
        &mut self,
        tok: &Tok<'a>,
        meanings: impl Iterator<Item = Meaning> + Clone,
        place: Place,
    ) {
        let row = meanings.clone().find(|it| matches!(it.1, What::Row(_)));
        let has_column = meanings.clone().any(|it| matches!(it.1, What::Column(_)));
        // 其他 and 总计 name a row and a column: a column beside columns and before all rows.
        let is_column = has_column && (row.is_none() || self.after_column || !self.rows_begun);
        self.close();
        self.after_column = is_column;
        if is_column {
            self.header(meanings, place);
        } else if let Some((part, What::Row(row), wording)) = row {
            self.start(Subject::Row { part, row, label: place, wording });
        } else if meanings.clone().next().is_none() {
            // A label of another table or form only.
            self.unknown(tok);
        }
    }

    /// A column with a wording that several columns share is the first of them that has no
    /// header yet.
    fn header(&mut self, mut meanings: impl Iterator<Item = Meaning>, place: Place) {
        let headers = &mut self.headers;
        let free = meanings.find_map(|(part, what, wording)| match what {
            What::Column(column) => {
                let taken = |it: &Header| (it.part, it.column) == (part, column);
                (!headers.iter().any(taken)).then_some((part, column, wording))
            }
            _ => None,
        });
        if let Some((part, column, wording)) = free {
            headers.push(Header { part, column, place, wording });
        }
    }

    /// A text that is no label by itself: half of one, a value, or the label of an unknown
    /// row.
    fn text(&mut self, toks: &[Tok<'a>]) -> usize {
        if let Some(len) = self.split_label(toks) {
            return len;
        }
        if matches!(toks[0].class, Class::Numbering) {
            return 1;
        }
        match self.current {
            Some((Subject::Row { .. } | Subject::Unknown { .. }, _)) => {
                self.parts.cells.push(toks[0]);
            }
            _ => self.unknown(&toks[0]),
        }
        1
    }

    /// Takes a label that is split over several cells; returns how many.
    fn split_label(&mut self, toks: &[Tok<'a>]) -> Option<usize> {
        let (len, names) = self.joined(toks)?;
        let place = super::span(self.blocks, toks[0].place(), toks[len - 1].place());
        self.label(&toks[0], self.right_meanings(names), place);
        Some(len)
    }

    /// What a label rightly is in this table.
    fn right_meanings<'n>(&self, names: &'n Names) -> impl Iterator<Item = Meaning> + Clone + 'n {
        self.ours.meanings(names).filter(|it| it.2 < Wording::Damaged)
    }

    fn unknown(&mut self, tok: &Tok<'a>) {
        self.close();
        self.start(Subject::Unknown { place: tok.place() });
    }

    /// The label that the first two or three cells make together.
    fn joined(&self, toks: &[Tok<'a>]) -> Option<(usize, &'static Names)> {
        const MOST: usize = 3;
        let is_part = |it: &&Tok| {
            let is_text = match it.class {
                Class::Label(names) => names.is_damaged,
                class => matches!(class, Class::Text | Class::Numbering),
            };
            is_text && it.row() == self.row
        };
        let parts = toks.iter().take(MOST).take_while(is_part).count();
        if parts < 2 {
            return None;
        }
        let mut text = String::new();
        for (index, tok) in toks[..parts].iter().enumerate() {
            text.push_str(&cell_text(&self.blocks[tok.block as usize].data, tok.cell()));
            let names = if index == 0 { None } else { lexicon::find(&text) };
            if let Some(names) = names.filter(|it| self.right_meanings(it).next().is_some()) {
                return Some((index + 1, names));
            }
        }
        None
    }

    /// How many of a row's cells are its own. Text after a full row of values belongs to what
    /// follows: a group's label in pieces.
    fn without_trailing_text(&self, part: usize, cells: &[Tok<'a>]) -> usize {
        let is_text = |it: &Tok| matches!(it.class, Class::Text | Class::Label(_));
        let kept = cells.iter().rposition(|it| !is_text(it)).map_or(0, |it| it + 1);
        if kept >= self.table.parts[part].columns.len() { kept } else { cells.len() }
    }

    /// The text among a row's cells that is the label of an unknown row.
    fn hidden_label(&self, part: usize, cells: &[Tok<'a>]) -> Option<usize> {
        let at = cells.iter().rposition(|it| !it.class.is_value())?;
        let (before, after) = (filled(&cells[..at]), filled(&cells[at + 1..]));
        // As many values after the text as before it, and too many for one row: it is a
        // label, not a value.
        let is_row = filled(cells) == self.table.parts[part].columns.len();
        (before > 0 && after == before && !is_row).then_some(at)
    }

    /// Ends the current segment. A text after a full row of values begins an unknown row.
    fn close(&mut self) {
        let Some((subject, start)) = self.current.take() else { return };
        let mut end = self.parts.cells.len();
        // Where the dialect has rows, a row's end tells what is the row's own.
        if let (Subject::Row { part, .. }, None) = (&subject, self.row) {
            end = start + self.without_trailing_text(*part, &self.parts.cells[start..end]);
            let cells = &self.parts.cells[start..end];
            if let Some(at) = self.hidden_label(*part, cells) {
                let unknown = Subject::Unknown { place: cells[at].place() };
                let at = start + at;
                self.parts.segments.extend([(subject, start..at), (unknown, at + 1..end)]);
                return;
            }
        }
        self.parts.segments.push((subject, start..end));
    }
}
