//! In a table: the value of a total, and labels of rows and columns that are absent.

use std::ops::Range;

use gouji_analysis::report::{self, Table};
use gouji_analysis::{Message, Place, names, suggest};
use gouji_syntax::table::Cell;
use gouji_syntax::{BlockKind, TableKind};
use unicode_width::UnicodeWidthStr;

use super::pinyin::{filter, matches};
use super::{Completion, Here, Sort};

pub(super) fn items(here: &Here) -> Vec<Completion> {
    let Some(block) = here.reading.blocks.get(here.block) else { return Vec::new() };
    let at = here.at - here.starts[here.block];
    let cells = block.cells().rows.cells();
    let holds = |it: &&Cell| Range::<usize>::from(it.slot).contains(&at) || is_end(it, at);
    let Some(cell) = cells.iter().find(holds) else { return Vec::new() };
    let tables = here.reading.report.tables.iter();
    let Some(table) = tables.into_iter().find(|it| it.blocks.contains(&here.block)) else {
        return Vec::new();
    };
    let Some(typed) = Typed::new(here, &block.data.text, cell, at) else { return Vec::new() };
    let slot = Place::new(here.block, cell.slot);
    match table.cells().find(|it| it.2.slot() == slot) {
        Some((_, _, value)) => totals(&typed, suggest::totals(table, value)),
        None if typed.is_blank && is_bound(table, here, &block.data.text, at) => Vec::new(),
        None => labels(&typed, table),
    }
}

fn is_end(cell: &Cell, at: usize) -> bool {
    usize::from(cell.slot.end()) == at
}

/// Whether the line of a byte is a row of the form already.
fn is_bound(table: &Table, here: &Here, text: &str, at: usize) -> bool {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let end = at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
    let places = table.rows.iter().flat_map(|it| {
        let values = table.values(it).iter().flatten().map(report::Cell::slot);
        it.label.into_iter().chain(values)
    });
    let inside = |it: Place| start <= it.range.start() as usize && it.range.end() as usize <= end;
    places.filter(|it| it.block as usize == here.block).any(inside)
}

/// What stands in a cell around the cursor.
struct Typed<'a> {
    /// What stands before the cursor.
    word: &'a str,
    is_blank: bool,
    /// Bytes of the document: the text, or the cursor in a blank cell.
    range: Range<usize>,
    /// Display width of the text.
    width: usize,
    /// Spaces after it that may be taken, so that the next separator stays where it is.
    spaces: usize,
}

impl<'a> Typed<'a> {
    /// `None` where the cursor stands in the white space beside a text.
    fn new(here: &Here, text: &'a str, cell: &Cell, at: usize) -> Option<Self> {
        let body = Range::<usize>::from(cell.text);
        let is_blank = body.is_empty();
        let body = if is_blank { at..at } else { body };
        let word = text.get(body.start..at)?;
        let rest = text.get(body.end..usize::from(cell.slot.end()))?;
        let is_pipes = here.kind() == Some(BlockKind::Table(TableKind::Pipe));
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let spaces = if is_pipes { spaces.saturating_sub(1) } else { 0 };
        let start = here.starts[here.block];
        let range = start + body.start..start + body.end;
        let width = text.get(body.clone())?.width();
        (at <= body.end).then_some(Self { word, is_blank, range, width, spaces })
    }

    fn completion(&self, text: &str, detail: Message, sort: Sort, filter: String) -> Completion {
        let taken = text.width().saturating_sub(self.width).min(self.spaces);
        Completion {
            label: text.to_owned(),
            detail,
            sort,
            filter,
            range: self.range.start..self.range.end + taken,
            text: text.to_owned(),
            is_snippet: false,
        }
    }
}

fn totals(typed: &Typed, totals: Vec<suggest::Total>) -> Vec<Completion> {
    let item = |it: suggest::Total| {
        // Whatever is written there, it is this that the addends make.
        let is_begun = it.value.starts_with(typed.word);
        let filter = if is_begun { it.value.clone() } else { typed.word.to_owned() };
        let detail = Message::new("complete.total").with("terms", &it.terms);
        typed.completion(&it.value, detail, Sort::Value, filter)
    };
    totals.into_iter().map(item).collect()
}

fn labels(typed: &Typed, table: &Table) -> Vec<Completion> {
    let labels = suggest::labels(table).into_iter();
    let item = |label: &str| {
        let filter = filter(label, typed.word);
        let detail = Message::new("complete.label").with("table", names::table(table));
        let is_it = matches(typed.word, &filter);
        is_it.then(|| typed.completion(label, detail, Sort::Label, filter))
    };
    labels.filter_map(item).collect()
}
