//! How often what happened to a table is what is said first.

use gouji_analysis::localise::Problem;

use crate::damaged::{Damage, Damaged, Size};
use crate::random::Random;
use crate::{requests, solve, tables};

/// The number of tables, of those whose first explanation is what happened, and of those for
/// which another repair is offered.
fn quality(count: usize) -> [u64; 3] {
    let system = requests();
    let (mut exact, mut wrong) = (0, 0);
    let tables = tables(300);
    for seed in 0..tables {
        let mut random = Random::new(seed);
        let size = Size::ALL[seed as usize % Size::ALL.len()];
        let table = Damaged::new(&mut random, size, count, &Damage::FIRST);
        let outcome = solve(&Problem::new(&system, &table.observed));
        let first = outcome.explanations.first();
        let is_exact = first.is_some_and(|it| table.is_repaired_by(&it.changes()));
        exact += u64::from(is_exact);
        if outcome.repair().is_some() && !is_exact {
            wrong += 1;
            eprintln!("wrong: {size:?}, seed {seed}, {:?}: {outcome:?}", table.damages);
        }
    }
    eprintln!("{count} damages: {exact} of {tables} found, {wrong} wrong");
    [tables, exact, wrong]
}

#[test]
fn one_damage_is_found_and_not_mistaken() {
    let [tables, exact, wrong] = quality(1);
    assert!(exact * 100 >= tables * 97, "{exact} of {tables} found");
    // Two slips of a table may explain the same broken sums, and then one is a little likelier.
    assert!(wrong * 2000 <= tables, "{wrong} of {tables} wrong");
}

#[test]
fn two_damages_are_found_and_hardly_ever_mistaken() {
    let [tables, exact, wrong] = quality(2);
    assert!(exact * 100 >= tables * 90, "{exact} of {tables} found");
    assert!(wrong * 100 <= tables, "{wrong} of {tables} wrong");
}
