//! Cells between `|`: a row on each line, or a cell.

use std::ops::Range;

use memchr::memchr_iter;

use super::{Cell, Cells, Dialect, Rows, is_plain, separate, trimmed};
use crate::{is_space, trim};

pub(super) fn pipes(text: &str) -> Cells {
    // A delimiter row, which is the second line of most tables, says what all lines are.
    let delimited = super::delimiter_rows(text).next().is_some();
    let lines: Vec<_> = if delimited {
        Vec::new()
    } else {
        super::lines(text).map(|it| PipeLine::new(&text[it])).collect()
    };
    let count = |shape| lines.iter().filter(|it| it.shape == shape).count();
    // A cell a line, but for a few lines that close a row as well.
    if !delimited && count(Shape::Cell) > 2 * count(Shape::Row) {
        return Cells { dialect: Dialect::PipeCells, rows: pipe_cells(text) };
    }
    // A leading pipe is an outer one only where every line has it; elsewhere a blank first
    // cell stands before it.
    let outer = delimited || lines.iter().all(|it| it.leads);
    let count = |byte| memchr_iter(byte, text.as_bytes()).count();
    let (pipes, lines) = (count(b'|'), count(b'\n') + 1);
    let mut rows = Rows::with_capacity(lines, pipes + lines);
    let plain = is_plain(text);
    for line in super::lines(text) {
        if delimited && is_delimiter_row(trim(&text[line.clone()])) {
            continue;
        }
        if plain {
            plain_row(text, line, outer, &mut rows);
        } else {
            row(text, line, outer, &mut rows);
        }
        rows.drop_empty();
    }
    Cells { dialect: if outer { Dialect::Gfm } else { Dialect::Pipe }, rows }
}

/// A line of a pipe block and what it is by itself.
struct PipeLine {
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
}

impl PipeLine {
    fn new(line: &str) -> Self {
        let body = trim(line);
        let pipes = body.bytes().filter(|it| *it == b'|').take(2).count();
        let is_padding = || body.chars().all(|it| it == '|' || is_space(it));
        let shape = match pipes {
            0 => Shape::Cell,
            1 if body.starts_with('|') || body.ends_with('|') => Shape::Cell,
            2 if is_padding() => Shape::Padding,
            _ => Shape::Row,
        };
        Self { shape, leads: body.starts_with('|') }
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
    match &text.as_bytes()[slot.clone()] {
        [b' '] => slot.end..slot.end,
        [b' ', body @ .., b' '] if is_solid(body) => slot.start + 1..slot.end - 1,
        _ => trimmed(&text[slot.clone()], slot.start),
    }
}

/// Whether a text surely starts and ends with what leaves a mark: ASCII, or a character of three
/// bytes whose first tells that it is Chinese.
fn is_solid(text: &[u8]) -> bool {
    let is_wide = |first: &u8| matches!(first, 0xe4..=0xe9);
    match text {
        [only] => only.is_ascii_graphic(),
        [first, .., last] => {
            let starts = first.is_ascii_graphic() || is_wide(first);
            starts && (last.is_ascii_graphic() || text.iter().nth_back(2).is_some_and(is_wide))
        }
        [] => false,
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
