//! Sentences whose words tell which cell of a table their number is: 「予以公开3件」,
//! 「结转下年度办理2件」, 「未发生行政复议」, 「制发行政规范性文件5件」.
//!
//! As with requests received, a clause must consist of words of these lists and nothing else.

use std::cmp::Reverse;

use gouji_syntax::TextRange;

use super::request::{is_of_whole_year, names_part, tail, years_before};
use super::{Figure, cases, is_count};
use crate::prose::quantity::{Quantity, Unit};
use crate::prose::text::{Segment, Sentence, Text};
use crate::prose::topics::Topics;
use crate::scan::trim;
use crate::words::{Lexicon, Words, count as count_words, trim_start};

/// What a number of a sentence is in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stated {
    /// The total of a row of 表三, or of all rows that its key starts: `done`, `denied`.
    Requests(&'static str),
    /// 收办: requests received and carried in.
    Handled,
    /// Those received of natural persons, or of all others.
    Applicants {
        /// 自然人
        natural: bool,
    },
    /// 行政复议, 总计.
    Review,
    /// 行政诉讼, both 总计.
    Litigation,
    /// A row and column of 表二.
    Disclosure(&'static str, &'static str),
}

/// A statement on a number of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellClaim {
    /// Which number.
    pub(crate) stated: Stated,
    /// The number; `None` where it is said that there were none.
    pub(crate) count: Option<Figure>,
    /// The words that say so: bytes of the block.
    pub(crate) range: TextRange,
    /// The years that the sentence names before it.
    pub(crate) years: Vec<i32>,
    /// Whether the sentence says that it is about 政府信息公开; else its section must.
    pub(crate) names_topic: bool,
}

/// The statements of a text.
pub(crate) fn claims(text: &Text) -> Vec<CellClaim> {
    let mut found = Vec::new();
    for sentence in text.sentences.iter().filter(|it| it.topics.have(TOPICS)) {
        let segments = &text.segments[sentence.segments.clone()];
        found.extend(segments.iter().filter_map(|it| read(text, sentence, it)));
        found.extend(cases::denials(text, sentence));
    }
    found
}

/// A clause without any of these states no such number.
const TOPICS: Topics = Topics::CASE
    .or(Topics::DECISION)
    .or(Topics::OUTCOME)
    .or(Topics::CARRIED)
    .or(Topics::APPLICANT)
    .or(Topics::ANSWER);

/// A clause with one number.
struct Clause<'t> {
    text: &'t Text<'t>,
    sentence: &'t Sentence,
    segment: &'t Segment,
    quantity: &'t Quantity,
    /// The words of the clause before the number.
    head: &'t str,
    /// What stands before the clause in its sentence.
    before: &'t str,
}

fn read(text: &Text, sentence: &Sentence, segment: &Segment) -> Option<CellClaim> {
    if !segment.topics.have(TOPICS) {
        return None;
    }
    let (quantity, head) = count(text, segment)?;
    let before = tail(&text.masked[sentence.range.start..segment.range.start]);
    let clause = Clause { text, sentence, segment, quantity, head, before };
    let stated = clause.stated().filter(|_| is_of_whole_year(sentence, before))?;
    Some(CellClaim {
        stated,
        count: Some(Figure::new(text, quantity)),
        range: text.source(&segment.range),
        years: years_before(sentence, before, head),
        names_topic: sentence.topics.have(Topics::ABOUT),
    })
}

/// The only number of a clause that ends with it, and the words before.
fn count<'t>(text: &'t Text, segment: &Segment) -> Option<(&'t Quantity, &'t str)> {
    let [first, shares @ ..] = text.quantities_of(segment) else { return None };
    let is_alone = segment.depth == 0 && shares.iter().all(|it| it.unit == Unit::Percent);
    let counted = matches!(first.unit, Unit::Word("件" | "宗" | "起" | "例" | "份" | "条"));
    let tail = trim(&text.masked[first.full.end..segment.range.end]);
    let ends = tail.is_empty() || tail.starts_with('占');
    let head = &text.masked[segment.range.start..first.full.start];
    (is_alone && counted && is_count(first) && ends).then(|| (first, trim(head)))
}

