//! How often what happened to a table is what is said first.

use gouji_analysis::localise::Problem;

use crate::damaged::{COLUMNS, Damage, Damaged, ROWS, Size, cell};
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

#[test]
fn numbers_that_stand_in_each_others_cells_are_no_coincidence() {
    let system = requests();
    let mut right = vec![0; ROWS * COLUMNS];
    for (column, granted, partial) in [(0, 900, 800), (1, 482, 451), (4, 37, 1320)] {
        let all = granted + partial;
        for (row, number) in [(0, all), (2, granted), (3, partial), (23, all)] {
            right[cell(row, column)] = number;
            right[cell(row, COLUMNS - 1)] += number;
        }
    }
    let mut observed: Vec<_> = right.iter().copied().map(Some).collect();
    observed.swap(cell(2, 1), cell(2, 4));
    // The sums would hold as well with 896 and 875 in the next row, which nobody wrote.
    let outcome = solve(&Problem::new(&system, &observed));
    let first = &outcome.explanations[0];
    assert!(first.probability > 0.9, "{outcome:?}");
    let changes = first.changes();
    assert_eq!(changes, [(cell(2, 1), 482), (cell(2, 4), 37)], "{outcome:?}");
}
