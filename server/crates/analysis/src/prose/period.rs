//! 统计期限 in a text.

use std::ops::Range;

use gouji_syntax::TextRange;

use super::date::{Written, dates, days};
use super::text::{Sentence, Text};
use super::topics::Topics;
use crate::report::Date;

/// First and last day of the statistics, and where their years stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenPeriod {
    /// First day.
    pub(crate) start: Date,
    /// Last day; in the first day's year where none is written.
    pub(crate) end: Date,
    /// The digits of the start's year: bytes of the block.
    pub(crate) start_year: TextRange,
    /// The digits of the end's year, where they are written.
    pub(crate) end_year: Option<TextRange>,
    /// Month and day of the start: 1月1日.
    pub(crate) start_day: TextRange,
    /// Month and day of the end.
    pub(crate) end_day: TextRange,
}

/// The period that a text states first.
pub(crate) fn period(text: &Text) -> Option<WrittenPeriod> {
    let states = |it: &&Sentence| it.topics.have(Topics::MONTH) && it.topics.have(Topics::PERIOD);
    text.sentences.iter().filter(states).find_map(|it| read(text, &it.range))
}

fn read(text: &Text, sentence: &Range<usize>) -> Option<WrittenPeriod> {
    let words = &text.masked[sentence.clone()];
    let mut dates = dates(words);
    for date in &mut dates {
        shift(date, sentence.start);
    }
    let joined = dates.windows(2).find_map(|pair| {
        let between = &text.masked[pair[0].range.end..pair[1].range.start];
        is_to(between).then(|| make(text, &pair[0], &pair[1])).flatten()
    });
    joined.or_else(|| apart(text, &dates))
}

fn shift(date: &mut Written, by: usize) {
    let move_range = |it: &mut Range<usize>| *it = it.start + by..it.end + by;
    move_range(&mut date.range);
    if let Some((_, range)) = &mut date.year {
        move_range(range);
    }
}

/// Whether the words between two days make them a period.
fn is_to(between: &str) -> bool {
    let words: String = between.chars().filter(|it| !it.is_whitespace()).collect();
    let words = words.trim_start_matches(['起', '始', '，', ',']);
    matches!(
        words,
        "至" | "到" | "止" | "-" | "—" | "——" | "–" | "－" | "~" | "～" | "起至" | "开始至"
    )
}

/// Two full days in two clauses: 截止时间为2023年12月31日，……2023年1月1日以来.
fn apart(text: &Text, dates: &[Written]) -> Option<WrittenPeriod> {
    let [first, second] = dates else { return None };
    let (a, b) = (first.date()?, second.date()?);
    if a < b { make(text, first, second) } else { make(text, second, first) }
}

fn make(text: &Text, start: &Written, end: &Written) -> Option<WrittenPeriod> {
    let (year, digits) = start.year.as_ref()?;
    let end_year = end.year.as_ref().map_or(*year, |it| it.0);
    // Months alone are whole months.
    let (first, last) = match (start.day, end.day) {
        (Some(first), Some(last)) => (first, last),
        (None, None) => (1, days(Some(end_year), end.month)),
        _ => return None,
    };
    Some(WrittenPeriod {
        start: Date { year: *year, month: start.month, day: first },
        end: Date { year: end_year, month: end.month, day: last },
        start_year: text.source(digits),
        end_year: end.year.as_ref().map(|it| text.source(&it.1)),
        start_day: text.source(&day(text, start)),
        end_day: text.source(&day(text, end)),
    })
}

/// Where month and day of a date stand.
fn day(text: &Text, date: &Written) -> Range<usize> {
    let Some((_, year)) = &date.year else { return date.range.clone() };
    let rest = &text.masked[year.end..date.range.end];
    let between = rest.find('年').map_or(0, |it| it + '年'.len_utf8());
    let blank = rest[between..].len() - rest[between..].trim_start().len();
    year.end + between + blank..date.range.end
}

#[cfg(test)]
mod tests {
    use gouji_syntax::plain::Plain;

    use super::*;

    fn read(source: &str) -> Option<(Date, Date)> {
        let plain = Plain::new(source, 0);
        period(&Text::new(&plain)).map(|it| (it.start, it.end))
    }

    #[test]
    fn every_wording_is_read() {
        let day = |month, day| Date { year: 2023, month, day };
        for source in [
            "数据的统计期限自2023年1月1日至2023年12月31日止。",
            "数据的统计期限自2023年1月1日起至2023年12月31日止。",
            "统计期限为2023年1月1日至12月31日。",
            "统计期限自 2023 年 1 月 1 日起\n至 2023 年 12 月 31 日止。",
            "统计期限从2023年1月1日到12月31日止",
            "统计期限自2023年1月1日起到2023年12月31止。",
            "统计数据时间段：2023年1月1日—2023年12月31日。",
            "统计期限自二〇二三年一月一日至二〇二三年十二月三十一日。",
            "所列数据统计期限为2023年1月至12月。",
            "所列数据期限截止时间为2023年12月31日，数据为2023年1月1日以来制作。",
        ] {
            assert_eq!(read(source), Some((day(1, 1), day(12, 31))), "{source}");
        }
    }

    #[test]
    fn years_keep_their_places() {
        let source = "统计期限自**2023**年1月1日至2024年12月31日。";
        let plain = Plain::new(source, 0);
        let found = period(&Text::new(&plain)).unwrap();
        assert_eq!(&source[std::ops::Range::from(found.start_year)], "2023");
        assert_eq!(&source[std::ops::Range::from(found.end_year.unwrap())], "2024");
        assert_eq!((found.start.year, found.end.year), (2023, 2024));
    }

    #[test]
    fn other_days_are_no_period() {
        for source in [
            "本报告于2024年1月20日公布。",
            "数据统计期限为202411日至20241231日。",
            "统计期限自20231月1日起至202312月31日止。",
            "2023年1月1日至2023年12月31日共办理3件。",
        ] {
            assert_eq!(read(source), None, "{source}");
        }
    }
}