impl Clause<'_> {
    /// Which number of the tables it is.
    fn stated(&self) -> Option<Stated> {
        let of = |topics, read: fn(&Self) -> Option<Stated>| {
            self.segment.topics.have(topics).then(|| read(self)).flatten()
        };
        let case = of(Topics::CASE, |it| cases::counted(it.head, it.before));
        let other = || of(Topics::OUTCOME, Self::outcome);
        let other = || other().or_else(|| of(Topics::CARRIED, Self::carried));
        let other = || other().or_else(|| of(Topics::APPLICANT, Self::applicants));
        let other = || other().or_else(|| of(Topics::ANSWER, Self::answered));
        let other = || other().or_else(|| of(Topics::DECISION, Self::decided));
        case.or_else(|| other().filter(|_| !self.is_part()))
    }

    /// Whether the sentence is of a part only: of persons, by mail. 其中：予以公开3件 is not.
    fn is_part(&self) -> bool {
        names_part(self.before) && names_part(&self.before.replace("其中", ""))
    }

    /// Whether the sentences up to here are about requests for information, by anybody.
    fn is_about_requests(&self) -> bool {
        static PERSONS: Words<2> = Words::new(["自然人", "法人"]);
        let before = self.said_before();
        let names_persons = || self.mentions(Topics::APPLICANT) && PERSONS.are_in(before);
        self.asks_for_information(before) && !names_persons()
    }

    /// Whether words before the clause are about requests for information.
    fn asks_for_information(&self, before: &str) -> bool {
        static OTHERS: Words<10> = Words::new(OTHER_OBJECTS);
        let is_other = || self.mentions(Topics::OTHER_OBJECT) && OTHERS.are_in(before);
        before.contains("申请") && !is_other()
    }

    /// What the sentences up to here say last.
    fn said_before(&self) -> &str {
        tail(&self.text.masked[..self.segment.range.start])
    }

    /// Whether the text mentions one of some topics.
    fn mentions(&self, topics: Topics) -> bool {
        self.text.topics.have(topics)
    }

    /// 予以公开3件, 不予公开决定2件.
    fn outcome(&self) -> Option<Stated> {
        static ROWS: Lexicon<&str, 7> = Lexicon::new([
            (OUTCOMES[0], "granted"),
            (OUTCOMES[1], "granted"),
            (OUTCOMES[2], "partial"),
            (OUTCOMES[3], "denied"),
            (OUTCOMES[4], "unavailable"),
            (OUTCOMES[5], "rejected"),
            (OUTCOMES[6], "closed"),
        ]);
        let head = self.head.strip_prefix("其中").unwrap_or(self.head).trim_start();
        let (word, row) = ROWS.first(head)?;
        let rest = &head[word.len()..];
        let is_plain =
            matches!(rest, "" | "的" | "答复" | "决定" | "信息" | "申请" | "的申请" | "的有");
        (is_plain && self.is_about_requests()).then_some(Stated::Requests(row))
    }

    /// 结转下年度继续办理2件, 上年度结转1件.
    fn carried(&self) -> Option<Stated> {
        static ROWS: Lexicon<&str, { count_words(&CARRIED) }> = Lexicon::of(&CARRIED);
        const CARRIED: [(&str, &[&str]); 2] =
            [("carried_out", &CARRIED_OUT), ("carried_in", &CARRIED_IN)];
        const REST: [&str; 12] = [
            "",
            "度",
            "度办理",
            "度继续办理",
            "继续办理",
            "办理",
            "度的",
            "度处理",
            "度继续处理",
            "度申请",
            "申请",
            "度答复",
        ];
        let (word, row) = ROWS.first(self.head)?;
        let rest = trim_start(&self.head[word.len()..], "政府信息公开");
        (REST.contains(&rest) && self.is_about_requests()).then_some(Stated::Requests(row))
    }

    /// 自然人申请8件, 法人或其他组织申请1件.
    fn applicants(&self) -> Option<Stated> {
        const NATURAL: [&str; 3] = ["自然人", "公民", "自然人（公民）"];
        const LEGAL: [&str; 4] =
            ["法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"];
        let head = self.head.strip_prefix("其中").unwrap_or(self.head).trim_start();
        let who = head.strip_suffix("申请").unwrap_or(head).trim_end_matches('提');
        let natural = NATURAL.contains(&who);
        if !natural && !LEGAL.contains(&who) {
            return None;
        }
        let is_about = self.asks_for_information(self.said_before());
        is_about.then_some(Stated::Applicants { natural })
    }

    /// 共答复政府信息公开申请8件, 均已办结8件; 收办政府信息公开申请8件.
    fn answered(&self) -> Option<Stated> {
        const HANDLED: [&str; 4] = ["收办", "处理", "办理", "受理办理"];
        static VERBS: Lexicon<usize, 8> = Lexicon::new([
            ("答复", 0),
            ("办结", 1),
            ("回复", 2),
            ("收办", 3),
            ("处理", 4),
            ("办理", 5),
            ("答复办结", 6),
            ("受理办理", 7),
        ]);
        const OBJECTS: [&str; 8] = [
            "",
            "政府信息公开申请",
            "政府信息公开申请案件",
            "信息公开申请",
            "申请",
            "依申请公开",
            "依申请公开申请",
            "政府信息依申请公开",
        ];
        // Of several, the last of the list.
        let verbs = VERBS.occurrences(self.head);
        let (at, verb, _) = verbs.max_by_key(|(at, _, index)| (*index, Reverse(*at)))?;
        let (lead, object) = (&self.head[..at], &self.head[at + verb.len()..]);
        let object = object.trim_end_matches(['共', '计', '了']);
        if !OBJECTS.contains(&object) || lead.ends_with(['未', '应', '可', '待']) {
            return None;
        }
        let is_handled = HANDLED.contains(&verb);
        // 办理3件 alone may be anything.
        let named = object.contains("信息公开")
            || object.contains("依申请")
            || !is_handled && self.is_about_requests();
        // 结转下年度继续办理 is none of this year's.
        let is_later = || ["下年", "下一年"].iter().any(|it| lead.contains(it));
        let is_all = || !names_part(lead) && is_of_whole_year(self.sentence, lead) && !is_later();
        let stated = if is_handled { Stated::Handled } else { Stated::Requests("done") };
        (named && is_all()).then_some(stated)
    }

    /// 制发行政规范性文件5件, 废止规范性文件1件, 作出行政许可决定3件.
    fn decided(&self) -> Option<Stated> {
        const VERBS: [(&str, &str); 6] = [
            ("制发", "made"),
            ("制定", "made"),
            ("出台", "made"),
            ("废止", "repealed"),
            ("现行有效的", "in_force"),
            ("现行有效", "in_force"),
        ];
        const DECISIONS: [(&str, &str); 3] =
            [("行政许可", "license"), ("行政处罚", "penalty"), ("行政强制", "coercion")];
        static OTHERS: Words<8> =
            Words::new(["提请", "代", "名义", "政府办", "拟", "起草", "市政府", "县政府"]);
        if self.quantity.unit == Unit::Word("条") {
            return None;
        }
        let head = self.head.strip_suffix("决定").unwrap_or(self.head);
        let decision = DECISIONS.iter().find(|it| head.ends_with(it.0));
        let stated = if let Some((decision, row)) = decision {
            let lead = head[..head.len() - decision.len()].strip_suffix("作出")?;
            (!lead.contains("作出")).then_some(Stated::Disclosure(row, "decisions"))
        } else {
            let head = self.head.strip_suffix("规范性文件")?;
            let head = head.strip_suffix("行政").unwrap_or(head);
            let (verb, column) = VERBS.iter().find(|it| head.ends_with(it.0))?;
            let lead = &head[..head.len() - verb.len()];
            let is_own = !self.head.contains("作出") && !names_part(lead);
            is_own.then_some(Stated::Disclosure("normative", column))
        };
        stated.filter(|_| !OTHERS.are_in(self.before) && !OTHERS.are_in(self.head))
    }
}

