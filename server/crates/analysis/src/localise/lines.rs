//! Rows and columns as a whole, and the sums that lie across them.

/// The rows of a grid, or its columns.
pub(super) struct Lines {
    /// The grid's first cell.
    pub(super) start: usize,
    /// How many there are.
    pub(super) count: usize,
    /// From a cell to the same one of the next line.
    pub(super) line: usize,
    /// The cells of each.
    pub(super) across: usize,
    /// From a cell to the next one of its line.
    pub(super) at: usize,
}

impl Lines {
    pub(super) fn cell(&self, line: usize, at: usize) -> usize {
        self.start + line * self.line + at * self.at
    }

    /// The line of a cell, and which of its cells it is.
    pub(super) fn locate(&self, cell: usize) -> Option<(usize, usize)> {
        let cell = cell.checked_sub(self.start).filter(|it| *it < self.count * self.across)?;
        let (long, short) = (self.line.max(self.at), self.line.min(self.at));
        let (major, minor) = (cell / long, cell % long / short);
        Some(if self.line > self.at { (major, minor) } else { (minor, major) })
    }
}

/// A sum across lines, and what lines in another order make of it.
pub(super) struct Across {
    lines: Vec<Line>,
    /// Terms less totals.
    residual: i64,
    /// By how much it changes where all lines up to each take the number of the next one.
    up: Vec<i64>,
    /// The same of the one before.
    down: Vec<i64>,
}

/// What a line is to a sum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) coefficient: i64,
    /// What stands there.
    pub(super) value: i64,
}

impl Line {
    /// By how much the sum changes where the line takes the number of another.
    fn with(self, other: Self) -> i64 {
        self.coefficient * (other.value - self.value)
    }
}

impl Across {
    pub(super) fn new(lines: Vec<Line>) -> Self {
        let residual = lines.iter().map(|it| it.coefficient * it.value).sum();
        let up = running(lines.windows(2).map(|it| it[0].with(it[1])));
        let down = running(lines.windows(2).map(|it| it[1].with(it[0])));
        Self { lines, residual, up, down }
    }

    /// Whether it holds with two lines in each other's place.
    pub(super) fn holds_swapped(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.lines[a], self.lines[b]);
        self.residual + a.with(b) + b.with(a) == 0
    }

    /// Whether it holds with one line in the place of another and those between one off.
    pub(super) fn holds_shifted(&self, from: usize, to: usize) -> bool {
        let passed =
            if from < to { self.up[to] - self.up[from] } else { self.down[from] - self.down[to] };
        self.residual + passed + self.lines[to].with(self.lines[from]) == 0
    }
}

/// The sums of none, of the first, of the first two, ….
fn running(changes: impl Iterator<Item = i64>) -> Vec<i64> {
    let sums = changes.scan(0, |sum, it| {
        *sum += it;
        Some(*sum)
    });
    [0].into_iter().chain(sums).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sum with the numbers of lines in another order.
    fn holds(lines: &[Line], order: &[usize]) -> bool {
        let terms = lines.iter().zip(order).map(|(line, at)| line.coefficient * lines[*at].value);
        terms.sum::<i64>() == 0
    }

    proptest! {
        #[test]
        fn moves_are_told_without_moving_anything(
            lines in proptest::collection::vec((-1_i64..2, 0_i64..4), 2..7),
            a in 0_usize..7,
            b in 0_usize..7,
        ) {
            let line = |(coefficient, value)| Line { coefficient, value };
            let lines: Vec<_> = lines.into_iter().map(line).collect();
            let (a, b) = (a % lines.len(), b % lines.len());
            let across = Across::new(lines.clone());
            let mut order: Vec<_> = (0..lines.len()).collect();
            order.swap(a, b);
            prop_assert_eq!(across.holds_swapped(a, b), holds(&lines, &order));
            order.swap(a, b);
            let line = order.remove(a);
            order.insert(b, line);
            prop_assert_eq!(across.holds_shifted(a, b), holds(&lines, &order));
        }
    }
}
