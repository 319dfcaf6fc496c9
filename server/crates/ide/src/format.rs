//! Aligning the columns of a report's tables by display width.
//!
//! Changes white space between pipes and the dashes of delimiter rows, and nothing else: what a
//! table says is the same before and after. Tables that are no form's are left alone, as is
//! every other text.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_analysis::Checked;
use gouji_analysis::report::{Report, Table};
use gouji_syntax::table::{self, Cells, Dialect};
use gouji_syntax::{BlockKind, TableKind};
use unicode_width::UnicodeWidthStr;

use crate::spot::reports;
use crate::{Change, touches};

/// The changes that align the tables of all reports, or those that `range` touches.
#[must_use]
pub fn format(checked: &Checked, range: Option<&Range<usize>>) -> Vec<Change> {
    let all = 0..checked.document().text().len_bytes();
    let range = range.unwrap_or(&all);
    let mut changes = Vec::new();
    for report in reports(checked, range) {
        let Some((reading, starts)) = report.read() else { continue };
        for index in blocks(&reading.report, |it| reading.blocks[it].cells()) {
            let (block, start) = (&reading.blocks[index], starts[index]);
            let is_pipes = block.data.kind == BlockKind::Table(TableKind::Pipe);
            if is_pipes && touches(&(start..start + block.data.text.len()), range) {
                changes.extend(aligned(&block.data.text, block.cells()).into_iter().map(|it| {
                    let range = start + it.range.start..start + it.range.end;
                    Change { range, text: it.text }
                }));
            }
        }
    }
    changes
}

/// The blocks whose columns can be aligned.
fn blocks<'a>(report: &Report, cells: impl Fn(usize) -> &'a Cells) -> BTreeSet<usize> {
    let (aligned, rest): (Vec<_>, Vec<_>) = report.tables.iter().partition(|it| match it.dialect {
        Dialect::Gfm => true,
        Dialect::Pipe => lines_up(it, &cells),
        _ => false,
    });
    let rest: BTreeSet<_> = rest.into_iter().flat_map(|it| bound(it)).collect();
    aligned.into_iter().flat_map(|it| bound(it)).filter(|it| !rest.contains(it)).collect()
}

/// The blocks in which cells of a table were bound: another table may stand between.
fn bound(table: &Table) -> impl Iterator<Item = usize> {
    let labels = table.rows.iter().filter_map(|it| it.label);
    let values = table.cells().map(|it| it.2.slot());
    let headers = table.headers.iter().map(|it| it.place);
    labels.chain(values).chain(headers).map(|it| it.block as usize)
}

/// Whether the values of each part begin in one column. Without outer pipes merged cells are
/// often lost, and nothing stands below what it belongs to.
fn lines_up<'a>(table: &Table, cells: &impl Fn(usize) -> &'a Cells) -> bool {
    let mut columns = vec![None; table.schema.parts.len()];
    table.rows.iter().all(|row| {
        let Some(Some(first)) = table.values(row).first() else { return true };
        let all = cells(first.slot().block as usize).rows.cells();
        let slot = first.slot().text_range();
        let Some(cell) = all.iter().find(|it| it.slot == slot) else { return false };
        *columns[row.part].get_or_insert(cell.column) == cell.column
    })
}

/// What stands between two pipes of a line, or beside one.
struct Slot {
    column: usize,
    /// All between the pipes.
    range: Range<usize>,
    /// The same without white space around it; the indentation of a line stays with it.
    content: Range<usize>,
    /// Whether a pipe stands before and after it.
    left: bool,
    right: bool,
}

impl Slot {
    fn new(text: &str, column: usize, range: Range<usize>) -> Self {
        const SPACE: [char; 2] = [' ', '\t'];
        let left = text[..range.start].ends_with('|');
        let right = text[range.end..].starts_with('|');
        let source = &text[range.clone()];
        let end = range.start + source.trim_end_matches(SPACE).len();
        let indent = source.len() - source.trim_start_matches(SPACE).len();
        let start = if left { (range.start + indent).min(end) } else { range.start };
        Self { column, content: start..end, range, left, right }
    }

