//! Days that do not exist, and days as one speaks of them: 2月30日, 1月3号.

use std::ops::Range;

use crate::prose::{Written, dates_in_line, days};

/// What is wrong with a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WrongDay {
    /// There is none such.
    Impossible,
    /// 号 in place of 日; the range is that character's.
    Spoken,
}

/// The wrong days in a text: bytes of it.
pub(super) fn read(text: &str) -> Vec<(Range<usize>, WrongDay)> {
    let wrong = |it: &Written| {
        let year = it.year.as_ref().map(|it| it.0);
        let is_month = (1..=12).contains(&it.month);
        let is_day = |day: u32| (1..=days(year, it.month)).contains(&day);
        // A month alone is one of its own only where a year says so: 13月 may be part of a number.
        let exists = is_month && it.day.is_none_or(is_day);
        if !exists && (it.day.is_some() || year.is_some()) {
            return Some((it.range.clone(), WrongDay::Impossible));
        }
        let end = it.range.end;
        let spoken = it.day.is_some() && text[..end].ends_with('号');
        spoken.then(|| (end - '号'.len_utf8()..end, WrongDay::Spoken))
    };
    dates_in_line(text).iter().filter_map(wrong).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, WrongDay)> {
        read(text).into_iter().map(|(range, what)| (&text[range], what)).collect()
    }

    #[test]
    fn days_that_do_not_exist_are_found() {
        for text in [
            "2023年2月29日",
            "2023年2月30日",
            "4月31日",
            "2023年13月1日",
            "二〇二四年六月三十一日",
            "2024年0月5日",
        ] {
            assert_eq!(found(text), [(text, WrongDay::Impossible)], "{text}");
        }
    }

    #[test]
    fn days_as_spoken_are_found() {
        assert_eq!(found("2023年1月3号"), [("号", WrongDay::Spoken)]);
    }

    #[test]
    fn days_of_the_calendar_and_damaged_ones_are_silent() {
        for text in [
            "2024年2月29日",
            "2月29日",
            "12月31止",
            "20231月1日",
            "202411日至20241231日",
            "连续13月",
            "2023年12月",
            "第3号",
            "国办公开办函〔2021〕30号",
            "12月331日",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
