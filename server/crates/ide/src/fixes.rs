//! Many fixes at once.

use gouji_analysis::apply::{self, Policy};
use gouji_analysis::{Config, Document, Message};
use similar::{DiffOp, capture_diff_slices};

use crate::Change;

/// A document after many fixes.
#[derive(Clone, Debug)]
pub struct Fixed {
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

/// Applies all safe fixes: those of form, never a number. The command line's `fix` does the
/// same; here the result comes as the lines that differ, so that cursors and folds elsewhere
/// stay.
#[must_use]
pub fn fix_all(doc: &Document, config: &Config) -> Fixed {
    let text = doc.text().to_string();
    let fixed = apply::fix_text(&text, config, &Policy::default());
    Fixed { changes: changed_lines(&text, &fixed.text), count: fixed.applied.len() }
}

fn changed_lines(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (Vec<_>, Vec<_>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let starts = offsets(&old);
    let ops = capture_diff_slices(similar::Algorithm::Myers, &old, &new);
    let changed = ops.iter().filter(|it| !matches!(it, DiffOp::Equal { .. }));
    let change = |op: &DiffOp| Change {
        range: starts[op.old_range().start]..starts[op.old_range().end],
        text: new[op.new_range()].concat(),
    };
    changed.map(change).collect()
}

/// Where each line starts, and the end.
fn offsets(lines: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let ends = lines.iter().map(|it| {
        at += it.len();
        at
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changes_are_the_lines_that_differ() {
        let change = |range, text: &str| Change { range, text: text.to_owned() };
        assert_eq!(
            changed_lines("甲\n乙\n丙\n", "甲\n丁\n丙\n戊"),
            [change(4..8, "丁\n"), change(12..12, "戊"),]
        );
        assert_eq!(changed_lines("甲\n", "甲\n"), []);
        assert_eq!(changed_lines("", "甲"), [change(0..0, "甲")]);
    }
}
