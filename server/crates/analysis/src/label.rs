//! Labels as reports write them, matched to the wording of the form.
//!
//! Width, spaces, brackets, quotation marks, numbering and traditional characters never
//! matter. After that a label is official, an accepted variant, or near enough to one
//! label alone to be meant.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::report::Wording;
use crate::scan::{Sieve, is_letter};
use crate::schema::Label;

/// Traditional characters of the forms' labels, each before its simplified one.
const TRADITIONAL: &str = "開开關关報报處处動动況况數数總总計计應应規规範范強强許许罰罚費费請请結结\
轉转審审議议訴诉維维護护權权個个複复復复國国務务門门機机構构縣县區区鄉乡鎮镇廳厅會会業业團团體体\
項项類类現现發发廢废僅仅屬属執执舉举補补內内確确認认獲获無无續续辦办對对單单萬万網网與与為为\
訟讼題题進进條条號号後后經经糾纠織织據据穩稳過过詢询額额製制決决檔档於于";

/// A label without what never matters: white space, punctuation, width, numbering.
#[must_use]
pub fn normalise(text: &str) -> String {
    let body = strip_numbering(text.trim_matches(is_space));
    // No white space folds to a letter.
    let letters = body.chars().map(fold).filter(|it| is_letter(*it));
    let mut normal = String::with_capacity(body.len());
    normal.extend(letters);
    normal
}

/// Whether nothing is left of a label without what never matters.
pub(crate) fn is_numbering(text: &str) -> bool {
    // Most texts start or end with what is part of no number.
    let is_word = |it| matches!(it, '丁'..='龥') && !is_numeral(it);
    if text.starts_with(is_word) || text.ends_with(is_word) {
        return false;
    }
    let body = strip_numbering(text.trim_matches(is_space));
    // What folds to a letter or digit is one itself.
    !body.contains(char::is_alphanumeric)
}

/// The same without explanations in brackets: 现行有效件数（历史累计）.
#[must_use]
pub fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let body = strip_numbering(text.trim_matches(is_space));
    let outside = body.chars().filter(|c| {
        if is_closing(*c) {
            depth = depth.saturating_sub(1);
            return false;
        }
        depth += u32::from(is_opening(*c));
        depth == 0
    });
    normalise(&outside.collect::<String>())
}

/// [`without_brackets`] of a label that has any.
fn outside_brackets(text: &str) -> Option<String> {
    text.contains(|it| is_opening(it) || is_closing(it)).then(|| without_brackets(text))
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '〔' | '[')
}

fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '〕' | ']')
}

/// White space, with the byte order mark that some files keep.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

/// A character in half width and simplified.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c).to_ascii_lowercase()
        }
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => simplified(c),
    }
}

/// The characters of [`TRADITIONAL`].
struct Simplified {
    /// Tells them from most others.
    sieve: Sieve,
    map: HashMap<char, char>,
}

static SIMPLIFIED: LazyLock<Simplified> = LazyLock::new(|| {
    let (old, new) = (TRADITIONAL.chars().step_by(2), TRADITIONAL.chars().skip(1).step_by(2));
    let mut sieve = Sieve::EMPTY;
    old.clone().for_each(|it| sieve.add(it));
    Simplified { sieve, map: old.zip(new).collect() }
});

/// The simplified form of a traditional character that labels contain.
#[must_use]
pub fn simplified(c: char) -> char {
    // Few characters are: a report has thousands.
    let Simplified { sieve, map } = &*SIMPLIFIED;
    if sieve.passes(c) { map.get(&c).copied().unwrap_or(c) } else { c }
}

fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// A label without its number: 一、 （一） 1. 1、 ①. Numbers that are not followed by a
/// separator belong to the text.
#[must_use]
pub fn strip_numbering(text: &str) -> &str {
    let number = |c: char| is_numeral(c) || c.is_ascii_digit() || ('０'..='９').contains(&c);
    let text = text.trim_start_matches(is_space);
    if let Some(inside) = text.strip_prefix(['（', '(']) {
        let rest = inside.trim_start_matches(is_space).trim_start_matches(number);
        if rest.len() < inside.len()
            && let Some(rest) = rest.trim_start_matches(is_space).strip_prefix(['）', ')'])
        {
            return rest.trim_start_matches(is_space).trim_start_matches(['、', '.', '．']);
        }
        return text;
    }
    if let Some(rest) = text.strip_prefix(|c| ('①'..='⑳').contains(&c)) {
        return rest;
    }
    let rest = text.trim_start_matches(number);
    let after = rest.trim_start_matches(is_space);
    if rest.len() == text.len() {
        return text;
    }
    after.strip_prefix(['、', '.', '．', '，', ',', ':', '：', ')', '）']).unwrap_or(text)
}

/// Finds what a label means.
#[derive(Debug)]
pub struct Matcher<T> {
    /// Sorted by wording.
    known: Vec<Known<T>>,
    /// How many letters each has: that tells most from a label at once.
    counts: Vec<u8>,
}

/// A wording that a label was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which of those that the matcher knows.
    pub index: usize,
    /// Whether the label only comes near it.
    pub is_near: bool,
}

/// A normalised wording and what it means; that may be several things.
#[derive(Debug)]
struct Known<T> {
    wording: String,
    meanings: Vec<(T, Wording)>,
    letters: Letters,
}

/// What can be told of two wordings at a glance: each error changes the number of letters by
/// one at most, and at most one of the letters that the other has not.
#[derive(Clone, Copy, Debug)]
struct Letters {
    count: usize,
    /// A bit for each letter; letters may share one.
    set: u64,
}

impl Letters {
    fn of(text: &str) -> Self {
        let count = text.chars().count();
        Self { count, set: text.chars().fold(0, |set, c| set | 1 << (c as u32 % 64)) }
    }

    /// Whether there are more errors between two wordings than some, as far as their letters tell.
    fn differ_by_more(self, other: Self, errors: usize) -> bool {
        let lacks = |a: Self, b: Self| (a.set & !b.set).count_ones() as usize;
        lacks(self, other) > errors || lacks(other, self) > errors
    }
}

impl<T: Copy + PartialEq> Default for Matcher<T> {
    fn default() -> Self {
        Self { known: Vec::new(), counts: Vec::new() }
    }
}

/// A label may differ from the form's in one character of each so many…
const CHARS_PER_ERROR: usize = 4;
/// …and shorter labels must be exact: 规章, 其他, 总计.
const SHORTEST_NEAR: usize = 4;

impl<T: Copy + PartialEq> Matcher<T> {
    /// Adds a label with its variants and misspellings.
    pub fn add(&mut self, label: &Label, meaning: T) {
        self.add_text(&label.label, meaning, Wording::Official);
        for it in &label.variants {
            self.add_text(it, meaning, Wording::Variant);
        }
        for it in &label.misspellings {
            self.add_text(it, meaning, Wording::Damaged);
        }
    }

    /// Adds one wording.
    pub fn add_text(&mut self, text: &str, meaning: T, wording: Wording) {
        for key in std::iter::once(normalise(text)).chain(outside_brackets(text)) {
            let index = self.exact(&key).unwrap_or_else(|index| {
                let letters = Letters::of(&key);
                self.counts.insert(index, u8::try_from(letters.count).unwrap_or(u8::MAX));
                self.known.insert(index, Known { wording: key, meanings: Vec::new(), letters });
                index
            });
            let meanings = &mut self.known[index].meanings;
            if !meanings.iter().any(|it| it.0 == meaning) {
                meanings.push((meaning, wording));
            }
        }
    }

