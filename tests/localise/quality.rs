//! How often what happened to a table is what is said first.

use gouji_analysis::localise::Problem;

use crate::damaged::{Damage, Damaged, Size};
use crate::random::Random;
use crate::{requests, solve, tables};

/// Of so many tables, those whose first explanation is what happened, and those of which
/// something else is said to be certain or likely.
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
fn one_damage_is_found_and_never_mistaken() {
    let [tables, exact, wrong] = quality(1);
    assert!(exact * 100 >= tables * 97, "{exact} of {tables} found");
    assert_eq!(wrong, 0);
}

#[test]
fn two_damages_are_found_and_hardly_ever_mistaken() {
    let [tables, exact, wrong] = quality(2);
    assert!(exact * 100 >= tables * 90, "{exact} of {tables} found");
    assert!(wrong * 100 <= tables, "{wrong} of {tables} wrong");
}
