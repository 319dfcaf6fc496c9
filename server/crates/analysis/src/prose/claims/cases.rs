//! 「因政府信息公开被申请行政复议2件」, 「未发生行政复议、行政诉讼」: statements on cases, and
//! that there were none.
//!
//! All words but those of a list make them cases of something else.

use super::cell::{CellClaim, Stated};
use super::request::{is_of_whole_year, tail, years_before};
use crate::prose::text::{Sentence, Text};
use crate::prose::topics::Topics;
use crate::words::Words;

/// Which cases a number is of, by the words before it in its clause, its `head`, and `before`
/// that in the sentence.
pub(super) fn counted(head: &str, before: &str) -> Option<Stated> {
    let head = without_year(head).trim_end_matches(['共', '计']);
    let mut named = courts(head);
    let (Some(stated), None) = (named.next(), named.next()) else { return None };
    let is_all = is_about_cases(head) && !OTHER_CASES.are_in(before);
    // 领域行政复议案件134件，行政诉讼案件57件: both are of one scope.
    let follows = !head.contains("公开") && courts(before).next().is_some();
    let earlier = || without_year(before).replace(|it: char| it.is_ascii_digit() || it == '，', "");
    (is_all && (!follows || is_about_cases(&earlier()))).then_some(stated)
}

/// 未发生因政府信息公开被申请行政复议、提起行政诉讼的情况.
pub(super) fn denials(text: &Text, sentence: &Sentence) -> Vec<CellClaim> {
    let mut found = Vec::new();
    if !sentence.topics.have(Topics::CASE) {
        return found;
    }
    for clause in text.clauses(sentence) {
        let topics = text.topics_of(clause.clone());
        if !topics.have(Topics::CASE) || text.segments[clause.end - 1].depth > 0 {
            continue;
        }
        let range = text.range_of(&clause);
        let words = &text.masked[range.clone()];
        let Some(denied) = denied(words) else { continue };
        let before = tail(&text.masked[sentence.range.start..range.start]);
        let is_all = is_about_cases(denied)
            && !OTHER_CASES.are_in(before)
            && is_of_whole_year(sentence, before)
            && is_of_whole_year(sentence, words)
            && text.quantities_in(&range).is_empty();
        let claim = |stated| CellClaim {
            stated,
            count: None,
            range: text.source(&range),
            years: years_before(sentence, before, words),
            names_topic: sentence.topics.have(Topics::ABOUT),
        };
        if is_all {
            found.extend(courts(denied).map(claim));
        }
    }
    found
}

/// Which of the two kinds of cases words name.
fn courts(words: &str) -> impl Iterator<Item = Stated> {
    let kinds = [("复议", Stated::Review), ("诉讼", Stated::Litigation)];
    kinds.into_iter().filter(|it| words.contains(it.0)).map(|it| it.1)
}

/// Whether words say nothing but that there were cases over 政府信息公开.
fn is_about_cases(mut words: &str) -> bool {
    static KNOWN: Words<44> = Words::new([
        "政府信息公开",
        "政务公开",
        "信息公开",
        "依申请公开",
        "公开",
        "工作",
        "申请",
        "引起",
        "引发",
        "提起",
        "提出",
        "发生",
        "收到",
        "任何",
        "相关",
        "有关",
        "本机关",
        "我局",
        "我单位",
        "本单位",
        "本局",
        "我镇",
        "我街道",
        "产生",
        "导致",
        "涉及",
        "方面",
        "案件",
        "情况",
        "情形",
        "答复",
        "不服",
        "行政复议",
        "行政诉讼",
        "复议",
        "诉讼",
        "事项",
        "或者",
        "以及",
        "出现",
        "接到",
        "针对",
        "全年",
        "本年度",
    ]);
    loop {
        words = words.trim_start_matches(is_joint);
        if words.is_empty() {
            return true;
        }
        let Some(word) = KNOWN.longest_starting(words) else { return false };
        words = &words[word.len()..];
    }
}

/// Whether a character only joins words.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        ' ' | '、'
            | '因'
            | '被'
            | '的'
            | '对'
            | '和'
            | '及'
            | '或'
            | '与'
            | '而'
            | '由'
            | '就'
            | '有'
            | '件'
            | '于'
    )
}

/// Words before a number of cases that make it another one.
static OTHER_CASES: Words<16> = Words::new([
    "其中",
    "备案",
    "承办",
    "办理",
    "审理",
    "全市",
    "全区",
    "全县",
    "全省",
    "各级",
    "行政执法",
    "行政许可",
    "行政处罚",
    "下属",
    "上年",
    "季度",
]);

/// The words after a denial.
fn denied(words: &str) -> Option<&str> {
    static DENIALS: Words<11> = Words::new([
        "未发生",
        "没有发生",
        "未收到",
        "没有收到",
        "未产生",
        "未引发",
        "未出现",
        "没有",
        "暂无",
        "不存在",
        "无",
    ]);
    let (at, word) = DENIALS.longest_in(words)?;
    Some(&words[at + word.len()..])
}

/// Words without the year that they start with.
fn without_year(words: &str) -> &str {
    let rest = words.trim_start_matches(|it: char| it.is_ascii_digit());
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')).unwrap_or(words);
    rest.trim_start_matches(['，', ',', '共'])
}
