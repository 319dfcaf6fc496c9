//! Lists of words that are looked for all at once.

use crate::scan::Sieve;

/// Words that start and end with characters of at most three bytes, by what they start with.
pub(crate) struct Words<const N: usize> {
    /// Words whose first characters have the same bit of the sieve stand together, in the order in
    /// which they were given.
    list: [&'static str; N],
    /// What each word starts with.
    heads: [Head; N],
    /// Whether the next word's first character has the same bit.
    goes_on: [bool; N],
    /// The last character of each word.
    lasts: [char; N],
    /// Tells the first characters from most others.
    sieve: Sieve,
    /// The first word for each bit that is set in the sieve, in their order.
    firsts: [u16; N],
    /// How many bits are set before each word of the sieve.
    ranks: [u16; Sieve::WORDS],
    /// Tells the last characters from most others.
    ends: Sieve,
}

impl<const N: usize> Words<N> {
    pub(crate) const fn new(words: [&'static str; N]) -> Self {
        Self::ordered(words, &order(&words))
    }

    /// Words in their [`order`].
    const fn ordered(words: [&'static str; N], order: &[usize; N]) -> Self {
        let (mut list, mut heads, mut lasts) = ([""; N], [Head::EMPTY; N], ['\0'; N]);
        let (mut goes_on, mut firsts, mut ranks) = ([false; N], [0; N], [0; Sieve::WORDS]);
        let (mut sieve, mut ends) = (Sieve::EMPTY, Sieve::EMPTY);
        let (mut index, mut bits) = (0, 0);
        while index < N {
            let word = words[order[index]];
            let first = first(word);
            (list[index], heads[index], lasts[index]) = (word, Head::of(word), last(word));
            ends.add(lasts[index]);
            if sieve.passes(first) {
                goes_on[index - 1] = true;
            } else {
                sieve.add(first);
                firsts[bits as usize] = index as u16;
                bits += 1;
                let mut after = Sieve::number(first) / 64 + 1;
                while after < ranks.len() {
                    ranks[after] = bits;
                    after += 1;
                }
            }
            index += 1;
        }
        Self { list, heads, goes_on, lasts, sieve, firsts, ranks, ends }
    }

    /// The indices of the words that a text starts with, in the order in which they were given.
    fn starting_indices(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = text.chars().next().filter(|it| self.sieve.passes(*it));
        self.run(first.map(|it| self.first(it)), text)
    }

    /// [`Self::starting_indices`] of a text whose first character is known to pass.
    fn starting_with(&self, first: char, text: &str) -> impl Iterator<Item = usize> {
        self.run(Some(self.first(first)), text)
    }

    /// The first word for a character that passes.
    fn first(&self, c: char) -> usize {
        let (word, below) = self.sieve.rank(c);
        usize::from(self.firsts[usize::from(self.ranks[word]) + below])
    }

    /// The indices of the words from one on to the last for its bit that a text starts with.
    fn run(&self, mut next: Option<usize>, text: &str) -> impl Iterator<Item = usize> {
        let head = if next.is_none() { 0 } else { Head::bytes(text) };
        std::iter::from_fn(move || {
            while let Some(index) = next {
                next = self.goes_on[index].then_some(index + 1);
                if self.heads[index].starts(head, self.list[index], text) {
                    return Some(index);
                }
            }
            None
        })
    }

    /// The words that a text starts with, in the order in which they were given.
    pub(crate) fn starting(&self, text: &str) -> impl Iterator<Item = &'static str> {
        self.starting_indices(text).map(|it| self.list[it])
    }

    /// Whether a text starts with a word.
    pub(crate) fn start(&self, text: &str) -> bool {
        self.starting_indices(text).next().is_some()
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
        let is_there =
            |(at, first): &(usize, char)| self.starting_with(*first, &text[*at..]).next().is_some();
        self.sieve.sift(text).find(is_there).map(|it| it.0)
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

/// The indices of words by the bit of the sieve for their first character, those of one bit in
/// order.
const fn order<const N: usize>(words: &[&'static str; N]) -> [usize; N] {
    let (mut order, mut bits) = ([0; N], [0; N]);
    let mut index = 0;
    while index < N {
        let bit = Sieve::number(first(words[index]));
        let mut at = index;
        while at > 0 && bit < bits[at - 1] {
            (order[at], bits[at]) = (order[at - 1], bits[at - 1]);
            at -= 1;
        }
        (order[at], bits[at]) = (index, bit);
        index += 1;
    }
    order
}

/// Words, each of which tells something.
pub(crate) struct Lexicon<T: 'static, const N: usize> {
    words: Words<N>,
    told: [T; N],
}

impl<T: Copy, const N: usize> Lexicon<T, N> {
    pub(crate) const fn new(entries: [(&'static str, T); N]) -> Self {
        let mut words = [""; N];
        let mut index = 0;
        while index < N {
            words[index] = entries[index].0;
            index += 1;
        }
        let order = order(&words);
        let mut told = [entries[0].1; N];
        while index > 0 {
            index -= 1;
            told[index] = entries[order[index]].1;
        }
        Self { words: Words::ordered(words, &order), told }
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

    /// The first of the words that a text starts with, in the order in which they were given, and
    /// what it tells.
    pub(crate) fn first(&self, text: &str) -> Option<(&'static str, T)> {
        let index = self.words.starting_indices(text).next()?;
        Some((self.words.list[index], self.told[index]))
    }

    /// The characters of a text that may start words, each with where it starts.
    pub(crate) fn sift(&self, text: &str) -> impl Iterator<Item = (usize, char)> {
        self.words.sieve.sift(text)
    }

    /// The words that a text starts with, whose first character is given and may start some, in the
    /// order in which they were given, each with what it tells.
    pub(crate) fn starting(
        &self,
        first: char,
        text: &str,
    ) -> impl Iterator<Item = (&'static str, T)> {
        self.words.starting_with(first, text).map(|it| (self.words.list[it], self.told[it]))
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

/// How many words some lists have.
pub(crate) const fn count<T>(lists: &[(T, &[&str])]) -> usize {
    let (mut count, mut index) = (0, 0);
    while index < lists.len() {
        count += lists[index].1.len();
        index += 1;
    }
    count
}

/// The first bytes of a word as a number, which tells it from most others at once.
#[derive(Clone, Copy)]
struct Head {
    bytes: u64,
    /// Those that the word has.
    mask: u64,
}

impl Head {
    const LEN: usize = 8;
    const EMPTY: Self = Self { bytes: 0, mask: 0 };

    const fn of(word: &str) -> Self {
        let (word, mut bytes, mut mask) = (word.as_bytes(), [0; Self::LEN], [0; Self::LEN]);
        let mut at = 0;
        while at < word.len() && at < Self::LEN {
            (bytes[at], mask[at]) = (word[at], 0xff);
            at += 1;
        }
        Self { bytes: u64::from_le_bytes(bytes), mask: u64::from_le_bytes(mask) }
    }

    /// The first bytes of a text.
    fn bytes(text: &str) -> u64 {
        if let Some(first) = text.as_bytes().first_chunk() {
            return u64::from_le_bytes(*first);
        }
        let mut bytes = [0; Self::LEN];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        u64::from_le_bytes(bytes)
    }

    /// Whether a text with these first bytes starts with the word.
    fn starts(self, first: u64, word: &str, text: &str) -> bool {
        first & self.mask == self.bytes && (word.len() <= Self::LEN || text.starts_with(word))
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
            let mut found = Vec::new();
            for (at, first) in lexicon.sift(text) {
                let here = lexicon.starting(first, &text[at..]);
                found.extend(here.map(|(word, index)| (at, index, word)));
            }
            assert_eq!(found, all);
        }
    }
}
