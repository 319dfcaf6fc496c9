//! All smallest sets of variables whose change makes every equation hold.
//!
//! A derived row that does not hold must lose one of its variables to the set, so the search
//! branches over the variables of one such row and eliminates the one chosen. Iterative
//! deepening by the size of the set, with two lower bounds ([`bound`]).

use super::bits::Bits;
use super::bound::{self, Violated};
use super::root::Root;
use super::system::System;
use super::tableau::{Overflow, Pivot, Row, Solution, Tableau};

/// Sets of one size that are too many to be of help.
const MOST_SETS: usize = 400;

/// Nodes between two looks whether the search is still wanted.
const PATIENCE: usize = 64;

/// Why a search ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// It took too long, or its numbers grew too big.
    GaveUp,
    /// Nobody waits for it any more.
    Cancelled,
}

impl From<Overflow> for Stop {
    fn from(_: Overflow) -> Self {
        Self::GaveUp
    }
}

/// What all searches of a table share.
pub(super) struct Effort<'a> {
    pub(super) nodes: usize,
    pub(super) max_nodes: usize,
    pub(super) cancelled: &'a dyn Fn() -> bool,
}

impl Effort<'_> {
    fn node(&mut self) -> Result<(), Stop> {
        if self.nodes.is_multiple_of(PATIENCE) && (self.cancelled)() {
            return Err(Stop::Cancelled);
        }
        self.nodes += 1;
        if self.nodes > self.max_nodes { Err(Stop::GaveUp) } else { Ok(()) }
    }
}

/// A set of variables with their changes. Blanks are among them.
#[derive(Debug)]
pub(super) struct Support {
    pub(super) changes: Vec<(usize, i64)>,
    /// Variables that could change by another amount as well.
    pub(super) loose: Bits,
}

/// A search from a table with some residuals.
pub(super) struct Search<'a> {
    system: &'a System,
    root: &'a Root,
    observed: &'a [Option<i64>],
    residuals: &'a [i64],
    budget: usize,
    /// The smallest size that was too big for the budget.
    next: Option<usize>,
    trail: Vec<Pivot>,
    found: Vec<Support>,
}

