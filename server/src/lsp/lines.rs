//! Positions of bytes, many of them in the same lines.
//!
//! Going down the rope for each would be the larger part of writing a list: a place begins and
//! ends in one line, and what explains a finding stands in the same row.

use std::borrow::Cow;
use std::cell::RefCell;

use gouji_syntax::{Encoding, Position, position};
use ropey::Rope;
use tower_lsp::lsp_types::Position as LspPosition;

/// Longest line that is walked, in bytes; in longer ones the rope is faster.
const WALKED: usize = 1024;

/// Converts bytes of one text, and remembers the last line.
pub(super) struct Lines<'a> {
    text: &'a Rope,
    encoding: Encoding,
    last: RefCell<Line<'a>>,
}

/// A line without its terminator, where it is short.
#[derive(Default)]
struct Line<'a> {
    number: usize,
    start: usize,
    content: Cow<'a, str>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a Rope, encoding: Encoding) -> Self {
        Self { text, encoding, last: RefCell::default() }
    }

    /// As [`position::position`].
    pub(super) fn position(&self, at: usize) -> Position {
        let mut last = self.last.borrow_mut();
        let found = last.position(at, self.encoding).or_else(|| {
            *last = Line::around(self.text, at)?;
            last.position(at, self.encoding)
        });
        found.unwrap_or_else(|| position::position(self.text, at, self.encoding))
    }
}

impl<'a> Line<'a> {
    fn around(text: &'a Rope, at: usize) -> Option<Self> {
        let number = text.try_byte_to_line(at).ok()?;
        let line = text.line(number);
        if line.len_bytes() > WALKED {
            return None;
        }
        let content = match Cow::from(line) {
            Cow::Borrowed(line) => Cow::Borrowed(line.trim_end_matches(['\r', '\n'])),
            Cow::Owned(line) => Cow::Owned(line.trim_end_matches(['\r', '\n']).to_owned()),
        };
        Some(Self { number, start: text.line_to_byte(number), content })
    }

    /// `None` where the byte is not in the line's content.
    fn position(&self, at: usize, encoding: Encoding) -> Option<Position> {
        let before = self.content.get(..at.checked_sub(self.start)?)?;
        let column = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.chars().map(char::len_utf16).sum(),
            Encoding::Utf32 => before.chars().count(),
        };
        Some(Position { line: self.number as u32, column: column as u32 })
    }
}

/// The lines of a block, of which many positions are asked.
#[derive(Debug)]
pub(super) struct BlockLines {
    /// Where the block starts: perhaps in the middle of a line.
    first: LspPosition,
    /// Where its lines start.
    starts: Vec<u32>,
}

impl BlockLines {
    pub(super) fn new(text: &str, first: LspPosition) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|it| bytes[*it] == b'\n' || bytes.get(it + 1) != Some(&b'\n'));
        Self { first, starts: std::iter::once(0).chain(ends.map(|it| it as u32 + 1)).collect() }
    }

    /// `None` where the byte is not in a line's content or not in the block.
    pub(super) fn position(
        &self,
        text: &str,
        at: usize,
        encoding: Encoding,
    ) -> Option<LspPosition> {
        let line = self.starts.partition_point(|it| *it as usize <= at) - 1;
        let before = text.get(self.starts[line] as usize..at)?;
        // Between the two of \r\n; after \r alone another line begins.
        if before.ends_with('\r') {
            return None;
        }
        let column = if line == 0 { self.first.character } else { 0 } + columns(before, encoding);
        Some(LspPosition::new(self.first.line + line as u32, column))
    }
}

/// The length of a text in code units.
fn columns(text: &str, encoding: Encoding) -> u32 {
    // Every byte but a continuation starts a character; those of four bytes are two units.
    let characters = || text.bytes().filter(|it| it & 0xc0 != 0x80).count();
    let units = match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => characters() + text.bytes().filter(|it| *it >= 0xf0).count(),
        Encoding::Utf32 => characters(),
    };
    units as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_order_has_the_position_that_the_rope_says() {
        let long = "长".repeat(WALKED);
        let text = Rope::from_str(&format!("甲😀a\r\n\n乙\r丙\u{c}丁\n{long}\n\r\n末"));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            // Steps that meet each byte once: forwards, and to and fro.
            for step in [1, 7919] {
                let lines = Lines::new(&text, encoding);
                for number in 0..text.len_bytes() + 3 {
                    let at = number * step % (text.len_bytes() + 3);
                    let expected = position::position(&text, at, encoding);
                    assert_eq!(lines.position(at), expected, "{encoding:?} {at}");
                }
            }
        }
    }

    #[test]
    fn every_byte_of_a_block_has_the_position_that_the_rope_says() {
        let head = "甲😀a\r\n乙：";
        let block = "丙😀𠮷\n\r丁\r\n\u{c}戊\n末";
        let text = Rope::from_str(&format!("{head}{block}"));
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let expected = |at| {
                let at = position::position(&text, head.len() + at, encoding);
                LspPosition::new(at.line, at.column)
            };
            let lines = BlockLines::new(block, expected(0));
            let known = (0..=block.len()).filter(|at| block.is_char_boundary(*at));
            for at in known {
                let found = lines.position(block, at, encoding);
                assert!(found.is_none_or(|it| it == expected(at)), "{encoding:?} {at}");
                let ends = block[..at].ends_with('\r') && block[at..].starts_with('\n');
                assert_eq!(found.is_none(), ends, "{encoding:?} {at}");
            }
            assert_eq!(lines.position(block, block.len() + 1, encoding), None);
        }
    }
}
