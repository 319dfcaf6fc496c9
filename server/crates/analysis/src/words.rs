//! Lists of words that are looked for all at once.

use crate::scan::Sieve;

/// Words that start and end with Chinese or ASCII characters.
pub(crate) struct Words<const N: usize> {
    list: [&'static str; N],
    /// The first character of each word.
    firsts: [char; N],
    /// The last character of each word.
    lasts: [char; N],
    /// Tells the first characters from most others.
    sieve: Sieve,
}

impl<const N: usize> Words<N> {
    pub(crate) const fn new(words: [&'static str; N]) -> Self {
        let (mut firsts, mut lasts) = (['\0'; N], ['\0'; N]);
        let mut index = 0;
        while index < N {
            firsts[index] = first(words[index]);
            lasts[index] = last(words[index]);
            index += 1;
        }
        Self { list: words, firsts, lasts, sieve: Sieve::EMPTY.with(&firsts) }
    }

    /// The words that a text starts with, in the order of the list.
    pub(crate) fn starting(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let first = text.chars().next().filter(|it| self.sieve.passes(*it));
        let count = if first.is_some() { N } else { 0 };
        let words = self.firsts[..count].iter().zip(&self.list);
        let words = words.filter(move |it| Some(*it.0) == first).map(|it| *it.1);
        words.filter(move |it| text.starts_with(it))
    }

    /// Whether a text starts with a word.
    pub(crate) fn start(&self, text: &str) -> bool {
        self.starting(text).next().is_some()
    }

    /// Whether a text ends with a word.
    pub(crate) fn end(&self, text: &str) -> bool {
        let last = text.chars().next_back();
        let mut words = self.lasts.iter().zip(&self.list).filter(|it| Some(*it.0) == last);
        words.any(|it| text.ends_with(it.1))
    }

    /// Where the first word in a text stands.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let mut places = text.char_indices().filter(|it| self.sieve.passes(it.1)).map(|it| it.0);
        places.find(|at| self.start(&text[*at..]))
    }

    /// Whether a word is in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

const fn first(word: &str) -> char {
    match word.as_bytes() {
        [c @ ..0x80, ..] => *c as char,
        [a, b, c, ..] => chinese([*a, *b, *c]),
        _ => panic!("a word has no character that can be told"),
    }
}

const fn last(word: &str) -> char {
    match word.as_bytes() {
        [.., c @ ..0x80] => *c as char,
        [.., a, b, c] => chinese([*a, *b, *c]),
        _ => panic!("a word has no character that can be told"),
    }
}

/// A character of three bytes.
const fn chinese([a, b, c]: [u8; 3]) -> char {
    assert!(a & 0xf0 == 0xe0, "a word has another character");
    match char::from_u32((a as u32 & 0x0f) << 12 | (b as u32 & 0x3f) << 6 | c as u32 & 0x3f) {
        Some(c) => c,
        None => unreachable!(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_the_library_finds_them() {
        const LIST: [&str; 4] = ["件次", "件", "“条", "Page"];
        let words = Words::new(LIST);
        for text in ["", "件", "件次", "条", "“条件次", "一页Page", "页“", "a件"] {
            let starting: Vec<_> = words.starting(text).collect();
            assert_eq!(
                starting,
                LIST.into_iter().filter(|it| text.starts_with(it)).collect::<Vec<_>>()
            );
            assert_eq!(words.end(text), LIST.iter().any(|it| text.ends_with(it)), "{text}");
            assert_eq!(words.find(text), LIST.iter().filter_map(|it| text.find(it)).min());
        }
    }
}
