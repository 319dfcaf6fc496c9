//! Code actions for a range of a document.

use std::collections::HashMap;
use std::ops::Range;

use gouji_analysis::{Checked, Finding, Message, Reading, recompute};

use crate::rewrite::rewritings;
use crate::spot::{Unread, place, reports};
use crate::{Change, changes, ignore, touches};

/// What sort of action it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Repairs a finding.
    QuickFix,
    /// Changes what is not wrong.
    Rewrite,
}

/// Why an editor asks for actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// To see whether there is something to point out.
    Cursor,
    /// To show them in a menu.
    Menu,
}

/// Something that an editor can do for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Says what changes.
    pub title: Message,
    /// What sort of action it is.
    pub kind: Kind,
    /// Whether it is the one obviously right repair.
    pub preferred: bool,
    /// The repaired findings. Their places count from the document's first block.
    pub findings: Vec<Finding>,
    /// The changes, sorted; they do not overlap.
    pub changes: Vec<Change>,
}

/// The actions for `range`: the fixes of the findings that it touches, in the findings'
/// order, then what can be recomputed or, in a menu, rewritten there, and last what silences
/// those findings. What repairs several findings is one action.
#[must_use]
pub fn code_actions(checked: &Checked, range: Range<usize>, trigger: Trigger) -> Vec<Action> {
    let (mut actions, mut silencing) = (Vec::new(), Vec::new());
    for report in reports(checked, &range) {
        let Some((reading, starts)) = report.read() else { continue };
        let Unread { first, part, bytes, .. } = report;
        fixes(&checked.repaired(first, part), first, &starts, &range, &mut actions);
        if bytes.start <= range.start {
            rewrites(&reading, &starts, &range, &mut actions);
        }
        // Who selects several reports wants nothing silenced in each of them.
        if bytes.start <= range.start && range.end <= bytes.end {
            silencing.extend(ignore::actions(checked, (first, part), &reading, &starts, &range));
        }
    }
    // Possible in each cell, they would hang a light bulb on every row.
    if trigger == Trigger::Menu {
        actions.extend(rewritings(checked, &range));
    }
    actions.extend(silencing);
    actions
}

fn fixes(
    findings: &[Finding],
    first: usize,
    starts: &[usize],
    range: &Range<usize>,
    actions: &mut Vec<Action>,
) {
    let mut offered = HashMap::<Vec<Change>, usize>::new();
    for finding in findings.iter().filter(|it| touches(&it.place.resolve(starts), range)) {
        for fix in &finding.fixes {
            let Some(changes) = changes(fix, starts) else { continue };
            let index = *offered.entry(changes).or_insert_with_key(|changes| {
                let (title, changes) = (fix.title.clone(), changes.clone());
                let (kind, findings) = (Kind::QuickFix, Vec::new());
                actions.push(Action { title, kind, preferred: false, findings, changes });
                actions.len() - 1
            });
            let Some(action) = actions.get_mut(index) else { continue };
            action.preferred |= fix.preferred;
            let finding = finding.clone().after(first);
            if !action.findings.contains(&finding) {
                action.findings.push(finding);
            }
        }
    }
}

/// Recomputing any total in the range, broken or not, unless a finding's fix does the same.
fn rewrites(reading: &Reading, starts: &[usize], range: &Range<usize>, actions: &mut Vec<Action>) {
    let place = place(starts, range);
    for fix in recompute::at(&reading.blocks, &reading.report, place) {
        let Some(changes) = changes(&fix, starts) else { continue };
        if actions.iter().any(|it| it.changes == changes) {
            continue;
        }
        let (title, preferred, findings) = (fix.title, false, Vec::new());
        actions.push(Action { title, kind: Kind::Rewrite, preferred, findings, changes });
    }
}

#[cfg(test)]
mod tests {
    use gouji_analysis::{Edit, Fix, Place, Safety, Severity};

    use super::*;

    fn place(start: usize, end: usize) -> Place {
        Place::new(0, gouji_syntax::range(start, end))
    }

    fn finding(start: usize, end: usize, edits: &[(usize, usize)]) -> Finding {
        let edits = edits.iter().map(|it| Edit { place: place(it.0, it.1), text: "x".to_owned() });
        let (place, message) = (place(start, end), Message::new("S101"));
        let finding = Finding::new(("S101", "title"), Severity::Error, place, message);
        let fix = Fix {
            title: Message::new("S101"),
            safety: Safety::Safe,
            preferred: true,
            edits: edits.collect(),
        };
        finding.fix(fix)
    }

    fn ranges(findings: &[Finding], range: Range<usize>) -> Vec<Vec<Range<usize>>> {
        let mut actions = Vec::new();
        fixes(findings, 0, &[0, 11], &range, &mut actions);
        actions.into_iter().map(|it| it.changes.into_iter().map(|it| it.range).collect()).collect()
    }

    #[test]
    fn a_cursor_at_either_end_of_a_finding_touches_it() {
        for (at, found) in [(1, 0), (2, 1), (3, 1), (4, 1), (5, 0)] {
            let actions = ranges(&[finding(2, 4, &[(2, 4)])], at..at);
            assert_eq!(actions.len(), found, "cursor at {at}");
        }
    }

    #[test]
    fn the_changes_of_an_action_are_sorted() {
        let actions = ranges(&[finding(0, 1, &[(5, 6), (2, 3)])], 0..10);
        assert_eq!(actions, [[2..3, 5..6]]);
    }

    #[test]
    fn what_repairs_several_findings_is_one_action() {
        let mut all = [&[(2, 4)], &[(2, 4)], &[(2, 3)]].map(|it| finding(2, 4, it));
        all[1].severity = Severity::Hint;
        // The same under two names.
        let twice = all[0].fixes[0].clone();
        all[0].fixes.push(twice);
        let mut actions = Vec::new();
        fixes(&all, 0, &[0, 11], &(0..10), &mut actions);
        let repaired: Vec<_> = actions.iter().map(|it| it.findings.len()).collect();
        assert_eq!(repaired, [2, 1]);
    }

    #[test]
    fn a_fix_whose_edits_overlap_or_are_none_is_not_offered() {
        assert!(ranges(&[finding(0, 1, &[(2, 5), (4, 6)])], 0..10).is_empty());
        assert!(ranges(&[finding(0, 1, &[])], 0..10).is_empty());
    }
}
