//! The title and the section headings of a report, and where one report of a document
//! ends and the next begins.
//!
//! Reads lines alone: what stands in a table's rows of several cells is no heading. Knows
//! no table.

mod heading;
pub(crate) mod line;
mod row;
mod title;
mod wordings;

use std::sync::LazyLock;

use crate::Blocks;
use crate::report::{Section, Title};
use crate::schema::SCHEMAS;
use heading::Candidate;
use wordings::Wordings;

/// The title and the sections of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The title.
    pub(crate) title: Option<Title>,
    /// The section headings, in the order in which they stand.
    pub(crate) sections: Vec<Section>,
}

/// Reads the title and the headings of a report.
pub(crate) fn outline(blocks: &Blocks) -> Outline {
    /// Lines from the start in which a title is sought where there are no sections.
    const NEAR: usize = 40;
    let lines = line::lines(blocks);
    let headings = heading::headings(blocks, &lines, &WORDINGS);
    let first = headings.first().map_or(lines.len().min(NEAR), |it| it.line);
    let titles = title::titles(blocks, &lines[..first]);
    let best = titles.iter().map(|it| it.rank).max();
    let title = titles.into_iter().find(|it| Some(it.rank) == best).map(|it| it.title);
    Outline { title, sections: sections(headings, blocks.len()) }
}

/// The sections are the same in all forms.
static WORDINGS: LazyLock<Wordings> = LazyLock::new(|| Wordings::new(&SCHEMAS[SCHEMAS.len() - 1]));

fn sections(headings: Vec<Candidate>, end: usize) -> Vec<Section> {
    let mut sections = Vec::with_capacity(headings.len());
    let mut headings = headings.into_iter().peekable();
    while let Some(it) = headings.next() {
        let start = it.place.block as usize;
        let next = headings.peek().map_or(end, |it| it.place.block as usize);
        sections.push(Section {
            section: it.section,
            place: it.place,
            text: it.text,
            wording: it.wording,
            number_is_right: it.number_is_right,
            blocks: start..next.max(start + 1),
        });
    }
    sections
}

/// Where the report that starts with some blocks ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Its blocks.
    pub(crate) blocks: usize,
    /// The blocks that decided that: a change after them changes nothing.
    pub(crate) read: usize,
}

/// Finds the title with which another report begins; `None` where these blocks have none.
/// `at_end` says that the document ends with them, otherwise more blocks might give one.
///
/// Titles come again as running headers and in lists of links, so a title begins a report
/// only where most of a report stands before it and the sections start over after it.
pub(crate) fn cut(blocks: &Blocks, at_end: bool) -> Option<Cut> {
    // Most documents have one title, at their start; the lines need not be put together to see that.
    let mut later = blocks.iter().skip(1).filter(|it| !it.is_blank());
    if !later.any(|it| it.lines().may_end_title) {
        return None;
    }
    let lines = line::lines(blocks);
    let titles = title::spans(&lines);
    let titles = || titles.iter().filter(|it| lines[it.lines.start].block > 0);
    titles().next()?;
    let headings = heading::plain(blocks, &lines, &WORDINGS);
    let is_settled = |line: usize| at_end || line + title::CONTEXT < lines.len();
    for title in titles() {
        let next = headings.partition_point(|it| it.line < title.lines.start);
        let start = lines[title.lines.start].block;
        // A block is not divided: a heading before the title stays with it.
        let before = heading::without_contents(&lines, &headings[..next]);
        let is_apart = before.last().is_none_or(|it| (it.place.block as usize) < start);
        if !is_apart || before.len() < LEAST {
            continue;
        }
        let next = headings.get(next).filter(|it| is_settled(it.line));
        let next = next.filter(|_| is_settled(title.lines.end))?;
        if starts_over(&before, next) {
            let read =
                lines.get(next.line + title::CONTEXT).map_or(blocks.len(), |it| it.block + 1);
            return Some(Cut { blocks: start, read });
        }
    }
    None
}

/// Headings of a report of which most stands before a title.
const LEAST: usize = 3;

/// Whether the sections start over after some headings.
fn starts_over(before: &[&Candidate], next: &Candidate) -> bool {
    let last = before.iter().map(|it| it.section).max();
    next.section < 2 && Some(next.section) < last
}

#[cfg(test)]
mod tests;
