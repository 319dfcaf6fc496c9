//! What could be written at the cursor: where it stands decides, and most places offer nothing.
//!
//! In a report: absent headings at the start of a line, labels and totals in a table's cells,
//! sentences on the tables in the text of their sections. In an empty document: a blank report.

mod blank;
mod cells;
mod headings;
mod pinyin;
mod sentences;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use gouji_analysis::report::Section;
use gouji_analysis::{Checked, Document, Message, Reading};
use gouji_syntax::BlockKind;
use gouji_syntax::table::Dialect;

use crate::spot::reports;

/// What sort of text a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A heading.
    Heading,
    /// The label of a row or column.
    Label,
    /// A number.
    Value,
    /// A sentence.
    Sentence,
    /// A whole report.
    Report,
}

/// A text that could be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is shown beside it.
    pub detail: Message,
    /// What sort of text it is.
    pub sort: Sort,
    /// What the client holds against the text from the range's start to the cursor.
    pub filter: String,
    /// Bytes that are replaced, on one line, with the cursor among them or at an end.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
    /// Whether the text has places to fill in, as snippets mark them.
    pub is_snippet: bool,
}

/// What only the client and its clock know.
#[derive(Clone, Copy, Debug)]
pub struct Wants {
    /// Whether places to fill in can be marked.
    pub snippets: bool,
    /// How a new report would be written here.
    pub dialect: Dialect,
    /// The year that a new report would be about.
    pub year: i32,
}

/// What could be written at a byte of a document; `checked` where it holds a report.
#[must_use]
pub fn completions(
    doc: &Document,
    checked: Option<&Checked>,
    at: usize,
    wants: Wants,
) -> Vec<Completion> {
    let line = Line::at(doc, at);
    let Some(checked) = checked else { return blank::items(doc, &line, wants) };
    let Some(here) = Here::find(checked, at) else { return Vec::new() };
    match here.kind() {
        Some(BlockKind::Table(_)) => cells::items(&here),
        Some(BlockKind::Fence | BlockKind::Comment) => Vec::new(),
        _ => [headings::items(&here, &line), sentences::items(&here, &line)].concat(),
    }
}

/// The line in which the cursor stands.
struct Line {
    /// Where it starts.
    start: usize,
    /// What stands before the cursor.
    before: String,
    /// What stands after it.
    after: String,
}

impl Line {
    fn at(doc: &Document, at: usize) -> Self {
        let text = doc.text();
        let at = at.min(text.len_bytes());
        let index = text.byte_to_line(at);
        let start = text.line_to_byte(index);
        let line = text.line(index).to_string();
        let (before, after) = line.split_at_checked(at - start).unwrap_or((&line, ""));
        let after = after.trim_end_matches(['\n', '\r']);
        Self { start, before: before.to_owned(), after: after.to_owned() }
    }

    /// Where the cursor stands.
    fn cursor(&self) -> usize {
        self.start + self.before.len()
    }
}

/// The report in which the cursor stands.
struct Here {
    reading: Arc<Reading>,
    /// Where its blocks start.
    starts: Vec<usize>,
    at: usize,
    /// The block at the cursor; none after the last line.
    block: usize,
}

impl Here {
    fn find(checked: &Checked, at: usize) -> Option<Self> {
        let (reading, starts) = reports(checked, &(at..at)).last()?.read()?;
        let block = starts.partition_point(|it| *it <= at).checked_sub(1)?;
        Some(Self { reading, starts, at, block })
    }

    fn kind(&self) -> Option<BlockKind> {
        self.reading.blocks.get(self.block).map(|it| it.data.kind)
    }

    /// The section in whose text the cursor stands.
    fn section(&self) -> Option<&Section> {
        let sections = self.reading.report.sections.iter();
        sections.take_while(|it| it.place.resolve(&self.starts).end < self.at).last()
    }
}
