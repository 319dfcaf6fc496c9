//! What a table's block is after numbers in it were edited: the same but for these numbers.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::{Cell, Cells, Dialect, is_plain};
use crate::common_prefix;
use crate::document::BlockData;

/// The digits of some cells as all that two table blocks differ in: versions of one, or tables of
/// two reports in the same form.
///
/// Digits separate neither cells nor rows, nor is there a dialect in which digits beside digits
/// decide where something does. So every other cell is the same, and stands so many bytes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumbering {
    /// The cells, in order.
    changes: Vec<Change>,
}

/// A cell in which the digits differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    /// The ordinal of the cell in the block.
    cell: u32,
    /// The cell's text in the old block.
    old: TextRange,
    /// Where it ends in the new one.
    new_end: TextSize,
    digits: Digits,
}

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// A few digits alone, and their value.
    Integer(u32),
    /// More digits, or a point among them.
    Other,
}

/// The cells of a block in which others may have other digits: their ordinals and texts, in order.
#[derive(Clone, Debug, Default)]
pub struct Numbers(Vec<(u32, TextRange)>);

impl Numbers {
    /// Those of a block with some cells.
    #[must_use]
    pub fn new(block: &BlockData, cells: &Cells) -> Self {
        let all = (0..).zip(cells.rows.cells()).filter(|_| cells.dialect != Dialect::Lines);
        let numbers = all.filter(|it| is_number(&block.text, it.1));
        Self(numbers.map(|it| (it.0, it.1.text)).collect())
    }

    /// Where they stand.
    pub fn texts(&self) -> impl Iterator<Item = TextRange> {
        self.0.iter().map(|it| it.1)
    }
}

impl Renumbering {
    /// What makes `new` of `old`, which has some cells; `None` where that is anything else.
    #[must_use]
    pub fn between(old: &BlockData, cells: &Cells, new: &BlockData) -> Option<Self> {
        if cells.dialect == Dialect::Lines {
            return None;
        }
        let all = cells.rows.cells();
        Self::find(old, new, 1, |differs| {
            let index = all.partition_point(|it| usize::from(it.text.end()) < differs);
            let cell = all.get(index).filter(|it| is_number(&old.text, it))?;
            Some((u32::try_from(index).ok()?, cell.text))
        })
    }

    /// The same where the numbers of `old` are known, which takes fewer steps if many differ.
    #[must_use]
    pub fn of_numbers(old: &BlockData, numbers: &Numbers, new: &BlockData) -> Option<Self> {
        let mut rest = numbers.0.iter();
        let number = |differs| rest.find(|it| usize::from(it.1.end()) >= differs).copied();
        Self::find(old, new, numbers.0.len(), number)
    }

    /// `number` gives the first cell that ends at a byte of the old block or after it, where that
    /// is a number. It is asked for later and later bytes. So many changes are `likely`.
    fn find(
        old: &BlockData,
        new: &BlockData,
        likely: usize,
        mut number: impl FnMut(usize) -> Option<(u32, TextRange)>,
    ) -> Option<Self> {
        if old.kind != new.kind {
            return None;
        }
        let (old, new) = (old.text.as_bytes(), new.text.as_bytes());
        // What was compared of both.
        let (mut here, mut there) = (0, 0);
        let mut changes = Vec::with_capacity(likely);
        loop {
            let same = common_prefix(&old[here..], &new[there..]);
            let differs = here + same;
            if differs == old.len() && there + same == new.len() {
                return Some(Self { changes });
            }
            let (cell, range) = number(differs)?;
            let Range { start, end } = Range::<usize>::from(range);
            (here..=differs).contains(&start).then_some(())?;
            there += start - here;
            let (len, digits) = digits(&new[there..])?;
            there += len;
            here = end;
            let new_end = TextSize::try_from(there).ok()?;
            changes.push(Change { cell, old: range, new_end, digits });
        }
    }

    /// The ordinals of the cells whose digits differ, in order, and where their texts stand in the
    /// old block.
    pub fn cells(&self) -> impl Iterator<Item = (usize, TextRange)> {
        self.changes.iter().map(|it| (it.cell as usize, it.old))
    }

