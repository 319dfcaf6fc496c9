//! Writing the table at a place in another dialect.

use std::ops::Range;

use gouji_analysis::{Checked, Place, rewrite};

use crate::spot::{Unread, reports};
use crate::{Action, Kind, changes};

/// The rewritings of the table in which `range` stands.
pub(crate) fn rewritings(checked: &Checked, range: &Range<usize>) -> Vec<Action> {
    let holds = |it: &Unread| it.bytes.start <= range.start && range.end <= it.bytes.end;
    let here = reports(checked, range).find(holds);
    let Some((reading, starts)) = here.and_then(|it| it.read()) else { return Vec::new() };
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
