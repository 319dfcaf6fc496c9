//! Numbers in running text, in every spelling, and writing one back in the same spelling.

use std::ops::Range;

use rust_decimal::Decimal;

use super::digits::{self, Digits};
use crate::scan::one_to_nine;

/// The digits of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Script {
    /// 12
    #[default]
    Ascii,
    /// １２
    FullWidth,
    /// 十二
    Chinese,
    /// 二〇二三: Chinese digits without places.
    ChineseDigits,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Its digits.
    pub(crate) script: Script,
    /// 1,234
    pub(crate) thousands: bool,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numeral {
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// Its value, with the decimals shown.
    pub(crate) value: Decimal,
    /// How it is written.
    pub(crate) style: Style,
}

/// The number that starts exactly at byte `at`.
pub(crate) fn at(text: &str, at: usize) -> Option<Numeral> {
    read(text, at).ok()
}

/// The number that starts exactly at byte `at`, or where the numerals there end that are none:
/// 百 starts no number, and there may be more digits than a value has.
pub(super) fn read(text: &str, at: usize) -> Result<Numeral, usize> {
    let rest = text.get(at..).unwrap_or_default();
    match rest.chars().next() {
        Some(first) if digit(first).is_some() => {
            plain(rest, at).map_or_else(|| arabic(rest, at, first), Ok)
        }
        _ => chinese(rest, at),
    }
}

/// Most numbers: a few ASCII digits.
fn plain(rest: &str, at: usize) -> Option<Numeral> {
    let (len, value) = digits::plain(rest)?;
    Some(Numeral { range: at..at + len, value, style: Style::default() })
}

/// `value` written like a number of `style`.
pub(crate) fn write(value: Decimal, style: Style) -> String {
    let plain = value.to_string();
    match style.script {
        Script::Ascii if style.thousands => separated(&plain),
        Script::Ascii => plain,
        Script::FullWidth => {
            let text = if style.thousands { separated(&plain) } else { plain };
            text.chars().map(full_width).collect()
        }
        Script::ChineseDigits => plain.chars().filter_map(digit_word).collect(),
        Script::Chinese => words(value),
    }
}

/// The value of an ASCII or full-width digit.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The value of a Chinese digit.
fn chinese_digit(c: char) -> Option<u32> {
    match c {
        '〇' | '零' | '○' | 'Ｏ' => Some(0),
        '两' => Some(2),
        _ => one_to_nine(c),
    }
}

/// All characters that can be part of a number.
pub(crate) const NUMERALS: [&str; 39] = [
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６",
    "７", "８", "９", "〇", "零", "○", "Ｏ", "一", "二", "两", "三", "四", "五", "六", "七", "八",
    "九", "十", "百", "千", "万", "亿",
];

/// Whether a character can be part of a number in Chinese.
pub(crate) fn is_chinese_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || place(c).is_some()
}

fn place(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    }
}

fn arabic(rest: &str, at: usize, first: char) -> Result<Numeral, usize> {
    let mut digits = Digits::default();
    let (mut end, mut group, mut style) = (0, 0, Style::default());
    let mut grouped = false;
    let leading_zero = digit(first) == Some(0);
    for (start, c) in rest.char_indices() {
        if let Some(value) = digit(c) {
            digits.push(value);
            group += 1;
        } else if opens_group(&rest[start..], c) && !leading_zero && fits_group(group, grouped) {
            style.thousands |= c == ',';
            (group, grouped) = (0, true);
        } else {
            break;
        }
        end = start + c.len_utf8();
    }
    end += decimals(&rest[end..], &mut digits);
    style.script = if first.is_ascii() { Script::Ascii } else { Script::FullWidth };
    let range = at..at + end;
    let value = digits.value().ok_or(range.end)?;
    Ok(Numeral { range, value, style })
}

/// Takes a point and the digits after it; returns their length.
fn decimals(rest: &str, digits: &mut Digits) -> usize {
    let Some(after) = rest.strip_prefix(['.', '．']) else { return 0 };
    let mut values = after.chars().map_while(|it| Some((digit(it)?, it.len_utf8()))).peekable();
    if values.peek().is_none() {
        return 0;
    }
    digits.point();
    let start = rest.len() - after.len();
    values.fold(start, |end, (value, width)| {
        digits.push(value);
        end + width
    })
}

