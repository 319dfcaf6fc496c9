//! Sets of slips that may have happened together.

use super::Event;
use super::operations::Operation;

/// Slips of one set.
const DEEPEST: usize = 3;

/// Slips that are followed from each set, the most useful first.
const WIDEST: usize = 64;

/// Sets of one size that are looked at, the most useful first.
const MOST: usize = 600;

/// Slips that are repaired before single cells are sought.
#[derive(Debug)]
pub(super) struct Repaired {
    pub(super) events: Vec<Event>,
    /// Of each equation after the repair.
    pub(super) residuals: Vec<i64>,
    /// Equations that hold since.
    gain: usize,
    /// The operations after which others may follow.
    next: usize,
}

impl Repaired {
    /// No slips.
    pub(super) fn none(residuals: &[i64]) -> Self {
        Self { events: Vec::new(), residuals: residuals.to_vec(), gain: 0, next: 0 }
    }
}

/// Slips, and how sets are made of them.
pub(super) struct Slips<'a> {
    /// All slips that may have happened.
    pub(super) operations: Vec<Operation>,
    /// Whether an equation has no blank.
    pub(super) is_decided: &'a [bool],
}

impl Slips<'_> {
    /// The sets of so many slips that are one more than one of `sets` and lower the number of
    /// broken equations further.
    pub(super) fn larger<'a>(
        &self,
        sets: impl Iterator<Item = &'a Repaired>,
        size: usize,
    ) -> Vec<Repaired> {
        let smaller = sets.filter(|it| size <= DEEPEST && it.events.len() + 1 == size);
        let mut useful: Vec<_> = smaller.flat_map(|it| self.useful(it)).collect();
        useful.sort_by_key(|it| std::cmp::Reverse(it.0));
        useful.truncate(MOST);
        useful.into_iter().map(|(gain, set, index)| self.with(set, index, gain)).collect()
    }

    /// The most useful slips that can be added to a set, with the gain of all.
    fn useful<'a>(
        &self,
        set: &'a Repaired,
    ) -> impl Iterator<Item = (usize, &'a Repaired, usize)> + use<'a> {
        let rest = self.operations.iter().enumerate().skip(set.next);
        let rest = rest.filter_map(|(index, it)| Some((self.gain(it, set)?, index)));
        let mut useful: Vec<_> = rest.filter(|it| is_apart(&self.operations[it.1], set)).collect();
        useful.sort_by_key(|it| std::cmp::Reverse(it.0));
        let useful = useful.into_iter().take(WIDEST);
        useful.map(move |(gain, index)| (set.gain + gain, set, index))
    }

    fn with(&self, set: &Repaired, index: usize, gain: usize) -> Repaired {
        let operation = &self.operations[index];
        let mut residuals = set.residuals.clone();
        operation.effect.iter().for_each(|it| residuals[it.0] += it.1);
        let events = set.events.iter().chain([&operation.event]).cloned().collect();
        Repaired { events, residuals, gain, next: index + 1 }
    }

    /// How many more equations hold afterwards; `None` where it is of no use. The first one may
    /// also bring broken equations nearer without repairing one.
    fn gain(&self, operation: &Operation, set: &Repaired) -> Option<usize> {
        let (mut repaired, mut spoilt) = (0_usize, 0_usize);
        for (equation, change) in &operation.effect {
            if !self.is_decided[*equation] {
                continue;
            }
            match set.residuals[*equation] {
                0 => spoilt += 1,
                it if it + change == 0 => repaired += 1,
                _ => {}
            }
        }
        let gain = repaired.checked_sub(spoilt)?;
        (gain > 0 || (set.events.is_empty() && spoilt == 0)).then_some(gain)
    }
}

/// Whether an operation changes no cell that a set changes.
fn is_apart(operation: &Operation, set: &Repaired) -> bool {
    let mut taken = set.events.iter().flat_map(|it| &it.changes);
    !taken.any(|taken| operation.event.changes.iter().any(|it| it.0 == taken.0))
}
