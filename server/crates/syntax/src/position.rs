//! Lines and columns in UTF-8, UTF-16 and UTF-32.
//!
//! In a text that is edited they are told by the rope's own metrics. No index of lines or of
//! wide characters is kept: in Chinese text it would be as large as the text. A column past the
//! end of its line means the end of the line and a line past the end of the text the end of the
//! text, as LSP asks. Of a text that stays as it is, [`Lines`] tell many positions.

use std::ops::Range;

use memchr::memchr2_iter;
use ropey::{Rope, RopeSlice};

/// The unit in which a client counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A zero-based line and a column in some [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Zero-based line.
    pub line: u32,
    /// Zero-based column, in units of the encoding.
    pub column: u32,
}

/// The byte offset of `position`, clamped to the text.
///
/// A column inside a character means the start of that character.
#[must_use]
pub fn offset(text: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if text.len_lines() <= line {
        return text.len_bytes();
    }
    let slice = text.line(line);
    let content = content(slice);
    let column = position.column as usize;
    let chars = match encoding {
        Encoding::Utf8 => slice.byte_to_char(column.min(slice.char_to_byte(content))),
        Encoding::Utf16 => {
            let columns = slice.char_to_utf16_cu(content);
            slice.utf16_cu_to_char(column.min(columns))
        }
        Encoding::Utf32 => column.min(content),
    };
    text.line_to_byte(line) + slice.char_to_byte(chars)
}

/// The position of the byte `offset`, which is clamped to the text. Inside a line terminator
/// it is the end of the line: no position lies between `\r` and `\n`.
#[must_use]
pub fn position(text: &Rope, offset: usize, encoding: Encoding) -> Position {
    let offset = offset.min(text.len_bytes());
    let line = text.byte_to_line(offset);
    let slice = text.line(line);
    let chars = slice.byte_to_char(offset - text.line_to_byte(line)).min(content(slice));
    let column = match encoding {
        Encoding::Utf8 => slice.char_to_byte(chars),
        Encoding::Utf16 => slice.char_to_utf16_cu(chars),
        Encoding::Utf32 => chars,
    };
    Position { line: line as u32, column: column as u32 }
}

/// The lines of a text that stays as it is.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// The byte at which each starts.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Those of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, starts: line_starts(text).collect() }
    }

    /// The bytes of a line without its terminator; nothing at the end of the text where there are
    /// fewer lines.
    #[must_use]
    pub fn line(&self, line: u32) -> Range<usize> {
        let line = line as usize;
        let Some(start) = self.starts.get(line) else { return self.text.len()..self.text.len() };
        let end = self.starts.get(line + 1).map_or(self.text.len(), |it| *it);
        *start..start + self.text[*start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// [`position`] of a byte of this text that starts a character.
    #[must_use]
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.starts.partition_point(|it| *it <= offset) as u32 - 1;
        let Range { start, end } = self.line(line);
        let before = &self.text.as_bytes()[start..offset.min(end)];
        Position { line, column: columns(before, encoding) }
    }
}

/// The byte at which each line of a text starts. A line ends at `\n`, `\r\n` or `\r`.
pub fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = memchr2_iter(b'\n', b'\r', bytes)
        .filter(|it| bytes[*it] == b'\n' || bytes.get(it + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|it| it + 1))
}

/// The length of UTF-8 text in units of an encoding.
#[must_use]
pub fn columns(text: &[u8], encoding: Encoding) -> u32 {
    // Every byte but a continuation starts a character; those of four bytes are two units.
    let starts = |byte: u8| u32::from(byte & 0xc0 != 0x80);
    match encoding {
        Encoding::Utf8 => text.len() as u32,
        Encoding::Utf16 => text.iter().map(|it| starts(*it) + u32::from(*it >= 0xf0)).sum(),
        Encoding::Utf32 => text.iter().map(|it| starts(*it)).sum(),
    }
}

/// Characters of a line without its terminator.
fn content(line: RopeSlice) -> usize {
    let mut content = line.len_chars();
    while content > 0 && matches!(line.char(content - 1), '\n' | '\r') {
        content -= 1;
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn form_feed_and_line_separator_do_not_end_a_line() {
        // Features of ropey are additive: another dependency could switch `unicode_lines` on.
        assert_eq!(Rope::from_str("a\u{c}b\u{2028}c\u{85}d").len_lines(), 1);
        assert_eq!(Rope::from_str("a\rb\r\nc\nd").len_lines(), 4);
    }

    #[test]
    fn columns_count_the_units_of_the_encoding() {
        let text = Rope::from_str("甲\n😀表1\r\n");
        let at = "甲\n😀表".len();
        let columns = ENCODINGS.map(|it| position(&text, at, it).column);
        assert_eq!(columns, [7, 3, 2]);
        for encoding in ENCODINGS {
            assert_eq!(offset(&text, position(&text, at, encoding), encoding), at);
        }
    }

    #[test]
    fn positions_outside_the_text_are_clamped() {
        let text = Rope::from_str("甲乙\r\n丙");
        for encoding in ENCODINGS {
            let at = |line, column| offset(&text, Position { line, column }, encoding);
            assert_eq!(at(0, 99), "甲乙".len());
            assert_eq!(at(1, 99), text.len_bytes());
            assert_eq!(at(9, 0), text.len_bytes());
        }
    }

    #[test]
    fn the_lines_of_a_text_tell_the_positions_that_its_rope_does() {
        for text in ["", "\n", "甲", "甲\n\n😀表1\r\n\r乙\r\r\n", "\r\n\n\ra", "a\u{c}é\u{2028}\n"]
        {
            let (rope, lines) = (Rope::from_str(text), Lines::new(text));
            let offsets =
                (0..=text.len() + 2).filter(|it| *it > text.len() || text.is_char_boundary(*it));
            for offset in offsets {
                for encoding in ENCODINGS {
                    let expected = position(&rope, offset, encoding);
                    assert_eq!(lines.position(offset, encoding), expected, "{text:?} {offset}");
                }
            }
            for line in 0..=rope.len_lines() {
                let of_rope = rope.get_line(line).map(|it| it.to_string()).unwrap_or_default();
                let line = lines.line(line as u32);
                assert_eq!(&text[line], of_rope.trim_end_matches(['\n', '\r']), "{text:?}");
            }
        }
    }

    #[test]
    fn a_column_inside_a_character_is_its_start() {
        let text = Rope::from_str("😀");
        assert_eq!(offset(&text, Position { line: 0, column: 1 }, Encoding::Utf16), 0);
        assert_eq!(offset(&text, Position { line: 0, column: 2 }, Encoding::Utf8), 0);
    }
}
