//! The wordings of section headings, and what a line that holds one has at least.

use super::line::{letter, letters};
use crate::report::Wording;
use crate::scan::one_to_nine;
use crate::schema::Schema;

/// The wordings of a schema's sections, as letters.
pub(super) struct Wordings {
    pub(super) all: Vec<Known>,
    /// The letters that they start with.
    starts: Vec<char>,
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
        let mut starts: Vec<_> = all.iter().filter_map(|it| it.letters.first().copied()).collect();
        starts.sort_unstable();
        starts.dedup();
        Self { all, starts }
    }

    /// Whether a line's visible text may hold a heading. Most do not, and their letters need
    /// not be read to see that.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        if self.may_start(text) {
            return true;
        }
        let mut numerals = text.char_indices().filter(|it| numeral(it.1).is_some());
        numerals.any(|(at, c)| {
            let next = text[at + c.len_utf8()..].chars().find_map(letter);
            next.is_some_and(|it| self.starts.contains(&it))
        })
    }

    /// Whether a line has a Chinese number, or the first letter of a wording where its words
    /// start.
    fn may_start(&self, text: &str) -> bool {
        if text.trim_start().starts_with(LISTED) {
            return false;
        }
        let mut letters = text.chars().filter_map(letter);
        let Some(first) = letters.next() else { return false };
        if first == '第' || numeral(first).is_some() || self.starts.contains(&first) {
            return true;
        }
        // One or two digits are a number.
        let word = letters.find(|it| !it.is_ascii_digit());
        first.is_ascii_digit() && word.is_some_and(|it| self.starts.contains(&it))
    }

    /// All but the misspellings.
    pub(super) fn accepted(&self) -> impl Iterator<Item = &Known> {
        self.all.iter().filter(|it| it.wording != Wording::Damaged)
    }
}

/// What a line of a sub-list, a quotation or a document's name starts with.
pub(super) const LISTED: [char; 4] = ['（', '(', '“', '《'];

/// The value of a numeral in a heading's number.
pub(super) fn numeral(c: char) -> Option<usize> {
    if c == '十' { Some(10) } else { one_to_nine(c).map(|it| it as usize) }
}
