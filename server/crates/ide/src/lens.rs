//! The line above a table: how many of its sums hold, and their recomputation.

use std::ops::Range;

use gouji_analysis::landmarks::{Landmarks, TableMark};
use gouji_analysis::{Checked, Message, recompute};

use crate::spot::Spot;
use crate::{Change, changes};

/// What is said of a table above it.
#[derive(Clone, Debug)]
pub struct Lens {
    /// The table: bytes of the document.
    pub range: Range<usize>,
    /// What is said.
    pub title: Message,
    /// Whether choosing it recomputes the table's totals.
    pub can_recompute: bool,
}

/// The lenses of a document: one for each table with sums.
#[must_use]
pub fn lenses(checked: &Checked) -> Vec<Lens> {
    let starts = checked.document().starts();
    let mut lenses = Vec::new();
    for (first, landmarks) in checked.landmarks() {
        let tables = landmarks.tables.iter().filter(|it| it.tally.checks > 0);
        lenses.extend(tables.map(|it| Lens {
            range: it.extent.resolve(starts.get(first..).unwrap_or_default()),
            title: title(it),
            can_recompute: it.can_recompute,
        }));
    }
    lenses
}

fn title(table: &TableMark) -> Message {
    let key = match (table.tally.broken, table.can_recompute) {
        (0, _) => "lens.holds",
        (_, true) => "lens.recompute",
        (_, false) => "lens.broken",
    };
    Message::new(key).with("checks", table.tally.checks).with("broken", table.tally.broken)
}

/// The changes that recompute all totals of the table at a byte of a document.
#[must_use]
pub fn recomputed(checked: &Checked, at: usize) -> Option<Vec<Change>> {
    let spot = Spot::at(checked, at)?;
    let landmarks = Landmarks::of(&spot.reading);
    let mut ranges = landmarks.tables.iter().map(|it| spot.range(it.extent));
    let index = ranges.position(|it| it.start <= at && at <= it.end)?;
    let table = spot.reading.report.tables.get(index)?;
    let fix = recompute::table(&spot.reading.blocks, table)?;
    changes(&fix, spot.starts())
}
