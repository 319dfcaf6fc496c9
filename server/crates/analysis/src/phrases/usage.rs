//! Slips of usage that reviewers mark.

use std::ops::Range;

use crate::scan::one_to_nine;

/// A slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// 截止到2023年12月31日: what goes on until a day is 截至.
    Until,
    /// 2023年度政府信息公开工作年度报告: 年度 twice.
    DoubledYear,
}

/// The slip that a word which starts at `at`, 截止 or 年度, may be; and what is to be replaced.
pub(super) fn read(text: &str, at: usize) -> Option<(Range<usize>, Usage)> {
    let (before, rest) = text.split_at(at);
    match rest.strip_prefix("截止") {
        Some(rest) => until(before, rest).map(|len| (at..at + "截止".len() + len, Usage::Until)),
        None => is_doubled(before, rest).then(|| (at..at + "年度".len(), Usage::DoubledYear)),
    }
}

/// Whether 截止 says until when; the length of 到, 至 after it.
fn until(before: &str, rest: &str) -> Option<usize> {
    // 申请受理截止12月31日: what ends on a day does 截止.
    let starts_clause = before
        .chars()
        .next_back()
        .is_none_or(|it| it.is_whitespace() || "。，；：！？、（(,;:".contains(it));
    let to = ["到", "至", "于"].into_iter().find(|it| rest.starts_with(it)).unwrap_or_default();
    let day = rest[to.len()..].trim_start();
    let digits = day.chars().take_while(|it| is_digit(*it)).count();
    let unit = day.chars().nth(digits);
    let is_day = digits > 0 && unit.is_some_and(|it| "年月".contains(it));
    (starts_clause && (is_day || day.starts_with("目前"))).then_some(to.len())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c == '〇' || c == '○' || one_to_nine(c).is_some() || c == '十'
}

/// Whether 年度 follows a year and 年度报告 comes again in the same title.
fn is_doubled(before: &str, rest: &str) -> bool {
    const LONGEST: usize = 24;
    if before.chars().rev().take_while(|it| is_digit(*it)).count() != 4 {
        return false;
    }
    let words = &rest["年度".len()..];
    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |it| it.0);
    let title = &words[..end];
    let report = ["年度报告", "年度工作报告"].iter().filter_map(|it| title.find(it)).min();
    let between = report.map(|it| &title[..it]);
    let is_title =
        |it: &str| it.contains("信息公开") && !it.contains(|c: char| "。，；、《》：".contains(c));
    // 《2022年度……年度报告》 is the name of another document.
    let is_quoted = before.rfind('《') > before.rfind('》');
    between.is_some_and(is_title) && !is_quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, Usage)> {
        let at = text.find("截止").or_else(|| text.find("年度"))?;
        read(text, at).map(|(range, usage)| (&text[range], usage))
    }

    #[test]
    fn slips_are_found() {
        for (text, slip) in [
            ("截止到2023年12月31日，我局公开信息3条", "截止到"),
            ("有序推进，截止12月31日", "截止"),
            ("截止至二〇二三年末", "截止至"),
            ("截止目前", "截止"),
        ] {
            assert_eq!(found(text), Some((slip, Usage::Until)), "{text}");
        }
        let doubled = "青禾市水务局2023年度政府信息公开工作年度报告";
        assert_eq!(found(doubled), Some(("年度", Usage::DoubledYear)));
    }

    #[test]
    fn right_usage_is_silent() {
        for text in [
            "截至2023年12月31日",
            "截止时间为2023年12月31日",
            "申请受理截止12月31日",
            "截止日期",
            "青禾市水务局2023年政府信息公开工作年度报告",
            "2023年度，我局编制了年度报告",
            "按《2022年度政府信息公开工作年度报告》",
            "2023年度政府信息公开工作报告",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
