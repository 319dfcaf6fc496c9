//! The equalities of a table as integers.

use crate::schema::{self, Along};

/// `Σ total = Σ terms`, by cells.
#[derive(Clone, Debug)]
pub struct Equation {
    /// Whether it adds up a row or a column.
    pub along: Along,
    /// Usually one cell.
    pub total: Vec<usize>,
    /// The addends.
    pub terms: Vec<usize>,
}

/// Cells in grids, and equalities between them.
#[derive(Debug)]
pub struct System {
    /// Rows and columns of each grid, cells of which are numbered row by row.
    parts: Vec<(usize, usize)>,
    equations: Vec<Equation>,
}

impl System {
    /// Grids of so many rows and columns each, and equalities between their cells, which are
    /// numbered row by row and grid by grid.
    #[must_use]
    pub fn new(parts: Vec<(usize, usize)>, equations: Vec<Equation>) -> Self {
        Self { parts, equations }
    }

    /// That of a table of a form.
    #[must_use]
    pub fn of(table: &'static schema::Table) -> Self {
        let _ = table;
        Self::new(Vec::new(), Vec::new())
    }

    /// How many cells there are.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.parts.iter().map(|it| it.0 * it.1).sum()
    }

    /// The equalities.
    #[must_use]
    pub fn equations(&self) -> &[Equation] {
        &self.equations
    }

    /// The number of the cell in a part, row and column.
    #[must_use]
    pub fn index(&self, (part, row, column): (usize, usize, usize)) -> usize {
        let before: usize = self.parts[..part].iter().map(|it| it.0 * it.1).sum();
        before + row * self.parts[part].1 + column
    }

    /// The part, row and column of a cell.
    #[must_use]
    pub fn key(&self, mut cell: usize) -> (usize, usize, usize) {
        for (part, (rows, columns)) in self.parts.iter().enumerate() {
            if cell < rows * columns {
                return (part, cell / columns, cell % columns);
            }
            cell -= rows * columns;
        }
        (self.parts.len(), 0, cell)
    }
}