    /// The changes that put so much white space before and after the content.
    fn pad(&self, text: &str, before: usize, after: usize) -> Vec<Change> {
        let mut pads = Vec::new();
        if self.content.is_empty() {
            if self.left && self.right {
                pads.push((self.range.clone(), before + after));
            }
        } else {
            if self.left {
                pads.push((self.range.start..self.content.start, before));
            }
            if self.right {
                pads.push((self.content.end..self.range.end, after));
            }
        }
        let pads = pads.into_iter().map(|it| Change { range: it.0, text: " ".repeat(it.1) });
        pads.filter(|it| text[it.range.clone()] != *it.text).collect()
    }
}

/// How a delimiter row aligns a column.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Colons {
    left: bool,
    right: bool,
}

impl Colons {
    /// `None` where the slot is no `:---:`.
    fn of(delimiter: &str) -> Option<Self> {
        let body = delimiter.trim_matches(':');
        let is_dashes = !body.is_empty() && body.bytes().all(|it| it == b'-');
        let (left, right) = (delimiter.starts_with(':'), delimiter.ends_with(':'));
        is_dashes.then_some(Self { left, right })
    }

    fn count(self) -> usize {
        usize::from(self.left) + usize::from(self.right)
    }

    /// White space before and after what is `spare` narrower than its column.
    fn share(self, spare: usize) -> (usize, usize) {
        match (self.left, self.right) {
            (true, true) => (spare / 2, spare - spare / 2),
            (false, true) => (spare, 0),
            _ => (0, spare),
        }
    }
}

/// The changes that align a block of pipe rows.
fn aligned(text: &str, cells: &Cells) -> Vec<Change> {
    let rows: Vec<Slot> = cells
        .rows
        .cells()
        .iter()
        .map(|it| Slot::new(text, it.column as usize, it.slot.into()))
        .collect();
    let delimiters: Vec<_> = table::delimiter_rows(text).map(|it| split(text, it)).collect();
    let mut colons = Vec::new();
    for slot in delimiters.first().into_iter().flatten() {
        colons.push(Colons::of(&text[slot.content.clone()]).unwrap_or_default());
    }
    let widths = widths(text, &rows, &colons);
    let mut changes = Vec::new();
    for slot in &rows {
        let colons = if slot.left { colons.get(slot.column) } else { None };
        let width = text[slot.content.clone()].width();
        let spare = widths.get(slot.column).map_or(0, |it| it.saturating_sub(width));
        let (before, after) = colons.copied().unwrap_or_default().share(spare);
        changes.extend(slot.pad(text, 1 + before, 1 + after));
    }
    for slot in delimiters.iter().flatten() {
        changes.extend(dashes(text, slot, widths.get(slot.column).copied().unwrap_or_default()));
    }
    changes.sort_by_key(|it| it.range.start);
    changes
}

/// The width of each column's content: that of its widest cell, and of three dashes.
fn widths(text: &str, rows: &[Slot], colons: &[Colons]) -> Vec<usize> {
    const DASHES: usize = 3;
    let mut widths: Vec<_> = colons.iter().map(|it| DASHES + it.count()).collect();
    for slot in rows.iter().filter(|it| it.right) {
        if slot.column >= widths.len() {
            widths.resize(slot.column + 1, DASHES);
        }
        widths[slot.column] = widths[slot.column].max(text[slot.content.clone()].width());
    }
    widths
}

/// The slots of a delimiter row.
fn split(text: &str, line: Range<usize>) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut start = line.start;
    for piece in text[line.clone()].split('|') {
        let range = start..start + piece.len();
        start = range.end + 1;
        let is_outer = range.start == line.start || range.end == line.end;
        if !(is_outer && piece.trim().is_empty()) {
            slots.push(Slot::new(text, slots.len(), range));
        }
    }
    slots
}

/// The change that makes the dashes of a delimiter row as long as their column is wide.
fn dashes(text: &str, slot: &Slot, width: usize) -> Option<Change> {
    let source = &text[slot.content.clone()];
    let colons = Colons::of(source).filter(|_| slot.left && slot.right)?;
    // With spaces or without, as it is.
    let space = |is: bool| if is { " " } else { "" };
    let before = space(slot.content.start > slot.range.start);
    let after = space(slot.content.end < slot.range.end);
    let colon = |is: bool| if is { ":" } else { "" };
    let dashes = (width + 2).saturating_sub(before.len() + after.len() + colons.count());
    let dashes = "-".repeat(dashes.max(3));
    let text_new = [before, colon(colons.left), &dashes, colon(colons.right), after].concat();
    let range = slot.range.clone();
    (text[range.clone()] != *text_new).then_some(Change { range, text: text_new })
}