/// Whether `rest` starts with a separator and three digits. A full-width comma never
/// separates thousands; it separates clauses.
fn opens_group(rest: &str, separator: char) -> bool {
    matches!(separator, ',' | ' ')
        && rest.chars().skip(1).take_while(|it| digit(*it).is_some()).count() == 3
}

/// Whether the digits so far can stand before a group of three.
fn fits_group(group: usize, grouped: bool) -> bool {
    group == 3 || !grouped && group < 3
}

/// A run of Chinese digits and places.
fn chinese(rest: &str, at: usize) -> Result<Numeral, usize> {
    let run = &rest[..rest.find(|it| !is_chinese_numeral(it)).unwrap_or(rest.len())];
    let range = at..at + run.len();
    let (value, script) = chinese_value(run).ok_or(range.end)?;
    Ok(Numeral { range, value, style: Style { script, thousands: false } })
}

/// The value of a run of Chinese digits and places, and how it is written. A run that starts with
/// 百, 千, 万 is no number.
fn chinese_value(run: &str) -> Option<(Decimal, Script)> {
    let first = run.chars().next()?;
    if run.chars().all(|it| chinese_digit(it).is_some()) {
        let mut digits = Digits::default();
        run.chars().filter_map(chinese_digit).for_each(|it| digits.push(it));
        let script = if run.chars().count() > 1 { Script::ChineseDigits } else { Script::Chinese };
        return Some((digits.value()?, script));
    }
    let is_number = first == '十' || chinese_digit(first).is_some();
    is_number.then(|| places(run)).flatten().map(|it| (it.into(), Script::Chinese))
}

/// 三百零五 → 305, 一万二千 → 12000. `None` where places do not fall.
fn places(run: &str) -> Option<u64> {
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    let mut lowest = u64::MAX;
    for c in run.chars() {
        if let Some(value) = chinese_digit(c) {
            if pending.is_some_and(|it| it != 0) {
                return None;
            }
            pending = Some(u64::from(value));
            continue;
        }
        let place = place(c)?;
        if place >= 10_000 {
            section += pending.take().unwrap_or(0);
            total = total.checked_add(section)?.checked_mul(place)?;
            (section, lowest) = (0, u64::MAX);
        } else {
            if place >= lowest || pending == Some(0) {
                return None;
            }
            section += pending.take().unwrap_or(1) * place;
            lowest = place;
        }
    }
    total.checked_add(section + pending.unwrap_or(0))
}

/// 305 → 三百零五; 12.5 → 十二点五.
fn words(value: Decimal) -> String {
    let plain = value.to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = whole_words(whole.parse().unwrap_or_default());
    if !decimals.is_empty() {
        text.push('点');
        text.extend(decimals.chars().filter_map(digit_word));
    }
    text
}

fn whole_words(value: u64) -> String {
    let sections =
        [(value / 100_000_000, "亿"), (value / 10_000 % 10_000, "万"), (value % 10_000, "")];
    let mut text = String::new();
    let mut zero = false;
    for (section, name) in sections {
        if section == 0 {
            zero |= !text.is_empty();
            continue;
        }
        if zero || !text.is_empty() && section < 1000 {
            text.push('零');
        }
        zero = false;
        text.push_str(&section_words(section));
        text.push_str(name);
    }
    if text.is_empty() {
        return "零".to_owned();
    }
    // 一十二 is written 十二.
    text.strip_prefix("一十").map(|it| format!("十{it}")).unwrap_or(text)
}

fn section_words(value: u64) -> String {
    let mut text = String::new();
    let mut zero = false;
    for (place, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / place % 10;
        if digit == 0 {
            zero |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            text.push('零');
        }
        text.extend(char::from_digit(digit as u32, 10).and_then(digit_word));
        text.push_str(name);
    }
    text
}

