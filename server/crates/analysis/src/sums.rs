//! The equalities of a bound table: which hold, which are broken, which cannot be told.
//!
//! A blank, or a cell that holds no number, is never taken for 0. It is an unknown count,
//! 0 or more: a sum with one is broken only if no such count could repair it.

use rust_decimal::Decimal;

use crate::report::{Cell, Row, Table, Value};
use crate::schema::{self, Along, Equality};

/// A cell in an equality.
#[derive(Clone, Copy, Debug)]
pub struct Operand<'a> {
    /// Part, row and column in the schema.
    pub key: (usize, usize, usize),
    /// The cell, where the table has it.
    pub cell: Option<&'a Cell>,
}

impl Operand<'_> {
    /// The cell's number.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        number(self.cell?)
    }
}

/// The number in a cell.
#[must_use]
pub fn number(cell: &Cell) -> Option<Decimal> {
    cell.value.number()
}

/// One equality: the cells of `total` add up to what those of `terms` add up to.
#[derive(Clone, Debug)]
pub struct Sum<'a> {
    /// The schema's equality.
    pub equality: &'static Equality,
    /// Which of the table's equalities it is, for one row or column.
    pub(crate) index: usize,
    /// Usually one cell.
    pub total: Vec<Operand<'a>>,
    /// The addends.
    pub terms: Vec<Operand<'a>>,
}

/// Whether a sum holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does, or blanks could make it so.
    Holds,
    /// It does not: what `terms` and `total` add up to, blanks left out.
    Broken {
        /// Known addends.
        terms: Decimal,
        /// Known totals.
        total: Decimal,
    },
    /// It cannot be told, for want of numbers.
    Unknown,
}

impl State {
    fn of(terms: &Side, total: &Side) -> Self {
        let broken = match (terms.has_unknown, total.has_unknown) {
            (false, false) => terms.known != total.known,
            (true, false) => terms.known > total.known,
            (false, true) => total.known > terms.known,
            (true, true) => return Self::Unknown,
        };
        if broken {
            Self::Broken { terms: terms.known, total: total.known }
        } else if terms.has_unknown || total.has_unknown {
            Self::Unknown
        } else {
            Self::Holds
        }
    }
}

/// What one side adds up to.
struct Side {
    known: Decimal,
    has_unknown: bool,
}

fn side(operands: &[Operand], value: &dyn Fn(&Operand) -> Option<Decimal>) -> Side {
    let mut side = Side { known: Decimal::ZERO, has_unknown: false };
    for operand in operands {
        match value(operand) {
            Some(number) => side.known = side.known.saturating_add(number),
            None => side.has_unknown = true,
        }
    }
    side
}

/// What some cells add up to; `None` where the table has none of them.
fn add_up<'a>(cells: impl Iterator<Item = Option<&'a Cell>> + Clone) -> Option<Side> {
    let (mut has_cell, mut has_unknown) = (false, false);
    // Integers add up counts much sooner than decimals do.
    let mut count = Some(0_u64);
    for cell in cells.clone() {
        has_cell |= cell.is_some();
        match cell.map(|it| &it.value) {
            Some(Value::Count(it)) => count = count.and_then(|sum| sum.checked_add((*it).into())),
            Some(Value::Number(_)) => count = None,
            Some(Value::Blank | Value::Text) | None => has_unknown = true,
        }
    }
    let add = || cells.filter_map(|it| number(it?)).fold(Decimal::ZERO, Decimal::saturating_add);
    has_cell.then(|| Side { known: count.map_or_else(add, Decimal::from), has_unknown })
}

impl<'a> Sum<'a> {
    /// Whether it holds.
    #[must_use]
    pub fn state(&self) -> State {
        let side = |it: &[Operand]| add_up(it.iter().map(|it| it.cell));
        match (side(&self.terms), side(&self.total)) {
            (Some(terms), Some(total)) => State::of(&terms, &total),
            _ => State::Unknown,
        }
    }

    /// Whether it would hold with `value` of each cell; `None` is an unknown count.
    #[must_use]
    pub fn state_with(&self, value: &dyn Fn(&Operand) -> Option<Decimal>) -> State {
        State::of(&side(&self.terms, value), &side(&self.total, value))
    }

    /// Whether it certainly does not hold.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        matches!(self.state(), State::Broken { .. })
    }

    /// Totals, then addends.
    pub fn operands(&self) -> impl Iterator<Item = &Operand<'a>> {
        self.total.iter().chain(&self.terms)
    }

    /// Whether a blank or a text takes part.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        self.operands().any(|it| it.number().is_none())
    }

    /// Whether it holds with `value` of each cell, all of them known.
    #[must_use]
    pub fn holds_with(&self, value: &dyn Fn(&Operand) -> Option<Decimal>) -> bool {
        let target = self.target().and_then(|it| value(&it));
        target.is_some() && self.solve(value) == target
    }

    /// The cell that recomputing sets: the last total, 四、结转 in the printed 勾稽关系.
    #[must_use]
    pub fn target(&self) -> Option<Operand<'a>> {
        self.total.last().copied()
    }

    /// The value of [`Self::target`] that makes the sum hold, by `value` of the other cells;
    /// `None` where one of them is unknown or the value would be negative.
    #[must_use]
    pub fn solve(&self, value: &dyn Fn(&Operand) -> Option<Decimal>) -> Option<Decimal> {
        let (_, others) = self.total.split_last()?;
        let add = |operands: &[Operand]| {
            operands.iter().try_fold(Decimal::ZERO, |sum, it| sum.checked_add(value(it)?))
        };
        let solved = add(&self.terms)?.checked_sub(add(others)?)?;
        (solved >= Decimal::ZERO).then_some(solved)
    }
}

