//! Text, blocks and tables of a report.
//!
//! Owns the text of a document, its division into blocks, and the reading of a
//! block's lines into cells. Knows nothing of reports, schemas or rules. All
//! offsets are UTF-8 bytes; [`position`] alone converts to and from lines and
//! columns of other encodings.

mod blocks;
pub mod document;
mod markup;
pub mod number;
pub mod plain;
pub mod position;
mod segment;
pub mod table;
mod window;

pub use document::{Block, BlockData, BlockKind, Document, Edit, Reuse, TableKind};
pub use number::{Number, NumberStyle, is_blank_mark};
pub use position::{Encoding, Position};
pub use text_size::{TextRange, TextSize};

/// A [`TextRange`] from two `usize` offsets.
///
/// Offsets beyond `u32::MAX` saturate; [`Document`] refuses such texts.
#[must_use]
pub fn range(start: usize, end: usize) -> TextRange {
    let size = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end.max(start)))
}

/// Whether `c` leaves no mark: white space, and the byte order mark and zero-width space
/// that copying leaves behind.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// `text` without [`is_space`] around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    trim_end(trim_start(text))
}

/// `text` without [`is_space`] before it. Blanks are taken as bytes: cells are trimmed by the
/// hundred, and have seldom any other white space.
pub(crate) fn trim_start(text: &str) -> &str {
    let space = text.bytes().take_while(|it| is_ascii_space(*it)).count();
    let text = &text[space..];
    if text.starts_with(is_space) { text.trim_start_matches(is_space) } else { text }
}

/// `text` without [`is_space`] after it.
pub(crate) fn trim_end(text: &str) -> &str {
    let space = text.bytes().rev().take_while(|it| is_ascii_space(*it)).count();
    let text = &text[..text.len() - space];
    if text.ends_with(is_space) { text.trim_end_matches(is_space) } else { text }
}

/// The part of [`is_space`] that is one byte.
fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_by_bytes_is_that_by_characters() {
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            for text in [format!("{c}"), format!(" {c}中{c}\t"), format!("{c} a\u{3000}{c}")] {
                assert_eq!(trim(&text), text.trim_matches(is_space), "{text:?}");
            }
        }
    }
}
