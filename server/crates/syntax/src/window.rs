//! The text around an edit, as the segmenter reads it.

use ropey::Rope;

use crate::document::BlockKind;
use crate::segment::{Piece, Segmenter};

/// The part of a rope that the segmenter reads, grown until a block ends inside it.
pub(crate) struct Window<'a> {
    rope: &'a Rope,
    text: String,
    /// Where in `text` the next block starts.
    at: usize,
    /// How far into the rope `text` reaches.
    end: usize,
}

impl<'a> Window<'a> {
    /// Enough for the touched blocks and a line or two after them.
    const SLACK: usize = 256;

    /// From a block start to, as it seems, the next that is not touched.
    pub(crate) fn new(rope: &'a Rope, start: usize, target: usize) -> Self {
        let mut window = Self { rope, text: String::new(), at: 0, end: start };
        window.grow(target.saturating_sub(start) + Self::SLACK);
        window
    }

    fn grow(&mut self, by: usize) {
        let end = (self.end + by).min(self.rope.len_bytes());
        // Never split a character, nor \r from \n: the segmenter would see a line end.
        let chars = self.rope.byte_to_char(end);
        let mut end = self.rope.char_to_byte(chars);
        if end < self.rope.len_bytes() && end == self.end {
            end = self.rope.char_to_byte(chars + 1);
        }
        self.text.reserve(end - self.end);
        for chunk in self.rope.byte_slice(self.end..end).chunks() {
            self.text.push_str(chunk);
        }
        self.end = end;
    }

    /// The length and kind of the next block.
    pub(crate) fn next_piece(&mut self) -> (usize, BlockKind) {
        loop {
            let at_end = self.end == self.rope.len_bytes();
            match Segmenter::new(&self.text[self.at..], at_end).next() {
                Some(Piece::Block(len, kind)) => return (len, kind),
                _ => self.grow(self.text.len().max(Self::SLACK)),
            }
        }
    }

    /// Goes past the next block, whose text it gives.
    pub(crate) fn take(&mut self, len: usize) -> &str {
        let start = self.at;
        self.at += len;
        &self.text[start..self.at]
    }
}
