//! Right tables 三 of the 2021 form, and what goes wrong with such tables when people fill
//! them in: the cases of the localiser's tests and of its bench.

#![allow(dead_code, reason = "tests and bench use their own parts")]

use std::ops::Range;

use serde::Deserialize;

use super::Random;

/// Rows of the table: two of what came in, 21 results, their total, what is left over.
pub(crate) const ROWS: usize = 25;

/// Columns: six sorts of applicants and their total.
pub(crate) const COLUMNS: usize = 7;

const RESULTS: Range<usize> = 2..23;
const DONE: usize = 23;
const TOTAL: usize = COLUMNS - 1;

/// In hundredths: people ask far more often than anybody else.
const APPLICANTS: [u64; TOTAL] = [1600, 220, 8, 12, 35, 35];

/// In hundredths: what is granted, partly granted, denied (8), not available (3), not
/// handled (5), closed otherwise (3).
const ANSWERS: [u64; 21] = [
    1500, 600, 36, 36, 24, 150, 105, 90, 75, 105, 900, 150, 180, 270, 105, 24, 30, 45, 210, 24, 240,
];

/// How many attempts a damage gets before a table is taken to have no place for it.
const ATTEMPTS: usize = 200;

/// How much an agency is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) enum Size {
    /// 3 to 40 requests.
    #[serde(rename = "S")]
    Small,
    /// 50 to 600.
    #[serde(rename = "M")]
    Medium,
    /// 2 000 to 30 000.
    #[serde(rename = "L")]
    Large,
}

impl Size {
    pub(crate) const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    fn bounds(self) -> (u64, u64) {
        match self {
            Self::Small => (3, 40),
            Self::Medium => (50, 600),
            Self::Large => (2000, 30_000),
        }
    }
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Damage {
    /// A digit replaced, typed twice over or left out.
    Digit,
    /// Two digits exchanged.
    #[serde(rename = "transpose")]
    Transposition,
    /// A number exchanged with its neighbour.
    Slip,
    /// The rest of a row, without its total, one column to the right of where it belongs.
    #[serde(rename = "shift")]
    RowShift,
    Blank,
    /// A total that was added up wrongly.
    Total,
    /// Any other number.
    #[serde(rename = "random")]
    Arbitrary,
    /// The neighbour's number.
    Copy,
    /// Two numbers exchanged that are no neighbours.
    FarSwap,
    /// Some of a column one row below where they belong.
    #[serde(rename = "vshift")]
    ColumnShift,
    /// A digit, and the row's total computed from the wrong number.
    #[serde(rename = "propagate")]
    Propagated,
    /// Ten or a hundred times as much.
    #[serde(rename = "x10")]
    Scaled,
}

impl Damage {
    /// What the ranking of explanations was made for.
    pub(crate) const FIRST: [Self; 6] =
        [Self::Digit, Self::Transposition, Self::Slip, Self::RowShift, Self::Blank, Self::Total];

    /// What it was not made for.
    pub(crate) const SECOND: [Self; 6] = [
        Self::Arbitrary,
        Self::Copy,
        Self::FarSwap,
        Self::ColumnShift,
        Self::Propagated,
        Self::Scaled,
    ];
}

/// A table as it was meant and as it was written.
pub(crate) struct Damaged {
    pub(crate) truth: Vec<i64>,
    pub(crate) observed: Vec<Option<i64>>,
    pub(crate) damages: Vec<Damage>,
}

impl Damaged {
    /// A table with so many damages of these kinds; fewer where it has no place for more.
    pub(crate) fn new(random: &mut Random, size: Size, count: usize, kinds: &[Damage]) -> Self {
        let truth = right(random, size);
        let observed = truth.iter().copied().map(Some).collect();
        let mut damages = Vec::new();
        let mut draft = Draft { random, truth: &truth, observed };
        for _ in 0..ATTEMPTS {
            if damages.len() == count {
                break;
            }
            let damage = draft.random.pick(kinds);
            damages.extend(draft.damage(damage).map(|()| damage));
        }
        let observed = draft.observed;
        Self { truth, observed, damages }
    }

