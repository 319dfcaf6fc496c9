//! Slips that move several numbers at once and have no unknown in them.

use rustc_hash::FxHashSet;

use super::system::{Equation, System};
use super::{Event, EventKind};
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
    pub(super) system: &'a System,
    pub(super) values: &'a [Option<i64>],
    /// Cells that are certainly right.
    pub(super) locked: &'a [usize],
    /// Of each equation: terms less totals, blanks left out.
    pub(super) residuals: &'a [i64],
}

/// Longest run of a column that is sought one row off, in steps.
const LONGEST_RUN: usize = 6;

impl Observed<'_> {
    fn value(&self, cell: usize) -> Option<i64> {
        self.values[cell].filter(|_| !self.locked.contains(&cell))
    }

    /// Whether a sum of the cell is broken. Slips that no broken sum sees are not looked at.
    fn is_suspect(&self, cell: usize) -> bool {
        self.system.of_cell[cell].iter().any(|it| self.residuals[it.0] != 0)
    }

    /// The operation that gives cells other values; `None` where no equation would see it.
    fn operation(&self, kind: EventKind, mut changes: Vec<(usize, i64)>) -> Option<Operation> {
        changes.retain(|it| self.values[it.0] != Some(it.1));
        let known = |it: &(usize, i64)| Some((it.0, it.1 - self.value(it.0)?));
        let differences = changes.iter().map(known).collect::<Option<Vec<_>>>()?;
        let effect = self.system.effect(differences.into_iter());
        (!effect.is_empty()).then_some(Operation { event: Event { kind, changes }, effect })
    }

    /// All slips of a few cells that may have led to the observed values.
    pub(super) fn local(&self) -> Vec<Operation> {
        let mut operations = self.swaps();
        operations.extend(self.system.equations().iter().flat_map(|it| self.shifts(it)));
        let mut seen = FxHashSet::default();
        operations.retain(|it| seen.insert(it.event.changes.clone()));
        operations
    }

    /// Neighbours in each other's cells. A row's total is not typed beside a wrong neighbour.
    fn swaps(&self) -> Vec<Operation> {
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
                    let pair = self.value(cell).zip(self.value(other)).filter(|it| it.0 != it.1);
                    let Some((a, b)) = pair else { continue };
                    let is_suspect = self.is_suspect(cell) || self.is_suspect(other);
                    if !is_suspect || is_row_total(cell) || is_row_total(other) {
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
    fn shifts(&self, equation: &Equation) -> Vec<Operation> {
        let mut cells = equation.terms.clone();
        cells.sort_unstable();
        let is_even = cells.windows(3).all(|it| it[1] - it[0] == it[2] - it[1]);
        let total = equation.sole_total().and_then(|it| self.values[it]);
        let values: Option<Vec<_>> = cells.iter().map(|it| self.values[*it]).collect();
        let (Some(total), Some(values), true) = (total, values, is_even) else {
            return Vec::new();
        };
        let sum: i64 = values.iter().sum();
        let (kind, longest, least) = match equation.along {
            Along::Row => (EventKind::RowShift, cells.len(), 2),
            Along::Column => (EventKind::ColumnShift, LONGEST_RUN, 3),
        };
        let is_suspect: Vec<_> = cells.iter().map(|it| self.is_suspect(*it)).collect();
        let mut shifts = Vec::new();
        for start in 0..cells.len() {
            for end in start + 2..cells.len().min(start + longest + 1) {
                let is_zero = values[start..=end].iter().all(|it| *it == 0);
                if (is_zero && sum == total) || !is_suspect[start..=end].contains(&true) {
                    continue;
                }
                for shifted in [forward(&values[start..=end]), back(&values[start..=end])] {
                    let Some((mut run, lost)) = shifted else { continue };
                    let others = sum - values[start..=end].iter().sum::<i64>();
                    run[lost] = total - others - run.iter().sum::<i64>();
                    if run[lost] < 0 {
                        continue;
                    }
                    let changes = cells[start..=end].iter().copied().zip(run).collect();
                    shifts.extend(self.operation(kind, changes));
                }
            }
        }
        shifts.retain(|it| it.event.changes.len() >= least);
        shifts
    }

    /// Slips of whole rows and columns that alone explain all that is broken. They change no
    /// sum along what they move, so they are sought only where all broken sums are across.
    pub(super) fn structural(&self) -> Vec<Operation> {
        /// With fewer, some cell is likelier to be wrong.
        const MANY: usize = 4;
        let equations = self.system.equations().iter();
        let broken: Vec<_> = equations.zip(self.residuals).filter(|it| *it.1 != 0).collect();
        let Some((first, _)) = broken.first().filter(|_| broken.len() >= MANY) else {
            return Vec::new();
        };
        if broken.iter().any(|it| it.0.along != first.along) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (start, (rows, columns)) in self.system.grids() {
            let grid = match first.along {
                Along::Column => {
                    Lines { start, count: rows, line: columns, across: columns, at: 1 }
                }
                Along::Row => Lines { start, count: columns, line: 1, across: rows, at: columns },
            };
            let kinds = match first.along {
                Along::Column => (EventKind::Rows, EventKind::RowsShift),
                Along::Row => (EventKind::Columns, EventKind::ColumnsShift),
            };
            found.extend(self.moved(&grid, kinds, first));
        }
        found.retain(|it| self.repairs_all(it));
        found
    }

    fn repairs_all(&self, operation: &Operation) -> bool {
        let broken = self.residuals.iter().enumerate().filter(|it| *it.1 != 0);
        broken.map(|it| (it.0, -it.1)).eq(operation.effect.iter().copied())
    }

    /// Whole lines in each other's place, or one off, as far as `broken` would hold then.
    fn moved(
        &self,
        grid: &Lines,
        (swapped, shifted): (EventKind, EventKind),
        broken: &Equation,
    ) -> Vec<Operation> {
        let mut coefficients = vec![0; grid.count];
        let mut at = None;
        for (cells, sign) in [(&broken.terms, 1), (&broken.total, -1)] {
            for cell in cells {
                let Some((line, across)) = grid.locate(*cell) else { return Vec::new() };
                if *at.get_or_insert(across) != across {
                    return Vec::new();
                }
                coefficients[line] += sign;
            }
        }
        let value = |line| self.values[grid.cell(line, at?)];
        let Some(values) = (0..grid.count).map(value).collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        let holds = |order: &[usize]| {
            let terms = order.iter().zip(&coefficients).map(|(from, by)| by * values[*from]);
            terms.sum::<i64>() == 0
        };
        let mut moved = Vec::new();
        let mut add = |kind, order: &[usize]| {
            if holds(order) {
                moved.extend(self.reordered(grid, kind, order));
            }
        };
        let order: Vec<_> = (0..grid.count).collect();
        for (a, b) in (0..grid.count).flat_map(|a| (0..grid.count).map(move |b| (a, b))) {
            let mut order = order.clone();
            if a < b {
                order.swap(a, b);
                add(swapped, &order);
                order.swap(a, b);
            }
            if a.abs_diff(b) > 1 {
                let line = order.remove(a);
                order.insert(b, line);
                add(shifted, &order);
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

/// The rows of a grid, or its columns.
struct Lines {
    /// The grid's first cell.
    start: usize,
    /// How many there are.
    count: usize,
    /// From a cell to the same one of the next line.
    line: usize,
    /// The cells of each.
    across: usize,
    /// From a cell to the next one of its line.
    at: usize,
}

impl Lines {
    fn cell(&self, line: usize, at: usize) -> usize {
        self.start + line * self.line + at * self.at
    }

    /// The line of a cell, and which of its cells it is.
    fn locate(&self, cell: usize) -> Option<(usize, usize)> {
        let cell = cell.checked_sub(self.start).filter(|it| *it < self.count * self.across)?;
        let (long, short) = (self.line.max(self.at), self.line.min(self.at));
        let (major, minor) = (cell / long, cell % long / short);
        Some(if self.line > self.at { (major, minor) } else { (minor, major) })
    }
}

/// What stood before numbers moved to the right, and where the lost one was.
fn forward(run: &[i64]) -> Option<(Vec<i64>, usize)> {
    let (slipped, rest) = run.split_first()?;
    (*slipped == 0).then(|| ([rest, &[0]].concat(), rest.len()))
}

/// What stood before numbers moved to the left, and where the lost one was.
fn back(run: &[i64]) -> Option<(Vec<i64>, usize)> {
    let (slipped, rest) = run.split_last()?;
    (*slipped == 0).then(|| ([&[0], rest].concat(), 0))
}
