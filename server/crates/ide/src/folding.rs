//! What can be folded away: reports, sections, tables.

use std::ops::Range;

use gouji_analysis::Checked;

use crate::outline::{Symbol, symbols};

/// The bytes that can be folded, the outer ones first.
#[must_use]
pub fn folds(checked: &Checked) -> Vec<Range<usize>> {
    let mut folds = Vec::new();
    let mut rest = symbols(checked);
    rest.reverse();
    while let Some(Symbol { range, children, .. }) = rest.pop() {
        folds.push(range);
        rest.extend(children.into_iter().rev());
    }
    folds
}
