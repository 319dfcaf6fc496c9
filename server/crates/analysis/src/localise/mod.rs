//! Which cells are wrong where sums do not hold: the smallest explanations of a table's
//! broken equalities, all of them, the likeliest first.
//!
//! Error localisation as official statistics does it (Fellegi and Holt 1976), by events
//! rather than by cells (Scholtus 2016): two cells exchanged are one slip, not two errors.
//! Everything here works on integers and knows nothing of reports but a grid of cells and
//! equalities between them.

mod balance;
mod bits;
mod bound;
mod explain;
mod lines;
mod moved;
mod operations;
mod rank;
mod root;
mod search;
mod sets;
mod system;
mod tableau;

pub use system::{Equation, System};

use search::{Effort, Stop};

use crate::check::Cancelled;

/// What happened to a table, in one stroke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What sort of slip it was.
    pub kind: EventKind,
    /// The cells that it changed and what they should say.
    pub changes: Vec<(usize, i64)>,
}

/// Sorts of slips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// One number is wrong.
    Cell,
    /// Two neighbours stand in each other's cells.
    Swap,
    /// Some numbers of a row stand one column off.
    RowShift,
    /// Some numbers of a column stand one row off.
    ColumnShift,
    /// A number is wrong and totals were computed from it.
    Propagated,
    /// Two whole rows stand in each other's place.
    Rows,
    /// Whole rows stand one row off.
    RowsShift,
    /// Two whole columns stand in each other's place.
    Columns,
    /// All columns stand off by some.
    ColumnsShift,
}

impl EventKind {
    /// Whether it moves whole rows or columns.
    #[must_use]
    pub fn is_structural(self) -> bool {
        matches!(self, Self::Rows | Self::RowsShift | Self::Columns | Self::ColumnsShift)
    }
}

/// A set of events after whose repair every equality holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The events; none where only blanks need values.
    pub events: Vec<Event>,
    /// What blanks must hold then, as far as that can be told.
    pub blanks: Vec<(usize, i64)>,
    /// Whether only these values of the changed cells make the equalities hold.
    pub is_determined: bool,
    /// How likely it is among the explanations that were found, 0 to 1.
    pub probability: f64,
}

impl Explanation {
    /// That nothing happened.
    fn nothing() -> Self {
        let (events, blanks) = (Vec::new(), Vec::new());
        Self { events, blanks, is_determined: true, probability: 1.0 }
    }

    /// Whether it is much likelier than all others. Orders of whole rows and columns are told
    /// apart by nothing but what is usual, which is not enough to move them.
    fn is_likely(&self) -> bool {
        let is_structural = self.events.iter().any(|it| it.kind.is_structural());
        let likely = LIKELY[self.events.len().clamp(1, MOST_OFFERED) - 1];
        self.is_determined && !is_structural && self.probability >= likely
    }

    /// Whether it is of so few events that a person can check them.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.events.len() <= MOST_OFFERED
    }

    /// All cells with their values after the repair, in the order of the cells.
    #[must_use]
    pub fn changes(&self) -> Vec<(usize, i64)> {
        let events = self.events.iter().flat_map(|it| &it.changes);
        let mut changes: Vec<_> = events.chain(&self.blanks).copied().collect();
        changes.sort_unstable();
        changes
    }
}

/// How much is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is broken.
    Valid,
    /// There is one smallest explanation.
    Unique,
    /// One of the smallest explanations is much likelier than the others.
    Likely,
    /// Several explanations are as good.
    Ambiguous,
    /// None was found, or not all could be looked at.
    GaveUp,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How much is known.
    pub verdict: Verdict,
    /// The smallest explanations, the likeliest first; none where it gave up.
    pub explanations: Vec<Explanation>,
    /// Nodes of the search that were visited.
    pub nodes: usize,
}

impl Outcome {
    /// That nothing was found in so many nodes.
    #[must_use]
    pub fn gave_up(nodes: usize) -> Self {
        Self { verdict: Verdict::GaveUp, explanations: Vec::new(), nodes }
    }

    /// The explanation that is sure enough to be offered as the repair. Where nothing but
    /// blanks is wrong, it fills all that can be told of them.
    #[must_use]
    pub fn repair(&self) -> Option<&Explanation> {
        let is_sure = match self.verdict {
            Verdict::Valid | Verdict::Unique | Verdict::Likely => true,
            Verdict::Ambiguous | Verdict::GaveUp => false,
        };
        let first = self.explanations.first().filter(|_| is_sure)?;
        (first.is_determined && first.is_short()).then_some(first)
    }
}

/// Says how many statements are wrong once cells have other values.
pub type Contradictions<'a> = dyn Fn(&[(usize, i64)]) -> usize + 'a;

/// A table whose errors are sought.
pub struct Problem<'a> {
    /// The equalities.
    pub system: &'a System,
    /// What each cell says; `None` is a blank: any count, 0 or more.
    pub observed: &'a [Option<i64>],
    /// Cells that are certainly right.
    pub locked: &'a [usize],
    /// Whether only single cells are taken to be wrong, as in the classical problem.
    pub only_cells: bool,
    /// How many statements elsewhere are wrong once cells have other values.
    pub contradictions: Option<&'a Contradictions<'a>>,
    /// Nodes after which it gives up.
    pub max_nodes: usize,
}

/// Events of an explanation that is offered: of more, one is too often another. None of more is
/// sought.
const MOST_OFFERED: usize = 4;

/// The probability from which an explanation of so many events counts as likely. The more there
/// are, the more often something else has happened that the ranking does not know.
const LIKELY: [f64; MOST_OFFERED] = [0.95, 0.95, 0.98, 0.98];

/// Nodes after which a search gives up.
const MAX_NODES: usize = 5_000;

impl<'a> Problem<'a> {
    /// A table without other knowledge.
    #[must_use]
    pub fn new(system: &'a System, observed: &'a [Option<i64>]) -> Self {
        let (locked, contradictions) = (&[] as &[usize], None);
        let (only_cells, max_nodes) = (false, MAX_NODES);
        Self { system, observed, locked, only_cells, contradictions, max_nodes }
    }

    /// Finds the smallest explanations. `None` once `cancelled` says so.
    #[must_use]
    pub fn solve(&self, cancelled: Cancelled) -> Option<Outcome> {
        let mut effort = Effort { nodes: 0, max_nodes: self.max_nodes, cancelled };
        let explanations = match explain::explain(self, &mut effort) {
            Ok(explanations) => explanations,
            Err(Stop::GaveUp) => None,
            Err(Stop::Cancelled) => return None,
        };
        let nodes = effort.nodes;
        let Some(explanations) = explanations else {
            return Some(Outcome::gave_up(nodes));
        };
        let verdict = match &*explanations {
            [] => Verdict::Valid,
            [first, ..] if first.events.is_empty() => Verdict::Valid,
            [only] if only.is_determined => Verdict::Unique,
            [first, ..] if first.is_likely() => Verdict::Likely,
            _ => Verdict::Ambiguous,
        };
        Some(Outcome { verdict, explanations, nodes })
    }
}
