//! What holds for every explanation of any table.

use std::sync::atomic::{AtomicUsize, Ordering};

use gouji_analysis::localise::{Explanation, Outcome, Problem, System, Verdict};

use crate::brute::difference;
use crate::damaged::{COLUMNS, Damage, Damaged, Size, right};
use crate::random::Random;
use crate::{repaired, requests, solve, tables};

/// Probabilities are rounded.
const CLOSE: f64 = 1e-9;

/// Enough for most tables; a debug build takes seconds where a search goes on to its end.
const NODES: usize = 500;

/// A damaged table, at times with many blanks, and with cells of which it is known that they
/// are right.
fn table(seed: u64) -> (Damaged, Vec<usize>) {
    let mut random = Random::new(seed);
    let (size, count) = (random.pick(&Size::ALL), 1 + random.index(4));
    let kinds = [Damage::FIRST, Damage::SECOND].concat();
    let mut table = Damaged::new(&mut random, size, count, &kinds);
    let blanks = random.pick(&[0, 0, 0, 5, 30]);
    for _ in 0..blanks {
        let cell = random.index(table.observed.len());
        table.observed[cell] = None;
    }
    let locks = random.pick(&[0, 0, 10, 60]);
    let cells: Vec<_> = (0..locks).map(|_| random.index(table.observed.len())).collect();
    let is_right = |it: &usize| table.observed[*it] == Some(table.truth[*it]);
    let locked = cells.into_iter().filter(is_right).collect();
    (table, locked)
}

#[test]
fn every_explanation_of_a_damaged_table_repairs_it() {
    let system = requests();
    let (mut explained, mut explanations) = (0, 0);
    let tables = tables(700);
    for seed in 0..tables {
        let (table, locked) = table(seed);
        let problem = Problem::new(&system, &table.observed);
        let problem = Problem { locked: &locked, max_nodes: NODES, ..problem };
        let outcome = solve(&problem);
        assert_outcome(&problem, &outcome, &format!("seed {seed}, {:?}", table.damages));
        if seed % 5 == 0 {
            assert_eq!(
                outcome,
                solve(&problem),
                "seed {seed}: another answer to the same question"
            );
        }
        assert_blanks(&table, &outcome, &format!("seed {seed}"));
        explained += u64::from(!outcome.explanations.is_empty());
        explanations += outcome.explanations.len();
    }
    eprintln!("{explanations} explanations of {explained} of {tables} tables");
    assert!(explained * 10 > tables * 8, "{explained} of {tables} tables are explained");
}

fn assert_outcome(problem: &Problem, outcome: &Outcome, about: &str) {
    let about = format!("{about}: {outcome:?}");
    let count = outcome.explanations.len();
    match outcome.verdict {
        Verdict::Valid => {
            assert!(outcome.explanations.iter().all(|it| it.events.is_empty()), "{about}");
        }
        Verdict::Unique => assert_eq!(count, 1, "{about}"),
        Verdict::Likely => assert!(count > 1, "{about}"),
        Verdict::Ambiguous => {
            let is_open = outcome.explanations.iter().any(|it| !it.is_determined);
            assert!(count > 1 || is_open, "{about}");
        }
        Verdict::GaveUp => (),
    }
    let chances: Vec<_> = outcome.explanations.iter().map(|it| it.probability).collect();
    assert!(chances.iter().all(|it| (0.0..=1.0).contains(it)), "{about}");
    assert!(chances.is_sorted_by(|a, b| a >= b), "{about}");
    assert!(chances.iter().sum::<f64>() <= 1.0 + CLOSE, "{about}");
    for explanation in &outcome.explanations {
        assert_explanation(problem, explanation, &about);
    }
}

fn assert_explanation(problem: &Problem, explanation: &Explanation, about: &str) {
    let about = format!("{explanation:?} of {about}");
    let changes = explanation.changes();
    assert!(changes.is_sorted_by(|a, b| a.0 < b.0), "a cell has two values: {about}");
    for (cell, value) in &changes {
        assert!(*value >= 0, "{cell} is negative: {about}");
        assert!(!problem.locked.contains(cell), "{cell} is locked: {about}");
    }
    for (cell, value) in explanation.events.iter().flat_map(|it| &it.changes) {
        let is_change = problem.observed[*cell].is_some_and(|it| it != *value);
        assert!(is_change, "{cell} does not change: {about}");
    }
    assert!(explanation.events.iter().all(|it| !it.changes.is_empty()), "{about}");
    assert!(explanation.blanks.iter().all(|it| problem.observed[it.0].is_none()), "{about}");
    let values = repaired(problem.observed, explanation);
    for (at, equation) in problem.system.equations().iter().enumerate() {
        let has_blank = |cells: &[usize]| cells.iter().any(|it| values[*it].is_none());
        let difference = difference(&values, equation);
        // A blank among the terms can make up for a total that is too great, and conversely.
        let holds = match (has_blank(&equation.total), has_blank(&equation.terms)) {
            (false, false) => difference == 0,
            (false, true) => difference >= 0,
            (true, false) => difference <= 0,
            (true, true) => true,
        };
        assert!(holds, "equation {at} is off by {difference}: {about}");
    }
}

/// Where the wrong cells are found, blanks are not guessed: what is said of them is right.
fn assert_blanks(table: &Damaged, outcome: &Outcome, about: &str) {
    for explanation in &outcome.explanations {
        let events = explanation.events.iter().flat_map(|it| it.changes.iter().copied());
        if table.is_repaired_by(&events.collect::<Vec<_>>()) {
            let is_right = table.is_repaired_by(&explanation.changes());
            assert!(is_right, "{about}: {explanation:?}, and meant was {:?}", table.truth);
        }
    }
}

