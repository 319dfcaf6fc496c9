//! Aligning the columns of a report's tables by display width.
//!
//! Changes white space between pipes and the dashes of delimiter rows, and nothing else: what a
//! table says is the same before and after. Tables that are no form's are left alone, as is
//! every other text.

use std::collections::BTreeSet;
use std::ops::Range;

use gouji_analysis::report::{Report, Table};
use gouji_analysis::{Checked, block};
use gouji_syntax::table::{self, Cells, Dialect};
use gouji_syntax::{BlockKind, TableKind};
use unicode_width::UnicodeWidthStr;

use crate::{Change, touches};

/// The changes that align the tables of all reports, or those that `range` touches.
#[must_use]
pub fn format(checked: &Checked, range: Option<&Range<usize>>) -> Vec<Change> {
    let doc = checked.document();
    let is_asked = |bytes: &Range<usize>| range.is_none_or(|it| touches(bytes, it));
    let mut changes = Vec::new();
    for (first, part) in checked.parts() {
        let bytes = doc.start(first)..doc.start(first + part.summary.blocks);
        if !is_asked(&bytes) {
            continue;
        }
        let Some((_, reading)) = checked.reading(first) else { continue };
        let starts = block::starts(bytes.start, &reading.blocks);
        for index in blocks(&reading.report, |it| reading.blocks[it].cells()) {
            let (block, start) = (&reading.blocks[index], starts[index]);
            let is_pipes = block.data.kind == BlockKind::Table(TableKind::Pipe);
            if is_pipes && is_asked(&(start..start + block.data.text.len())) {
                changes.extend(aligned(&block.data.text, block.cells()).into_iter().map(|it| {
                    let range = start + it.range.start..start + it.range.end;
                    Change { range, text: it.text }
                }));
            }
        }
    }
    changes
}

/// The blocks whose columns can be aligned.
fn blocks<'a>(report: &Report, cells: impl Fn(usize) -> &'a Cells) -> BTreeSet<usize> {
    let (aligned, rest): (Vec<_>, Vec<_>) = report.tables.iter().partition(|it| match it.dialect {
        Dialect::Gfm => true,
        Dialect::Pipe => lines_up(it, &cells),
        _ => false,
    });
    let rest: BTreeSet<_> = rest.into_iter().flat_map(|it| bound(it)).collect();
    aligned.into_iter().flat_map(|it| bound(it)).filter(|it| !rest.contains(it)).collect()
}

/// The blocks in which cells of a table were bound: another table may stand between.
fn bound(table: &Table) -> impl Iterator<Item = usize> {
    let labels = table.rows.iter().filter_map(|it| it.label);
    let values = table.cells().map(|it| it.2.slot);
    let headers = table.headers.iter().map(|it| it.place);
    labels.chain(values).chain(headers).map(|it| it.block as usize)
}

/// Whether the values of each part begin in one column. Without outer pipes merged cells are
/// often lost, and nothing stands below what it belongs to.
fn lines_up<'a>(table: &Table, cells: &impl Fn(usize) -> &'a Cells) -> bool {
    let mut columns = vec![None; table.schema.parts.len()];
    table.rows.iter().all(|row| {
        let Some(Some(first)) = row.values.first() else { return true };
        let all = cells(first.slot.block as usize).rows.cells();
        let slot = first.slot.text_range();
        let Some(cell) = all.iter().find(|it| it.slot == slot) else { return false };
        *columns[row.part].get_or_insert(cell.column) == cell.column
    })
}

/// What stands between two pipes of a line, or beside one.
struct Slot {
    column: usize,
    /// All between the pipes.
    range: Range<usize>,
    /// The same without white space around it; the indentation of a line stays with it.
    content: Range<usize>,
    /// Whether a pipe stands before and after it.
    left: bool,
    right: bool,
}

impl Slot {
    fn new(text: &str, column: usize, range: Range<usize>) -> Self {
        const SPACE: [char; 2] = [' ', '\t'];
        let left = text[..range.start].ends_with('|');
        let right = text[range.end..].starts_with('|');
        let source = &text[range.clone()];
        let end = range.start + source.trim_end_matches(SPACE).len();
        let indent = source.len() - source.trim_start_matches(SPACE).len();
        let start = if left { (range.start + indent).min(end) } else { range.start };
        Self { column, content: start..end, range, left, right }
    }

