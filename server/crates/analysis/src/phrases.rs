//! Phrases that mean the same in every report: what was left to be filled in, citations,
//! slips of usage, days, and the subjects that are mentioned. All of it depends on a block's
//! text alone and is kept with the block.

pub(crate) mod citation;
pub(crate) mod day;
pub(crate) mod part_list;
mod placeholder;
pub(crate) mod usage;

use std::ops::{BitOr, Range};

use gouji_syntax::TextRange;

use crate::block::Block;
use crate::prose::{self, Mention, Topics, Visible};
use crate::words::{Lexicon, count};
use citation::Citation;
use day::WrongDay;
use part_list::PartList;
use usage::Usage;

/// What stands in a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Phrases {
    /// What the block is about.
    pub(crate) subjects: Subjects,
    /// What its sentences may claim.
    pub(crate) topics: Topics,
    slips: Option<Box<Slips>>,
}

/// What may have to be changed in a block; most have nothing of it. Ranges are bytes of the block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Slips {
    /// What was left to be filled in.
    pub(crate) placeholders: Vec<TextRange>,
    /// Documents cited by a wrong number.
    pub(crate) citations: Vec<Found<Citation>>,
    /// Slips of usage.
    pub(crate) usages: Vec<Found<Usage>>,
    /// Numbers of parts that differ from the lists beside them.
    pub(crate) part_lists: Vec<Found<PartList>>,
    /// Days that do not exist or are written as in speech.
    pub(crate) days: Vec<Found<WrongDay>>,
}

/// Something and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found<T> {
    /// Bytes of the block.
    pub(crate) range: TextRange,
    /// Whether the source there is the visible text itself, so that it can be replaced.
    pub(crate) is_whole: bool,
    /// What was found.
    pub(crate) what: T,
}

/// A set of subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subjects(u16);

impl Subjects {
    /// 主动公开
    pub(crate) const DISCLOSURE: Self = Self(1);
    /// 依申请公开
    pub(crate) const REQUESTS: Self = Self(2);
    /// 政府信息管理
    pub(crate) const MANAGEMENT: Self = Self(4);
    /// 政府信息公开平台建设
    pub(crate) const PLATFORMS: Self = Self(8);
    /// 监督保障
    pub(crate) const SUPERVISION: Self = Self(16);
    /// How to reach the agency.
    pub(crate) const CONTACT: Self = Self(32);
    /// Fees of any kind.
    pub(crate) const FEES: Self = Self(64);
    /// Fees for information.
    pub(crate) const PROCESSING_FEES: Self = Self(128);
    /// The time that the numbers are of.
    pub(crate) const PERIOD: Self = Self(256);
    /// The agency itself, as a body of a county or below: 我镇.
    pub(crate) const LOCAL: Self = Self(512);

    /// Whether all of some others are among these.
    pub(crate) fn have(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

impl BitOr for Subjects {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word tells.
#[derive(Clone, Copy)]
enum Sign {
    Subject(Subjects),
    Topic(Topics),
    /// A document's number may follow.
    Citation,
    /// A slip may be here.
    Usage,
    /// The report's parts may be counted here.
    Parts,
    /// What stands for something missing, or a bracket that may hold a note.
    Blank,
}

/// The words that are sought, with what each tells. Words for a subject are those that reports
/// use for it, not only those of the form.
const SIGNS: [(Sign, &[&str]); 38] = with_topics(&[
    (
        Sign::Subject(Subjects::DISCLOSURE),
        &[
            "主动公开",
            "公开政府信息",
            "公开信息",
            "公开各类",
            "发布信息",
            "发布政府信息",
            "发布各类",
        ],
    ),
    (Sign::Subject(Subjects::REQUESTS), &["依申请", "申请公开", "公开申请", "信息公开件"]),
    (
        Sign::Subject(Subjects::MANAGEMENT),
        &[
            "信息管理",
            "信息资源",
            "规范性文件",
            "审核",
            "审查",
            "保密",
            "动态调整",
            "公开目录",
            "三审",
            "管理制度",
            "公开指南",
        ],
    ),
    (
        Sign::Subject(Subjects::PLATFORMS),
        &["平台", "网站", "公众号", "新媒体", "公开栏", "专栏", "微博", "客户端", "载体", "渠道"],
    ),
    (
        Sign::Subject(Subjects::SUPERVISION),
        &["监督", "保障", "考核", "评议", "责任追究", "培训", "组织领导", "督查", "检查"],
    ),
    (
        Sign::Subject(Subjects::CONTACT),
        &["联系", "电话", "地址", "邮编", "邮箱", "传真", "咨询", "垂询"],
    ),
    (Sign::Subject(Subjects::FEES), &["处理费", "收费", "费用", "收取"]),
    (Sign::Subject(Subjects::PROCESSING_FEES), &["处理费", "公开费用", "公开收费"]),
    (Sign::Subject(Subjects::PERIOD), &["统计期", "期限", "起止", "1月1日"]),
    (Sign::Subject(Subjects::LOCAL), &["我镇", "我乡", "我街道", "我县"]),
    (Sign::Citation, &["国务院令", "国令第", "国办公开办函", "国办函"]),
    (Sign::Usage, &["截止", "年度"]),
    (Sign::Parts, &["部分组成", "部分构成", "部分内容", "个部分"]),
    (Sign::Blank, &placeholder::SIGNS),
]);

/// These words and those of all topics.
const fn with_topics<const N: usize>(
    words: &[(Sign, &'static [&'static str])],
) -> [(Sign, &'static [&'static str]); N] {
    let mut all = [words[0]; N];
    let mut index = 0;
    while index < N {
        all[index] = if index < words.len() {
            words[index]
        } else {
            let (topic, words) = Topics::WORDS[index - words.len()];
            (Sign::Topic(topic), words)
        };
        index += 1;
    }
    all
}

/// All of these words, each with what it tells.
static LEXICON: Lexicon<Sign, { count(&SIGNS) }> = Lexicon::of(&SIGNS);

/// Reads a block, and gives what its visible text mentions, in the order in which it stands.
pub(crate) fn read(block: &Block, mention: impl FnMut(Mention)) -> Phrases {
    prose::visible(block, |it| Phrases::of(it, mention))
}

impl Phrases {
    fn of(visible: Visible, mut mention: impl FnMut(Mention)) -> Self {
        let text = visible.text();
        let (mut phrases, mut reader) = (Self::default(), Reader::default());
        for (at, first) in LEXICON.sift(text) {
            let mut topics = Topics::default();
            // Every third of them is a digit, and of these no other begins a word.
            if matches!(text.as_bytes()[at], b'0' | b'2'..=b'9') {
                topics = Topics::NUMERAL;
            } else {
                for (word, sign) in LEXICON.starting(first, &text[at..]) {
                    match sign {
                        Sign::Subject(subject) => phrases.subjects = phrases.subjects | subject,
                        Sign::Topic(topic) => topics |= topic,
                        _ => reader.read(visible, at, word, sign),
                    }
                }
            }
            phrases.topics |= topics;
            Mention::of(at, topics).into_iter().for_each(&mut mention);
        }
        if phrases.topics.have(Topics::MONTH) {
            reader.read_days(visible);
        }
        Self { slips: reader.slips, ..phrases }
    }

