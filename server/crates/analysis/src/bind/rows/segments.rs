//! A table's cells, divided at its labels.

use gouji_syntax::table::Dialect;

use super::{Meaning, What, whats};
use crate::Blocks;
use crate::bind::lexicon::{self, Entry};
use crate::bind::pieces::Tok;
use crate::bind::tokens::{Class, cell_text};
use crate::finding::Place;
use crate::report::{Header, Wording};
use crate::schema;

/// The cells after a label, up to the next label or the end of the row.
#[derive(Debug)]
pub(super) struct Segment<'a> {
    pub(super) subject: Subject,
    pub(super) cells: Vec<Tok<'a>>,
    /// For each cell, whether it holds no text at all. A mark such as `/` is text here: it
    /// stands where a value goes.
    pub(super) blanks: Vec<bool>,
}

/// Cells before and in a segment.
pub(super) type Shape = (usize, usize);

/// Whose cells they are.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// A row of the form.
    Row { part: usize, row: usize, label: Place, wording: Wording },
    /// Values without a label.
    Unlabelled,
    /// Values after a text that is no label of the form.
    Unknown { place: Place },
}

impl<'a> Segment<'a> {
    fn new(subject: Subject, cells: Vec<Tok<'a>>) -> Self {
        Self { subject, cells, blanks: Vec::new() }
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
                let any = self.cells.iter().any(|it| matches!(it.token.class, Class::Number(_)));
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
        let before = first.row().map_or(0, |_| first.token.cell.column as usize);
        let is_grid = matches!(first.dialect, Dialect::Gfm | Dialect::Html);
        if is_grid {
            ((0, before + self.cells.len()), before)
        } else {
            ((before, self.cells.len()), 0)
        }
    }
}

/// The segments of a table and the header cells of its value columns.
pub(super) fn read<'a>(
    blocks: &Blocks,
    table: &'static schema::Table,
    toks: &[Tok<'a>],
    ours: &dyn Fn(&Entry) -> bool,
) -> (Vec<Segment<'a>>, Vec<Header>) {
    let mut reader = Reader::new(blocks, table, ours);
    let mut at = 0;
    while at < toks.len() {
        at += reader.step(&toks[at..]);
    }
    reader.close();
    for it in &mut reader.segments {
        it.blanks = it.cells.iter().map(|it| matches!(it.token.class, Class::Empty)).collect();
    }
    (reader.segments, reader.headers)
}

struct Reader<'r, 'a> {
    blocks: &'r Blocks,
    table: &'static schema::Table,
    ours: &'r dyn Fn(&Entry) -> bool,
    segments: Vec<Segment<'a>>,
    headers: Vec<Header>,
    current: Option<Segment<'a>>,
    /// The row of the last cell, where the dialect has rows.
    row: Option<(usize, u32)>,
    after_column: bool,
}

