//! The wordings of section headings, and what a line that holds one has at least.

use super::line::{is_part, letter, letters};
use crate::report::Wording;
use crate::scan::{Sieve, one_to_nine};
use crate::schema::Schema;

/// The wordings of a schema's sections, as letters.
pub(super) struct Wordings {
    pub(super) all: Vec<Known>,
    /// The first letters of each.
    heads: Vec<Vec<char>>,
    /// Tells the first letters of these from most others.
    firsts: Sieve,
}

/// Tells what a heading's number starts with from most other letters.
static NUMBERS: Sieve = Sieve::EMPTY.with(&[
    '第', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '0', '1', '2', '3', '4', '5',
    '6', '7', '8', '9',
]);

/// Letters of a wording's start, enough to tell most other texts.
const HEAD: usize = 6;

/// A wording.
pub(super) struct Known {
    pub(super) section: usize,
    pub(super) letters: Vec<char>,
    pub(super) wording: Wording,
}

impl Known {
    /// Whether letters start with it.
    pub(super) fn starts(&self, letters: &[char]) -> bool {
        // Most differ in the first letter already.
        self.letters.first() == letters.first() && letters.starts_with(&self.letters)
    }
}

impl Wordings {
    /// Longest first, so that 存在的主要问题及改进情况 is found before 存在的主要问题.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut all = Vec::new();
        for (section, it) in schema.sections.iter().enumerate() {
            let mut add = |text: &String, wording| {
                all.push(Known { section, letters: letters(text), wording });
            };
            add(&it.title, Wording::Official);
            it.variants.iter().for_each(|it| add(it, Wording::Variant));
            it.misspellings.iter().for_each(|it| add(it, Wording::Damaged));
        }
        all.sort_by_key(|it| (std::cmp::Reverse(it.letters.len()), it.section));
        let head = |it: &Known| it.letters[..it.letters.len().min(HEAD)].to_vec();
        let mut heads: Vec<_> = all.iter().map(head).collect();
        heads.sort_unstable();
        heads.dedup();
        let mut firsts = Sieve::EMPTY;
        for head in &heads {
            firsts.add(head[0]);
        }
        Self { all, heads, firsts }
    }

    /// Whether a line's visible text may start with a heading. Most do not, and few of their
    /// letters need be read to see that.
    pub(super) fn may_start(&self, text: &str) -> bool {
        let first = text.chars().find_map(letter);
        let may_open = |it: &char| NUMBERS.passes(*it) || self.firsts.passes(*it);
        let Some(first) = first.filter(may_open) else { return false };
        if text.trim_start().starts_with(LISTED) {
            return false;
        }
        let text = text.trim_start_matches(|it| !is_part(it));
        if numeral(first).is_some() {
            let words = text.trim_start_matches(|it| !is_part(it) || numeral(it).is_some());
            let number = &text[..text.len() - words.len()];
            return number.contains(SEPARATORS) || self.may_go_on(words);
        }
        let digit = |it: char| letter(it).is_none_or(|it| it.is_ascii_digit());
        let words = text.trim_start_matches(digit);
        is_part_numbered(words) || self.may_go_on(words) && !self.is_longer(words)
    }

    /// Whether a text has more letters than any wording.
    pub(super) fn is_longer(&self, text: &str) -> bool {
        text.chars().filter(|it| is_part(*it)).nth(self.all[0].letters.len()).is_some()
    }

    /// Whether a heading may stand in the middle of a line, which has a word of headings: a number
    /// and a sign before the words.
    pub(super) fn may_be_inside(&self, text: &str) -> bool {
        NUMBERS.sift(text).any(|(at, _)| {
            let rest = text[at..].strip_prefix(|it| numeral(it).is_some());
            rest.is_some_and(|it| !it.starts_with(is_part) && self.may_go_on(it))
        })
    }

    /// Whether the letters of a text may start with a wording.
    fn may_go_on(&self, text: &str) -> bool {
        let mut letters = text.chars().filter_map(letter);
        // Most differ in the first letter already.
        let Some(first) = letters.next().filter(|it| self.firsts.passes(*it)) else { return false };
        let mut letters = std::iter::once(first).chain(letters);
        let first: [char; HEAD] = std::array::from_fn(|_| letters.next().unwrap_or_default());
        self.heads.iter().any(|it| first.starts_with(it))
    }

    /// All but the misspellings.
    pub(super) fn accepted(&self) -> impl Iterator<Item = &Known> {
        self.all.iter().filter(|it| it.wording != Wording::Damaged)
    }
}

/// Whether a text starts as 第一部分 and 第二章 do, and 第二十条 does not.
fn is_part_numbered(text: &str) -> bool {
    let mut letters = text.chars().filter_map(letter);
    letters.next() == Some('第')
        && matches!(letters.find(|it| numeral(*it).is_none()), Some('部' | '章'))
}

/// What a line of a sub-list, a quotation or a document's name starts with.
pub(super) const LISTED: [char; 4] = ['（', '(', '“', '《'];

/// Signs between a heading's number and its words.
pub(super) const SEPARATORS: [char; 9] = ['、', '.', '．', '，', ',', ':', '：', ' ', '\u{3000}'];

/// The value of a numeral in a heading's number.
pub(super) fn numeral(c: char) -> Option<usize> {
    if c == '十' { Some(10) } else { one_to_nine(c).map(|it| it as usize) }
}
