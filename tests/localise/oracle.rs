//! The smallest sets of wrong cells are exactly those that brute force finds.

use std::collections::BTreeSet;

use gouji_analysis::localise::{Equation, Explanation, Problem, System, Verdict};
use gouji_analysis::schema::Along;

use crate::brute::{Answer, Brute, feasible};
use crate::damaged::{Damage, Damaged, Size};
use crate::random::Random;
use crate::{repaired, requests, solve, support, tables};

/// Supports of more cells are not tried.
const MOST_CELLS: usize = 3;

/// A little problem.
#[derive(Debug)]
struct Little {
    system: System,
    observed: Vec<Option<i64>>,
    locked: Vec<usize>,
}

impl Little {
    /// A grid with totals of rows and columns, some of which nobody asks for; at times also a
    /// total of all, which depends on the others, or a row of its own.
    fn new(random: &mut Random) -> Self {
        let (rows, columns) = (1 + random.index(3), 1 + random.index(3));
        let cell = |row: usize, column: usize| row * (columns + 1) + column;
        let mut equations = Vec::new();
        let mut add = |along, total, terms| {
            equations.push(Equation { along, total: vec![total], terms });
        };
        for row in 0..=rows {
            if random.below(10) < 8 {
                let terms = (0..columns).map(|it| cell(row, it)).collect();
                add(Along::Row, cell(row, columns), terms);
            }
        }
        for column in 0..=columns {
            if random.below(10) < 7 {
                let terms = (0..rows).map(|it| cell(it, column)).collect();
                add(Along::Column, cell(rows, column), terms);
            }
        }
        let mut parts = vec![(rows + 1, columns + 1)];
        let mut values = grid(random, rows, columns);
        if random.below(4) == 0 {
            let inner = (0..rows).flat_map(|row| (0..columns).map(move |it| cell(row, it)));
            add(Along::Row, cell(rows, columns), inner.collect());
        }
        if random.below(4) == 0 {
            let first = values.len();
            parts.push((1, 3));
            values.extend([2, 3, 5]);
            add(Along::Row, first + 2, vec![first, first + 1]);
        }
        let (observed, locked) = spoilt(random, &values);
        Self { system: System::new(parts, equations), observed, locked }
    }

    fn problem(&self) -> Problem<'_> {
        let problem = Problem::new(&self.system, &self.observed);
        Problem { locked: &self.locked, only_cells: true, ..problem }
    }

    fn brute(&self) -> Brute<'_> {
        Brute { system: &self.system, observed: &self.observed, locked: &self.locked }
    }
}

/// Numbers that add up along both ways.
fn grid(random: &mut Random, rows: usize, columns: usize) -> Vec<i64> {
    let mut values = vec![vec![0; columns + 1]; rows + 1];
    for row in 0..rows {
        for column in 0..columns {
            let value = random.pick(&[0, 0, 1, 2, 3, 5, 12]);
            for (row, column) in [(row, column), (row, columns), (rows, column), (rows, columns)] {
                values[row][column] += value;
            }
        }
    }
    values.concat()
}

/// The same with some wrong, blank and locked cells.
fn spoilt(random: &mut Random, values: &[i64]) -> (Vec<Option<i64>>, Vec<usize>) {
    let mut observed: Vec<_> = values.iter().copied().map(Some).collect();
    for _ in 0..random.below(4) {
        let cell = random.index(observed.len());
        observed[cell] = Some(random.pick(&[0, 1, 2, 4, 7, 30]));
    }
    for _ in 0..random.below(7).saturating_sub(3) {
        let cell = random.index(observed.len());
        observed[cell] = None;
    }
    let share = random.pick(&[0, 0, 2, 4]);
    let is_locked = |it: &usize| observed[*it].is_some() && random.below(10) < share;
    let locked = (0..observed.len()).filter(is_locked).collect();
    (observed, locked)
}

#[test]
fn on_little_systems_the_smallest_supports_are_those_of_brute_force() {
    let (mut compared, mut ties, mut largest) = (0, 0, 0);
    for seed in 0..tables(600) {
        let little = Little::new(&mut Random::new(seed));
        let outcome = solve(&little.problem());
        let about = || format!("seed {seed}: {little:?}\n{outcome:?}");
        let Some(expected) = little.brute().supports(MOST_CELLS) else {
            let few = |it: &Explanation| it.events.len() <= MOST_CELLS;
            assert!(!outcome.explanations.iter().any(few), "{}", about());
            continue;
        };
        compare(&outcome.explanations, &expected, outcome.verdict, &about);
        for explanation in &outcome.explanations {
            assert_values(&little, explanation, &about);
        }
        compared += 1;
        ties += usize::from(expected.len() > 1);
        largest = expected.iter().map(Vec::len).fold(largest, usize::max);
    }
    eprintln!("{compared} systems compared, {ties} with ties");
    assert!(compared >= 200 && ties >= 50 && largest == MOST_CELLS, "too little was compared");
}

