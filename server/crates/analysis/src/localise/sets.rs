//! Sets of slips that may have happened together.

use super::Event;
use super::operations::Operation;

/// Slips of one set.
const DEEPEST: usize = 3;

/// Slips that are followed from each set, the most useful first.
const WIDEST: usize = 24;

/// Sets that are looked at.
const MOST: usize = 160;

/// Slips that are repaired before single cells are sought.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) events: Vec<Event>,
    /// Of each equation after the repair.
    pub(super) residuals: Vec<i64>,
}

impl Repaired {
    /// Nothing is repaired.
    pub(super) fn nothing(residuals: &[i64]) -> Self {
        Self { events: Vec::new(), residuals: residuals.to_vec() }
    }
}

/// Sets of slips each of which lowers the number of broken equations, the empty one first.
/// `is_decided` says of each equation whether it has no blank.
pub(super) fn sets(
    operations: &[Operation],
    residuals: &[i64],
    is_decided: &[bool],
) -> Vec<Repaired> {
    let none = Repaired::nothing(residuals);
    let mut sets = Sets { operations, is_decided, found: vec![none] };
    sets.extend(0, &[], residuals);
    sets.found
}

struct Sets<'a> {
    operations: &'a [Operation],
    is_decided: &'a [bool],
    found: Vec<Repaired>,
}

impl Sets<'_> {
    /// Adds all sets that have `chosen` and something from `start` on.
    fn extend(&mut self, start: usize, chosen: &[usize], residuals: &[i64]) {
        let mut useful: Vec<_> = (start..self.operations.len())
            .filter(|it| self.is_apart(*it, chosen))
            .filter_map(|it| Some((self.gain(it, residuals, chosen.is_empty())?, it)))
            .collect();
        useful.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1));
        for (_, index) in useful.into_iter().take(WIDEST) {
            if self.found.len() >= MOST {
                return;
            }
            let mut residuals = residuals.to_vec();
            self.operations[index].effect.iter().for_each(|it| residuals[it.0] += it.1);
            let chosen = [chosen, &[index]].concat();
            let events = chosen.iter().map(|it| self.operations[*it].event.clone()).collect();
            self.found.push(Repaired { events, residuals: residuals.clone() });
            if chosen.len() < DEEPEST && residuals.iter().any(|it| *it != 0) {
                self.extend(index + 1, &chosen, &residuals);
            }
        }
    }

    /// Whether an operation changes no cell that the chosen ones change.
    fn is_apart(&self, index: usize, chosen: &[usize]) -> bool {
        let cells = |index: usize| self.operations[index].event.changes.iter().map(|it| it.0);
        let mut taken = chosen.iter().flat_map(|it| cells(*it));
        !taken.any(|cell| cells(index).any(|it| it == cell))
    }

    /// How many more equations hold afterwards; `None` where it is of no use. The first one may
    /// also bring broken equations nearer without repairing one.
    fn gain(&self, index: usize, residuals: &[i64], is_first: bool) -> Option<usize> {
        let (mut repaired, mut spoilt) = (0_usize, 0_usize);
        for (equation, change) in &self.operations[index].effect {
            if !self.is_decided[*equation] {
                continue;
            }
            match residuals[*equation] {
                0 => spoilt += 1,
                it if it + change == 0 => repaired += 1,
                _ => {}
            }
        }
        let gain = repaired.checked_sub(spoilt)?;
        (gain > 0 || (is_first && spoilt == 0)).then_some(gain)
    }
}
