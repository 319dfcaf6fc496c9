//! Many fixes at once.

use gouji_analysis::{Checked, Config, Document, Finding, Fix, Message, Safety};

use crate::{Change, Patch, apply, changes};

/// Rounds of checking and fixing; a fix can uncover another finding, and of two that touch
/// the same text one waits for the next round. Real documents need two.
const ROUNDS: usize = 10;

/// A document after many fixes.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The document as it is then.
    pub doc: Document,
    /// The changes that lead there, sorted; they do not overlap.
    pub changes: Vec<Change>,
    /// Fixes that were applied.
    pub count: usize,
}

impl Fixed {
    /// What an editor calls it.
    #[must_use]
    pub fn title(&self) -> Message {
        Message::new("server.fix-all").with("count", self.count)
    }
}

/// Applies all safe fixes: those of form, never a number.
#[must_use]
pub fn fix_all(doc: &Document, config: &Config) -> Fixed {
    fix_where(doc, config, &|_, fix| fix.safety == Safety::Safe)
}

/// Applies, of each finding, the first fix that `wanted` lets pass, until there is none left.
#[must_use]
pub fn fix_where(
    doc: &Document,
    config: &Config,
    wanted: &dyn Fn(&Finding, &Fix) -> bool,
) -> Fixed {
    let mut fixed = Fixed { doc: doc.clone(), changes: Vec::new(), count: 0 };
    let mut patch = Patch::new(doc.text().len_bytes());
    for _ in 0..ROUNDS {
        let checked = gouji_analysis::check(&fixed.doc, config, &|| false).unwrap_or_default();
        let (count, round) = one_round(&fixed.doc, &checked, wanted);
        if round.is_empty() {
            break;
        }
        fixed.doc = apply(&fixed.doc, &round);
        fixed.count += count;
        for change in round.iter().rev() {
            patch.replace(change.range.clone(), &change.text);
        }
    }
    fixed.changes = patch.changes();
    fixed
}

/// The fixes that can be applied together, and their changes, sorted.
fn one_round(
    doc: &Document,
    checked: &Checked,
    wanted: &dyn Fn(&Finding, &Fix) -> bool,
) -> (usize, Vec<Change>) {
    let starts = doc.starts();
    let mut count = 0;
    let mut taken: Vec<Change> = Vec::new();
    for finding in &checked.findings {
        let fix = finding.fixes.iter().find(|it| wanted(finding, it));
        let Some(changes) = fix.and_then(|it| changes(it, &starts)) else { continue };
        // Two insertions at one place would depend on their order: they count as meeting.
        let meets =
            |a: &Change, b: &Change| a.range.start <= b.range.end && b.range.start <= a.range.end;
        if changes.iter().any(|new| taken.iter().any(|old| meets(new, old))) {
            continue;
        }
        count += 1;
        taken.extend(changes);
    }
    taken.sort_by_key(|it| it.range.start);
    (count, taken)
}
