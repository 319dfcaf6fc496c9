//! Which of a row's cells are its values, when it has more cells than values.

use super::segments::{Segment, Subject};
use crate::report::Header;
use crate::schema;

/// The only start of a window of `wanted` cells that leaves none but blank cells outside;
/// `None` where several do, `Err` where none does.
pub(super) fn only(blanks: &[bool], wanted: usize) -> Result<Option<usize>, ()> {
    let mut starts = (0..blanks.len()).filter(|it| fits(blanks, wanted, *it));
    let first = starts.next().ok_or(())?;
    Ok(starts.next().is_none().then_some(first))
}

/// Whether all cells outside the window are blank.
pub(super) fn fits(blanks: &[bool], wanted: usize, start: usize) -> bool {
    let Some(end) = start.checked_add(wanted).filter(|it| *it <= blanks.len()) else {
        return false;
    };
    wanted > 0 && blanks[..start].iter().chain(&blanks[end..]).all(|it| *it)
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
    let mut present: Vec<_> =
        headers.iter().filter(|it| it.part == part).map(|it| it.column).collect();
    present.sort_unstable();
    present.dedup();
    if present.is_empty() || present.len() == all {
        return (0..all).collect();
    }
    let rows = segments.iter().filter(|it| {
        matches!(it.subject, Subject::Row { .. }) && it.row(table).is_some_and(|it| it.0 == part)
    });
    let (mut fewer, mut rest) = (0, 0);
    for row in rows {
        let filled = row.blanks.iter().filter(|it| !**it).count();
        if filled == present.len() { fewer += 1 } else { rest += 1 }
    }
    if fewer > rest { present } else { (0..all).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` is a value, `_` a blank cell.
    fn only_in(cells: &str, wanted: usize) -> Result<Option<usize>, ()> {
        let blanks: Vec<_> = cells.chars().map(|it| it == '_').collect();
        only(&blanks, wanted)
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
