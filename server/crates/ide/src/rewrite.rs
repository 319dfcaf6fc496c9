//! Writing the table at a place in another dialect.

use std::ops::Range;

use gouji_analysis::{Checked, rewrite};

use crate::spot::{Unread, place, reports};
use crate::{Action, Kind, changes};

/// The rewritings of the table in which `range` stands.
pub(crate) fn rewritings(checked: &Checked, range: &Range<usize>) -> Vec<Action> {
    let holds = |it: &Unread| it.bytes.start <= range.start && range.end <= it.bytes.end;
    let here = reports(checked, range).find(holds);
    let Some((reading, starts)) = here.and_then(|it| it.read()) else { return Vec::new() };
    let place = place(&starts, range);
    let fixes = rewrite::at(&reading.blocks, &reading.report, place);
    let action = |fix: gouji_analysis::Fix| {
        let changes = changes(&fix, &starts)?;
        let (kind, preferred, findings) = (Kind::Rewrite, false, Vec::new());
        Some(Action { title: fix.title, kind, preferred, findings, changes })
    };
    fixes.into_iter().filter_map(action).collect()
}
