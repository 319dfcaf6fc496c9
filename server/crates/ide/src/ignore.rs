//! Comments that silence findings, as actions: here, in the table, in the report.

use std::ops::Range;

use gouji_analysis::suppression::{self, Scope};
use gouji_analysis::{Checked, Finding, Message, Part, Reading};

use crate::{Action, Change, Kind, touches};

/// The actions for the findings of a report that a range touches, one finding after the other.
/// What silences several is one action.
pub(crate) fn actions(
    checked: &Checked,
    (first, part): (usize, &Part),
    reading: &Reading,
    starts: &[usize],
    range: &Range<usize>,
) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    let scopes = scopes(checked);
    let findings = part.findings.iter();
    for finding in findings.filter(|it| touches(&it.place.resolve(starts), range)) {
        for (scope, title) in scopes {
            let Some(edit) = suppression::ignore(reading, finding, scope) else { continue };
            let changes = vec![Change { range: edit.place.resolve(starts), text: edit.text }];
            let finding = Finding::clone(finding).after(first);
            if let Some(same) = actions.iter_mut().find(|it| it.changes == changes) {
                same.findings.push(finding);
                continue;
            }
            let title = Message::new(title).with("code", finding.code).with("name", finding.name);
            let (kind, findings) = (Kind::QuickFix, vec![finding]);
            actions.push(Action { title, kind, preferred: false, findings, changes });
        }
    }
    actions
}

/// The scopes and their titles. Where a document is one report, people think of the file.
fn scopes(checked: &Checked) -> [(Scope, &'static str); 3] {
    let report = match checked.parts().nth(1) {
        None => "action.ignore-file",
        Some(_) => "action.ignore-report",
    };
    [
        (Scope::Here, "action.ignore-here"),
        (Scope::Table, "action.ignore-table"),
        (Scope::Report, report),
    ]
}
