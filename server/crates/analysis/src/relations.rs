//! What numbers of a report have to do with each other: totals with their addends, percentages
//! with their part and whole, sentences with the cells that they tell of.
//!
//! The rules report those that do not hold; an editor shows all of them. Found when asked for.

use gouji_syntax::Number;
use rust_decimal::Decimal;

use crate::Reading;
use crate::finding::Place;
use crate::message::Message;
use crate::rules::{self, Context, Rule};

mod prose;
mod sum;

pub use sum::{Balance, balances};

/// Whether a relation holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Holds,
    /// It does not.
    Broken,
    /// It cannot be told: a number is absent.
    Unknown,
}

/// Numbers of which one side is told by the other.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The rule that reports it where it does not hold.
    pub rule: &'static Rule,
    /// Where the result stands: a total, a percentage, a statement. Two in the printed 勾稽关系.
    pub stated: Vec<Place>,
    /// Where that which it is made of stands: addends, part and whole, the cells of a table.
    pub sources: Vec<Place>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The arithmetic.
    pub text: Message,
    /// Whether a sentence is one side of it and a table the other.
    pub is_statement: bool,
}

impl Relation {
    /// Whether a place is part of it: `stated`, else `sources`.
    #[must_use]
    pub fn side_of(&self, place: Place) -> Option<Side> {
        let is_here = |it: &Place| touches(*it, place);
        if self.stated.iter().any(is_here) {
            Some(Side::Stated)
        } else {
            self.sources.iter().any(is_here).then_some(Side::Source)
        }
    }
}

/// Where in a relation a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It is the result.
    Stated,
    /// The result is made of it.
    Source,
}

/// All relations of a report. Places count from its first block.
#[must_use]
pub fn of_report(reading: &Reading) -> Vec<Relation> {
    let ctx = Context::new(&reading.blocks, &reading.report);
    let tables = reading.report.tables.iter();
    tables.flat_map(|it| sum::of_table(it)).chain(prose::of_report(&ctx)).collect()
}

/// Whether two places share a byte or an end: a cursor right after a number is at the number.
#[must_use]
pub fn touches(a: Place, b: Place) -> bool {
    a.block == b.block && a.range.start() <= b.range.end() && b.range.start() <= a.range.end()
}

/// The rule with a code.
fn rule(code: &str) -> Option<&'static Rule> {
    rules::find(code)
}

/// `+1`, `−2`, `0`
#[must_use]
pub fn signed(value: Decimal) -> String {
    if value > Decimal::ZERO {
        format!("+{}", Number::plain(value))
    } else {
        Number::plain(value).replace('-', "−")
    }
}
