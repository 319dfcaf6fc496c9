//! Which of a row's cells are its values, when it has more cells than values.

use std::ops::Range;

use super::segments::{Segment, Subject};
use crate::report::Header;
use crate::schema;

/// How many cells a row has, and how many of them hold no text at all at its start and end. A
/// mark such as `/` is text here: it stands where a value goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    cells: usize,
    before: usize,
    after: usize,
}

impl Width {
    pub(super) fn new(blanks: impl DoubleEndedIterator<Item = bool> + ExactSizeIterator) -> Self {
        let cells = blanks.len();
        let mut blanks = blanks;
        let before = blanks.by_ref().take_while(|it| *it).count();
        // The cell after the blank ones is taken already: it is not blank.
        let after = blanks.rev().take_while(|it| *it).count();
        Self { cells, before, after: if before == cells { cells } else { after } }
    }

    /// Where a window of `wanted` cells may start that leaves none but blank cells outside.
    pub(super) fn starts(self, wanted: usize) -> Range<usize> {
        let first = (self.cells - self.after).saturating_sub(wanted);
        match self.cells.checked_sub(wanted) {
            Some(last) if wanted > 0 => first..self.before.min(last) + 1,
            _ => 0..0,
        }
    }

    /// The only one of these; `None` where there are several, `Err` where there is none.
    pub(super) fn only(self, wanted: usize) -> Result<Option<usize>, ()> {
        let starts = self.starts(wanted);
        if starts.is_empty() { Err(()) } else { Ok((starts.len() == 1).then_some(starts.start)) }
    }
}

/// The columns of a part that the table has: all, unless headers are missing and the rows
/// have as many values as there are headers.
pub(super) fn present_columns(
    table: &schema::Table,
    part: usize,
    headers: &[Header],
    segments: &[Segment],
) -> Vec<usize> {
    let all = table.parts[part].columns.len();
    let present = headers.iter().filter(|it| it.part == part).map(|it| it.column);
    // No column has two headers.
    let count = present.clone().count();
    if count == 0 || count == all {
        return (0..all).collect();
    }
    let mut present: Vec<_> = present.collect();
    present.sort_unstable();
    let rows = segments.iter().filter(|it| {
        matches!(it.subject, Subject::Row { .. }) && it.row(table).is_some_and(|it| it.0 == part)
    });
    let (mut fewer, mut rest) = (0, 0);
    for row in rows {
        if row.filled() == present.len() { fewer += 1 } else { rest += 1 }
    }
    if fewer > rest { present } else { (0..all).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` is a value, `_` a blank cell.
    fn only_in(cells: &str, wanted: usize) -> Result<Option<usize>, ()> {
        let blanks: Vec<_> = cells.chars().map(|it| it == '_').collect();
        let width = Width::new(blanks.iter().copied());
        let fits = |start: &usize| {
            let end = start + wanted;
            wanted > 0
                && end <= blanks.len()
                && blanks[..*start].iter().chain(&blanks[end..]).all(|it| *it)
        };
        assert!(width.starts(wanted).eq((0..blanks.len()).filter(fits)), "{cells}");
        width.only(wanted)
    }

    #[test]
    fn padding_and_merged_labels_leave_one_window() {
        assert_eq!(only_in("xxx", 3), Ok(Some(0)));
        assert_eq!(only_in("xxx__", 3), Ok(Some(0)));
        assert_eq!(only_in("__xxx", 3), Ok(Some(2)));
        assert_eq!(only_in("_x_x_", 3), Ok(Some(1)));
    }

    #[test]
    fn blank_values_at_an_end_leave_several() {
        assert_eq!(only_in("_xx_", 3), Ok(None));
        assert_eq!(only_in("____", 3), Ok(None));
    }

    #[test]
    fn too_few_or_too_many_values_fit_none() {
        assert_eq!(only_in("xx", 3), Err(()));
        assert_eq!(only_in("xxxx", 3), Err(()));
        assert_eq!(only_in("x__x", 3), Err(()));
        assert_eq!(only_in("", 1), Err(()));
    }
}