    /// The way from places of the old block to those of the new one.
    #[must_use]
    pub fn shifts(&self) -> Shifts<'_> {
        Shifts::new(&self.changes)
    }
}

/// Where parts of the old block stand in the new one.
///
/// What comes in order, as almost all does, costs a few steps.
#[derive(Clone, Debug)]
pub struct Shifts<'a> {
    changes: &'a [Change],
    /// The changes before the last place.
    passed: usize,
    /// The places that have as many before them.
    places: Range<u32>,
    /// How far these are moved, modulo 2^32.
    distance: u32,
}

impl<'a> Shifts<'a> {
    fn new(changes: &'a [Change]) -> Self {
        let mut shifts = Self { changes, passed: 0, places: 0..0, distance: 0 };
        shifts.pass(0);
        shifts
    }

    /// Where a part stands that starts and ends outside of these numbers, or with one.
    #[inline]
    pub fn range(&mut self, old: TextRange) -> TextRange {
        let start = self.at(old.start());
        TextRange::new(start, self.at(old.end()))
    }

    /// Where a cell's text and slot stand, and its digits, if they differ.
    #[inline]
    pub fn cell(
        &mut self,
        text: TextRange,
        slot: TextRange,
    ) -> (TextRange, TextRange, Option<Digits>) {
        let slot_start = self.at(slot.start());
        // Most cells are between two of these numbers.
        if self.places.contains(&slot.end().into()) {
            return (self.moved(text), self.moved(slot), None);
        }
        let text_start = self.at(text.start());
        let next = self.changes.get(self.passed).filter(|it| it.old == text);
        let text_end = match next {
            Some(next) => {
                self.pass(self.passed + 1);
                next.new_end
            }
            None => self.at(text.end()),
        };
        let slot = TextRange::new(slot_start, self.at(slot.end()));
        (TextRange::new(text_start, text_end), slot, next.map(|it| it.digits))
    }

    /// A part among the places that are moved so far.
    fn moved(&self, old: TextRange) -> TextRange {
        let at = |it: TextSize| u32::from(it).wrapping_add(self.distance).into();
        TextRange::new(at(old.start()), at(old.end()))
    }

    /// Where a place outside of these numbers, or at the end of one, stands.
    #[inline]
    pub fn at(&mut self, old: TextSize) -> TextSize {
        let old = u32::from(old);
        if !self.places.contains(&old) {
            self.seek(old);
        }
        old.wrapping_add(self.distance).into()
    }

    fn seek(&mut self, old: u32) {
        while old < self.places.start {
            self.pass(self.passed - 1);
        }
        while old >= self.places.end && self.passed < self.changes.len() {
            self.pass(self.passed + 1);
        }
    }

    /// Goes to the places after so many changes.
    fn pass(&mut self, changes: usize) {
        let last = changes.checked_sub(1).map(|it| self.changes[it]);
        let (start, end): (u32, u32) =
            last.map_or((0, 0), |it| (it.old.end().into(), it.new_end.into()));
        let next = self.changes.get(changes).map_or(u32::MAX, |it| it.old.end().into());
        (self.passed, self.places, self.distance) = (changes, start..next, end.wrapping_sub(start));
    }
}

/// The number with which a text starts, and its bytes: digits, and perhaps a point among them. So
/// many digits are a number whatever they are.
fn digits(text: &[u8]) -> Option<(usize, Digits)> {
    few_digits(text).or_else(|| many_digits(text))
}

/// One to seven digits and no point, as almost all are: without a branch for each.
fn few_digits(text: &[u8]) -> Option<(usize, Digits)> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // Each digit's value in its byte. Other bytes have a bit of their upper half set, or would have
    // with 6 more.
    let values = u64::from_le_bytes(*text.first_chunk()?) ^ (EACH * u64::from(b'0'));
    let others = (values | ((values & (EACH * 0x7f)) + EACH * 6)) & (EACH * 0xf0);
    let len = others.trailing_zeros() as usize / 8;
    if !(1..8).contains(&len) || text[len] == b'.' {
        return None;
    }
    // The last digit to the last byte; then neighbours are put together, first two digits.
    let ones = values << (64 - 8 * len);
    let tens = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let hundreds = (tens * 100 + (tens >> 16)) & 0x0000_ffff_0000_ffff;
    // Seven digits are far fewer than these bits hold.
    let value = (hundreds * 10_000 + (hundreds >> 32)) as u32;
    Some((len, Digits::Integer(value)))
}

