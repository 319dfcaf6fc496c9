//! 本报告由总体情况、……等六部分组成: how many parts a report says it has, and which it names.

use std::ops::Range;

use crate::scan::one_to_nine;

/// A number of parts that differs from the list beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartList {
    /// How many parts it says.
    pub(crate) stated: u32,
    /// The sections that it names, as indices of the form's.
    pub(crate) named: Vec<usize>,
    /// Whether the number is written in Chinese.
    pub(crate) is_chinese: bool,
}

/// What each section is called in such lists, in the order of the form.
const SECTIONS: [&[&str]; 6] = [
    &["总体", "概述", "综述"],
    &["主动公开"],
    &["处理政府信息公开申请", "依申请", "申请公开", "处理申请", "收到和处理", "申请情况"],
    &["复议", "诉讼"],
    &["问题", "改进"],
    &["其他", "其它"],
];

/// Reads the sentence around 部分, which starts at `at`. Says where its number stands, if that
/// is not the number of sections that it names. Nothing where it names anything else.
pub(super) fn read(text: &str, at: usize) -> Option<(Range<usize>, PartList)> {
    /// Fewer are no list of a report's parts.
    const LEAST: usize = 3;
    let start = text[..at]
        .rfind(['。', '！', '|'])
        .map_or(0, |it| it + text[it..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(['。', '！', '|']).map_or(text.len(), |it| at + it);
    let (range, stated, is_chinese) = number(&text[..at])?;
    let before = list_before(&text[start..range.start.max(start)]);
    let after = list_after(&text[at + "部分".len()..end]);
    let named = before.and_then(named).or_else(|| after.and_then(named))?;
    let differs = named.len() >= LEAST && named.len() as u32 != stated;
    differs.then_some((range, PartList { stated, named, is_chinese }))
}

/// The number that 部分 counts: 六, 6个.
fn number(before: &str) -> Option<(Range<usize>, u32, bool)> {
    let before = before.trim_end();
    let digits = before.strip_suffix('个').unwrap_or(before).trim_end();
    let last = digits.chars().next_back()?;
    let start = digits.len() - last.len_utf8();
    let rest = digits[..start].chars().next_back();
    // 第六部分 is one of them, 十六 another number.
    let is_whole = rest.is_none_or(|it| !it.is_ascii_digit() && it != '十' && it != '第');
    let (value, is_chinese) = match last.to_digit(10) {
        Some(value) => (value, false),
        None => (one_to_nine(last)?, true),
    };
    is_whole.then_some((start..digits.len(), value, is_chinese))
}

/// The list that ends with the number: 由甲、乙等.
fn list_before(before: &str) -> Option<&str> {
    let start = ["包括", "包含", "由", "分为", "："]
        .iter()
        .filter_map(|it| Some(before.find(it)? + it.len()))
        .min()?;
    let list = before[start..].trim_end();
    let list = ["共", "等", "共计", "以下", "以上"]
        .iter()
        .fold(list, |list, it| list.trim_end_matches(it));
    (!list.is_empty()).then_some(list)
}

/// The list after the number: 组成，包括甲、乙.
fn list_after(after: &str) -> Option<&str> {
    let start = ["包括", "分别为", "分别是", "：", ":", "，", ","]
        .iter()
        .find_map(|it| Some(after.find(it)? + it.len()))?;
    Some(&after[start..])
}

/// The sections that a list names, once each; nothing where it names anything else.
fn named(list: &str) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let pieces = list.split(['、', '，', ',', '；', ';', '和', '及', '与']).map(str::trim);
    // 和 and 及 also stand in names: 收到和处理, 存在问题及改进情况.
    for piece in pieces.filter(|it| it.chars().count() > 2) {
        let section = SECTIONS.iter().position(|it| it.iter().any(|it| piece.contains(it)))?;
        if !found.contains(&section) {
            found.push(section);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, u32, Vec<usize>)> {
        let (range, list) = read(text, text.find("部分组成").or(text.find("部分"))?)?;
        Some((&text[range], list.stated, list.named))
    }

    const FIVE: &str = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况、其他需要报告的事项";
    const SIX: &str = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议、提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项";

    #[test]
    fn lists_of_another_length_are_found() {
        let without_litigation = vec![0, 1, 2, 4, 5];
        for (text, number) in [
            (format!("现予公布。本报告由{FIVE}等六部分组成。"), "六"),
            (format!("本报告由以下6个部分组成：{FIVE}。全文如下。"), "6"),
            (format!("报告包括{FIVE}等六个部分内容。"), "六"),
        ] {
            assert_eq!(found(&text), Some((number, 6, without_litigation.clone())), "{text}");
        }
        let text = format!("本报告由五部分组成，包括{SIX}。");
        assert_eq!(found(&text), Some(("五", 5, vec![0, 1, 2, 3, 4, 5])));
    }

    #[test]
    fn right_lists_and_others_are_silent() {
        for text in [
            format!("本报告由{SIX}等六部分组成。"),
            format!("本报告由六部分组成，包括{SIX}。"),
            format!("本报告由{FIVE}、收费及减免情况等六部分组成。"),
            "本报告由六部分组成。".to_owned(),
            format!("第六部分：{FIVE}。"),
            "区分三个部分，即办公室、档案室、信息室。".to_owned(),
        ] {
            assert_eq!(found(&text), None, "{text}");
        }
    }
}
