//! The cells of a block, in every dialect that reports come in.
//!
//! Dialects differ in what separates cells and rows. Where each line is a row, the rows
//! are known here; where each line is a cell, only the labels tell rows apart, and all
//! cells of the block are one row. What a cell means is no matter of this module. Ranges
//! are bytes of the block's text.

mod html;

use text_size::TextRange;

use crate::document::{BlockKind, TableKind};

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

/// The cells of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// How the block separates its cells.
    pub dialect: Dialect,
    /// Rows of cells, without GFM's delimiter row. One row in dialects without rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Reads a block's cells. A paragraph or heading has a cell a line; other blocks have none.
#[must_use]
pub fn cells(kind: BlockKind, text: &str) -> Cells {
    match kind {
        BlockKind::Table(TableKind::Pipe) => pipes(text),
        BlockKind::Table(TableKind::Tab) => tabs(text),
        BlockKind::Table(TableKind::Html) => {
            Cells { dialect: Dialect::Html, rows: html::rows(text) }
        }
        BlockKind::Paragraph | BlockKind::Heading => {
            let cells = lines(text).filter_map(|it| line_cell(text, it)).collect();
            Cells { dialect: Dialect::Lines, rows: vec![cells] }
        }
        BlockKind::Blank | BlockKind::Fence | BlockKind::Comment => {
            Cells { dialect: Dialect::Lines, rows: Vec::new() }
        }
    }
}

fn pipes(text: &str) -> Cells {
    let rows: Vec<_> = lines(text)
        .filter(|it| !is_delimiter_row(&text[it.clone()]))
        .map(|it| separate(text, it, b'|'))
        .collect();
    let filled = |row: &Vec<Cell>| row.iter().filter(|it| !it.text.is_empty()).count();
    if rows.iter().all(|row| filled(row) < 2) && rows.len() > 1 {
        let mut cells = separate(text, 0..text.len(), b'|');
        drop_outer(text, &mut cells, true);
        return Cells { dialect: Dialect::PipeCells, rows: vec![number(cells)] };
    }
    // A leading pipe is an outer one only where every line has it; elsewhere a blank first
    // cell stands before it.
    let leads = |row: &Vec<Cell>| row[0].text.is_empty() && row.len() > 1;
    let outer = rows.iter().all(leads);
    let rows = rows.into_iter().map(|mut row| {
        drop_outer(text, &mut row, outer);
        number(row)
    });
    Cells { dialect: if outer { Dialect::Gfm } else { Dialect::Pipe }, rows: rows.collect() }
}

/// Drops what stands before a leading and after a trailing outer pipe.
fn drop_outer(text: &str, cells: &mut Vec<Cell>, leading: bool) {
    if cells.len() > 1 && cells.last().is_some_and(|it| text[it.slot].trim().is_empty()) {
        cells.pop();
    }
    if leading && cells.len() > 1 && cells[0].text.is_empty() {
        cells.remove(0);
    }
}

fn tabs(text: &str) -> Cells {
    let leads = |line: std::ops::Range<usize>| !text[line].trim().contains('\t');
    if lines(text).all(leads) {
        let mut cells = separate(text, 0..text.len(), b'\t');
        if cells.len() > 1 && cells[0].text.is_empty() {
            cells.remove(0);
        }
        return Cells { dialect: Dialect::TabCells, rows: vec![number(cells)] };
    }
    let rows = lines(text).map(|it| number(separate(text, it, b'\t')));
    Cells { dialect: Dialect::Tab, rows: rows.collect() }
}

/// Numbers the columns of a row in order.
fn number(mut row: Vec<Cell>) -> Vec<Cell> {
    for (column, cell) in row.iter_mut().enumerate() {
        cell.column = column as u32;
    }
    row
}

/// The cells between `separator`s of a part of `text`; at least one.
fn separate(text: &str, part: std::ops::Range<usize>, separator: u8) -> Vec<Cell> {
    let bytes = &text.as_bytes()[..part.end];
    let mut cells = Vec::new();
    let mut start = part.start;
    for at in memchr::memchr_iter(separator, &bytes[part.start..]) {
        let at = part.start + at;
        if separator == b'|' && at > start && bytes[at - 1] == b'\\' {
            continue;
        }
        cells.push(cell(text, start, at));
        start = at + 1;
    }
    cells.push(cell(text, start, part.end));
    cells
}

fn cell(text: &str, start: usize, end: usize) -> Cell {
    let slot = &text[start..end];
    let body = slot.trim();
    // A blank cell's text goes after one space of padding, where there is one.
    let lead = if body.is_empty() {
        usize::from(slot.starts_with(' '))
    } else {
        slot.len() - slot.trim_start().len()
    };
    Cell {
        text: crate::range(start + lead, start + lead + body.len()),
        slot: crate::range(start, end),
        column: 0,
        column_span: 1,
        row_span: 1,
    }
}

fn line_cell(text: &str, line: std::ops::Range<usize>) -> Option<Cell> {
    (!text[line.clone()].trim().is_empty()).then(|| cell(text, line.start, line.end))
}

/// The lines of a text without their terminators.
fn lines(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let rest = &text.as_bytes()[at..];
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
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

/// `|---|:--:|`
fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.bytes().all(|it| matches!(it, b'|' | b'-' | b':' | b' ' | b'\t'))
        && line.contains("--")
}
