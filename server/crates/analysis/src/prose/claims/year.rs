//! 「2023年，我局共收到……」: sentences that say of which year the reported work is.
//!
//! Plans, comparisons, periods and anything else that may rightly name another year are no
//! claims.

use std::ops::Range;

use super::Figure;
use super::request::years;
use crate::label::strip_numbering;
use crate::prose::numeral;
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Sentence, Text};
use crate::prose::topics::Topics;
use crate::words::Words;

/// A statement on one year's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YearClaim {
    /// The year.
    pub(crate) year: i32,
    /// Its digits.
    pub(crate) figure: Figure,
    /// Who did the work, where the words are not 我局, 本机关 and the like.
    pub(crate) subject: Option<String>,
}

/// Words with which a sentence may speak of another year, or of none in particular.
static OTHER_YEARS: Words<28> = Words::new([
    "将",
    "计划",
    "拟",
    "下一步",
    "预计",
    "较",
    "比",
    "上年",
    "去年",
    "以来",
    "与",
    "截至",
    "截止",
    "考核",
    "评估",
    "决算",
    "预算",
    "要点",
    "历年",
    "年前",
    "年度报告",
    "届",
    "时期",
    "继续",
    "结转",
    "“",
    "起",
    "月",
]);

/// What such reports say was done.
static VERBS: Words<12> = Words::new([
    "主动公开",
    "公开",
    "未收到",
    "没有收到",
    "未接到",
    "收到",
    "受理",
    "制定",
    "制发",
    "印发",
    "发布",
    "答复",
]);

/// The statements of a text.
pub(crate) fn claims(text: &Text) -> Vec<YearClaim> {
    text.sentences.iter().filter_map(|it| read(text, it)).collect()
}

/// The years that sentences with a count name.
pub(crate) fn counted(text: &Text) -> Vec<i32> {
    let dated = text.sentences.iter().filter(|it| it.topics.have(Topics::YEAR));
    let counted = dated.filter(|it| counts(text, it));
    counted.flat_map(|it| years(&text.masked[it.range.clone()])).collect()
}

fn counts(text: &Text, sentence: &Sentence) -> bool {
    text.quantities_in(&sentence.range).iter().any(|it| matches!(it.unit, Unit::Word(_)))
}

fn read(text: &Text, sentence: &Sentence) -> Option<YearClaim> {
    let mentions = |it| sentence.topics.have(it);
    // A number is given, or it is said that there was nothing.
    let states_result = || mentions(Topics::DENIAL) || counts(text, sentence);
    if !mentions(Topics::YEAR) || !states_result() {
        return None;
    }
    let Range { start, end } = sentence.range;
    let words = strip_numbering(&text.masked[start..end]).trim_start();
    let number = numeral::at(&text.masked, end - words.len())?;
    let year = i32::try_from(number.value).ok().filter(|it| (1980..2100).contains(it))?;
    let rest = text.masked[number.range.end..end].trim_start().strip_prefix('年')?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    if OTHER_YEARS.are_in(rest) || years(rest).next().is_some() {
        return None;
    }
    let subject = subject(rest)?;
    Some(YearClaim {
        year,
        figure: figure(text, number),
        subject: (!subject.is_empty() && !is_we(subject)).then(|| subject.to_owned()),
    })
}

fn figure(text: &Text, number: numeral::Numeral) -> Figure {
    let quantity = Quantity {
        full: number.range.clone(),
        number: number.range,
        value: number.value,
        style: number.style,
        unit: Unit::Missing,
        approximate: false,
        each: false,
    };
    Figure::new(text, &quantity)
}

/// The words between the year and the verb, in the first two clauses.
fn subject(rest: &str) -> Option<&str> {
    const LONGEST: usize = 20;
    let rest = rest.trim_start_matches(['，', ',', ' ']);
    let at = VERBS.find(rest)?;
    let lead = rest[..at].trim_end_matches(['，', ',', ' ']);
    let lead = lead.trim_end_matches(['共', '计', '总']);
    let lead = ["累计", "全年", "合计"].iter().fold(lead, |it, word| it.trim_end_matches(word));
    let lead = lead.trim_end_matches(['共', '计', '总', '，', ',', ' ']);
    let plain = lead.chars().count() <= LONGEST && !lead.contains(['，', ',', '、', '；', '：']);
    plain.then_some(lead)
}

/// 我局, 我街道, 本机关, 全镇.
fn is_we(subject: &str) -> bool {
    subject.starts_with(['我', '本', '全']) && subject.chars().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<(i32, Option<String>)> {
        let plain = plain(source);
        claims(&Text::new(&plain)).into_iter().map(|it| (it.year, it.subject)).collect()
    }

    #[test]
    fn statements_on_the_year_are_read() {
        for source in [
            "2022年，我局共制定规范性文件3件。",
            "（一）主动公开。2022年度我镇主动公开政府信息20条。",
            "二〇二二年，本机关收到申请3件。",
            "（二）2022年全年共收到申请3件，均已办结。",
            "2022年我单位未收到政府信息公开申请。",
        ] {
            assert_eq!(read(source), [(2022, None)], "{source}");
        }
    }

    #[test]
    fn another_subject_is_kept() {
        let found = read("2022年，青禾市水务局主动公开信息20条。");
        assert_eq!(found, [(2022, Some("青禾市水务局".to_owned()))]);
    }

    #[test]
    fn plans_comparisons_and_titles_are_no_statements() {
        for source in [
            "2024年，我局将公开信息20条。",
            "2022年我局主动公开信息20条，2023年主动公开30条。",
            "2022年1月，我局公开信息20条。",
            "2022年，我局公开部门决算1项。",
            "2022年以来，我局公开信息20条。",
            "《2022年工作要点》公开信息20条。",
            "较2022年增加20条。",
            "我局2022年主动公开行政许可33项。",
            "2022年，我局认真落实条例要求。",
        ] {
            assert!(read(source).is_empty(), "{source}");
        }
    }
}
