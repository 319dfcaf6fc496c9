//! What could be written next: headings, labels, values and sentences that a report lacks.
//!
//! What it says; where the cursor is and what is typed there is the editor's matter.

mod sentences;

use gouji_syntax::Number;

pub use sentences::{Sentence, sentences};

use crate::report::{Cell, Report, Table};
use crate::sum_findings::addition;
use crate::sums::{self, Operand, Sum};
use crate::{Blocks, layout::Layout};

/// A heading that is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Index in [`Schema::sections`](crate::schema::Schema::sections).
    pub section: usize,
    /// The official heading: 一、总体情况.
    pub text: String,
    /// The line that it stands on, marked as the report's other headings are.
    pub line: String,
}

/// The headings of the form that a report lacks.
#[must_use]
pub fn headings(blocks: &Blocks, report: &Report) -> Vec<Heading> {
    let layout = Layout::of(blocks, report);
    let is_absent = |section: &usize| !report.sections.iter().any(|it| it.section == *section);
    let absent = (0..report.schema.sections.len()).filter(is_absent);
    let heading = |section: usize| {
        let text = report.schema.sections[section].heading();
        Heading { section, line: layout.heading_line(&text), text }
    };
    absent.map(heading).collect()
}

/// The labels of rows and columns of the form that a table lacks.
#[must_use]
pub fn labels(table: &Table) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for (index, part) in table.schema.parts.iter().enumerate() {
        let has_row = |row| table.rows.iter().any(|it| (it.part, it.row) == (index, row));
        let rows = part.rows.iter().enumerate().filter(|it| !has_row(it.0));
        labels.extend(rows.map(|it| &*it.1.label.label).filter(|it| !it.is_empty()));
        let has_column =
            |column| table.headers.iter().any(|it| (it.part, it.column) == (index, column));
        // A table without any header was pasted without them.
        if table.headers.iter().any(|it| it.part == index) {
            let columns = part.columns.iter().enumerate().filter(|it| !has_column(it.0));
            labels.extend(columns.map(|it| &*it.1.label.label));
        }
    }
    labels.dedup();
    labels
}

/// The value of a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// As it would be written.
    pub value: String,
    /// How it comes about: 9+2+1.
    pub terms: String,
}

/// What a cell must say for the sums whose total it is, as far as their addends are known.
#[must_use]
pub fn totals(table: &Table, cell: &Cell) -> Vec<Total> {
    let sums = sums::sums(table);
    let is_here = |it: &&Sum| {
        let target = it.target().and_then(|it| it.cell);
        target.is_some_and(|it| it.slot() == cell.slot())
    };
    let mut totals: Vec<Total> = Vec::new();
    for sum in sums.iter().filter(is_here) {
        let Some(value) = sum.solve(&|it: &Operand| it.number()) else { continue };
        let value = Number::plain(value);
        if totals.iter().all(|it| it.value != value) {
            totals.push(Total { value, terms: terms(sum) });
        }
    }
    totals
}

/// The addition that gives the total of a sum: only what is not 0; 0 where all is.
fn terms(sum: &Sum) -> String {
    let target = sum.target().map(|it| it.key);
    // 一 + 二 less what is done is what is carried out.
    let others = sum.total.iter().filter(|it| Some(it.key) != target);
    let others = others.filter_map(Operand::number).filter(|it| !it.is_zero());
    others.map(Number::plain).fold(addition(&sum.terms), |terms, it| terms + "−" + &it)
}
