//! Writing a number into a cell: only its text changes, in the style and width it had.

use gouji_syntax::Number;
use gouji_syntax::table::Dialect;
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::Blocks;
use crate::finding::{Edit, Place};
use crate::report::{Cell, Table};

/// The edit that makes `cell` of `table` say `value`.
#[must_use]
pub fn set(blocks: &Blocks, table: &Table, cell: &Cell, value: Decimal) -> Edit {
    let style = cell.number(blocks).map(|it| it.style).unwrap_or_default();
    set_text(blocks, table, cell, &Number::format(value, &style))
}

/// The edit that makes `cell` of `table` say `text`.
///
/// In an aligned column the cell keeps its display width, as far as its padding allows.
#[must_use]
pub fn set_text(blocks: &Blocks, table: &Table, cell: &Cell, text: &str) -> Edit {
    let old = cell.place.text(blocks);
    let (grown, shrunk) =
        (text.width().saturating_sub(old.width()), old.width().saturating_sub(text.width()));
    if grown + shrunk == 0 || !is_aligned(blocks, table, cell) {
        return Edit { place: cell.place, text: text.to_owned() };
    }
    let (start, end) = (cell.place.range.start(), cell.place.range.end());
    // One space stays before the separator.
    let taken = (grown as u32).min(spaces_after(blocks, cell).saturating_sub(1));
    let place = gouji_syntax::range(start as usize, (end + taken) as usize);
    Edit {
        place: Place::new(cell.place.block as usize, place),
        text: format!("{text}{}", " ".repeat(shrunk)),
    }
}

/// Spaces between a cell's text and the next separator.
fn spaces_after(blocks: &Blocks, cell: &Cell) -> u32 {
    let slot = cell.slot().text(blocks);
    let text_end = (cell.place.range.end() - cell.slot().range.start()) as usize;
    let after = slot.get(text_end..).unwrap_or_default();
    (after.len() - after.trim_start_matches(' ').len()) as u32
}

/// Whether the cells of the column are padded to one width: some cell has more than the
/// one space of a compact table.
fn is_aligned(blocks: &Blocks, table: &Table, cell: &Cell) -> bool {
    if !matches!(table.dialect, Dialect::Gfm | Dialect::Pipe) {
        return false;
    }
    let column = table.rows.iter().find_map(|row| {
        table
            .values(row)
            .iter()
            .position(|it| it.as_ref().is_some_and(|it| it.slot() == cell.slot()))
    });
    let Some(column) = column else { return false };
    let cells = table.rows.iter().filter_map(|it| table.values(it).get(column)?.as_ref());
    cells.into_iter().any(|it| {
        let slot = it.slot().text(blocks);
        !slot.trim().is_empty() && (slot.starts_with("  ") || slot.ends_with("  "))
    })
}
