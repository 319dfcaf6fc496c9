//! 「收到政府信息公开申请N件」, 「未收到政府信息公开申请」: what the text says about the
//! number of requests received this year.
//!
//! The clause must consist of words of this list and nothing else. Requests by telephone,
//! of one half of the year, of subordinate bodies, or for something else than information
//! are then no claims, whatever words they use.

use std::ops::Range;

use gouji_syntax::TextRange;

use super::{Figure, is_count};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Sentence, Text};
use crate::prose::topics::Topics;
use crate::scan::places;
use crate::words::Words;

/// A statement on the number of requests received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// The number; `None` where it is said that there were none.
    pub(crate) count: Option<Figure>,
    /// The words that say so: bytes of the block.
    pub(crate) range: TextRange,
    /// 受理 and the like, which may leave out requests that were received.
    pub(crate) loose: bool,
    /// The years that the sentence names before it.
    pub(crate) years: Vec<i32>,
}

/// The statements of a text.
pub(crate) fn requests(text: &Text) -> Vec<Request> {
    let mut found = Vec::new();
    // 依申请公开方面。收到申请3件: what is asked for was said before.
    let named = text.segments.iter().position(|it| it.topics.have(Topics::ON_REQUEST));
    for sentence in text.sentences.iter().filter(|it| it.topics.have(Topics::REQUEST)) {
        for clause in text.clauses(sentence) {
            if text.segments[clause.end - 1].depth == 0 {
                let named = named.is_some_and(|it| it < clause.start);
                found.extend(read(text, sentence, &clause, named));
            }
        }
    }
    found
}

/// The last part of what stands before a clause; more of a sentence says nothing on it.
pub(super) fn tail(words: &str) -> &str {
    const LONGEST: usize = 600;
    let mut at = words.len().saturating_sub(LONGEST);
    while !words.is_char_boundary(at) {
        at += 1;
    }
    &words[at..]
}

/// Whether words are of a part only: another scope, another time, some of the requests, or a
/// quotation. None of this may stand before the verb or earlier in the sentence.
pub(super) fn names_part(words: &str) -> bool {
    static PARTS: Words<54> = Words::new([
        "其中",
        "网络",
        "网上",
        "网站",
        "信函",
        "电话",
        "当面",
        "现场",
        "传真",
        "邮",
        "平台",
        "窗口",
        "渠道",
        "通过",
        "季度",
        "半年",
        "月份",
        "全市",
        "全区",
        "全县",
        "全省",
        "全州",
        "全国",
        "各级",
        "各部门",
        "各镇",
        "各乡",
        "各街道",
        "各单位",
        "各科",
        "所属",
        "下属",
        "局属",
        "直属",
        "系统",
        "历年",
        "近年",
        "以来",
        "复议",
        "诉讼",
        "备案",
        "投诉",
        "举报",
        "咨询",
        "去年",
        "上年",
        "同比",
        "较",
        "比",
        "计划",
        "预计",
        "应",
        "“",
        "如",
    ]);
    PARTS.are_in(words)
}

fn read(text: &Text, sentence: &Sentence, clause: &Range<usize>, named: bool) -> Option<Request> {
    let topics = text.topics_of(clause.clone());
    if !topics.have(Topics::REQUEST) {
        return None;
    }
    let clause = text.range_of(clause);
    let words = &text.masked[clause.clone()];
    let (at, verb) = VERBS.longest_in(words)?;
    let lead = &words[..at];
    if lead.ends_with(['未', '没', '无', '不']) || lead.ends_with("没有") {
        return None;
    }
    let rest = clause.start + at + verb.len()..clause.end;
    let count = count(text, &rest)?;
    // The number may stand before what is counted or after it.
    let (head_end, tail_start) =
        count.map_or((rest.end, rest.end), |it| (it.full.start, it.full.end));
    let head = text.masked[rest.start..head_end].trim();
    let tail = text.masked[tail_start..rest.end].trim();
    if !is_about_requests(head, tail, named, topics) {
        return None;
    }
    let before = self::tail(&text.masked[sentence.range.start..clause.start]);
    let of_year = is_of_whole_year(sentence, before) && is_of_whole_year(sentence, lead);
    if names_part(before) || names_part(lead) || !of_year {
        return None;
    }
    let agrees = AFFIRMING.contains(&verb) == count.is_some();
    agrees.then(|| Request {
        count: count.map(|it| Figure::new(text, it)),
        range: text.source(&(clause.start + at..rest.end)),
        loose: LOOSE.contains(&verb),
        years: years_before(sentence, before, lead),
    })
}

