//! Equations in the changes of cells, from which unknowns are eliminated one by one.
//!
//! All is exact, in integers. What would not fit is an [`Overflow`].

use std::cmp::Ordering;
use std::rc::Rc;

use super::bits::Bits;

/// Numbers too big to go on.
#[derive(Debug)]
pub(super) struct Overflow;

/// `Σ coefficient · change`, by variable.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Sorted; no coefficient is 0.
    pub(super) terms: Vec<(usize, i64)>,
    /// The variables.
    pub(super) variables: Bits,
}

impl Line {
    /// Sums of which no variable stands twice.
    pub(super) fn new(mut terms: Vec<(usize, i64)>) -> Self {
        terms.sort_unstable_by_key(|it| it.0);
        let variables = terms.iter().map(|it| it.0).collect();
        Self { terms, variables }
    }

    /// The coefficient of a variable, 0 where it does not occur.
    pub(super) fn coefficient(&self, variable: usize) -> i64 {
        let at = self.terms.binary_search_by_key(&variable, |it| it.0);
        at.map_or(0, |it| self.terms[it].1)
    }

    /// `self · a + other · b`
    fn combined(&self, a: i64, other: &Self, b: i64) -> Result<Self, Overflow> {
        let (mut left, mut right) = (&*self.terms, &*other.terms);
        let mut terms = Vec::with_capacity(left.len() + right.len());
        while let (Some(one), Some(two)) = (left.first(), right.first()) {
            let coefficient = match one.0.cmp(&two.0) {
                Ordering::Less => sum(one.1, a, 0, b)?,
                Ordering::Equal => sum(one.1, a, two.1, b)?,
                Ordering::Greater => sum(0, a, two.1, b)?,
            };
            let variable = one.0.min(two.0);
            left = &left[usize::from(one.0 == variable)..];
            right = &right[usize::from(two.0 == variable)..];
            if coefficient != 0 {
                terms.push((variable, coefficient));
            }
        }
        for (variable, coefficient) in left {
            terms.push((*variable, sum(*coefficient, a, 0, b)?));
        }
        for (variable, coefficient) in right {
            terms.push((*variable, sum(0, a, *coefficient, b)?));
        }
        let variables = terms.iter().map(|it| it.0).collect();
        Ok(Self { terms, variables })
    }
}

fn sum(left: i64, a: i64, right: i64, b: i64) -> Result<i64, Overflow> {
    let product = |x: i64, y: i64| x.checked_mul(y);
    let sum = product(left, a).zip(product(right, b)).and_then(|it| it.0.checked_add(it.1));
    sum.ok_or(Overflow)
}

/// A line and a number.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: Rc<Line>,
    pub(super) value: i64,
    /// The equation that it was made of.
    pub(super) equation: usize,
}

impl Row {
    /// That a variable, `value` now, does not fall below 0.
    pub(super) fn at_least_zero(variable: usize, value: i64) -> Self {
        Self { line: Rc::new(Line::new(vec![(variable, 1)])), value, equation: 0 }
    }

    /// The row without a variable, by means of `pivot`. It is multiplied by something positive,
    /// so that what was not negative stays so.
    fn eliminate(&self, variable: usize, pivot: &Self) -> Result<Self, Overflow> {
        let (own, by) = (self.line.coefficient(variable), pivot.line.coefficient(variable));
        let (a, b) = (by.abs(), -own * by.signum());
        let line = Rc::new(self.line.combined(a, &pivot.line, b)?);
        Ok(Self { line, value: sum(self.value, a, pivot.value, b)?, equation: self.equation })
    }
}

/// How a variable was eliminated, from which its change can be told.
#[derive(Clone, Debug)]
pub(super) enum Pivot {
    /// It is what makes this row 0.
    Forced(usize, Row),
    /// It is between bounds: those that it raises, and those that it lowers.
    Free(usize, Vec<Row>, Vec<Row>),
}

impl Pivot {
    pub(super) fn variable(&self) -> usize {
        match self {
            Self::Forced(variable, _) | Self::Free(variable, ..) => *variable,
        }
    }
}

/// What must hold of the changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Tableau {
    /// `line + value = 0`
    pub(super) rows: Vec<Row>,
    /// `line + value ≥ 0`
    pub(super) bounds: Vec<Row>,
}

/// More bounds than any search needs: their number may square at each step.
const MOST_BOUNDS: usize = 2_000;

impl Tableau {
    /// Eliminates a variable: by `preferred`, an index of [`Self::rows`], if it occurs there,
    /// or by another row; where it occurs in none, by the bounds (Fourier and Motzkin).
    /// `least` is its smallest possible change, if there is one.
    pub(super) fn eliminate(
        &self,
        variable: usize,
        preferred: Option<usize>,
        least: Option<Row>,
    ) -> Result<(Self, Pivot), Overflow> {
        let has = |it: &Row| it.line.variables.contains(variable);
        let bounds = self.bounds.iter().cloned().chain(least);
        let preferred = preferred.filter(|it| has(&self.rows[*it]));
        let Some(index) = preferred.or_else(|| self.pivot(variable)) else {
            return self.eliminate_free(variable, bounds.collect());
        };
        let pivot = &self.rows[index];
        let without =
            |it: &Row| if has(it) { it.eliminate(variable, pivot) } else { Ok(it.clone()) };
        let rows = self.rows.iter().enumerate().filter(|it| it.0 != index).map(|it| without(it.1));
        let next = Self {
            rows: rows.collect::<Result<_, _>>()?,
            bounds: bounds.map(|it| without(&it)).collect::<Result<_, _>>()?,
        };
        Ok((next, Pivot::Forced(variable, pivot.clone())))
    }

