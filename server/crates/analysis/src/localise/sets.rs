//! Sets of slips that may have happened together.

use rustc_hash::FxHashMap;

use super::Event;
use super::operations::Operation;

/// Slips of one set.
pub(super) const DEEPEST: usize = 3;

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
    pub(super) gain: usize,
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
    operations: Vec<Operation>,
    /// Whether an equation has no blank.
    is_decided: &'a [bool],
    /// The operations that change an equation by an amount.
    changing: FxHashMap<(usize, i64), Vec<usize>>,
}

impl<'a> Slips<'a> {
    pub(super) fn new(operations: Vec<Operation>, is_decided: &'a [bool]) -> Self {
        let mut changing = FxHashMap::<_, Vec<_>>::default();
        for (index, operation) in operations.iter().enumerate() {
            for change in operation.effect.iter().filter(|it| is_decided[it.0]) {
                changing.entry(*change).or_default().push(index);
            }
        }
        Self { operations, is_decided, changing }
    }

    /// How many equations without a blank do not hold.
    pub(super) fn broken(&self, residuals: &[i64]) -> usize {
        residuals.iter().zip(self.is_decided).filter(|it| *it.0 != 0 && *it.1).count()
    }

    /// The sets of so many slips that are one more than one of `sets` and lower the number of
    /// broken equations further, and by no less than `least` in all.
    pub(super) fn larger<'s>(
        &self,
        sets: impl Iterator<Item = &'s Repaired>,
        size: usize,
        least: usize,
    ) -> Vec<Repaired> {
        let smaller = sets.filter(|it| size <= DEEPEST && it.events.len() + 1 == size);
        let mut useful: Vec<_> = smaller.flat_map(|it| self.useful(it, least)).collect();
        useful.sort_by_key(|it| std::cmp::Reverse(it.0));
        useful.truncate(MOST);
        useful.into_iter().map(|(gain, set, index)| self.with(set, index, gain)).collect()
    }

    /// The most useful slips that can be added to a set, with the gain of all.
    fn useful<'s>(
        &self,
        set: &'s Repaired,
        least: usize,
    ) -> impl Iterator<Item = (usize, &'s Repaired, usize)> + use<'s> {
        let all = self.candidates(set).into_iter();
        let all = all.filter_map(|it| Some((self.gain(&self.operations[it], set)?, it)));
        let all = all.filter(|it| set.gain + it.0 >= least);
        let mut useful: Vec<_> = all.filter(|it| is_apart(&self.operations[it.1], set)).collect();
        useful.sort_by_key(|it| std::cmp::Reverse(it.0));
        let useful = useful.into_iter().take(WIDEST);
        useful.map(move |(gain, index)| (set.gain + gain, set, index))
    }

    /// The operations that may be of use after a set: past the first, those that repair something.
    fn candidates(&self, set: &Repaired) -> Vec<usize> {
        if set.events.is_empty() {
            return (set.next..self.operations.len()).collect();
        }
        let broken = set.residuals.iter().enumerate().filter(|it| *it.1 != 0);
        let repairing = broken.filter_map(|it| self.changing.get(&(it.0, -it.1)));
        let mut repairing: Vec<_> =
            repairing.flatten().copied().filter(|it| *it >= set.next).collect();
        repairing.sort_unstable();
        repairing.dedup();
        repairing
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