/// What is said to be done with the requests.
static VERBS: Words<18> = Words::new([
    "未收到",
    "没有收到",
    "没收到",
    "未接到",
    "没有接到",
    "未接收",
    "未受理",
    "未发生",
    "没有",
    "暂无",
    "无",
    "新收到",
    "收到",
    "新收",
    "接收到",
    "接收",
    "接到",
    "受理",
]);

/// The verbs that do not deny.
const AFFIRMING: [&str; 7] = ["新收到", "收到", "新收", "接收到", "接收", "接到", "受理"];

/// The verbs that may leave out requests that were received.
const LOOSE: [&str; 6] = ["未受理", "未发生", "没有", "暂无", "无", "受理"];

/// The only quantity of a part of the text; `None` where it cannot be compared.
#[allow(clippy::option_option)]
fn count<'t>(text: &'t Text, part: &Range<usize>) -> Option<Option<&'t Quantity>> {
    const UNITS: [&str; 9] = ["件", "条", "宗", "份", "起", "例", "次", "项", "个"];
    let quantity = match text.quantities_in(part) {
        [] => return Some(None),
        [quantity] => quantity,
        _ => return None,
    };
    let counted = matches!(quantity.unit, Unit::Word(word) if UNITS.contains(&word));
    (counted && is_count(quantity)).then_some(Some(quantity))
}

/// All that a clause on requests may contain besides its verb and number.
static WORDS: Words<51> = Words::new([
    "了",
    "为",
    " ",
    "\u{a0}",
    "政府信息",
    "政务信息",
    "信息",
    "政府",
    "依申请公开",
    "依申请",
    "申请件",
    "申请表",
    "申请书",
    "申请",
    "公开",
    "公民",
    "法人",
    "自然人",
    "其他组织",
    "其它组织",
    "或者",
    "或",
    "和",
    "及",
    "与",
    "以及",
    "、",
    "任何",
    "形式",
    "案件",
    "办件",
    "件",
    "事项",
    "情况",
    "相关",
    "有关",
    "要求",
    "提出",
    "提交",
    "关于",
    "获取",
    "群众",
    "社会",
    "公众",
    "数量",
    "总数",
    "共计",
    "累计",
    "总计",
    "的",
    "共",
]);

/// Whether `head` and `tail` are about requests for information and nothing else, in a clause
/// with some topics.
fn is_about_requests(head: &str, tail: &str, named: bool, topics: Topics) -> bool {
    let has = |word: &str| head.contains(word) || tail.contains(word);
    // Requests by citizens alone are no claim on all requests.
    let may_name_persons = topics.have(Topics::APPLICANT);
    let persons = may_name_persons && (has("公民") || has("自然人") || has("法人"));
    let all = !persons || has("其他组织") || has("其它组织");
    let topic = has("申请") && (has("公开") || has("信息") || named);
    all && topic && is_known(head) && is_known(tail)
}

fn is_known(mut words: &str) -> bool {
    while !words.is_empty() {
        let Some(word) = WORDS.longest_starting(words) else { return false };
        words = &words[word.len()..];
    }
    true
}