    /// The row by which to eliminate a variable: a broken one, a short one.
    fn pivot(&self, variable: usize) -> Option<usize> {
        let rows = self.rows.iter().enumerate();
        let having = rows.filter(|it| it.1.line.variables.contains(variable));
        having.min_by_key(|it| (it.1.value == 0, it.1.line.terms.len())).map(|it| it.0)
    }

    fn eliminate_free(&self, variable: usize, bounds: Vec<Row>) -> Result<(Self, Pivot), Overflow> {
        let (mut raised, mut lowered, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for bound in bounds {
            match bound.line.coefficient(variable).signum() {
                1 => raised.push(bound),
                -1 => lowered.push(bound),
                _ => rest.push(bound),
            }
        }
        if rest.len() + raised.len() * lowered.len() > MOST_BOUNDS {
            return Err(Overflow);
        }
        for bound in &lowered {
            for other in &raised {
                rest.push(bound.eliminate(variable, other)?);
            }
        }
        let rows = self.rows.clone();
        Ok((Self { rows, bounds: rest }, Pivot::Free(variable, raised, lowered)))
    }
}

/// The changes of the variables that were eliminated, the last first, where all others stay.
#[derive(Debug)]
pub(super) struct Solution {
    changes: Vec<i64>,
    /// Variables that could change by another amount as well.
    pub(super) loose: Bits,
}

impl Solution {
    /// Solves for the variables of `pivots`; the others change by what `changes` says.
    /// `None` where no whole numbers do. Those of `may_stay` may change by 0.
    pub(super) fn of<'a>(
        changes: Vec<i64>,
        pivots: impl Iterator<Item = &'a Pivot>,
        may_stay: &Bits,
    ) -> Option<Self> {
        let mut solution = Self { changes, loose: Bits::default() };
        for pivot in pivots {
            let variable = pivot.variable();
            let change = match pivot {
                Pivot::Forced(_, row) => solution.forced(variable, row)?,
                Pivot::Free(_, raised, lowered) => {
                    let may_stay = may_stay.contains(variable);
                    solution.free(variable, (raised, lowered), may_stay)?
                }
            };
            if change == 0 && !may_stay.contains(variable) {
                return None;
            }
            *solution.changes.get_mut(variable)? = change;
        }
        Some(solution)
    }

    pub(super) fn change(&self, variable: usize) -> i64 {
        self.changes[variable]
    }

    /// What a row adds up to without a variable.
    fn rest(&self, variable: usize, row: &Row) -> Option<i64> {
        row.line.terms.iter().filter(|it| it.0 != variable).try_fold(row.value, |sum, it| {
            sum.checked_add(it.1.checked_mul(*self.changes.get(it.0)?)?)
        })
    }

    /// Whether what a row says of a variable depends on a loose one.
    fn is_loose(&self, variable: usize, row: &Row) -> bool {
        let mut others = row.line.terms.iter().map(|it| it.0).filter(|it| *it != variable);
        others.any(|it| self.loose.contains(it))
    }

    fn forced(&mut self, variable: usize, row: &Row) -> Option<i64> {
        let rest = self.rest(variable, row)?;
        if self.is_loose(variable, row) {
            self.loose.insert(variable);
        }
        let coefficient = row.line.coefficient(variable);
        (rest % coefficient == 0).then(|| -rest / coefficient)
    }

    /// The smallest change between the bounds.
    fn free(
        &mut self,
        variable: usize,
        (raised, lowered): (&[Row], &[Row]),
        may_stay: bool,
    ) -> Option<i64> {
        let (low, high) = self.between(variable, raised, lowered)?;
        if low != high || raised.iter().chain(lowered).any(|it| self.is_loose(variable, it)) {
            self.loose.insert(variable);
        }
        let nearest = 0.clamp(low, high);
        let other = if high >= 1 { 1 } else { -1 };
        Some(if nearest == 0 && low != high && !may_stay { other } else { nearest })
    }

    /// The least and the greatest change that the bounds allow.
    fn between(&self, variable: usize, raised: &[Row], lowered: &[Row]) -> Option<(i64, i64)> {
        let (mut low, mut high) = (i64::MIN, i64::MAX);
        for row in raised {
            let (rest, by) = (self.rest(variable, row)?, row.line.coefficient(variable));
            low = low.max(-rest.div_euclid(by));
        }
        for row in lowered {
            let (rest, by) = (self.rest(variable, row)?, -row.line.coefficient(variable));
            high = high.min(rest.div_euclid(by));
        }
        (low <= high).then_some((low, high))
    }
}
