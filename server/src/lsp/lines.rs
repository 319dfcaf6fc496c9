//! Positions of bytes of one block, many of them in the same lines.
//!
//! Going down the rope for each would be the larger part of writing a list: a place begins and
//! ends in one line, and what explains a finding stands in the same table.

use gouji_syntax::Encoding;
use gouji_syntax::position::{columns, line_starts};
use tower_lsp::lsp_types::Position as LspPosition;

/// The lines of a block, of which many positions are asked.
#[derive(Debug)]
pub(super) struct BlockLines {
    /// The line in which the block starts.
    first: u32,
    lines: Vec<Line>,
    /// The one that was asked for last.
    last: usize,
}

#[derive(Debug)]
struct Line {
    /// Its first byte.
    start: u32,
    /// The column of that: the block may start in the middle of a line.
    first: u32,
    /// The byte that was asked for last, and its column: cells are asked for from left to right,
    /// and again.
    last: (u32, u32),
}

impl BlockLines {
    pub(super) fn new(text: &str, first: LspPosition) -> Self {
        let line = |start: usize| {
            let (start, first) = (start as u32, if start == 0 { first.character } else { 0 });
            Line { start, first, last: (start, first) }
        };
        Self { first: first.line, lines: line_starts(text).map(line).collect(), last: 0 }
    }

    /// `None` where the byte is not in a line's content or not in the block.
    pub(super) fn position(
        &mut self,
        text: &str,
        at: u32,
        encoding: Encoding,
    ) -> Option<LspPosition> {
        let index = self.index(at);
        let line = &mut self.lines[index];
        let (byte, column) = if line.last.0 <= at { line.last } else { (line.start, line.first) };
        let between = text.get(byte as usize..at as usize)?;
        // Between the two of \r\n; after \r alone another line begins.
        if between.ends_with('\r') {
            return None;
        }
        let column = column + columns(between.as_bytes(), encoding);
        line.last = (at, column);
        Some(LspPosition::new(self.first + index as u32, column))
    }

    /// The line of a byte.
    fn index(&mut self, at: u32) -> usize {
        let end = self.lines.get(self.last + 1).map_or(u32::MAX, |it| it.start);
        if !(self.lines[self.last].start..end).contains(&at) {
            self.last = self.lines.partition_point(|it| it.start <= at) - 1;
        }
        self.last
    }
}

/// Where a block ends that starts at a position.
pub(super) fn end(text: &str, start: LspPosition, encoding: Encoding) -> LspPosition {
    // There is always a first line.
    let (lines, last) = line_starts(text).enumerate().last().unwrap_or_default();
    let column = if lines == 0 { start.character } else { 0 };
    LspPosition::new(
        start.line + lines as u32,
        column + columns(&text.as_bytes()[last..], encoding),
    )
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
            assert_eq!(end(block, expected(0), encoding), expected(block.len()));
            let mut lines = BlockLines::new(block, expected(0));
            let known = || (0..=block.len()).filter(|at| block.is_char_boundary(*at));
            for at in known().chain(known().rev()) {
                let found = lines.position(block, at as u32, encoding);
                assert!(found.is_none_or(|it| it == expected(at)), "{encoding:?} {at}");
                let ends = block[..at].ends_with('\r') && block[at..].starts_with('\n');
                assert_eq!(found.is_none(), ends, "{encoding:?} {at}");
            }
            assert_eq!(lines.position(block, block.len() as u32 + 1, encoding), None);
        }
    }
}
