//! Where a search starts: the equations of a table from which its blanks are eliminated.

use std::rc::Rc;

use super::bits::{self, Bits};
use super::bound;
use super::system::System;
use super::tableau::{Line, Overflow, Pivot, Row, Tableau};

/// Blanks that are solved for. Of a table with more, only the equations without blanks count.
const MOST_BLANKS: usize = 40;

/// The equations of a table without its blanks, for any residuals.
#[derive(Debug)]
pub(super) struct Root {
    /// Cells, then links.
    pub(super) variables: usize,
    rows: Vec<Derived>,
    bounds: Vec<Derived>,
    /// How the blanks were eliminated. The residual of an equation is a variable after all
    /// others here.
    pub(super) pivots: Vec<Pivot>,
    /// Blanks that were eliminated.
    pub(super) blanks: Bits,
    /// Whether what balances over all cells still does: all equations count, and no blank makes
    /// up for what is missing in its only one.
    pub(super) is_balanced: bool,
}

/// A row whose number is a sum of residuals.
#[derive(Debug)]
struct Derived {
    line: Rc<Line>,
    residuals: Vec<(usize, i64)>,
    equation: usize,
}

impl Root {
    /// Starts from a table. Links take part if asked for.
    pub(super) fn new(
        system: &System,
        observed: &[Option<i64>],
        with_links: bool,
    ) -> Result<Self, Overflow> {
        let links = if with_links { &*system.links } else { &[] };
        let variables = system.cells() + links.len();
        let equations = system.equations();
        if variables + equations.len() > bits::MOST {
            return Err(Overflow);
        }
        let is_blank =
            |cell: &usize| observed[*cell].is_none() && !system.of_cell[*cell].is_empty();
        let mut blanks: Bits = (0..system.cells()).filter(is_blank).collect();
        let mut is_active = vec![true; equations.len()];
        let mut is_balanced = blanks.iter().all(|it| system.of_cell[it].len() > 1);
        if blanks.count() as usize > MOST_BLANKS {
            for (index, it) in equations.iter().enumerate() {
                is_active[index] = !it.total.iter().chain(&it.terms).any(is_blank);
            }
            (blanks, is_balanced) = (Bits::default(), false);
        }
        let mut terms: Vec<_> = (0..equations.len()).map(|it| vec![(variables + it, 1)]).collect();
        let cells = system.of_cell.iter();
        for (variable, effect) in cells.chain(links.iter().map(|it| &it.effect)).enumerate() {
            for (equation, coefficient) in effect {
                terms[*equation].push((variable, *coefficient));
            }
        }
        let row = |(equation, terms)| Row { line: Rc::new(Line::new(terms)), value: 0, equation };
        let rows = terms.into_iter().enumerate().filter(|it| is_active[it.0]).map(row);
        let mut tableau = Tableau { rows: rows.collect(), bounds: Vec::new() };
        let mut pivots = Vec::new();
        for blank in blanks.iter() {
            let least = Some(Row::at_least_zero(blank, 0));
            let (next, pivot) = tableau.eliminate(blank, None, least)?;
            tableau = next;
            pivots.push(pivot);
        }
        let derived = |it: Vec<Row>| it.iter().map(|it| Derived::new(it, variables)).collect();
        let (rows, bounds) = (derived(tableau.rows), derived(tableau.bounds));
        Ok(Self { variables, rows, bounds, pivots, blanks, is_balanced })
    }

    /// How many variables must change at least, at a glance.
    pub(super) fn least(&self, residuals: &[i64]) -> usize {
        let broken = self.rows.iter().filter(|it| it.value(residuals) != 0);
        bound::packing(broken.map(|it| &it.line.variables))
    }

    /// The equations for a table with these residuals.
    pub(super) fn at(&self, residuals: &[i64]) -> Tableau {
        let all = |it: &[Derived]| it.iter().map(|it| it.at(residuals)).collect();
        Tableau { rows: all(&self.rows), bounds: all(&self.bounds) }
    }
}

impl Derived {
    fn new(row: &Row, variables: usize) -> Self {
        let at = row.line.terms.partition_point(|it| it.0 < variables);
        let (terms, residuals) = row.line.terms.split_at(at);
        Self {
            line: Rc::new(Line::new(terms.to_vec())),
            residuals: residuals.iter().map(|it| (it.0 - variables, it.1)).collect(),
            equation: row.equation,
        }
    }

    fn value(&self, residuals: &[i64]) -> i64 {
        self.residuals.iter().map(|it| residuals[it.0] * it.1).sum()
    }

    fn at(&self, residuals: &[i64]) -> Row {
        let line = Rc::clone(&self.line);
        Row { line, value: self.value(residuals), equation: self.equation }
    }
}