    /// The changes that put so much white space before and after the content.
    fn pad(&self, text: &str, before: usize, after: usize) -> Vec<Change> {
        let mut pads = Vec::new();
        if self.content.is_empty() {
            if self.left && self.right {
                pads.push((self.range.clone(), before + after));
            }
        } else {
            if self.left {
                pads.push((self.range.start..self.content.start, before));
            }
            if self.right {
                pads.push((self.content.end..self.range.end, after));
            }
        }
        let pads = pads.into_iter().map(|it| Change { range: it.0, text: " ".repeat(it.1) });
        pads.filter(|it| text[it.range.clone()] != *it.text).collect()
    }
}

/// How a delimiter row aligns a column.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Colons {
    left: bool,
    right: bool,
}

impl Colons {
    /// `None` where the slot is no `:---:`.
    fn of(delimiter: &str) -> Option<Self> {
        let body = delimiter.trim_matches(':');
        let is_dashes = !body.is_empty() && body.bytes().all(|it| it == b'-');
        let (left, right) = (delimiter.starts_with(':'), delimiter.ends_with(':'));
        is_dashes.then_some(Self { left, right })
    }

    fn count(self) -> usize {
        usize::from(self.left) + usize::from(self.right)
    }

    /// White space before and after what is `spare` narrower than its column.
    fn share(self, spare: usize) -> (usize, usize) {
        match (self.left, self.right) {
            (true, true) => (spare / 2, spare - spare / 2),
            (false, true) => (spare, 0),
            _ => (0, spare),
        }
    }
}

/// The changes that align a block of pipe rows.
fn aligned(text: &str, cells: &Cells) -> Vec<Change> {
    let rows: Vec<Slot> = cells
        .rows
        .cells()
        .iter()
        .map(|it| Slot::new(text, it.column as usize, it.slot.into()))
        .collect();
    let delimiters: Vec<_> = table::delimiter_rows(text).map(|it| split(text, it)).collect();
    let mut colons = Vec::new();
    for slot in delimiters.first().into_iter().flatten() {
        colons.push(Colons::of(&text[slot.content.clone()]).unwrap_or_default());
    }
    let widths = widths(text, &rows, &colons);
    let mut changes = Vec::new();
    for slot in &rows {
        let colons = if slot.left { colons.get(slot.column) } else { None };
        let width = text[slot.content.clone()].width();
        let spare = widths.get(slot.column).map_or(0, |it| it.saturating_sub(width));
        let (before, after) = colons.copied().unwrap_or_default().share(spare);
        changes.extend(slot.pad(text, 1 + before, 1 + after));
    }
    for slot in delimiters.iter().flatten() {
        changes.extend(dashes(text, slot, widths.get(slot.column).copied().unwrap_or_default()));
    }
    changes.sort_by_key(|it| it.range.start);
    changes
}

/// The width of each column's content: that of its widest cell, and of three dashes.
fn widths(text: &str, rows: &[Slot], colons: &[Colons]) -> Vec<usize> {
    const DASHES: usize = 3;
    let mut widths: Vec<_> = colons.iter().map(|it| DASHES + it.count()).collect();
    for slot in rows.iter().filter(|it| it.right) {
        if slot.column >= widths.len() {
            widths.resize(slot.column + 1, DASHES);
        }
        widths[slot.column] = widths[slot.column].max(text[slot.content.clone()].width());
    }
    widths
}

/// The slots of a delimiter row.
fn split(text: &str, line: Range<usize>) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut start = line.start;
    for piece in text[line.clone()].split('|') {
        let range = start..start + piece.len();
        start = range.end + 1;
        let is_outer = range.start == line.start || range.end == line.end;
        if !(is_outer && piece.trim().is_empty()) {
            slots.push(Slot::new(text, slots.len(), range));
        }
    }
    slots
}

/// The change that makes the dashes of a delimiter row as long as their column is wide.
fn dashes(text: &str, slot: &Slot, width: usize) -> Option<Change> {
    let source = &text[slot.content.clone()];
    let colons = Colons::of(source).filter(|_| slot.left && slot.right)?;
    // With spaces or without, as it is.
    let space = |is: bool| if is { " " } else { "" };
    let before = space(slot.content.start > slot.range.start);
    let after = space(slot.content.end < slot.range.end);
    let colon = |is: bool| if is { ":" } else { "" };
    let dashes = (width + 2).saturating_sub(before.len() + after.len() + colons.count());
    let dashes = "-".repeat(dashes.max(3));
    let text_new = [before, colon(colons.left), &dashes, colon(colons.right), after].concat();
    let range = slot.range.clone();
    (text[range.clone()] != *text_new).then_some(Change { range, text: text_new })
}

#[cfg(test)]
mod tests {
    use gouji_analysis::render::{self, Blank, Contents};
    use gouji_analysis::report::{Date, Value};
    use gouji_analysis::schema::SCHEMAS;
    use gouji_analysis::{Config, Document, check};

    use super::*;

