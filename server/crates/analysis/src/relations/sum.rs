//! The sums of a table as relations, with the names of what is added.

use gouji_syntax::Number;
use rust_decimal::Decimal;

use super::{Relation, Verdict, rule, signed};
use crate::finding::Place;
use crate::message::Message;
use crate::names;
use crate::report::Table;
use crate::schema::Along;
use crate::sums::{self, Operand, State, Sum};

pub(super) fn of_table(table: &Table) -> impl Iterator<Item = Relation> {
    sums::sums(table).into_iter().filter_map(|it| relation(table, &it))
}

fn relation(table: &Table, sum: &Sum) -> Option<Relation> {
    let places = |operands: &[Operand]| {
        operands.iter().filter_map(|it| Some(it.cell?.visible())).collect::<Vec<_>>()
    };
    let state = sum.state();
    Some(Relation {
        rule: rule(&sum.equality.rule)?,
        stated: places(&sum.total),
        sources: places(&sum.terms),
        verdict: verdict(state),
        text: text(table, sum, state),
        is_statement: false,
    })
}

fn verdict(state: State) -> Verdict {
    match state {
        State::Holds => Verdict::Holds,
        State::Broken { .. } => Verdict::Broken,
        State::Unknown => Verdict::Unknown,
    }
}

/// `自然人 10 + 其他 2 = 12，总计现为 11，差 −1`
fn text(table: &Table, sum: &Sum, state: State) -> Message {
    let (key, terms, total) = match state {
        State::Holds => ("relation.sum", None, None),
        State::Broken { terms, total } => ("relation.sum.broken", Some(terms), Some(total)),
        State::Unknown => ("relation.sum.unknown", None, None),
    };
    let difference = total.zip(terms).map(|(total, terms)| signed(total - terms));
    let mut message = Message::new(key)
        .with("terms", addition(table, sum, &sum.terms))
        .with("total", addition(table, sum, &sum.total));
    if let (Some(terms), Some(difference)) = (terms, difference) {
        message = message.with("expected", Number::plain(terms)).with("difference", difference);
    }
    message
}

/// `自然人 10 + 其他 2`: the operands that are not 0, or the first one.
fn addition(table: &Table, sum: &Sum, operands: &[Operand]) -> String {
    /// In a hover, more addends are unreadable; a column of 21 rarely has more that are not 0.
    const MOST: usize = 12;
    let is_worth_it = |it: &&Operand| it.number().is_none_or(|it| !it.is_zero());
    let shown = operands.iter().filter(is_worth_it).collect::<Vec<_>>();
    let shown = if shown.is_empty() { operands.iter().take(1).collect() } else { shown };
    let one = |it: &&Operand| {
        let (part, row, column) = it.key;
        let name = match sum.equality.along {
            Along::Row => names::column(table.schema, part, column),
            Along::Column => names::row(table.schema, part, row).to_owned(),
        };
        let number = it.number().map_or_else(|| "□".to_owned(), Number::plain);
        format!("{name} {number}")
    };
    let mut text = shown.iter().take(MOST).map(one).collect::<Vec<_>>().join(" + ");
    if shown.len() > MOST {
        text.push_str(" + …");
    }
    text
}

/// How a sum stands, at the cell that recomputing it sets.
#[derive(Clone, Debug)]
pub struct Balance {
    /// The cell: the last total.
    pub place: Place,
    /// Whether the sum holds.
    pub verdict: Verdict,
    /// What the cell would be, where all others are known.
    pub expected: Option<Decimal>,
    /// Stated less expected, where it is broken.
    pub difference: Decimal,
    /// What the cell's column is called.
    pub column: String,
}

/// The balances of a table, in the order of the form's equalities.
#[must_use]
pub fn balances(table: &Table) -> Vec<Balance> {
    let balance = |sum: &Sum| {
        let target = sum.target()?;
        let state = sum.state();
        let difference = match state {
            State::Broken { terms, total } => total - terms,
            State::Holds | State::Unknown => Decimal::ZERO,
        };
        let (part, _, column) = target.key;
        Some(Balance {
            place: target.cell?.visible(),
            verdict: verdict(state),
            expected: sum.solve(&|it: &Operand| it.number()),
            difference,
            column: names::column(table.schema, part, column),
        })
    };
    sums::sums(table).iter().filter_map(balance).collect()
}