    /// The cells with a wrong number.
    pub(crate) fn wrong(&self) -> Vec<usize> {
        let is_wrong =
            |cell: &usize| self.observed[*cell].is_some_and(|it| it != self.truth[*cell]);
        (0..self.truth.len()).filter(is_wrong).collect()
    }

    /// Whether a repair sets cells to what was meant, and no wrong number stays.
    pub(crate) fn is_repaired_by(&self, changes: &[(usize, i64)]) -> bool {
        let all_right = changes.iter().all(|(cell, value)| self.truth[*cell] == *value);
        all_right && self.wrong().iter().all(|cell| changes.iter().any(|it| it.0 == *cell))
    }
}

/// The number of a cell: row by row.
pub(crate) fn cell(row: usize, column: usize) -> usize {
    row * COLUMNS + column
}

/// A table in which every sum holds.
pub(crate) fn right(random: &mut Random, size: Size) -> Vec<i64> {
    let (least, most) = size.bounds();
    // Twice as many requests are half as frequent.
    let smallest = least << random.below(u64::from((most / least).ilog2()) + 1);
    let requests = smallest + random.below(smallest.min(most + 1 - smallest));
    let received = spread(random, requests, APPLICANTS);
    let waiting = some(random, requests, 12);
    let carried_in = spread(random, waiting, APPLICANTS);
    let mut table = vec![0; ROWS * COLUMNS];
    for column in 0..TOTAL {
        let all = received[column] + carried_in[column];
        let carried_out = some(random, all, 10);
        let done = all - carried_out;
        let ends = [received[column], carried_in[column]];
        let values = ends.into_iter().chain(spread(random, done, ANSWERS));
        for (row, value) in values.chain([done, carried_out]).enumerate() {
            table[cell(row, column)] = value.cast_signed();
            table[cell(row, TOTAL)] += value.cast_signed();
        }
    }
    table
}

/// A small part of `all`, at most so many percent.
fn some(random: &mut Random, all: u64, percent: u64) -> u64 {
    let most = (all * percent + random.below(100)) / 100;
    random.below(most + 1)
}

/// `all` divided as Pólya's urn does: what came once comes more often, so that no two agencies
/// have the same shares. Many come in portions, which keeps large tables cheap.
fn spread<const N: usize>(random: &mut Random, all: u64, mut weights: [u64; N]) -> [u64; N] {
    let (mut counts, mut left) = ([0; N], all);
    while left > 0 {
        let portion = 1 + random.below(left / 40 + 1);
        let mut ball = random.below(weights.iter().sum());
        let drawn = weights.iter().position(|weight| {
            let is_here = ball < *weight;
            ball = ball.saturating_sub(*weight);
            is_here
        });
        let drawn = drawn.unwrap_or_default();
        counts[drawn] += portion;
        weights[drawn] += 100;
        left -= portion;
    }
    counts
}

/// A table that is being damaged.
struct Draft<'a> {
    random: &'a mut Random,
    truth: &'a [i64],
    observed: Vec<Option<i64>>,
}

