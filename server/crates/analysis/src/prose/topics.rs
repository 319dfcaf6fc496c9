//! What a text mentions without which some claims are not made, told by one look at its
//! characters.

use std::ops::BitOr;

use super::mask::{TRADITIONAL, simplified};
use super::numeral::{self, NUMERALS};
use crate::scan::Sieve;
use crate::words::Lexicon;

/// What a text has without which some claims are not made, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topics(u16);

impl Topics {
    /// 申请
    pub(crate) const REQUEST: Self = Self(1);
    /// 年
    pub(crate) const YEAR: Self = Self(2);
    /// 月
    pub(crate) const MONTH: Self = Self(4);
    /// What denies that there was anything to report.
    pub(crate) const DENIAL: Self = Self(8);
    /// 主动公开
    pub(crate) const DISCLOSURE: Self = Self(16);
    /// 复议, 诉讼
    pub(crate) const CASE: Self = Self(32);
    /// 规范性文件, 行政许可, 行政处罚, 行政强制
    pub(crate) const DECISION: Self = Self(64);
    /// 处理费
    pub(crate) const FEE: Self = Self(128);
    /// 分别
    pub(crate) const EACH: Self = Self(256);
    /// A character that can be part of a number.
    pub(crate) const NUMERAL: Self = Self(512);
    /// What may be a title, an address or a traditional character.
    pub(crate) const MASKED: Self = Self(1024);

    /// The words that tell them.
    pub(crate) const WORDS: [(&str, Self); 15] = [
        ("申请", Self::REQUEST),
        ("年", Self::YEAR),
        ("月", Self::MONTH),
        ("未收到", Self::DENIAL),
        ("没有收到", Self::DENIAL),
        ("未接到", Self::DENIAL),
        ("主动公开", Self::DISCLOSURE),
        ("复议", Self::CASE),
        ("诉讼", Self::CASE),
        ("规范性文件", Self::DECISION),
        ("行政许可", Self::DECISION),
        ("行政处罚", Self::DECISION),
        ("行政强制", Self::DECISION),
        ("处理费", Self::FEE),
        ("分别", Self::EACH),
    ];

    const HIDDEN: [char; 5] = ['《', '〈', ':', '@', 'w'];

    /// Passes the characters that tell something alone.
    pub(crate) const SIGNS: Sieve =
        Sieve::EMPTY.with(NUMERALS).with(&Self::HIDDEN).with(&TRADITIONAL);

    /// What one look at each character of a text tells.
    pub(crate) fn of(text: &str) -> Self {
        static WORDS: Lexicon<Topics, 15> = Lexicon::new(Topics::WORDS);
        static SIEVE: Sieve = Topics::SIGNS.or(WORDS.sieve());
        let mut topics = Self::default();
        for (at, c) in SIEVE.sift(text) {
            topics = topics | Self::of_sign(c);
            for (_, topic) in WORDS.starting(c, &text[at..]) {
                topics = topics | topic;
            }
        }
        topics
    }

    /// What a character alone tells.
    pub(crate) fn of_sign(c: char) -> Self {
        if !Self::SIGNS.passes(c) {
            Self::default()
        } else if numeral::is_numeric(c) {
            Self::NUMERAL
        } else if Self::HIDDEN.contains(&c) || simplified(c) != c {
            Self::MASKED
        } else {
            Self::default()
        }
    }

    /// Whether one of some others is among these.
    pub(crate) fn have(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether there is anything to read: a claim has a number, or denies that there were
    /// requests.
    pub(crate) fn may_claim(self) -> bool {
        self.have(Self::NUMERAL | Self::REQUEST)
    }

    /// Whether a text without a quantity may deny that there were requests, say that something
    /// was not received, or state a period.
    pub(super) fn may_claim_without_quantity(self) -> bool {
        self.have(Self::REQUEST) || self.have(Self::YEAR) && self.have(Self::MONTH | Self::DENIAL)
    }
}

impl BitOr for Topics {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