/// What a search within a budget found.
pub(super) struct Found {
    /// All sets within the budget.
    pub(super) supports: Vec<Support>,
    /// The next budget with which there may be a set; `None` where there is none at all.
    pub(super) next: Option<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        (system, root): (&'a System, &'a Root),
        observed: &'a [Option<i64>],
        residuals: &'a [i64],
        budget: usize,
    ) -> Self {
        let (next, trail, found) = (None, Vec::new(), Vec::new());
        Self { system, root, observed, residuals, budget, next, trail, found }
    }

    /// All sets of as many variables as the budget; smaller ones must have been sought before.
    /// None is of the `fixed`: blanks, locked cells, cells that were changed already.
    pub(super) fn run(mut self, fixed: Bits, effort: &mut Effort) -> Result<Found, Stop> {
        // Most sets of slips leave more than the budget repairs.
        let least = self.root.least(self.residuals);
        if least > self.budget {
            effort.node()?;
            self.note(least);
        } else {
            self.visit(&self.root.at(self.residuals), fixed, effort)?;
        }
        Ok(Found { supports: self.found, next: self.next })
    }

    fn visit(
        &mut self,
        tableau: &Tableau,
        excluded: Bits,
        effort: &mut Effort,
    ) -> Result<(), Stop> {
        effort.node()?;
        let Some(mut violated) = violated(tableau, &excluded) else { return Ok(()) };
        if violated.is_empty() {
            return self.leaf();
        }
        violated.sort_by_key(|it| it.count);
        let spent = self.trail.len();
        let left = self.budget - spent;
        let least =
            bound::least(&violated, tableau, &self.system.balances, left, self.root.is_balanced);
        if least > left {
            self.note(spent + least);
            return Ok(());
        }
        let (first, row) = (violated[0].free, violated[0].row);
        if left == 1 {
            self.note(spent + 2);
            for variable in self.last(&violated, tableau) {
                let (_, pivot) = tableau.eliminate(variable, row, self.least(variable))?;
                self.trail.push(pivot);
                let found = self.leaf();
                self.trail.pop();
                found?;
            }
            return Ok(());
        }
        let mut excluded = excluded;
        for variable in by_hits(&first, &violated) {
            let (next, pivot) = tableau.eliminate(variable, row, self.least(variable))?;
            self.trail.push(pivot);
            excluded.insert(variable);
            let visited = self.visit(&next, excluded, effort);
            self.trail.pop();
            visited?;
        }
        Ok(())
    }

    /// The variables that alone may make all hold. Most nodes of a search would be of this sort,
    /// so they are found without eliminating anything.
    fn last(&self, violated: &[Violated], tableau: &Tableau) -> Vec<usize> {
        let in_all = violated[1..].iter().fold(violated[0].free, |it, other| it.and(&other.free));
        let held = tableau.rows.iter().filter(|it| it.value == 0);
        let in_held = held.fold(Bits::default(), |it, other| it.with(&other.line.variables));
        let alone = in_all.without(&in_held).iter();
        // Bounds alone leave open by how much.
        let row = violated.iter().find_map(|it| Some(&tableau.rows[it.row?]));
        let Some(row) = row else { return alone.collect() };
        let holds = |variable: &usize| {
            let coefficient = row.line.coefficient(*variable);
            let change = -row.value / coefficient;
            let after = |it: &Row| it.value + it.line.coefficient(*variable) * change;
            tableau.rows.iter().all(|it| after(it) == 0)
                && tableau.bounds.iter().chain(&self.least(*variable)).all(|it| after(it) >= 0)
        };
        alone.filter(holds).collect()
    }

    fn note(&mut self, size: usize) {
        self.next = Some(self.next.map_or(size, |it| it.min(size)));
    }

    /// A cell cannot fall below 0. What moves by a link is looked at with the cells.
    fn least(&self, variable: usize) -> Option<Row> {
        let value = (*self.observed.get(variable)?)?;
        Some(Row::at_least_zero(variable, value))
    }

    fn leaf(&mut self) -> Result<(), Stop> {
        let chosen: Bits = self.trail.iter().map(Pivot::variable).collect();
        let mut changes = vec![0; self.root.variables];
        changes.extend(self.residuals);
        let pivots = self.root.pivots.iter().chain(&self.trail).rev();
        let Some(solution) = Solution::of(changes, pivots, &self.root.blanks) else {
            return Ok(());
        };
        let variables = chosen.with(&self.root.blanks);
        let changes = variables.iter().map(|it| (it, solution.change(it))).collect();
        self.found.push(Support { changes, loose: solution.loose });
        if self.found.len() >= MOST_SETS { Err(Stop::GaveUp) } else { Ok(()) }
    }
}

/// The rows and bounds that do not hold; `None` where one has no variable left that may change.
fn violated(tableau: &Tableau, excluded: &Bits) -> Option<Vec<Violated>> {
    let rows = tableau.rows.iter().enumerate().filter(|it| it.1.value != 0);
    let bounds = tableau.bounds.iter().filter(|it| it.value < 0);
    let mut violated = Vec::with_capacity(tableau.rows.len());
    for (row, it) in rows.map(|it| (Some(it.0), it.1)).chain(bounds.map(|it| (None, it))) {
        let free = it.line.variables.without(excluded);
        let count = free.count();
        if count == 0 {
            return None;
        }
        violated.push(Violated { free, count, row });
    }
    Some(violated)
}

/// Variables, those first that are in most violated rows.
fn by_hits(free: &Bits, violated: &[Violated]) -> Vec<usize> {
    let hits = |variable: usize| violated.iter().filter(|it| it.free.contains(variable)).count();
    let mut variables: Vec<_> = free.iter().map(|it| (hits(it), it)).collect();
    variables.sort_by_key(|it| std::cmp::Reverse(it.0));
    variables.into_iter().map(|it| it.1).collect()
}
