//! The equalities of a bound table: which hold, which are broken, which cannot be told.
//!
//! A blank, or a cell that holds no number, is never taken for 0. It is an unknown count,
//! 0 or more: a sum with one is broken only if no such count could repair it.

use rust_decimal::Decimal;

use crate::report::{Cell, Table, Value};
use crate::schema::{Along, Equality};

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
    match &cell.value {
        Value::Number(number) => Some(number.value),
        Value::Blank | Value::Text(_) => None,
    }
}

/// One equality: the cells of `total` add up to what those of `terms` add up to.
#[derive(Clone, Debug)]
pub struct Sum<'a> {
    /// The schema's equality.
    pub equality: &'static Equality,
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

/// What one side adds up to.
struct Side {
    known: Decimal,
    has_unknown: bool,
}

fn side(operands: &[Operand]) -> Side {
    let numbers = operands.iter().filter_map(Operand::number);
    let known = numbers.fold(Decimal::ZERO, Decimal::saturating_add);
    Side { known, has_unknown: operands.iter().any(|it| it.number().is_none()) }
}

impl<'a> Sum<'a> {
    /// Whether it holds.
    #[must_use]
    pub fn state(&self) -> State {
        let (terms, total) = (side(&self.terms), side(&self.total));
        let broken = match (terms.has_unknown, total.has_unknown) {
            (false, false) => terms.known != total.known,
            (true, false) => terms.known > total.known,
            (false, true) => total.known > terms.known,
            (true, true) => return State::Unknown,
        };
        if broken {
            State::Broken { terms: terms.known, total: total.known }
        } else if terms.has_unknown || total.has_unknown {
            State::Unknown
        } else {
            State::Holds
        }
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

/// All equalities of a table whose rows and columns it has, in the schema's order.
#[must_use]
pub fn sums(table: &Table) -> Vec<Sum<'_>> {
    let mut sums = Vec::new();
    for equality in &table.schema.equalities {
        match equality.along {
            Along::Row => along_rows(table, equality, &mut sums),
            Along::Column => along_columns(table, equality, &mut sums),
        }
    }
    sums
}

fn along_rows<'a>(table: &'a Table, equality: &'static Equality, sums: &mut Vec<Sum<'a>>) {
    for row in &table.rows {
        let part = &table.schema.parts[row.part];
        let operand = |key: &String| {
            let column = part.columns.iter().position(|it| it.key == *key)?;
            let cell = row.values.get(column).and_then(Option::as_ref);
            Some(Operand { key: (row.part, row.row, column), cell })
        };
        let operands = |keys: &[String]| keys.iter().map(operand).collect::<Option<Vec<_>>>();
        push(sums, equality, operands(&equality.total), operands(&equality.terms));
    }
}

fn along_columns<'a>(table: &'a Table, equality: &'static Equality, sums: &mut Vec<Sum<'a>>) {
    for (part_index, part) in table.schema.parts.iter().enumerate() {
        for column in 0..part.columns.len() {
            let operand = |key: &String| {
                let row = part.rows.iter().position(|it| it.key == *key)?;
                let bound = table.rows.iter().find(|it| (it.part, it.row) == (part_index, row));
                let cell = bound.and_then(|it| it.values.get(column)).and_then(Option::as_ref);
                Some(Operand { key: (part_index, row, column), cell })
            };
            let operands = |keys: &[String]| keys.iter().map(operand).collect::<Option<Vec<_>>>();
            push(sums, equality, operands(&equality.total), operands(&equality.terms));
        }
    }
}

/// Keeps a sum that has a cell on each side; others say nothing.
fn push<'a>(
    sums: &mut Vec<Sum<'a>>,
    equality: &'static Equality,
    total: Option<Vec<Operand<'a>>>,
    terms: Option<Vec<Operand<'a>>>,
) {
    let (Some(total), Some(terms)) = (total, terms) else { return };
    let has_cell = |it: &[Operand]| it.iter().any(|it| it.cell.is_some());
    if has_cell(&total) && has_cell(&terms) {
        sums.push(Sum { equality, total, terms });
    }
}