    const SIGNED: Date = Date { year: 2024, month: 1, day: 12 };
    const CONTENTS: Contents = Contents {
        agency: "青禾市水务局",
        year: 2023,
        contact: "电话：0500-6000001",
        signed: SIGNED,
    };

    /// A report whose cells are as wide as `values` says.
    fn report(form: usize, dialect: Dialect, values: &dyn Fn(usize, usize) -> String) -> String {
        let value = |_: &gouji_analysis::schema::Table, _: usize, row, column| {
            Some(values(row, column)).filter(|it| !it.is_empty())
        };
        render::report(&SCHEMAS[form], dialect, &CONTENTS, &value)
    }

    fn checked(text: &str) -> Checked {
        check(&Document::new(text), &Config::default(), None, &|| false).unwrap()
    }

    /// The text after the changes, each of which is held to be of white space or dashes.
    #[track_caller]
    fn applied(text: &str, changes: &[Change]) -> String {
        let mut new = text.to_owned();
        for it in changes.iter().rev() {
            let is_space = |it: &str| it.chars().all(|it| it == ' ' || it == '\t');
            let is_dashes = |it: &str| it.chars().all(|it| "-: \t".contains(it));
            let both = |is: fn(&str) -> bool| is(&text[it.range.clone()]) && is(&it.text);
            assert!(both(is_space) || both(is_dashes), "{it:?}");
            new.replace_range(it.range.clone(), &it.text);
        }
        new
    }

    #[track_caller]
    fn formatted(text: &str) -> String {
        let once = applied(text, &format(&checked(text), None));
        assert_eq!(format(&checked(&once), None), [], "not idempotent:\n{once}");
        once
    }

    /// All that a report says: its cells, and what is found in it.
    fn meaning(text: &str) -> Vec<String> {
        let checked = checked(text);
        let mut meaning = Vec::new();
        for (first, _) in checked.parts() {
            let (_, reading) = checked.reading(first).unwrap();
            for table in &reading.report.tables {
                let oddities = table.oddities.len();
                meaning.push(format!("{} {:?} {oddities}", table.schema.id, table.dialect));
                for (row, column, cell) in table.cells() {
                    let text = cell.place.text(&reading.blocks);
                    let is_blank = cell.value == Value::Blank;
                    meaning.push(format!("{} {} {column} {text} {is_blank}", row.part, row.row));
                }
            }
        }
        let findings = checked.findings();
        let message = |it: &gouji_analysis::Finding| it.message.text(gouji_analysis::Lang::Zh);
        meaning.extend(findings.iter().map(|it| format!("{} {}", it.code, message(it))));
        meaning
    }

    /// A small generator: the same texts in every run.
    struct Random(u64);