impl<'r, 'a> Reader<'r, 'a> {
    fn new(
        blocks: &'r Blocks,
        table: &'static schema::Table,
        ours: &'r dyn Fn(&Entry) -> bool,
    ) -> Self {
        Self {
            blocks,
            table,
            ours,
            segments: Vec::new(),
            headers: Vec::new(),
            current: None,
            row: None,
            after_column: false,
        }
    }

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
        match &tok.token.class {
            // Half a label can look like all of it with a character lost.
            Class::Label(names) if names.is_damaged => {
                if let Some(len) = self.split_label(toks) {
                    return len;
                }
                self.label(&tok, &whats(&tok, self.ours), tok.place());
                1
            }
            Class::Label(_) => {
                self.label(&tok, &whats(&tok, self.ours), tok.place());
                1
            }
            Class::Text | Class::Numbering => self.text(toks),
            Class::Prose => 1,
            Class::Empty | Class::Mark | Class::Number(_) => {
                let new = || Segment::new(Subject::Unlabelled, Vec::new());
                self.current.get_or_insert_with(new).cells.push(tok);
                1
            }
        }
    }

    fn label(&mut self, tok: &Tok<'a>, whats: &[Meaning], place: Place) {
        let row = whats.iter().find(|it| matches!(it.1, What::Row(_)));
        let column = whats.iter().find(|it| matches!(it.1, What::Column(_)));
        // 其他 and 总计 name a row and a column: a column beside columns and before all rows.
        let rows_begun = self
            .segments
            .iter()
            .chain(&self.current)
            .any(|it| matches!(it.subject, Subject::Row { .. }));
        let is_column = column.is_some() && (row.is_none() || self.after_column || !rows_begun);
        self.close();
        self.after_column = is_column;
        if is_column {
            self.header(whats, place);
        } else if let Some((part, What::Row(row), wording)) = row {
            let (part, row, wording) = (*part, *row, *wording);
            let subject = Subject::Row { part, row, label: place, wording };
            self.current = Some(Segment::new(subject, Vec::new()));
        } else if whats.is_empty() {
            // A label of another table or form only.
            self.unknown(tok);
        }
    }

    /// A column with a wording that several columns share is the first of them that has no
    /// header yet.
    fn header(&mut self, whats: &[Meaning], place: Place) {
        let free = whats.iter().find_map(|(part, what, wording)| match what {
            What::Column(column) => {
                let taken = |it: &Header| (it.part, it.column) == (*part, *column);
                (!self.headers.iter().any(taken)).then_some((*part, *column, *wording))
            }
            _ => None,
        });
        if let Some((part, column, wording)) = free {
            self.headers.push(Header { part, column, place, wording });
        }
    }

    /// A text that is no label by itself: half of one, a value, or the label of an unknown
    /// row.
    fn text(&mut self, toks: &[Tok<'a>]) -> usize {
        if let Some(len) = self.split_label(toks) {
            return len;
        }
        if matches!(toks[0].token.class, Class::Numbering) {
            return 1;
        }
        match &mut self.current {
            Some(it) if !matches!(it.subject, Subject::Unlabelled) => it.cells.push(toks[0]),
            _ => self.unknown(&toks[0]),
        }
        1
    }

    /// Takes a label that is split over several cells; returns how many.
    fn split_label(&mut self, toks: &[Tok<'a>]) -> Option<usize> {
        let (len, whats) = self.joined(toks)?;
        let place = super::span(self.blocks, toks[0].place(), toks[len - 1].place());
        self.label(&toks[0], &whats, place);
        Some(len)
    }

    fn unknown(&mut self, tok: &Tok<'a>) {
        self.close();
        let subject = Subject::Unknown { place: tok.place() };
        self.current = Some(Segment::new(subject, Vec::new()));
    }

    /// The label that the first two or three cells make together.
    fn joined(&self, toks: &[Tok<'a>]) -> Option<(usize, Vec<Meaning>)> {
        let is_text = |it: &Tok| {
            let is_part = match &it.token.class {
                Class::Label(names) => names.is_damaged,
                class => matches!(class, Class::Text | Class::Numbering),
            };
            is_part && it.row() == self.row
        };
        let mut text = String::new();
        for (index, tok) in toks.iter().take(3).enumerate() {
            if !is_text(tok) {
                return None;
            }
            text.push_str(&cell_text(&self.blocks[tok.block].data, &tok.token.cell));
            let names = if index == 0 { None } else { lexicon::find(&text) };
            let whats: Vec<_> = names
                .iter()
                .flat_map(|it| &it.entries)
                .filter(|it| (self.ours)(&it.0) && it.1 < Wording::Damaged)
                .map(|(it, wording)| (it.part, it.what, *wording))
                .collect();
            if !whats.is_empty() {
                return Some((index + 1, whats));
            }
        }
        None
    }

    /// Text after a full row of values belongs to what follows: a group's label in pieces.
    fn drop_trailing_text(&self, segment: &mut Segment) {
        let Subject::Row { part, .. } = &segment.subject else { return };
        let is_text = |it: &Tok| matches!(it.token.class, Class::Text | Class::Label(_));
        let kept = segment.cells.iter().rposition(|it| !is_text(it)).map_or(0, |it| it + 1);
        if kept >= self.table.parts[*part].columns.len() {
            segment.cells.truncate(kept);
        }
    }

    /// Ends the current segment. A text after a full row of values begins an unknown row.
    fn close(&mut self) {
        let Some(mut segment) = self.current.take() else { return };
        if self.row.is_none() {
            self.drop_trailing_text(&mut segment);
        }
        let texts = segment.cells.iter().rposition(|it| {
            !matches!(it.token.class, Class::Empty | Class::Mark | Class::Number(_))
        });
        if let (Subject::Row { part, .. }, Some(at), None) = (&segment.subject, texts, self.row) {
            let (head, tail) = segment.cells.split_at(at);
            let filled =
                |it: &[Tok]| it.iter().filter(|it| !matches!(it.token.class, Class::Empty)).count();
            // As many values after the text as before it, and too many for one row: it is a
            // label, not a value.
            let is_row = filled(&segment.cells) == self.table.parts[*part].columns.len();
            if filled(head) > 0 && filled(&tail[1..]) == filled(head) && !is_row {
                let subject = Subject::Unknown { place: tail[0].place() };
                let cells = tail[1..].to_vec();
                let unknown = Segment::new(subject, cells);
                segment.cells.truncate(at);
                self.segments.push(segment);
                self.segments.push(unknown);
                return;
            }
        }
        self.segments.push(segment);
    }
}
