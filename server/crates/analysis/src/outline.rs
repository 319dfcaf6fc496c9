//! The title and the section headings of a report, and where one report of a document
//! ends and the next begins.
//!
//! Reads lines alone: what stands in a table's rows of several cells is no heading. Knows
//! no table.

mod heading;
mod line;
mod title;

use std::ops::Range;

use crate::Document;
use crate::report::{Section, Title};
use crate::schema::{SCHEMAS, Schema};
use heading::{Candidate, Wordings};

/// The title and the sections of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The title.
    pub(crate) title: Option<Title>,
    /// The section headings, in the order in which they stand.
    pub(crate) sections: Vec<Section>,
}

/// Reads the title and the headings of the report that some blocks are.
pub(crate) fn outline(doc: &Document, blocks: Range<usize>, schema: &Schema) -> Outline {
    /// Lines from the start in which a title is sought where there are no sections.
    const NEAR: usize = 40;
    let lines = line::lines(doc, blocks.clone());
    let headings = heading::headings(doc, &lines, &Wordings::new(schema));
    let first = headings.first().map_or(lines.len().min(NEAR), |it| it.line);
    let titles = title::titles(doc, &lines[..first]);
    let best = titles.iter().map(|it| it.rank).max();
    let title = titles.into_iter().find(|it| Some(it.rank) == best).map(|it| it.title);
    Outline { title, sections: sections(&headings, blocks.end) }
}

fn sections(headings: &[Candidate], end: usize) -> Vec<Section> {
    let next = |i: usize| headings.get(i + 1).map_or(end, |it| it.place.block as usize);
    let section = |(i, it): (usize, &Candidate)| {
        let start = it.place.block as usize;
        Section {
            section: it.section,
            place: it.place,
            text: it.text.clone(),
            wording: it.wording,
            number_is_right: it.number_is_right,
            blocks: start..next(i).max(start + 1),
        }
    };
    headings.iter().enumerate().map(section).collect()
}

/// Cuts a document at the titles with which another report begins.
///
/// Titles come again as running headers and in lists of links, so a title begins a report
/// only where most of a report stands before it and the sections start over after it.
pub(crate) fn split(doc: &Document) -> Vec<Range<usize>> {
    let all = doc.blocks().len();
    let lines = line::lines(doc, 0..all);
    let mut reports = Vec::new();
    let (mut block, mut line) = (0, 0);
    let titles = title::titles(doc, &lines);
    // Most documents have one title; the headings need not be read to see that.
    let known = SCHEMAS.last().filter(|_| titles.len() > 1).map(Wordings::new);
    let found = known.map(|it| heading::candidates(doc, &lines, &it)).unwrap_or_default();
    let headings: Vec<_> = found.into_iter().filter(Candidate::is_plain).collect();
    for title in titles {
        let next = headings.partition_point(|it| it.line < title.lines.start);
        let first = headings.partition_point(|it| it.line < line);
        let start = title.title.place.block as usize;
        // A block is not divided: a heading before the title stays with it.
        let before = &headings[first..next];
        let is_apart = before.last().is_none_or(|it| (it.place.block as usize) < start);
        if start > block && is_apart && starts_over(before, headings.get(next)) {
            reports.push(block..start);
            (block, line) = (start, title.lines.start);
        }
    }
    reports.push(block..all);
    reports
}

/// Whether a report ends after some headings, before another.
fn starts_over(before: &[Candidate], next: Option<&Candidate>) -> bool {
    const LEAST: usize = 3;
    let last = before.iter().map(|it| it.section).max();
    before.len() >= LEAST && next.is_some_and(|it| it.section < 2 && Some(it.section) < last)
}

#[cfg(test)]
mod tests;
