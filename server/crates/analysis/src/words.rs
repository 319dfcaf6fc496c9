//! Lists of words that are looked for all at once.

use crate::scan::Sieve;

/// Words that start and end with characters of at most three bytes.
pub(crate) struct Words<const N: usize> {
    list: [&'static str; N],
    /// What each word starts with.
    heads: [Head; N],
    /// The last character of each word.
    lasts: [char; N],
    /// Tells the first characters from most others.
    sieve: Sieve,
    /// Tells the last characters from most others.
    ends: Sieve,
    /// The first word for each of the last bits of a first character, [`NONE`] where none has
    /// them.
    chains: [u8; CHAINS],
    /// The word that comes after each in its chain.
    next: [u8; N],
}

const CHAINS: usize = 64;
const NONE: u8 = u8::MAX;

impl<const N: usize> Words<N> {
    pub(crate) const fn new(words: [&'static str; N]) -> Self {
        assert!(N < NONE as usize, "there are too many words");
        let (mut lasts, mut heads) = (['\0'; N], [Head { bytes: 0, mask: 0 }; N]);
        let (mut chains, mut next) = ([NONE; CHAINS], [NONE; N]);
        let (mut sieve, mut ends) = (Sieve::EMPTY, Sieve::EMPTY);
        let mut index = N;
        while index > 0 {
            index -= 1;
            let first = first(words[index]);
            (heads[index], lasts[index]) = (Head::of(words[index]), last(words[index]));
            sieve.add(first);
            ends.add(lasts[index]);
            next[index] = std::mem::replace(&mut chains[first as usize % CHAINS], index as u8);
        }
        Self { list: words, heads, lasts, sieve, ends, chains, next }
    }

    /// The indices of the words that a text starts with, in order.
    fn starting_indices(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = text.chars().next().filter(|it| self.sieve.passes(*it));
        self.chain(first.map_or(NONE, |it| self.chains[it as usize % CHAINS]), text)
    }

    /// [`Self::starting_indices`] of a text whose first character is known to pass.
    fn starting_with(&self, first: char, text: &str) -> impl Iterator<Item = usize> {
        self.chain(self.chains[first as usize % CHAINS], text)
    }

    /// The indices of a chain's words that a text starts with.
    fn chain(&self, mut next: u8, text: &str) -> impl Iterator<Item = usize> {
        let head = if next == NONE { 0 } else { Head::bytes(text) };
        std::iter::from_fn(move || {
            while next != NONE {
                let index = next as usize;
                next = self.next[index];
                if self.heads[index].starts(head, self.list[index], text) {
                    return Some(index);
                }
            }
            None
        })
    }

    /// The words that a text starts with, in the order of the list.
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

/// Words, each of which tells something.
pub(crate) struct Lexicon<T, const N: usize> {
    words: Words<N>,
    told: [T; N],
}

impl<T: Copy, const N: usize> Lexicon<T, N> {
    pub(crate) const fn new(entries: [(&'static str, T); N]) -> Self {
        let (mut words, mut told) = ([""; N], [entries[0].1; N]);
        let mut index = 0;
        while index < N {
            (words[index], told[index]) = entries[index];
            index += 1;
        }
        Self { words: Words::new(words), told }
    }

    /// Tells the first characters of the words from most others.
    pub(crate) const fn sieve(&self) -> &Sieve {
        &self.words.sieve
    }

    /// The words that a text starts with, whose first character is given, in the order of the
    /// list, each with what it tells.
    pub(crate) fn starting(
        &self,
        first: char,
        text: &str,
    ) -> impl Iterator<Item = (&'static str, T)> {
        self.words.starting_with(first, text).map(|it| (self.words.list[it], self.told[it]))
    }
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
            for (at, first) in lexicon.sieve().sift(text) {
                let here = lexicon.starting(first, &text[at..]);
                found.extend(here.map(|(word, index)| (at, index, word)));
            }
            assert_eq!(found, all);
        }
    }
}
