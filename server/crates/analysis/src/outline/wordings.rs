//! The wordings of section headings, and what a line that holds one has at least.

use super::line::{is_part, letter, letters};
use crate::report::Wording;
use crate::scan::{Sieve, one_to_nine};
use crate::schema::Schema;

/// The wordings of a schema's sections, as letters.
pub(super) struct Wordings {
    pub(super) all: Vec<Known>,
    /// Tell the letters that they start with, and those that come next, from most others.
    firsts: Sieve,
    seconds: Sieve,
    /// Tells those that a heading starts with.
    openers: Sieve,
}

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
        const NUMBERS: [char; 21] = [
            '第', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '0', '1', '2', '3',
            '4', '5', '6', '7', '8', '9',
        ];
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
        let (mut firsts, mut seconds) = (Sieve::EMPTY, Sieve::EMPTY);
        for it in &all {
            firsts.add(it.letters[0]);
            seconds.add(it.letters[1]);
        }
        let openers = Sieve::EMPTY.with(&NUMBERS).or(&firsts);
        Self { all, firsts, seconds, openers }
    }

    /// Whether a line's visible text may start with a heading. Most do not, and few of their
    /// letters need be read to see that.
    pub(super) fn may_start(&self, text: &str) -> bool {
        let first = text.chars().find_map(letter);
        let Some(first) = first.filter(|it| self.openers.passes(*it)) else { return false };
        if text.trim_start().starts_with(LISTED) {
            return false;
        }
        let text = text.trim_start_matches(|it| !is_part(it));
        if numeral(first).is_some() {
            let words = text.trim_start_matches(|it| !is_part(it) || numeral(it).is_some());
            let number = &text[..text.len() - words.len()];
            return number.contains(SEPARATORS) || self.starts(words);
        }
        if first.is_ascii_digit() {
            let digit = |it: char| letter(it).is_none_or(|it| it.is_ascii_digit());
            return self.are(text.trim_start_matches(digit));
        }
        first == '第' || self.are(text)
    }

    /// Whether a heading may stand in the middle of a line, which has a word of headings: a number
    /// and a sign before the words.
    pub(super) fn may_be_inside(&self, text: &str) -> bool {
        let mut numerals = text.char_indices().filter(|it| numeral(it.1).is_some());
        numerals.any(|(at, c)| {
            let rest = &text[at + c.len_utf8()..];
            !rest.starts_with(is_part) && self.starts(rest)
        })
    }

    /// Whether the letters of a text start with a wording.
    fn starts(&self, text: &str) -> bool {
        self.first(text).is_some_and(|first| self.all.iter().any(|it| it.starts(&first)))
    }

    /// Whether the letters of a text are a wording.
    fn are(&self, text: &str) -> bool {
        self.first(text).is_some_and(|first| self.all.iter().any(|it| it.letters == first))
    }

    /// The first letters of a text, one more than the longest wording has; `None` where two tell
    /// that no wording starts with them.
    fn first(&self, text: &str) -> Option<Vec<char>> {
        let letters = || text.chars().filter_map(letter);
        let mut signs = letters();
        let mut passes = |sieve: &Sieve| signs.next().is_some_and(|it| sieve.passes(it));
        if !passes(&self.firsts) || !passes(&self.seconds) {
            return None;
        }
        let most = self.all[0].letters.len() + 1;
        let mut first = Vec::with_capacity(most);
        first.extend(letters().take(most));
        Some(first)
    }

    /// All but the misspellings.
    pub(super) fn accepted(&self) -> impl Iterator<Item = &Known> {
        self.all.iter().filter(|it| it.wording != Wording::Damaged)
    }
}

/// What a line of a sub-list, a quotation or a document's name starts with.
pub(super) const LISTED: [char; 4] = ['（', '(', '“', '《'];

/// Signs between a heading's number and its words.
pub(super) const SEPARATORS: [char; 9] = ['、', '.', '．', '，', ',', ':', '：', ' ', '\u{3000}'];

/// The value of a numeral in a heading's number.
pub(super) fn numeral(c: char) -> Option<usize> {
    if c == '十' { Some(10) } else { one_to_nine(c).map(|it| it as usize) }
}