    /// The number of wordings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The wording that `text` is or comes near; `None` where it is no label.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Found> {
        let key = normalise(text);
        if key.is_empty() {
            return None;
        }
        let outside = || self.exact(&outside_brackets(text)?).ok();
        let exact = self.exact(&key).ok().or_else(outside);
        let exact = exact.map(|index| Found { index, is_near: false });
        exact.or_else(|| Some(Found { index: self.nearest(&key)?, is_near: true }))
    }

    /// All that a label may mean that was found.
    #[must_use]
    pub fn meanings(&self, found: Found) -> Vec<(T, Wording)> {
        let meanings = self.known[found.index].meanings.iter();
        let wording = |it| if found.is_near { Wording::Damaged } else { it };
        meanings.map(|it| (it.0, wording(it.1))).collect()
    }

    /// The index of a normalised wording, or where it would go.
    fn exact(&self, key: &str) -> Result<usize, usize> {
        self.known.binary_search_by(|it| it.wording.as_str().cmp(key))
    }

    /// The one nearest wording within the bound.
    fn nearest(&self, key: &str) -> Option<usize> {
        let letters = Letters::of(key);
        let (mut best, mut distance, mut tied) = (None, usize::MAX, false);
        for (index, count) in self.counts.iter().map(|it| usize::from(*it)).enumerate() {
            let bound = count / CHARS_PER_ERROR;
            if count < SHORTEST_NEAR || letters.count.abs_diff(count) > bound {
                continue;
            }
            let Known { wording, meanings, letters: wanted } = &self.known[index];
            if letters.differ_by_more(*wanted, bound) {
                continue;
            }
            let this = strsim::levenshtein(key, wording);
            if this > bound || this > distance {
                continue;
            }
            // Two wordings of the same label are no tie.
            let differs = |it: usize| !same_meanings(&self.known[it].meanings, meanings);
            tied = this == distance && best.is_some_and(differs);
            (best, distance) = (Some(index), this);
        }
        best.filter(|_| !tied)
    }
}

fn same_meanings<T: PartialEq>(a: &[(T, Wording)], b: &[(T, Wording)]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_width_spaces_and_brackets_do_not_matter() {
        for text in [
            "（一）予以公开",
            "(一) 予以公开",
            "一、予以公开",
            "1.予 以公开",
            "１．予以公开",
            "予以公開",
        ] {
            assert_eq!(normalise(text), "予以公开", "{text}");
        }
        assert_eq!(normalise("3.危及“三安全一稳定”"), "危及三安全一稳定");
        assert_eq!(normalise("一、"), "");
        for text in ["一、", "（二）", "３．", "①", "：", "", "一", "开、", "開", "Ａ", "a", "12"]
        {
            assert_eq!(is_numbering(text), normalise(text).is_empty(), "{text}");
        }
        assert_eq!(normalise("三安全"), "三安全");
        assert_eq!(without_brackets("现行有效件数 (历史累计)"), "现行有效件数");
    }

    fn matcher() -> Matcher<u8> {
        let labels =
            ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "其他法律行政法规禁止公开"];
        let mut matcher = Matcher::default();
        for (i, label) in labels.iter().enumerate() {
            matcher.add_text(label, i as u8, Wording::Official);
        }
        matcher
    }

    fn all(matcher: &Matcher<u8>, text: &str) -> Vec<(u8, Wording)> {
        matcher.find(text).map(|it| matcher.meanings(it)).unwrap_or_default()
    }

    #[test]
    fn a_label_that_lost_a_character_means_the_nearest() {
        let found = |text| all(&matcher(), text);
        assert_eq!(found("结 果 维 持"), [(0, Wording::Official)]);
        assert_eq!(found("结 果 正"), [(1, Wording::Damaged)]);
        assert_eq!(found("其 他 果"), [(2, Wording::Damaged)]);
        assert_eq!(found("尚 未 结"), [(3, Wording::Damaged)]);
        assert_eq!(found("2.其他法律法规禁止公开"), [(5, Wording::Damaged)]);
    }

    #[test]
    fn short_or_distant_or_tied_labels_mean_nothing() {
        for text in ["总数", "", "12", "结果", "行政许可"] {
            assert_eq!(matcher().find(text), None, "{text}");
        }
        let mut tied = Matcher::default();
        tied.add_text("本年甲件数", 0, Wording::Official);
        tied.add_text("本年乙件数", 1, Wording::Official);
        assert_eq!(tied.find("本年丙件数"), None);
    }
}
