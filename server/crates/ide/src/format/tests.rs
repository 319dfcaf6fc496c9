//! What formatting changes, and that a report says the same after it.

use gouji_analysis::render::{self, Blank, Contents};
use gouji_analysis::report::{Date, Value};
use gouji_analysis::schema::SCHEMAS;
use gouji_analysis::{Config, Document, check};

use super::*;

const SIGNED: Date = Date { year: 2024, month: 1, day: 12 };
const CONTENTS: Contents =
    Contents {
        agency: "青禾市水务局", year: 2023, contact: "电话：0500-6000001", signed: SIGNED
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
    let values = ["", "0", "12", "３", "1,234", "/", "—", "若干", "**5**", "a\\|b", "\\", "　4"];
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
    let requests = |it: &str| it[it.find("三、").unwrap()..it.find("四、政").unwrap()].to_owned();
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
    for instead in ["|规章|0", "|规章|0|0|0|0|", "规章|0|0|0", "  |规章|0|0|0|  ", "||||"] {
        let text = text.replace(row, instead);
        let after = formatted(&text);
        assert_eq!(meaning(&after), meaning(&text), "{instead}");
        assert_eq!(after.matches('|').count(), text.matches('|').count(), "{instead}");
    }
}