impl Draft<'_> {
    /// Damages the table once; nothing where the place that was drawn does not suit.
    fn damage(&mut self, damage: Damage) -> Option<()> {
        match damage {
            Damage::Digit => self.digit(),
            Damage::Transposition => self.transposition(),
            Damage::Slip => self.slip(),
            Damage::RowShift => self.row_shift(),
            Damage::Blank => {
                let cell = self.any_cell(|_| true)?;
                self.observed[cell] = None;
                Some(())
            }
            Damage::Total => self.total(),
            Damage::Arbitrary => self.arbitrary(),
            Damage::Copy => self.copy(),
            Damage::FarSwap => self.far_swap(),
            Damage::ColumnShift => self.column_shift(),
            Damage::Propagated => self.propagated(),
            Damage::Scaled => {
                let cell = self.any_cell(|_| true)?;
                let scale = self.random.pick(&[10, 100]);
                self.set(cell, self.truth[cell] * scale)
            }
        }
    }

    /// Whether nothing happened to a cell yet.
    fn is_clean(&self, cell: usize) -> bool {
        self.observed[cell] == Some(self.truth[cell])
    }

    /// Writes a wrong number; a right one, or one that nobody would write, is no damage.
    fn set(&mut self, cell: usize, value: i64) -> Option<()> {
        (value >= 0 && value != self.truth[cell]).then(|| self.observed[cell] = Some(value))
    }

    /// Writes into clean cells what they did not say: all or, where nothing would change or a
    /// cell is damaged already, none.
    fn set_all(&mut self, cells: &[usize], values: &[i64]) -> Option<()> {
        let is_change = cells.iter().zip(values).any(|(cell, value)| self.truth[*cell] != *value);
        let is_clean = cells.iter().all(|cell| self.is_clean(*cell));
        (is_change && is_clean).then(|| {
            for (cell, value) in cells.iter().zip(values) {
                self.observed[*cell] = Some(*value);
            }
        })
    }

    /// One of the clean cells that suit; most often a number that is not 0, as errors are.
    fn any_cell(&mut self, suits: impl Fn(usize) -> bool) -> Option<usize> {
        let clean = (0..self.truth.len()).filter(|it| self.is_clean(*it) && suits(*it));
        let (zeros, others): (Vec<_>, Vec<_>) = clean.partition(|it| self.truth[*it] == 0);
        let only_others = !others.is_empty() && self.random.below(5) > 0;
        let cells = if only_others { others } else { [zeros, others].concat() };
        self.one_of(&cells)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| self.random.pick(all))
    }

    fn digit(&mut self) -> Option<()> {
        let cell = self.any_cell(|_| true)?;
        let wrong = typo(self.random, self.truth[cell]);
        self.set(cell, wrong)
    }

    fn transposition(&mut self) -> Option<()> {
        let exchanges = |cell: usize| {
            let text = self.truth[cell].to_string();
            (1..text.len()).map(move |at| {
                let mut digits = text.clone().into_bytes();
                digits.swap(at - 1, at);
                (cell, number(&digits))
            })
        };
        let clean = (0..self.truth.len()).filter(|it| self.is_clean(*it));
        let differs = |it: &(usize, i64)| self.truth[it.0] != it.1;
        let all: Vec<_> = clean.flat_map(exchanges).filter(differs).collect();
        let (cell, value) = self.one_of(&all)?;
        self.set(cell, value)
    }

    fn slip(&mut self) -> Option<()> {
        let step = if self.random.below(5) < 3 { (0, 1) } else { (1, 0) };
        self.exchange(|by| by == step)
    }

    fn far_swap(&mut self) -> Option<()> {
        self.exchange(|by| matches!(by, (0, 2..) | (2.., 0)))
    }

    /// Exchanges two numbers, none of them a total of a row.
    fn exchange(&mut self, is_apart: impl Fn((usize, usize)) -> bool) -> Option<()> {
        let (one, other) = self.pair(TOTAL, is_apart)?;
        self.set_all(&[one, other], &[self.truth[other], self.truth[one]])
    }

    /// Two clean cells in the first columns that differ and are so many rows and columns apart.
    fn pair(
        &mut self,
        columns: usize,
        is_apart: impl Fn((usize, usize)) -> bool,
    ) -> Option<(usize, usize)> {
        let clean = |it: &usize| it % COLUMNS < columns && self.is_clean(*it);
        let cells: Vec<_> = (0..self.truth.len()).filter(clean).collect();
        let rows_and_columns = |(one, other): (usize, usize)| {
            let column = |it| it % COLUMNS;
            (other / COLUMNS - one / COLUMNS, column(one).abs_diff(column(other)))
        };
        let others = |one| cells.iter().filter(move |it| **it > one).map(move |it| (one, *it));
        let suits = |it: &(usize, usize)| {
            self.truth[it.0] != self.truth[it.1] && is_apart(rows_and_columns(*it))
        };
        let pairs: Vec<_> = cells.iter().flat_map(|it| others(*it)).filter(suits).collect();
        self.one_of(&pairs)
    }

    fn row_shift(&mut self) -> Option<()> {
        let has_numbers = |row: &usize| (0..TOTAL).any(|it| self.truth[cell(*row, it)] != 0);
        let rows: Vec<_> = (0..ROWS).filter(has_numbers).collect();
        let row = self.one_of(&rows)?;
        let first = self.random.index(TOTAL);
        let cells: Vec<_> = (first..TOTAL).map(|it| cell(row, it)).collect();
        self.push_along(&cells)
    }

    fn column_shift(&mut self) -> Option<()> {
        let column = self.random.index(TOTAL);
        let first = RESULTS.start + self.random.index(RESULTS.len() - 2);
        let last = (first + 2 + self.random.index(4)).min(RESULTS.end - 1);
        let cells: Vec<_> = (first..=last).map(|it| cell(it, column)).collect();
        self.push_along(&cells)
    }

    /// Moves numbers to the next cell; a 0 comes in, the last one is lost.
    fn push_along(&mut self, cells: &[usize]) -> Option<()> {
        let old = cells.iter().map(|it| self.truth[*it]);
        let values: Vec<_> = std::iter::once(0).chain(old).take(cells.len()).collect();
        self.set_all(cells, &values)
    }

    fn total(&mut self) -> Option<()> {
        let is_total = |it: usize| it % COLUMNS == TOTAL || it / COLUMNS == DONE;
        let total = self.any_cell(is_total)?;
        let (row, column) = (total / COLUMNS, total % COLUMNS);
        let along_row = column == TOTAL && (row != DONE || self.random.below(2) == 0);
        let addends: Vec<_> = if along_row {
            (0..TOTAL).map(|it| cell(row, it)).collect()
        } else {
            RESULTS.map(|it| cell(it, column)).collect()
        };
        let addends: Vec<_> =
            addends.iter().map(|it| self.truth[*it]).filter(|it| *it > 0).collect();
        let forgotten = if self.random.below(5) < 3 { self.one_of(&addends) } else { None };
        let slip = self.random.pick(&[-10, -2, -1, 1, 2, 10]);
        self.set(total, self.truth[total] + forgotten.map_or(slip, |it| -it))
    }

    fn arbitrary(&mut self) -> Option<()> {
        let cell = self.any_cell(|_| true)?;
        let most = self.truth.iter().max().map_or(0, |it| it.cast_unsigned() * 2 / 5);
        let value = self.random.below(most.max(20));
        self.set(cell, value.cast_signed())
    }

    fn copy(&mut self) -> Option<()> {
        let (one, other) = self.pair(COLUMNS, |by| matches!(by, (0, 1) | (1, 0)))?;
        let (cell, neighbour) = self.random.pick(&[(one, other), (other, one)]);
        self.set(cell, self.truth[neighbour])
    }

    fn propagated(&mut self) -> Option<()> {
        let total = |it: usize| cell(it / COLUMNS, TOTAL);
        let clean: Vec<_> = (0..ROWS * COLUMNS).map(|it| self.is_clean(it)).collect();
        let input = self.any_cell(|it| it != total(it) && clean[total(it)])?;
        let wrong = typo(self.random, self.truth[input]);
        let sum = self.truth[total(input)] - self.truth[input] + wrong;
        self.set_all(&[input, total(input)], &[wrong, sum])
    }
}

/// A number with a digit replaced, added or left out.
fn typo(random: &mut Random, value: i64) -> i64 {
    let digits = value.to_string().into_bytes();
    let digit = b'0' + random.below(10) as u8;
    let mut wrong = digits.clone();
    match random.below(20) {
        0..11 => wrong[random.index(digits.len())] = digit,
        11..16 => wrong.insert(random.index(digits.len() + 1), digit),
        _ if digits.len() > 1 => drop(wrong.remove(random.index(digits.len()))),
        _ => return typo(random, value),
    }
    let wrong = number(&wrong);
    if wrong == value { typo(random, value) } else { wrong }
}

fn number(digits: &[u8]) -> i64 {
    digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}
