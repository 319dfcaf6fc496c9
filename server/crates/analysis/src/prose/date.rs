//! Calendar days in running text.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::numeral;
use crate::report::Date;
use crate::scan::Sieve;
use crate::words::lasts;

/// A day, or a month, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The year and its digits, where it is written.
    pub(crate) year: Option<(i32, Range<usize>)>,
    /// The month.
    pub(crate) month: u32,
    /// The day, where it is written.
    pub(crate) day: Option<u32>,
    /// All of it: bytes of the text.
    pub(crate) range: Range<usize>,
}

impl Written {
    /// The day, where year and day are written.
    pub(crate) fn date(&self) -> Option<Date> {
        Some(Date { year: self.year.as_ref()?.0, month: self.month, day: self.day? })
    }
}

/// The days that are written with 年, 月 and 日 in a text, in order.
pub(crate) fn dates(text: &str) -> Vec<Written> {
    static NUMERALS: Sieve = lasts(&numeral::NUMERALS);
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in NUMERALS.sift(text) {
        if at < end {
            continue;
        }
        let date = this(text, at);
        end = date.as_ref().map_or_else(|| run_end(text, at), |it| it.range.end);
        found.extend(date);
    }
    found
}

/// A whole line that is a day: also 2024-01-20, 2024.1.20, 2024/1/20.
pub(crate) fn whole(line: &str) -> Option<Date> {
    let line = line.trim().trim_start_matches(['（', '(', '[', '【']);
    let line = line.trim_end_matches(['）', ')', ']', '】', '。']).trim();
    let from = line.strip_prefix(['于', '：', ':']).unwrap_or(line).trim_start();
    if let Some(written) = this(from, 0).filter(|it| it.range.end == from.len()) {
        return written.date();
    }
    if !from.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let mut parts = from.split(['-', '.', '/', '－', '．']).map(|it| {
        let it = it.trim();
        it.parse::<u32>().ok().filter(|_| it.bytes().all(|it| it.is_ascii_digit()))
    });
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let plausible = parts.next().is_none() && (1980..2100).contains(&year);
    let year = i32::try_from(year).ok()?;
    (plausible && month < 100 && day < 100).then_some(Date { year, month, day })
}

/// The day that starts at `at`.
fn this(text: &str, at: usize) -> Option<Written> {
    let after = text[run_end(text, at)..].trim_start_matches(SPACES);
    if !after.starts_with(['年', '月']) {
        return None;
    }
    let mut scan = Scan { text, at };
    let (first, range) = scan.number()?;
    let (year, month) = if scan.eat("年") {
        // 2023年度1月 does not occur, 二〇二三年一月 does.
        let year = i32::try_from(first).ok().filter(|it| (1980..2100).contains(it))?;
        let month = scan.number()?.0;
        scan.eat("月").then_some((Some((year, range)), month))?
    } else {
        scan.eat("月").then_some((None, first))?
    };
    let month = u32::try_from(month).ok().filter(|it| *it < 100)?;
    let mut end = scan.at;
    let mut day = None;
    if let Some((value, _)) = scan.number() {
        // 12月31止: the word is missing, the day is not.
        let marked = scan.eat("日") || scan.eat("号");
        let stops = text[scan.at..].starts_with(['止', '，', ',', '。', '）', ')', '；', '起']);
        if value < 100 && (marked || stops) {
            day = u32::try_from(value).ok();
            end = scan.at;
        }
    }
    Some(Written { year, month, day, range: at..end })
}

/// Days of a month; those of a leap year where none is written.
pub(crate) fn days(year: Option<i32>, month: u32) -> u32 {
    let leaps = |year: i32| year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    match month {
        2 => 28 + u32::from(year.is_none_or(leaps)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn run_end(text: &str, at: usize) -> usize {
    let part = |c: &char| numeral::digit(*c).is_some() || numeral::is_chinese_numeral(*c);
    at + text[at..].chars().take_while(part).map(char::len_utf8).sum::<usize>()
}

/// What may stand around the numbers of a day.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{3000}'];

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(SPACES).len();
    }

    fn eat(&mut self, word: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    /// A run of digits of one script, without separators.
    fn number(&mut self) -> Option<(u64, Range<usize>)> {
        self.space();
        let end = run_end(self.text, self.at);
        let numeral = numeral::at(&self.text[..end], self.at)?;
        let value = (numeral.range.end == end).then(|| numeral.value.to_u64()).flatten()?;
        self.at = end;
        Some((value, numeral.range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn days_are_read_in_every_spelling() {
        for text in [
            "2024年1月20日",
            "2024 年 1 月 20 日",
            "2024年01月20号",
            "２０２４年１月２０日",
            "二〇二四年一月二十日",
            "二○二四年一月二十日",
            "（2024年1月20日）",
            "2024-01-20",
            "2024.1.20",
            "2024/1/20",
        ] {
            assert_eq!(whole(text), Some(day(2024, 1, 20)), "{text}");
        }
    }

    #[test]
    fn a_line_with_more_than_a_day_is_none() {
        for text in
            ["2024年1月20日印发", "2024年1月", "1月20日", "0595-85738505", "20241月20日", "1.2"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn days_without_year_and_months_are_found() {
        let found = dates("自2023年1月1日起至12月31止，2023年1月至12月");
        let parts: Vec<_> =
            found.iter().map(|it| (it.year.as_ref().map(|it| it.0), it.month, it.day)).collect();
        assert_eq!(
            parts,
            [
                (Some(2023), 1, Some(1)),
                (None, 12, Some(31)),
                (Some(2023), 1, None),
                (None, 12, None),
            ]
        );
    }

    #[test]
    fn lost_characters_give_no_day() {
        assert!(dates("自20231月1日起至202312月31日止").is_empty());
        assert!(dates("为202411日至20241231日").is_empty());
    }
}
