//! The localiser against plain brute force, on damaged tables, and on the forms.
//!
//! `GOUJI_PROPERTY_TABLES=10000` makes every run over random tables that long.

mod brute;
#[path = "../support/damaged.rs"]
mod damaged;
mod forms;
mod invariants;
mod oracle;
mod quality;
#[path = "../../server/benches/support/random.rs"]
mod random;

use gouji_analysis::localise::{Explanation, Outcome, Problem, System};
use gouji_analysis::schema::{SCHEMAS, Table};
use random::Random;

/// How many random tables a test looks at.
fn tables(usual: u64) -> u64 {
    let wanted = std::env::var("GOUJI_PROPERTY_TABLES").ok().and_then(|it| it.parse().ok());
    wanted.unwrap_or(usual)
}

/// A table of a form.
fn form(schema: &str, table: &str) -> &'static Table {
    let schema = SCHEMAS.iter().find(|it| it.id == schema).expect("the form");
    schema.tables.iter().find(|it| it.id == table).expect("the table")
}

/// Table 三 of the newest form, which the damaged tables are of.
fn requests() -> System {
    System::of(form("2021", "requests"))
}

fn solve(problem: &Problem) -> Outcome {
    problem.solve(&|| false).expect("nobody cancels")
}

/// What the cells say once they are repaired.
fn repaired(observed: &[Option<i64>], explanation: &Explanation) -> Vec<Option<i64>> {
    let mut values = observed.to_vec();
    for (cell, value) in explanation.changes() {
        values[cell] = Some(value);
    }
    values
}

/// The cells that the events change, in order.
fn support(explanation: &Explanation) -> Vec<usize> {
    let changes = explanation.events.iter().flat_map(|it| &it.changes);
    let mut cells: Vec<_> = changes.map(|it| it.0).collect();
    cells.sort_unstable();
    cells
}
