//! The equalities of a table as integers.

use std::collections::BTreeMap;

use super::balance;
use crate::schema::{self, Along};
use crate::sums;

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

impl Equation {
    /// Its total, where that is one cell.
    pub(super) fn sole_total(&self) -> Option<usize> {
        match *self.total {
            [total] => Some(total),
            _ => None,
        }
    }
}

/// The addends of an equality side by side, and their total.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) along: Along,
    pub(super) cells: Vec<usize>,
    pub(super) total: usize,
}

impl Run {
    /// That of an equality whose addends are evenly spaced and have one total.
    fn of(equation: &Equation) -> Option<Self> {
        let mut cells = equation.terms.clone();
        cells.sort_unstable();
        let is_even = cells.windows(3).all(|it| it[1] - it[0] == it[2] - it[1]);
        let total = equation.sole_total().filter(|_| is_even)?;
        Some(Self { along: equation.along, cells, total })
    }
}

/// What moves together when a wrong number was carried into totals: one unknown amount.
#[derive(Debug)]
pub(super) struct Link {
    /// How much of the amount each equation sees.
    pub(super) effect: Vec<(usize, i64)>,
    /// Sets of cells with this effect; each cell with the sign with which it moves.
    pub(super) members: Vec<Vec<(usize, i64)>>,
}

/// Cells in grids, and equalities between them.
#[derive(Debug)]
pub struct System {
    /// Rows and columns of each grid.
    parts: Vec<(usize, usize)>,
    equations: Vec<Equation>,
    /// The equations of each cell, with its coefficient: 1 as a term, -1 as a total.
    pub(super) of_cell: Vec<Vec<(usize, i64)>>,
    /// Of each equation: its weights in all that must cancel out over a complete repair.
    pub(super) balances: Vec<Vec<i64>>,
    pub(super) links: Vec<Link>,
    /// Numbers that may stand one cell off.
    pub(super) runs: Vec<Run>,
    /// Equations that one cell or link can repair at most.
    pub(super) widest: usize,
    /// The total of the row that each cell is an addend of.
    pub(super) row_totals: Vec<Option<usize>>,
}

impl System {
    /// Grids of so many rows and columns each, and equalities between their cells, which are
    /// numbered row by row and grid by grid. Equalities that name other cells are left out.
    #[must_use]
    pub fn new(parts: Vec<(usize, usize)>, mut equations: Vec<Equation>) -> Self {
        let cells = parts.iter().map(|it| it.0 * it.1).sum();
        equations.retain(|it| it.total.iter().chain(&it.terms).all(|it| *it < cells));
        let mut of_cell = vec![Vec::new(); cells];
        for (index, equation) in equations.iter().enumerate() {
            let mut coefficients = BTreeMap::<usize, i64>::new();
            equation.terms.iter().for_each(|it| *coefficients.entry(*it).or_default() += 1);
            equation.total.iter().for_each(|it| *coefficients.entry(*it).or_default() -= 1);
            for (cell, coefficient) in coefficients.into_iter().filter(|it| it.1 != 0) {
                of_cell[cell].push((index, coefficient));
            }
        }
        let balances = balance::balances(equations.len(), &of_cell);
        let runs = equations.iter().filter_map(Run::of).collect();
        let (links, widest, row_totals) = (Vec::new(), 1, Vec::new());
        let mut system =
            Self { parts, equations, of_cell, balances, links, runs, widest, row_totals };
        system.row_totals = (0..cells).map(|it| system.total_of(it, Along::Row)).collect();
        system.links = system.links();
        let effects = system.of_cell.iter().chain(system.links.iter().map(|it| &it.effect));
        system.widest = effects.map(Vec::len).max().unwrap_or_default().max(1);
        system
    }

    /// That of a table of a form.
    #[must_use]
    pub fn of(table: &'static schema::Table) -> Self {
        let parts = table.parts.iter().map(|it| (it.rows.len(), it.columns.len())).collect();
        let equations = sums::resolved(table).iter().map(|it| Equation {
            along: table.equalities[it.equality].along,
            total: it.total.clone(),
            terms: it.terms.clone(),
        });
        Self::new(parts, equations.collect())
    }

    /// How many cells there are.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.of_cell.len()
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
    pub fn key(&self, cell: usize) -> (usize, usize, usize) {
        self.grid_of(cell).map_or((self.parts.len(), 0, cell), |(part, start, (_, columns))| {
            (part, (cell - start) / columns, (cell - start) % columns)
        })
    }

    /// The first cell of each grid, with its rows and columns.
    pub(super) fn grids(&self) -> impl Iterator<Item = (usize, (usize, usize))> {
        let mut first = 0;
        self.parts.iter().map(move |it| {
            let start = first;
            first += it.0 * it.1;
            (start, *it)
        })
    }

    /// The grid of a cell: which it is, its first cell, and its rows and columns.
    pub(super) fn grid_of(&self, cell: usize) -> Option<(usize, usize, (usize, usize))> {
        let mut grids = self.grids().enumerate().map(|(part, (start, size))| (part, start, size));
        grids.find(|(_, start, (rows, columns))| cell < start + rows * columns)
    }

    /// How much each equation sees of changes of cells; only those that see any.
    pub(super) fn effect(&self, changes: impl Iterator<Item = (usize, i64)>) -> Vec<(usize, i64)> {
        /// Of two cells, the most that slips change.
        const USUAL: usize = 8;
        let mut effect = Vec::with_capacity(USUAL);
        for (cell, change) in changes {
            for (equation, coefficient) in &self.of_cell[cell] {
                effect.push((*equation, coefficient * change));
            }
        }
        effect.sort_unstable_by_key(|it| it.0);
        effect.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
        effect.retain(|it| it.1 != 0);
        effect
    }

    /// The total of the one equation that adds up a cell in a direction.
    fn total_of(&self, cell: usize, along: Along) -> Option<usize> {
        let mut adding = self.of_cell[cell].iter().filter_map(|(index, coefficient)| {
            let equation = &self.equations[*index];
            (equation.along == along && *coefficient > 0).then(|| equation.sole_total())?
        });
        adding.next().filter(|_| adding.next().is_none())
    }

    /// A wrong number whose row total was computed from it, and all totals. Sets of cells that
    /// no equation can tell apart are one link: there are 18 in table 三, of some 270 sets.
    fn links(&self) -> Vec<Link> {
        let mut links = BTreeMap::<Vec<(usize, i64)>, Vec<Vec<(usize, i64)>>>::new();
        let mut add = |cells: &[usize]| {
            let effect = self.effect(cells.iter().map(|it| (*it, 1)));
            let Some(sign) = effect.first().map(|it| it.1.signum()) else { return };
            let effect = effect.iter().map(|it| (it.0, it.1 * sign)).collect();
            links.entry(effect).or_default().push(cells.iter().map(|it| (*it, sign)).collect());
        };
        for cell in 0..self.cells() {
            let Some(row) = self.row_totals[cell] else { continue };
            add(&[cell, row]);
            let column = self.total_of(cell, Along::Column);
            let grand = self.total_of(row, Along::Column);
            if let (Some(column), Some(grand)) = (column, grand) {
                add(&[cell, row, column, grand]);
            }
        }
        links.into_iter().map(|(effect, members)| Link { effect, members }).collect()
    }
}