fn digit_word(c: char) -> Option<char> {
    let value = c.to_digit(10)?;
    "〇一二三四五六七八九".chars().nth(value as usize)
}

fn full_width(c: char) -> char {
    match c {
        '.' => '．',
        _ => c.to_digit(10).and_then(|it| char::from_u32('０' as u32 + it)).unwrap_or(c),
    }
}

fn separated(plain: &str) -> String {
    let (whole, decimals) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::new();
    for (index, c) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(c);
    }
    text + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, value: &str) {
        let numeral = at(text, 0).unwrap();
        assert_eq!(numeral.value.to_string(), value, "{text}");
    }

    #[test]
    fn plain_numbers_are_read_as_any_others() {
        let ends =
            ["", "条", "%", ".", ".条", "．5", ",345", ",3456", " 345", "，3", "５", "万", ".1.2"];
        for number in ["0", "7", "007", "12", "1234", "12.50", "123456789012345678", "９"] {
            for text in ends.map(|it| format!("{number}{it}")) {
                let first = text.chars().next().unwrap();
                let expected = arabic(&text, 0, first);
                assert!(plain(&text, 0).is_none_or(|it| Ok(it) == expected), "{text}");
            }
        }
        assert!(plain("12.5%", 3).is_some_and(|it| it.range == (3..7)));
    }

    #[test]
    fn every_spelling_is_read() {
        for (text, value) in [
            ("306条", "306"),
            ("1,234件", "1234"),
            ("12,345,678件", "12345678"),
            ("3 050件", "3050"),
            ("１２件", "12"),
            ("41.17％", "41.17"),
            ("1.60%", "1.60"),
            ("三十五件", "35"),
            ("十二件", "12"),
            ("两件", "2"),
            ("一百零五条", "105"),
            ("一万二千条", "12000"),
            ("二〇二三年", "2023"),
            ("二○二四年", "2024"),
        ] {
            reads(text, value);
        }
    }

    #[test]
    fn numerals_are_all_that_is_numeric() {
        let is_numeric = |it: &char| digit(*it).is_some() || is_chinese_numeral(*it);
        let numeric = ('\0'..=char::MAX).filter(is_numeric).map(|it| it.to_string());
        let numeric: Vec<_> = numeric.collect();
        let mut numerals = NUMERALS.to_vec();
        numerals.sort_unstable();
        assert_eq!(numeric, numerals);
    }

    #[test]
    fn separators_of_clauses_are_not_of_thousands() {
        for (text, value) in [
            ("73,205条微信", "73205"),
            ("73,2051条", "73"),
            ("67,占4.61%", "67"),
            ("2023,123条", "2023"),
            ("67，123件", "67"),
            ("0,123", "0"),
            ("1,234,56", "1234"),
            ("12。", "12"),
            ("2023 年", "2023"),
        ] {
            reads(text, value);
        }
    }

    #[test]
    fn places_must_fall() {
        for text in ["百余条", "千家", "万条", "一十百", "件"] {
            assert_eq!(at(text, 0), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_in_their_style() {
        let style = |script, thousands| Style { script, thousands };
        let write = |value: &str, style| write(value.parse().unwrap(), style);
        assert_eq!(write("1234", style(Script::Ascii, false)), "1234");
        assert_eq!(write("1234567", style(Script::Ascii, true)), "1,234,567");
        assert_eq!(write("34", style(Script::FullWidth, false)), "３４");
        assert_eq!(write("2023", style(Script::ChineseDigits, false)), "二〇二三");
        assert_eq!(write("2.94", style(Script::Chinese, false)), "二点九四");
    }

    #[test]
    fn chinese_words_read_back() {
        let chinese = Style { script: Script::Chinese, thousands: false };
        for value in
            (0..=1200_u64).chain([2000, 9999, 10_000, 10_001, 10_500, 120_030, 100_000_001])
        {
            let text = write(value.into(), chinese);
            assert_eq!(at(&text, 0).unwrap().value, value.into(), "{text}");
        }
        assert_eq!(write(105.into(), chinese), "一百零五");
        assert_eq!(write(12.into(), chinese), "十二");
    }
}
