//! The rows of a table.

use std::ops::Index;

use super::Cell;

/// Rows of cells. All cells stand in one list: a form has hundreds of cells in dozens of rows,
/// and a list for each row would cost more than to read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    cells: Vec<Cell>,
    /// Whether there is a first row.
    any: bool,
    /// The index of the first cell of each row after the first: most blocks are one row.
    breaks: Vec<u32>,
}

impl Rows {
    /// No rows, with room for some cells.
    pub(super) fn with_capacity(rows: usize, cells: usize) -> Self {
        Self { cells: Vec::with_capacity(cells), any: false, breaks: Vec::with_capacity(rows) }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        usize::from(self.any) + self.breaks.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &[Cell]> + ExactSizeIterator {
        (0..self.len()).map(|row| &self[row])
    }

    /// The cells of all rows, in order.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(super) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// Starts a row without cells.
    pub(super) fn start(&mut self) {
        if self.any {
            self.breaks.push(self.cells.len() as u32);
        }
        self.any = true;
    }

    /// Adds a cell to the last row.
    pub(super) fn push(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// The cells of the last row.
    pub(super) fn last(&mut self) -> &mut [Cell] {
        let start = self.last_start();
        &mut self.cells[start..]
    }

    /// Drops the first cell of the last row.
    pub(super) fn drop_first(&mut self) {
        let start = self.last_start();
        self.cells.remove(start);
    }

    /// Drops the last cell of the last row.
    pub(super) fn drop_last(&mut self) {
        self.cells.truncate(self.cells.len().saturating_sub(1).max(self.last_start()));
    }

    /// Keeps some cells of the last row.
    pub(super) fn retain(&mut self, keeps: impl Fn(&Cell) -> bool) {
        let cells = self.cells.split_off(self.last_start());
        self.cells.extend(cells.into_iter().filter(keeps));
    }

    /// Takes back the last row if it has no cells.
    pub(super) fn drop_empty(&mut self) {
        if self.last_start() == self.cells.len() {
            self.any = self.breaks.pop().is_some();
        }
    }

    /// Numbers the columns of the last row in order.
    pub(super) fn number(&mut self) {
        for (column, cell) in self.last().iter_mut().enumerate() {
            cell.column = column as u32;
        }
    }

    /// Ends spans at the last row.
    pub(super) fn cut_spans(&mut self) {
        let mut end = self.cells.len();
        for (below, row) in (0..self.len()).rev().enumerate() {
            let start = self.start_of(row);
            for cell in &mut self.cells[start..end] {
                cell.row_span = cell.row_span.min(below as u32 + 1);
            }
            end = start;
        }
    }

    fn last_start(&self) -> usize {
        self.breaks.last().map_or(0, |it| *it as usize)
    }

    fn start_of(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |it| self.breaks[it] as usize)
    }
}

impl Index<usize> for Rows {
    type Output = [Cell];

    fn index(&self, row: usize) -> &[Cell] {
        let end = self.breaks.get(row).map_or(self.cells.len(), |it| *it as usize);
        &self.cells[self.start_of(row)..end]
    }
}
