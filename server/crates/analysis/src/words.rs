//! Lists of words that are looked for all at once.

/// Words of at least three bytes, as every Chinese one has.
pub(crate) struct Words<const N: usize> {
    words: [&'static str; N],
    /// The first three bytes of each word. At most places of a text no word has the same, which
    /// is seen without a look at the words.
    heads: [u32; N],
}

impl<const N: usize> Words<N> {
    pub(crate) const fn new(words: [&'static str; N]) -> Self {
        let mut heads = [0; N];
        let mut index = 0;
        while index < N {
            heads[index] = match head(words[index]) {
                Some(head) => head,
                None => panic!("a word is too short"),
            };
            index += 1;
        }
        Self { words, heads }
    }

    /// The words that a text starts with, in the order of the list.
    pub(crate) fn starting(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let head = head(text);
        let is_any = head.is_some_and(|it| self.heads.contains(&it));
        let words = if is_any { &self.words[..] } else { &[] };
        words.iter().copied().filter(move |it| text.starts_with(it))
    }

    /// Whether a text starts with a word.
    pub(crate) fn start(&self, text: &str) -> bool {
        self.starting(text).next().is_some()
    }

    /// Where the first word in a text stands.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        text.char_indices().map(|it| it.0).find(|at| self.start(&text[*at..]))
    }

    /// Whether a word is in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

const fn head(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [a, b, c, ..] => Some(u32::from_le_bytes([*a, *b, *c, 0])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_the_library_finds_them() {
        const LIST: [&str; 4] = ["件次", "件", "条例", "Page"];
        let words = Words::new(LIST);
        for text in ["", "件", "件次", "条", "条件次", "一页Page", "页", "a件"] {
            let starting: Vec<_> = words.starting(text).collect();
            assert_eq!(
                starting,
                LIST.into_iter().filter(|it| text.starts_with(it)).collect::<Vec<_>>()
            );
            assert_eq!(words.find(text), LIST.iter().filter_map(|it| text.find(it)).min());
        }
    }
}
