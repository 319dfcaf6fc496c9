//! Writing the table at a place in another dialect.

use std::ops::Range;

use gouji_analysis::{Checked, Place, block, rewrite};

use crate::{Action, Kind, changes};

/// The rewritings of the table in which `range` stands.
pub(crate) fn rewritings(checked: &Checked, range: &Range<usize>) -> Vec<Action> {
    let doc = checked.document();
    let mut parts = checked.parts();
    let here = parts.find(|(first, part)| {
        let bytes = doc.start(*first)..doc.start(first + part.summary.blocks);
        bytes.start <= range.start && range.end <= bytes.end
    });
    let Some((_, reading)) = here.and_then(|it| checked.reading(it.0)) else { return Vec::new() };
    let starts = block::starts(here.map_or(0, |it| doc.start(it.0)), &reading.blocks);
    let block = starts.partition_point(|it| *it <= range.start).saturating_sub(1);
    let from = starts.get(block).copied().unwrap_or_default();
    let place = Place::new(block, gouji_syntax::range(range.start - from, range.end - from));
    let fixes = rewrite::at(&reading.blocks, &reading.report, place);
    let action = |fix: gouji_analysis::Fix| {
        let changes = changes(&fix, &starts)?;
        let (kind, preferred, findings) = (Kind::Rewrite, false, Vec::new());
        Some(Action { title: fix.title, kind, preferred, findings, changes })
    };
    fixes.into_iter().filter_map(action).collect()
}
