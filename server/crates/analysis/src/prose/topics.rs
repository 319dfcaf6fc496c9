//! What a text, or a part of it, mentions without which some claims are not made, told by one look
//! at its characters.

use std::ops::{BitOr, BitOrAssign};

use super::claims::{self, cases, cell, growth, request, total, year};
use super::text::{DENIALS, MARKS};
use super::{mask, numeral, period};
use crate::words::{Lexicon, count};

/// What a text has without which some claims are not made, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topics(u32);

/// Words, and what they tell.
type List = (Topics, &'static [&'static str]);

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
    /// Requests of another year: 结转下年.
    pub(super) const CARRIED: Self = Self(1 << 15);
    /// 自然人
    pub(super) const APPLICANT: Self = Self(1 << 16);
    /// 申请公开
    pub(super) const ON_REQUEST: Self = Self(1 << 26);
    /// What is done with requests: 答复.
    pub(super) const ANSWER: Self = Self(1 << 17);
    /// 收到 and the like, or that nothing was.
    pub(super) const RECEIVED: Self = Self(1 << 18);
    /// What such reports say was done.
    pub(super) const DONE: Self = Self(1 << 19);
    /// What may speak of another year.
    pub(super) const OTHER_YEAR: Self = Self(1 << 20);
    /// A part of the agencies, the requests or the year.
    pub(super) const OTHER_SCOPE: Self = Self(1 << 21);
    /// A channel, a stage of a request, another list.
    pub(super) const OTHER_KIND: Self = Self(1 << 22);
    /// What makes a number one that others are compared with, or a part.
    pub(super) const ASIDE: Self = Self(1 << 23);
    /// A comparison with another year's number.
    pub(super) const GROWTH: Self = Self(1 << 24);
    /// 统计, 期限
    pub(super) const PERIOD: Self = Self(1 << 25);

    /// What tells whether there is anything to read, and how.
    pub(crate) const GENERAL: [List; 5] = [
        (Self::NUMERAL, &numeral::NUMERALS),
        (Self::MASKED, &mask::STARTS),
        (Self::MASKED, &mask::TRADITIONAL),
        (Self::REQUEST, &["申请"]),
        (Self::MONTH, &["月"]),
    ];

    /// All words that tell something. None has a mark inside.
    const WORDS: [List; 30] = [
        Self::GENERAL[0],
        Self::GENERAL[1],
        Self::GENERAL[2],
        Self::GENERAL[3],
        Self::GENERAL[4],
        (Self::MARK, &MARKS),
        (Self::YEAR, &["年"]),
        (Self::DENIAL, &DENIALS),
        (Self::DISCLOSURE, &["主动公开"]),
        (Self::CASE, &cases::COURTS),
        (Self::DECISION, &["规范性文件", "行政许可", "行政处罚", "行政强制"]),
        (Self::FEE, &["处理费"]),
        (Self::AMONG, &["其中"]),
        (Self::EACH, &["分别为", "分别是"]),
        (Self::REST, &["其他", "其它", "其余"]),
        (Self::OUTCOME, &cell::OUTCOMES),
        (Self::CARRIED, &cell::CARRIED_IN),
        (Self::CARRIED, &cell::CARRIED_OUT),
        (Self::APPLICANT, &["自然人", "公民", "法人"]),
        (Self::ANSWER, &cell::ANSWERS),
        (Self::ON_REQUEST, &["申请公开"]),
        (Self::RECEIVED, &request::VERBS),
        (Self::DONE, &year::VERBS),
        (Self::OTHER_YEAR, &year::OTHER_YEARS),
        (Self::OTHER_SCOPE, &request::OTHER_SCOPES),
        (Self::OTHER_KIND, &total::OTHER_KINDS),
        (Self::ASIDE, &claims::ASIDE_STARTS),
        (Self::ASIDE, &claims::ASIDE),
        (Self::GROWTH, &growth::COMPARISONS),
        (Self::PERIOD, &period::KEYWORDS),
    ];

    /// What each place of a text tells, in order; places that tell nothing may be among them.
    pub(super) fn walk(text: &str) -> impl Iterator<Item = (usize, Self)> {
        static LEXICON: Lexicon<Topics, { count(&Topics::WORDS) }> = Lexicon::of(&Topics::WORDS);
        LEXICON.sift(text).map(|(at, first)| {
            let mut told = Self::default();
            for (_, topics) in LEXICON.starting(first, &text[at..]) {
                told |= topics;
            }
            (at, told)
        })
    }

    /// What a text mentions.
    pub(super) fn of(text: &str) -> Self {
        Self::walk(text).fold(Self::default(), |all, it| all | it.1)
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
