//! Slips that move several numbers at once and have no unknown in them.

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::lines::{Across, Line, Lines};
use super::system::{Equation, Run, System};
use super::{Event, EventKind, Problem};
use crate::schema::Along;

/// A slip and its repair.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// The repair.
    pub(super) event: Event,
    /// By how much it changes the residual of each equation.
    pub(super) effect: Vec<(usize, i64)>,
}

/// A table as the slips see it.
pub(super) struct Observed<'a> {
    system: &'a System,
    values: &'a [Option<i64>],
    /// Cells that are certainly right.
    locked: &'a [usize],
    /// Of each equation: terms less totals, blanks left out.
    pub(super) residuals: &'a [i64],
    /// Of each cell: whether a sum of it is broken.
    is_suspect: Vec<bool>,
}

/// Of so many broken sums, slips of whole rows and columns may leave one.
const MOST_LEFT: usize = 4;

/// Longest run of a column that is sought one row off, in steps.
const LONGEST_RUN: usize = 6;

impl<'a> Observed<'a> {
    pub(super) fn new(problem: &Problem<'a>, residuals: &'a [i64]) -> Self {
        let Problem { system, observed: values, locked, .. } = *problem;
        let is_broken = |it: &(usize, i64)| residuals[it.0] != 0;
        let is_suspect = system.of_cell.iter().map(|it| it.iter().any(is_broken)).collect();
        Self { system, values, locked, residuals, is_suspect }
    }

    fn value(&self, cell: usize) -> Option<i64> {
        self.values[cell].filter(|_| !self.locked.contains(&cell))
    }

    /// The operation that gives cells other values; `None` where no equation would see it.
    fn operation(&self, kind: EventKind, mut changes: Vec<(usize, i64)>) -> Option<Operation> {
        changes.retain(|it| self.values[it.0] != Some(it.1));
        if changes.iter().any(|it| self.value(it.0).is_none()) {
            return None;
        }
        let known = |it: &(usize, i64)| Some((it.0, it.1 - self.value(it.0)?));
        let effect = self.system.effect(changes.iter().filter_map(known));
        (!effect.is_empty()).then_some(Operation { event: Event { kind, changes }, effect })
    }

    /// All slips of a few cells that may have led to the observed values, and that a broken sum
    /// sees; if they are `alone`, of each cell that they move.
    pub(super) fn local(&self, alone: bool) -> Vec<Operation> {
        let mut operations = self.swaps(alone);
        operations.extend(self.system.runs.iter().flat_map(|it| self.shifts(it, alone)));
        let mut seen = FxHashSet::with_capacity_and_hasher(operations.len(), FxBuildHasher);
        let are_new: Vec<_> = operations.iter().map(|it| seen.insert(&*it.event.changes)).collect();
        let mut are_new = are_new.into_iter();
        operations.retain(|_| are_new.next() == Some(true));
        operations
    }