#[test]
fn on_table_3_the_smallest_supports_are_those_of_brute_force() {
    let system = requests();
    let kinds = [Damage::Digit, Damage::Transposition, Damage::Total, Damage::Blank];
    let mut sizes = [0; 3];
    for seed in 0..tables(90) {
        let mut random = Random::new(seed);
        let (size, count) = (random.pick(&Size::ALL), 1 + random.index(2));
        let table = Damaged::new(&mut random, size, count, &kinds);
        let problem = Problem { only_cells: true, ..Problem::new(&system, &table.observed) };
        let outcome = solve(&problem);
        let brute = Brute { system: &system, observed: &table.observed, locked: &[] };
        let expected = brute.supports(2).expect("what was damaged is one");
        let about = || format!("seed {seed}: {:?} {:?}\n{outcome:?}", table.damages, table.wrong());
        compare(&outcome.explanations, &expected, outcome.verdict, &about);
        sizes[expected.first().map_or(0, Vec::len)] += 1;
    }
    assert!(sizes.iter().all(|it| *it > 0), "{sizes:?}");
}

/// Asserts that the explanations are of just these supports, each once.
fn compare(
    explanations: &[Explanation],
    expected: &BTreeSet<Vec<usize>>,
    verdict: Verdict,
    about: &dyn Fn() -> String,
) {
    assert!(verdict != Verdict::GaveUp, "{}", about());
    let found: BTreeSet<_> = explanations.iter().map(support).collect();
    let is_right = if expected.contains(&Vec::new()) {
        // Nothing needs to be wrong: then nothing, or values for blanks, need to be said.
        found.is_subset(expected) && verdict != Verdict::Ambiguous
    } else {
        found == *expected && explanations.len() == found.len()
    };
    assert!(is_right, "brute force has {expected:?}; {}", about());
    assert!(verdict != Verdict::Unique || explanations.len() == 1, "{}", about());
}

/// Asserts that the values make all equalities hold, and that what is said to be the only
/// values is.
fn assert_values(little: &Little, explanation: &Explanation, about: &dyn Fn() -> String) {
    let Little { system, observed, .. } = little;
    let values = repaired(observed, explanation);
    let unknown = |values: &[Option<i64>]| -> Vec<usize> {
        (0..values.len()).filter(|it| values[*it].is_none()).collect()
    };
    let holds = feasible(system, &values, &unknown(&values));
    assert_eq!(holds, Answer::Yes, "{explanation:?} of {}", about());
    let most = observed.iter().flatten().sum::<i64>() + 1;
    let is_forced = |cell: usize, open: &[Option<i64>]| {
        (0..=most).filter(|it| Some(*it) != values[cell]).all(|value| {
            let mut other = open.to_vec();
            other[cell] = Some(value);
            feasible(system, &other, &unknown(&other)) == Answer::No
        })
    };
    let mut blanks = values.clone();
    for (cell, _) in &explanation.blanks {
        blanks[*cell] = None;
    }
    for (cell, _) in &explanation.blanks {
        assert!(is_forced(*cell, &blanks), "{cell} of {explanation:?} of {}", about());
    }
    let mut open = blanks;
    for cell in support(explanation) {
        open[cell] = None;
    }
    let is_determined = support(explanation).iter().all(|it| is_forced(*it, &open));
    assert_eq!(explanation.is_determined, is_determined, "{explanation:?} of {}", about());
}

fn sum(total: usize, terms: &[usize]) -> Equation {
    Equation { along: Along::Row, total: vec![total], terms: terms.to_vec() }
}

#[test]
fn brute_force_finds_what_is_plain_to_see() {
    // 1 2 | 3
    // 4 5 | 9
    // 5 7 |12
    let rows = [sum(2, &[0, 1]), sum(5, &[3, 4]), sum(8, &[6, 7])];
    let columns = [sum(6, &[0, 3]), sum(7, &[1, 4]), sum(8, &[2, 5])];
    let system = System::new(vec![(3, 3)], [rows, columns].concat());
    let supports = |values: [i64; 9], locked: &[usize]| {
        let observed = values.map(Some);
        Brute { system: &system, observed: &observed, locked }.supports(MOST_CELLS)
    };
    let one = |cells: &[usize]| Some(BTreeSet::from([cells.to_vec()]));
    assert_eq!(supports([1, 2, 3, 4, 5, 9, 5, 7, 12], &[]), one(&[]));
    assert_eq!(supports([8, 2, 3, 4, 5, 9, 5, 7, 12], &[]), one(&[0]));
    assert_eq!(supports([8, 2, 3, 4, 5, 9, 5, 7, 12], &[0]), one(&[2, 6, 8]));
    // Only 0 and 0 are 0: the first two cells are wrong, and something in each column.
    assert_eq!(supports([1, 2, 0, 4, 5, 9, 5, 7, 12], &[2]), None);
}

#[test]
fn a_row_of_blanks_says_nothing_of_any_of_them() {
    let system = System::new(vec![(1, 3)], vec![sum(2, &[0, 1])]);
    let outcome = solve(&Problem::new(&system, &[None; 3]));
    assert_eq!(outcome.verdict, Verdict::Valid);
    assert!(outcome.explanations.iter().all(|it| it.blanks.is_empty()), "{outcome:?}");
}

#[test]
fn what_a_blank_makes_up_for_needs_no_wrong_cell() {
    // The first cell is in three sums, one of which says nothing as its total is blank.
    let system = System::new(vec![(1, 4)], vec![sum(1, &[0]), sum(2, &[0]), sum(3, &[0])]);
    let observed = [Some(5), Some(1), Some(1), None];
    let outcome = solve(&Problem { only_cells: true, ..Problem::new(&system, &observed) });
    let supports: Vec<_> = outcome.explanations.iter().map(support).collect();
    assert_eq!(supports, [vec![0]], "{outcome:?}");
}
