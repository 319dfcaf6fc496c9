//! Wider and wider selections: a number, its cell, row, table, section, report.

use std::ops::Range;

use gouji_analysis::landmarks::Landmarks;
use gouji_analysis::report::{Cell, Row, Table};
use gouji_analysis::{Checked, Place};

use crate::spot::{Spot, Subject};

/// The selections around a byte of a document, the smallest first; each holds the one before.
#[must_use]
pub fn selections(checked: &Checked, at: usize) -> Vec<Range<usize>> {
    let length = checked.document().text().len_bytes();
    let mut ranges = Spot::at(checked, at).map(|it| around(&it, at)).unwrap_or_default();
    ranges.push(0..length);
    let mut nested: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let (least, here) = (nested.last().cloned().unwrap_or(at..at), range.clone());
        let is_wider = here.start <= least.start && least.end <= here.end && here != least;
        if is_wider || nested.is_empty() && here == least {
            nested.push(range);
        }
    }
    nested
}

fn around(spot: &Spot, at: usize) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    match spot.subject() {
        Some(Subject::Cell(table, row, _, cell)) => {
            places.extend([Some(cell.place), Some(cell.slot()), row_of(table, row)]);
        }
        Some(Subject::Label(table, row, label)) => {
            places.extend([Some(label), row_of(table, row)]);
        }
        Some(Subject::Header(_, header)) => places.push(Some(header.place)),
        None => {
            places.extend([spot.number(&spot.relations()), sentence(spot), paragraph(spot)]);
        }
    }
    let mut ranges: Vec<_> = places.into_iter().flatten().map(|it| spot.range(it)).collect();
    let landmarks = Landmarks::of(&spot.reading);
    let tables = landmarks.tables.iter().map(|it| it.extent);
    let sections = landmarks.sections.iter().map(|it| it.extent);
    let extents = tables.chain(sections).chain(landmarks.extent).map(|it| spot.range(it));
    ranges.extend(extents.filter(|it| it.start <= at && at <= it.end));
    ranges.push(spot.extent());
    ranges
}

/// From the label of a row to the end of its last cell, where they stand in one block.
fn row_of(table: &Table, row: &Row) -> Option<Place> {
    let cells = table.values(row).iter().flatten().map(Cell::slot);
    let places: Vec<_> = row.label.into_iter().chain(cells).collect();
    let (first, last) = (places.iter().min()?, places.iter().max()?);
    let (start, end) = (first.range.start() as usize, last.range.end() as usize);
    (first.block == last.block)
        .then(|| Place::new(first.block as usize, gouji_syntax::range(start, end)))
}

/// The sentence of a paragraph.
fn sentence(spot: &Spot) -> Option<Place> {
    const ENDS: [char; 6] = ['。', '；', '！', '？', '\n', '\r'];
    let block = spot.place.block as usize;
    let text = &*spot.reading.blocks.get(block)?.data.text;
    let at = spot.place.range.start() as usize;
    let (before, after) = text.split_at_checked(at)?;
    let start = before.rfind(ENDS).map_or(0, |it| it + char_len(&before[it..]));
    let end = after.find(ENDS).map_or(text.len(), |it| at + it + mark_len(&after[it..]));
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    (start < end && start <= at).then(|| Place::new(block, gouji_syntax::range(start, end)))
}

fn char_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The length of a mark that belongs to the sentence before it; a line end does not.
fn mark_len(text: &str) -> usize {
    if text.starts_with(['\n', '\r']) { 0 } else { char_len(text) }
}

/// The block without its line end.
fn paragraph(spot: &Spot) -> Option<Place> {
    let block = spot.place.block as usize;
    let text = spot.reading.blocks.get(block)?.data.text.trim_end();
    Some(Place::new(block, gouji_syntax::range(0, text.len())))
}