    /// What may have to be changed.
    pub(crate) fn slips(&self) -> Option<&Slips> {
        self.slips.as_deref()
    }

    /// Whether rules have nothing to ask of them.
    pub(crate) fn is_empty(&self) -> bool {
        self.slips.is_none() && self.subjects == Subjects::default()
    }
}

/// Reads what may have to be changed.
#[derive(Default)]
struct Reader {
    slips: Option<Box<Slips>>,
    /// Where the last placeholder ends.
    blank_end: usize,
}

impl Reader {
    /// Reads what a word at a byte of the text tells.
    fn read(&mut self, visible: Visible, at: usize, word: &str, sign: Sign) {
        let text = visible.text();
        match sign {
            Sign::Citation => {
                if let Some(found) = citation::read(text, at, at + word.len()) {
                    self.slips().citations.push(Found::new(visible, found));
                }
            }
            Sign::Usage => {
                if let Some(found) = usage::read(text, at) {
                    self.slips().usages.push(Found::new(visible, found));
                }
            }
            Sign::Parts => {
                let at = at + word.find("部分").unwrap_or_default();
                let found = part_list::read(text, at).map(|it| Found::new(visible, it));
                // 六个部分组成 has two of the words.
                if let Some(found) = found.filter(|it| self.slips().part_lists.last() != Some(it)) {
                    self.slips().part_lists.push(found);
                }
            }
            Sign::Blank if at >= self.blank_end => {
                if let Some(range) = placeholder::read(text, at) {
                    self.blank_end = range.end;
                    self.slips().placeholders.push(visible.source(&range));
                }
            }
            Sign::Blank | Sign::Subject(_) | Sign::Topic(_) => {}
        }
    }

    /// Reads the days of the text.
    fn read_days(&mut self, visible: Visible) {
        for found in day::read(visible.text()) {
            self.slips().days.push(Found::new(visible, found));
        }
    }

    fn slips(&mut self) -> &mut Slips {
        self.slips.get_or_insert_default()
    }
}

impl<T> Found<T> {
    fn new(visible: Visible, (range, what): (Range<usize>, T)) -> Self {
        Self { range: visible.source(&range), is_whole: visible.is_whole(&range), what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::blocks;

    fn phrases(text: &str) -> Phrases {
        read(&blocks(text)[0], |_| {})
    }

    fn slips(text: &str) -> Slips {
        *phrases(text).slips.unwrap_or_default()
    }

    #[test]
    fn the_subjects_of_a_block_are_told_by_their_words() {
        let found = phrases("（三）政府信息管理。联系电话见网站，未收取信息处理费。").subjects;
        for (subject, is_there) in [
            (Subjects::DISCLOSURE, false),
            (Subjects::REQUESTS, false),
            (Subjects::MANAGEMENT, true),
            (Subjects::PLATFORMS, true),
            (Subjects::SUPERVISION, false),
            (Subjects::CONTACT, true),
            (Subjects::FEES, true),
        ] {
            assert_eq!(found.have(subject), is_there, "{subject:?}");
        }
    }

    #[test]
    fn most_digits_begin_no_word_but_a_numeral() {
        let words = SIGNS.iter().filter(|it| !matches!(it.0, Sign::Topic(_))).flat_map(|it| it.1);
        let firsts = words.filter_map(|it| it.chars().next()).filter(char::is_ascii_digit);
        assert!(firsts.clone().count() > 0 && firsts.clone().all(|it| it == '1'));
        for digit in '0'..='9' {
            assert_eq!(phrases(&digit.to_string()).topics, Topics::NUMERAL);
        }
    }

    #[test]
    fn words_broken_over_lines_and_by_markup_are_read() {
        assert!(phrases("未收取信息处理\n费。").subjects.have(Subjects::FEES));
        assert!(phrases("我局**主动**公开信息。").subjects.have(Subjects::DISCLOSURE));
        let found = slips("截止\n到2023年12月31日。").usages.remove(0);
        assert!(!found.is_whole);
    }

    #[test]
    fn most_text_says_nothing_of_interest() {
        assert_eq!(phrases("今日天气晴"), Phrases::default());
    }
}