/// What became of requests.
pub(in crate::prose) const OUTCOMES: [&str; 7] =
    ["予以公开", "同意公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"];

/// Requests that go into the next year.
const CARRIED_OUT: [&str; 8] = [
    "结转下年",
    "结转至下年",
    "结转到下年",
    "结转下一年",
    "结转至下一年",
    "转下年",
    "转至下年",
    "顺延至下年",
];

/// Requests of the year before.
const CARRIED_IN: [&str; 5] = ["上年结转", "上年度结转", "结转上年", "上一年度结转", "上一年结转"];

/// Words before a number that make it one of something else than requests.
pub(in crate::prose) const OTHER_OBJECTS: [&str; 10] =
    ["公文", "制发", "复议", "诉讼", "建议", "提案", "属性", "目录", "行政许可", "全文电子化"];

#[cfg(test)]
mod tests {
    use super::super::plain;
    use super::*;

    fn read(source: &str) -> Vec<(Stated, String)> {
        let plain = plain(source);
        let show = |it: CellClaim| {
            (it.stated, it.count.map_or("none".to_owned(), |it| it.value.to_string()))
        };
        claims(&Text::new(&plain)).into_iter().map(show).collect()
    }

    #[track_caller]
    fn reads(source: &str, expected: &[(Stated, &str)]) {
        let expected: Vec<_> = expected.iter().map(|it| (it.0, it.1.to_owned())).collect();
        assert_eq!(read(source), expected, "{source}");
    }