/// An equality of the form for one row or one column, its cells as [`schema::Table::index`] numbers
/// them.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// Index of the equality in the table.
    pub(crate) equality: usize,
    pub(crate) total: Vec<usize>,
    pub(crate) terms: Vec<usize>,
}

/// The equalities of a table of the form for each of its rows and columns.
pub(crate) fn resolved(table: &'static schema::Table) -> &'static [Resolved] {
    table.resolved.get_or_init(|| {
        let mut all = Vec::new();
        for (index, equality) in table.equalities.iter().enumerate() {
            for (part, it) in table.parts.iter().enumerate() {
                let (keys, others): (Vec<_>, _) = match equality.along {
                    Along::Row => (it.columns.iter().map(|it| &it.key).collect(), it.rows.len()),
                    Along::Column => (it.rows.iter().map(|it| &it.key).collect(), it.columns.len()),
                };
                let indices = |wanted: &[String]| {
                    let index = |key| keys.iter().position(|it| *it == key);
                    wanted.iter().map(index).collect::<Option<Vec<_>>>()
                };
                let (total, terms) = (indices(&equality.total), indices(&equality.terms));
                let (Some(total), Some(terms)) = (total, terms) else { continue };
                for other in 0..others {
                    let cell = |key: &usize| match equality.along {
                        Along::Row => table.index((part, other, *key)),
                        Along::Column => table.index((part, *key, other)),
                    };
                    let cells = |keys: &[usize]| keys.iter().map(cell).collect();
                    let (total, terms) = (cells(&total), cells(&terms));
                    all.push(Resolved { equality: index, total, terms });
                }
            }
        }
        all
    })
}

/// The cells of a table as [`schema::Table::index`] numbers them.
struct Grid<'a> {
    schema: &'static schema::Table,
    cells: Cells<'a>,
}

/// Where they are taken from.
enum Cells<'a> {
    /// The values of a table that has all rows of its form in their order, as most have.
    Whole(&'a [Option<Cell>]),
    /// Those that the table has.
    Some(Vec<Option<&'a Cell>>),
}

impl<'a> Grid<'a> {
    fn new(table: &'a Table) -> Self {
        let schema = table.schema;
        let start = |it: &Row| schema.index((it.part, it.row, 0));
        let count = schema.index((schema.parts.len(), 0, 0));
        let is_in_order = || table.rows.iter().all(|it| it.values.start == start(it));
        if table.values.len() == count && is_in_order() {
            return Self { schema, cells: Cells::Whole(&table.values) };
        }
        let mut cells = vec![None; count];
        for row in &table.rows {
            for (place, cell) in cells[start(row)..].iter_mut().zip(table.values(row)) {
                *place = place.or(cell.as_ref());
            }
        }
        Self { schema, cells: Cells::Some(cells) }
    }

    fn cell(&self, index: usize) -> Option<&'a Cell> {
        match &self.cells {
            Cells::Whole(values) => values[index].as_ref(),
            Cells::Some(cells) => cells[index],
        }
    }

    fn operand(&self, cell: usize) -> Operand<'a> {
        Operand { key: self.schema.key(cell), cell: self.cell(cell) }
    }

    /// Whether an equality holds.
    fn state(&self, it: &Resolved) -> State {
        // Most have a count in each cell.
        if let (Some(terms), Some(total)) = (self.count(&it.terms), self.count(&it.total)) {
            return if terms == total {
                State::Holds
            } else {
                State::Broken { terms: terms.into(), total: total.into() }
            };
        }
        let side = |cells: &[usize]| add_up(cells.iter().map(|it| self.cell(*it)));
        match (side(&it.terms), side(&it.total)) {
            (Some(terms), Some(total)) => State::of(&terms, &total),
            _ => State::Unknown,
        }
    }

    /// What some cells add up to that all hold counts.
    fn count(&self, cells: &[usize]) -> Option<u64> {
        cells.iter().try_fold(0_u64, |sum, it| match self.cell(*it)?.value {
            Value::Count(count) => sum.checked_add(count.into()),
            _ => None,
        })
    }
}

/// All equalities of a table that have a cell on each side, in the schema's order; others say
/// nothing.
#[must_use]
pub fn sums(table: &Table) -> Vec<Sum<'_>> {
    let grid = Grid::new(table);
    let operands = |cells: &[_]| cells.iter().map(|it| grid.operand(*it)).collect::<Vec<_>>();
    let has_cell = |it: &[Operand]| it.iter().any(|it| it.cell.is_some());
    let sums = resolved(table.schema).iter().enumerate().map(|(index, it)| Sum {
        index,
        equality: &table.schema.equalities[it.equality],
        total: operands(&it.total),
        terms: operands(&it.terms),
    });
    sums.filter(|it| has_cell(&it.total) && has_cell(&it.terms)).collect()
}

/// How many equalities of a table hold or do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Equalities that were checked.
    pub checks: usize,
    /// Those that do not hold.
    pub broken: usize,
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, it| Self {
            checks: sum.checks + it.checks,
            broken: sum.broken + it.broken,
        })
    }
}

/// Counts the equalities of a table without collecting them: most tables have no broken one.
#[must_use]
pub fn tally(table: &Table) -> Tally {
    let grid = Grid::new(table);
    let mut tally = Tally::default();
    for it in resolved(table.schema) {
        let state = grid.state(it);
        tally.checks += usize::from(state != State::Unknown);
        tally.broken += usize::from(matches!(state, State::Broken { .. }));
    }
    tally
}
