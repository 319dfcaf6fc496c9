//! From a table to its explanations: slips first, single cells and links for the rest, by
//! iterative deepening over the number of events.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::operations::Observed;
use super::rank::{self, Measure};
use super::root::Root;
use super::search::{Effort, Found, Search, Stop, Support};
use super::sets::{DEEPEST, Repaired, Slips};
use super::{Event, EventKind, Explanation, MOST_OFFERED, Problem, moved};

/// Greater numbers are no counts, and their sums might not fit.
const GREATEST: i64 = 1_000_000_000_000;

/// More explanations of one size are of no help. Three numbers carried into totals have some
/// nine thousand.
const MOST_EXPLANATIONS: usize = 1_000;

/// Sums that a few slips break. Of more, no explanation is short enough to be offered, but for
/// rows or columns moved as a whole; and to search for one at each key would be felt.
const MOST_BROKEN: usize = 16;

/// All smallest explanations, the likeliest first: none where all holds, `None` where there
/// are none of [`MOST_OFFERED`] events.
pub(super) fn explain(
    problem: &Problem,
    effort: &mut Effort,
) -> Result<Option<Vec<Explanation>>, Stop> {
    let is_count = |it: &i64| (0..=GREATEST).contains(it);
    let observed = problem.observed;
    if observed.len() != problem.system.cells() || !observed.iter().flatten().all(is_count) {
        return Err(Stop::GaveUp);
    }
    let state = State::of(problem);
    if !problem.only_cells {
        let moves = Observed::new(problem, &state.residuals).structural();
        let found = moved::explain_moved(problem, &moves, effort)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    if state.broken() > MOST_BROKEN {
        return Err(Stop::GaveUp);
    }
    in_place(problem, &state, effort)
}

/// The same, of a table whose rows and columns are where they belong.
pub(super) fn in_place(
    problem: &Problem,
    State { residuals, is_decided }: &State,
    effort: &mut Effort,
) -> Result<Option<Vec<Explanation>>, Stop> {
    let has_blank = is_decided.contains(&false);
    if !has_blank && residuals.iter().all(|it| *it == 0) {
        return Ok(Some(Vec::new()));
    }
    let (system, observed) = (problem.system, problem.observed);
    let slips = Observed::new(problem, residuals);
    let explainer = Explainer { problem, measure: Measure::new(system, observed) };
    if !has_blank {
        let found = explainer.single(&slips)?;
        if !found.is_empty() {
            return Ok(Some(explainer.ranked(found)));
        }
    }
    let operations = if problem.only_cells { Vec::new() } else { slips.local(false) };
    let slips = Slips::new(operations, is_decided);
    let root = Root::new(system, observed, !problem.only_cells)?;
    let least = if has_blank { 0 } else { 2 };
    let found = explainer.smallest(least, (&root, &slips), residuals, effort)?;
    Ok((!found.is_empty()).then(|| explainer.ranked(found)))
}

/// The equations of a table as it is.
pub(super) struct State {
    /// Of each: terms less totals, blanks left out.
    residuals: Vec<i64>,
    /// Of each: whether it has no blank.
    is_decided: Vec<bool>,
}

impl State {
    pub(super) fn of(problem: &Problem) -> Self {
        let mut residuals = vec![0; problem.system.equations().len()];
        let mut is_decided = vec![true; residuals.len()];
        for (equations, value) in problem.system.of_cell.iter().zip(problem.observed) {
            for (equation, coefficient) in equations {
                residuals[*equation] += coefficient * value.unwrap_or_default();
                is_decided[*equation] &= value.is_some();
            }
        }
        Self { residuals, is_decided }
    }

    /// How many equations do not hold, whatever blanks mean.
    fn broken(&self) -> usize {
        let equations = self.residuals.iter().zip(&self.is_decided);
        equations.filter(|(residual, is_decided)| **residual != 0 && **is_decided).count()
    }
}

/// By how much what has this effect must change to repair all that is broken.
fn repairs(effect: &[(usize, i64)], broken: &[(usize, i64)]) -> Option<i64> {
    let (first, residual) = (effect.first()?, broken.first()?.1);
    let change = -residual.checked_div(first.1)?;
    let is_repaired = |it: &(&(usize, i64), &(usize, i64))| {
        it.0.0 == it.1.0 && it.0.1.checked_mul(change) == Some(-it.1.1)
    };
    (effect.len() == broken.len() && effect.iter().zip(broken).all(|it| is_repaired(&it)))
        .then_some(change)
}

struct Explainer<'a> {
    problem: &'a Problem<'a>,
    measure: Measure<'a>,
}

/// Explanations with their costs, by all that they change: what is told in two ways is there
/// once.
type Candidates = BTreeMap<Vec<(usize, i64)>, (f64, Explanation)>;