    impl Random {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_889);
            (self.0 >> 33) % bound
        }

        /// The text with the white space beside its pipes, and its dashes, as a person leaves them.
        fn mangled(&mut self, text: &str) -> String {
            let mut mangled = String::new();
            for line in text.split_inclusive('\n') {
                if !line.contains('|') {
                    mangled.push_str(line);
                    continue;
                }
                let body = line.trim_end_matches('\n');
                let pieces: Vec<_> = body.split('|').collect();
                for (index, piece) in pieces.iter().enumerate() {
                    let is_edge = index == 0 || index + 1 == pieces.len();
                    let spaces = ["", " ", "  ", "\t", "     "];
                    let mut space = || spaces[self.below(5) as usize];
                    let piece = if is_edge && piece.is_empty() {
                        String::new()
                    } else {
                        let before = if index == 0 { "" } else { space() };
                        [before, piece.trim_matches(' '), space()].concat()
                    };
                    mangled.push_str(&piece);
                    mangled.push_str(if index + 1 < pieces.len() { "|" } else { "" });
                }
                mangled.push('\n');
            }
            mangled
        }
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_on_the_screen() {
        let text = report(1, Dialect::Gfm, &|row, column| "1".repeat(1 + row % 3 + column));
        let squeezed = text.replace("  ", "").replace(" |", "|").replace("| ", "|");
        assert_ne!(squeezed, text);
        let widths = |text: &str| -> Vec<usize> {
            let rows = text.lines().filter(|it| it.starts_with('|'));
            rows.map(UnicodeWidthStr::width).collect()
        };
        // As wide as what is written aligned; the dashes have no spaces beside them there either.
        assert_eq!(widths(&formatted(&squeezed)), widths(&text));
        assert_eq!(format(&checked(&text), None), []);
    }

    #[test]
    fn what_is_written_aligned_stays() {
        for template in ["2019", "2021"] {
            let blank = Blank::new("青禾市水务局", 2023, Some(template), None).unwrap();
            assert_eq!(format(&checked(&blank.text()), None), []);
        }
    }

    #[test]
    fn numbers_stand_where_the_delimiter_row_says() {
        let text = report(1, Dialect::Gfm, &|_, column| "9".repeat(column + 1));
        let head = text.find("|---").unwrap();
        let end = head + text[head..].find('\n').unwrap();
        let mut text = text;
        text.replace_range(head..end, "| :-- | --: |:-:| --- |");
        let after = formatted(&text);
        let lines: Vec<_> = after.lines().skip_while(|it| !it.starts_with("| 规章")).collect();
        assert_eq!(
            lines[0],
            "| 规章               |                          9 |      99      | 999          |"
        );
        let delimiters =
            "| :----------------- | -------------------------: |:------------:| ------------ |";
        assert_eq!(after.lines().find(|it| it.starts_with("| :-")), Some(delimiters));
    }

    #[test]
    fn nothing_but_white_space_and_dashes_changes_and_the_report_says_the_same() {
        let mut random = Random(7);
        let values =
            ["", "0", "12", "３", "1,234", "/", "—", "若干", "**5**", "a\\|b", "\\", "　4"];
        for round in 0..40 {
            let form = usize::from(round % 2 == 0);
            let dialect = if round % 4 < 2 { Dialect::Gfm } else { Dialect::Pipe };
            let picks = std::cell::RefCell::new(&mut random);
            let pick = |_, _| values[picks.borrow_mut().below(values.len() as u64) as usize].into();
            let text = report(form, dialect, &pick);
            let mangled = random.mangled(&text);
            let mangled = if round % 3 == 0 { mangled.replace('\n', "\r\n") } else { mangled };
            let after = formatted(&mangled);
            assert_eq!(meaning(&after), meaning(&mangled), "{mangled}\n{after}");
            let bare = |it: &str| it.replace([' ', '\t', '-'], "");
            assert_eq!(bare(&after), bare(&mangled));
        }
    }

    #[test]
    fn other_dialects_and_texts_that_are_no_report_stay() {
        for dialect in Dialect::ALL {
            if !matches!(dialect, Dialect::Gfm | Dialect::Pipe) {
                let text = report(1, dialect, &|_, _| "0".to_owned());
                assert_eq!(format(&checked(&text), None), [], "{dialect:?}");
            }
        }
        let other = "| 甲 | 乙 |\n|--|--|\n|1|2|\n";
        assert_eq!(format(&checked(other), None), []);
        // Nor does a table among a report's that is none of the form's.
        let text = report(1, Dialect::Gfm, &|_, _| "0".to_owned());
        let text = text.replace("## 五、", &format!("{other}\n## 五、"));
        assert_eq!(format(&checked(&text), None), []);
    }

    #[test]
    fn loose_rows_are_aligned_where_their_values_line_up() {
        let text = report(1, Dialect::Pipe, &|_, _| "0".to_owned());
        let after = formatted(&text);
        assert!(
            after.contains("规章               | 0                          | 0            | 0"),
            "{after}"
        );
        // Merged cells are lost: 自然人 would stand above 科研机构.
        let requests =
            |it: &str| it[it.find("三、").unwrap()..it.find("四、政").unwrap()].to_owned();
        assert_eq!(requests(&after), requests(&text));
    }

    #[test]
    fn a_range_means_the_tables_that_it_touches() {
        let text = report(1, Dialect::Gfm, &|_, _| "0".to_owned()).replace(" 0 ", "0");
        let at = text.find("| 行政许可").unwrap();
        let some = format(&checked(&text), Some(&(at..at)));
        let all = format(&checked(&text), None);
        let (start, end) = (text.find("二、").unwrap(), text.find("三、收").unwrap());
        assert!(!some.is_empty() && some.len() < all.len());
        assert!(some.iter().all(|it| start < it.range.start && it.range.end < end));
        let prose = text.find("（二）").unwrap();
        assert_eq!(format(&checked(&text), Some(&(prose..prose + 3))), []);
    }

    #[test]
    fn rows_that_are_too_short_or_too_long_keep_their_pipes() {
        let text = report(1, Dialect::Gfm, &|_, _| "0".to_owned());
        let row = text.lines().find(|it| it.starts_with("| 规章")).unwrap();
        for instead in ["|规章|0", "|规章|0|0|0|0|", "规章|0|0|0", "  |规章|0|0|0|  ", "||||"]
        {
            let text = text.replace(row, instead);
            let after = formatted(&text);
            assert_eq!(meaning(&after), meaning(&text), "{instead}");
            assert_eq!(after.matches('|').count(), text.matches('|').count(), "{instead}");
        }
    }
}
