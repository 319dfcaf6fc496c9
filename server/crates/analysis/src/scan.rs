//! Reading text quickly: its lines, its letters and numerals.

use std::borrow::Cow;

use gouji_syntax::TextRange;
use gouji_syntax::plain::Plain;

/// The lines of a text, each without its end and with the byte at which it starts. A line ends
/// at `\n` or `\r`; between the two of `\r\n` is an empty one.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let at = std::mem::replace(&mut start, end + 1);
        (at, &text[at..end])
    })
}

/// How many lines end in a block's text, with `\n`, `\r\n` or `\r`. No block ends between the two of
/// `\r\n`.
pub(crate) fn line_ends(text: &str) -> usize {
    // As of most blank blocks.
    if text == "\n" {
        return 1;
    }
    let bytes = text.as_bytes();
    // And most others are one line.
    let first = memchr::memchr2(b'\n', b'\r', bytes).map_or(bytes.len(), |it| it + 1);
    if first == bytes.len() {
        return usize::from(text.ends_with(['\n', '\r']));
    }
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let returns = memchr::memchr_iter(b'\r', bytes).filter(|it| bytes.get(it + 1) != Some(&b'\n'));
    feeds + returns.count()
}

/// [`char::is_alphanumeric`], which looks most Chinese characters up in tables.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{4e00}'..='\u{9fff}' => true,
        '\u{3000}'..='\u{3003}' | '\u{ff00}'..='\u{ff0f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Where a character that is several bytes long stands in a text. It is sought by its last byte,
/// which differs from that of most others.
pub(crate) fn places(text: &str, c: char) -> impl Iterator<Item = usize> {
    let before = c.len_utf8() - 1;
    let last = c.encode_utf8(&mut [0; 4]).as_bytes()[before];
    let starts =
        memchr::memchr_iter(last, text.as_bytes()).filter_map(move |it| it.checked_sub(before));
    starts.filter(move |it| text.get(*it..).is_some_and(|it| it.starts_with(c)))
}

/// [`str::trim`], which looks up what most texts start and end with.
pub(crate) fn trim(text: &str) -> &str {
    if text.is_empty() {
        return text;
    }
    let starts = matches!(text.as_bytes(), [b'!'..=b'~' | 0xe4..=0xe9, ..]);
    // U+4000 to U+9FFF, as in `signs`.
    let ends = matches!(text.as_bytes(), [.., b'!'..=b'~'] | [.., 0xe4..=0xe9, _, _]);
    if starts && ends { text } else { text.trim() }
}

/// The value of a numeral from 一 to 九.
pub(crate) fn one_to_nine(c: char) -> Option<u32> {
    let value = match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

/// The characters of a text but for most Chinese ones, which are passed over unread.
pub(crate) fn signs(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        // What starts with these bytes are three bytes, U+4000 to U+9FFF.
        while matches!(bytes.get(at), Some(0xe4..=0xe9)) {
            at += 3;
        }
        let c = text.get(at..)?.chars().next()?;
        let start = at;
        at += c.len_utf8();
        Some((start, c))
    })
}

/// Tells most characters from some that are looked for, by the last bits of their numbers. A few
/// others pass too.
pub(crate) struct Sieve([u64; Sieve::WORDS]);

impl Sieve {
    pub(crate) const WORDS: usize = 64;
    pub(crate) const EMPTY: Self = Self([0; Self::WORDS]);

    pub(crate) const fn add(&mut self, c: char) {
        let place = Place::of(c);
        self.0[place.word()] |= 1 << (place.0 % 64);
    }

    pub(crate) const fn with(mut self, chars: &[char]) -> Self {
        let mut index = 0;
        while index < chars.len() {
            self.add(chars[index]);
            index += 1;
        }
        self
    }

    /// A sieve for what either of two is for.
    pub(crate) const fn or(mut self, other: &Self) -> Self {
        let mut index = 0;
        while index < self.0.len() {
            self.0[index] |= other.0[index];
            index += 1;
        }
        self
    }

    /// `false` only for characters that were not added.
    pub(crate) const fn passes(&self, c: char) -> bool {
        self.has(Place::of(c))
    }

    /// Whether something that was added has a place.
    const fn has(&self, place: Place) -> bool {
        self.0[place.word()] >> (place.0 % 64) & 1 == 1
    }

    /// How many of the places that are before one in its word are those of what was added.
    pub(crate) const fn rank(&self, place: Place) -> usize {
        (self.0[place.word()] & ((1 << (place.0 % 64)) - 1)).count_ones() as usize
    }

    /// The characters of a text that pass: where each starts, and its place.
    pub(crate) fn sift<'t>(&'t self, text: &'t str) -> Sift<'t> {
        Sift { sieve: self, text, end: 0, found: [(0, Place(0)); Sift::MOST], count: 0, next: 0 }
    }
}

/// The bit of a sieve that a character is told by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(u16);

impl Place {
    pub(crate) const fn of(c: char) -> Self {
        Self((c as u32 % (64 * Sieve::WORDS as u32)) as u16)
    }

