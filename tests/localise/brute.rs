//! Error localisation in the dullest way: every set of cells is tried, and whether a set can be
//! the wrong one is decided by elimination on exact fractions. It shares nothing with the
//! localiser but the equalities.

use std::collections::BTreeSet;

use gouji_analysis::localise::{Equation, System};

/// A table whose errors are sought.
pub(crate) struct Brute<'a> {
    pub(crate) system: &'a System,
    pub(crate) observed: &'a [Option<i64>],
    pub(crate) locked: &'a [usize],
}

/// Whether unknown cells have values with which all equalities hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// Fractions would do; whether counts do was not looked for.
    Fractions,
}

/// What elimination leaves.
enum Solved {
    Contradiction,
    /// More unknowns than equalities.
    Open,
    /// The only values, as numerators and denominators.
    Values(Vec<(i128, i128)>),
}

impl Brute<'_> {
    /// The smallest sets of cells whose change can make every equality hold, where they have
    /// no more than `most` cells. None where there are no such sets, or where only fractions
    /// are known to do for some.
    pub(crate) fn supports(&self, most: usize) -> Option<BTreeSet<Vec<usize>>> {
        let is_blank = |it: &usize| self.observed[*it].is_none();
        let (blanks, known): (Vec<_>, Vec<_>) = (0..self.observed.len()).partition(is_blank);
        let is_free = |it: &usize| !self.locked.contains(it);
        let free: Vec<_> = known.into_iter().filter(is_free).collect();
        let mut broken = self.system.equations().to_vec();
        broken.retain(|it| !has_any(it, &blanks) && difference(self.observed, it) != 0);
        for size in 0..=most {
            let mut found = BTreeSet::new();
            for support in subsets(&free, size) {
                if !broken.iter().all(|it| has_any(it, &support)) {
                    continue;
                }
                // That the values differ from what is observed need not be asked for: if one
                // did not, a smaller set would do.
                match feasible(self.system, self.observed, &[&*support, &*blanks].concat()) {
                    Answer::Yes => drop(found.insert(support)),
                    Answer::No => (),
                    Answer::Fractions => return None,
                }
            }
            if !found.is_empty() {
                return Some(found);
            }
        }
        None
    }
}

/// Whether there are counts for the unknown cells. Where there are any, there are some in
/// which all but independent unknowns are 0, and those can be tried one by one.
pub(crate) fn feasible(system: &System, observed: &[Option<i64>], unknown: &[usize]) -> Answer {
    match eliminate(system, observed, unknown) {
        Solved::Contradiction => Answer::No,
        Solved::Values(values) if values.iter().any(|it| it.0 < 0) => Answer::No,
        Solved::Values(values) if values.iter().any(|it| it.0 % it.1 != 0) => Answer::Fractions,
        Solved::Values(_) => Answer::Yes,
        Solved::Open => {
            let mut best = Answer::No;
            for at in 0..unknown.len() {
                let mut values = observed.to_vec();
                values[unknown[at]] = Some(0);
                let rest = [&unknown[..at], &unknown[at + 1..]].concat();
                match feasible(system, &values, &rest) {
                    Answer::Yes => return Answer::Yes,
                    Answer::Fractions => best = Answer::Fractions,
                    Answer::No => (),
                }
            }
            best
        }
    }
}

/// Solves the equalities for the unknown cells; no denominator is negative.
fn eliminate(system: &System, observed: &[Option<i64>], unknown: &[usize]) -> Solved {
    let mut values = observed.to_vec();
    for cell in unknown {
        values[*cell] = Some(0);
    }
    let row = |it| {
        let mut row: Vec<_> = unknown.iter().map(|cell| coefficient(it, *cell)).collect();
        row.push(-difference(&values, it));
        row
    };
    let mut rows: Vec<Vec<i128>> = system.equations().iter().map(row).collect();
    for column in 0..unknown.len() {
        let Some(pivot) = (column..rows.len()).find(|it| rows[*it][column] != 0) else {
            return if is_contradictory(&rows) { Solved::Contradiction } else { Solved::Open };
        };
        rows.swap(column, pivot);
        let pivot = rows[column].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|it| it.0 != column) {
            let (keep, take) = (pivot[column], row[column]);
            row.iter_mut().zip(&pivot).for_each(|(it, other)| *it = *it * keep - other * take);
            reduce(row);
        }
    }
    if is_contradictory(&rows) {
        return Solved::Contradiction;
    }
    let value = |it: usize| {
        let (above, below) = (rows[it][unknown.len()], rows[it][it]);
        (above * below.signum(), below.abs())
    };
    Solved::Values((0..unknown.len()).map(value).collect())
}

/// Whether a row says that 0 is something else.
fn is_contradictory(rows: &[Vec<i128>]) -> bool {
    let says = |it: &Vec<i128>| {
        let (constant, coefficients) = it.split_last().expect("a row has a constant");
        *constant != 0 && coefficients.iter().all(|it| *it == 0)
    };
    rows.iter().any(says)
}

/// Divides a row by what divides all of it.
fn reduce(row: &mut [i128]) {
    let divisor = row.iter().fold(0, |a, b| greatest_common_divisor(a, b.abs()));
    if divisor > 1 {
        for value in row {
            *value /= divisor;
        }
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

fn coefficient(equation: &Equation, cell: usize) -> i128 {
    let has = |cells: &[usize]| i128::from(cells.contains(&cell));
    has(&equation.total) - has(&equation.terms)
}

fn has_any(equation: &Equation, cells: &[usize]) -> bool {
    cells.iter().any(|it| equation.total.contains(it) || equation.terms.contains(it))
}

/// How much more the totals are than their terms, if blanks are 0.
pub(crate) fn difference(values: &[Option<i64>], equation: &Equation) -> i128 {
    let sum = |cells: &[usize]| -> i128 {
        cells.iter().map(|it| i128::from(values[*it].unwrap_or_default())).sum()
    };
    sum(&equation.total) - sum(&equation.terms)
}

/// All choices of `size` of `all`, in order.
fn subsets(all: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let from = |at: usize| {
        let rest = subsets(&all[at + 1..], size - 1);
        rest.into_iter().map(move |it| [&all[at..=at], &*it].concat())
    };
    (0..all.len()).flat_map(from).collect()
}