    #[test]
    fn outcomes_of_requests_are_read() {
        use Stated::Requests;
        reads(
            "共收到政府信息公开申请9件，其中：予以公开3件、部分公开2件，不予公开1件，无法提供3件。",
            &[
                (Requests("granted"), "3"),
                (Requests("partial"), "2"),
                (Requests("denied"), "1"),
                (Requests("unavailable"), "3"),
            ],
        );
        reads("收到申请9件。予以公开答复3件，占33.33%。", &[(Requests("granted"), "3")]);
        reads(
            "全年收到政府信息公开申请9件，办结8件，结转下年度继续办理1件。",
            &[(Requests("done"), "8"), (Requests("carried_out"), "1")],
        );
        reads("全年共答复政府信息公开申请8件。", &[(Requests("done"), "8")]);
        reads("全年收办政府信息公开申请案件9件。", &[(Stated::Handled, "9")]);
        reads(
            "收到政府信息公开申请9件，其中自然人申请8件，法人或其他组织1件。",
            &[
                (Stated::Applicants { natural: true }, "8"),
                (Stated::Applicants { natural: false }, "1"),
            ],
        );
        reads("收到申请9件，上年度结转2件。", &[(Requests("carried_in"), "2")]);
    }

    #[test]
    fn cases_and_documents_are_read() {
        use Stated::{Disclosure, Litigation, Review};
        reads(
            "我局未发生因政府信息公开申请行政复议、提起行政诉讼的情况。",
            &[(Review, "none"), (Litigation, "none")],
        );
        reads("2023年，因政府信息公开被申请行政复议2件。", &[(Review, "2")]);
        reads("因政府信息公开提起行政诉讼3起。", &[(Litigation, "3")]);
        reads("因政府信息公开收到行政复议2件、行政诉讼3件。", &[(Review, "2"), (Litigation, "3")]);
        reads(
            "2023年我局制发行政规范性文件5件，废止规范性文件1件。",
            &[(Disclosure("normative", "made"), "5"), (Disclosure("normative", "repealed"), "1")],
        );
        reads("作出行政许可决定3件。", &[(Disclosure("license", "decisions"), "3")]);
    }

    #[test]
    fn other_scopes_and_things_are_no_claims() {
        for source in [
            "制发公文707件，主动公开673件，不予公开24件。",
            "办理自然人申请8件，予以公开3件。",
            "通过网络收到申请9件，予以公开3件。",
            "上半年收到申请9件，办结8件。",
            "收到申请9件，予以公开约3件。",
            "收到申请9件，予以公开3件以上。",
            "办理人大建议9件，办结8件。",
            "备案行政复议案件134件。",
            "办理行政复议案件57件，行政诉讼案件3件。",
            "信息公开领域行政复议案件57件，行政诉讼案件3件。",
            "未发生被纠错的行政复议案件。",
            "规范性文件类信息8条，行政许可类信息1条。",
            "提请市政府制定行政规范性文件2件。",
            "公开行政许可3件。",
            "全市制发行政规范性文件5件。",
            "结转下年度继续办理政府信息公开申请8件。",
        ] {
            reads(source, &[]);
        }
    }
}