fn many_digits(text: &[u8]) -> Option<(usize, Digits)> {
    const MOST: usize = 18;
    let (mut len, mut value, mut point) = (0, 0_u64, None);
    loop {
        match text.get(len) {
            Some(c @ b'0'..=b'9') if len < MOST => value = value * 10 + u64::from(c - b'0'),
            Some(b'.') if point.is_none() => point = Some(len),
            Some(b'0'..=b'9' | b'.') => return None,
            _ => break,
        }
        len += 1;
    }
    let digits = match point {
        None => u32::try_from(value).map_or(Digits::Other, Digits::Integer),
        Some(point) => (0 < point && point + 1 < len).then_some(Digits::Other)?,
    };
    (0 < len).then_some((len, digits))
}

/// Whether a cell is such a number, and nothing but blanks stands beside it, so that it is all that
/// is read.
fn is_number(text: &str, cell: &Cell) -> bool {
    let [start, end] = [cell.text.start(), cell.text.end()].map(usize::from);
    let is_blank = |it: Range<usize>| text.as_bytes()[it].iter().all(|it| *it == b' ');
    digits(&text.as_bytes()[start..]).is_some_and(|it| it.0 == end - start)
        && (is_blank(cell.slot.start().into()..start) && is_blank(end..cell.slot.end().into())
            || is_plain(&text[cell.slot]))
}

impl Cells {
    /// The cells of the block after some of its numbers were edited.
    #[must_use]
    pub fn after(&self, edit: &Renumbering) -> Self {
        let mut cells = self.clone();
        let first = edit.changes.first().map_or(cells.rows.cells().len(), |it| it.cell as usize);
        let mut shifts = edit.shifts();
        for cell in cells.rows.cells_mut().iter_mut().skip(first) {
            (cell.text, cell.slot, _) = shifts.cell(cell.text, cell.slot);
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
            let numbers = Numbers::new(&old, &here);
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
                    let edit = Renumbering::between(&old, &here, &new);
                    assert_eq!(edit, Renumbering::of_numbers(&old, &numbers, &new));
                    if let Some(edit) = edit {
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

    #[test]
    fn few_digits_are_read_as_many_are() {
        for digits in ["", "0", "7", "12", "005", "9876543", "12345678", "1.5", "1.", "1.2.3", "."]
        {
            for after in ["", "|", " | 3 | 456", ":;<=>?@/", "\u{0}\u{7f}件件件", "①件件件"]
            {
                let text = format!("{digits}{after}");
                let few = few_digits(text.as_bytes());
                let are_few = (1..8).contains(&digits.len()) && !digits.contains('.');
                assert_eq!(few.is_some(), are_few && text.len() >= 8, "{text}");
                assert!(few.is_none() || few == many_digits(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn many_numbers_are_edited_at_once() {
        let mut several = 0;
        for text in TABLES {
            let old = Document::new(text).block(0).cloned().expect("a block").data;
            let here = cells(old.kind, &old.text);
            let numbers = Numbers::new(&old, &here);
            several += usize::from(numbers.0.len() > 1);
            for values in [["5", "123"], ["0.5", "7"], ["12", "12"]] {
                let mut text = old.text.to_string();
                for (index, (_, range)) in numbers.0.iter().enumerate().rev() {
                    text.replace_range(Range::<usize>::from(*range), values[index % 2]);
                }
                let new = BlockData { kind: old.kind, text: text.into() };
                let edit = Renumbering::between(&old, &here, &new).expect("numbers differ");
                assert_eq!(here.after(&edit), cells(new.kind, &new.text), "{}", new.text);
                let mut shifts = edit.shifts();
                for (cell, range) in edit.cells() {
                    let slot = here.rows.cells()[cell].slot;
                    assert_eq!(shifts.range(range), shifts.cell(range, slot).0);
                    assert!(shifts.cell(range, slot).2.is_some());
                }
                assert_eq!(Renumbering::of_numbers(&old, &numbers, &new), Some(edit));
            }
        }
        assert!(several > TABLES.len() / 2);
    }
}
