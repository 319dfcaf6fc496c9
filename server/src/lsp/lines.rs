//! Positions of bytes of one block, many of them in the same lines.
//!
//! Going down the rope for each would be the larger part of writing a list: a place begins and
//! ends in one line, and what explains a finding stands in the same table.

use gouji_syntax::Encoding;
use tower_lsp::lsp_types::Position as LspPosition;

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
    use gouji_syntax::position;
    use ropey::Rope;

    use super::*;

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
