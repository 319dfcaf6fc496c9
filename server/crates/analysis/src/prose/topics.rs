//! What a text, or a part of it, mentions without which some claims are not made, told by one look
//! at its characters.

use std::ops::{BitOr, BitOrAssign};

use super::claims::{cell, growth};
use super::text::MARKS;
use super::{mask, numeral};
use crate::scan::Place;
use crate::words::{Lexicon, count};

/// What a text has without which some claims are not made, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topics(u32);

/// Something that a text mentions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    at: u32,
    topics: Topics,
}

/// Words, and what they tell.
type List = (Topics, &'static [&'static str]);

static LEXICON: Lexicon<Topics, { count(&Topics::WORDS) }> = Lexicon::of(&Topics::WORDS);

impl Topics {
    /// A character that can be part of a number.
    pub(crate) const NUMERAL: Self = Self(1);
    /// What may be a title, an address or a traditional character.
    pub(crate) const MASKED: Self = Self(1 << 1);
    /// 申请
    pub(crate) const REQUEST: Self = Self(1 << 2);
    /// 月
    pub(crate) const MONTH: Self = Self(1 << 3);
    /// 年
    pub(crate) const YEAR: Self = Self(1 << 4);
    /// What may divide two segments.
    pub(super) const MARK: Self = Self(1 << 5);
    /// What denies that there was anything to report.
    pub(super) const DENIAL: Self = Self(1 << 6);
    /// 主动公开
    pub(super) const DISCLOSURE: Self = Self(1 << 7);
    /// 复议, 诉讼
    pub(super) const CASE: Self = Self(1 << 8);
    /// 规范性文件, 行政许可, 行政处罚, 行政强制
    pub(super) const DECISION: Self = Self(1 << 9);
    /// 处理费
    pub(super) const FEE: Self = Self(1 << 10);
    /// 其中
    pub(super) const AMONG: Self = Self(1 << 11);
    /// 分别为, 分别是
    pub(super) const EACH: Self = Self(1 << 12);
    /// 其他, 其余
    pub(super) const REST: Self = Self(1 << 13);
    /// What became of requests: 予以公开.
    pub(super) const OUTCOME: Self = Self(1 << 14);
    /// Requests of another year: 结转.
    pub(super) const CARRIED: Self = Self(1 << 15);
    /// 自然人, 公民, 法人
    pub(super) const APPLICANT: Self = Self(1 << 16);
    /// What is done with requests: 答复.
    pub(super) const ANSWER: Self = Self(1 << 17);
    /// What makes a number one of something else than requests.
    pub(super) const OTHER_OBJECT: Self = Self(1 << 18);
    /// 信息公开
    pub(super) const ABOUT: Self = Self(1 << 19);
    /// 申请公开
    pub(super) const ON_REQUEST: Self = Self(1 << 20);
    /// A comparison with another year's number.
    pub(super) const GROWTH: Self = Self(1 << 21);
    /// 统计, 期限
    pub(super) const PERIOD: Self = Self(1 << 22);

    /// All words that tell something. None has a mark inside.
    pub(crate) const WORDS: [List; 24] = [
        (Self::NUMERAL, &numeral::NUMERALS),
        (Self::MASKED, &mask::STARTS),
        (Self::MASKED, &mask::TRADITIONAL),
        (Self::REQUEST, &["申请"]),
        (Self::MONTH, &["月"]),
        (Self::YEAR, &["年"]),
        (Self::MARK, &MARKS),
        (Self::DENIAL, &["未收到", "没有收到", "未接到"]),
        (Self::DISCLOSURE, &["主动公开"]),
        (Self::CASE, &["复议", "诉讼"]),
        (Self::DECISION, &["规范性文件", "行政许可", "行政处罚", "行政强制"]),
        (Self::FEE, &["处理费"]),
        (Self::AMONG, &["其中"]),
        (Self::EACH, &["分别为", "分别是"]),
        (Self::REST, &["其他", "其它", "其余"]),
        (Self::OUTCOME, &cell::OUTCOMES),
        (Self::CARRIED, &["结转", "转下年", "转至下年", "顺延至下年"]),
        (Self::APPLICANT, &["自然人", "公民", "法人"]),
        (Self::ANSWER, &["答复", "办结", "回复", "收办", "处理", "办理"]),
        (Self::OTHER_OBJECT, &cell::OTHER_OBJECTS),
        (Self::ABOUT, &["信息公开"]),
        (Self::ON_REQUEST, &["申请公开"]),
        (Self::GROWTH, &growth::COMPARISONS),
        (Self::PERIOD, &["统计", "期限", "时间段", "起止时间", "数据时间", "所列数据"]),
    ];