/// Whether words of a sentence name no part of a year: 12月31日 is its end.
pub(super) fn is_of_whole_year(sentence: &Sentence, words: &str) -> bool {
    if !sentence.topics.have(Topics::MONTH) {
        return true;
    }
    let mut rest = words;
    while let Some(at) = rest.find('月') {
        let (before, after) = rest.split_at(at);
        let before = before.trim_end();
        let end = before.ends_with("12") || before.ends_with("十二");
        let after = after.trim_start_matches(['月', ' ']);
        let first = before.ends_with('1') || before.ends_with('一');
        if !(end || first && !before.ends_with("11") && after.starts_with("1日")) {
            return false;
        }
        rest = after;
    }
    true
}

/// The years that a sentence names before what it says, and where it starts to say it.
pub(super) fn years_before(sentence: &Sentence, before: &str, lead: &str) -> Vec<i32> {
    if !sentence.topics.have(Topics::YEAR) {
        return Vec::new();
    }
    years(before).chain(years(lead)).collect()
}

/// The years of four digits that a text names.
pub(super) fn years(text: &str) -> impl Iterator<Item = i32> + '_ {
    places(text, '年').filter_map(|at| {
        let before = text[..at].trim_end();
        let digits = before.len().checked_sub(4)?;
        let year = before.get(digits..)?.parse().ok()?;
        (1980..2100).contains(&year).then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<String> {
        let plain = plain(source);
        let found = requests(&Text::new(&plain));
        let show = |it: Request| it.count.map_or("none".to_owned(), |it| it.value.to_string());
        found.into_iter().map(show).collect()
    }

    #[track_caller]
    fn reads(source: &str, expected: &[&str]) {
        assert_eq!(read(source), expected, "{source}");
    }

    #[test]
    fn the_number_of_requests_is_read() {
        for source in [
            "2023年，我局共收到政府信息公开申请11件，均已办结。",
            "全年共收到11份政府信息公开申请，均为自然人申请。",
            "2023年度我区共受理政府信息依申请公开11件，均按时办结。",
            "截至2023年12月31日，我局累计共受理政府信息公开申请11件。",
            "本机关新收公民、法人和其他组织提出的政府信息公开申请十一件。",
            "我镇收到依申请公开件11件。",
            "（二）依申请公开方面。全年共收到申请11件。",
            "全年收到政府信息公开申请总数为11件。",
        ] {
            reads(source, &["11"]);
        }
    }

    #[test]
    fn denials_are_read() {
        for source in [
            "截止到2023年12月31日，我单位未收到政府信息公开申请。",
            "2023年，没有收到公民、法人和其他组织申请公开政府信息，予以说明。",
            "2020年度我街办未接到提出公开政府信息的申请。",
            "本局2020年度没有依申请公开事项",
            "我局未接到任何形式的依申请公开申请。",
            "2023年，未收到依申请公开事项.",
        ] {
            reads(source, &["none"]);
        }
    }

    #[test]
    fn other_scopes_times_and_things_are_no_claims() {
        for source in [
            "通过网络收到政府信息公开申请8件。",
            "其中，收到信函申请8件。",
            "上半年收到政府信息公开申请8件。",
            "截至6月30日，共收到政府信息公开申请8件。",
            "全市各级机关共收到政府信息公开申请8件。",
            "所属事业单位未收到政府信息公开申请。",
            "未收到因政府信息公开申请行政复议或提起行政诉讼的申请件。",
            "全年未收到行政许可申请。",
            "未收到企业提出的政府信息公开申请。",
            "收到政府信息公开申请近8件。",
            "收到建议提案8件。",
            "全年收办政府信息公开申请8件。",
            "处理政府信息公开申请8件（含上年度结转申请4件）。",
            "在“收到政府信息公开申请8件”中。",
            "无法提供政府信息公开申请8件。",
            "受理公民向上级机关提出的政府信息公开申请5件。",
            "答复政府信息公开申请8件。",
            "未新收政府信息公开申请8件。",
        ] {
            reads(source, &[]);
        }
    }

    #[test]
    fn years_before_the_number_are_kept() {
        let plain = plain("2022年，我局收到政府信息公开申请3件。");
        let found = requests(&Text::new(&plain));
        assert_eq!(found[0].years, [2022]);
    }
}
