//! Which cells of a table with broken sums are probably wrong: the answer of
//! [`crate::localise`], held against the table's own sums, and how to repair it.

mod evidence;
mod repair;
mod text;

use std::panic::AssertUnwindSafe;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::check::Cancelled;
use crate::localise::{Event, Explanation, Outcome, Problem, System, Verdict};
use crate::report::Table;
use crate::rules::statements::Claim;
use crate::schema;
use crate::sums::{self, Operand, Resolved, State, Sum, number};

pub(crate) use repair::{cell, repair};
pub(crate) use text::{change, event, events, joined};

/// What a cell says, as far as a search can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// The table has no such cell.
    Absent,
    /// A blank, or text.
    Unknown,
    /// A number.
    Number(Decimal),
}

impl Seen {
    /// A count; what is none is an unknown one.
    fn count(self) -> Option<i64> {
        let Self::Number(value) = self else { return None };
        value.to_i64().filter(|it| *it >= 0 && value.is_integer())
    }
}

/// What a search found, with all that it depends on. No places are among that: it holds
/// wherever the table moves.
#[derive(Debug)]
pub(crate) struct Suspects {
    schema: &'static schema::Table,
    seen: Vec<Seen>,
    /// What the report says of the table.
    pub(crate) claims: Vec<Claim>,
    /// With those explanations only after which no sum is broken.
    outcome: Outcome,
}

/// The equalities of a table of a form.
fn system(table: &'static schema::Table) -> &'static System {
    table.system.get_or_init(|| System::of(table))
}

/// What the cells of a table say, in the order of its [`System`].
fn seen(table: &Table) -> Vec<Seen> {
    let system = system(table.schema);
    let mut seen = vec![Seen::Absent; system.cells()];
    for (row, column, cell) in table.cells() {
        let index = system.index((row.part, row.row, column));
        // Of a row that stands twice, sums see the first.
        if let Some(it @ Seen::Absent) = seen.get_mut(index) {
            *it = number(cell).map_or(Seen::Unknown, Seen::Number);
        }
    }
    seen
}

impl Suspects {
    /// Searches the cells of a table whose `sums` are broken. `None` once `cancelled` says so.
    pub(crate) fn find(
        table: &Table,
        sums: &[Sum],
        claims: Vec<Claim>,
        cancelled: Cancelled,
    ) -> Option<Self> {
        let (schema, seen) = (table.schema, seen(table));
        let counts: Vec<_> = seen.iter().map(|it| it.count()).collect();
        let contradictions =
            |changes: &[(usize, i64)]| evidence::contradictions(table, &claims, changes);
        let mut problem = Problem::new(system(schema), &counts);
        if !claims.is_empty() {
            problem.contradictions = Some(&contradictions);
        }
        // A search that panics costs its own answer, not the findings on sums.
        let solve = AssertUnwindSafe(|| problem.solve(cancelled));
        let mut outcome =
            std::panic::catch_unwind(solve).unwrap_or_else(|_| Some(Outcome::gave_up(0)))?;
        // Of counts alone, the equalities of the search are the sums.
        if counts.contains(&None) {
            // What was said with the likeliest in view is not said without it.
            if !outcome.explanations.first().is_some_and(|it| repairs(schema, it, sums)) {
                outcome = Outcome::gave_up(outcome.nodes);
            }
            outcome.explanations.retain(|it| repairs(schema, it, sums));
        }
        Some(Self { schema, seen, claims, outcome })
    }

    /// Whether a search of a table of which the report says so would find the same.
    pub(crate) fn are_of(&self, table: &Table, claims: &[Claim]) -> bool {
        self.schema == table.schema && self.claims == claims && self.seen == seen(table)
    }

    /// The explanation that is the only one, or much likelier than the others.
    pub(crate) fn likeliest(&self) -> Option<&Explanation> {
        self.outcome.repair().filter(|it| !it.events.is_empty())
    }

    /// Explanations of which none is much likelier than the others, the likeliest first.
    pub(crate) fn tied(&self) -> &[Explanation] {
        let all = &*self.outcome.explanations;
        let is_tie = self.outcome.verdict == Verdict::Ambiguous && all.len() > 1;
        if is_tie && all.iter().all(Explanation::is_short) { all } else { &[] }
    }

    /// The explanations whose repairs are offered, the likeliest first.
    pub(crate) fn offered(&self) -> &[Explanation] {
        self.likeliest().map_or(self.tied(), std::slice::from_ref)
    }

    /// Whether whole rows or columns explain everything, even if not which: of columns in
    /// another order, sums tell the total only.
    pub(crate) fn are_structural(&self) -> bool {
        let is_structural = |it: &Explanation| it.events.iter().any(|it| it.kind.is_structural());
        !self.offered().is_empty() && self.offered().iter().all(is_structural)
    }

    /// Whether an explanation changes a cell of a sum.
    pub(crate) fn touch(&self, explanation: &Explanation, sum: &Sum) -> bool {
        explanation.events.iter().any(|it| self.first_in(it, sum).is_some())
    }

    /// The first change of an event in a cell of a sum.
    pub(crate) fn first_in(&self, event: &Event, sum: &Sum) -> Option<(usize, i64)> {
        let is_in = |it: &&(usize, i64)| sum.operands().any(|of| of.key == self.key(it.0));
        event.changes.iter().find(is_in).copied()
    }

    /// What the likeliest explanation says that a cell must hold.
    pub(crate) fn value(&self, key: (usize, usize, usize)) -> Option<Decimal> {
        let changes = self.likeliest()?.changes();
        changes.into_iter().find(|it| self.key(it.0) == key).map(|it| it.1.into())
    }

    /// Part, row and column of a cell.
    fn key(&self, cell: usize) -> (usize, usize, usize) {
        system(self.schema).key(cell)
    }
}

/// Whether no sum is broken once the cells are as an explanation says.
fn repairs(schema: &'static schema::Table, explanation: &Explanation, sums: &[Sum]) -> bool {
    let changes = explanation.changes();
    let change = |cell: usize| changes.iter().find(|it| it.0 == cell);
    let value = |operand: &Operand| {
        let new = change(system(schema).index(operand.key));
        new.map(|it| it.1.into()).or_else(|| operand.number())
    };
    let is_broken = |sum: &Sum| {
        // Most sums have none of the few cells.
        let Resolved { total, terms, .. } = &sums::resolved(schema)[sum.index];
        let is_changed = total.iter().chain(terms).any(|it| change(*it).is_some());
        if is_changed {
            matches!(sum.state_with(&value), State::Broken { .. })
        } else {
            sum.is_broken()
        }
    };
    !sums.iter().any(is_broken)
}
