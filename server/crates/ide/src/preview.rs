//! A report laid out as the official form has it, to be read beside its source.
//!
//! Text and tables in their order, each part with the bytes that it comes from and the
//! findings on it. Only one report is laid out, however many a document holds.

mod table;
mod text;

use std::ops::Range;

use gouji_analysis::{Checked, Finding, Message, Reading, Severity, block};

/// The reports of a document, one of them laid out.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Bytes of each report.
    pub reports: Vec<Range<usize>>,
    /// Index of the report that is laid out.
    pub shown: usize,
    /// Its text and tables, in order.
    pub nodes: Vec<Node>,
    /// What is wrong in it; nodes refer to these by index.
    pub findings: Vec<Mark>,
}

/// Text or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A line of text.
    Text(Text),
    /// A table.
    Table(Table),
}

/// A line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// How it is set.
    pub style: Style,
    /// The visible text, divided where findings begin and end.
    pub runs: Vec<Run>,
}

/// How a line of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The report's title.
    Title,
    /// A heading; those of sections have level 2.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// Who signed, and when.
    Signature,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The visible text.
    pub text: String,
    /// The bytes that it comes from.
    pub range: Range<usize>,
    /// Indices of the findings on it.
    pub findings: Vec<usize>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How messages call it: 表三. `None` where it is no table of the form.
    pub name: Option<&'static str>,
    /// From its first to its last cell.
    pub range: Range<usize>,
    /// The cells that begin in each row.
    pub rows: Vec<Vec<Cell>>,
    /// Indices of the findings on the table that none of its cells shows.
    pub findings: Vec<usize>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The visible text.
    pub text: String,
    /// Columns that it spans.
    pub columns: usize,
    /// Rows that it spans.
    pub rows: usize,
    /// Whether it is a label of the form.
    pub is_label: bool,
    /// The bytes that it comes from; `None` where the report does not have it.
    pub range: Option<Range<usize>>,
    /// Indices of the findings on it.
    pub findings: Vec<usize>,
}

/// A finding on the page.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The rule's code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Lays out the report that holds a byte; `None` where the document has no report.
#[must_use]
pub fn preview(checked: &Checked, at: usize) -> Option<Preview> {
    let doc = checked.document();
    let parts: Vec<_> = checked.parts().filter(|it| it.1.summary.is_likely).collect();
    let bytes = |first: usize, count: usize| doc.start(first)..doc.start(first + count);
    let reports: Vec<_> = parts.iter().map(|it| bytes(it.0, it.1.summary.blocks)).collect();
    let shown = reports.iter().rposition(|it| it.start <= at).unwrap_or_default();
    let (first, part) = *parts.get(shown)?;
    let (_, reading) = checked.reading(first)?;
    let page = Page::new(&reading, doc.start(first), part.findings.iter().map(|it| &**it));
    let nodes = page.nodes();
    Some(Preview { reports, shown, nodes, findings: page.findings })
}

/// What a report is laid out from.
struct Page<'a> {
    reading: &'a Reading,
    /// Where its blocks start, and its end.
    starts: Vec<usize>,
    findings: Vec<Mark>,
}

/// What of a report is no plain text.
#[derive(Clone, Copy)]
enum Item {
    Title,
    Section,
    Table(usize),
}

impl<'a> Page<'a> {
    fn new(
        reading: &'a Reading,
        start: usize,
        findings: impl Iterator<Item = &'a Finding>,
    ) -> Self {
        let starts = block::starts(start, &reading.blocks);
        let mark = |it: &Finding| Mark {
            code: it.code,
            severity: it.severity,
            message: it.message.clone(),
            range: it.place.resolve(&starts),
        };
        let findings = findings.map(mark).collect();
        Self { reading, starts, findings }
    }

    /// Everything in the order of the source.
    fn nodes(&self) -> Vec<Node> {
        let (mut at, end) = (self.starts[0], self.starts[self.starts.len() - 1]);
        let mut nodes = Vec::new();
        for (range, item) in self.items() {
            // A heading that a damaged table took for a row is shown in the table.
            if range.start < at {
                continue;
            }
            self.plain(at..range.start, &mut nodes);
            at = range.end;
            match item {
                Item::Title => self.lines(range, Some(Style::Title), &mut nodes),
                Item::Section => self.lines(range, Some(Style::Heading(2)), &mut nodes),
                Item::Table(index) => nodes.push(Node::Table(self.table(index, range))),
            }
        }
        self.plain(at..end, &mut nodes);
        nodes
    }

    fn items(&self) -> Vec<(Range<usize>, Item)> {
        let report = &self.reading.report;
        let title = report.title.iter().map(|it| (it.place, Item::Title));
        let sections = report.sections.iter().map(|it| (it.place, Item::Section));
        let tables = report.tables.iter().enumerate().map(|it| (it.1.place, Item::Table(it.0)));
        let items = title.chain(sections).chain(tables);
        let mut items: Vec<_> = items.map(|it| (it.0.resolve(&self.starts), it.1)).collect();
        items.sort_by_key(|it| it.0.start);
        items
    }

    /// Findings for which `is_it`, by index.
    fn marks(&self, is_it: impl Fn(&Range<usize>) -> bool) -> Vec<usize> {
        let marks = self.findings.iter().enumerate();
        marks.filter(|it| is_it(&it.1.range)).map(|it| it.0).collect()
    }
}

#[cfg(test)]
mod tests;
