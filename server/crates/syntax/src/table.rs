//! The cells of a block, in every dialect that reports come in.
//!
//! Dialects differ in what separates cells and rows. Where each line is a row, the rows
//! are known here; where each line is a cell, only the labels tell rows apart, and all
//! cells of the block are one row. What a cell means is no matter of this module. Ranges
//! are bytes of the block's text.

mod html;
mod pipe;
mod renumbering;
mod rows;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use text_size::TextRange;

pub use self::renumbering::{Digits, Numbers, Renumbering, Shifts};
pub use self::rows::Rows;

use crate::document::{BlockKind, TableKind};
use crate::number::{Number, is_blank_mark};
use crate::plain::Plain;
use crate::{is_space, trim, trim_end, trim_start};

/// Columns of a row; wider spans are cut, and longer lines are not divided further. The widest
/// official table has 15.
const MOST_COLUMNS: usize = 256;

/// How a block separates its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Rows on lines, cells between `|`, with outer pipes.
    Gfm,
    /// Rows on lines, cells between `|`, without outer pipes; merged cells are often
    /// dropped and the row padded at its end.
    Pipe,
    /// One cell a line, `|` between cells.
    PipeCells,
    /// Rows on lines, cells between tabs.
    Tab,
    /// One cell a line after a leading tab; its text may go on in the next line.
    TabCells,
    /// One cell a line and nothing else.
    Lines,
    /// `<table>` with `rowspan` and `colspan`.
    Html,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 7] = [
        Self::Gfm,
        Self::Pipe,
        Self::PipeCells,
        Self::Tab,
        Self::TabCells,
        Self::Lines,
        Self::Html,
    ];

    /// Whether each row of [`Cells`] is a row of the table; otherwise a block's cells are
    /// one run in which only labels tell rows apart.
    #[must_use]
    pub fn has_rows(self) -> bool {
        !matches!(self, Self::PipeCells | Self::TabCells | Self::Lines)
    }
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text without surrounding white space; empty, at the place where text would go,
    /// in a blank cell.
    pub text: TextRange,
    /// All between the separators.
    pub slot: TextRange,
    /// Zero-based column: of the grid in HTML, the ordinal in the row elsewhere.
    pub column: u32,
    /// Columns that the cell spans, at least 1.
    pub column_span: u32,
    /// Rows that the cell spans, at least 1.
    pub row_span: u32,
}

impl Cell {
    /// A cell without spans, not numbered yet.
    fn new(text: Range<usize>, slot: Range<usize>) -> Self {
        Self {
            text: crate::range(text.start, text.end),
            slot: crate::range(slot.start, slot.end),
            column: 0,
            column_span: 1,
            row_span: 1,
        }
    }
}

/// The cells of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// How the block separates its cells.
    pub dialect: Dialect,
    /// Rows of cells, without GFM's delimiter row. One row in dialects without rows.
    pub rows: Rows,
}

/// Reads a block's cells. A paragraph or heading has a cell a line; other blocks have none.
#[must_use]
pub fn cells(kind: BlockKind, text: &str) -> Cells {
    match kind {
        BlockKind::Table(TableKind::Pipe) => pipe::pipes(text),
        BlockKind::Table(TableKind::Tab) => tabs(text),
        BlockKind::Table(TableKind::Html) => {
            Cells { dialect: Dialect::Html, rows: html::rows(text) }
        }
        BlockKind::Paragraph | BlockKind::Heading => {
            Cells { dialect: Dialect::Lines, rows: line_rows(text) }
        }
        BlockKind::Blank | BlockKind::Fence | BlockKind::Comment => {
            Cells { dialect: Dialect::Lines, rows: Rows::default() }
        }
    }
}

/// The visible text of a cell of `text`: without tags and emphasis, entities resolved, its
/// lines joined.
#[must_use]
pub fn cell_text<'a>(text: &'a str, cell: &Cell) -> Cow<'a, str> {
    visible_text(&text[cell.text])
}

/// The same of the source of a cell's text.
#[must_use]
pub fn visible_text(source: &str) -> Cow<'_, str> {
    let body = trim(source);
    // By bytes: cells are too short for a search to pay.
    if !body.bytes().any(|it| matches!(it, b'<' | b'&' | b'*' | b'\n' | b'\r' | b'\\')) {
        return body.into();
    }
    let plain = Plain::new(body, 0).text;
    trim(&plain.replace("\\|", "|")).to_owned().into()
}

/// Where the only one of the [`cells`] of a paragraph or heading stands; `None` where there may
/// be others. Most paragraphs are a sentence on one line, of which no more needs to be known.
#[must_use]
pub fn only_cell(text: &str) -> Option<Range<usize>> {
    let line = text.trim_end_matches(['\n', '\r']);
    let body = trim_start(line);
    let start = line.len() - body.len();
    let body = trim_end(body);
    let has = |a, b, c| memchr3(a, b, c, line.as_bytes()).is_some();
    let is_one = || !has(b'\n', b'\r', b'<') && !has(b'&', b'*', b'\\');
    (!body.is_empty() && !may_end_cell(body) && is_one()).then(|| start..start + body.len())
}

/// The lines of a pipe block that are no row but divide the header from the rest: `|---|:--:|`.
pub fn delimiter_rows(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    lines(text).filter(|it| pipe::is_delimiter_row(trim(&text[it.clone()])))
}