    /// Neighbours in each other's cells. A row's total is not typed beside a wrong neighbour.
    fn swaps(&self, alone: bool) -> Vec<Operation> {
        let is_row_total = |cell: usize| {
            let mut equations = self.system.of_cell[cell].iter();
            equations.any(|it| self.system.equations()[it.0].along == Along::Row && it.1 < 0)
        };
        let mut swaps = Vec::new();
        for (first, (rows, columns)) in self.system.grids() {
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |it| (row, it))) {
                let cell = first + row * columns + column;
                let right = (column + 1 < columns).then_some(cell + 1);
                let below = (row + 1 < rows).then_some(cell + columns);
                for other in right.into_iter().chain(below) {
                    let are_suspect = [cell, other].map(|it| self.is_suspect[it]);
                    // Of a table with one error, few pairs are.
                    if !is_seen(are_suspect.into_iter(), alone) {
                        continue;
                    }
                    let pair = self.value(cell).zip(self.value(other)).filter(|it| it.0 != it.1);
                    let Some((a, b)) = pair else { continue };
                    if is_row_total(cell) || is_row_total(other) {
                        continue;
                    }
                    swaps.extend(self.operation(EventKind::Swap, vec![(cell, b), (other, a)]));
                }
            }
        }
        swaps
    }

    /// Numbers of a sum that stand one cell off: a 0 slipped in at one end of a run and the
    /// number at the other end was lost. The total says what it was.
    fn shifts(&self, Run { along, cells, total }: &Run, alone: bool) -> Vec<Operation> {
        let (kind, longest, least) = match along {
            Along::Row => (EventKind::RowShift, cells.len(), 2),
            Along::Column => (EventKind::ColumnShift, LONGEST_RUN, 3),
        };
        let may_move = |cell: &usize| {
            if alone { self.is_broken_across(*cell, *along) } else { self.is_suspect[*cell] }
        };
        let is_suspect: Vec<_> = cells.iter().map(may_move).collect();
        let suspects = is_suspect.iter().filter(|it| **it).count();
        if suspects < if alone { least } else { 1 } {
            return Vec::new();
        }
        let values: Option<Vec<_>> = cells.iter().map(|it| self.values[*it]).collect();
        let Some((total, values)) = self.values[*total].zip(values) else { return Vec::new() };
        // What the sum lacks: one number moved out, and nothing but a 0 in.
        let lost = total - values.iter().sum::<i64>();
        if lost < 0 {
            return Vec::new();
        }
        let mut shifts = Vec::new();
        let spans = (0..cells.len()).flat_map(|start| {
            (start + least - 1..cells.len().min(start + longest + 1)).map(move |end| (start, end))
        });
        let spans = spans.filter(|it| values[it.0] == 0 || values[it.1] == 0);
        let spans = spans.filter(|it| is_suspect[it.0..=it.1].contains(&true));
        for ((start, end), is_on) in spans.flat_map(|it| [(it, true), (it, false)]) {
            if values[if is_on { start } else { end }] != 0 {
                continue;
            }
            let before = |at: usize| match at {
                _ if is_on && at < end => values[at + 1],
                _ if !is_on && at > start => values[at - 1],
                _ => lost,
            };
            // A shorter run says the same.
            if [start, end].iter().any(|it| before(*it) == values[*it]) {
                continue;
            }
            let moved = (start..=end).filter(|it| before(*it) != values[*it]);
            let is_seen = is_seen(moved.clone().map(|it| is_suspect[it]), alone);
            if is_seen && moved.clone().count() >= least {
                let changes = moved.map(|it| (cells[it], before(it))).collect();
                shifts.extend(self.operation(kind, changes));
            }
        }
        shifts
    }

    /// Whether all sums of a cell but those in a direction are broken. A slip along that, if it is
    /// alone, changes no other cell of them, so that it cannot have left one as it was.
    fn is_broken_across(&self, cell: usize, along: Along) -> bool {
        let is_broken = |it: &(usize, i64)| {
            self.residuals[it.0] != 0 || self.system.equations()[it.0].along == along
        };
        self.system.of_cell[cell].iter().all(is_broken)
    }

    /// Slips of whole rows and columns that explain most of many broken sums, if not all. They
    /// change no sum along what they move.
    pub(super) fn structural(&self) -> Vec<Operation> {
        let broken = self.residuals.iter().filter(|it| **it != 0).count();
        let mut found = Vec::new();
        for (start, (rows, columns)) in self.system.grids() {
            let by_row = Lines { start, count: rows, line: columns, across: columns, at: 1 };
            let by_column = Lines { start, count: columns, line: 1, across: rows, at: columns };
            let rows = (by_row, Along::Column, (EventKind::Rows, EventKind::RowsShift));
            let columns = (by_column, Along::Row, (EventKind::Columns, EventKind::ColumnsShift));
            for (grid, along, kinds) in [rows, columns] {
                if broken - self.broken(along).count() <= broken / MOST_LEFT {
                    found.extend(self.moved(&grid, kinds, &self.broken_across(&grid, along)));
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().map(|it| (self.left(&it), it)).collect();
        // Where one leaves nothing, no other explains as much.
        let leaves_nothing = found.iter().any(|it| it.0 == 0);
        let most = if leaves_nothing { 0 } else { broken / MOST_LEFT };
        found.retain(|it| it.0 <= most);
        found.into_iter().map(|it| it.1).collect()
    }

    /// How many sums are broken after an operation.
    fn left(&self, operation: &Operation) -> usize {
        let mut residuals = self.residuals.to_vec();
        for (equation, change) in &operation.effect {
            residuals[*equation] += change;
        }
        residuals.iter().filter(|it| **it != 0).count()
    }

    /// The broken sums in a direction.
    fn broken(&self, along: Along) -> impl Iterator<Item = &Equation> {
        let equations = self.system.equations().iter().zip(self.residuals);
        equations.filter(move |it| *it.1 != 0 && it.0.along == along).map(|it| it.0)
    }

    /// Those of them that lie across some lines.
    fn broken_across(&self, grid: &Lines, along: Along) -> Vec<Across> {
        self.broken(along).filter_map(|it| self.across(grid, it)).collect()
    }

    fn across(&self, grid: &Lines, equation: &Equation) -> Option<Across> {
        let mut coefficients = vec![0; grid.count];
        let (_, at) = grid.locate(*equation.terms.first()?)?;
        for (cells, sign) in [(&equation.terms, 1), (&equation.total, -1)] {
            for cell in cells {
                let (line, across) = grid.locate(*cell)?;
                coefficients[line] += if across == at { sign } else { return None };
            }
        }
        let values = (0..grid.count).map(|line| self.values[grid.cell(line, at)]);
        let lines = coefficients.into_iter().zip(values);
        let line = |(coefficient, value): (_, Option<_>)| Some(Line { coefficient, value: value? });
        Some(Across::new(lines.map(line).collect::<Option<_>>()?))
    }

    /// Whole lines in each other's place, or one off, as far as most of `broken` hold then.
    fn moved(
        &self,
        grid: &Lines,
        (swapped, shifted): (EventKind, EventKind),
        broken: &[Across],
    ) -> Vec<Operation> {
        /// With fewer, some cell is likelier to be wrong.
        const MANY: usize = 4;
        if broken.len() < MANY {
            return Vec::new();
        }
        let hold = |holds: &dyn Fn(&Across) -> bool| {
            let mut left = broken.iter().filter(|it| !holds(it));
            left.nth(broken.len() / MOST_LEFT).is_none()
        };
        let order: Vec<_> = (0..grid.count).collect();
        let mut moved = Vec::new();
        for (a, b) in (0..grid.count).flat_map(|a| (0..grid.count).map(move |b| (a, b))) {
            if a < b && hold(&|it| it.holds_swapped(a, b)) {
                let mut order = order.clone();
                order.swap(a, b);
                moved.extend(self.reordered(grid, swapped, &order));
            }
            if a.abs_diff(b) > 1 && hold(&|it| it.holds_shifted(a, b)) {
                let mut order = order.clone();
                let line = order.remove(a);
                order.insert(b, line);
                moved.extend(self.reordered(grid, shifted, &order));
            }
        }
        moved
    }

    /// Lines in another order: of each, whose numbers belong there.
    fn reordered(&self, grid: &Lines, kind: EventKind, order: &[usize]) -> Option<Operation> {
        let pairs = order.iter().enumerate().filter(|it| it.0 != *it.1);
        let cells = pairs.flat_map(|(to, from)| (0..grid.across).map(move |at| (to, *from, at)));
        let change = |(to, from, at)| Some((grid.cell(to, at), self.values[grid.cell(from, at)]?));
        self.operation(kind, cells.map(change).collect::<Option<_>>()?)
    }
}

/// Whether all cells are suspect, if a slip is alone; else whether any is.
fn is_seen(mut are_suspect: impl Iterator<Item = bool>, alone: bool) -> bool {
    if alone { are_suspect.all(|it| it) } else { are_suspect.any(|it| it) }
}
