//! Cells of `<table>`, with `rowspan` and `colspan` laid out on a grid.
//!
//! A scanner over tags and no HTML parser: every cell needs its bytes in the source, so that
//! a fix can replace a number and keep the tags around it, and pasted tables leave out
//! closers that a parser would supply without saying where.

use std::ops::Range;

use memchr::memchr;

use super::{Cell, MOST_COLUMNS, Rows};
use crate::is_space;
use crate::markup::{Form, Tag, attribute, entity};

/// The rows of the first table in `text`.
pub(super) fn rows(text: &str) -> Rows {
    let mut grid = Grid::default();
    let mut open: Option<Opened> = None;
    let (mut at, mut tables) = (0, 0);
    while let Some(found) = memchr(b'<', &text.as_bytes()[at..]) {
        at += found;
        let Some(tag) = Tag::at(&text[at..]) else {
            at += 1;
            continue;
        };
        let part = Part::of(&tag);
        if part != Part::Other
            && let Some(cell) = open.take()
        {
            grid.place(text, cell, at);
        }
        match part {
            // A table in a cell is no part of this one.
            Part::Table if tables > 0 => return grid.finish(),
            Part::Table => tables += 1,
            Part::End => return grid.finish(),
            Part::Row => grid.start_row(),
            Part::RowEnd => grid.row_open = false,
            Part::Cell => open = Some(Opened::new(&text[at..at + tag.len], at + tag.len)),
            Part::CellEnd | Part::Other => (),
        }
        at += tag.len;
    }
    if let Some(cell) = open {
        grid.place(text, cell, text.len());
    }
    grid.finish()
}

/// What a tag is to the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Table,
    End,
    Row,
    RowEnd,
    Cell,
    CellEnd,
    /// Inside a cell, or between cells where it says nothing.
    Other,
}

impl Part {
    fn of(tag: &Tag) -> Self {
        let opens = tag.form == Form::Open;
        let is = |names: &[&str]| names.iter().any(|it| tag.is(it));
        match () {
            () if is(&["table"]) => [Self::End, Self::Table][usize::from(opens)],
            () if is(&["tr"]) => [Self::RowEnd, Self::Row][usize::from(opens)],
            () if is(&["td", "th"]) => [Self::CellEnd, Self::Cell][usize::from(opens)],
            () if is(&["thead", "tbody", "tfoot"]) => Self::RowEnd,
            () => Self::Other,
        }
    }
}

/// A cell whose end is not yet seen.
#[derive(Clone, Copy)]
struct Opened {
    start: usize,
    columns: usize,
    rows: usize,
}

impl Opened {
    fn new(tag: &str, start: usize) -> Self {
        Self { start, columns: span(tag, "colspan").max(1), rows: span(tag, "rowspan") }
    }
}

/// The number that an attribute starts with; 1 where there is none.
fn span(tag: &str, name: &str) -> usize {
    let Some(value) = attribute(tag, name) else { return 1 };
    let digits = value.trim().bytes().take_while(u8::is_ascii_digit);
    let mut any = false;
    let number = digits.fold(0_usize, |number, digit| {
        any = true;
        number.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
    });
    if any { number } else { 1 }
}

#[derive(Default)]
struct Grid {
    rows: Rows,
    row_open: bool,
    /// The first column that may be free in the open row.
    column: usize,
    /// For each column, the row in which a span from above has ended.
    free_from: Vec<usize>,
}

impl Grid {
    fn start_row(&mut self) {
        self.rows.start();
        self.row_open = true;
        self.column = 0;
    }

    fn place(&mut self, text: &str, cell: Opened, end: usize) {
        if !self.row_open {
            self.start_row();
        }
        let row = self.rows.len() - 1;
        while self.free_from.get(self.column).is_some_and(|it| *it > row) {
            self.column += 1;
        }
        let columns = cell.columns.min(MOST_COLUMNS.saturating_sub(self.column)).max(1);
        // `rowspan="0"` means all rows that follow.
        let below = if cell.rows == 0 { usize::MAX } else { row.saturating_add(cell.rows) };
        let after = self.column + columns;
        if after <= MOST_COLUMNS && after > self.free_from.len() {
            self.free_from.resize(after, 0);
        }
        for column in self.free_from.iter_mut().take(after).skip(self.column) {
            *column = below;
        }
        let visible = visible(text, cell.start..end);
        self.rows.push(Cell {
            text: crate::range(visible.start, visible.end),
            slot: crate::range(cell.start, end),
            column: self.column as u32,
            column_span: columns as u32,
            row_span: u32::try_from(below - row).unwrap_or(u32::MAX),
        });
        self.column = after;
    }

    /// Ends spans at the last row.
    fn finish(mut self) -> Rows {
        self.rows.cut_spans();
        self.rows
    }
}

/// From the first to the last character of `slot` that a reader sees. In a blank slot, the
/// place in its innermost element, so that text put there looks like its neighbours.
pub(super) fn visible(text: &str, slot: Range<usize>) -> Range<usize> {
    let mut seen: Option<Range<usize>> = None;
    let (mut depth, mut deepest, mut place) = (0_usize, 0, slot.start);
    let mut at = slot.start;
    while let Some(c) = text[at..slot.end].chars().next() {
        let rest = &text[at..slot.end];
        let (len, leaves_mark) = match c {
            '<' => match Tag::at(rest) {
                Some(tag) => {
                    depth = match tag.form {
                        Form::Open => depth + 1,
                        Form::Close => depth.saturating_sub(1),
                        Form::Empty => depth,
                    };
                    if depth > deepest {
                        (deepest, place) = (depth, at + tag.len);
                    }
                    (tag.len, false)
                }
                None => (1, true),
            },
            '&' => entity(rest).map_or((1, true), |(len, c)| (len, !is_space(c))),
            _ => (c.len_utf8(), !is_space(c)),
        };
        if leaves_mark {
            seen = Some(seen.map_or(at, |it| it.start)..at + len);
        }
        at += len;
    }
    seen.unwrap_or(place..place)
}
