//! What a table's block is after a number in it was edited: the same but for that number.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::{Cell, Cells, Dialect, is_plain};
use crate::common_prefix;
use crate::document::BlockData;

/// The digits of one cell as all that two versions of a table's block differ in.
///
/// Neither separates cells or rows, nor is there a dialect in which digits beside digits
/// decide where something does. So every other cell is the same, and stands so many bytes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberEdit {
    /// The ordinal of the cell in the block.
    pub cell: usize,
    /// The cell's text in the old block.
    pub old: TextRange,
    /// Where it ends in the new one.
    new_end: TextSize,
}

impl NumberEdit {
    /// What makes `new` of `old`, which has some cells; `None` where that is anything else.
    #[must_use]
    pub fn between(old: &BlockData, cells: &Cells, new: &BlockData) -> Option<Self> {
        if old.kind != new.kind || cells.dialect == Dialect::Lines {
            return None;
        }
        let (old, new) = (&*old.text, &*new.text);
        let same = common_prefix(old.as_bytes(), new.as_bytes());
        let cells = cells.rows.cells();
        let cell = cells.partition_point(|it| usize::from(it.text.end()) < same);
        let Cell { text, slot, .. } = cells.get(cell)?;
        let Range { start, end: old_end } = Range::<usize>::from(*text);
        let new_end = (old_end + new.len()).checked_sub(old.len())?;
        let is_edit = start <= same
            && is_number(&old[*text])
            && is_number(new.get(start..new_end)?)
            && is_plain(&old[*slot])
            && old[old_end..] == new[new_end..];
        is_edit.then_some(Self { cell, old: *text, new_end: TextSize::try_from(new_end).ok()? })
    }

    /// Where a part of the old block stands in the new one that ends outside of the number, or
    /// with it.
    #[must_use]
    #[inline]
    pub fn moved(&self, range: TextRange) -> TextRange {
        let end = self.old.end();
        let at = |it: TextSize| if it < end { it } else { it - end + self.new_end };
        TextRange::new(at(range.start()), at(range.end()))
    }
}

/// Whether a text is of digits and points.
fn is_number(text: &str) -> bool {
    text.bytes().any(|it| it.is_ascii_digit())
        && text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

impl Cells {
    /// The cells of the block after an edit of it.
    #[must_use]
    pub fn after(&self, edit: &NumberEdit) -> Self {
        let mut cells = self.clone();
        for cell in cells.rows.cells_mut().iter_mut().skip(edit.cell) {
            (cell.text, cell.slot) = (edit.moved(cell.text), edit.moved(cell.slot));
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::table::cells;

    const TABLES: [&str; 9] = [
        "| 规章 | 12 | 0 |\n| --- | --- | --- |\n| 3.其他 |  | 3.90 |\n| - | 7 |\n",
        "|规章|**12**|<b>3</b>|&#12;|\n| 1\\|2 | 3\\| 4 | \\ | 5 |\n",
        "规章 | 12 | 0\n其他 | | 5 |\n1 | 2 | 3",
        "| 规章\n| 12\n|\n| 5\n| | |\n|\n| 7 |\n",
        "规章\t12\t0\r\n其他\t\t 5\r\n12\t3\n",
        "\t规章\n\t12\n\t\n\t5\n\t其\n他\n\t1\t2\n",
        "<table><tr><td>规章</td><td> 12 </td><td></td></tr>\n<tr><td rowspan=\"2\">1<td>2<td>3</table>",
        "<table><tr><td>&nbsp;12</td><td><p>3</p>4</td><td>5<table><tr><td>6</td></tr></table></table>",
        "| 1 |\n| 12 |\n|--|\n| 1- | -1 |\n",
    ];

    /// Types and removes at every place; what is an edit of a number, and has the cells of a block
    /// that is read afresh.
    #[test]
    fn the_cells_after_an_edit_are_those_of_the_new_block() {
        let mut edits = std::collections::HashMap::<_, usize>::new();
        for text in TABLES {
            let old = Document::new(text).block(0).cloned().expect("a block").data;
            let here = cells(old.kind, &old.text);
            for at in (0..=old.text.len()).filter(|it| old.text.is_char_boundary(*it)) {
                for (len, with) in
                    [(0, "1"), (0, "23"), (0, "."), (0, "-"), (0, "|"), (1, ""), (1, "4")]
                {
                    let end = (at + len).min(old.text.len());
                    if !old.text.is_char_boundary(end) {
                        continue;
                    }
                    let mut text = old.text.to_string();
                    text.replace_range(at..end, with);
                    let new = BlockData { kind: old.kind, text: text.into() };
                    if let Some(edit) = NumberEdit::between(&old, &here, &new) {
                        assert_eq!(here.after(&edit), cells(new.kind, &new.text), "{}", new.text);
                        *edits.entry(here.dialect).or_default() += 1;
                    }
                }
            }
        }
        let is_tried = |it: &Dialect| edits.get(it).is_some_and(|it| *it > 20);
        let mut tables = Dialect::ALL.iter().filter(|it| **it != Dialect::Lines);
        assert!(tables.all(is_tried), "{edits:?}");
    }
}