#[test]
fn rows_and_columns_that_moved_are_explained_as_well() {
    let system = requests();
    let (mut broken, mut explained) = (0, 0);
    let tables = tables(200);
    for seed in 0..tables {
        let mut random = Random::new(seed);
        let (size, count) = (random.pick(&Size::ALL), random.index(2));
        let mut observed = Damaged::new(&mut random, size, count, &[Damage::Digit]).observed;
        let rows = observed.len() / COLUMNS;
        if random.index(2) == 0 {
            // The first two, or one of the results and what stands around them.
            let (a, b) = (random.index(rows), random.pick(&[0, 1, rows - 2, rows - 1]));
            (0..COLUMNS).for_each(|it| observed.swap(a * COLUMNS + it, b * COLUMNS + it));
        } else {
            let by = 1 + random.index(COLUMNS - 1);
            observed.chunks_mut(COLUMNS).for_each(|row| row.rotate_right(by));
        }
        let problem = Problem::new(&system, &observed);
        let outcome = solve(&problem);
        assert_outcome(&problem, &outcome, &format!("seed {seed}"));
        broken += u64::from(outcome.verdict != Verdict::Valid);
        let events = outcome.explanations.iter().flat_map(|it| &it.events);
        explained += u64::from(events.into_iter().any(|it| it.kind.is_structural()));
    }
    eprintln!("{explained} of {broken} moves found");
    assert!(explained * 2 > broken, "{explained} of {broken} moves found");
}

#[test]
fn a_right_table_has_no_events() {
    let system = requests();
    for seed in 0..tables(200) {
        let mut random = Random::new(seed);
        let size = random.pick(&Size::ALL);
        let blanks = random.pick(&[0, 0, 1, 5, 20, 40, 100]);
        let table = Damaged::new(&mut random, size, blanks, &[Damage::Blank]);
        let outcome = solve(&Problem::new(&system, &table.observed));
        // So many blanks may be too many to solve for.
        let may_give_up = blanks > 20 && outcome.verdict == Verdict::GaveUp;
        assert!(may_give_up || outcome.verdict == Verdict::Valid, "seed {seed}: {outcome:?}");
        let has_events = outcome.explanations.iter().any(|it| !it.events.is_empty());
        assert!(!has_events, "seed {seed}: {outcome:?}");
        assert_blanks(&table, &outcome, &format!("seed {seed}"));
    }
}

#[test]
fn absurd_numbers_are_no_reason_to_panic() {
    let system = requests();
    let absurd = [i64::MAX / 4, i64::MIN / 4, i64::MAX, i64::MIN, -1, -500, 999_999_999_999];
    for seed in 0..tables(100) {
        let mut random = Random::new(seed);
        let size = random.pick(&Size::ALL);
        let mut observed: Vec<_> = right(&mut random, size).into_iter().map(Some).collect();
        // Few, some, or nothing else.
        for _ in 0..random.pick(&[1, 2, 8, 1000]) {
            let cell = random.index(observed.len());
            observed[cell] = Some(random.pick(&absurd));
        }
        let outcome = solve(&Problem::new(&system, &observed));
        let changes = outcome.explanations.iter().flat_map(Explanation::changes);
        assert!(changes.into_iter().all(|it| it.1 >= 0), "seed {seed}: {outcome:?}");
    }
}

#[test]
fn empty_and_open_systems_are_answered() {
    let nothing = System::new(Vec::new(), Vec::new());
    assert_eq!(solve(&Problem::new(&nothing, &[])).verdict, Verdict::Valid);
    let system = requests();
    let blank = vec![None; system.cells()];
    let outcome = solve(&Problem::new(&system, &blank));
    assert!(outcome.explanations.iter().all(|it| it.events.is_empty()), "{outcome:?}");
}

#[test]
fn a_search_that_may_look_at_few_nodes_gives_up() {
    let system = requests();
    let mut gave_up = 0;
    for seed in 0..50 {
        let (table, _) = table(seed);
        let problem = Problem { max_nodes: 3, ..Problem::new(&system, &table.observed) };
        let outcome = solve(&problem);
        assert_outcome(&problem, &outcome, &format!("seed {seed}"));
        // The node at which it gives up counts.
        assert!(outcome.nodes <= 4, "seed {seed}: {} nodes", outcome.nodes);
        gave_up += usize::from(outcome.verdict == Verdict::GaveUp);
    }
    assert!(gave_up > 25, "{gave_up} of 50 need more than three nodes");
}

#[test]
fn a_cancelled_search_says_nothing() {
    let system = requests();
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let table = Damaged::new(&mut random, Size::Medium, 3, &[Damage::Digit]);
        let problem = Problem::new(&system, &table.observed);
        assert_eq!(problem.solve(&|| true), None, "seed {seed}");
        for last in [1, 2, 5] {
            let asked = AtomicUsize::new(0);
            let outcome = problem.solve(&|| asked.fetch_add(1, Ordering::Relaxed) >= last);
            let was_told = asked.into_inner() > last;
            assert_eq!(outcome.is_none(), was_told, "seed {seed}, cancelled after {last}");
        }
    }
}

#[test]
fn nothing_is_searched_where_a_wrong_number_is_in_every_row() {
    let system = requests();
    let mut observed = vec![Some(0); system.cells()];
    let numbers = (3_i64..).map(|it| Some(7 * it.pow(2)));
    for ((row, cells), number) in observed.chunks_mut(COLUMNS).enumerate().zip(numbers) {
        cells[row % (COLUMNS - 1)] = number;
    }
    let outcome = solve(&Problem::new(&system, &observed));
    assert_eq!((outcome.verdict, outcome.nodes), (Verdict::GaveUp, 0));
    assert!(outcome.explanations.is_empty());
}
