//! Cells between `|`: a row on each line, or a cell.

use std::ops::Range;

use memchr::memchr_iter;

use super::{Cell, Cells, Dialect, Rows, blank, is_plain, separate, trimmed};
use crate::{is_space, trim};

pub(super) fn pipes(text: &str) -> Cells {
    let mut lines = Vec::with_capacity(memchr_iter(b'\n', text.as_bytes()).count() + 1);
    lines.extend(super::lines(text).map(|it| PipeLine::new(text, it)));
    let delimited = lines.iter().any(|it| it.shape == Shape::Delimiter);
    let count = |shape| lines.iter().filter(|it| it.shape == shape).count();
    // A cell a line, but for a few lines that close a row as well.
    if !delimited && count(Shape::Cell) > 2 * count(Shape::Row) {
        return Cells { dialect: Dialect::PipeCells, rows: pipe_cells(text) };
    }
    // A leading pipe is an outer one only where every line has it; elsewhere a blank first
    // cell stands before it.
    let outer = delimited || lines.iter().all(|it| it.leads);
    let pipes = memchr_iter(b'|', text.as_bytes()).count();
    let mut rows = Rows::with_capacity(lines.len(), pipes + lines.len());
    let plain = is_plain(text);
    for line in lines.into_iter().filter(|it| it.shape != Shape::Delimiter) {
        if plain {
            plain_row(text, line.range, outer, &mut rows);
        } else {
            row(text, line.range, outer, &mut rows);
        }
        rows.drop_empty();
    }
    Cells { dialect: if outer { Dialect::Gfm } else { Dialect::Pipe }, rows }
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
        let pipes = body.bytes().filter(|it| *it == b'|').take(2).count();
        let is_padding = || body.chars().all(|it| it == '|' || is_space(it));
        let shape = match pipes {
            _ if is_delimiter_row(body) => Shape::Delimiter,
            0 => Shape::Cell,
            1 if body.starts_with('|') || body.ends_with('|') => Shape::Cell,
            2 if is_padding() => Shape::Padding,
            _ => Shape::Row,
        };
        Self { range, shape, leads: body.starts_with('|') }
    }
}

/// The cells of a block with a cell a line. There a blank cell is a pipe on a line of its
/// own; pipes side by side fill a row up to the width of the table and are no cells.
fn pipe_cells(text: &str) -> Rows {
    let mut rows = Rows::default();
    separate(text, 0..text.len(), b'|', &mut rows);
    drop_outer(&mut rows, true);
    rows.retain(|it| !it.text.is_empty() || !is_padding(text, it.slot.end().into()));
    for cell in rows.last().iter_mut().filter(|it| it.text.is_empty()) {
        // A blank cell's line is the one of the pipe that closes it.
        let slot = &text[cell.slot];
        let line = slot.rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let place = usize::from(cell.slot.start()) + line;
        cell.text = crate::range(place, place);
    }
    rows.number();
    rows
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

/// Drops what stands before a leading and after a trailing outer pipe of the last row.
fn drop_outer(rows: &mut Rows, leading: bool) {
    let is_blank = |cell: Option<&Cell>| cell.is_some_and(|it| it.text.is_empty());
    if rows.last().len() > 1 && is_blank(rows.last().last()) {
        rows.drop_last();
    }
    if leading && is_blank(rows.last().first()) {
        rows.drop_first();
    }
}

/// Adds the row on a line, without its outer pipes; it may be left empty.
fn row(text: &str, line: Range<usize>, leading: bool, rows: &mut Rows) {
    separate(text, line, b'|', rows);
    drop_outer(rows, leading);
    rows.number();
}

/// Adds a row as [`row`] does, where `text` [`is_plain`]. The cells of a form are so short that
/// to look at each byte once costs less than to search for the pipes.
fn plain_row(text: &str, line: Range<usize>, leading: bool, rows: &mut Rows) {
    rows.start();
    let bytes = &text.as_bytes()[..line.end];
    let (mut slot, mut column) = (line.start, 0);
    loop {
        let rest = &bytes[slot..];
        let end = slot + rest.iter().position(|it| *it == b'|').unwrap_or(rest.len());
        let body = plain_body(text, slot..end);
        // What is blank beyond an outer pipe is no cell.
        let is_outer = (leading && slot == line.start) || (end == line.end && slot > line.start);
        if !(is_outer && body.is_empty()) {
            rows.push(Cell { column, ..Cell::new(body, slot..end) });
            column += 1;
        }
        if end == line.end {
            break;
        }
        slot = end + 1;
    }
}

/// Where the text of the cell in `slot` stands, if nothing in `text` is marked.
fn plain_body(text: &str, slot: Range<usize>) -> Range<usize> {
    let source = &text.as_bytes()[slot.clone()];
    let body = source.trim_ascii_start();
    let start = slot.end - body.len();
    let body = body.trim_ascii_end();
    let end = start + body.len();
    match body {
        [] => blank(source, slot.start),
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => start..end,
        [digit] if digit.is_ascii_graphic() => start..end,
        // Only beside other text can there be white space of several bytes.
        _ if text[start..end].starts_with(is_space) || text[start..end].ends_with(is_space) => {
            trimmed(&text[slot.clone()], slot.start)
        }
        _ => start..end,
    }
}

/// `|---|:--:|`
pub(super) fn is_delimiter_row(line: &str) -> bool {
    line.bytes().all(|it| matches!(it, b'|' | b'-' | b':' | b' ' | b'\t'))
        && line.contains('|')
        && line.contains("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_at_each_byte_gives_the_cells_between_the_pipes() {
        let cells =
            ["", " ", "  ", "\t", "a", " 规章 ", "\u{3000}件 ", " 1 2", "\u{3000}", " 中\u{b}"];
        for at in 0..cells.len().pow(3) {
            let [a, b, c] = [1, 10, 100].map(|it| cells[at / it % cells.len()]);
            let text = format!("x\n{a}|{b}|{c}\n|");
            let line = 2..text.len() - 2;
            let (mut plain, mut any) = (Rows::default(), Rows::default());
            for leading in [false, true] {
                plain_row(&text, line.clone(), leading, &mut plain);
                row(&text, line.clone(), leading, &mut any);
                assert_eq!(plain, any, "{text:?}");
            }
        }
    }
}
