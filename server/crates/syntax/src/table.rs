//! The cells of a block, in every dialect that reports come in.
//!
//! Dialects differ in what separates cells and rows. Where each line is a row, the rows
//! are known here; where each line is a cell, only the labels tell rows apart, and all
//! cells of the block are one row. What a cell means is no matter of this module. Ranges
//! are bytes of the block's text.

mod html;

use std::borrow::Cow;
use std::ops::Range;

use text_size::TextRange;

use crate::document::{BlockKind, TableKind};
use crate::number::{Number, is_blank_mark};
use crate::plain::Plain;
use crate::{is_space, trim};

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
            let cells = lines(text).flat_map(|it| line_cells(text, it)).collect();
            Cells { dialect: Dialect::Lines, rows: vec![number(cells)] }
        }
        BlockKind::Blank | BlockKind::Fence | BlockKind::Comment => {
            Cells { dialect: Dialect::Lines, rows: Vec::new() }
        }
    }
}

/// The visible text of a cell of `text`: without tags and emphasis, entities resolved, its
/// lines joined.
#[must_use]
pub fn cell_text<'a>(text: &'a str, cell: &Cell) -> Cow<'a, str> {
    let body = trim(&text[cell.text]);
    if !body.contains(['<', '&', '*', '\n', '\r', '\\']) {
        return body.into();
    }
    let plain = Plain::new(body, 0).text;
    trim(&plain.replace("\\|", "|")).to_owned().into()
}

fn pipes(text: &str) -> Cells {
    let lines: Vec<_> = lines(text).map(|it| PipeLine::new(text, it)).collect();
    let delimited = lines.iter().any(|it| it.shape == Shape::Delimiter);
    let count = |shape| lines.iter().filter(|it| it.shape == shape).count();
    // A cell a line, but for a few lines that close a row as well.
    if !delimited && count(Shape::Cell) > 2 * count(Shape::Row) {
        return Cells { dialect: Dialect::PipeCells, rows: vec![number(pipe_cells(text))] };
    }
    // A leading pipe is an outer one only where every line has it; elsewhere a blank first
    // cell stands before it.
    let outer = delimited || lines.iter().all(|it| it.leads);
    let rows = lines.into_iter().filter(|it| it.shape != Shape::Delimiter).map(|line| {
        let mut row = separate(text, line.range, b'|');
        drop_outer(&mut row, outer);
        number(row)
    });
    let rows = rows.filter(|it| !it.is_empty());
    Cells { dialect: if outer { Dialect::Gfm } else { Dialect::Pipe }, rows: rows.collect() }
}

/// A line of a pipe block and what it is by itself.
struct PipeLine {
    range: Range<usize>,
    shape: Shape,
    leads: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// At most one text and at most one pipe.
    Cell,
    /// Several texts or several pipes.
    Row,
    /// Pipes alone, which fill a row up to the width of the table.
    Padding,
    /// `|---|---|`
    Delimiter,
}

impl PipeLine {
    fn new(text: &str, range: Range<usize>) -> Self {
        let body = trim(&text[range.clone()]);
        let pipes = memchr::memchr_iter(b'|', body.as_bytes()).count();
        let texts = body.split('|').filter(|it| !trim(it).is_empty()).count();
        let shape = match (texts, pipes) {
            _ if is_delimiter_row(body) => Shape::Delimiter,
            (0, 2..) => Shape::Padding,
            (0 | 1, 0 | 1) => Shape::Cell,
            _ => Shape::Row,
        };
        Self { range, shape, leads: body.starts_with('|') }
    }
}

/// The cells of a block with a cell a line. There a blank cell is a pipe on a line of its
/// own; pipes side by side fill a row up to the width of the table and are no cells.
fn pipe_cells(text: &str) -> Vec<Cell> {
    let mut cells = separate(text, 0..text.len(), b'|');
    drop_outer(&mut cells, true);
    cells.retain(|it| !it.text.is_empty() || !is_padding(text, it.slot.end().into()));
    for cell in cells.iter_mut().filter(|it| it.text.is_empty()) {
        // A blank cell's line is the one of the pipe that closes it.
        let slot = &text[cell.slot];
        let line = slot.rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let place = usize::from(cell.slot.start()) + line;
        cell.text = crate::range(place, place);
    }
    cells
}

