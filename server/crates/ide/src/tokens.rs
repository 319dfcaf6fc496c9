//! What the words and numbers of a report are, for an editor's colours.

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_analysis::relations;
use gouji_analysis::report::Table;
use gouji_analysis::{Checked, Place, Reading};

use crate::spot::reports;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A label of the form: of a row or a column.
    Label,
    /// A number in a table.
    Number,
    /// A number in a table that others add up to.
    Total,
    /// A number of a sentence that is held against others.
    Claim,
}

impl TokenKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 4] = [Self::Label, Self::Number, Self::Total, Self::Claim];

    /// The name that themes know it by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Number => "number",
            Self::Total => "total",
            Self::Claim => "claim",
        }
    }
}

/// A token: bytes of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the document.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens in a range of a document, in order and apart.
#[must_use]
pub fn tokens(checked: &Checked, range: &Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for report in reports(checked, range) {
        let Some((reading, starts)) = report.read() else { continue };
        let found = of_report(&reading).into_iter().flat_map(|(place, kind)| {
            let start = place.resolve(&starts).start;
            let lines = lines(place.text(&reading.blocks), start);
            lines.map(move |range| Token { range, kind })
        });
        tokens.extend(found.filter(|it| it.range.start < range.end && range.start < it.range.end));
    }
    tokens.sort_by_key(|it| (it.range.start, it.range.end));
    let mut last = 0;
    tokens.retain(|it| {
        let is_apart = it.range.start >= last;
        last = if is_apart { it.range.end } else { last };
        is_apart
    });
    tokens
}

/// The lines of a text that starts at a byte, without white space around them.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    let lines = text.split(['\n', '\r']).map(move |line| {
        let from = at + line.len() - line.trim_start().len();
        let range = from..from + line.trim().len();
        at += line.len() + 1;
        range
    });
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().into_iter()
}

fn of_report(reading: &Reading) -> Vec<(Place, TokenKind)> {
    let relations = relations::of_report(reading);
    let stated = || relations.iter().flat_map(|it| &it.stated).copied();
    let totals: BTreeSet<Place> = stated().collect();
    let mut found: Vec<_> =
        reading.report.tables.iter().flat_map(|it| of_table(it, &totals)).collect();
    let cells: BTreeSet<Place> = found.iter().map(|it| it.0).collect();
    let numbers = relations.iter().filter(|it| it.stated.iter().all(|it| !cells.contains(it)));
    for relation in numbers {
        let parts = relation.stated.iter().chain(&relation.sources);
        let prose = parts.filter(|it| !cells.contains(it));
        found.extend(prose.map(|it| (*it, TokenKind::Claim)));
    }
    found
}

fn of_table(table: &Table, totals: &BTreeSet<Place>) -> Vec<(Place, TokenKind)> {
    let labels = table.rows.iter().filter_map(|it| it.label);
    let labels = labels.chain(table.headers.iter().map(|it| it.place));
    let cells = table.cells().filter(|it| it.2.value.number().is_some());
    let numbers = cells.map(|(_, _, cell)| {
        let is_total = totals.contains(&cell.place);
        (cell.place, if is_total { TokenKind::Total } else { TokenKind::Number })
    });
    labels.map(|it| (it, TokenKind::Label)).chain(numbers).collect()
}