impl Explainer<'_> {
    /// The explanations of one event of a table without blanks. Most errors are alone, and of
    /// these the residuals say it all: nothing needs to be searched.
    fn single(&self, slips: &Observed) -> Result<Candidates, Stop> {
        let system = self.problem.system;
        let mut found = Candidates::new();
        let broken = slips.residuals.iter().enumerate().filter(|it| *it.1 != 0);
        let broken: Vec<_> = broken.map(|it| (it.0, *it.1)).collect();
        let links = if self.problem.only_cells { &[] } else { &*system.links };
        let effects = system.of_cell.iter().chain(links.iter().map(|it| &it.effect));
        for (variable, effect) in effects.enumerate() {
            let Some(change) = repairs(effect, &broken) else { continue };
            let value = self.problem.observed.get(variable).map(|it| it.unwrap_or_default());
            let is_possible = value.is_none_or(|it| it + change >= 0);
            if is_possible && !self.problem.locked.contains(&variable) {
                let changes = vec![(variable, change)];
                self.add(&[], &Support { changes, loose: Bits::default() }, &mut found)?;
            }
        }
        if !self.problem.only_cells {
            let nothing = Support { changes: Vec::new(), loose: Bits::default() };
            for it in slips.local(true) {
                if repairs(&it.effect, &broken) == Some(1) {
                    self.add(&[it.event], &nothing, &mut found)?;
                }
            }
        }
        Ok(found)
    }

    /// The explanations of as few events as there can be, and no fewer than `least`.
    fn smallest(
        &self,
        least: usize,
        (root, slips): (&Root, &Slips),
        residuals: &[i64],
        effort: &mut Effort,
    ) -> Result<Candidates, Stop> {
        let (broken, widest) = (slips.broken(residuals), self.problem.system.widest);
        // How many events beside a set there are at least in an explanation.
        let needed = |it: &Repaired| Some(broken.saturating_sub(it.gain).div_ceil(widest));
        let none = Repaired::none(residuals);
        let mut sets = vec![(needed(&none), none)];
        for size in 0..=MOST_OFFERED {
            // After the last slips, single cells must be enough.
            let left = if size < DEEPEST { broken } else { widest * (MOST_OFFERED - size) };
            let larger =
                slips.larger(sets.iter().map(|it| &it.1), size, broken.saturating_sub(left));
            sets.extend(larger.into_iter().map(|it| (needed(&it), it)));
            let mut found = Candidates::new();
            for (needed, set) in sets.iter_mut().filter(|_| size >= least) {
                let Some(more) = *needed else { continue };
                if set.events.len() + more <= size {
                    let searched = self.search(root, set, size - set.events.len(), effort)?;
                    for support in &searched.supports {
                        self.add(&set.events, support, &mut found)?;
                    }
                    *needed = searched.next;
                }
            }
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Candidates::new())
    }

    /// The sets of so many variables beside some slips.
    fn search(
        &self,
        root: &Root,
        set: &Repaired,
        budget: usize,
        effort: &mut Effort,
    ) -> Result<Found, Stop> {
        let problem = self.problem;
        let changed = set.events.iter().flat_map(|it| &it.changes).map(|it| it.0);
        let fixed: Bits = changed.chain(problem.locked.iter().copied()).collect();
        let fixed = fixed.with(&root.blanks);
        let system = (problem.system, root);
        Search::new(system, problem.observed, &set.residuals, budget).run(fixed, effort)
    }

    /// Adds the explanations that slips and a set of variables make together.
    fn add(&self, slips: &[Event], support: &Support, found: &mut Candidates) -> Result<(), Stop> {
        let (observed, cells) = (self.problem.observed, self.problem.system.cells());
        let mut alternatives = vec![slips.to_vec()];
        let mut blanks = Vec::new();
        let mut is_determined = true;
        for (variable, change) in &support.changes {
            let is_loose = support.loose.contains(*variable);
            if *variable >= cells {
                is_determined &= !is_loose;
                let extended = alternatives.iter();
                alternatives =
                    extended.flat_map(|it| self.linked(*variable - cells, *change, it)).collect();
                if found.len() + alternatives.len() > MOST_EXPLANATIONS {
                    return Err(Stop::GaveUp);
                }
            } else if let Some(value) = observed[*variable] {
                is_determined &= !is_loose;
                let changes = vec![(*variable, value + change)];
                let event = Event { kind: EventKind::Cell, changes };
                for events in &mut alternatives {
                    events.push(event.clone());
                }
            } else if !is_loose {
                blanks.push((*variable, *change));
            }
        }
        for events in alternatives {
            let blanks = blanks.clone();
            let it = Explanation { events, blanks, is_determined, probability: 1.0 };
            let changes = it.changes();
            let cost = self.measure.cost(&it, &changes);
            if found.get(&changes).is_none_or(|known| cost < known.0) {
                found.insert(changes, (cost, it));
            }
        }
        Ok(())
    }

    /// Some events, and one of a link for each of its members that changes other cells.
    fn linked(&self, link: usize, change: i64, events: &[Event]) -> Vec<Vec<Event>> {
        let problem = self.problem;
        let taken: Vec<_> = events.iter().flat_map(|it| &it.changes).map(|it| it.0).collect();
        let members = problem.system.links[link].members.iter();
        let event = |member: &Vec<(usize, i64)>| {
            let changes = member.iter().map(|(cell, sign)| {
                let value = problem.observed[*cell]? + sign * change;
                let may_change = !taken.contains(cell) && !problem.locked.contains(cell);
                (may_change && value >= 0).then_some((*cell, value))
            });
            Some(Event { kind: EventKind::Propagated, changes: changes.collect::<Option<_>>()? })
        };
        members.filter_map(event).map(|it| [events, &[it]].concat()).collect()
    }

    /// Explanations with their probabilities, the likeliest first.
    fn ranked(&self, candidates: Candidates) -> Vec<Explanation> {
        /// What costs so much more than the best is not worth a closer look.
        const FAR: f64 = 8.0;
        let mut candidates: Vec<_> = candidates.into_values().collect();
        if candidates.len() > 1 {
            for (cost, it) in &mut candidates {
                let changes = it.events.iter().flat_map(|it| &it.changes).copied();
                *cost += self.measure.numbers(&changes.collect::<Vec<_>>());
            }
            if let Some(contradictions) = self.problem.contradictions {
                let limit = rank::least(&candidates) + FAR;
                for (cost, it) in candidates.iter_mut().filter(|it| it.0 <= limit) {
                    *cost += Measure::contradictions(contradictions(&it.changes()));
                }
            }
        }
        rank::by_likelihood(candidates)
    }
}
