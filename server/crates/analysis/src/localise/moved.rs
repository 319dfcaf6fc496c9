//! Tables whose rows or columns were moved as a whole, perhaps with other slips beside.

use std::collections::BTreeMap;

use super::explain::{self, State};
use super::operations::Operation;
use super::rank::{self, Measure};
use super::search::{Effort, Stop};
use super::{Event, Explanation, Problem};

/// Moves that are looked at. Sums cannot tell more of them apart.
const MOST: usize = 8;

/// The smallest explanations that begin with one of `moves`, most of many broken sums being due
/// to it; `None` where there are none.
pub(super) fn explain_moved(
    problem: &Problem,
    moves: &[Operation],
    effort: &mut Effort,
) -> Result<Option<Vec<Explanation>>, Stop> {
    let measure = Measure::new(problem.system, problem.observed);
    let mut found = BTreeMap::new();
    for event in moves.iter().take(MOST).map(|it| &it.event) {
        let Some(rest) = rest(problem, event, effort)? else { return Ok(None) };
        for it in rest {
            let cost = measure.numbers(&event.changes) - it.probability.ln();
            let it = after(problem, event, it);
            found.entry(it.changes()).or_insert((cost, it));
        }
    }
    let Some(fewest) = found.values().map(|it| it.1.events.len()).min() else { return Ok(None) };
    let found = found.into_values().filter(|it| it.1.events.len() == fewest).collect();
    Ok(Some(rank::by_likelihood(found)))
}

/// What explains a table once a move is undone; `None` where that is not known.
fn rest(
    problem: &Problem,
    event: &Event,
    effort: &mut Effort,
) -> Result<Option<Vec<Explanation>>, Stop> {
    let mut observed = problem.observed.to_vec();
    for (cell, value) in &event.changes {
        observed[*cell] = Some(*value);
    }
    let problem = Problem { observed: &observed, contradictions: None, ..*problem };
    let max_nodes = effort.max_nodes / MOST;
    let mut own = Effort { nodes: 0, max_nodes, cancelled: effort.cancelled };
    let explanations = explain::in_place(&problem, &State::of(&problem), &mut own);
    effort.nodes += own.nodes;
    match explanations {
        Ok(Some(nothing)) if nothing.is_empty() => Ok(Some(vec![Explanation::nothing()])),
        Ok(explanations) => Ok(Some(explanations.unwrap_or_default())),
        Err(Stop::GaveUp) => Ok(None),
        Err(Stop::Cancelled) => Err(Stop::Cancelled),
    }
}

/// An explanation of what is left after a move. Cells that it changes as well are its own.
fn after(problem: &Problem, event: &Event, explanation: Explanation) -> Explanation {
    let later = explanation.changes();
    let is_last = |cell: usize| !later.iter().any(|it| it.0 == cell);
    let changes = event.changes.iter().copied().filter(|it| is_last(it.0)).collect();
    let mut events = vec![Event { kind: event.kind, changes }];
    events.extend(explanation.events);
    for it in &mut events {
        it.changes.retain(|it| problem.observed[it.0] != Some(it.1));
    }
    events.retain(|it| !it.changes.is_empty());
    Explanation { events, ..explanation }
}
