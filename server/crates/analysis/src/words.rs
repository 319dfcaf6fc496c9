//! Lists of words that are looked for all at once.

use crate::scan::{Place, Sieve, Sift};

/// Words, each of which tells something, by what they start with. They start and end with characters
/// of at most three bytes.
pub(crate) struct Lexicon<T: 'static, const N: usize> {
    /// Those whose first characters have the same bit of the sieve stand together, in the order in
    /// which they were given.
    entries: [Entry<T>; N],
    /// Tells the first characters from most others.
    sieve: Sieve,
    /// Where the entries start and end for each bit that is set in the sieve, in their order.
    runs: [(u16, u16); N],
    /// How many bits are set before each word of the sieve.
    ranks: [u16; Sieve::WORDS],
}

/// A word and all that is looked at to find it.
#[derive(Clone, Copy)]
struct Entry<T: 'static> {
    head: Head,
    word: &'static str,
    told: T,
}

impl<T: Copy, const N: usize> Lexicon<T, N> {
    pub(crate) const fn new(entries: [(&'static str, T); N]) -> Self {
        let mut places = [Place::of('\0'); N];
        let mut index = 0;
        while index < N {
            places[index] = Place::of(first(entries[index].0));
            index += 1;
        }
        let order = order(&places);
        let (word, told) = entries[0];
        let mut all = [Entry { head: Head::of(word), word, told }; N];
        let (mut sieve, mut runs, mut ranks) = (Sieve::EMPTY, [(0, 0); N], [0; Sieve::WORDS]);
        let (mut index, mut bits) = (0, 0);
        while index < N {
            let place = places[order[index]];
            let (word, told) = entries[order[index]];
            all[index] = Entry { head: Head::of(word), word, told };
            if index == 0 || places[order[index - 1]].is_before(place) {
                sieve.add(first(word));
                runs[bits as usize].0 = index as u16;
                bits += 1;
            }
            runs[bits as usize - 1].1 = index as u16 + 1;
            let mut after = place.word() + 1;
            while after < ranks.len() {
                ranks[after] = bits;
                after += 1;
            }
            index += 1;
        }
        Self { entries: all, sieve, runs, ranks }
    }

    /// The words of some lists, all of which tell the same each.
    pub(crate) const fn of(lists: &[(T, &[&'static str])]) -> Self {
        assert!(count(lists) == N, "there are more or fewer words");
        let mut all = [("", lists[0].0); N];
        let (mut found, mut list) = (0, 0);
        while list < lists.len() {
            let (told, words) = lists[list];
            let mut word = 0;
            while word < words.len() {
                all[found] = (words[word], told);
                (found, word) = (found + 1, word + 1);
            }
            list += 1;
        }
        Self::new(all)
    }

    /// The characters of a text that may start words, each with where it starts.
    pub(crate) fn sift<'t>(&'t self, text: &'t str) -> Sift<'t> {
        self.sieve.sift(text)
    }

    /// The words that a text starts with whose first character has a place that some have, in the
    /// order in which they were given, each with what it tells.
    pub(crate) fn starting(
        &self,
        first: Place,
        text: &str,
    ) -> impl Iterator<Item = (&'static str, T)> {
        Self::of_run(self.run(first), text)
    }

    /// The words in a text, by where each stands, with what it tells.
    pub(crate) fn occurrences<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'static str, T)> + 't {
        self.sift(text).flat_map(move |(at, first)| {
            self.starting(first, &text[at..]).map(move |(word, told)| (at, word, told))
        })
    }

    /// The first of the words that a text starts with, in the order in which they were given, and
    /// what it tells.
    pub(crate) fn first(&self, text: &str) -> Option<(&'static str, T)> {
        self.all(text).next()
    }

    /// The words that a text starts with, in the order in which they were given.
    fn all(&self, text: &str) -> impl Iterator<Item = (&'static str, T)> {
        let first = text.chars().next().filter(|it| self.sieve.passes(*it));
        Self::of_run(first.map_or(&[], |it| self.run(Place::of(it))), text)
    }

    /// The entries for a place that some words have.
    fn run(&self, place: Place) -> &[Entry<T>] {
        let rank = usize::from(self.ranks[place.word()]) + self.sieve.rank(place);
        let (start, end) = self.runs[rank];
        &self.entries[usize::from(start)..usize::from(end)]
    }

    /// The words among some entries that a text starts with.
    fn of_run(run: &[Entry<T>], text: &str) -> impl Iterator<Item = (&'static str, T)> {
        let start = if run.is_empty() { 0 } else { Head::start(text) };
        let starting = run.iter().filter(move |it| it.head.starts(start, it.word, text));
        starting.map(|it| (it.word, it.told))
    }
}

/// The indices of places in order; of the same place, that of the first first.
const fn order<const N: usize>(places: &[Place; N]) -> [usize; N] {
    let (mut order, mut index) = ([0; N], 0);
    while index < N {
        let mut at = index;
        while at > 0 && places[index].is_before(places[order[at - 1]]) {
            order[at] = order[at - 1];
            at -= 1;
        }
        order[at] = index;
        index += 1;
    }
    order
}

/// How many words some lists have.
pub(crate) const fn count<T>(lists: &[(T, &[&str])]) -> usize {
    let (mut count, mut index) = (0, 0);
    while index < lists.len() {
        count += lists[index].1.len();
        index += 1;
    }
    count
}

/// Words that start and end with characters of at most three bytes.
pub(crate) struct Words<const N: usize> {
    lexicon: Lexicon<(), N>,
    /// In the order in which they were given.
    list: [&'static str; N],
    /// The last character of each.
    lasts: [char; N],
    /// Tells the last characters from most others.
    ends: Sieve,
}

impl<const N: usize> Words<N> {
    pub(crate) const fn new(list: [&'static str; N]) -> Self {
        let (mut entries, mut lasts, mut index) = ([("", ()); N], ['\0'; N], 0);
        while index < N {
            (entries[index].0, lasts[index]) = (list[index], last(list[index]));
            index += 1;
        }
        Self { lexicon: Lexicon::new(entries), list, lasts, ends: self::lasts(&list) }
    }

    /// The words that a text starts with, in the order in which they were given.
    pub(crate) fn starting(&self, text: &str) -> impl Iterator<Item = &'static str> {
        self.lexicon.all(text).map(|it| it.0)
    }

    /// Whether a text starts with a word.
    pub(crate) fn start(&self, text: &str) -> bool {
        self.lexicon.first(text).is_some()
    }

    /// The longest word that a text starts with.
    pub(crate) fn longest_starting(&self, text: &str) -> Option<&'static str> {
        self.starting(text).max_by_key(|it| it.len())
    }

    /// Whether a text ends with a word.
    pub(crate) fn end(&self, text: &str) -> bool {
        let last = text.chars().next_back().filter(|it| self.ends.passes(*it));
        last.is_some_and(|last| {
            let mut words = self.lasts.iter().zip(&self.list).filter(|it| *it.0 == last);
            words.any(|it| text.ends_with(it.1))
        })
    }

    /// Where the first word in a text stands.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let mut places = self.lexicon.sift(text);
        let is_there =
            |it: &(usize, Place)| self.lexicon.starting(it.1, &text[it.0..]).next().is_some();
        places.find(is_there).map(|it| it.0)
    }

    /// The first word in a text and where it stands; of several at one place the longest.
    pub(crate) fn longest_in(&self, text: &str) -> Option<(usize, &'static str)> {
        let at = self.find(text)?;
        Some((at, self.longest_starting(&text[at..])?))
    }

    /// Whether a word is in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// Tells the last characters of some words from most others.
pub(crate) const fn lasts(words: &[&str]) -> Sieve {
    let (mut sieve, mut index) = (Sieve::EMPTY, 0);
    while index < words.len() {
        sieve.add(last(words[index]));
        index += 1;
    }
    sieve
}

/// The first bytes of a word as a number, which tells it from most others at once.
#[derive(Clone, Copy)]
struct Head {
    bytes: u128,
    /// Those that the word has.
    mask: u128,
}

impl Head {
    /// Hardly any word is longer.
    const LEN: usize = 16;

    const fn of(word: &str) -> Self {
        let (word, mut bytes, mut mask) = (word.as_bytes(), [0; Self::LEN], [0; Self::LEN]);
        let mut at = 0;
        while at < word.len() && at < Self::LEN {
            (bytes[at], mask[at]) = (word[at], 0xff);
            at += 1;
        }
        Self { bytes: u128::from_le_bytes(bytes), mask: u128::from_le_bytes(mask) }
    }

    /// The first bytes of a text.
    fn start(text: &str) -> u128 {
        if let Some(start) = text.as_bytes().first_chunk() {
            return u128::from_le_bytes(*start);
        }
        let mut bytes = [0; Self::LEN];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        u128::from_le_bytes(bytes)
    }

    /// Whether a text with these first bytes starts with the word.
    fn starts(self, start: u128, word: &str, text: &str) -> bool {
        start & self.mask == self.bytes && (word.len() <= Self::LEN || text.starts_with(word))
    }
}

/// [`str::trim_start_matches`], which prepares for a longer search.
pub(crate) fn trim_start<'t>(mut text: &'t str, word: &str) -> &'t str {
    while let Some(rest) = text.strip_prefix(word) {
        text = rest;
    }
    text
}

/// [`str::trim_end_matches`], which prepares for a longer search.
pub(crate) fn trim_end<'t>(mut text: &'t str, word: &str) -> &'t str {
    while let Some(rest) = text.strip_suffix(word) {
        text = rest;
    }
    text
}

const fn first(word: &str) -> char {
    decode(word.as_bytes(), 0)
}

const fn last(word: &str) -> char {
    let bytes = word.as_bytes();
    let mut at = bytes.len() - 1;
    while bytes[at] & 0xc0 == 0x80 {
        at -= 1;
    }
    decode(bytes, at)
}

/// The character at a byte, of at most three bytes.
const fn decode(bytes: &[u8], at: usize) -> char {
    let number = match bytes[at] {
        c @ ..0x80 => c as u32,
        c @ ..0xe0 => (c as u32 & 0x1f) << 6 | rest(bytes[at + 1]),
        c @ ..0xf0 => (c as u32 & 0x0f) << 12 | rest(bytes[at + 1]) << 6 | rest(bytes[at + 2]),
        _ => panic!("a word has a longer character"),
    };
    match char::from_u32(number) {
        Some(c) => c,
        None => unreachable!(),
    }
}

/// What a byte that is not the first of its character adds.
const fn rest(byte: u8) -> u32 {
    byte as u32 & 0x3f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_the_library_finds_them() {
        const LIST: [&str; 7] = ["件次", "件", "“条", "Page", "Pageviews", "×条", "件次数条"];
        let words = Words::new(LIST);
        for text in [
            "",
            "件",
            "件次",
            "条",
            "“条件次",
            "一页Pageviews",
            "页Pa“",
            "a件次数",
            "件次数条件次数",
            "一×条×",
        ] {
            let starting: Vec<_> = words.starting(text).collect();
            assert_eq!(
                starting,
                LIST.into_iter().filter(|it| text.starts_with(it)).collect::<Vec<_>>()
            );
            assert_eq!(words.end(text), LIST.iter().any(|it| text.ends_with(it)), "{text}");
            assert_eq!(words.find(text), LIST.iter().filter_map(|it| text.find(it)).min());
            let lexicon =
                Lexicon::new(std::array::from_fn::<_, { LIST.len() }, _>(|it| (LIST[it], it)));
            let all = LIST.iter().enumerate();
            let all = all.flat_map(|(index, word)| {
                text.match_indices(word).map(move |it| (it.0, index, *word))
            });
            let mut all: Vec<_> = all.collect();
            all.sort_unstable();
            let found = lexicon.occurrences(text).map(|(at, word, index)| (at, index, word));
            assert!(found.eq(all), "{text}");
        }
    }
}