fn tabs(text: &str) -> Cells {
    // A cell a line, but for a few that a break between cells was lost from.
    let (mut single, mut several) = (0, 0);
    for line in lines(text).map(|it| &text[it]).filter(|it| it.contains('\t')) {
        let body = line.trim_start_matches('\t');
        if body.len() < line.len() && !body.contains('\t') { single += 1 } else { several += 1 }
    }
    let mut rows = Rows::default();
    if single > 2 * several {
        separate(text, 0..text.len(), b'\t', &mut rows);
        if rows.last().len() > 1 && rows.last()[0].text.is_empty() {
            rows.drop_first();
        }
        rows.number();
        return Cells { dialect: Dialect::TabCells, rows };
    }
    for line in lines(text) {
        separate(text, line, b'\t', &mut rows);
        rows.number();
    }
    Cells { dialect: Dialect::Tab, rows }
}

/// Adds a row: the cells between `separator`s of a part of `text`; at least one.
fn separate(text: &str, part: Range<usize>, separator: u8, rows: &mut Rows) {
    rows.start();
    let marked = is_marked(&text[part.clone()]);
    let mut start = part.start;
    for at in memchr_iter(separator, &text.as_bytes()[part.clone()]) {
        let at = part.start + at;
        if separator == b'|'
            && text.as_bytes()[..at].ends_with(b"\\")
            && is_escaped(&text[start..at])
        {
            continue;
        }
        rows.push(cell(text, start..at, marked));
        start = at + 1;
    }
    rows.push(cell(text, start..part.end, marked));
}

/// Whether what is written in `text` is what a reader sees, line by line: without tags,
/// entities, emphasis or escapes.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3(b'<', b'&', b'*', bytes).is_none() && memchr(b'\\', bytes).is_none()
}

/// Whether the pipe after `before` is the text of the cell that `before` begins: `a\|b`. A
/// backslash alone in a cell is a mark for blank.
fn is_escaped(before: &str) -> bool {
    let body = before.trim_end_matches('\\');
    // From the end only: this is asked for every pipe.
    (before.len() - body.len()) % 2 == 1 && !body.trim_end_matches(is_space).is_empty()
}

/// Whether a part may hold tags or entities.
fn is_marked(part: &str) -> bool {
    memchr2(b'<', b'&', part.as_bytes()).is_some()
}

/// The cell in `slot`. Tags are looked for only where it stands in a `marked` part: in most
/// rows, one search is enough for all cells.
fn cell(text: &str, slot: Range<usize>, marked: bool) -> Cell {
    Cell::new(body(text, slot.clone(), marked), slot)
}

/// Where the text of the cell in `slot` stands.
fn body(text: &str, slot: Range<usize>, marked: bool) -> Range<usize> {
    let source = &text[slot.clone()];
    let body = if marked && is_marked(source) {
        html::visible(text, slot)
    } else {
        trimmed(source, slot.start)
    };
    // Emphasis is no part of a cell's text: replacing the text keeps it.
    match text[body.clone()].strip_prefix("**").and_then(|it| it.strip_suffix("**")) {
        Some(inner) => trimmed(inner, body.start + 2),
        None => body,
    }
}

/// Where the text of `source`, which starts at `start`, stands without white space around it.
fn trimmed(source: &str, start: usize) -> Range<usize> {
    let after = trim_start(source);
    if after.is_empty() {
        return blank(source.as_bytes(), start);
    }
    let start = start + source.len() - after.len();
    start..start + trim_end(after).len()
}

/// Where text would go in a blank cell whose `source` starts at `start`: after one space of
/// padding, where there is one.
fn blank(source: &[u8], start: usize) -> Range<usize> {
    let at = start + usize::from(source.first() == Some(&b' '));
    at..at
}

/// The cells of all lines, as one row.
fn line_rows(text: &str) -> Rows {
    let mut rows = Rows::default();
    rows.start();
    for line in lines(text) {
        line_cells(text, line, &mut rows);
    }
    rows.number();
    rows
}

/// Adds the cells of a line. A line is a cell; where a page lost its rules, a label and its
/// numbers share the line, between spaces.
fn line_cells(text: &str, line: Range<usize>, rows: &mut Rows) {
    let is_marked = is_marked(&text[line.clone()]);
    let mut rest = cell(text, line, is_marked);
    let before = rows.last().len();
    let last_value = |rest: &Cell| last_value(text, rest, is_marked);
    let mut last = last_value(&rest);
    // White space inside a number is not one between cells.
    if last.is_some() && Number::parse(&text[rest.text]).is_some() {
        last = None;
    }
    while let Some(value) = last {
        rows.push(value);
        rest = cell(text, rest.text.start().into()..value.slot.start().into(), is_marked);
        // With tags, all that is left is looked at for each.
        let is_full = rows.last().len() - before == MOST_COLUMNS;
        last = if is_full { None } else { last_value(&rest) };
    }
    if !rest.text.is_empty() {
        rows.push(rest);
    }
    rows.last()[before..].reverse();
}

/// Whether a text may end in a number or mark, where a page lost its rules. A unit ends no
/// cell: the white space may stand before it.
fn may_end_cell(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '—' | '无'))
}

/// The number or mark that ends a field after a space.
fn last_value(text: &str, field: &Cell, is_marked: bool) -> Option<Cell> {
    let source = &text[field.text];
    // Before its white space is looked for: most lines are sentences.
    if !may_end_cell(source) && !source.ends_with('*') {
        return None;
    }
    let space = usize::from(field.text.start()) + source.rfind([' ', '\u{3000}'])?;
    let last = cell(text, space..field.text.end().into(), is_marked);
    let body = &text[last.text];
    let is_value = Number::parse(body).is_some() || is_blank_mark(body);
    (is_value && may_end_cell(body)).then_some(last)
}

/// The lines of a text without their terminators.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let rest = &text.as_bytes()[at..];
        let len = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = at..at + len;
        at += len
            + match &rest[len..] {
                [b'\r', b'\n', ..] => 2,
                [] => 0,
                _ => 1,
            };
        Some(line)
    })
}