/// Whether another pipe stands beside the one at `at`: before it, or after it where it is
/// the first of its line.
fn is_padding(text: &str, at: usize) -> bool {
    let space = [' ', '\t'];
    let before = text[..at].trim_end_matches(space);
    let first = before.is_empty() || before.ends_with(['\n', '\r']);
    let after = text[at..].strip_prefix('|').unwrap_or_default();
    before.ends_with('|') || first && after.trim_start_matches(space).starts_with('|')
}

/// Drops what stands before a leading and after a trailing outer pipe.
fn drop_outer(cells: &mut Vec<Cell>, leading: bool) {
    if cells.len() > 1 && cells.last().is_some_and(|it| it.text.is_empty()) {
        cells.pop();
    }
    if leading && cells.first().is_some_and(|it| it.text.is_empty()) {
        cells.remove(0);
    }
}

fn tabs(text: &str) -> Cells {
    // A cell a line, but for a few that a break between cells was lost from.
    let (mut single, mut several) = (0, 0);
    for line in lines(text).map(|it| &text[it]).filter(|it| it.contains('\t')) {
        let body = line.trim_start_matches('\t');
        if body.len() < line.len() && !body.contains('\t') { single += 1 } else { several += 1 }
    }
    if single > 2 * several {
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
fn separate(text: &str, part: Range<usize>, separator: u8) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut start = part.start;
    for at in memchr::memchr_iter(separator, &text.as_bytes()[part.clone()]) {
        let at = part.start + at;
        if separator == b'|' && is_escaped(&text[start..at]) {
            continue;
        }
        cells.push(cell(text, start..at));
        start = at + 1;
    }
    cells.push(cell(text, start..part.end));
    cells
}

/// Whether the pipe after `before` is the text of the cell that `before` begins: `a\|b`. A
/// backslash alone in a cell is a mark for blank.
fn is_escaped(before: &str) -> bool {
    let body = before.trim_end_matches('\\');
    // From the end only: this is asked for every pipe.
    (before.len() - body.len()) % 2 == 1 && !body.trim_end_matches(is_space).is_empty()
}

fn cell(text: &str, slot: Range<usize>) -> Cell {
    let source = &text[slot.clone()];
    let mut body = if source.contains(['<', '&']) {
        html::visible(text, slot.clone())
    } else {
        trimmed(source, slot.start)
    };
    // Emphasis is no part of a cell's text: replacing the text keeps it.
    if let Some(inner) = text[body.clone()].strip_prefix("**").and_then(|it| it.strip_suffix("**"))
    {
        body = trimmed(inner, body.start + 2);
    }
    Cell {
        text: crate::range(body.start, body.end),
        slot: crate::range(slot.start, slot.end),
        column: 0,
        column_span: 1,
        row_span: 1,
    }
}

/// Where the text of `source`, which starts at `start`, stands without white space around it.
fn trimmed(source: &str, start: usize) -> Range<usize> {
    let body = trim(source);
    // A blank cell's text goes after one space of padding, where there is one.
    let lead = if body.is_empty() {
        usize::from(source.starts_with(' '))
    } else {
        source.len() - source.trim_start_matches(is_space).len()
    };
    start + lead..start + lead + body.len()
}

/// A line is a cell; where a page lost its rules, a label and its numbers share the line,
/// between spaces.
fn line_cells(text: &str, line: Range<usize>) -> Vec<Cell> {
    let mut rest = cell(text, line);
    let mut cells = Vec::new();
    let is_one = Number::parse(&text[rest.text]).is_some();
    while let Some(space) = text[rest.text].rfind([' ', '\u{3000}']).filter(|_| !is_one) {
        let field: Range<usize> = rest.text.into();
        let last = cell(text, field.start + space..field.end);
        let body = &text[last.text];
        let is_value = Number::parse(body).is_some() || is_blank_mark(body);
        // White space inside a number or before a unit is not one between cells.
        if !is_value || !body.ends_with(|c: char| c.is_ascii_digit() || "/-—无".contains(c)) {
            break;
        }
        cells.push(last);
        rest = cell(text, field.start..field.start + space);
    }
    if !rest.text.is_empty() {
        cells.push(rest);
    }
    cells.reverse();
    cells
}

/// The lines of a text without their terminators.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
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
    let line = trim(line);
    line.contains('|')
        && line.contains("--")
        && line.bytes().all(|it| matches!(it, b'|' | b'-' | b':' | b' ' | b'\t'))
}