    /// What a text mentions, in the order in which it stands.
    pub(super) fn mentions(text: &str) -> impl Iterator<Item = Mention> {
        LEXICON.sift(text).filter_map(|(at, first)| Mention::of(at, Self::told(first, &text[at..])))
    }

    /// What a text that starts with one of these characters tells by how it starts.
    fn told(first: Place, text: &str) -> Self {
        // Every third of them is a digit, with which nothing else begins.
        if text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return Self::NUMERAL;
        }
        LEXICON.starting(first, text).fold(Self::default(), |all, it| all | it.1)
    }

    /// What a text mentions.
    pub(super) fn of(text: &str) -> Self {
        Self::mentions(text).fold(Self::default(), |all, it| all | it.topics)
    }

    /// Whether one of some others is among these.
    pub(crate) fn have(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether there is anything to read: a claim has a number, or denies that there were
    /// requests.
    pub(crate) fn may_claim(self) -> bool {
        self.have(Self::NUMERAL.or(Self::REQUEST))
    }

    /// Whether a text without a quantity may deny that there were requests, say that something
    /// was not received, or state a period.
    pub(super) fn may_claim_without_quantity(self) -> bool {
        self.have(Self::REQUEST) || self.have(Self::YEAR) && self.have(Self::MONTH.or(Self::DENIAL))
    }

    /// Both of two sets.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Mention {
    /// What a text mentions at a byte, if that is anything.
    pub(crate) fn of(at: usize, topics: Topics) -> Option<Self> {
        (topics != Topics::default()).then_some(Self { at: at as u32, topics })
    }

    /// Where it starts: a byte of the text.
    pub(super) fn at(self) -> usize {
        self.at as usize
    }

    pub(super) fn topics(self) -> Topics {
        self.topics
    }
}

impl BitOr for Topics {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl BitOrAssign for Topics {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.or(other);
    }
}

#[cfg(test)]
mod tests {
    use gouji_syntax::plain::Plain;

    use super::super::text::Text;
    use super::*;

    #[test]
    fn a_digit_begins_no_word_but_a_numeral() {
        let others = Topics::WORDS.iter().filter(|it| it.0 != Topics::NUMERAL);
        let mut words = others.flat_map(|it| it.1);
        assert!(!words.any(|it| it.starts_with(|it: char| it.is_ascii_digit())));
        let told: Vec<_> = ('0'..='9').map(|it| Topics::of(&it.to_string())).collect();
        assert_eq!(told, [Topics::NUMERAL; 10]);
    }

    #[test]
    fn segments_and_sentences_mention_the_words_that_they_have() {
        let plain = Plain::new(
            "2023年，我局未收到申请公开的信息3件；其中（自然人）分别为1件、转至下年2件，同比持平。\
             未发生行政复议。统计期限自1月1日起\n处理费100元！公文、答复其他处理，较2022年增加",
            0,
        );
        let text = Text::new(&plain);
        let segments = text.segments.iter().map(|it| (it.range.clone(), it.topics));
        let sentences = text.sentences.iter().map(|it| (it.range.clone(), it.topics));
        for (range, topics) in segments.chain(sentences) {
            let words = &text.masked[range];
            let lists = Topics::WORDS.iter().filter(|it| it.0 != Topics::MARK);
            for (topic, _) in lists.clone() {
                let mut lists = lists.clone().filter(|it| it.0 == *topic);
                let has = lists.any(|it| it.1.iter().any(|word| words.contains(word)));
                assert_eq!(topics.have(*topic), has, "{topic:?} {words}");
            }
        }
        assert_eq!(Topics::of(&text.masked), text.topics);
    }
}