    /// The word of the sieve that it is in.
    pub(crate) const fn word(self) -> usize {
        self.0 as usize / 64
    }

    pub(crate) const fn is_before(self, other: Self) -> bool {
        self.0 < other.0
    }

    /// The place of the character at a byte of a text, and its length. Hardly any character has to
    /// be put together from its bytes.
    fn at(text: &str, at: usize) -> (Self, usize) {
        match text.as_bytes()[at..] {
            // Three bytes, as of most characters, end with the last bits of its number.
            [0xe0..=0xef, b, c, ..] => (Self(u16::from(b & 63) << 6 | u16::from(c & 63)), 3),
            [c @ ..0x80, ..] => (Self(u16::from(c)), 1),
            _ => text[at..].chars().next().map_or((Self(0), 1), |it| (Self::of(it), it.len_utf8())),
        }
    }
}

/// [`Sieve::sift`]. Several characters are found at a time: which pass is hard to foretell, and no
/// branch depends on it then.
pub(crate) struct Sift<'t> {
    sieve: &'t Sieve,
    text: &'t str,
    /// What is before this byte has been looked at.
    end: usize,
    /// Those that were found last.
    found: [(u32, Place); Sift::MOST],
    count: usize,
    /// The first of them that was not given yet.
    next: usize,
}

impl Sift<'_> {
    const MOST: usize = 16;

    fn look_on(&mut self) {
        let (mut end, mut count) = (self.end, 0);
        while end < self.text.len() && count < Self::MOST {
            let (place, len) = Place::at(self.text, end);
            self.found[count] = (end as u32, place);
            count += usize::from(self.sieve.has(place));
            end += len;
        }
        (self.end, self.count, self.next) = (end, count, 0);
    }
}

impl Iterator for Sift<'_> {
    type Item = (usize, Place);

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == self.count {
            self.look_on();
        }
        let (at, place) = *self.found[..self.count].get(self.next)?;
        self.next += 1;
        Some((at as usize, place))
    }
}

/// Whether a source may have markup, or more than one line.
pub(crate) fn has_markup(source: &str) -> bool {
    memchr::memchr3(b'<', b'&', b'*', source.as_bytes()).is_some()
        || memchr::memchr2(b'\n', b'\r', source.as_bytes()).is_some()
}

/// The visible text of a source that starts at a byte of its block, trimmed, and where it stands.
pub(crate) fn visible(source: &str, at: usize) -> (TextRange, Cow<'_, str>) {
    let trimmed = |text: &str| {
        let start = text.len() - text.trim_start().len();
        start..start + text.trim().len()
    };
    if !has_markup(source) {
        let range = trimmed(source);
        return (gouji_syntax::range(at + range.start, at + range.end), source[range].into());
    }
    let plain = Plain::new(source, at as u32);
    let range = trimmed(&plain.text);
    let place = plain.source(gouji_syntax::range(range.start, range.end));
    (place, plain.text[range].to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{:x}", c as u32);
        }
    }

    #[test]
    fn texts_are_trimmed_as_by_the_library() {
        for text in
            ["", " ", "件", "件 ", "\u{3000}件", "a\u{a0}", "é", "（3）\t", "\u{85}一", "ab"]
        {
            assert_eq!(trim(text), text.trim());
        }
    }

    #[test]
    fn signs_are_what_is_not_chinese() {
        let found: Vec<_> = signs("公开，3件。é龥𠀀（鿿").collect();
        let expected = [(6, '，'), (9, '3'), (13, '。'), (16, 'é'), (21, '𠀀'), (25, '（')];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_looked_for_passes_and_little_else() {
        let mut sieve = Sieve::EMPTY;
        "3件，".chars().for_each(|it| sieve.add(it));
        let passed = ('\0'..'\u{10000}').filter(|it| sieve.passes(*it));
        assert!("3件，".chars().all(|it| passed.clone().any(|passed| passed == it)));
        assert!(passed.count() <= 3 * 16);
    }

    #[test]
    fn a_text_is_sifted_by_character() {
        let sieve = Sieve::EMPTY.with(&['3', '件', 'é', '，', '𠀀']);
        for text in ["", "公开，3件。é龥𠀀（鿿", "3", "件é"] {
            let text = text.repeat(20);
            let passed = text.char_indices().filter(|it| sieve.passes(it.1));
            assert!(sieve.sift(&text).eq(passed.map(|(at, c)| (at, Place::of(c)))), "{text}");
        }
    }

    #[test]
    fn a_character_is_found_where_the_library_finds_it() {
        for text in ["", "年", "2023年，年年𠀀年", "年底 年", "干平年", "\u{74}\u{b4}年"]
        {
            for c in ['年', 'é', '𠀀'] {
                assert!(places(text, c).eq(text.match_indices(c).map(|it| it.0)), "{text} {c}");
            }
        }
    }

    #[test]
    fn every_line_end_ends_a_line() {
        let found: Vec<_> = lines("a\r\n\nb").collect();
        assert_eq!(found, [(0, "a"), (2, ""), (3, ""), (4, "b")]);
        assert_eq!(lines("").collect::<Vec<_>>(), [(0, "")]);
    }
}
