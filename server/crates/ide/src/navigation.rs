//! From a number to those that it has to do with.

use std::ops::Range;

use gouji_analysis::relations::{self, Relation, Side};
use gouji_analysis::{Checked, Place};

use crate::spot::Spot;

/// A place to mark with the cursor's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// Whether it is a result, or what one is made of.
    pub side: Side,
}

/// A total and its addends, a percentage with part and whole, a statement and its cells. At an
/// addend: the totals that it is part of.
#[must_use]
pub fn highlights(checked: &Checked, at: usize) -> Vec<Highlight> {
    let Some(spot) = Spot::at(checked, at) else { return Vec::new() };
    let relations = spot.relations();
    let Some(own) = spot.number(&relations) else { return Vec::new() };
    let results = || relations.iter().filter(|it| it.side_of(own) == Some(Side::Stated));
    let (shown, sources): (Vec<_>, Vec<Place>) = if results().next().is_some() {
        (results().collect(), results().flat_map(|it| it.sources.clone()).collect())
    } else {
        (relations.iter().collect(), vec![own])
    };
    let mark = |side| {
        let spot = &spot;
        move |it: &Place| Highlight { range: spot.range(*it), side }
    };
    let stated = shown.iter().flat_map(|it| &it.stated).map(mark(Side::Stated));
    let mut marks: Vec<_> = stated.chain(sources.iter().map(mark(Side::Source))).collect();
    // What is both is a result.
    marks.sort_by_key(|it| (it.range.start, it.range.end, it.side == Side::Source));
    marks.dedup_by(|a, b| a.range == b.range);
    marks
}

/// Where a number of a sentence comes from: the cells of the table that it states, the items of
/// a list, part and whole of a percentage.
#[must_use]
pub fn definitions(checked: &Checked, at: usize) -> Vec<Range<usize>> {
    let Some(spot) = Spot::at(checked, at) else { return Vec::new() };
    // In a table, a total and its addends are in view together.
    if spot.subject().is_some() {
        return Vec::new();
    }
    let relations = spot.relations();
    let Some(own) = spot.number(&relations) else { return Vec::new() };
    let stated = || relations.iter().filter(|it| it.side_of(own) == Some(Side::Stated));
    // A statement leads to the table, even where it is the total of a list as well.
    let has_statement = stated().any(|it| it.is_statement);
    let chosen = stated().filter(|it| it.is_statement == has_statement);
    sorted(chosen.flat_map(|it| &it.sources).map(|it| spot.range(*it)))
}

/// Where sentences state a cell of a table: for the cell, or for a sentence that states it.
/// `with_cells` adds the cells.
#[must_use]
pub fn references(checked: &Checked, at: usize, with_cells: bool) -> Vec<Range<usize>> {
    let Some(spot) = Spot::at(checked, at) else { return Vec::new() };
    let relations = spot.relations();
    let statements: Vec<_> = relations.iter().filter(|it| it.is_statement).collect();
    let cells: Vec<Place> = match spot.number(&relations) {
        Some(own) if spot.subject().is_some() => vec![own],
        _ => statements.iter().flat_map(|it| &it.sources).copied().collect(),
    };
    if cells.is_empty() {
        return Vec::new();
    }
    let all = relations::of_report(&spot.reading);
    let tells = |it: &&Relation| it.is_statement && it.sources.iter().any(|it| cells.contains(it));
    let stated: Vec<_> = all.iter().filter(tells).flat_map(|it| it.stated.clone()).collect();
    let cells = cells.into_iter().filter(|_| with_cells);
    sorted(stated.into_iter().chain(cells).map(|it| spot.range(it)))
}

fn sorted(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|it| (it.start, it.end));
    ranges.dedup();
    ranges
}
